//! Digests of files, in the words of this command line. How they are made is in [`tallystick_formats`].

use crate::output::{Failure, Progress};
use std::path::Path;
use tallystick_formats::digest;
use tallystick_primitives::Digest;

pub use tallystick_formats::digest::FileSet;

/// Hashes the version in `path`, a directory or a single file, with a progress bar for people. `ignore`
/// are exact paths that are left out, besides those that always are.
pub fn hash(path: &Path, ignore: &[String], quiet: bool) -> Result<FileSet, Failure> {
	let listing = digest::Listing::of(path, ignore)?;
	let progress =
		Progress::bytes(quiet, listing.bytes(), format!("hashing {} files", listing.count()));
	let files = listing.hash(|bytes| progress.inc(bytes));
	progress.done();
	Ok(files?)
}

/// The root digest of a version's files.
pub fn root(files: &FileSet) -> Digest {
	Digest::from(files.root())
}

/// The SHA-256 of a file, for documents.
pub fn sha256_of_file(path: &Path) -> Result<Digest, Failure> {
	Ok(Digest::from(digest::sha256_of_file(path)?))
}

/// The SHA-256 of bytes at hand.
pub fn sha256(bytes: &[u8]) -> Digest {
	Digest::from(digest::sha256(bytes))
}

impl From<digest::Error> for Failure {
	fn from(error: digest::Error) -> Self {
		let failure = match error {
			digest::Error::Exclusion { .. } => Self::usage(format!("--ignore: {error}")),
			_ => Self::new(error.to_string()),
		};
		failure.code(error.code()).hint(error.hint())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_wrong_exclusion_is_a_wrong_command_line() {
		let dir = tempfile::tempdir().unwrap();
		std::fs::write(dir.path().join("a"), "a").unwrap();
		let failure = hash(dir.path(), &["*.bin".into()], true).unwrap_err();
		assert_eq!(failure.exit_code(), 2);
		assert_eq!(hash(dir.path(), &["a".into()], true).unwrap_err().name(), "EmptyVersion");
		assert_eq!(hash(&dir.path().join("b"), &[], true).unwrap_err().exit_code(), 1);
	}
}
