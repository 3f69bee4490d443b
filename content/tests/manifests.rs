//! Manifests of our own signing: what is said is read, and every changed byte is noticed.

mod common;

use c2pa::{Builder, BuilderIntent, Context, DigitalSourceType, EphemeralSigner, Reader};
use common::{chunk, file, picture, scene, Numbers};
use image::ImageFormat;
use serde_json::{json, Value};
use std::io::Cursor;
use tallystick_content::{
	coverage::{UNSIGNED, UNSIGNED_SHOWN},
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

/// A manifest with these actions, and these ingredients: what they are to the picture, and their
/// files.
fn made(bytes: &[u8], actions: Value, ingredients: &[(&str, &[u8])]) -> Vec<u8> {
	made_as(2, bytes, actions, ingredients)
}

/// The same, by a claim of this version.
fn made_as(version: u8, bytes: &[u8], actions: Value, ingredients: &[(&str, &[u8])]) -> Vec<u8> {
	let label = if version == 1 { "c2pa.actions" } else { "c2pa.actions.v2" };
	let signer = EphemeralSigner::new("editor.example").unwrap();
	let mut builder = Builder::from_context(Context::new())
		.with_definition(json!({
			"claim_version": version,
			"assertions": [{ "label": label, "data": actions }],
		}))
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
			// The picture itself is the same, and what is signed over has one manifest.
			let again = signed.sign(&self::signer(), Origin::MadeByHuman, None).unwrap();
			let again = again.provenance(None).unwrap();
			assert_eq!(again.verdict, Verdict::MadeByHuman);
			assert!(own(&again).ingredients.is_empty());
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
	let fill = json!({ "action": "c2pa.edited",
		"digitalSourceType": source("compositeWithTrainedAlgorithmicMedia") });
	let one = read_one(edit(fill), &[("parentOf", &captured)]);
	assert_eq!((one.verdict, one.edited), (Verdict::PartlyGenerated, true));
	// A part that AI made; and the same as a mere input.
	let place = json!({ "actions": [
		{ "action": "c2pa.created", "digitalSourceType": source("digitalCreation") },
		{ "action": "c2pa.placed", "parameters": { "ingredientIds": ["part-0"] } },
	] });
	let one = read_one(place, &[("componentOf", &generated)]);
	assert_eq!(one.verdict, Verdict::PartlyGenerated);
	let created = |name: &str| {
		json!({ "actions": [
			{ "action": "c2pa.created", "digitalSourceType": source(name) },
		] })
	};
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
	// Signed over: the new manifest is valid, and the camera's word does not count for this
	// picture.
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

/// Takes `many` bytes out of the padding of a manifest store's signature, which is not signed, and
/// out of the lengths of all boxes around it.
fn unpadded(store: &[u8], many: usize) -> Vec<u8> {
	// The key, and a byte string with two bytes of length.
	let padding = store.windows(4).rposition(|part| part == b"pad\x59").unwrap() + 6;
	let length = u16::from_be_bytes([store[padding - 2], store[padding - 1]]) as usize;
	assert!(store[padding..padding + length].iter().all(|byte| *byte == 0) && length > many);
	let mut store = store.to_vec();
	store[padding - 2..padding].copy_from_slice(&((length - many) as u16).to_be_bytes());
	// A box begins with its length, and may hold boxes.
	let (mut at, mut end) = (0, store.len());
	while at < end {
		let length = u32::from_be_bytes(store[at..at + 4].try_into().unwrap()) as usize;
		if (at..at + length).contains(&padding) {
			let less = (length - many) as u32;
			store[at..at + 4].copy_from_slice(&less.to_be_bytes());
			let holds_boxes = &store[at + 4..at + 8] == b"jumb";
			(at, end) = (at + 8, if holds_boxes { at + length } else { 0 });
		} else {
			at += length;
		}
	}
	drop(store.drain(padding..padding + many));
	store
}

/// A signed PNG with a chunk in the place of its manifest's padding.
fn with_chunk(whole: &[u8], chunk: &[u8]) -> Vec<u8> {
	let store = read(whole).store.unwrap().bytes;
	let start = whole.windows(4).position(|part| part == b"caBX").unwrap() - 4;
	let carrier = common::chunk(b"caBX", &unpadded(&store, chunk.len()));
	let rest = &whole[start + store.len() + 12..];
	let changed = [&whole[..start], &carrier, chunk, rest].concat();
	assert_eq!(changed.len(), whole.len());
	// C2PA's own library finds nothing wrong.
	let reader = Reader::from_context(Context::new());
	let reader = reader.with_stream("image/png", Cursor::new(&changed)).unwrap();
	assert_eq!(reader.validation_state(), c2pa::ValidationState::Valid);
	changed
}

#[test]
fn another_picture_in_the_place_of_padding_is_noticed() {
	let whole = signed(Origin::Captured, None);
	// The data of another picture: decoders read it first, and then have all they need.
	let black = file(image::RgbImage::new(48, 32), ImageFormat::Png);
	let from = black.windows(4).position(|part| part == b"IDAT").unwrap();
	let length = u32::from_be_bytes(black[from - 4..from].try_into().unwrap()) as usize;
	let swapped = with_chunk(&whole, &chunk(b"IDAT", &black[from + 4..from + 4 + length]));
	assert_eq!(common::pixels(swapped.clone()).digest, common::pixels(black).digest);
	let one = read(&swapped);
	assert_eq!(one.verdict, Verdict::Tampered);
	assert_eq!(one.failures.last().unwrap().code, UNSIGNED_SHOWN);

	// An animation, whose frames viewers show.
	let animated = with_chunk(&whole, &chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]));
	assert_eq!(read(&animated).verdict, Verdict::Tampered);
	// Another gamma: the pixels are the same, and look different.
	let gamma = with_chunk(&whole, &chunk(b"gAMA", &[0, 0, 1, 0]));
	let one = read(&gamma);
	assert_eq!(one.verdict, Verdict::Unknown(Unknown::Unverified));
	assert_eq!(one.failures.last().unwrap().code, UNSIGNED);
	assert!(!one.trusted());
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
	assert_eq!(json["verdict"], "captured");
	let none = serde_json::to_value(read(&png())).unwrap();
	assert_eq!((&none["verdict"], &none["why"]), (&json!("unknown"), &json!("no-manifest")));
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

#[test]
fn manifests_of_the_first_version_are_read() {
	let created = |kind: &str| {
		json!({ "actions": [
			{ "action": "c2pa.created", "digitalSourceType": source(kind), "softwareAgent": "lens" },
		] })
	};
	let captured = made_as(1, &png(), created("digitalCapture"), &[]);
	let one = read(&captured);
	assert_eq!(one.verdict, Verdict::Captured, "{:?}", one.failures);
	assert_eq!(own(&one).actions[0].agent.as_deref(), Some("lens"));
	let one = read(&made_as(1, &png(), created("trainedAlgorithmicMedia"), &[]));
	assert_eq!(one.verdict, Verdict::Generated);
	let opened = json!({ "actions": [{ "action": "c2pa.opened" }, { "action": "c2pa.filtered" }] });
	let one = read(&made_as(1, &png(), opened, &[("parentOf", &captured)]));
	assert_eq!((one.verdict, one.edited), (Verdict::Edited, true), "{:?}", one.failures);
}

#[test]
fn damaged_files_are_errors_and_never_more() {
	let mut numbers = Numbers(9);
	for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Bmp] {
		let plain = picture(file(scene(9, 40, 30), format));
		let whole = match format {
			ImageFormat::Bmp => plain,
			_ => plain.sign(&signer(), Origin::Captured, None).unwrap(),
		};
		let shown = whole.pixels().unwrap();
		for _ in 0..500 {
			let mut damaged = whole.bytes().to_vec();
			for _ in 0..1 + numbers.next() % 4 {
				let at = numbers.next() as usize % damaged.len().max(1);
				let few = (at + numbers.next() as usize % 9).min(damaged.len());
				match numbers.next() % 4 {
					_ if damaged.is_empty() => {}
					0 => damaged[at] = numbers.next() as u8,
					1 => damaged[at..few].fill(0xff),
					2 => drop(damaged.drain(at..few)),
					_ => damaged.truncate(at + 1),
				}
			}
			let Ok(damaged) = Picture::from_bytes(damaged) else { continue };
			let (pixels, read) = (damaged.pixels(), damaged.provenance(None).unwrap());
			// What was signed can only be said of what was signed.
			assert!(read.verdict != Verdict::Captured || pixels.unwrap() == shown);
		}
	}
}
