//! `tally artifact show`, `list`: what the chain says of artifacts.

use super::{
	deposit::Deposit, granted::Granted, next_artifact, relation_name, terms, version, view, Kind,
};
use crate::{
	account::{self, AccountId},
	amount::show_share,
	chain,
	client::{failed, At, Client},
	commands::{raw, show_currency, show_money, text, Context},
	names,
	output::{big, facts, hex0x, table, Failure, Outcome, Report},
};
use clap::Args;
use serde_json::json;
use subxt::ext::futures::future::try_join_all;
use tallystick_primitives::{
	runtime_api::{ArtifactView, ChildPage, PlanView},
	ArtifactId, ArtifactKind, PlanId,
};

/// Show an artifact: owner, licence, lineage, versions, plans.
#[derive(Args)]
#[command(after_help = "\
Example:
  tally artifact show 0")]
pub struct Show {
	/// The artifact's id.
	artifact: ArtifactId,
}

/// List artifacts, the newest first.
#[derive(Args)]
#[command(after_help = "\
Names are what owners chose: two artifacts can have the same.
Examples:
  tally artifact list
  tally artifact list --owner //Alice --kind model
  tally artifact list --children-of 0")]
pub struct List {
	/// Only those of this owner.
	#[arg(long, value_name = "ACCOUNT", value_parser = account::parse_account)]
	owner: Option<AccountId>,
	/// Only those of this kind.
	#[arg(long)]
	kind: Option<Kind>,
	/// Only those that were made from this one.
	#[arg(long, value_name = "ID")]
	children_of: Option<ArtifactId>,
	/// How many at most.
	#[arg(long, default_value_t = 50)]
	limit: u32,
}

/// A kind's name.
pub fn kind_name(kind: ArtifactKind) -> &'static str {
	match kind {
		ArtifactKind::Model => "model",
		ArtifactKind::Adapter => "adapter",
		ArtifactKind::Dataset => "dataset",
		ArtifactKind::Code => "code",
	}
}

/// The plans of an artifact, on sale or not.
async fn plans_of(
	client: &Client,
	at: &At,
	artifact: ArtifactId,
) -> Result<Vec<(PlanId, PlanView)>, Failure> {
	let mut plans = Vec::new();
	let mut stored =
		at.storage().iter(chain::storage().credits().plans(), ()).await.map_err(failed)?;
	while let Some(entry) = stored.next().await {
		let entry = entry.map_err(failed)?;
		if entry.value().decode().map_err(failed)?.artifact == artifact {
			let (plan,) = entry.key().map_err(failed)?.decode().map_err(failed)?;
			if let Some(view) = client.ask(at, "plan", plan).await? {
				plans.push((plan, view));
			}
		}
	}
	plans.sort_by_key(|(plan, _)| *plan);
	Ok(plans)
}

/// The state of an artifact as a whole, for people. Empty where all is well.
pub fn state_words(view: &ArtifactView<AccountId>) -> &'static str {
	if view.withdrawn {
		"all versions are withdrawn"
	} else {
		""
	}
}

/// Shows an artifact.
pub async fn show(options: Show, context: &Context) -> Outcome {
	let artifact = options.artifact;
	let client = context.connect().await?;
	let at = client.best().await?;
	let view = view(&client, &at, artifact).await?;
	let parents = view.parents.iter().map(|parent| self::view(&client, &at, parent.artifact));
	let parents = try_join_all(parents).await?;
	let warnings = names::warnings(
		&view.name,
		view.parents.iter().zip(&parents).map(|(parent, view)| {
			(format!("its parent, artifact {}", parent.artifact), view.name.as_slice())
		}),
	);
	let granted = Granted::of(&at, artifact).await?;
	let deposit = Deposit::of(&client, &at, artifact).await?;
	let mut text = format!("artifact {artifact}: {}\n", kind_name(view.kind));
	let mut rows = vec![
		("name", names::show(&view.name)),
		("owner", account::show(&view.owner)),
		("state", state_words(&view).to_owned()),
		("offered as a gift to", view.gift_to.as_ref().map(account::show).unwrap_or_default()),
		("licence", terms::words(&view.licence)),
		("metadata", hex0x(view.metadata_digest)),
	];
	rows.extend(view.metadata_locators.iter().map(|place| ("metadata at", names::show(place))));
	rows.extend([
		("registered in block", view.registered_at.to_string()),
		("owed to parents and contributors", show_share(view.upstream_share)),
		("children", if view.children == 0 { String::new() } else { view.children.to_string() }),
	]);
	rows.extend(granted.rows());
	rows.push(("the owner's deposit", deposit.words()));
	text.push_str(&facts(rows));
	for warning in &warnings {
		text.push_str(&format!("\nwarning: {warning}"));
	}
	if !view.parents.is_empty() {
		let rows = view.parents.iter().zip(&parents).map(|(parent, its)| {
			[
				parent.artifact.to_string(),
				names::show(&its.name),
				relation_name(parent.relation).to_owned(),
				show_share(parent.share),
				if parent.confirmed { "yes" } else { "claimed only" }.to_owned(),
				state_words(its).to_owned(),
			]
		});
		let headings = ["parent", "name", "relation", "share", "confirmed", "state"];
		text.push_str(&format!("\n\n{}", table(headings, rows)));
	}
	if !view.contributors.is_empty() {
		let rows =
			view.contributors.iter().map(|(who, share)| [account::show(who), show_share(*share)]);
		text.push_str(&format!("\n\n{}", table(["contributor", "share"], rows)));
	}
	if !view.versions.is_empty() {
		text.push_str(&format!("\n\n{}", version::overview(&view.versions, view.serving)));
		let shown = view.versions.len() as u64;
		if u64::from(view.version_count) > shown {
			text.push_str(&format!(
				"\nthe newest {shown} of {}: `tally artifact versions {artifact}` lists all",
				view.version_count
			));
		}
	}
	let plans = plans_of(&client, &at, artifact).await?;
	if !plans.is_empty() {
		let rows = plans.iter().map(|(id, plan)| {
			let state = if plan.on_sale { "on sale" } else { "retired" };
			[id.to_string(), show_money(&plan.currency, plan.price), state.to_owned()]
		});
		text.push_str(&format!("\n\n{}", table(["plan", "price of a unit", "state"], rows)));
	}
	let mut json = json(artifact, &view);
	json["warnings"] = json!(warnings);
	json["granted"] = granted.json();
	json["deposit"] = deposit.json();
	json["plans"] = plans
		.iter()
		.map(|(id, plan)| {
			json!({
				"plan": id, "price": big(plan.price), "currency": show_currency(&plan.currency),
				"on_sale": plan.on_sale,
			})
		})
		.collect();
	Ok(Report::new(text, json))
}

/// An artifact, for programs.
pub fn json(artifact: ArtifactId, view: &ArtifactView<AccountId>) -> serde_json::Value {
	json!({
		"artifact": artifact,
		"kind": kind_name(view.kind),
		"name": raw(&view.name),
		"owner": account::show(&view.owner),
		"gift_to": view.gift_to.as_ref().map(account::show),
		"licence": terms::json(&view.licence),
		"metadata_digest": hex0x(view.metadata_digest),
		"metadata_locators": view.metadata_locators.iter().map(|place| raw(place)).collect::<Vec<_>>(),
		"registered_at": view.registered_at,
		"upstream_share": show_share(view.upstream_share),
		"withdrawn": view.withdrawn,
		"stored_bytes": view.stored_bytes,
		"parents": view.parents.iter().map(|parent| json!({
			"artifact": parent.artifact,
			"relation": relation_name(parent.relation),
			"share": show_share(parent.share),
			"confirmed": parent.confirmed,
			"agreed": {
				"terms": hex0x(parent.terms),
				"commercial_use": parent.commercial_use,
				"least_amount": terms::least_json(&parent.least_amount),
			},
		})).collect::<Vec<_>>(),
		"children": view.children,
		"contributors": view.contributors.iter().map(|(who, share)| json!({
			"account": account::show(who), "share": show_share(*share),
		})).collect::<Vec<_>>(),
		"version_count": view.version_count,
		"serving": view.serving.map(hex0x),
		"versions": view.versions.iter()
			.map(|version| version::json(version, view.serving))
			.collect::<Vec<_>>(),
	})
}

/// Lists artifacts.
pub async fn list(options: List, context: &Context) -> Outcome {
	let List { owner, kind, children_of, limit } = options;
	let client = context.connect().await?;
	let at = client.best().await?;
	let ids = match children_of {
		Some(parent) => children(&client, &at, parent).await?,
		None => (0..next_artifact(&at).await?).collect(),
	};
	let total = ids.len();
	let mut found = Vec::new();
	// Pages of requests that are under way at once, from the newest artifact down.
	let ids: Vec<ArtifactId> = ids.into_iter().rev().collect();
	for page in ids.chunks(32) {
		let views = page.iter().map(|id| client.ask(&at, "artifact", *id));
		let views: Vec<Option<ArtifactView<AccountId>>> = try_join_all(views).await?;
		for (id, view) in page.iter().zip(views) {
			let Some(view) = view else { continue };
			let wanted = owner.as_ref().is_none_or(|owner| *owner == view.owner)
				&& kind.is_none_or(|kind| ArtifactKind::from(kind) == view.kind);
			if wanted {
				found.push((*id, view));
			}
		}
		if found.len() as u64 >= u64::from(limit) {
			break;
		}
	}
	found.truncate(limit as usize);
	let words = if found.is_empty() {
		"there are no such artifacts".to_owned()
	} else {
		let rows = found.iter().map(|(id, view)| {
			[
				id.to_string(),
				kind_name(view.kind).to_owned(),
				names::show(&view.name),
				account::show(&view.owner),
				text(&view.licence.spdx),
				view.version_count.to_string(),
				state_words(view).to_owned(),
			]
		});
		let headings = ["artifact", "kind", "name", "owner", "licence", "versions", "state"];
		let mut words = table(headings, rows);
		for (id, view) in &found {
			let others = found
				.iter()
				.filter(|(other, _)| other < id)
				.map(|(other, view)| (format!("the older artifact {other}"), view.name.as_slice()));
			for warning in names::warnings(&view.name, others) {
				words.push_str(&format!("\nwarning: artifact {id}: {warning}"));
			}
		}
		words
	};
	let json = json!({
		"artifacts": found.iter().map(|(id, view)| json!({
			"artifact": id,
			"kind": kind_name(view.kind),
			"name": raw(&view.name),
			"owner": account::show(&view.owner),
			"licence": raw(&view.licence.spdx),
			"withdrawn": view.withdrawn,
			"version_count": view.version_count,
			"versions": view.versions.iter().map(|version| hex0x(version.digest)).collect::<Vec<_>>(),
		})).collect::<Vec<_>>(),
		"total": total,
	});
	Ok(Report::new(words, json))
}

/// The children of an artifact, the oldest first.
async fn children(
	client: &Client,
	at: &At,
	parent: ArtifactId,
) -> Result<Vec<ArtifactId>, Failure> {
	view(client, at, parent).await?;
	let mut children = Vec::new();
	let mut next = Some(0);
	while let Some(start) = next {
		let page: ChildPage = client.ask(at, "children", (parent, start, 100u32)).await?;
		children.extend(page.children);
		next = page.next;
	}
	Ok(children)
}
