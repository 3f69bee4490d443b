//! The list of a version's files with their digests: what tells *which* file differs.

use super::Error;
use crate::{
	digest::{sha256, FileDigest, FileSet, ALWAYS_IGNORED},
	text::shown,
	Digest,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The predicate type of OpenSSF Model Signing v1.0.
pub const PREDICATE_TYPE: &str = "https://model_signing/signature/v1.0";
/// The media type of an in-toto statement.
pub const MEDIA_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// The predicate type before 1.0, whose signatures are over something else.
const EARLIER_PREDICATE_TYPE: &str = "https://model_signing/Digests/v0.1";

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

/// The statement's type alone: what is asked before the rest.
#[derive(Deserialize)]
struct Typed {
	#[serde(rename = "_type")]
	kind: String,
	#[serde(rename = "predicateType")]
	predicate_type: String,
}

/// A bundle, as far as its content goes.
#[derive(Deserialize)]
struct Wrapped {
	#[serde(rename = "dsseEnvelope")]
	envelope: Envelope,
}

#[derive(Deserialize)]
struct Envelope {
	payload: String,
}

/// A manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
	/// The files. Their order is that of the file names.
	pub files: FileSet,
	/// The root digest that the manifest states: that of its files.
	pub root: Digest,
	/// SHA-256 of the document that the manifest was read from: what an anchor's document names.
	pub digest: Digest,
}

/// A file that is the same, under another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Renamed {
	/// Its name in the manifest.
	pub from: String,
	/// Its name at hand.
	pub to: String,
}

/// How the files at hand differ from a manifest's. Every list is in the order of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
	/// In both, with other content.
	pub changed: Vec<String>,
	/// Only in the manifest.
	pub missing: Vec<String>,
	/// Only at hand.
	pub added: Vec<String>,
	/// In both, with the same content, under different names.
	pub renamed: Vec<Renamed>,
}

impl Difference {
	/// Whether nothing differs.
	pub fn is_empty(&self) -> bool {
		self.lines().next().is_none()
	}

	/// One line of text for each file that differs.
	pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
		let one = |what: &'static str| move |name: &String| format!("{what} {}", shown(name));
		let renamed =
			|names: &Renamed| format!("renamed {} to {}", shown(&names.from), shown(&names.to));
		let changed = self.changed.iter().map(one("changed"));
		let missing = self.missing.iter().map(one("missing"));
		let added = self.added.iter().map(one("added"));
		changed.chain(missing).chain(added).chain(self.renamed.iter().map(renamed))
	}
}

impl Manifest {
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

	/// Reads a manifest: a bare statement, or a bundle around one, whose signature is not looked at.
	/// The root digest is computed again, and has to be the one that is stated.
	pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
		let files = match serde_json::from_slice::<Wrapped>(bytes) {
			Ok(bundle) => {
				let payload = STANDARD.decode(bundle.envelope.payload);
				Self::of_statement(&payload.map_err(|why| Error::malformed("base64", why))?)
			}
			Err(_) => Self::of_statement(bytes),
		};
		files.map(|manifest| Self { digest: sha256(bytes), ..manifest })
	}

	/// The manifest in a statement.
	pub(super) fn of_statement(bytes: &[u8]) -> Result<Self, Error> {
		let malformed =
			|why: serde_json::Error| Error::malformed("in-toto statement of model signing", why);
		let typed: Typed = serde_json::from_slice(bytes).map_err(malformed)?;
		if typed.predicate_type == EARLIER_PREDICATE_TYPE {
			return Err(Error::Unsupported("it was made by a model_signing before 1.0".into()));
		}
		for (stated, known) in
			[(typed.kind, STATEMENT_TYPE), (typed.predicate_type, PREDICATE_TYPE)]
		{
			if stated != known {
				return Err(Error::malformed(
					"in-toto statement of model signing",
					format!("its type is {}, not {known}", shown(&stated)),
				));
			}
		}
		let statement: Statement = serde_json::from_slice(bytes).map_err(malformed)?;
		let [subject] = statement.subject.as_slice() else {
			let count = statement.subject.len();
			return Err(Error::malformed("model's manifest", format!("it has {count} subjects")));
		};
		let Predicate { resources, serialization } = statement.predicate;
		if serialization.method != "files" || serialization.hash_type != "sha256" {
			return Err(Error::Unsupported(format!(
				"it lists {} by {}, and files by sha256 are known here",
				shown(&serialization.method),
				shown(&serialization.hash_type)
			)));
		}
		if serialization.allow_symlinks {
			return Err(Error::Unsupported(
				"its signer followed symbolic links, and a version has none".into(),
			));
		}
		let single = resources.len() == 1;
		let mut files = Vec::with_capacity(resources.len());
		for Resource { mut name, digest, algorithm } in resources {
			// What model_signing 1.1.1 calls a single file; the specification takes its own name.
			if single && name == "." {
				name.clone_from(&subject.name);
			}
			let refused = |why| Error::Resource { name: name.clone(), why };
			if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
				return Err(refused("and that is no path from the version's directory"));
			}
			if algorithm != "sha256" {
				return Err(refused("by another hash than SHA-256"));
			}
			let digest = hex::decode(&digest).ok().and_then(|bytes| Digest::try_from(bytes).ok());
			let sha256 = digest.ok_or_else(|| refused("and its digest is not SHA-256"))?;
			files.push(FileDigest { name, sha256 });
		}
		files.sort_by(|a, b| a.name.cmp(&b.name));
		if let Some(pair) = files.windows(2).find(|pair| pair[0].name == pair[1].name) {
			return Err(Error::Resource { name: pair[0].name.clone(), why: "and lists it twice" });
		}
		if files.is_empty() {
			return Err(Error::malformed("model's manifest", "it lists no file"));
		}
		let ignored = serialization.ignore_paths;
		let files = FileSet { name: subject.name.clone(), files, bytes: 0, ignored };
		let stated = subject.digest.get("sha256").cloned().unwrap_or_default();
		let computed = files.root();
		let root = [Some(computed), files.root_by_components()]
			.into_iter()
			.flatten()
			.find(|root| hex::encode(root) == stated)
			.ok_or(Error::OtherRoot { stated, computed })?;
		Ok(Self { files, root, digest: sha256(bytes) })
	}

	/// What was left out when the version was made, besides the default exclusions: what has to be
	/// left out of the files that it is compared with.
	pub fn ignored(&self) -> Vec<String> {
		let all = self.files.ignored.iter();
		all.filter(|entry| !ALWAYS_IGNORED.contains(&entry.as_str())).cloned().collect()
	}

	/// How `files` differ from the manifest's. The name of a single file is not a part of it: that
	/// was its signer's.
	pub fn compare(&self, files: &FileSet) -> Difference {
		let index = |set: &FileSet| -> BTreeMap<String, Digest> {
			set.files.iter().map(|file| (file.name.clone(), file.sha256)).collect()
		};
		let (listed, mut found) = (index(&self.files), index(files));
		let mut difference = Difference::default();
		let mut missing = BTreeMap::new();
		for (name, digest) in listed {
			match found.remove(&name) {
				Some(other) if other != digest => difference.changed.push(name),
				Some(_) => (),
				None => {
					missing.insert(name, digest);
				}
			}
		}
		// What is left of `found` is new, or has another name.
		let mut moved: BTreeMap<Digest, Vec<String>> = BTreeMap::new();
		for (name, digest) in found.into_iter().rev() {
			moved.entry(digest).or_default().push(name);
		}
		for (from, digest) in missing {
			match moved.get_mut(&digest).and_then(Vec::pop) {
				Some(to) => difference.renamed.push(Renamed { from, to }),
				None => difference.missing.push(from),
			}
		}
		difference.added = moved.into_values().flatten().collect();
		difference.added.sort();
		difference
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::digest::Listing;
	use serde_json::{json, Value};
	use std::{fs, path::Path};

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
		let bytes = Manifest::encode(&files);
		assert_eq!(bytes, Manifest::encode(&files));
		let manifest = Manifest::decode(&bytes).unwrap();
		assert_eq!(manifest.files.files, files.files);
		assert_eq!((manifest.root, manifest.digest), (files.root(), sha256(&bytes)));
		assert_eq!(manifest.ignored(), ["cache"]);
		assert!(manifest.compare(&files).is_empty());
	}

	#[test]
	fn each_file_that_differs_is_named() {
		let dir = version();
		let manifest = Manifest::decode(&Manifest::encode(&files_in(dir.path()))).unwrap();
		fs::write(dir.path().join("weights.bin"), "weights.bim").unwrap();
		fs::remove_file(dir.path().join("config.json")).unwrap();
		fs::write(dir.path().join("new\u{1b}"), "").unwrap();
		fs::rename(dir.path().join("tokenizer.json"), dir.path().join("other.json")).unwrap();
		let difference = manifest.compare(&files_in(dir.path()));
		assert_eq!(difference.changed, ["weights.bin"]);
		assert_eq!(difference.missing, ["config.json"]);
		assert_eq!(difference.added, ["new\u{1b}"]);
		let renamed = Renamed { from: "tokenizer.json".into(), to: "other.json".into() };
		assert_eq!(difference.renamed, [renamed]);
		assert_eq!(
			difference.lines().collect::<Vec<_>>(),
			[
				"changed weights.bin",
				"missing config.json",
				"added new\\u{1b}",
				"renamed tokenizer.json to other.json"
			]
		);
	}

	#[test]
	fn copies_of_one_file_are_told_apart_by_name() {
		let set = |names: &[&str]| FileSet {
			name: "m".into(),
			files: names
				.iter()
				.map(|name| FileDigest { name: name.to_string(), sha256: [7; 32] })
				.collect(),
			bytes: 0,
			ignored: Vec::new(),
		};
		let manifest = Manifest::decode(&Manifest::encode(&set(&["a", "b", "c"]))).unwrap();
		let difference = manifest.compare(&set(&["b", "x", "y", "z"]));
		let lines: Vec<_> = difference.lines().collect();
		assert_eq!(lines, ["added z", "renamed a to x", "renamed c to y"]);
	}

	#[test]
	fn a_manifest_that_was_changed_is_refused() {
		let dir = version();
		let bytes = Manifest::encode(&files_in(dir.path()));
		let text = std::str::from_utf8(&bytes).unwrap();
		let digest = hex::encode(sha256(b"weights.bin"));
		let forged = text.replace(&digest, &hex::encode(sha256(b"weights.bim")));
		assert_eq!(Manifest::decode(forged.as_bytes()).unwrap_err().code(), "OtherRoot");

		let with = |pointer: &str, value: Value| {
			let mut statement: Value = serde_json::from_slice(&bytes).unwrap();
			*statement.pointer_mut(pointer).unwrap() = value;
			Manifest::decode(statement.to_string().as_bytes()).unwrap_err().to_string()
		};
		let resource = "/predicate/resources/0";
		for (pointer, value, expected) in [
			("/predicate/serialization/hash_type", json!("blake3"), "files by blake3"),
			("/predicate/serialization/method", json!("shards"), "shards by sha256"),
			("/predicate/serialization/allow_symlinks", json!(true), "symbolic links"),
			("/predicateType", json!(EARLIER_PREDICATE_TYPE), "before 1.0"),
			("/predicateType", json!("https://x/\u{1b}"), "https://x/\\u{1b}"),
			("/_type", json!("https://in-toto.io/Statement/v0.1"), "Statement/v0.1"),
			("/subject", json!([]), "0 subjects"),
			("/subject/0/digest", json!({}), "root digest"),
			("/predicate/resources", json!([]), "no file"),
			(&format!("{resource}/name"), json!("../x"), "../x, and that is no path"),
			(&format!("{resource}/name"), json!("/x"), "/x, and that is no path"),
			(
				&format!("{resource}/name"),
				json!("tokenizer.json"),
				"tokenizer.json, and lists it twice",
			),
			(&format!("{resource}/algorithm"), json!("blake3"), "config.json, by another hash"),
			(&format!("{resource}/digest"), json!("00"), "config.json, and its digest"),
		] {
			let why = with(pointer, value);
			assert!(why.contains(expected), "{why}");
		}
		assert!(Manifest::decode(b"{}").is_err());
	}
}
