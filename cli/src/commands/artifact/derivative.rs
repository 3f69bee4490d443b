//! `tally artifact request-derivative`, `requests`, `approve`, `refuse`: where a licence allows derivatives
//! by approval, who asks for one, and what the owner says.

use super::{parse_relation, relation_name};
use crate::{
	account::{self, to_subxt, AccountId},
	amount::{parse_share, show_share},
	chain,
	client::{failed, At},
	commands::Context,
	output::{facts, table, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use subxt::utils::Static;
use tallystick_primitives::{lineage::Relation, ArtifactId, Share};

/// Ask an artifact's owner whether you may register a derivative of it.
#[derive(Args)]
#[command(after_help = "\
Only where the licence says so: `derivatives by approval`. A deposit is held until the derivative is registered, or \
the request is refused or given up.
Example:
  tally artifact request-derivative --account mine.key 0 --relation fine-tuned-from --share 20%")]
pub struct Request {
	/// What the derivative is to be made from.
	parent: ArtifactId,
	/// How it is made: fine-tuned-from, quantized-from, merged-from, uses-code.
	#[arg(long, value_parser = parse_relation)]
	relation: Relation,
	/// The share of what the derivative earns that is offered to the parent.
	#[arg(long, value_parser = parse_share)]
	share: Share,
}

/// List who asked to register a derivative of an artifact.
#[derive(Args)]
#[command(after_help = "\
Example:
  tally artifact requests 0")]
pub struct Requests {
	/// The artifact.
	parent: ArtifactId,
}

/// Say, as the owner, that somebody may register a derivative as asked.
#[derive(Args)]
#[command(after_help = "\
Relation and share are named again, so that a request that was changed in between is not approved unseen.
Example:
  tally artifact approve --account owner.key 0 --of //Bob --relation fine-tuned-from --share 20%")]
pub struct Approve {
	/// Your artifact.
	parent: ArtifactId,
	/// Who asked.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
	of: AccountId,
	/// The relation that was asked for.
	#[arg(long, value_parser = parse_relation)]
	relation: Relation,
	/// The share that was offered.
	#[arg(long, value_parser = parse_share)]
	share: Share,
}

/// Refuse a derivative, as the owner, or give your own request up.
#[derive(Args)]
#[command(after_help = "\
Also an approval that was not used yet ends. The deposit goes back to who asked.
Examples:
  tally artifact refuse --account owner.key 0 --of //Bob
  tally artifact refuse --account mine.key 0")]
pub struct Refuse {
	/// The artifact.
	parent: ArtifactId,
	/// Who asked. Without it: the account that signs.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
	of: Option<AccountId>,
}

/// Asks.
pub async fn request(options: Request, context: &Context) -> Outcome {
	let Request { parent, relation, share } = options;
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().registry().request_derivative(
		parent,
		Static(relation),
		Static(share),
	);
	let included = client.submit(&call, &account, "request").await?;
	let _: chain::registry::events::DerivativeRequested = included.event()?;
	let who = account::show(&account.id());
	let (relation, share) = (relation_name(relation), show_share(share));
	let text = format!(
		"artifact {parent}'s owner is asked for a derivative\n{}\nthe owner's next: tally artifact \
		 approve {parent} --of {who} --relation {relation} --share {share}",
		facts([
			("relation", relation.to_owned()),
			("share", share.clone()),
			("block", included.words())
		])
	);
	let json = json!({
		"parent": parent, "who": who, "relation": relation, "share": share,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// What somebody asked for.
pub struct Asked {
	who: AccountId,
	relation: Relation,
	share: Share,
	/// Whether the owner said yes, then or before the artifact changed hands.
	pub approved: bool,
}

/// The requests for derivatives of an artifact, approved or not.
pub async fn requests_of(at: &At, parent: ArtifactId) -> Result<Vec<Asked>, Failure> {
	let stored = chain::storage().registry().derivative_requests();
	let mut entries = at.storage().iter(stored, (parent,)).await.map_err(failed)?;
	let mut found = Vec::new();
	while let Some(entry) = entries.next().await {
		let entry = entry.map_err(failed)?;
		let (_, who) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		let request = entry.value().decode().map_err(failed)?;
		found.push(Asked {
			who: account::from_subxt(&who),
			relation: request.relation.0,
			share: request.share.0,
			approved: request.approved,
		});
	}
	Ok(found)
}

/// Lists the requests of a parent.
pub async fn requests(options: Requests, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	super::view(&client, &at, options.parent).await?;
	let found = requests_of(&at, options.parent).await?;
	let text = if found.is_empty() {
		"there are none".to_owned()
	} else {
		let rows = found.iter().map(|Asked { who, relation, share, approved }| {
			let state = if *approved { "approved" } else { "waits" };
			[account::show(who), relation_name(*relation).into(), show_share(*share), state.into()]
		});
		table(["who", "relation", "share", "state"], rows)
	};
	let json = json!({
		"parent": options.parent,
		"requests": found.iter().map(|Asked { who, relation, share, approved }| json!({
			"who": account::show(who),
			"relation": relation_name(*relation),
			"share": show_share(*share),
			"approved": approved,
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(text, json))
}

/// Approves.
pub async fn approve(options: Approve, context: &Context) -> Outcome {
	let Approve { parent, of, relation, share } = options;
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().registry().approve_derivative(
		parent,
		to_subxt(&of),
		Static(relation),
		Static(share),
	);
	let included = client.submit(&call, &account, "approve").await?;
	let _: chain::registry::events::DerivativeApproved = included.event()?;
	let who = account::show(&of);
	let (relation, share) = (relation_name(relation), show_share(share));
	let text = format!(
		"{who} may register one derivative of artifact {parent}\n{}",
		facts([
			("relation", relation.to_owned()),
			("share", share.clone()),
			("block", included.words())
		])
	);
	let json = json!({
		"parent": parent, "who": who, "relation": relation, "share": share,
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// Refuses, or gives up.
pub async fn refuse(options: Refuse, context: &Context) -> Outcome {
	let account = context.account()?;
	let who = options.of.unwrap_or_else(|| account.id());
	let client = context.connect().await?;
	let call =
		chain::transactions().registry().close_derivative_request(options.parent, to_subxt(&who));
	let included = client.submit(&call, &account, "refuse").await?;
	let _: chain::registry::events::DerivativeRequestClosed = included.event()?;
	let who = account::show(&who);
	let text = format!("the request of {who} is closed\n{}", facts([("block", included.words())]));
	let json = json!({ "parent": options.parent, "who": who, "transaction": included.json() });
	Ok(Report::new(text, json))
}
