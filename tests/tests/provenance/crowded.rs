//! Files that a thousand artifacts have as a version: whose word counts is found behind all of them.

use crate::{lacks, seen, World, ALICE, EVE};
use serde_json::json;
use sp_keyring::Sr25519Keyring::Eve;
use std::fs;
use tallystick_primitives::{ArtifactId, ArtifactKind, Digest};
use tallystick_runtime::RuntimeCall;
use tallystick_tests::{node::specification, stage, Chain};

/// More than `tally verify` reads of the list.
const COPIES: ArtifactId = 1_001;

#[test]
fn an_owner_is_found_behind_any_number_of_copies_and_so_is_a_withdrawal() {
	let world = World::new();
	let node = &world.node;
	let chain = Chain::of(node);
	world.tool(&["signer", &world.at("signer")]);
	let model = world.model("model");
	let bundle = world.sign(&model, "signer", "model.sig");
	let verify = |more: &[&str]| node.tally("//Bob", &[&["verify", &model], more].concat());
	let digest = verify(&[]).json["digest"].as_str().unwrap().to_owned();
	let version = Digest::from_slice(&hex::decode(&digest[2..]).unwrap());

	// Eve is first, a thousand times, and all of her artifacts are called the same.
	let copies = (0..COPIES).flat_map(|id| {
		[stage::register(ArtifactKind::Model, &[], &[]), stage::publish(id, version)]
	});
	let copies: Vec<RuntimeCall> = copies.collect();
	let batches = copies
		.chunks(40)
		.map(|calls| pallet_utility::Call::batch_all { calls: calls.to_vec() }.into());
	chain.do_all(Eve, batches.collect());
	let own = world.register("//Alice", "Tally", &["--kind", "model", "--licence", "MIT"]);
	assert_eq!(own, COPIES.to_string());
	let key = world.bind("//Alice", "signer");
	let publish = ["--finalized", "artifact", "publish", "--artifact", &own, &model];
	node.tally("//Alice", &[&publish[..], &["--bundle", &bundle]].concat()).good();

	let path = world.path("chain.json");
	fs::write(&path, specification().to_string()).unwrap();
	let (path, bootnode) = (path.to_str().unwrap(), chain.address());
	let light = ["--light", path, "--bootnode", &bootnode];
	for more in [&[][..], &["--no-bundle"], &["--by", ALICE], &["--by", &key], &light] {
		let said = verify(more).good();
		assert_eq!(lacks(&said)[0], (ALICE, None), "{more:?}");
		let artifacts = &said["claimants"][0]["artifacts"];
		assert_eq!(artifacts, &json!([COPIES]), "{more:?}");
		assert_eq!(said["claims"]["artifacts"], COPIES + 1);
		assert_eq!(said["looked_at"]["artifacts"], COPIES, "{more:?}");
	}
	// Her artifact is found by its owner's name alone, as well.
	let said = verify(&["--by", EVE]).good();
	assert_eq!(lacks(&said)[0], (EVE, None));
	let (code, words) = seen(node, ["verify", &model]);
	assert_eq!(code, 0);
	let left_out = format!("of {} artifacts with these files {COPIES} were looked at", COPIES + 1);
	assert!(words.contains(&left_out), "{words}");
	// The names of a thousand are not compared with a thousand in so many words.
	assert!(
		words.contains("names were compared with those of the first 1000 artifacts"),
		"{words}"
	);
	assert!(words.contains("others") && words.matches("warning: ").count() < 5_000);

	// And so is what she takes back. The anchor alone would still say yes.
	let reason = "a backdoor";
	let withdraw = ["artifact", "withdraw", &own, &digest, "--safety", "--reason", reason];
	node.tally("//Alice", &[&["--finalized"], &withdraw[..]].concat()).good();
	for more in [&[][..], &["--no-bundle"], &["--by", ALICE], &["--artifact", &own], &light] {
		let said = verify(more);
		assert_eq!(said.code, Some(1), "{more:?}: {said:?}");
		let lack = lacks(&said.json).into_iter().find(|(who, _)| *who == ALICE).unwrap();
		assert_eq!(lack.1, Some("withdrawn"), "{more:?}");
	}
}
