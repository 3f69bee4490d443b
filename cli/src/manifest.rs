//! Lists of a version's files on disk: manifests, and the signed bundles around them. Their format is that
//! of OpenSSF Model Signing ([`tallystick_formats::openssf`]).

use crate::output::Failure;
use std::path::{Path, PathBuf};
use tallystick_formats::openssf::{self, Bundle, Manifest};

/// The most bytes that are read as a manifest or a bundle: some millions of files.
const MOST_BYTES: u64 = 1 << 30;
/// What a bundle beside a version's files can be called, besides the version's own name and `.sig`:
/// what `model_signing` calls it by itself.
const BUNDLE: &str = "model.sig";

/// Where the manifest of the version in `dir` is by default: beside it, never inside, because inside
/// it would be a file of the version.
pub fn default_path(dir: &Path) -> PathBuf {
	beside(dir, ".manifest.json")
}

/// The place beside `path` whose name is the same with something behind it.
fn beside(path: &Path, suffix: &str) -> PathBuf {
	let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
	let mut name = path.file_name().unwrap_or_default().to_owned();
	name.push(suffix);
	path.with_file_name(name)
}

/// Where bundles of the version in `path` can be: NAME.sig and model.sig beside it, NAME.sig and
/// model.sig in it.
pub fn bundle_places(path: &Path) -> Vec<PathBuf> {
	let named = beside(path, ".sig");
	let mut places = vec![named.clone(), named.with_file_name(BUNDLE)];
	if path.is_dir() {
		places.extend(named.file_name().map(|name| path.join(name)));
		places.push(path.join(BUNDLE));
	}
	places
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
	let unreadable = |why: String| Failure::new(format!("cannot read {}: {why}", path.display()));
	let length = path.metadata().map_err(|error| unreadable(error.to_string()))?.len();
	if length > MOST_BYTES {
		return Err(unreadable(format!("it has {length} bytes, and no manifest has so many")));
	}
	std::fs::read(path).map_err(|error| unreadable(error.to_string()))
}

/// Reads the manifest at `path`, or a bundle as one.
pub fn read(path: &Path) -> Result<Manifest, Failure> {
	Manifest::decode(&read_bytes(path)?)
		.map_err(|error| failure(path, "manifest", "BadManifest", &error))
}

/// Reads the bundle at `path`. Its signature is not checked yet.
pub fn read_bundle(path: &Path) -> Result<Bundle, Failure> {
	Bundle::read(&read_bytes(path)?).map_err(|error| failure(path, "bundle", "BadBundle", &error))
}

fn failure(path: &Path, what: &str, code: &str, error: &openssf::Error) -> Failure {
	Failure::new(format!("{} cannot be used as a {what}: {error}", path.display()))
		.code(code)
		.hint(error.hint())
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

#[cfg(test)]
mod tests {
	use super::*;
	use std::fs;

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
	fn manifests_and_bundles_are_beside_what_they_list() {
		let dir = tempfile::tempdir().unwrap();
		let folder = dir.path().canonicalize().unwrap();
		let model = folder.join("model");
		fs::create_dir(&model).unwrap();
		assert_eq!(default_path(&model), folder.join("model.manifest.json"));
		assert_eq!(
			bundle_places(&model),
			[
				folder.join("model.sig"),
				folder.join("model.sig"),
				model.join("model.sig"),
				model.join("model.sig")
			]
		);
		let file = folder.join("model.gguf");
		fs::write(&file, "x").unwrap();
		assert_eq!(bundle_places(&file), [folder.join("model.gguf.sig"), folder.join("model.sig")]);
	}

	#[test]
	fn what_is_no_manifest_is_told_with_its_place() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("model.sig");
		fs::write(&path, "{}").unwrap();
		for failure in [read(&path).unwrap_err(), read_bundle(&path).unwrap_err()] {
			assert!(failure.to_string().contains("model.sig cannot be used"), "{failure}");
		}
		assert!(read(&dir.path().join("missing")).is_err());
	}
}
