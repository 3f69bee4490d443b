//! The files of a version, and the root digest that names them on chain.

use anyhow::{bail, ensure, Context};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::{borrow::Cow, collections::BTreeMap, fs, path::Path};

/// Most bytes that a folder of files may hold: it is read into memory.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// What `model_signing` leaves out too.
const IGNORED: [&str; 4] = [".git", ".gitattributes", ".github", ".gitignore"];

macro_rules! embed {
	($folder:literal: $($name:literal),+) => {
		Files(BTreeMap::from([
			$((
				$name.to_owned(),
				Cow::Borrowed(include_bytes!(concat!("../", $folder, "/", $name)).as_slice()),
			)),+
		]))
	};
}

/// The files of a version, in the order of their names.
#[derive(Debug, Clone)]
pub struct Files(BTreeMap<String, Cow<'static, [u8]>>);

impl Files {
	/// The base model that is compiled in: `backend/model/`.
	pub fn embedded_model() -> Self {
		embed!("model": "README.md", "config.json", "model.safetensors")
	}

	/// The fine-tune that is compiled in: `backend/adapter/`.
	pub fn embedded_adapter() -> Self {
		embed!("adapter": "README.md", "adapter.safetensors", "adapter_config.json")
	}

	/// The language model that is compiled in: `backend/chat/`.
	pub fn embedded_chat() -> Self {
		embed!(
			"chat": "README.md", "config.json", "model.safetensors", "tokenizer.json",
			"tokenizer_config.json"
		)
	}

	/// Reads a folder. It has to be flat, with regular files only: anything else is an error, so
	/// that the digest never leaves something out that the eye sees.
	pub fn read(folder: &Path) -> anyhow::Result<Self> {
		let mut files = BTreeMap::new();
		let mut bytes = 0u64;
		let entries = fs::read_dir(folder)
			.with_context(|| format!("cannot read the folder {}", folder.display()))?;
		for entry in entries {
			let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
			let path = entry.path();
			let Ok(name) = entry.file_name().into_string() else {
				bail!("{}: the file's name is not UTF-8", path.display())
			};
			if IGNORED.contains(&name.as_str()) {
				continue;
			}
			// Of the entry itself: a symbolic link is not followed.
			let metadata = entry
				.metadata()
				.with_context(|| format!("cannot read the size of {}", path.display()))?;
			ensure!(metadata.is_file(), "{}: not a regular file", path.display());
			bytes = bytes.saturating_add(metadata.len());
			ensure!(
				bytes <= MAX_BYTES,
				"{}: more than {MAX_BYTES} bytes: this is not one of our models",
				folder.display(),
			);
			let content =
				fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
			files.insert(name, Cow::Owned(content));
		}
		Ok(Self(files))
	}

	/// The bytes of one file.
	pub fn get(&self, name: &str) -> anyhow::Result<&[u8]> {
		self.0.get(name).map(AsRef::as_ref).with_context(|| format!("{name} is missing"))
	}

	/// The version's name on chain, as `0x` and 64 hex digits: the root digest of OpenSSF Model
	/// Signing v1.0, that is SHA-256 over the files' SHA-256 digests in the order of their names.
	pub fn root_digest(&self) -> String {
		let mut root = Sha256::new();
		for content in self.0.values() {
			root.update(Sha256::digest(content));
		}
		format!("0x{}", hex::encode(root.finalize()))
	}
}

/// What a JSON file holds.
pub fn json<T: DeserializeOwned>(files: &Files, name: &str) -> anyhow::Result<T> {
	serde_json::from_slice(files.get(name)?).with_context(|| name.to_owned())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn here(folder: &str) -> Files {
		Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap()
	}

	#[test]
	fn the_digests_are_those_of_the_training_script() {
		let digests: BTreeMap<String, String> =
			serde_json::from_str(include_str!("../tests/fixtures/digests.json")).unwrap();
		assert_eq!(digests.len(), 3);
		for (folder, digest) in digests {
			assert_eq!(here(&folder).root_digest(), digest, "{folder}");
		}
	}

	#[test]
	fn what_is_compiled_in_is_the_whole_folder() {
		assert_eq!(Files::embedded_model().root_digest(), here("model").root_digest());
		assert_eq!(Files::embedded_adapter().root_digest(), here("adapter").root_digest());
		assert_eq!(Files::embedded_chat().root_digest(), here("chat").root_digest());
	}

	#[test]
	fn the_root_digest_follows_content_and_order_of_names() {
		let folder = tempfile::tempdir().unwrap();
		let empty = Files::read(folder.path()).unwrap().root_digest();
		assert_eq!(empty, format!("0x{}", hex::encode(Sha256::digest(b""))));
		fs::write(folder.path().join("b"), "2").unwrap();
		fs::write(folder.path().join("a"), "1").unwrap();
		fs::write(folder.path().join(".gitignore"), "3").unwrap();
		let one = Sha256::digest(b"1");
		let two = Sha256::digest(b"2");
		let expected = Sha256::digest([one, two].concat());
		let digest = Files::read(folder.path()).unwrap().root_digest();
		assert_eq!(digest, format!("0x{}", hex::encode(expected)));
	}

	#[test]
	fn a_folder_in_the_folder_is_refused() {
		let folder = tempfile::tempdir().unwrap();
		fs::create_dir(folder.path().join("more")).unwrap();
		let error = Files::read(folder.path()).unwrap_err().to_string();
		assert!(error.ends_with("more: not a regular file"), "{error}");
	}

	#[test]
	#[cfg(unix)]
	fn a_symbolic_link_is_refused() {
		let folder = tempfile::tempdir().unwrap();
		std::os::unix::fs::symlink("/etc/hostname", folder.path().join("link")).unwrap();
		let error = Files::read(folder.path()).unwrap_err().to_string();
		assert!(error.ends_with("link: not a regular file"), "{error}");
	}

	#[test]
	fn a_missing_file_and_a_missing_folder_are_named() {
		let error = Files::embedded_model().get("x.json").unwrap_err().to_string();
		assert_eq!(error, "x.json is missing");
		let error = Files::read(Path::new("/no/such/folder")).unwrap_err().to_string();
		assert_eq!(error, "cannot read the folder /no/such/folder");
	}
}
