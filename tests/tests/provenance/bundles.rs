//! A folder that OpenSSF's tool signed: published, verified through the chain; and every kind of
//! tampering is found and named.

use crate::{lacks, seen, World, ALICE};
use serde_json::{json, Value};
use std::fs;

#[test]
fn what_model_signing_signed_is_published_verified_and_every_tampering_is_named() {
	let world = World::new();
	world.tool(&["signer", &world.at("signer")]);
	world.tool(&["signer", &world.at("stranger")]);
	let key = world.bind("//Alice", "signer");
	let artifact = world.register("//Alice", "Signed", &["--kind", "model", "--licence", "MIT"]);
	let model = world.model("model");
	let bundle = world.sign(&model, "signer", "model.sig");
	let node = &world.node;
	let publish = ["artifact", "publish", "--artifact", &artifact, &model, "--bundle", &bundle];

	// What is not as it was signed is not published, and named.
	fs::write(world.path("model/config.json"), "{ }\n").unwrap();
	let said = node.tally("//Alice", &publish);
	assert_eq!(said.json["error"]["code"], "BundleMismatch", "{said:?}");
	assert!(said.words.contains("changed config.json"), "{said:?}");
	fs::write(world.path("model/config.json"), "{}\n").unwrap();

	let published = node.tally("//Alice", &[&publish[..], &["--serve"]].concat()).good();
	assert_eq!(published["key"], json!(key));
	let statement: Value = statement(&fs::read(&bundle).unwrap());
	let root = statement["subject"][0]["digest"]["sha256"].as_str().unwrap();
	assert_eq!(published["version"], format!("0x{root}"));

	let verify = |more: &[&str]| node.tally("//Eve", &[&["verify", &model], more].concat());
	let said = verify(&[]).good();
	assert_eq!(lacks(&said), [(ALICE, None)]);
	assert_eq!(said["claimants"][0]["confirmed_by"], json!([key]));
	assert_eq!(
		(&said["bundle"]["signature"], &said["bundle"]["fits"]),
		(&json!("good"), &json!(true))
	);
	assert_eq!(
		(&said["versions"][0]["serving"], &said["versions"][0]["name"]),
		(&json!(true), &json!("Signed"))
	);
	// The anchor alone says it, too.
	assert_eq!(lacks(&verify(&["--no-bundle"]).good()), [(ALICE, None)]);
	verify(&["--by", &key]).good();
	verify(&["--by", ALICE, "--artifact", &artifact]).good();
	let other = "0x".to_owned() + &"77".repeat(32);
	for by in [other.as_str(), "//Eve"] {
		let said = verify(&["--by", by]);
		assert_eq!((said.code, lacks(&said.json)), (Some(1), vec![(ALICE, Some("not-named"))]));
	}

	// Every kind of tampering.
	let differs = |how: &str, what: Value| {
		let said = verify(&[]);
		assert_eq!(said.code, Some(1), "{how}: {said:?}");
		assert_eq!(said.json["bundle"]["fits"], false, "{how}");
		// The list is Alice's, by the key that she bound: nobody claims the files at hand.
		assert_eq!(
			(&said.json["bundle"]["signature"], &said.json["bundle"]["objection"]),
			(&json!("good"), &json!("other-files")),
			"{how}"
		);
		let difference = said.json["bundle"]["difference"].as_object().unwrap();
		for (kind, files) in difference {
			let expected = if kind == how { &what } else { &json!([]) };
			assert_eq!(files, expected, "{how}: {kind}");
		}
	};
	let (config, weights) =
		(world.path("model/config.json"), world.path("model/weights.safetensors"));
	fs::write(&weights, "weightz\n").unwrap();
	differs("changed", json!(["weights.safetensors"]));
	fs::write(&weights, "weights\n").unwrap();
	fs::write(world.path("model/extra.py"), "import os\n").unwrap();
	differs("added", json!(["extra.py"]));
	fs::remove_file(world.path("model/extra.py")).unwrap();
	fs::remove_file(&config).unwrap();
	differs("missing", json!(["config.json"]));
	fs::write(world.path("model/settings.json"), "{}\n").unwrap();
	differs("renamed", json!([{ "from": "config.json", "to": "settings.json" }]));
	fs::rename(world.path("model/settings.json"), &config).unwrap();
	verify(&[]).good();

	// A bundle of somebody else's key, over the same files.
	let foreign = world.sign(&model, "stranger", "foreign.sig");
	let said = verify(&["--bundle", &foreign]);
	assert_eq!(
		(said.code, &said.json["bundle"]["signature"]),
		(Some(1), &json!("unchecked")),
		"{said:?}"
	);
	let stranger = world.at("stranger.pub");
	let said = verify(&["--bundle", &foreign, "--key", &stranger]);
	assert_eq!(
		(said.code, &said.json["bundle"]["signature"]),
		(Some(1), &json!("good")),
		"{said:?}"
	);
	assert_eq!(lacks(&said.json), [(ALICE, Some("not-the-signer"))]);
	// One whose content was changed after it was signed, such that it fits the files.
	fs::write(&weights, "weightz\n").unwrap();
	let tampered = world.sign(&model, "stranger", "tampered.sig");
	let good: Value = serde_json::from_slice(&fs::read(&bundle).unwrap()).unwrap();
	let mut forged: Value = serde_json::from_slice(&fs::read(&tampered).unwrap()).unwrap();
	forged["verificationMaterial"] = good["verificationMaterial"].clone();
	forged["dsseEnvelope"]["signatures"] = good["dsseEnvelope"]["signatures"].clone();
	let forged = world.write("forged.sig", &forged.to_string());
	let said = verify(&["--bundle", &forged, "--key", &world.at("signer.pub")]);
	assert_eq!(
		(said.code, &said.json["bundle"]["signature"]),
		(Some(1), &json!("bad")),
		"{said:?}"
	);
	fs::write(&weights, "weights\n").unwrap();

	// A key that no longer speaks for the account: nobody's word is enough but whom one names.
	node.tally("//Alice", &["key", "unbind", &key]).good();
	let said = verify(&["--no-bundle"]);
	assert_eq!((said.code, lacks(&said.json)), (Some(1), vec![(ALICE, Some("key-unbound"))]));
	verify(&["--by", "//Alice"]).good();
}

#[test]
fn files_that_differ_are_named_whoever_signed_their_list() {
	let world = World::new();
	let node = &world.node;
	world.tool(&["signer", &world.at("signer")]);
	let model = world.model("model");
	// A bare key that nobody has bound, over files that nobody has claimed.
	let bundle = world.sign(&model, "signer", "model.sig");
	let key = world.at("signer.pub");
	let verify = |more: &[&str]| node.tally("//Bob", &[&["verify", &model], more].concat());
	let said = verify(&[]);
	let objection = &said.json["bundle"]["objection"];
	assert_eq!((said.code, objection), (Some(1), &json!("unchecked-signature")), "{said:?}");
	assert_eq!(said.json["bundle"]["fits"], true);

	world.write("model/weights.safetensors", "weightz\n");
	world.write("model/extra.py", "import os\n");
	fs::remove_file(world.path("model/tokenizer/vocab.txt")).unwrap();
	let differs = json!({
		"changed": ["weights.safetensors"],
		"added": ["extra.py"],
		"missing": ["tokenizer/vocab.txt"],
		"renamed": [],
	});
	// Whatever is known of the key, and whoever is named.
	for (more, signature) in [
		(&[][..], "unchecked"),
		(&["--key", &key], "good"),
		(&["--by", ALICE], "unchecked"),
		(&["--bundle", &bundle, "--by", ALICE], "unchecked"),
	] {
		let said = verify(more);
		assert_eq!((said.code, &said.json["verified"]), (Some(1), &json!(false)), "{said:?}");
		let bundle = &said.json["bundle"];
		assert_eq!(
			(&bundle["signature"], &bundle["objection"], &bundle["difference"]),
			(&json!(signature), &json!("other-files"), &differs),
			"{more:?}"
		);
	}
	let (code, words) = seen(node, ["verify", &model]);
	assert_eq!(code, 1);
	assert!(words.starts_with("no: ") && words.contains("is not what"), "{words}");
	for line in
		["changed  weights.safetensors", "missing  tokenizer/vocab.txt", "added    extra.py"]
	{
		assert!(words.contains(line), "{words}");
	}
	assert!(words.contains("get files and bundle again"), "{words}");
}

#[test]
fn files_under_other_names_are_told_by_the_manifest() {
	let world = World::new();
	let node = &world.node;
	let model = world.model("model");
	let artifact = world.register("//Alice", "Named", &["--kind", "model", "--licence", "MIT"]);
	let publish = ["artifact", "publish", "--artifact", &artifact, &model];
	let version = node.tally("//Alice", &publish).good()["version"].clone();
	let verify = || node.tally("//Bob", &["verify", &model, "--by", "//Alice"]);
	verify().good();

	// The order of the files is the same, and so is the digest, which is of what is in them alone.
	let renamed = world.path("model/settings.json");
	fs::rename(world.path("model/config.json"), &renamed).unwrap();
	let said = verify();
	assert_eq!((said.code, &said.json["digest"]), (Some(1), &version), "{said:?}");
	assert_eq!(said.json["manifest"]["anchored"], true);
	let differs = json!([{ "from": "config.json", "to": "settings.json" }]);
	assert_eq!(said.json["difference"]["renamed"], differs, "{said:?}");
	let (_, words) = seen(node, ["verify", &model, "--by", "//Alice"]);
	assert!(words.starts_with("no: ") && words.contains("config.json to settings.json"), "{words}");
	fs::rename(&renamed, world.path("model/config.json")).unwrap();
	verify().good();

	// The manifest of another version has no say about one that is claimed.
	world.write("model/config.json", "{ }\n");
	let next = world.at("next.manifest.json");
	node.tally("//Alice", &[&publish[..], &["--manifest", &next]].concat()).good();
	verify().good();
}

/// What a bundle signs.
fn statement(bundle: &[u8]) -> Value {
	let bundle: Value = serde_json::from_slice(bundle).unwrap();
	let payload = bundle["dsseEnvelope"]["payload"].as_str().unwrap();
	let script = "import base64, sys; print(base64.b64decode(sys.argv[1]).decode())";
	serde_json::from_str(&tallystick_outside_tools::printed(["-c", script, payload])).unwrap()
}
