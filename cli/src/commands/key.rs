//! `tally key`: make and look at keys.

use super::Context;
use crate::{
	account::{generate, show, write_key_file, Account},
	output::{facts, hex0x, Outcome, Report},
};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;

/// Make and look at keys.
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
}

/// Runs a command of this group.
pub fn run(command: Command, context: &Context) -> Outcome {
	match command {
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
