//! An artifact changes hands only if the receiver wants it; shares, licences and derivatives only if those
//! agree whom they concern; and its documents are found wherever they are.

use crate::{seen, World, ALICE};
use serde_json::json;
use std::{
	io::{Read, Write},
	net::TcpListener,
	thread,
};

const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
const MODEL: [&str; 4] = ["--kind", "model", "--licence", "MIT"];

#[test]
fn nobody_is_given_what_they_do_not_want_nor_loses_what_they_do_not_give() {
	let world = World::new();
	let node = &world.node;
	let artifact = world.register("//Alice", "Gift", &MODEL);
	let artifact = artifact.as_str();
	let owner = || node.tally("//Eve", &["artifact", "show", artifact]).good()["owner"].clone();
	let fails = |who: &str, line: &[&str], error: &str| {
		let said = node.tally(who, line);
		assert_eq!((said.code, &said.json["error"]["code"]), (Some(1), &json!(error)), "{line:?}");
	};

	// Offered, declined, offered again, taken back, accepted.
	fails("//Bob", &["artifact", "accept", artifact], "Registry.GiftNotFound");
	let give = ["artifact", "give", artifact, "--to", "//Bob"];
	fails("//Bob", &give, "Registry.NotOwner");
	for decliner in ["//Bob", "//Alice"] {
		node.tally("//Alice", &give).good();
		assert_eq!(owner(), ALICE);
		fails("//Eve", &["artifact", "accept", artifact], "Registry.NotReceiver");
		fails("//Eve", &["artifact", "cancel-gift", artifact], "Registry.NotAuthorized");
		node.tally(decliner, &["artifact", "cancel-gift", artifact]).good();
	}
	// In a loop, and to oneself.
	fails("//Alice", &["artifact", "give", artifact, "--to", "//Alice"], "Registry.GiftToOwner");
	node.tally("//Alice", &give).good();
	fails("//Bob", &["artifact", "give", artifact, "--to", "//Alice"], "Registry.NotOwner");
	node.tally("//Bob", &["artifact", "accept", artifact]).good();
	assert_eq!(owner(), BOB);
	node.tally("//Bob", &["artifact", "give", artifact, "--to", "//Alice"]).good();
	node.tally("//Alice", &["artifact", "accept", artifact]).good();
	assert_eq!(owner(), ALICE);

	// The deposit for plans, which comes back from the next owner alone, is not taken over unseen.
	let deposit = || node.tally("//Eve", &["artifact", "show", artifact]).good()["deposit"].clone();
	assert_eq!(deposit()["bytes_of_plans"], 0);
	let plan = ["plan", "create", "--artifact", artifact, "--price", "0.01TLY", "--per-call", "1"];
	let said = node.tally("//Alice", &plan).good();
	assert_eq!(said["deposit"], deposit());
	// Eight slots, each of which can settle one job within the window.
	assert_eq!(deposit()["bytes_of_plans"], 1_000 + 8 * (3_300 + 600));
	node.tally("//Alice", &give).good();
	fails("//Bob", &["artifact", "accept", artifact], "DepositNotSeen");
	let bytes = deposit()["bytes"].to_string();
	node.tally("//Bob", &["artifact", "accept", artifact, "--max-bytes", &bytes]).good();
	assert_eq!(owner(), BOB);
	node.tally("//Bob", &["artifact", "give", artifact, "--to", "//Alice"]).good();
	node.tally("//Alice", &["artifact", "accept", artifact, "--max-bytes", &bytes]).good();

	// Shares: from what nobody has, and given up by who has them.
	let add = ["artifact", "add-contributor", artifact, "//Charlie:10%"];
	node.tally("//Alice", &add).good();
	fails("//Bob", &["artifact", "renounce", artifact], "Registry.NotContributor");
	node.tally("//Charlie", &["artifact", "transfer-share", artifact, "--to", "//Dave"]).good();
	let said = node.tally("//Dave", &["artifact", "renounce", artifact]).good();
	assert_eq!(said["share"], "10%");
	let said = node.tally("//Eve", &["artifact", "show", artifact]).good();
	assert_eq!(said["contributors"], json!([]));
}

#[test]
fn a_derivative_needs_the_approval_that_the_licence_asks_for() {
	let world = World::new();
	let node = &world.node;
	let strict = ["--derivation", "by-approval", "--least-share", "5%"];
	let parent = world.register("//Alice", "Base", &[&MODEL[..], &strict].concat());
	let parent = parent.as_str();
	let card = world.at("card.json");
	let register = |share: &str| {
		let edge = format!("{parent}:fine-tuned-from:{share}");
		let words = ["artifact", "register", "--name", "Child", "--metadata", &card];
		node.tally("//Bob", &[&words[..], &MODEL, &["--parent", &edge]].concat())
	};
	let code = |said: &tallystick_tests::Said| said.json["error"]["code"].clone();
	assert_eq!(code(&register("10%")), "Registry.DerivationNotApproved");
	let terms = ["--relation", "fine-tuned-from", "--share", "10%"];
	let request = [&["artifact", "request-derivative", parent], &terms[..]].concat();
	node.tally("//Bob", &request).good();
	let said = node.tally("//Eve", &["artifact", "requests", parent]).good();
	assert_eq!(
		said["requests"],
		json!([{ "who": BOB, "relation": "fine-tuned-from", "share": "10%", "approved": false }])
	);
	// Not what was asked for; refused; asked again; approved, and used up.
	let approve = |share: &str| {
		let terms = ["--of", "//Bob", "--relation", "fine-tuned-from", "--share", share];
		node.tally("//Alice", &[&["artifact", "approve", parent], &terms[..]].concat())
	};
	assert_eq!(code(&approve("9%")), "Registry.RequestChanged");
	node.tally("//Alice", &["artifact", "refuse", parent, "--of", "//Bob"]).good();
	assert_eq!(code(&approve("10%")), "Registry.RequestNotFound");
	node.tally("//Bob", &request).good();
	let granted = || node.tally("//Eve", &["artifact", "show", parent]).good()["granted"].clone();
	assert_eq!(granted(), json!({ "approvals": 0, "dearest_provider_share": "0%" }));
	approve("10%").good();
	assert_eq!(granted()["approvals"], 1);
	let (_, words) = seen(node, ["artifact", "show", parent]);
	assert!(
		words.contains("approved derivatives") && words.contains("not registered yet"),
		"{words}"
	);
	// It binds who gets the artifact, and they are told.
	node.tally("//Alice", &["artifact", "give", parent, "--to", "//Dave"]).good();
	let said = node.tally("//Dave", &["artifact", "accept", parent]);
	assert!(said.words.contains("approved derivatives: 1"), "{said:?}");
	assert_eq!(said.good()["granted"]["approvals"], 1);
	node.tally("//Dave", &["artifact", "give", parent, "--to", "//Alice"]).good();
	node.tally("//Alice", &["artifact", "accept", parent]).good();
	assert_eq!(code(&register("9%")), "Registry.ApprovalDiffers");
	let child = register("10%").good()["artifact"].to_string();
	assert_eq!(granted()["approvals"], 0);
	assert_eq!(code(&register("10%")), "Registry.DerivationNotApproved");

	// The child keeps what it was registered under.
	let agreed = |child: &str| {
		let said = node.tally("//Eve", &["artifact", "show", child]).good();
		said["parents"][0]["agreed"].clone()
	};
	let before = agreed(&child);
	node.tally(
		"//Alice",
		&["artifact", "licence", parent, "--least-share", "50%", "--derivation", "free"],
	)
	.good();
	assert_eq!(agreed(&child), before);
	assert_eq!(code(&register("10%")), "Registry.ShareBelowLeast");
}

#[test]
fn a_metadata_document_is_fetched_from_the_first_place_that_has_it() {
	let world = World::new();
	let node = &world.node;
	// Not the file that `register` writes.
	let card = world.write("document.json", "{\"name\":\"Card\"}\n");
	let (wrong, right) = (serve("{\"name\":\"Other\"}\n"), serve("{\"name\":\"Card\"}\n"));
	let places = [
		"s3://bucket/card.json",
		&format!("{wrong}/card.json"),
		&format!("{right}/card.json"),
		&format!("file://{card}"),
	];
	let locators = places.iter().flat_map(|place| ["--locator", place]).collect::<Vec<_>>();
	let artifact =
		world.register("//Alice", "Card", &[&MODEL[..], &["--locator", places[0]]].concat());
	let artifact = artifact.as_str();
	let said = node.tally("//Bob", &["artifact", "metadata", artifact]);
	assert_eq!(said.json["error"]["code"], "NotFetched", "{said:?}");
	let update = ["artifact", "update", artifact, "--metadata", &card];
	node.tally("//Alice", &[&update[..], &locators].concat()).good();
	let said = node.tally("//Bob", &["artifact", "metadata", artifact]).good();
	assert_eq!(said["document"]["name"], "Card");
	assert_eq!(said["locator"], places[2]);
	assert_eq!(said["passed_over"].as_array().unwrap().len(), 2);
	let why = said["passed_over"][1]["why"].as_str().unwrap();
	assert!(why.contains("something else"), "{said}");
}

/// A server that gives everybody the same.
fn serve(body: &'static str) -> String {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}", listener.local_addr().unwrap());
	thread::spawn(move || {
		for stream in listener.incoming() {
			let mut stream = stream.unwrap();
			let _ = stream.read(&mut [0; 2_048]);
			let length = body.len();
			let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
		}
	});
	url
}
