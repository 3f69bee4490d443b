//! Nodes that have another story to tell: of another chain that calls itself the same, of a chain that is
//! none but by their word, of the day before.

use crate::{anchor, Light, NOWHERE};
use serde_json::{json, Value};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use std::{
	fs,
	path::Path,
	thread,
	time::{Duration, Instant},
};
use tallystick_tests::{
	node::{specification, tally},
	Chain, Node, Said,
};

/// How long `tally` may take to find out that there is nothing to find out: it waits for two minutes for
/// the chain, and for two for a block that is new.
const BOUND: Duration = Duration::from_secs(300);
/// What a light client takes for old.
const STALE: Duration = Duration::from_secs(60);

/// The same chain by all that one sees of it, and the same code; but it is Bob who makes its blocks.
fn of_bob(specification: &Value) -> Value {
	let hex = |key: &dyn AsRef<[u8]>| hex::encode(key.as_ref());
	let keys = [
		(hex(&Sr25519Keyring::Alice.public()), hex(&Sr25519Keyring::Bob.public())),
		(hex(&Ed25519Keyring::Alice.public()), hex(&Ed25519Keyring::Bob.public())),
	];
	let mut forged = specification.clone();
	let top = forged["genesis"]["raw"]["top"].as_object_mut().unwrap();
	for value in top.values_mut() {
		let mut text = value.as_str().unwrap().to_owned();
		// Not in the code, where the preset of the development chain has both.
		if text.len() < 10_000 {
			for (alice, bob) in &keys {
				text = text.replace(alice, bob);
			}
		}
		*value = text.into();
	}
	forged
}

/// A file in `folder` that nobody knows.
fn file(folder: &Path) -> std::path::PathBuf {
	let path = folder.join("file");
	fs::write(&path, "what is it?").unwrap();
	path
}

/// What a light client says, and that it does not take for ever to say it.
fn bounded(ask: impl FnOnce() -> Said) -> Said {
	let began_at = Instant::now();
	let said = ask();
	assert!(began_at.elapsed() < BOUND, "{said:?}");
	assert_eq!(said.code, Some(1), "{said:?}");
	said
}

/// That a light client was not told anything, and says so, to people too.
fn is_told_nothing(said: &Said, code: &str, to_do: &str) {
	assert_eq!(said.json["error"]["code"], code, "{said:?}");
	let part = |name: &str| said.json["error"][name].as_str().unwrap();
	assert!(part("hint").contains(to_do), "{said:?}");
	assert!(said.words.contains(part("message")) && said.words.contains(to_do), "{said:?}");
}

#[test]
fn a_node_of_another_chain_with_the_same_name_is_no_node_of_this_one() {
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let specification = specification();
	let forged = of_bob(&specification);
	for said in ["name", "id", "protocolId"] {
		assert_eq!(forged[said], specification[said]);
	}
	let path = folder.join("forged.json");
	fs::write(&path, forged.to_string()).unwrap();
	let node = Node::start(folder, &["--chain", path.to_str().unwrap(), "--bob"]);
	let chain = Chain::of(&node);
	let file = file(folder);
	anchor(&node.url(), &file);
	// Who believes the node, or takes its specification for the chain's, is told that all is well.
	let verify = ["verify", file.to_str().unwrap(), "--by", "//Eve"];
	tally(&node.url(), "//Eve", &verify).good();
	let bootnode = chain.address();
	let url = node.url();
	let light = |specification| Light { folder, specification, bootnode: &bootnode, url: &url };
	assert_eq!(light(&forged).verify(&file).good()["as_of"]["proved"], true);
	// Who has the chain's own is not.
	let said = bounded(|| light(&specification).verify(&file));
	is_told_nothing(&said, "NoNode", "of the same chain");
}

#[test]
fn what_a_node_says_by_rpc_is_not_even_asked_for() {
	let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
	let [folder, liars] = [0, 1].map(|n: usize| folders[n].path());
	let (node, liar) = (Node::start(folder, &[]), Node::start(liars, &[]));
	let chain = Chain::of(&node);
	let file = file(folder);
	// Both began with the same block: only what is proved can tell one from the other.
	assert_eq!(chain.genesis(), Chain::of(&liar).genesis());
	anchor(&liar.url(), &file);
	let verify = ["verify", file.to_str().unwrap(), "--by", "//Eve"];
	tally(&liar.url(), "//Eve", &verify).good();

	let specification = specification();
	let bootnode = chain.address();
	let light =
		Light { folder, specification: &specification, bootnode: &bootnode, url: &liar.url() };
	let said = bounded(|| light.verify(&file));
	assert_eq!((&said.json["verified"], &said.json["anchors"]), (&json!(false), &json!([])));
	let at = &said.json["as_of"];
	assert_eq!(at["proved"], true, "{said:?}");
	let number = at["block"].as_u64().unwrap().try_into().unwrap();
	assert_eq!(at["block_hash"], json!(chain.hash_of(number)));
}

#[test]
fn a_node_that_has_only_old_blocks_proves_nothing() {
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let file = file(folder);
	let node = Node::start(folder, &[]);
	anchor(&node.url(), &file);
	node.stop();
	// The same chain by a node that cannot make blocks: all that it has is true, and was final.
	let node = Node::start(folder, &["--bob"]);
	let chain = Chain::of(&node);
	let best = chain.best_number();
	thread::sleep(STALE);
	assert_eq!(chain.best_number(), best);
	let specification = specification();
	let bootnode = chain.address();
	let light = Light { folder, specification: &specification, bootnode: &bootnode, url: NOWHERE };
	let said = bounded(|| light.verify(&file));
	is_told_nothing(&said, "Stale", "keep silent");
}
