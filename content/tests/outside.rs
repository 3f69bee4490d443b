//! Pictures of other people's tools: c2pa-python signs, Pillow saves again, and this crate reads.

mod common;

use common::{file, scene};
use image::ImageFormat;
use sha2::{Digest, Sha256};
use std::{
	path::{Path, PathBuf},
	sync::OnceLock,
};
use tallystick_content::{
	Error, Model, Origin, Picture, Provenance, Signer, SoftValue, Unknown, Verdict,
};

const MODEL: Model = Model { genesis: [0x11; 32], artifact: 42, version: [0x22; 32] };

/// What c2pa-python and Pillow made of one picture. They are started once for all tests.
fn outside() -> &'static Path {
	static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
	FOLDER
		.get_or_init(|| {
			let folder = tempfile::tempdir().unwrap();
			let picture = file(scene(7, 160, 120), ImageFormat::Png);
			std::fs::write(folder.path().join("plain.png"), picture).unwrap();
			let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside.py");
			tallystick_outside_tools::printed([script.as_path(), folder.path()]);
			folder
		})
		.path()
}

fn path(name: &str) -> PathBuf {
	outside().join(name)
}

fn picture(name: &str) -> Picture {
	Picture::open(path(name)).unwrap()
}

fn text(name: &str) -> String {
	std::fs::read_to_string(path(name)).unwrap()
}

fn read(name: &str) -> Provenance {
	picture(name).provenance(None).unwrap()
}

fn codes(provenance: &Provenance) -> Vec<&str> {
	provenance.failures.iter().map(|status| status.code.as_str()).collect()
}

#[test]
fn what_c2pa_python_signed_is_generated_captured_made_or_edited() {
	let one = read("generated.png");
	assert_eq!((one.verdict, one.edited), (Verdict::Generated, false), "{:?}", one.failures);
	assert_eq!(one.models, [MODEL]);
	let statement = one.manifest.as_ref().unwrap();
	assert_eq!(statement.title.as_deref(), Some("a hill"));
	assert_eq!(statement.generators, ["painter 1.0"]);
	assert_eq!(statement.actions[0].action, "c2pa.created");
	// The store is the one that the tool says it wrote.
	let digest: [u8; 32] = Sha256::digest(std::fs::read(path("generated.c2pa")).unwrap()).into();
	assert_eq!(one.store.unwrap().digest, digest);

	assert_eq!(read("generated.jpg").verdict, Verdict::Generated);
	assert_eq!(read("generated.webp").verdict, Verdict::Generated);
	let one = read("captured.png");
	assert_eq!((one.verdict, one.models.as_slice()), (Verdict::Captured, [].as_slice()));
	assert_eq!(read("drawn.png").verdict, Verdict::MadeByHuman);

	let one = read("edited.png");
	assert_eq!((one.verdict, one.edited), (Verdict::Edited, true), "{:?}", one.failures);
	let ingredient = &one.manifest.as_ref().unwrap().ingredients[0];
	assert_eq!(ingredient.relationship, "parentOf");
	assert_eq!(one.source_types, ["http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"]);
	let one = read("edited-generated.png");
	assert_eq!((one.verdict, one.edited), (Verdict::Generated, true));
	assert_eq!(one.models, [MODEL]);

	assert_eq!(read("plain.png").verdict, Verdict::Unknown(Unknown::NoManifest));
}

#[test]
fn the_signer_is_known_and_trusted_only_under_the_caller_s_authority() {
	let signer = |anchors: Option<&str>| {
		let one = picture("generated.png").provenance(anchors).unwrap();
		assert_eq!(one.verdict, Verdict::Generated);
		let failures = codes(&one).join(" ");
		let trusted = one.trusted();
		let signer = one.manifest.unwrap().signer.unwrap();
		assert_eq!(signer.trusted, trusted);
		(signer, failures)
	};
	let (one, failures) = signer(None);
	assert!(!one.trusted);
	assert_eq!(failures, "signingCredential.untrusted");
	assert_eq!(one.name.as_deref(), Some("a signer"));
	assert_eq!(one.organisation.as_deref(), Some("Some Studio"));
	assert_eq!(one.issuer.as_deref(), Some("CN=between,O=Some Authority"));
	assert_eq!(one.algorithm.as_deref(), Some("es256"));
	// What the chain knows the key by: the SHA-256 of the PEM file that stock tools write.
	let fingerprint: [u8; 32] = Sha256::digest(text("signer.pub")).into();
	assert_eq!(one.fingerprint, Some(fingerprint));

	let (one, failures) = signer(Some(&text("authority.pem")));
	assert!(one.trusted && failures.is_empty(), "{failures}");
	let (one, _) = signer(Some(&text("other-authority.pem")));
	assert!(!one.trusted);
	assert!(matches!(
		picture("generated.png").provenance(Some(&text("signer.pub"))),
		Err(Error::Anchors(_))
	));
}

#[test]
fn a_certificate_past_its_time_says_nothing() {
	let one = picture("expired.png").provenance(Some(&text("authority.pem"))).unwrap();
	assert_eq!(one.verdict, Verdict::Unknown(Unknown::Unverified), "{:?}", one.failures);
	assert!(codes(&one).contains(&"signingCredential.expired"), "{:?}", one.failures);
	assert!(!one.trusted());
}

#[test]
fn a_changed_picture_is_tampered_with() {
	let anchors = text("authority.pem");
	for name in ["generated.png", "generated.jpg", "generated.webp", "captured.png"] {
		let whole = picture(name).bytes().to_vec();
		let mut changed = whole.clone();
		// Among the pixels: they come after the manifest, and the checksums after them.
		let at = if name == "generated.webp" { 200 } else { whole.len() - 200 };
		changed[at] ^= 1;
		let changed = Picture::from_bytes(changed).unwrap().provenance(Some(&anchors)).unwrap();
		assert_eq!(changed.verdict, Verdict::Tampered, "{name}");
		assert!(codes(&changed).iter().any(|code| code.ends_with(".mismatch")), "{name}");
		assert!(!changed.trusted());
		// What it says is still to be seen.
		assert!(changed.manifest.is_some() && changed.store.is_some());
	}
}

#[test]
fn a_copy_without_loss_is_found_by_its_pixels() {
	let original = picture("generated.png");
	let pixels = original.pixels().unwrap();
	assert_eq!(picture("plain.png").pixels().unwrap().digest, pixels.digest);
	for name in ["saved.png", "saved.webp", "saved.bmp", "saved-rgba.png"] {
		let copy = picture(name);
		let one = copy.provenance(None).unwrap();
		assert_eq!(one.verdict, Verdict::Unknown(Unknown::NoManifest), "{name}");
		assert_ne!(copy.sha256(), original.sha256());
		let copy = copy.pixels().unwrap();
		assert_eq!(copy.digest, pixels.digest, "{name}");
		assert!(copy.soft_values().contains(&SoftValue::pixels(&pixels.digest)));
	}
	// Pillow's own numbers, put into the canonical form by the script.
	let digest = hex::encode(pixels.digest);
	assert_eq!(text("pixels.sha256"), digest);
	// Invisible colours are dropped by Pillow's WebP, and do not count.
	let holes = picture("holes.png").pixels().unwrap();
	assert_eq!(picture("holes.webp").pixels().unwrap().digest, holes.digest);
	assert_eq!(text("holes.sha256"), hex::encode(holes.digest));
	// A palette, and 16 bits of grey.
	assert_eq!(
		text("palette.sha256"),
		hex::encode(picture("palette.png").pixels().unwrap().digest)
	);
	assert_eq!(text("deep.sha256"), hex::encode(picture("deep.png").pixels().unwrap().digest));
	// Turned by EXIF is turned.
	assert_eq!(text("turned.sha256"), hex::encode(picture("turned.png").pixels().unwrap().digest));
}

#[test]
fn a_copy_with_loss_is_found_by_what_it_looks_like() {
	let original = picture("generated.png").pixels().unwrap();
	let own = original.perceptual.unwrap();
	for name in ["lossy-90.jpg", "lossy-40.jpg", "lossy.webp", "small.jpg"] {
		let copy = picture(name);
		assert_eq!(
			copy.provenance(None).unwrap().verdict,
			Verdict::Unknown(Unknown::NoManifest),
			"{name}"
		);
		let copy = copy.pixels().unwrap();
		assert_ne!(copy.digest, original.digest, "{name}");
		let copy = copy.perceptual.unwrap();
		println!("{name}: {:?}", own.distance(&copy));
		assert!(own.looks_like(&copy), "{name}: {:?}", own.distance(&copy));
		let anchored = original.soft_values();
		assert!(copy.keys().iter().any(|key| anchored.contains(key)), "{name}");
	}
	let other = common::pixels(file(scene(8, 160, 120), ImageFormat::Png)).perceptual.unwrap();
	assert!(!own.looks_like(&other));
}

#[test]
fn c2pa_python_reads_what_is_signed_here() {
	let signer = Signer::from_pem(&text("signer.key"), &text("signer.pem")).unwrap();
	let signed = picture("plain.png").sign(&signer, Origin::Generated, Some(&MODEL)).unwrap();
	let one = signed.provenance(Some(&text("authority.pem"))).unwrap();
	assert_eq!((one.verdict, one.trusted()), (Verdict::Generated, true), "{:?}", one.failures);
	let ours = path("ours.png");
	std::fs::write(&ours, signed.bytes()).unwrap();
	let reads = "import c2pa, json, sys\n\
		reader = c2pa.Reader(sys.argv[1])\n\
		active = reader.get_active_manifest()\n\
		said = {a['label']: a['data'] for a in active['assertions']}\n\
		print(reader.get_validation_state())\n\
		print(said['c2pa.actions.v2']['actions'][0]['digitalSourceType'])\n\
		print(json.dumps(said['org.tallystick.model'], sort_keys=True))";
	let printed =
		tallystick_outside_tools::printed(["-c".as_ref(), reads.as_ref(), ours.as_os_str()]);
	let (genesis, version) = ("11".repeat(32), "22".repeat(32));
	assert_eq!(
		printed.lines().collect::<Vec<_>>(),
		[
			"Valid",
			"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
			&format!(r#"{{"artifact": 42, "genesis": "0x{genesis}", "version": "0x{version}"}}"#),
		]
	);
	// Another key than that of the certificate, and a certificate past its time.
	for (key, certificates) in [("other.key", "signer.pem"), ("signer.key", "expired.pem")] {
		let result = Signer::from_pem(&text(key), &text(certificates))
			.and_then(|signer| picture("plain.png").sign(&signer, Origin::Generated, None));
		let error = result.err().unwrap();
		println!("{error}");
		assert!(matches!(error, Error::Sign(_)), "{error}");
	}
}
