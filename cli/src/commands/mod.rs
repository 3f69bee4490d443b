//! The commands, one file for each group, and the options that all of them have.

mod anchor;
mod artifact;
mod audit;
mod binding;
mod content;
mod credits;
mod dataset;
mod infer;
mod job;
mod key;
mod plan;
mod provider;
mod receipt;
mod royalties;
mod transfer;
mod verify;

use crate::{
	account::{self, Account, AccountId},
	amount,
	client::Client,
	names,
	output::{parse_hash, Failure, Outcome},
};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use tallystick_primitives::{CurrencyId, Digest, Share};

/// Register, sell, use and check AI models on a Tallystick chain.
#[derive(Parser)]
#[command(
	name = "tally",
	version,
	after_help = "\
Examples:
  tally key new --out owner.key
  tally artifact list
  tally infer --account //Bob --plan 1 --question 'What is a tally stick?'

Every command has its own example: `tally artifact publish --help`.
Exit codes: 0 ok, 1 failed (or checked, and the answer is no), 2 the command line is wrong.",
	arg_required_else_help = true,
	disable_help_subcommand = true,
	propagate_version = true
)]
pub struct Cli {
	#[command(flatten)]
	global: Global,
	#[command(subcommand)]
	command: Command,
}

/// Options of every command.
#[derive(Args, Clone)]
pub struct Global {
	/// The RPC URL of a node.
	#[arg(
		long,
		global = true,
		env = "TALLY_URL",
		default_value = "ws://127.0.0.1:9944",
		value_name = "URL",
		help_heading = "Global options"
	)]
	url: String,

	/// Trust no node: follow the chain of this specification with a light client, which checks a proof of
	/// every answer. What only one node knows, such as an answer that it keeps, it cannot ask.
	#[arg(
		long,
		global = true,
		env = "TALLY_LIGHT",
		value_name = "CHAIN-SPEC",
		help_heading = "Global options"
	)]
	light: Option<PathBuf>,

	/// With --light: a node of the chain besides those in the specification, such as
	/// /ip4/127.0.0.1/tcp/30333/p2p/12D3Koo….
	#[arg(
		long,
		global = true,
		requires = "light",
		value_name = "MULTIADDR",
		help_heading = "Global options"
	)]
	bootnode: Vec<String>,

	/// Who signs: a key file, or a secret URI such as //Alice. A secret on the command line can be seen
	/// by others on this machine: a key file cannot.
	#[arg(
		long,
		global = true,
		env = "TALLY_ACCOUNT",
		hide_env_values = true,
		value_name = "URI-OR-FILE",
		help_heading = "Global options"
	)]
	account: Option<String>,

	/// Who signs: a key file.
	#[arg(
		long,
		global = true,
		env = "TALLY_ACCOUNT_FILE",
		value_name = "FILE",
		conflicts_with = "account",
		help_heading = "Global options"
	)]
	account_file: Option<PathBuf>,

	/// One JSON document on stdout instead of text. Large numbers are strings.
	#[arg(long, global = true, help_heading = "Global options")]
	json: bool,

	/// Wait until what is sent is finalized, not only in a block.
	#[arg(long, global = true, help_heading = "Global options")]
	finalized: bool,
}

#[derive(Subcommand)]
enum Command {
	/// Make and look at keys, and bind those from outside the chain.
	#[command(subcommand)]
	Key(key::Command),
	/// Register models, adapters, datasets and code, and publish versions of them.
	#[command(subcommand)]
	Artifact(artifact::Command),
	/// Offer the use of an artifact for sale.
	#[command(subcommand)]
	Plan(plan::Command),
	/// Buy credits, look at them, give them back.
	#[command(subcommand)]
	Credits(credits::Command),
	/// Answer inferences for a share of what they earn.
	#[command(subcommand)]
	Provider(provider::Command),
	/// Ask a model, pay with credits, and check the receipt.
	Infer(infer::Command),
	/// Look at inferences that were asked for.
	#[command(subcommand)]
	Job(job::Command),
	/// Check the receipt of an inference.
	#[command(subcommand)]
	Receipt(receipt::Command),
	/// See what an artifact earned, and who has it.
	#[command(subcommand)]
	Royalties(royalties::Command),
	/// Put digests of files on chain, for ever, with your name and the time.
	#[command(subcommand)]
	Anchor(anchor::Command),
	/// Say how a picture came to be, and put that on chain.
	#[command(subcommand)]
	Content(content::Command),
	/// Describe datasets as others do.
	#[command(subcommand)]
	Dataset(dataset::Command),
	/// Account for every change of every balance between two blocks.
	Audit(audit::Command),
	/// Send native tokens to another account.
	Transfer(transfer::Command),
	/// Say what a directory or a file is: who claims it, which artifact it is, under which licence.
	Verify(verify::Command),
}

/// Runs a command.
pub async fn run(cli: Cli) -> Outcome {
	let context = Context { global: cli.global };
	match cli.command {
		Command::Key(command) => key::run(command, &context).await,
		Command::Artifact(command) => artifact::run(command, &context).await,
		Command::Plan(command) => plan::run(command, &context).await,
		Command::Credits(command) => credits::run(command, &context).await,
		Command::Provider(command) => provider::run(command, &context).await,
		Command::Infer(command) => infer::run(command, &context).await,
		Command::Job(command) => job::run(command, &context).await,
		Command::Receipt(command) => receipt::run(command, &context).await,
		Command::Royalties(command) => royalties::run(command, &context).await,
		Command::Anchor(command) => anchor::run(command, &context).await,
		Command::Content(command) => content::run(command, &context).await,
		Command::Dataset(command) => dataset::run(command, &context).await,
		Command::Audit(command) => audit::run(command, &context).await,
		Command::Transfer(command) => transfer::run(command, &context).await,
		Command::Verify(command) => verify::run(command, &context).await,
	}
}

/// What a command gets from the options that all have.
pub struct Context {
	global: Global,
}

impl Context {
	/// A connection to the node.
	pub async fn connect(&self) -> Result<Client, Failure> {
		let Global { url, light, bootnode, finalized, .. } = &self.global;
		match light {
			Some(spec) => Client::connect_light(spec, bootnode, self.quiet(), *finalized).await,
			None => Client::connect(url, self.quiet(), *finalized).await,
		}
	}

	/// The account that signs.
	pub fn account(&self) -> Result<Account, Failure> {
		match (&self.global.account, &self.global.account_file) {
			(Some(value), _) => Account::from_option(value),
			(None, Some(path)) => Account::from_file(path),
			(None, None) => Err(Failure::usage("this command signs, and no account is named").hint(
				"name a key file with --account or TALLY_ACCOUNT (`tally key new --out FILE` makes one); on \
				 a development chain, --account //Alice",
			)),
		}
	}

	/// The account that is asked about: `other`, or else the one that would sign.
	pub fn account_id_or(&self, other: &Option<AccountId>) -> Result<AccountId, Failure> {
		match other {
			Some(id) => Ok(id.clone()),
			None => Ok(self.account()?.id()),
		}
	}

	/// Whether people are not to be shown progress.
	pub fn quiet(&self) -> bool {
		self.global.json
	}
}

/// Reads a digest: 32 bytes of hexadecimal digits, with or without `0x` or `sha256:`.
fn parse_digest(text: &str) -> Result<Digest, String> {
	parse_hash(text.strip_prefix("sha256:").unwrap_or(text)).map(Digest::from)
}

/// Reads a currency: `native`, or the id of an asset.
fn parse_currency(text: &str) -> Result<CurrencyId, String> {
	if text == "native" || text.eq_ignore_ascii_case(amount::SYMBOL) {
		return Ok(CurrencyId::Native);
	}
	let id = text.parse().map_err(|_| format!("`{text}` is neither `native` nor an asset's id"))?;
	Ok(CurrencyId::WithId(id))
}

/// A currency's name.
fn show_currency(currency: &CurrencyId) -> String {
	match currency {
		CurrencyId::Native => amount::SYMBOL.to_owned(),
		CurrencyId::WithId(id) => format!("asset {id}"),
	}
}

/// An amount in a currency, for people.
fn show_money(currency: &CurrencyId, amount: u128) -> String {
	match currency {
		CurrencyId::Native => amount::show_tly(amount),
		CurrencyId::WithId(id) => format!("{amount} of asset {id}"),
	}
}

/// Reads `ACCOUNT:SHARE`.
fn parse_contributor(text: &str) -> Result<(AccountId, Share), String> {
	let (who, share) =
		text.rsplit_once(':').ok_or_else(|| format!("`{text}` is not ACCOUNT:SHARE"))?;
	Ok((account::parse_account(who)?, amount::parse_share(share)?))
}

/// Text for a bounded field of the chain.
fn bounded(what: &str, text: &str, limit: usize) -> Result<Vec<u8>, Failure> {
	if text.len() > limit {
		let length = text.len();
		return Err(Failure::usage(format!("{what} has {length} bytes, and {limit} fit"))
			.hint("shorten it"));
	}
	Ok(text.as_bytes().to_vec())
}

/// Bytes of the chain that should be a line of text, for people: what a terminal would obey is escaped.
fn text(bytes: &[u8]) -> String {
	names::show(bytes)
}

/// The same for programs: as it is. It is escaped where it is printed.
fn raw(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	/// Every command, with the words that lead to it.
	fn all_commands(command: &clap::Command, path: &str) -> Vec<(String, clap::Command)> {
		let mut all = vec![(path.to_owned(), command.clone())];
		for sub in command.get_subcommands() {
			all.extend(all_commands(sub, &format!("{path} {}", sub.get_name())));
		}
		all
	}

	#[test]
	fn the_command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn every_command_has_an_example_that_parses() {
		for (path, command) in all_commands(&Cli::command(), "tally") {
			if command.has_subcommands() {
				continue;
			}
			let help = command.get_after_help().map(|help| help.to_string()).unwrap_or_default();
			let examples: Vec<_> = help
				.lines()
				.filter_map(|line| line.trim().strip_prefix(&path))
				.map(|rest| format!("{path}{rest}"))
				.collect();
			assert!(!examples.is_empty(), "{path} has no example");
			for example in examples {
				let words = shell_words(&example);
				if let Err(error) = Cli::try_parse_from(&words) {
					panic!("{example}\n{error}");
				}
			}
		}
	}

	/// Splits a line as a shell does, as far as our examples need it: single quotes.
	fn shell_words(line: &str) -> Vec<String> {
		let mut words = Vec::new();
		for (index, part) in line.split('\'').enumerate() {
			if index % 2 == 1 {
				words.push(part.to_owned());
			} else {
				words.extend(part.split_whitespace().map(str::to_owned));
			}
		}
		words
	}

	#[test]
	fn lists_of_shares_are_read() {
		let (who, share) = parse_contributor("//Charlie:12.5%").unwrap();
		assert_eq!(who, account::parse_account("//Charlie").unwrap());
		assert_eq!(share, Share::from_parts(125_000_000));
		assert!(parse_contributor("//Charlie").is_err());
		assert_eq!(parse_currency("native"), Ok(CurrencyId::Native));
		assert_eq!(parse_currency("7"), Ok(CurrencyId::WithId(7)));
		assert!(parse_currency("x").is_err());
		assert!(bounded("the name", "long", 3).is_err());
	}
}
