//! What others call things cannot deceive a terminal or a program, and those that look alike are told.

use crate::{seen, World};
use serde_json::Value;

/// Escapes that clear a screen and set a title, and marks that turn text around.
const NASTY: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}gpj\u{2066}\u{200b}";

#[test]
fn names_of_others_cannot_control_a_terminal_and_look_alikes_are_told() {
	let world = World::new();
	let node = &world.node;
	let terms = ["--kind", "model", "--licence", "MIT"];
	let card = world.write("card.json", "{}\n");
	let nasty = ["artifact", "register", "--name", NASTY, "--metadata", &card];
	let said = node.tally("//Eve", &[&nasty[..], &terms].concat());
	assert_eq!(said.json["error"]["code"], "Registry.BadName", "{said:?}");

	let first = world.register("//Alice", "paypal", &terms);
	let second = world.register("//Eve", "p\u{430}ypal", &terms);
	world.register("//Eve", "paypaI", &terms);
	let model = world.model("model");
	for (who, artifact) in [("//Alice", &first), ("//Eve", &second)] {
		let place = format!("{NASTY}/{who}");
		let publish = ["artifact", "publish", "--artifact", artifact, &model];
		let manifest = world.at(&format!("{}.json", who.trim_start_matches('/')));
		let more = ["--locator", &place, "--format", NASTY, "--manifest", &manifest];
		node.tally(who, &[&publish[..], &more].concat()).good();
	}
	let version = node.tally("//Eve", &["artifact", "show", &second]).good();
	let version = version["versions"][0]["version"].as_str().unwrap().to_owned();
	let withdraw = ["artifact", "withdraw", &second, &version, "--safety", "--reason", NASTY];
	node.tally("//Eve", &withdraw).good();

	let lines: [&[&str]; 6] = [
		&["artifact", "list"],
		&["artifact", "show", &second],
		&["artifact", "versions", &second],
		&["artifact", "lineage", &second],
		&["artifact", "bom", &second],
		&["verify", &model],
	];
	let obeyed = |c: char| {
		(c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}' | '\u{200b}')
	};
	for line in lines {
		let (_, words) = seen(node, line.iter());
		assert!(!words.contains(obeyed), "{line:?}: {words:?}");
		let (_, json) = seen(node, ["--json"].iter().chain(line));
		// As it is printed; what it says is the value itself.
		assert!(!json.contains(obeyed), "{line:?}: {json:?}");
		serde_json::from_str::<Value>(&json).unwrap();
	}
	let said = node.tally("//Bob", &["artifact", "show", &second]).good();
	assert_eq!(said["versions"][0]["status"]["reason"], NASTY);

	let (_, words) = seen(node, ["artifact", "list"]);
	for alike in ["artifact 1: the name", "artifact 2: the name"] {
		assert!(words.contains(alike), "{words}");
	}
	let said = node.tally("//Bob", &["verify", &model, "--artifact", &second]);
	let warnings = said.json["warnings"].to_string();
	assert!(warnings.contains("looks like that of artifact 0"), "{said:?}");
}
