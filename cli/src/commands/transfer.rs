//! `tally transfer`: native tokens to another account.

use super::Context;
use crate::{
	account::{self, parse_account, to_subxt, AccountId},
	amount::{parse_amount, show_tly},
	chain,
	output::{big, facts, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use tallystick_primitives::Balance;

/// Send native tokens to another account.
#[derive(Args)]
#[command(after_help = "\
With --all, the account keeps nothing: it lives on only where it holds credits of a plan that is priced in the
native token.
Examples:
  tally transfer --account //Bob --to //Dave --amount 1.5TLY
  tally transfer --account //Bob --to //Dave --all")]
pub struct Command {
	/// To whom.
	#[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
	to: AccountId,
	/// How much: 1.5TLY, or a whole number of plancks.
	#[arg(long, value_parser = parse_amount, required_unless_present = "all")]
	amount: Option<Balance>,
	/// Everything but the fee.
	#[arg(long, conflicts_with = "amount")]
	all: bool,
}

/// Runs the command.
pub async fn run(command: Command, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let to = to_subxt(&command.to).into();
	let balances = chain::transactions().balances();
	let included = match command.amount {
		Some(amount) => {
			let call = balances.transfer_keep_alive(to, amount);
			client.submit(&call, &account, "transfer").await?
		}
		None => client.submit(&balances.transfer_all(to, false), &account, "transfer").await?,
	};
	let event: chain::balances::events::Transfer = included.event()?;
	let text = format!(
		"sent\n{}",
		facts([
			("amount", show_tly(event.amount)),
			("to", account::show(&command.to)),
			("block", included.words()),
		])
	);
	let json = json!({
		"from": account::show(&account.id()),
		"to": account::show(&command.to),
		"amount": big(event.amount),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}
