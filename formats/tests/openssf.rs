//! Bundles of OpenSSF's own tool, `model_signing` from PyPI, and all that can be wrong with them.

use serde_json::{json, Value};
use std::{
	fs,
	path::{Path, PathBuf},
	process::Command,
};
use tallystick_formats::{
	digest::{FileSet, Listing},
	openssf::{Bundle, Certificate, Error, Manifest, PublicKey, Renamed, Signer},
};
use tallystick_outside_tools::{printed, run};

/// A folder to work in, with a model in it.
struct Stage {
	dir: tempfile::TempDir,
}

impl Stage {
	fn new() -> Self {
		let stage = Self { dir: tempfile::tempdir().unwrap() };
		for (name, content) in [
			("config.json", "{}\n"),
			("weights.safetensors", "weights\n"),
			("tokenizer/vocab.txt", "a\nb\n"),
			("tokenizer-extra.txt", "c\n"),
			(".gitignore", "cache\n"),
		] {
			stage.write(name, content);
		}
		stage
	}

	fn path(&self, name: &str) -> PathBuf {
		self.dir.path().join(name)
	}

	fn model(&self) -> PathBuf {
		self.path("model")
	}

	/// Writes a file of the model.
	fn write(&self, name: &str, content: &str) {
		let path = self.model().join(name);
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(path, content).unwrap();
	}

	fn hashed(&self, ignore: &[String]) -> FileSet {
		Listing::of(&self.model(), ignore).unwrap().hash(|_| ()).unwrap()
	}

	/// A new key on `curve`; its public half is beside it.
	fn key(&self, name: &str, curve: &str) -> PublicKey {
		self.python(
			"from cryptography.hazmat.primitives.asymmetric import ec\n\
			 from cryptography.hazmat.primitives import serialization as s\n\
			 key = ec.generate_private_key(getattr(ec, sys.argv[2])())\n\
			 open(sys.argv[1], 'wb').write(key.private_bytes(\n\
			 \ts.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()))\n\
			 open(sys.argv[1] + '.pub', 'wb').write(key.public_key().public_bytes(\n\
			 \ts.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo))\n",
			&[self.path(name).to_str().unwrap(), curve],
		);
		PublicKey::from_pem(&fs::read(self.path(&format!("{name}.pub"))).unwrap()).unwrap()
	}

	fn python(&self, script: &str, arguments: &[&str]) -> String {
		let script = format!("import sys\n{script}");
		printed(["-c", &script].iter().chain(arguments))
	}

	/// `model_signing sign key`.
	fn sign(&self, key: &str, more: &[&str]) -> Vec<u8> {
		let (model, key, bundle) = (self.model(), self.path(key), self.path("model.sig"));
		let paths = [
			"-m".as_ref(),
			"model_signing".as_ref(),
			"sign".as_ref(),
			"key".as_ref(),
			model.as_os_str(),
			"--private_key".as_ref(),
			key.as_os_str(),
			"--signature".as_ref(),
			bundle.as_os_str(),
		];
		printed(paths.into_iter().chain(more.iter().map(|argument| argument.as_ref())));
		fs::read(bundle).unwrap()
	}

	/// What the tool itself says to a bundle.
	fn tool_verifies(&self, key: &str, bundle: &[u8]) -> bool {
		let place = self.path("checked.sig");
		fs::write(&place, bundle).unwrap();
		let (model, key) = (self.model(), self.path(&format!("{key}.pub")));
		run([
			"-m".as_ref(),
			"model_signing".as_ref(),
			"verify".as_ref(),
			"key".as_ref(),
			model.as_os_str(),
			"--public_key".as_ref(),
			key.as_os_str(),
			"--signature".as_ref(),
			place.as_os_str(),
		])
		.status
		.success()
	}
}

/// `bundle` with its statement changed.
fn with_statement(bundle: &[u8], change: impl FnOnce(&mut Value)) -> Vec<u8> {
	use base64::{engine::general_purpose::STANDARD, Engine};
	let mut bundle: Value = serde_json::from_slice(bundle).unwrap();
	let payload = bundle.pointer_mut("/dsseEnvelope/payload").unwrap();
	let mut statement: Value =
		serde_json::from_slice(&STANDARD.decode(payload.as_str().unwrap()).unwrap()).unwrap();
	change(&mut statement);
	*payload = STANDARD.encode(statement.to_string()).into();
	bundle.to_string().into_bytes()
}

fn with(bundle: &[u8], pointer: &str, value: Value) -> Vec<u8> {
	let mut bundle: Value = serde_json::from_slice(bundle).unwrap();
	*bundle.pointer_mut(pointer).unwrap() = value;
	bundle.to_string().into_bytes()
}

#[test]
fn a_folder_that_the_tool_signed_has_our_root_and_is_verified() {
	let stage = Stage::new();
	for (name, curve) in [("p256", "SECP256R1"), ("p384", "SECP384R1")] {
		let key = stage.key(name, curve);
		let bytes = stage.sign(name, &[]);
		let bundle = Bundle::read(&bytes).unwrap();
		let files = stage.hashed(&bundle.manifest.ignored());
		// `tokenizer/vocab.txt` and `tokenizer-extra.txt` have two orders: the tool takes the other.
		assert_eq!(Some(bundle.manifest.root), files.root_by_components());
		assert!(bundle.manifest.compare(&files).is_empty());
		assert_eq!(bundle.manifest.files.files, files.files);
		assert_eq!(bundle.signer, Signer::Key { fingerprint: Some(key.fingerprint()) });
		bundle.verify(&key).unwrap();
		assert_eq!(bundle.verify_chain(&[]), Err(Error::NoCertificates));
		assert!(stage.tool_verifies(name, &bytes));
	}
}

#[test]
fn where_the_two_orders_agree_there_is_one_root() {
	let stage = Stage::new();
	fs::remove_file(stage.model().join("tokenizer-extra.txt")).unwrap();
	stage.key("key", "SECP256R1");
	let bundle = Bundle::read(&stage.sign("key", &[])).unwrap();
	let files = stage.hashed(&[]);
	assert_eq!((bundle.manifest.root, None), (files.root(), files.root_by_components()));
}

#[test]
fn a_bundle_inside_of_the_folder_is_left_out_as_it_says() {
	let stage = Stage::new();
	let key = stage.key("key", "SECP256R1");
	stage.write("cache/x", "x");
	let inside = stage.model().join("model.sig");
	let cache = stage.model().join("cache");
	let more = ["--ignore-paths", cache.to_str().unwrap(), "--signature", inside.to_str().unwrap()];
	stage_sign_inside(&stage, &more);
	let bundle = Bundle::read(&fs::read(inside).unwrap()).unwrap();
	bundle.verify(&key).unwrap();
	let mut ignored = bundle.manifest.ignored();
	ignored.sort();
	assert_eq!(ignored, ["cache", "model.sig"]);
	assert!(bundle.manifest.compare(&stage.hashed(&ignored)).is_empty());
	let lines: Vec<_> = bundle.manifest.compare(&stage.hashed(&[])).lines().collect();
	assert_eq!(lines, ["added cache/x", "added model.sig"]);
}

fn stage_sign_inside(stage: &Stage, more: &[&str]) {
	let (model, key) = (stage.model(), stage.path("key"));
	let head = ["-m", "model_signing", "sign", "key"].map(std::ffi::OsStr::new);
	let middle = [model.as_os_str(), "--private_key".as_ref(), key.as_os_str()];
	let more = more.iter().map(|argument| argument.as_ref());
	printed(head.into_iter().chain(middle).chain(more));
}

#[test]
fn a_single_file_has_its_own_name() {
	let stage = Stage::new();
	stage.key("key", "SECP256R1");
	let (file, bundle) = (stage.model().join("weights.safetensors"), stage.path("one.sig"));
	let head = ["-m", "model_signing", "sign", "key"].map(std::ffi::OsStr::new);
	let key = stage.path("key");
	let rest = [
		file.as_os_str(),
		"--private_key".as_ref(),
		key.as_os_str(),
		"--signature".as_ref(),
		bundle.as_os_str(),
	];
	printed(head.into_iter().chain(rest));
	let bundle = Bundle::read(&fs::read(bundle).unwrap()).unwrap();
	let files = Listing::of(&file, &[]).unwrap().hash(|_| ()).unwrap();
	assert_eq!(bundle.manifest.root, files.root());
	assert_eq!(bundle.manifest.files.files[0].name, "weights.safetensors");
	assert!(bundle.manifest.compare(&files).is_empty());
}

#[test]
fn every_change_to_the_files_is_found_and_named() {
	let stage = Stage::new();
	stage.key("key", "SECP256R1");
	let bytes = stage.sign("key", &[]);
	let manifest = Bundle::read(&bytes).unwrap().manifest;
	let model = stage.model();
	let difference = || manifest.compare(&stage.hashed(&[]));
	let refused = || assert!(!stage.tool_verifies("key", &bytes));

	stage.write("config.json", "{ }\n");
	assert_eq!(difference().changed, ["config.json"]);
	assert_eq!(difference().lines().count(), 1);
	refused();
	stage.write("config.json", "{}\n");

	stage.write("tokenizer/new.txt", "new");
	assert_eq!(difference().added, ["tokenizer/new.txt"]);
	assert_eq!(difference().lines().count(), 1);
	refused();
	fs::remove_file(model.join("tokenizer/new.txt")).unwrap();

	fs::rename(model.join("tokenizer/vocab.txt"), stage.path("away")).unwrap();
	assert_eq!(difference().missing, ["tokenizer/vocab.txt"]);
	assert_eq!(difference().lines().count(), 1);
	refused();
	fs::rename(stage.path("away"), model.join("tokenizer/vocab.txt")).unwrap();

	fs::rename(model.join("weights.safetensors"), model.join("weights.bin")).unwrap();
	let renamed = Renamed { from: "weights.safetensors".into(), to: "weights.bin".into() };
	assert_eq!(difference().renamed, [renamed]);
	assert_eq!(difference().lines().count(), 1);
	refused();
	fs::rename(model.join("weights.bin"), model.join("weights.safetensors")).unwrap();
	assert!(difference().is_empty());
	assert!(stage.tool_verifies("key", &bytes));

	// Two files that have changed places.
	for (from, to) in
		[("config.json", "x"), ("tokenizer-extra.txt", "config.json"), ("x", "tokenizer-extra.txt")]
	{
		fs::rename(model.join(from), model.join(to)).unwrap();
	}
	assert_eq!(difference().changed, ["config.json", "tokenizer-extra.txt"]);
}

#[test]
fn a_bundle_of_something_else_is_found_out() {
	let (stage, other) = (Stage::new(), Stage::new());
	other.write("weights.safetensors", "other weights\n");
	let key = other.key("key", "SECP256R1");
	let foreign = Bundle::read(&other.sign("key", &[])).unwrap();
	// It is sound in itself; it is not of these files.
	foreign.verify(&key).unwrap();
	let files = stage.hashed(&[]);
	assert_ne!(Some(foreign.manifest.root), files.root_by_components());
	assert_eq!(foreign.manifest.compare(&files).changed, ["weights.safetensors"]);
}

#[test]
fn another_key_and_a_changed_signature_are_refused() {
	let stage = Stage::new();
	let (key, other) = (stage.key("key", "SECP256R1"), stage.key("other", "SECP256R1"));
	let large = stage.key("large", "SECP384R1");
	let bytes = stage.sign("key", &[]);
	let bundle = Bundle::read(&bytes).unwrap();
	let signer = key.fingerprint();
	for given in [&other, &large] {
		assert_eq!(
			bundle.verify(given),
			Err(Error::OtherKey { signer, given: given.fingerprint() })
		);
	}
	// The hint alone can be anybody's.
	let hint = "/verificationMaterial/publicKey/hint";
	let claimed = with(&bytes, hint, json!(hex::encode(other.fingerprint())));
	let claimed = Bundle::read(&claimed).unwrap();
	assert_eq!(claimed.verify(&other), Err(Error::BadSignature(other.fingerprint())));
	// Without one, as in bundles of 1.0, the key at hand decides.
	let silent = with(&bytes, "/verificationMaterial/publicKey", json!({ "rawBytes": "AAAA" }));
	let silent = Bundle::read(&silent).unwrap();
	assert_eq!(silent.fingerprint(), Ok(None));
	silent.verify(&key).unwrap();
	assert_eq!(silent.verify(&other), Err(Error::BadSignature(other.fingerprint())));

	// Signed again by another key, under the hint of the first.
	let sig = "/dsseEnvelope/signatures/0/sig";
	let again: Value = serde_json::from_slice(&stage.sign("other", &[])).unwrap();
	let swapped = with(&bytes, sig, again.pointer(sig).unwrap().clone());
	assert_eq!(Bundle::read(&swapped).unwrap().verify(&key), Err(Error::BadSignature(signer)));
	assert!(!stage.tool_verifies("key", &swapped));
	let short = with(&bytes, sig, json!("AAAA"));
	assert_eq!(Bundle::read(&short).unwrap().verify(&key), Err(Error::BadSignature(signer)));
}

#[test]
fn a_changed_statement_is_refused() {
	let stage = Stage::new();
	let key = stage.key("key", "SECP256R1");
	let bytes = stage.sign("key", &[]);
	let resource = |statement: &mut Value, change: &dyn Fn(&mut Value)| {
		change(&mut statement["predicate"]["resources"][0]);
	};
	// A digest changed alone does not fit the root.
	let forged = with_statement(&bytes, |statement| {
		resource(statement, &|file| file["digest"] = json!("00".repeat(32)));
	});
	assert_eq!(Bundle::read(&forged).unwrap_err().code(), "OtherRoot");
	// What the root does not cover, the signature does: names, and what is left out.
	for change in [
		&(|statement: &mut Value| {
			statement["predicate"]["serialization"]["ignore_paths"] = json!(["x"])
		}) as &dyn Fn(&mut Value),
		&|statement: &mut Value| statement["subject"][0]["name"] = json!("another"),
	] {
		let forged = Bundle::read(&with_statement(&bytes, change)).unwrap();
		assert_eq!(forged.verify(&key), Err(Error::BadSignature(key.fingerprint())));
	}
	// What is not as it was, is not a bundle at all.
	for (pointer, value, expected) in [
		("/mediaType", json!("application/json"), "its media type is application/json"),
		("/dsseEnvelope/payloadType", json!("text/plain"), "it signs text/plain"),
		("/dsseEnvelope/signatures", json!([]), "it has 0 signatures"),
		("/dsseEnvelope/payload", json!("%"), "it is no bundle of model signing"),
		("/verificationMaterial", json!({ "tlogEntries": [] }), "it names no signer"),
		("/verificationMaterial/publicKey/hint", json!("key"), "its key hint is key"),
	] {
		let why = Bundle::read(&with(&bytes, pointer, value)).unwrap_err().to_string();
		assert!(why.contains(expected), "{why}");
	}
	for bytes in [&b"{}"[..], b"", b"[]", b"\xff"] {
		assert_eq!(Bundle::read(bytes).unwrap_err().code(), "Malformed");
	}
}

#[test]
fn what_is_not_known_here_is_named() {
	let stage = Stage::new();
	stage.key("key", "SECP256R1");
	let signed_with = |config: &str| {
		stage.python(
			&format!(
				"import model_signing as m\n\
				 m.signing.Config().use_elliptic_key_signer(private_key=sys.argv[1])\\\n\
				 \t.set_hashing_config(m.hashing.Config().{config}).sign(sys.argv[2], sys.argv[3])\n"
			),
			&[stage.path("key"), stage.model(), stage.path("model.sig")]
				.each_ref()
				.map(|path| path.to_str().unwrap()),
		);
		Bundle::read(&fs::read(stage.path("model.sig")).unwrap()).unwrap_err()
	};
	for (config, expected) in [
		("use_file_serialization(hashing_algorithm='blake3')", "files by blake3"),
		("use_shard_serialization()", "shards by sha256"),
		("set_allow_symlinks(True)", "symbolic links"),
	] {
		let error = signed_with(config);
		assert_eq!(error.code(), "Unsupported", "{error}");
		assert!(error.to_string().contains(expected), "{error}");
	}
	let large = stage.path("large");
	stage.python(
		"from cryptography.hazmat.primitives.asymmetric import ec\n\
		 from cryptography.hazmat.primitives import serialization as s\n\
		 open(sys.argv[1], 'wb').write(ec.generate_private_key(ec.SECP521R1()).public_key()\n\
		 \t.public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo))\n",
		&[large.to_str().unwrap()],
	);
	let error = PublicKey::from_pem(&fs::read(large).unwrap()).unwrap_err();
	assert_eq!(error.code(), "Unsupported");
	assert!(error.to_string().contains("1.3.132.0.35"), "{error}");
	let private = fs::read(stage.path("key")).unwrap();
	assert!(PublicKey::from_pem(&private).unwrap_err().to_string().contains("PRIVATE KEY"));
}

#[test]
fn a_key_is_known_by_the_hash_of_its_file() {
	let stage = Stage::new();
	for curve in ["SECP256R1", "SECP384R1"] {
		let key = stage.key("key", curve);
		let file = fs::read(stage.path("key.pub")).unwrap();
		assert_eq!(key.to_pem().as_bytes(), file);
		assert_eq!(key.fingerprint(), tallystick_formats::digest::sha256(&file));
		assert_eq!(PublicKey::from_der(&key.to_der()), Ok(key));
	}
}

/// An authority, one below it, and the certificates of signers: as good and as bad as they come.
const AUTHORITIES: &str = r#"
import datetime, os
from cryptography import x509
from cryptography.x509.oid import NameOID, ExtendedKeyUsageOID
from cryptography.hazmat.primitives import hashes, serialization as s
from cryptography.hazmat.primitives.asymmetric import ec

out = sys.argv[1]
day = datetime.timedelta(days=1)
now = datetime.datetime(2026, 1, 1)

def name(text):
	return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

def save(file, *certificates):
	with open(os.path.join(out, file), 'wb') as place:
		for certificate in certificates:
			place.write(certificate.public_bytes(s.Encoding.PEM))

def issue(subject, key, issuer, signer, ca=None, signs=True, code=False, extra=(), start=now, hash=hashes.SHA256()):
	builder = (x509.CertificateBuilder().subject_name(name(subject) if subject else x509.Name([]))
		.issuer_name(name(issuer)).public_key(key.public_key()).serial_number(x509.random_serial_number())
		.not_valid_before(start).not_valid_after(start + 365 * day))
	if ca is not None:
		builder = builder.add_extension(x509.BasicConstraints(True, ca if ca >= 0 else None), True)
	if signs is not None:
		usage = dict(digital_signature=signs, content_commitment=False, key_encipherment=False,
			data_encipherment=False, key_agreement=False, key_cert_sign=ca is not None, crl_sign=False,
			encipher_only=False, decipher_only=False)
		builder = builder.add_extension(x509.KeyUsage(**usage), True)
	if code:
		builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False)
	for extension, critical in extra:
		builder = builder.add_extension(extension, critical)
	return builder.sign(signer, hash)

keys = {n: ec.generate_private_key(ec.SECP384R1() if n == 'root' else ec.SECP256R1())
	for n in ('root', 'middle', 'low', 'other', 'leaf')}
with open(os.path.join(out, 'leaf'), 'wb') as place:
	place.write(keys['leaf'].private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()))
root = issue('root', keys['root'], 'root', keys['root'], ca=-1, hash=hashes.SHA384(), start=now - 9 * day)
middle = issue('middle', keys['middle'], 'root', keys['root'], ca=0, hash=hashes.SHA384())
save('root.pem', root)
# Another with the same name, before the right one in the file.
save('roots.pem', issue('root', keys['other'], 'root', keys['other'], ca=-1), root)
save('middle.pem', middle)
save('impostor.pem', issue('root', keys['other'], 'root', keys['other'], ca=-1))
save('low.pem', issue('low', keys['low'], 'middle', keys['middle'], ca=0))
save('no-ca.pem', issue('middle', keys['middle'], 'root', keys['root'], hash=hashes.SHA384()))
unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier('1.2.3.4'), b'\x05\x00')
later = now + 400 * day
for file, options in {
	'leaf': dict(),
	'code': dict(signs=None, code=True),
	'no-usage': dict(signs=False),
	'critical': dict(extra=[(unknown, True)]),
	'harmless': dict(extra=[(unknown, False)]),
	'late': dict(start=later),
}.items():
	save(file + '.pem', issue(file, keys['leaf'], 'middle', keys['middle'], **options))
save('below-low.pem', issue('below-low', keys['leaf'], 'low', keys['low']))
fulcio = x509.UnrecognizedExtension(x509.ObjectIdentifier('1.3.6.1.4.1.57264.1.8'),
	b'\x0c\x1chttps://accounts.example.org')
mail = x509.SubjectAlternativeName([x509.RFC822Name('maker@example.org')])
save('fulcio.pem', issue('', keys['leaf'], 'middle', keys['middle'], code=True,
	extra=[(mail, True), (fulcio, False)]))
"#;

/// Signs with the tool's `sign certificate`: the leaf `name`, and the chain above it.
fn signed_by(stage: &Stage, name: &str, chain: &[&str]) -> Bundle {
	let bundle = stage.path(&format!("{name}.sig"));
	let model = stage.model();
	let (key, leaf) = (stage.path("leaf"), stage.path(&format!("{name}.pem")));
	let chain: Vec<_> = chain.iter().map(|name| stage.path(&format!("{name}.pem"))).collect();
	let head = ["-m", "model_signing", "sign", "certificate"].map(std::ffi::OsStr::new);
	let middle = [
		model.as_os_str(),
		"--private_key".as_ref(),
		key.as_os_str(),
		"--signing_certificate".as_ref(),
		leaf.as_os_str(),
		"--signature".as_ref(),
		bundle.as_os_str(),
	];
	let chain = chain.iter().flat_map(|path| ["--certificate_chain".as_ref(), path.as_os_str()]);
	printed(head.into_iter().chain(middle).chain(chain));
	Bundle::read(&fs::read(bundle).unwrap()).unwrap()
}

#[test]
fn a_certificate_leads_to_an_authority_or_is_refused() {
	let stage = Stage::new();
	stage.python(AUTHORITIES, &[stage.dir.path().to_str().unwrap()]);
	let pem = |name: &str| {
		Certificate::from_pem(&fs::read(stage.path(&format!("{name}.pem"))).unwrap()).unwrap()
	};
	let (root, middle) = (pem("root"), pem("middle"));

	let bundle = signed_by(&stage, "leaf", &["middle"]);
	let leaf = &pem("leaf")[0];
	let key = leaf.key().unwrap();
	assert_eq!(bundle.certificate(), Some(leaf));
	assert_eq!((leaf.subject().as_str(), leaf.issuer().as_str()), ("CN=leaf", "CN=middle"));
	assert_eq!(leaf.validity(), (1_767_225_600, 1_767_225_600 + 365 * 86_400));
	assert_eq!(bundle.fingerprint(), Ok(Some(key.fingerprint())));
	assert_eq!(bundle.verify_chain(&root), Ok(key.clone()));
	// A certificate on the way, or the signer's own, can be trusted too; and one of several roots.
	assert_eq!(bundle.verify_chain(&middle), Ok(key.clone()));
	assert_eq!(bundle.verify_chain(std::slice::from_ref(leaf)), Ok(key.clone()));
	assert_eq!(bundle.verify_chain(&pem("roots")), Ok(key.clone()));
	assert_eq!(signed_by(&stage, "leaf", &["middle", "root"]).verify_chain(&root), Ok(key.clone()));
	// A bundle that leaves the way to the verifier.
	let bytes = fs::read(stage.path("leaf.sig")).unwrap();
	let certificates = "/verificationMaterial/x509CertificateChain/certificates";
	let whole: Value = serde_json::from_slice(&bytes).unwrap();
	let alone = json!([whole.pointer(certificates).unwrap()[0]]);
	let alone = Bundle::read(&with(&bytes, certificates, alone)).unwrap();
	assert_eq!(alone.verify_chain(&middle), Ok(key.clone()));
	assert_eq!(alone.verify_chain(&root).unwrap_err().code(), "BadChain");
	assert_eq!(signed_by(&stage, "code", &["middle"]).verify_chain(&root), Ok(key.clone()));
	assert_eq!(signed_by(&stage, "harmless", &["middle"]).verify_chain(&root), Ok(key.clone()));
	// The key by itself, as any other.
	bundle.verify(&key).unwrap();
	let (files, manifest) = (stage.hashed(&[]), &bundle.manifest);
	assert!(manifest.compare(&files).is_empty());

	for (name, chain, roots, expected) in [
		(
			"leaf",
			&["middle"][..],
			"impostor",
			"CN=middle: its signature is not by the key of CN=root",
		),
		("leaf", &["middle"], "low", "CN=middle: it was issued by CN=root, which is none of those"),
		(
			"leaf",
			&["root", "middle"],
			"low",
			"CN=leaf: it was issued by CN=middle, and the next one",
		),
		("leaf", &["no-ca"], "root", "CN=middle: it may not issue certificates"),
		("below-low", &["low", "middle"], "root", "CN=middle: there are more authorities below it"),
		("no-usage", &["middle"], "root", "CN=no-usage: its key may not sign"),
		("critical", &["middle"], "root", "CN=critical: its extension 1.2.3.4 is critical"),
		("late", &["middle"], "root", "CN=middle: it was not valid when the signer's began"),
	] {
		let error = signed_by(&stage, name, chain).verify_chain(&pem(roots)).unwrap_err();
		assert_eq!(error.code(), "BadChain");
		assert!(error.to_string().contains(expected), "{name}: {error}");
	}
	assert_eq!(bundle.verify_chain(&[]).unwrap_err().code(), "BadChain");

	// A signature by somebody else under a good chain.
	stage.key("other", "SECP256R1");
	let sig = "/dsseEnvelope/signatures/0/sig";
	let other: Value = serde_json::from_slice(&stage.sign("other", &[])).unwrap();
	let swapped = with(&bytes, sig, other.pointer(sig).unwrap().clone());
	let error = Bundle::read(&swapped).unwrap().verify_chain(&root).unwrap_err();
	assert_eq!(error, Error::BadSignature(key.fingerprint()));
}

#[test]
fn a_keyless_bundle_names_whom_it_claims_and_is_not_taken_for_verified() {
	let stage = Stage::new();
	stage.python(AUTHORITIES, &[stage.dir.path().to_str().unwrap()]);
	signed_by(&stage, "fulcio", &["middle"]);
	// Of the form that Sigstore writes since 0.3: one certificate, and the log's entry.
	let bytes = fs::read(stage.path("fulcio.sig")).unwrap();
	let chain = "/verificationMaterial/x509CertificateChain/certificates/0";
	let whole: Value = serde_json::from_slice(&bytes).unwrap();
	let material = json!({ "certificate": whole.pointer(chain).unwrap(), "tlogEntries": [{}] });
	let bundle = Bundle::read(&with(&bytes, "/verificationMaterial", material)).unwrap();
	let Signer::Keyless { certificate, identity } = &bundle.signer else { panic!("{bundle:?}") };
	assert_eq!(identity.to_string(), "maker@example.org (by https://accounts.example.org)");
	let roots = Certificate::from_pem(&fs::read(stage.path("root.pem")).unwrap()).unwrap();
	assert_eq!(bundle.verify_chain(&roots), Err(Error::Keyless(identity.clone())));
	bundle.verify(&certificate.key().unwrap()).unwrap();
	// The same in the form before.
	assert_eq!(Bundle::read(&bytes).unwrap().signer, bundle.signer);
}

#[test]
fn names_that_sort_in_two_ways_are_the_tools_and_the_specifications() {
	let stage = Stage::new();
	for name in ["a/x", "a-b/y", "a.b", "a/b/c", "a b/c", "Z", "ä", "a\u{1f600}", "a\u{ffee}"] {
		stage.write(name, name);
	}
	stage.key("key", "SECP256R1");
	let bundle = Bundle::read(&stage.sign("key", &[])).unwrap();
	let files = stage.hashed(&[]);
	assert_eq!(Some(bundle.manifest.root), files.root_by_components());
	assert_ne!(bundle.manifest.root, files.root());
	assert!(bundle.manifest.compare(&files).is_empty());
	// Our own manifest has the specification's root, and the tool's is found by its files.
	let own = Manifest::decode(&Manifest::encode(&files)).unwrap();
	assert_eq!((own.root, own.files.files), (files.root(), bundle.manifest.files.files));
}

#[test]
fn the_tool_verifies_what_openssl_made_the_key_for() {
	let stage = Stage::new();
	let place = stage.path("key");
	let openssl = |arguments: &[&str]| {
		let output =
			Command::new("openssl").args(arguments).output().expect("openssl is installed");
		assert!(output.status.success(), "{output:?}");
	};
	let (private, public) = (place.to_str().unwrap(), format!("{}.pub", place.display()));
	openssl(&["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", private]);
	openssl(&["ec", "-in", private, "-pubout", "-out", &public]);
	let bundle = Bundle::read(&stage.sign("key", &[])).unwrap();
	bundle.verify(&PublicKey::from_pem(&fs::read(Path::new(&public)).unwrap()).unwrap()).unwrap();
}
