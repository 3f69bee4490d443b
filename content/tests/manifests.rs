//! Manifests of our own signing: what is said is read, and every changed byte is noticed.

mod common;

use c2pa::{Builder, BuilderIntent, Context, DigitalSourceType, EphemeralSigner, Reader};
use common::{file, picture, scene};
use image::ImageFormat;
use serde_json::{json, Value};
use std::io::Cursor;
use tallystick_content::{
	provenance::{Statement, MODEL_LABEL},
	Error, Model, Origin, Picture, Provenance, Signer, Unknown, Verdict,
};

const MODEL: Model = Model { genesis: [0xab; 32], artifact: 7, version: [0xcd; 32] };

fn signer() -> Signer {
	Signer::new(Box::new(EphemeralSigner::new("camera.example").unwrap()))
}

fn png() -> Vec<u8> {
	file(scene(5, 48, 32), ImageFormat::Png)
}

fn read(bytes: &[u8]) -> Provenance {
	picture(bytes.to_vec()).provenance(None).unwrap()
}

fn own(provenance: &Provenance) -> &Statement {
	provenance.manifest.as_ref().unwrap()
}

/// A manifest with these actions, and these ingredients: what they are to the picture, and their files.
fn made(bytes: &[u8], actions: Value, ingredients: &[(&str, &[u8])]) -> Vec<u8> {
	let signer = EphemeralSigner::new("editor.example").unwrap();
	let mut builder = Builder::from_context(Context::new())
		.with_definition(json!({ "assertions": [{ "label": "c2pa.actions.v2", "data": actions }] }))
		.unwrap();
	for (n, (relationship, bytes)) in ingredients.iter().enumerate() {
		let ingredient = json!({ "title": format!("part {n}"), "relationship": relationship,
			"label": format!("part-{n}") });
		builder
			.add_ingredient_from_stream(
				ingredient.to_string(),
				"image/png",
				&mut Cursor::new(bytes),
			)
			.unwrap();
	}
	let mut signed = Cursor::new(Vec::new());
	builder.sign(&signer, "image/png", &mut Cursor::new(bytes), &mut signed).unwrap();
	signed.into_inner()
}

fn signed(origin: Origin, model: Option<&Model>) -> Vec<u8> {
	picture(png()).sign(&signer(), origin, model).unwrap().bytes().to_vec()
}

fn source(name: &str) -> String {
	format!("http://cv.iptc.org/newscodes/digitalsourcetype/{name}")
}

#[test]
fn what_is_signed_is_read_in_every_format() {
	let origins = [
		(Origin::Generated, Verdict::Generated, "trainedAlgorithmicMedia"),
		(Origin::PartlyGenerated, Verdict::PartlyGenerated, "compositeWithTrainedAlgorithmicMedia"),
		(Origin::Captured, Verdict::Captured, "digitalCapture"),
		(Origin::MadeByHuman, Verdict::MadeByHuman, "digitalCreation"),
	];
	for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
		let picture = picture(file(scene(5, 48, 32), format));
		let pixels = picture.pixels().unwrap();
		for (origin, verdict, name) in origins {
			let signed = picture.sign(&signer(), origin, Some(&MODEL)).unwrap();
			let read = signed.provenance(None).unwrap();
			assert_eq!(read.verdict, verdict);
			assert_eq!(read.source_types, [source(name)]);
			assert_eq!(read.models, [MODEL]);
			assert!(!read.edited && !read.trusted());
			// Nobody knows the signer.
			let codes: Vec<_> = read.failures.iter().map(|status| status.code.as_str()).collect();
			assert_eq!(codes, ["signingCredential.untrusted"]);
			let signer = own(&read).signer.as_ref().unwrap();
			assert_eq!(signer.name.as_deref(), Some("camera.example"));
			assert_eq!(signer.algorithm.as_deref(), Some("ed25519"));
			assert!(signer.fingerprint.is_some() && signer.time.is_none());
			assert_eq!(own(&read).generators[0], "tallystick 0.1.0");
			assert_eq!(own(&read).actions[0].action, "c2pa.created");
			// The picture itself is the same.
			assert_eq!(signed.pixels().unwrap(), pixels);
			assert_ne!(signed.sha256(), picture.sha256());
		}
	}
}

#[test]
fn what_a_changed_byte_changes_is_noticed() {
	let whole = signed(Origin::Generated, Some(&MODEL));
	let untouched = read(&whole);
	let store = &untouched.store.as_ref().unwrap().bytes;
	let start = whole.windows(store.len()).position(|part| part == store).unwrap();
	let said = |provenance: Provenance| {
		let all = serde_json::to_value(Provenance { store: None, ..provenance }).unwrap();
		all.to_string()
	};
	let says = said(untouched.clone());
	let mut tampered = 0;
	for n in 0..whole.len() {
		let mut changed = whole.clone();
		changed[n] ^= 0x20;
		let Ok(changed) = Picture::from_bytes(changed) else { continue };
		let changed = changed.provenance(None).unwrap();
		// The chunk of the manifest, with its length and kind before it, and its checksum after it.
		let in_manifest = (start - 8..start + store.len() + 4).contains(&n);
		match changed.verdict {
			Verdict::Tampered => tampered += 1,
			// Without its kind the chunk is no manifest.
			Verdict::Unknown(Unknown::NoManifest) => assert!((start - 8..start).contains(&n)),
			// Checksum and padding are not signed, and say nothing.
			_ => assert!(in_manifest && said(changed) == says, "byte {n}"),
		}
	}

	assert!(tampered > whole.len() - store.len());
}

#[test]
fn an_edit_is_one_whoever_made_the_picture() {
	let edit = |extra: Value| {
		let opened =
			json!({ "action": "c2pa.opened", "parameters": { "ingredientIds": ["part-0"] } });
		json!({ "actions": [opened, extra] })
	};
	let edited =
		json!({ "action": "c2pa.edited", "description": "the sky", "softwareAgent": "pencil" });
	let captured = signed(Origin::Captured, None);
	let generated = signed(Origin::Generated, Some(&MODEL));

	let read_one =
		|actions: Value, ingredients: &[(&str, &[u8])]| read(&made(&png(), actions, ingredients));
	let one = read_one(edit(edited.clone()), &[("parentOf", &captured)]);
	assert_eq!((one.verdict, one.edited), (Verdict::Edited, true), "{:?}", one.failures);
	assert_eq!(one.source_types, [source("digitalCapture")]);
	assert_eq!(own(&one).actions[1].agent.as_deref(), Some("pencil"));
	assert_eq!(own(&one).actions[1].description.as_deref(), Some("the sky"));
	assert_eq!(own(&one).ingredients[0].relationship, "parentOf");
	assert_eq!(own(&one).ingredients[0].title.as_deref(), Some("part 0"));
	assert!(own(&one).ingredients[0].manifest.is_some());

	// What AI made stays that, also after an edit, and its model is still named.
	let one = read_one(edit(edited.clone()), &[("parentOf", &generated)]);
	assert_eq!((one.verdict, one.edited), (Verdict::Generated, true));
	assert_eq!(one.models, [MODEL]);
	// To convert it is no edit.
	let convert = json!({ "action": "c2pa.transcoded" });
	let one = read_one(edit(convert), &[("parentOf", &captured)]);
	assert_eq!((one.verdict, one.edited), (Verdict::Captured, false));
	// An edit by AI.
	let fill = json!({ "action": "c2pa.edited", "digitalSourceType": source("compositeWithTrainedAlgorithmicMedia") });
	let one = read_one(edit(fill), &[("parentOf", &captured)]);
	assert_eq!((one.verdict, one.edited), (Verdict::PartlyGenerated, true));
	// A part that AI made; and the same as a mere input.
	let place = json!({ "actions": [
		{ "action": "c2pa.created", "digitalSourceType": source("digitalCreation") },
		{ "action": "c2pa.placed", "parameters": { "ingredientIds": ["part-0"] } },
	] });
	let one = read_one(place, &[("componentOf", &generated)]);
	assert_eq!(one.verdict, Verdict::PartlyGenerated);
	let created = |name: &str| json!({ "actions": [{ "action": "c2pa.created", "digitalSourceType": source(name) }] });
	let one = read_one(created("digitalCreation"), &[("inputTo", &generated)]);
	assert_eq!((one.verdict, one.edited), (Verdict::MadeByHuman, false));
	// Of something else nothing is said.
	let one = read_one(created("algorithmicMedia"), &[]);
	assert_eq!(one.verdict, Verdict::Unknown(Unknown::NotSaid));
	assert_eq!(one.source_types, [source("algorithmicMedia")]);
}

#[test]
fn a_software_agent_can_name_the_model() {
	let agent = json!({ "name": "painter", "version": "2", MODEL_LABEL: MODEL });
	let created = json!({ "action": "c2pa.created", "softwareAgent": agent,
		"digitalSourceType": source("trainedAlgorithmicMedia") });
	let one = read(&made(&png(), json!({ "actions": [created] }), &[]));
	assert_eq!((one.verdict, one.models.as_slice()), (Verdict::Generated, [MODEL].as_slice()));
	assert_eq!(own(&one).actions[0].agent.as_deref(), Some("painter 2"));
}

#[test]
fn what_was_done_to_a_parent_before_it_was_taken_is_an_edit() {
	let mut captured = signed(Origin::Captured, None);
	let last = captured.len() - 30;
	captured[last] ^= 1;
	assert_eq!(read(&captured).verdict, Verdict::Tampered);
	// Signed over: the new manifest is valid, and the camera's word does not count for this picture.
	let opened = json!({ "actions": [
		{ "action": "c2pa.opened", "parameters": { "ingredientIds": ["part-0"] } },
	] });
	let one = read(&made(&png(), opened, &[("parentOf", &captured)]));
	assert_eq!((one.verdict, one.edited), (Verdict::Edited, true), "{:?}", one.failures);
}

#[test]
fn a_manifest_taken_from_another_picture_does_not_fit() {
	let store = read(&signed(Origin::Captured, None)).store.unwrap().bytes;
	let other = file(scene(6, 48, 32), ImageFormat::Png);
	let other = c2pa::jumbf_io::save_jumbf_to_memory("image/png", &other, &store).unwrap();
	let one = read(&other);
	assert_eq!(one.verdict, Verdict::Tampered);
	assert!(one.failures.iter().any(|status| status.code == "assertion.dataHash.mismatch"));
}

#[test]
fn a_picture_without_a_manifest_is_unknown() {
	for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Bmp] {
		let one = read(&file(scene(5, 48, 32), format));
		assert_eq!(one.verdict, Verdict::Unknown(Unknown::NoManifest));
		assert!(one.store.is_none() && one.manifest.is_none() && one.failures.is_empty());
	}
}

#[test]
fn a_manifest_elsewhere_is_named_and_not_fetched() {
	let signer = EphemeralSigner::new("camera.example").unwrap();
	let mut builder = Builder::from_context(Context::new()).with_definition(json!({})).unwrap();
	builder.set_intent(BuilderIntent::Create(DigitalSourceType::DigitalCapture));
	builder.set_no_embed(true).set_remote_url("https://nowhere.invalid/manifest.c2pa");
	let mut signed = Cursor::new(Vec::new());
	builder.sign(&signer, "image/png", &mut Cursor::new(png()), &mut signed).unwrap();
	let one = read(&signed.into_inner());
	assert_eq!(one.verdict, Verdict::Unknown(Unknown::Remote));
	assert_eq!(one.remote.as_deref(), Some("https://nowhere.invalid/manifest.c2pa"));
	assert!(one.store.is_none());
}

#[test]
fn the_store_s_digest_is_that_of_its_bytes() {
	let one = read(&signed(Origin::Captured, None));
	let store = one.store.as_ref().unwrap();
	let digest: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(&store.bytes).into();
	assert_eq!(store.digest, digest);
	// It is a store that others can read beside the picture.
	Reader::from_context(Context::new())
		.with_manifest_data_and_stream(&store.bytes, "image/png", Cursor::new(png()))
		.unwrap();
	let json = serde_json::to_value(&one).unwrap();
	assert_eq!(json["verdict"], json!({ "verdict": "captured" }));
	assert_eq!(json["store"]["digest"], format!("0x{}", hex::encode(digest)));
}

#[test]
fn anchors_and_keys_that_are_none_are_refused() {
	let picture = picture(png());
	for wrong in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAA==\n"] {
		let result = picture.provenance(Some(wrong));
		assert!(matches!(result, Err(Error::Anchors(_))), "{wrong:?}");
		assert!(matches!(Signer::from_pem(wrong, wrong), Err(Error::Key(_))));
	}
	let bmp = common::picture(file(scene(5, 48, 32), ImageFormat::Bmp));
	assert!(matches!(bmp.sign(&signer(), Origin::Captured, None), Err(Error::Sign(_))));
}
