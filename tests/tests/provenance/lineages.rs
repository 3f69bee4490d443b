//! Long and wide lineages: registered, shown, and written as bills of materials that others' tools accept.

use crate::{seen, World};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::Alice;
use tallystick_primitives::{ArtifactId, ArtifactKind, Share};
use tallystick_runtime::RuntimeCall;
use tallystick_tests::{stage, Chain};

const DEPTH: u32 = 64;
const WIDTH: u32 = 16;
const LAYERS: u32 = 3;

fn percent(artifacts: impl IntoIterator<Item = ArtifactId>) -> Vec<(ArtifactId, Share)> {
	artifacts.into_iter().map(|artifact| (artifact, Share::from_percent(2))).collect()
}

/// A line of models, each made from the one before; then layers of which each is made from the whole
/// layer below it, and one model on top.
fn calls() -> Vec<RuntimeCall> {
	let model =
		|parents: &[(ArtifactId, Share)]| stage::register(ArtifactKind::Model, parents, &[]);
	let mut calls = vec![stage::register(ArtifactKind::Dataset, &[], &[])];
	calls.extend((0..DEPTH).map(|parent| model(&percent([parent]))));
	let first = DEPTH + 1;
	calls.extend((0..WIDTH).map(|_| model(&[])));
	for layer in 1..LAYERS {
		let below = first + (layer - 1) * WIDTH..first + layer * WIDTH;
		calls.extend((0..WIDTH).map(|_| model(&percent(below.clone()))));
	}
	let below = first + (LAYERS - 1) * WIDTH..first + LAYERS * WIDTH;
	calls.push(model(&percent(below)));
	calls
}

#[test]
fn deep_and_wide_lineages_are_shown_and_written_for_others() {
	let world = World::new();
	let node = &world.node;
	let chain = Chain::of(node);
	for calls in calls().chunks(32) {
		chain.do_all(Alice, vec![pallet_utility::Call::batch_all { calls: calls.to_vec() }.into()]);
	}
	let (deep, wide) = (DEPTH, DEPTH + 1 + LAYERS * WIDTH);
	for (artifact, artifacts, lines) in [
		(deep, DEPTH + 1, DEPTH + 1),
		(wide, LAYERS * WIDTH + 1, 1 + WIDTH + (LAYERS - 1) * WIDTH * WIDTH),
	] {
		let artifact = artifact.to_string();
		let line = ["artifact", "lineage", &artifact];
		let said = node.tally("//Bob", &line).good();
		assert_eq!(said["artifacts"].as_array().unwrap().len(), artifacts as usize);
		assert_eq!(said["left_out"], json!([]));
		let (_, words) = seen(node, line);
		assert_eq!(words.trim_end().lines().count(), lines as usize);
		let (_, graph) = seen(node, [&line[..], &["--dot"]].concat());
		assert!(graph.starts_with("digraph lineage {") && graph.trim_end().ends_with('}'));
		for format in ["cyclonedx", "spdx"] {
			let out = world.at(&format!("{format}-{artifact}.json"));
			let bom = ["artifact", "bom", &artifact, "--format", format, "--out", &out];
			assert_eq!(node.tally("//Bob", &bom).good()["artifacts"], artifacts);
			assert_eq!(world.tool(&[format, &out]).trim(), artifacts.to_string(), "{format}");
		}
	}
	let said = node.tally("//Bob", &["artifact", "bom", "64", "--most", "10"]);
	assert_eq!(said.json["error"]["code"], "LineageTooLong", "{said:?}");
	let said = node.tally("//Bob", &["artifact", "lineage", "64", "--most", "10"]).good();
	assert_eq!(said["left_out"], json!([54]));

	// What is no lineage, by name.
	let card = world.write("card.json", "{}\n");
	let fails = |parents: &[&str], error: &str| {
		let words = ["artifact", "register", "--kind", "model", "--name", "x", "--licence", "MIT"];
		let parents: Vec<_> = parents.iter().flat_map(|parent| ["--parent", parent]).collect();
		let said = node.tally("//Bob", &[&words[..], &["--metadata", &card], &parents].concat());
		assert_eq!(said.json["error"]["code"], Value::from(error), "{said:?}");
	};
	let next = (wide + 1).to_string() + ":fine-tuned-from:1%";
	fails(&[&next], "Registry.ParentNotFound");
	fails(&["1:fine-tuned-from:1%", "1:merged-from:1%"], "Registry.DuplicateParent");
	let many: Vec<_> = (0..17).map(|parent| format!("{parent}:fine-tuned-from:1%")).collect();
	fails(&many.iter().map(String::as_str).collect::<Vec<_>>(), "Usage");
}
