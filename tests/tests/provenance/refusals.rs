//! What a licence forbids, or a withdrawal, is refused by name, with what to do about it, and changes nothing
//! but for the fee. What is registered already stays as it is.

use crate::World;
use tallystick_tests::{
	state::{Changes, State},
	Chain,
};

const TERMS: [&str; 4] = ["--kind", "model", "--licence", "MIT"];

/// A chain with a base model of Alice's, of which others make something.
struct Scene {
	world: World,
	chain: Chain,
	card: String,
}

impl Scene {
	fn new() -> Self {
		let world = World::new();
		let chain = Chain::of(&world.node);
		let card = world.write("card.json", "{}\n");
		Self { world, chain, card }
	}

	/// The words with which Bob registers a derivative of `parent`.
	fn derive<'a>(&'a self, edge: &'a str) -> Vec<&'a str> {
		let words = ["artifact", "register", "--name", "Child", "--metadata", &self.card];
		[&words[..], &TERMS, &["--parent", edge]].concat()
	}

	/// Registers a derivative that is allowed.
	fn child(&self, edge: &str) -> String {
		self.world.node.tally("//Bob", &self.derive(edge)).good()["artifact"].to_string()
	}

	/// Does what the chain refuses: with this error, with a hint that has `to_do` in it, and for the
	/// fee of one transaction alone.
	fn is_refused(&self, who: &str, line: &[&str], error: &str, to_do: &str) {
		let before = State::now(&self.chain);
		let said = self.world.node.tally(who, line);
		assert_eq!(said.json["error"]["code"], error, "{line:?}: {said:?}");
		assert_eq!(said.code, Some(1), "{line:?}: {said:?}");
		let part = |name: &str| said.json["error"][name].as_str().unwrap();
		assert!(part("hint").contains(to_do), "{line:?}: {said:?}");
		assert!(said.words.contains(part("message")) && said.words.contains(part("hint")));
		let Changes { senders, others } = State::now(&self.chain).since(&before);
		assert_eq!(others, [""; 0], "{line:?}");
		assert_eq!(senders.into_values().collect::<Vec<_>>(), [1], "{line:?}");
	}
}

#[test]
fn an_amount_under_the_least_that_was_agreed_is_refused() {
	let scene = Scene::new();
	let node = &scene.world.node;
	let least = ["--least-per-call", "1TLY", "--least-per-1k", "2TLY"];
	let base = scene.world.register("//Alice", "Base", &[&TERMS[..], &least].concat());
	let child = scene.child(&format!("{base}:fine-tuned-from:10%"));
	let plan = |price: &'static str, tariff: &[&'static str]| {
		let words = ["plan", "create", "--artifact", child.as_str(), "--price", price];
		[&words[..], tariff].concat()
	};
	let refused = |line: &[&str]| {
		scene.is_refused("//Bob", line, "Registry.AmountBelowLeast", "a tariff with more units");
	};
	// A tenth of a call is Alice's: it has to cost ten, and a thousand tokens twenty.
	let tokens = ["--per-1k-input", "20", "--per-1k-output", "20"];
	let call = |units| [&["--per-call", units], &tokens[..]].concat();
	refused(&plan("1TLY", &call("9")));
	refused(&plan("0.999TLY", &call("10")));
	refused(&plan("1TLY", &["--per-call", "10", "--per-1k-input", "20", "--per-1k-output", "19"]));
	node.tally("//Bob", &plan("1TLY", &call("10"))).good();

	// More is asked of who comes now, and not of who was there.
	let raise = ["artifact", "licence", &base, "--least-per-call", "100TLY"];
	node.tally("//Alice", &raise).good();
	node.tally("//Bob", &plan("1TLY", &call("10"))).good();
}

#[test]
fn an_expired_licence_allows_no_derivative_and_no_sale() {
	let scene = Scene::new();
	let node = &scene.world.node;
	let expires = scene.chain.best_number() + 10;
	let until = expires.to_string();
	let base =
		scene.world.register("//Alice", "Base", &[&TERMS[..], &["--expires", &until]].concat());
	let edge = format!("{base}:fine-tuned-from:10%");
	let child = scene.child(&edge);
	scene.chain.wait_for_block(expires);

	let refused = |who: &str, line: &[&str]| {
		scene.is_refused(who, line, "Registry.LicenceExpired", "no new sales or derivatives");
	};
	refused("//Bob", &scene.derive(&edge));
	let plan = |artifact: &str| {
		let words =
			["plan", "create", "--artifact", artifact, "--price", "1TLY", "--per-call", "1"];
		words.map(str::to_owned)
	};
	let line = plan(&base);
	refused("//Alice", &line.each_ref().map(String::as_str));
	// Nor one that is over before it begins.
	let words = ["artifact", "register", "--name", "Late", "--metadata", &scene.card];
	refused("//Bob", &[&words[..], &TERMS, &["--expires", &until]].concat());

	// The child has its own, and what was agreed.
	let line = plan(&child);
	node.tally("//Bob", &line.each_ref().map(String::as_str)).good();
}

#[test]
fn a_parent_that_is_withdrawn_has_no_new_children() {
	let scene = Scene::new();
	let node = &scene.world.node;
	let model = scene.world.model("model");
	let base = scene.world.register("//Alice", "Base", &TERMS);
	let publish = ["artifact", "publish", "--artifact", &base, &model];
	let version = node.tally("//Alice", &publish).good()["version"].as_str().unwrap().to_owned();
	let edge = format!("{base}:fine-tuned-from:10%");
	let child = scene.child(&edge);
	let withdraw = ["artifact", "withdraw", &base, &version, "--safety", "--reason", "a backdoor"];
	node.tally("//Alice", &withdraw).good();

	let derive = scene.derive(&edge);
	scene.is_refused("//Bob", &derive, "Registry.ParentWithdrawn", "tally artifact show PARENT");
	// Who looks, as the hint says, sees why; and the child is still there, with its parent.
	let said = node.tally("//Bob", &["artifact", "show", &base]).good();
	assert_eq!(said["versions"][0]["status"]["reason"], "a backdoor");
	let said = node.tally("//Bob", &["artifact", "show", &child]).good();
	assert_eq!(said["parents"][0]["artifact"].to_string(), base);
	// With a version that can be used, the parent is one again.
	scene.world.write("model/config.json", "{ }\n");
	node.tally("//Alice", &publish).good();
	scene.child(&edge);
}
