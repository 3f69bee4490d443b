//! Trust in no node: `tally` with a light client that has the chain's specification, and a node that it
//! need not believe.

use serde_json::{json, Value};
use std::{fs, path::Path, process::Command};
use tallystick_tests::{
	node::{program, tally},
	Chain, Node, Said,
};

/// The specification of the development chain, as a node writes it.
fn specification() -> Value {
	let command = ["export-chain-spec", "--chain", "dev", "--raw"];
	let said = Command::new(program("tallystick")).args(command).output().unwrap();
	serde_json::from_slice(&said.stdout).unwrap()
}

/// Asks a light client of the chain in `specification` about a file.
fn verify(specification: &Value, folder: &Path, node: &str, file: &Path) -> Said {
	let path = folder.join("chain.json");
	fs::write(&path, specification.to_string()).unwrap();
	let (path, file) = (path.to_str().unwrap(), file.to_str().unwrap());
	// No node listens there: nothing is asked of one.
	let url = "ws://127.0.0.1:9";
	let verify = ["verify", file, "--by", "//Eve"];
	tally(url, "//Eve", &[&["--light", path, "--bootnode", node], &verify[..]].concat())
}

#[test]
fn a_light_client_proves_what_is_anchored_and_what_is_not() {
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let node = Node::start(folder, &[]);
	let chain = Chain::of(&node);
	let address = chain.address();
	let [anchored, other] = ["anchored", "other"].map(|name| {
		let path = folder.join(name);
		fs::write(&path, name).unwrap();
		path
	});
	let path = anchored.to_str().unwrap();
	let anchor = tally(&node.url(), "//Eve", &["--finalized", "anchor", "create", path]);
	let block = anchor.good()["transaction"]["block"].as_u64().unwrap();

	let specification = specification();
	let said = verify(&specification, folder, &address, &anchored).good();
	assert_eq!(said["verified"], true);
	assert_eq!(said["anchors"][0]["block"], block);
	let at = &said["as_of"];
	assert_eq!(at["proved"], true);
	let number = at["block"].as_u64().unwrap();
	assert!(number >= block, "{at}");
	let hash = chain.hash_of(number.try_into().unwrap()).unwrap();
	assert_eq!(at["block_hash"], json!(hash));
	assert!(chain.finalized_number() >= number.try_into().unwrap());

	let said = verify(&specification, folder, &address, &other);
	assert_eq!((said.code, &said.json["verified"]), (Some(1), &json!(false)), "{said:?}");
	assert_eq!(said.json["as_of"]["proved"], true);

	// Of another chain it learns nothing from this node.
	let mut of_another = specification.clone();
	let top = of_another["genesis"]["raw"]["top"].as_object_mut().unwrap();
	let (_, value) = top.iter_mut().next().unwrap();
	*value = json!(format!("{}00", value.as_str().unwrap()));
	let said = verify(&of_another, folder, &address, &anchored);
	assert_eq!(said.code, Some(1), "{said:?}");
	assert_eq!(said.json["error"]["code"], "NoNode", "{said:?}");
}
