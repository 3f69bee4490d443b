//! `tally artifact lineage`: what an artifact was made from, and what that was made from.
//!
//! Many paths can lead to one ancestor. It is shown in full where it is met first; after that it is named,
//! with `above`.

use super::{
	ancestry::{self, Lineage},
	kind_name, relation_name, show, state_words, terms,
};
use crate::{
	account::{self, AccountId},
	amount::show_share,
	commands::Context,
	names,
	output::{Outcome, Report},
};
use clap::Args;
use serde_json::json;
use std::collections::BTreeSet;
use tallystick_primitives::{
	runtime_api::{ArtifactView, ParentView},
	ArtifactId,
};

/// Show what an artifact was made from, and what that was made from, with shares, licences and status.
#[derive(Args)]
#[command(after_help = "\
An edge is claimed by the child's owner until the parent's owner confirms it.
Examples:
  tally artifact lineage 3
  tally artifact lineage 3 --json
  tally artifact lineage 3 --dot")]
pub struct Options {
	/// The artifact.
	artifact: ArtifactId,
	/// For Graphviz: `dot -Tsvg lineage.dot`.
	#[arg(long)]
	dot: bool,
	/// The most artifacts that are looked up.
	#[arg(long, value_name = "NUMBER", default_value_t = ancestry::MOST)]
	most: u32,
}

/// Shows it.
pub async fn run(options: Options, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let lineage = Lineage::of(&client, &at, options.artifact, options.most).await?;
	let text = if options.dot { dot(&lineage) } else { tree(&lineage) };
	let json = json!({
		"artifact": lineage.root,
		"block": at.block_number(),
		"artifacts": lineage.artifacts.iter().rev()
			.map(|(id, view)| show::json(*id, view))
			.collect::<Vec<_>>(),
		"left_out": lineage.left_out,
	});
	Ok(Report::new(text, json))
}

/// A line about an artifact.
fn line(id: ArtifactId, view: &ArtifactView<AccountId>) -> String {
	let state = match state_words(view) {
		"" => String::new(),
		state => format!(" [{state}]"),
	};
	let name = names::show(&view.name);
	let name = if name.is_empty() { name } else { format!(" {name}") };
	format!(
		"{id}{name} ({}){state}: {}; {}",
		kind_name(view.kind),
		account::show(&view.owner),
		terms::words(&view.licence)
	)
}

/// How a child says that it was made from a parent.
fn edge(parent: &ParentView) -> String {
	let confirmed = if parent.confirmed { "" } else { ", claimed only" };
	format!("{} {}{confirmed}", show_share(parent.share), relation_name(parent.relation))
}

/// The tree, a line for each edge.
fn tree(lineage: &Lineage) -> String {
	let mut lines = Vec::new();
	let mut met = BTreeSet::new();
	// Paths can be as long as the chain has artifacts: a list of what is still to be said, no recursion.
	let mut waiting = vec![(lineage.root, String::new(), String::new())];
	while let Some((id, head, indent)) = waiting.pop() {
		let Some(view) = lineage.artifacts.get(&id) else {
			lines.push(format!("{head}{id}: not looked up (--most)"));
			continue;
		};
		if !met.insert(id) {
			lines.push(format!("{head}{id} {} (above)", names::show(&view.name)));
			continue;
		}
		lines.push(format!("{head}{}", line(id, view)));
		for (index, parent) in view.parents.iter().enumerate().rev() {
			let is_last = index + 1 == view.parents.len();
			let (branch, below) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
			let head = format!("{indent}{branch}{} ", edge(parent));
			waiting.push((parent.artifact, head, format!("{indent}{below}")));
		}
	}
	lines.join("\n")
}

/// The graph, for Graphviz.
fn dot(lineage: &Lineage) -> String {
	let mut lines = vec![
		"digraph lineage {".to_owned(),
		"\trankdir=BT;".to_owned(),
		"\tnode [shape=box];".to_owned(),
	];
	for (id, view) in &lineage.artifacts {
		let mut label = vec![
			format!("{id} {}", names::show(&view.name)),
			format!("{}, {}", kind_name(view.kind), names::show(&view.licence.spdx)),
		];
		if view.withdrawn {
			label.push(state_words(view).to_owned());
		}
		let style = if view.withdrawn { ", style=dotted" } else { "" };
		lines.push(format!("\t{id} [label={}{style}];", quoted(&label.join("\n"))));
	}
	for id in &lineage.left_out {
		lines.push(format!("\t{id} [label=\"{id}: not looked up\", style=dashed];"));
	}
	for (id, view) in &lineage.artifacts {
		for parent in &view.parents {
			let style = if parent.confirmed { "" } else { ", style=dashed" };
			let label = quoted(&edge(parent));
			lines.push(format!("\t{id} -> {} [label={label}{style}];", parent.artifact));
		}
	}
	lines.push("}".to_owned());
	lines.join("\n")
}

/// A string of the DOT language. A backslash that is not doubled would be an escape of Graphviz's own.
fn quoted(text: &str) -> String {
	let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
	format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeMap;
	use tallystick_primitives::{
		licence::{Derivation, Licence},
		lineage::Relation,
		ArtifactKind, Digest, Share,
	};

	fn artifact(name: &str, parents: &[(ArtifactId, bool)]) -> ArtifactView<AccountId> {
		ArtifactView {
			owner: AccountId::new([1; 32]),
			kind: ArtifactKind::Model,
			name: name.into(),
			metadata_digest: Digest::zero(),
			metadata_locators: Default::default(),
			licence: Licence {
				spdx: b"MIT".to_vec().try_into().unwrap(),
				terms: Digest::zero(),
				commercial_use: true,
				derivation: Derivation::Free,
				training_use: true,
				least_share: Share::zero(),
				least_amount: None,
				expires: None,
			},
			parents: parents
				.iter()
				.map(|(artifact, confirmed)| ParentView {
					artifact: *artifact,
					relation: Relation::MergedFrom,
					share: Share::from_percent(10),
					confirmed: *confirmed,
					terms: Digest::zero(),
					commercial_use: true,
					least_amount: None,
				})
				.collect(),
			contributors: Vec::new(),
			upstream_share: Share::zero(),
			registered_at: 1,
			versions: Vec::new(),
			version_count: 0,
			serving: None,
			withdrawn: false,
			children: 0,
			gift_to: None,
			stored_bytes: 0,
		}
	}

	fn lineage(artifacts: Vec<ArtifactView<AccountId>>, left_out: &[ArtifactId]) -> Lineage {
		let artifacts: BTreeMap<_, _> = (0..).zip(artifacts).collect();
		let root = artifacts.len() as u32 - 1;
		Lineage { root, artifacts, left_out: left_out.iter().copied().collect() }
	}

	#[test]
	fn a_diamond_has_each_artifact_once() {
		let diamond = lineage(
			vec![
				artifact("base", &[]),
				artifact("left", &[(0, true)]),
				artifact("right", &[(0, false)]),
				artifact("merge", &[(1, true), (2, true), (9, true)]),
			],
			&[9],
		);
		let owner = account::show(&AccountId::new([1; 32]));
		let text = tree(&diamond)
			.replace(&format!("{owner}; MIT, commercial use, derivatives free, training"), "…");
		assert_eq!(
			text,
			"3 merge (model): …\n\
			 ├─ 10% merged-from 1 left (model): …\n\
			 │  └─ 10% merged-from 0 base (model): …\n\
			 ├─ 10% merged-from 2 right (model): …\n\
			 │  └─ 10% merged-from, claimed only 0 base (above)\n\
			 └─ 10% merged-from 9: not looked up (--most)"
		);
	}

	#[test]
	fn a_long_lineage_is_no_deep_recursion() {
		let artifacts = (0..50_000).map(|id| match id {
			0 => artifact("a", &[]),
			_ => artifact("a", &[(id - 1, true)]),
		});
		let long = Lineage {
			root: 49_999,
			artifacts: (0..).zip(artifacts.collect::<Vec<_>>()).collect(),
			left_out: BTreeSet::new(),
		};
		// Only that it ends: the indent alone is some gigabytes.
		assert_eq!(dot(&long).lines().count(), 3 + 50_000 + 49_999 + 1);
	}

	#[test]
	fn layers_of_sixteen_are_as_many_lines_as_edges() {
		let mut artifacts: Vec<_> = (0..16).map(|_| artifact("a", &[])).collect();
		for layer in 0..2u32 {
			let parents: Vec<_> = (0..16).map(|index| (layer * 16 + index, true)).collect();
			artifacts.extend((0..16).map(|_| artifact("a", &parents)));
		}
		let parents: Vec<_> = (32..48).map(|id| (id, true)).collect();
		artifacts.push(artifact("root", &parents));
		assert_eq!(tree(&lineage(artifacts, &[])).lines().count(), 1 + 16 + 2 * 256);
	}

	#[test]
	fn names_cannot_leave_their_quotes_in_a_graph() {
		let graph = dot(&lineage(vec![artifact("x\"]; y [label=\"\\N\x1b", &[])], &[]));
		assert!(
			graph.contains(r#"0 [label="0 x\"]; y [label=\"\\N\\u{1b}\nmodel, MIT"];"#),
			"{graph}"
		);
	}
}
