//! Trust in no node: `tally` with a light client that has the chain's specification, and nodes that it need
//! not believe.

mod crowds;
mod liars;

use serde_json::{json, Value};
use std::{fs, path::Path};
use tallystick_tests::{
	node::{specification, tally},
	Chain, Node, Said,
};

/// Where no node listens: nothing is asked of one.
const NOWHERE: &str = "ws://127.0.0.1:9";

/// Somebody with a light client.
struct Light<'a> {
	/// Where the specification is written to.
	folder: &'a Path,
	/// What the chain is.
	specification: &'a Value,
	/// A node by which the chain is looked for.
	bootnode: &'a str,
	/// A node that must not be asked.
	url: &'a str,
}

impl Light<'_> {
	/// Runs `tally` with the light client.
	fn tally(&self, arguments: &[&str]) -> Said {
		let path = self.folder.join("chain.json");
		fs::write(&path, self.specification.to_string()).unwrap();
		let light = ["--light", path.to_str().unwrap(), "--bootnode", self.bootnode];
		tally(self.url, "//Eve", &[&light, arguments].concat())
	}

	/// Asks about a file, which Eve anchored, or not.
	fn verify(&self, file: &Path) -> Said {
		self.tally(&["verify", file.to_str().unwrap(), "--by", "//Eve"])
	}
}

/// Has Eve anchor a file, and waits until that is final. Returns the block.
fn anchor(url: &str, file: &Path) -> u64 {
	let path = file.to_str().unwrap();
	let anchored = tally(url, "//Eve", &["--finalized", "anchor", "create", path]).good();
	anchored["transaction"]["block"].as_u64().unwrap()
}

#[test]
fn a_light_client_proves_what_is_anchored_and_what_is_not() {
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let node = Node::start(folder, &[]);
	let chain = Chain::of(&node);
	let [anchored, other] = ["anchored", "other"].map(|name| {
		let path = folder.join(name);
		fs::write(&path, name).unwrap();
		path
	});
	let block = anchor(&node.url(), &anchored);

	let specification = specification();
	let bootnode = chain.address();
	let light = Light { folder, specification: &specification, bootnode: &bootnode, url: NOWHERE };
	let said = light.verify(&anchored).good();
	assert_eq!(said["verified"], true);
	assert_eq!(said["anchors"][0]["block"], block);
	let at = &said["as_of"];
	assert_eq!(at["proved"], true);
	let number = at["block"].as_u64().unwrap();
	assert!(number >= block, "{at}");
	let hash = chain.hash_of(number.try_into().unwrap()).unwrap();
	assert_eq!(at["block_hash"], json!(hash));
	assert!(chain.finalized_number() >= number.try_into().unwrap());

	let said = light.verify(&other);
	assert_eq!((said.code, &said.json["verified"]), (Some(1), &json!(false)), "{said:?}");
	assert_eq!(said.json["as_of"]["proved"], true);
}
