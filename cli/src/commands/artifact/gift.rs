//! `tally artifact give`, `accept`, `cancel-gift`: hand an artifact over. Nobody is given what they do not
//! want: it changes hands when the receiver accepts it.

use super::{deposit::Deposit, granted::Granted, owned, view};
use crate::{
	account::{self, to_subxt, AccountId},
	chain,
	commands::Context,
	output::{facts, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use tallystick_primitives::ArtifactId;

/// Offer an artifact to somebody as a gift.
#[derive(Args)]
#[command(after_help = "\
It stays yours until they accept. What it has earned until then is yours; the deposit for what is stored of it comes \
back to you, and is taken from them.
Example:
  tally artifact give --account owner.key 0 --to //Bob")]
pub struct Give {
	/// Your artifact.
	artifact: ArtifactId,
	/// Who is to have it.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
	to: AccountId,
}

/// Accept an artifact that is offered to you.
#[derive(Args)]
#[command(after_help = "\
You pay the deposit for what is stored of it, as much as it is now: what is added in between makes it fail. Plans are \
never removed, so what is deposited for them comes back only from who gets the artifact next: where it has plans, \
--max-bytes says that you have seen how much that is. What its owners granted so far stays: shares of contributors, \
derivatives that are approved, the room that is kept for providers. `tally artifact show` shows all of it before.
Example:
  tally artifact accept --account mine.key 0")]
pub struct Accept {
	/// The artifact.
	artifact: ArtifactId,
	/// The most stored bytes that you pay a deposit for. Without it, if it has no plans: as many as there
	/// are now.
	#[arg(long, value_name = "BYTES")]
	max_bytes: Option<u64>,
}

/// Take a gift back, or decline one that is offered to you.
#[derive(Args)]
#[command(after_help = "\
Example:
  tally artifact cancel-gift --account owner.key 0")]
pub struct Cancel {
	/// The artifact.
	artifact: ArtifactId,
}

/// Offers.
pub async fn give(options: Give, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	owned(&client, options.artifact, &account).await?;
	let call = chain::transactions().registry().offer_gift(options.artifact, to_subxt(&options.to));
	let included = client.submit(&call, &account, "give").await?;
	let _: chain::registry::events::GiftOffered = included.event()?;
	let to = account::show(&options.to);
	let text = format!(
		"artifact {} is offered to {to}, and yours until it is accepted\n{}",
		options.artifact,
		facts([("block", included.words())])
	);
	let json = json!({ "artifact": options.artifact, "to": to, "transaction": included.json() });
	Ok(Report::new(text, json))
}

/// Accepts.
pub async fn accept(options: Accept, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let at = client.best().await?;
	let before = view(&client, &at, options.artifact).await?;
	if before.gift_to.as_ref() != Some(&account.id()) {
		return Err(Failure::new(format!(
			"artifact {} is not offered to {}",
			options.artifact,
			account::show(&account.id())
		))
		.code(if before.gift_to.is_some() {
			"Registry.NotReceiver"
		} else {
			"Registry.GiftNotFound"
		})
		.hint("its owner offers it: `tally artifact give`"));
	}
	let deposit = Deposit::of(&client, &at, options.artifact).await?;
	if deposit.has_plans() && options.max_bytes.is_none() {
		let words = format!("artifact {} takes a deposit of {}", options.artifact, deposit.words());
		return Err(Failure::new(words)
			.code("DepositNotSeen")
			.hint(format!("to pay it, accept with --max-bytes {}", before.stored_bytes)));
	}
	eprintln!("note: its deposit is taken from you: {}", deposit.words());
	let granted = Granted::of(&at, options.artifact).await?;
	for (what, how) in granted.rows().into_iter().filter(|(_, how)| !how.is_empty()) {
		eprintln!("note: it comes with what its owners granted: {what}: {how}");
	}
	let max_bytes = options.max_bytes.unwrap_or(before.stored_bytes);
	let call = chain::transactions().registry().accept_gift(options.artifact, max_bytes);
	let included = client.submit(&call, &account, "accept").await?;
	let event: chain::registry::events::HandedOver = included.event()?;
	let from = account::show(&account::from_subxt(&event.from));
	let mut rows = vec![("block", included.words())];
	rows.extend(granted.rows());
	let text = format!("artifact {} is yours, from {from}\n{}", options.artifact, facts(rows));
	let json = json!({
		"artifact": options.artifact, "from": from, "to": account::show(&account.id()),
		"granted": granted.json(),
		"deposit": deposit.json(),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Takes back, or declines.
pub async fn cancel(options: Cancel, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().registry().cancel_gift(options.artifact);
	let included = client.submit(&call, &account, "cancel").await?;
	let _: chain::registry::events::GiftCancelled = included.event()?;
	let text = format!(
		"artifact {} is offered to nobody any more\n{}",
		options.artifact,
		facts([("block", included.words())])
	);
	let json = json!({ "artifact": options.artifact, "transaction": included.json() });
	Ok(Report::new(text, json))
}
