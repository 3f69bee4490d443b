//! Somebody publishes what is not theirs, first, and under a name that looks the same.

use crate::{lacks, seen, World, ALICE, EVE};
use serde_json::json;

#[test]
fn who_copied_files_bundle_and_name_is_told_from_who_made_them() {
	let world = World::new();
	let node = &world.node;
	world.tool(&["signer", &world.at("signer")]);
	let model = world.model("model");
	let bundle = world.sign(&model, "signer", "model.sig");
	let key = world.at("signer.pub");
	let terms = ["--kind", "model", "--licence", "MIT"];
	let verify = |more: &[&str]| node.tally("//Bob", &[&["verify", &model], more].concat());

	// Eve is first. The name has a Cyrillic letter.
	let copy = world.register("//Eve", "T\u{430}lly", &terms);
	let publish = ["artifact", "publish", "--artifact", &copy, &model, "--bundle", &bundle];
	let said = node.tally("//Eve", &publish);
	assert_eq!(said.json["error"]["code"], "Provenance.KeyNotBound", "{said:?}");
	node.tally("//Eve", &[&publish[..], &["--unconfirmed", "--key", &key]].concat()).good();
	let said = verify(&[]);
	assert_eq!((said.code, &said.json["verified"]), (Some(1), &json!(false)), "{said:?}");
	let said = verify(&["--no-bundle"]);
	assert_eq!((said.code, lacks(&said.json)), (Some(1), vec![(EVE, Some("unconfirmed"))]));
	let (code, words) = seen(node, ["verify", &model, "--no-bundle"]);
	assert_eq!(code, 1);
	assert!(words.contains(EVE) && words.contains("no key from outside the chain"), "{words}");
	assert!(words.contains(&format!("--by {EVE}")), "{words}");

	// Alice, whose key it is, comes later, and is first.
	let fingerprint = world.bind("//Alice", "signer");
	let own = world.register("//Alice", "Tally", &terms);
	let publish = ["artifact", "publish", "--artifact", &own, &model, "--bundle", &bundle];
	node.tally("//Alice", &publish).good();
	for more in [&[][..], &["--no-bundle"], &["--by", &fingerprint], &["--by", ALICE]] {
		let said = verify(more).good();
		let claims = lacks(&said);
		assert_eq!(claims[0], (ALICE, None), "{more:?}");
		assert_eq!(claims.len(), 2);
		assert!(claims[1].0 == EVE && claims[1].1.is_some(), "{claims:?}");
	}
	let (code, words) = seen(node, ["verify", &model]);
	assert_eq!(code, 0);
	let place = |who: &str| words.find(&format!("claimed by   {who}")).or(words.find(who)).unwrap();
	assert!(place(ALICE) < place(EVE), "{words}");
	assert!(words.contains("several scripts"), "{words}");

	// Whom one names counts, whatever others are.
	let said = verify(&["--artifact", &copy, "--no-bundle"]).good();
	assert_eq!(lacks(&said)[0], (EVE, None));

	// A version that is withdrawn is vouched for by nobody, though the anchor stands.
	let version = said["digest"].as_str().unwrap();
	node.tally("//Alice", &["artifact", "deprecate", &own, version]).good();
	let said = verify(&[]).good();
	assert_eq!(said["versions"][1]["status"]["status"], "deprecated");
	let reason = "a backdoor";
	let withdraw = ["artifact", "withdraw", &own, version, "--safety", "--reason", reason];
	node.tally("//Alice", &withdraw).good();
	for more in [&[][..], &["--by", ALICE], &["--artifact", &own]] {
		let said = verify(more);
		assert_eq!(said.code, Some(1), "{more:?}: {said:?}");
		let lack = lacks(&said.json).into_iter().find(|(who, _)| *who == ALICE).unwrap();
		assert_eq!(lack.1, Some("withdrawn"), "{more:?}");
	}
	let (_, words) = seen(node, ["verify", &model]);
	assert!(words.contains(reason), "{words}");
}
