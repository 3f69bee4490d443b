//! `tally artifact confirm`: a parent's owner says that a child was made from it.

use crate::{
	chain,
	commands::Context,
	output::{facts, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use tallystick_primitives::ArtifactId;

/// Say, as a parent's owner, that a child was made from it as it claims.
#[derive(Args)]
#[command(after_help = "\
Example:
  tally artifact confirm --account owner.key --child 1 --parent 0")]
pub struct Confirm {
	/// The artifact that names the parent.
	#[arg(long)]
	child: ArtifactId,
	/// The parent, which you own.
	#[arg(long)]
	parent: ArtifactId,
}

/// Confirms an edge of the lineage.
pub async fn confirm(options: Confirm, context: &Context) -> Outcome {
	let Confirm { child, parent } = options;
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().registry().confirm_parent(child, parent);
	let included = client.submit(&call, &account, "confirm").await?;
	let _: chain::registry::events::ParentConfirmed = included.event()?;
	let text = format!(
		"it is confirmed that artifact {child} was made from {parent}\n{}",
		facts([("block", included.words())])
	);
	let json = json!({ "child": child, "parent": parent, "transaction": included.json() });
	Ok(Report::new(text, json))
}
