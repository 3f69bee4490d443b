//! The list of a version's files with their digests: what tells *which* file differs.
//!
//! On disk it is the in-toto statement that OpenSSF Model Signing v1.0 signs (predicate type
//! [`PREDICATE_TYPE`]), without a signature: what stands for it is the anchor on chain that names the
//! SHA-256 of the file. A signed bundle made by `model_signing` is read as well; its signature is
//! not checked here.

use crate::{
	digest::{sha256, FileDigest, FileSet, ALWAYS_IGNORED},
	output::Failure,
};
use base64::Engine as _;
use serde::{Deserialize, Serialize};
use std::{
	collections::BTreeMap,
	path::{Path, PathBuf},
};
use tallystick_primitives::Digest;

/// The predicate type of OpenSSF Model Signing v1.0.
pub const PREDICATE_TYPE: &str = "https://model_signing/signature/v1.0";
/// The media type of an in-toto statement.
pub const MEDIA_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

#[derive(Serialize, Deserialize)]
struct Statement {
	#[serde(rename = "_type")]
	kind: String,
	subject: Vec<Subject>,
	#[serde(rename = "predicateType")]
	predicate_type: String,
	predicate: Predicate,
}

#[derive(Serialize, Deserialize)]
struct Subject {
	name: String,
	digest: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct Predicate {
	resources: Vec<Resource>,
	serialization: Serialization,
}

#[derive(Serialize, Deserialize)]
struct Resource {
	name: String,
	digest: String,
	algorithm: String,
}

#[derive(Serialize, Deserialize)]
struct Serialization {
	method: String,
	hash_type: String,
	allow_symlinks: bool,
	#[serde(default)]
	ignore_paths: Vec<String>,
}

/// A Sigstore bundle, as far as it matters here.
#[derive(Deserialize)]
struct Bundle {
	#[serde(rename = "dsseEnvelope")]
	envelope: Envelope,
}

#[derive(Deserialize)]
struct Envelope {
	payload: String,
}

/// A manifest that was read or is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
	/// The files. Their order is that of the file names.
	pub files: FileSet,
	/// The root digest that the manifest states: that of its files.
	pub root: Digest,
	/// SHA-256 of the manifest itself, as it is on disk: what an anchor's document names.
	pub digest: Digest,
}

/// How the files at hand differ from a manifest's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
	/// In both, with other content.
	pub changed: Vec<String>,
	/// Only in the manifest.
	pub missing: Vec<String>,
	/// Only at hand.
	pub added: Vec<String>,
}

impl Difference {
	/// Whether nothing differs.
	pub fn is_empty(&self) -> bool {
		self.changed.is_empty() && self.missing.is_empty() && self.added.is_empty()
	}
}

/// Where the manifest of the version in `dir` is by default: beside it, never inside, because inside
/// it would be a file of the version.
pub fn default_path(dir: &Path) -> PathBuf {
	let path = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
	let mut name = path.file_name().unwrap_or_default().to_owned();
	name.push(".manifest.json");
	path.with_file_name(name)
}

/// The manifest of `files`, byte for byte: the same files always give the same bytes.
pub fn encode(files: &FileSet) -> Vec<u8> {
	let resources = files.files.iter().map(|file| Resource {
		name: file.name.clone(),
		digest: hex::encode(file.sha256),
		algorithm: "sha256".into(),
	});
	let digest = BTreeMap::from([("sha256".to_owned(), hex::encode(files.root()))]);
	let statement = Statement {
		kind: STATEMENT_TYPE.into(),
		subject: vec![Subject { name: files.name.clone(), digest }],
		predicate_type: PREDICATE_TYPE.into(),
		predicate: Predicate {
			resources: resources.collect(),
			serialization: Serialization {
				method: "files".into(),
				hash_type: "sha256".into(),
				allow_symlinks: false,
				ignore_paths: files.ignored.clone(),
			},
		},
	};
	let mut bytes = serde_json::to_vec_pretty(&statement).expect("strings and lists are JSON");
	bytes.push(b'\n');
	bytes
}

/// Reads a manifest: a bare statement, or a bundle around one. Its root digest is computed again,
/// and has to be the one that it states.
pub fn decode(bytes: &[u8]) -> Result<Manifest, String> {
	let statement: Statement = match serde_json::from_slice::<Bundle>(bytes) {
		Ok(bundle) => {
			let payload = base64::engine::general_purpose::STANDARD.decode(bundle.envelope.payload);
			let payload = payload.map_err(|error| format!("its payload is not base64: {error}"))?;
			serde_json::from_slice(&payload)
		}
		Err(_) => serde_json::from_slice(bytes),
	}
	.map_err(|error| format!("it is no in-toto statement of model signing: {error}"))?;
	if statement.predicate_type != PREDICATE_TYPE {
		return Err(format!("its predicate type is {}", statement.predicate_type));
	}
	let Predicate { resources, serialization } = statement.predicate;
	if serialization.method != "files" || serialization.hash_type != "sha256" {
		return Err(format!(
			"it lists {} by {}, and tally knows files by sha256",
			serialization.method, serialization.hash_type
		));
	}
	let file = |resource: Resource| {
		let digest = hex::decode(&resource.digest).ok().and_then(|bytes| bytes.try_into().ok());
		let sha256 = digest.ok_or(format!("the digest of {} is not SHA-256", resource.name))?;
		Ok(FileDigest { name: resource.name, sha256 })
	};
	let mut files = resources.into_iter().map(file).collect::<Result<Vec<_>, String>>()?;
	files.sort_by(|a, b| a.name.cmp(&b.name));
	if files.is_empty() || files.windows(2).any(|pair| pair[0].name == pair[1].name) {
		return Err("it lists no file, or one twice".into());
	}
	let subject = statement.subject.first();
	let name = subject.map(|subject| subject.name.clone()).unwrap_or_default();
	let stated = subject.and_then(|subject| subject.digest.get("sha256"));
	let stated = stated.cloned().unwrap_or_default();
	let files = FileSet { name, files, bytes: 0, ignored: serialization.ignore_paths };
	let root = [Some(files.root()), files.root_by_components()]
		.into_iter()
		.flatten()
		.find(|root| hex::encode(root) == stated)
		.ok_or("the root digest that it states is not that of its files: it was changed")?;
	Ok(Manifest { files, root, digest: sha256(bytes) })
}

/// Reads the manifest at `path`.
pub fn read(path: &Path) -> Result<Manifest, Failure> {
	let bytes = std::fs::read(path)
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
	decode(&bytes).map_err(|why| {
		Failure::new(format!("{} cannot be used as a manifest: {why}", path.display()))
			.code("BadManifest")
			.hint("get the manifest again from whoever published the version")
	})
}

/// A manifest that is written and not yet in its place. Dropped, it goes.
pub struct Draft {
	path: PathBuf,
	place: PathBuf,
}

impl Draft {
	/// Writes `bytes` beside `place`.
	pub fn write(place: &Path, bytes: &[u8]) -> Result<Self, Failure> {
		let mut name = place.file_name().unwrap_or_default().to_owned();
		name.push(".draft");
		let draft = Self { path: place.with_file_name(name), place: place.to_owned() };
		std::fs::write(&draft.path, bytes).map_err(|error| draft.failure(&error))?;
		Ok(draft)
	}

	/// Puts it in its place.
	pub fn keep(self) -> Result<(), Failure> {
		std::fs::rename(&self.path, &self.place).map_err(|error| self.failure(&error))
	}

	fn failure(&self, error: &std::io::Error) -> Failure {
		Failure::new(format!("cannot write {}: {error}", self.place.display()))
			.hint("name another place with --manifest")
	}
}

impl Drop for Draft {
	fn drop(&mut self) {
		// Gone already where it was kept.
		let _ = std::fs::remove_file(&self.path);
	}
}

impl Manifest {
	/// What the user excluded when the version was made, besides the default exclusions.
	pub fn ignored(&self) -> Vec<String> {
		let all = self.files.ignored.iter();
		all.filter(|entry| !ALWAYS_IGNORED.contains(&entry.as_str())).cloned().collect()
	}

	/// How `files` differ from the manifest's.
	pub fn compare(&self, files: &FileSet) -> Difference {
		let index = |set: &FileSet| -> BTreeMap<String, [u8; 32]> {
			set.files.iter().map(|file| (file.name.clone(), file.sha256)).collect()
		};
		let (listed, found) = (index(&self.files), index(files));
		let mut difference = Difference::default();
		for (name, digest) in &listed {
			match found.get(name) {
				Some(other) if other != digest => difference.changed.push(name.clone()),
				Some(_) => (),
				None => difference.missing.push(name.clone()),
			}
		}
		difference.added = found.into_keys().filter(|name| !listed.contains_key(name)).collect();
		difference
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::digest::Listing;
	use std::fs;

	fn files_in(dir: &Path) -> FileSet {
		Listing::of(dir, &["cache".into()]).unwrap().hash(|_| ()).unwrap()
	}

	fn version() -> tempfile::TempDir {
		let dir = tempfile::tempdir().unwrap();
		for name in ["config.json", "weights.bin", "tokenizer.json"] {
			fs::write(dir.path().join(name), name).unwrap();
		}
		dir
	}

	#[test]
	fn a_manifest_reads_back_as_it_was_written() {
		let dir = version();
		let files = files_in(dir.path());
		let bytes = encode(&files);
		assert_eq!(bytes, encode(&files));
		let manifest = decode(&bytes).unwrap();
		assert_eq!(manifest.files.files, files.files);
		assert_eq!((manifest.root, manifest.digest), (files.root(), sha256(&bytes)));
		assert_eq!(manifest.ignored(), ["cache"]);
		assert!(manifest.compare(&files).is_empty());
	}

	#[test]
	fn one_changed_byte_names_its_file() {
		let dir = version();
		let manifest = decode(&encode(&files_in(dir.path()))).unwrap();
		fs::write(dir.path().join("weights.bin"), "weights.bim").unwrap();
		fs::remove_file(dir.path().join("config.json")).unwrap();
		fs::write(dir.path().join("new"), "").unwrap();
		let difference = manifest.compare(&files_in(dir.path()));
		assert_eq!(difference.changed, ["weights.bin"]);
		assert_eq!(difference.missing, ["config.json"]);
		assert_eq!(difference.added, ["new"]);
	}

	#[test]
	fn a_manifest_that_was_changed_is_refused() {
		let dir = version();
		let text = String::from_utf8(encode(&files_in(dir.path()))).unwrap();
		let digest = hex::encode(sha256(b"weights.bin"));
		let forged = text.replace(&digest, &hex::encode(sha256(b"weights.bim")));
		assert!(decode(forged.as_bytes()).unwrap_err().contains("it was changed"));
		let blake = text.replace("\"hash_type\": \"sha256\"", "\"hash_type\": \"blake3\"");
		assert!(decode(blake.as_bytes()).unwrap_err().contains("blake3"));
		assert!(decode(b"{}").is_err());
	}

	#[test]
	fn a_bundle_of_the_reference_tool_is_read() {
		let dir = version();
		let files = files_in(dir.path());
		let payload = base64::engine::general_purpose::STANDARD.encode(encode(&files));
		let bundle = format!(
			r#"{{ "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
			"verificationMaterial": {{}}, "dsseEnvelope": {{ "payload": "{payload}",
			"payloadType": "application/vnd.in-toto+json", "signatures": [{{ "sig": "" }}] }} }}"#
		);
		assert_eq!(decode(bundle.as_bytes()).unwrap().root, files.root());
	}

	#[test]
	fn a_draft_replaces_nothing_until_it_is_kept() {
		let dir = tempfile::tempdir().unwrap();
		let place = dir.path().join("m.json");
		fs::write(&place, "old").unwrap();
		drop(Draft::write(&place, b"new").unwrap());
		assert_eq!(fs::read_to_string(&place).unwrap(), "old");
		Draft::write(&place, b"new").unwrap().keep().unwrap();
		assert_eq!(fs::read_to_string(&place).unwrap(), "new");
		assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
		assert!(Draft::write(&dir.path().join("no/m.json"), b"x").is_err());
	}

	#[test]
	fn the_default_place_is_beside_the_directory() {
		let dir = version();
		let path = default_path(dir.path());
		assert_eq!(path.parent(), dir.path().canonicalize().unwrap().parent());
		assert!(path.to_string_lossy().ends_with(".manifest.json"));
	}
}
