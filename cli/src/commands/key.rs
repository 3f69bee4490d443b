//! `tally key`: make and look at keys, and bind those from outside the chain.

use super::{binding, Context};
use crate::{
	account::{generate, show, write_key_file, Account},
	output::{facts, hex0x, Outcome, Report},
};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;

/// Make and look at keys, and bind those from outside the chain.
#[derive(Subcommand)]
pub enum Command {
	/// Make a new sr25519 key.
	#[command(after_help = "\
Without --out the secret phrase is printed: write it down, it is the only backup.
Examples:
  tally key new --out owner.key
  tally key new --json")]
	New {
		/// Write the phrase to this new file, which only you can read, instead of printing it.
		#[arg(long, value_name = "FILE")]
		out: Option<PathBuf>,
	},
	/// Show the address and the public key of a secret. The secret itself is never shown.
	#[command(after_help = "\
Examples:
  tally key inspect --suri //Alice
  tally key inspect --account owner.key")]
	Inspect {
		/// A secret URI, or a key file. Without it: the account that would sign.
		#[arg(long, value_name = "URI-OR-FILE")]
		suri: Option<String>,
	},
	/// Let a key from outside the chain, such as the one that signs your models, speak for the account.
	Bind(binding::Bind),
	/// End that: the key no longer speaks for the account.
	Unbind(binding::Unbind),
	/// List the keys from outside the chain that speak for an account.
	Bindings(binding::Bindings),
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Bind(options) => binding::bind(options, context).await,
		Command::Unbind(options) => binding::unbind(options, context).await,
		Command::Bindings(options) => binding::bindings(options, context).await,
		Command::New { out: Some(path) } => {
			let (account, phrase) = generate();
			write_key_file(&path, &phrase)?;
			let file = path.display().to_string();
			Ok(report(&account, "file", file.clone(), file))
		}
		Command::New { out: None } => {
			let (account, phrase) = generate();
			Ok(report(&account, "secret phrase", phrase.clone(), phrase))
		}
		Command::Inspect { suri } => {
			let account = match suri {
				Some(suri) => Account::from_option(&suri)?,
				None => context.account()?,
			};
			let public = hex0x(account.public());
			let text = facts([
				("account", show(&account.id())),
				("public key", public.clone()),
				("crypto", "sr25519".into()),
			]);
			let json = json!({
				"account": show(&account.id()), "public_key": public, "crypto": "sr25519",
			});
			Ok(Report::new(text, json))
		}
	}
}

fn report(account: &Account, what: &str, shown: String, value: String) -> Report {
	let public = hex0x(account.public());
	let text = facts([
		(what, shown),
		("account", show(&account.id())),
		("public key", public.clone()),
		("crypto", "sr25519".into()),
	]);
	let mut json = json!({
		"account": show(&account.id()), "public_key": public, "crypto": "sr25519",
	});
	json[what.replace(' ', "_")] = value.into();
	Report::new(text, json)
}
