//! `tally artifact add-contributor`, `renounce`, `transfer-share`: who shares in what an artifact earns.
//! Nobody's share shrinks without their consent: the owner gives from what nobody has, and the payee alone
//! gives up.

use super::{owned, parse_contributor};
use crate::{
	account::{self, to_subxt, AccountId},
	amount::show_share,
	chain::{self, runtime_types::pallet_registry::types as registry},
	commands::Context,
	output::{facts, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use subxt::utils::Static;
use tallystick_primitives::{ArtifactId, Share};

/// Give somebody a share of what your artifact earns from now on, or a larger one.
#[derive(Args)]
#[command(after_help = "\
It comes out of what nobody has yet, and cannot be taken back. What the artifact has earned is split first.
Example:
  tally artifact add-contributor --account owner.key 0 //Charlie:10%")]
pub struct Add {
	/// Your artifact.
	artifact: ArtifactId,
	/// Who, and how much: ACCOUNT:SHARE.
	#[arg(value_name = "ACCOUNT:SHARE", value_parser = parse_contributor)]
	contributor: (AccountId, Share),
}

/// Give up your share of what an artifact earns.
#[derive(Args)]
#[command(after_help = "\
It falls to the owner, from now on. What is earned already is still split with you.
Example:
  tally artifact renounce --account mine.key 0")]
pub struct Renounce {
	/// The artifact.
	artifact: ArtifactId,
}

/// Hand your share of what an artifact earns to another account.
#[derive(Args)]
#[command(after_help = "\
All of it, from now on. What is earned already is still split with you.
Example:
  tally artifact transfer-share --account mine.key 0 --to //Dave")]
pub struct Transfer {
	/// The artifact.
	artifact: ArtifactId,
	/// Who is to have it.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
	to: AccountId,
}

/// Gives a share.
pub async fn add(options: Add, context: &Context) -> Outcome {
	let (who, share) = options.contributor;
	let account = context.account()?;
	let client = context.connect().await?;
	owned(&client, options.artifact, &account).await?;
	let contributor = registry::Contributor { account: to_subxt(&who), share: Static(share) };
	let call = chain::transactions().registry().add_contributor(options.artifact, contributor);
	let included = client.submit(&call, &account, "add").await?;
	let _: chain::registry::events::ContributorAdded = included.event()?;
	let (who, share) = (account::show(&who), show_share(share));
	let text = format!(
		"{who} has {share} more of what artifact {} earns\n{}",
		options.artifact,
		facts([("block", included.words())])
	);
	let json = json!({
		"artifact": options.artifact, "account": who, "share": share,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Gives a share up.
pub async fn renounce(options: Renounce, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().registry().renounce_share(options.artifact);
	let included = client.submit(&call, &account, "renounce").await?;
	let event: chain::registry::events::ShareRenounced = included.event()?;
	let share = show_share(event.share.0);
	let text = format!(
		"{share} of what artifact {} earns is given up\n{}",
		options.artifact,
		facts([("block", included.words())])
	);
	let json = json!({
		"artifact": options.artifact, "share": share, "transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Hands a share over.
pub async fn transfer(options: Transfer, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call =
		chain::transactions().registry().transfer_share(options.artifact, to_subxt(&options.to));
	let included = client.submit(&call, &account, "transfer").await?;
	let event: chain::registry::events::ShareTransferred = included.event()?;
	let (share, to) = (show_share(event.share.0), account::show(&options.to));
	let text = format!(
		"{to} has the {share} of what artifact {} earns\n{}",
		options.artifact,
		facts([("block", included.words())])
	);
	let json = json!({
		"artifact": options.artifact, "share": share, "to": to, "transaction": included.json(),
	});
	Ok(Report::new(text, json))
}
