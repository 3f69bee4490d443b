//! The root digest of a version: how OpenSSF Model Signing v1.0 names a set of files.
//!
//! The rules (<https://github.com/ossf/model-signing-spec>, `spec/v1.0.md`, sections 6.1 to 6.5), for
//! the `files` method with SHA-256:
//! - every regular file below the directory counts; `.git`, `.github`, `.gitignore` and
//!   `.gitattributes` at its top do not, nor what the signer excludes by exact path;
//! - a symbolic link is an error, and so is a name that is not UTF-8;
//! - a file's name is its path from the directory, with `/`; of a single file, its base name;
//! - the root digest is SHA-256 over the raw SHA-256 digests of the files, in the order of their
//!   names by Unicode code points.
//!
//! The specification's own tool, `model_signing` 1.1.1 and before, compares paths component by
//! component instead, so that `a/x` comes before `a-b`. The two orders differ only where a name
//! continues the name of a directory beside it with a character below `/`. [`FileSet::root`] follows
//! the specification; [`FileSet::root_by_components`] is what that tool says, so that its bundles
//! are found as well.

use crate::{text::shown, Digest};
use sha2::{Digest as _, Sha256};
use std::{
	fs::File,
	io::{self, Read},
	path::{Component, Path, PathBuf},
	sync::{
		atomic::{AtomicBool, AtomicUsize, Ordering},
		Mutex,
	},
};
use thiserror::Error;
use walkdir::WalkDir;

/// What the specification excludes at the top of a directory.
pub const ALWAYS_IGNORED: [&str; 4] = [".git", ".gitattributes", ".github", ".gitignore"];
/// Bytes that are read at once, by each thread: all the memory that hashing takes.
const CHUNK: usize = 1 << 20;

/// Why files cannot be hashed as a version.
#[derive(Debug, Error)]
pub enum Error {
	/// There is nothing at the path, or it cannot be read.
	#[error("cannot read {}: {why}", shown(&path.to_string_lossy()))]
	Unreadable {
		/// What was to be read.
		path: PathBuf,
		/// What the system says.
		why: io::Error,
	},
	/// A directory cannot be listed.
	#[error("cannot list: {0}")]
	Unlisted(#[from] walkdir::Error),
	/// A symbolic link is among the files.
	#[error("{} is a symbolic link", shown(&.0.to_string_lossy()))]
	SymbolicLink(PathBuf),
	/// A device, a socket or a pipe is among the files.
	#[error("{} is neither a file nor a directory", shown(&.0.to_string_lossy()))]
	Special(PathBuf),
	/// A name that no manifest could hold.
	#[error("the name {} is not UTF-8", .0.display())]
	NotUtf8(PathBuf),
	/// Nothing is there, or nothing but what is left out.
	#[error("there are no files in {}", shown(&.0.to_string_lossy()))]
	Empty(PathBuf),
	/// Something wrote to the file in the meantime.
	#[error("{} changed while it was read", shown(&.0.to_string_lossy()))]
	Changed(PathBuf),
	/// What was to be left out is no path below the directory.
	#[error("{} cannot be left out: {why}", shown(entry))]
	Exclusion {
		/// What was to be left out.
		entry: String,
		/// What is wrong with it.
		why: &'static str,
	},
}

impl Error {
	/// A name that programs can rely on.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Unreadable { .. } => "Unreadable",
			Self::Unlisted(_) => "Unreadable",
			Self::SymbolicLink(_) => "SymbolicLink",
			Self::Special(_) => "SpecialFile",
			Self::NotUtf8(_) => "NotUtf8",
			Self::Empty(_) => "EmptyVersion",
			Self::Changed(_) => "FileChanged",
			Self::Exclusion { .. } => "BadExclusion",
		}
	}

	/// What to do about it.
	pub fn hint(&self) -> &'static str {
		match self {
			Self::Unreadable { .. } => {
				"name the directory that holds the version's files, or a single file, that can be read"
			}
			Self::Unlisted(_) => "make the directory readable, or leave it out",
			Self::SymbolicLink(_) => {
				"a version is made of regular files: copy with `cp -rL`, download with a local \
				 directory as target, or leave the link out"
			}
			Self::Special(_) => "leave it out",
			Self::NotUtf8(_) => "rename the file: its name is a part of the version",
			Self::Empty(_) => "a version has at least one file",
			Self::Changed(_) => "wait until nothing writes to the directory, and try again",
			Self::Exclusion { .. } => {
				"name a path from the version's directory, such as cache or logs/run.txt"
			}
		}
	}
}

/// A file of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDigest {
	/// The path from the version's directory, with `/`.
	pub name: String,
	/// Its SHA-256.
	pub sha256: Digest,
}

/// The files of a version, hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSet {
	/// The directory's (or single file's) own name. Says nothing about the content.
	pub name: String,
	/// In the order of their names by code points.
	pub files: Vec<FileDigest>,
	/// All bytes.
	pub bytes: u64,
	/// What was left out, by exact path, besides nothing: the default exclusions are in it.
	pub ignored: Vec<String>,
}

impl FileSet {
	/// The root digest by the specification.
	pub fn root(&self) -> Digest {
		root_of(self.files.iter().map(|file| &file.sha256))
	}

	/// The root digest as `model_signing` 1.1.1 computes it, where that is another one.
	pub fn root_by_components(&self) -> Option<Digest> {
		let mut files: Vec<_> = self.files.iter().collect();
		files.sort_by(|a, b| a.name.split('/').cmp(b.name.split('/')));
		let root = root_of(files.iter().map(|file| &file.sha256));
		(root != self.root()).then_some(root)
	}
}

fn root_of<'a>(digests: impl Iterator<Item = &'a Digest>) -> Digest {
	let mut hasher = Sha256::new();
	for digest in digests {
		hasher.update(digest);
	}
	hasher.finalize().into()
}

/// A file that waits to be hashed.
#[derive(Debug)]
struct Found {
	name: String,
	path: PathBuf,
	bytes: u64,
}

/// The files of a version, found and not yet hashed.
#[derive(Debug)]
pub struct Listing {
	name: String,
	files: Vec<Found>,
	ignored: Vec<String>,
}

impl Listing {
	/// Finds the files of the version in `path`: a directory or a single file. `ignore` are exact
	/// paths from `path` that are left out besides the default ones, with all that is below them.
	pub fn of(path: &Path, ignore: &[String]) -> Result<Self, Error> {
		// The resolved path has a name even where `path` is `.` or ends in `..`.
		let path = path.canonicalize().map_err(unreadable(path))?;
		let name = utf8(path.file_name().map(Path::new).unwrap_or(Path::new("root")))?;
		if path.is_file() {
			let bytes = size_of(&path)?;
			let found = Found { name: name.clone(), path, bytes };
			return Ok(Self { name, files: vec![found], ignored: Vec::new() });
		}
		let mut ignored: Vec<_> = ALWAYS_IGNORED.map(str::to_owned).into();
		for entry in ignore {
			let entry = ignore_entry(entry)?;
			if !ignored.contains(&entry) {
				ignored.push(entry);
			}
		}
		let mut files = Vec::new();
		let mut walk = WalkDir::new(&path).min_depth(1).follow_links(false).into_iter();
		while let Some(entry) = walk.next() {
			let entry = entry?;
			let relative = entry.path().strip_prefix(&path).unwrap_or(entry.path());
			// A name that is not UTF-8 cannot equal an exclusion, which is.
			let excluded = relative_name(relative).is_ok_and(|name| ignored.contains(&name));
			let kind = entry.file_type();
			if excluded {
				if kind.is_dir() {
					walk.skip_current_dir();
				}
			} else if kind.is_symlink() {
				return Err(Error::SymbolicLink(entry.into_path()));
			} else if kind.is_file() {
				let name = relative_name(relative)?;
				let bytes = size_of(entry.path())?;
				files.push(Found { name, path: entry.path().to_owned(), bytes });
			} else if !kind.is_dir() {
				return Err(Error::Special(entry.into_path()));
			}
		}
		if files.is_empty() {
			return Err(Error::Empty(path));
		}
		files.sort_by(|a, b| a.name.cmp(&b.name));
		Ok(Self { name, files, ignored })
	}

	/// All bytes that will be read.
	pub fn bytes(&self) -> u64 {
		self.files.iter().map(|file| file.bytes).sum()
	}

	/// How many files there are.
	pub fn count(&self) -> usize {
		self.files.len()
	}

	/// Hashes the files, several at once. `progress` is told how many bytes more were read, from any
	/// thread.
	pub fn hash(self, progress: impl Fn(u64) + Sync) -> Result<FileSet, Error> {
		// Large files first, so that none is begun when all other threads are done.
		let mut order: Vec<_> = (0..self.files.len()).collect();
		order.sort_by_key(|&index| std::cmp::Reverse(self.files[index].bytes));
		let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(order.len());
		let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
		let digests = Mutex::new(vec![[0; 32]; self.files.len()]);
		let first_failure = Mutex::new(None);
		let work = || {
			let mut chunk = vec![0; CHUNK];
			while !failed.load(Ordering::Relaxed) {
				let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
				match hash_file(&self.files[index], &mut chunk, &progress) {
					Ok(digest) => digests.lock().expect("no thread panics")[index] = digest,
					Err(failure) => {
						failed.store(true, Ordering::Relaxed);
						first_failure.lock().expect("no thread panics").get_or_insert(failure);
					}
				}
			}
		};
		std::thread::scope(|scope| {
			for _ in 0..threads {
				scope.spawn(work);
			}
		});
		if let Some(failure) = first_failure.into_inner().expect("no thread panics") {
			return Err(failure);
		}
		let bytes = self.bytes();
		let digests = digests.into_inner().expect("no thread panics");
		let files = self
			.files
			.into_iter()
			.zip(digests)
			.map(|(file, sha256)| FileDigest { name: file.name, sha256 })
			.collect();
		Ok(FileSet { name: self.name, files, bytes, ignored: self.ignored })
	}
}

/// The SHA-256 of a file, for metadata and licence documents.
pub fn sha256_of_file(path: &Path) -> Result<Digest, Error> {
	let found = Found { name: String::new(), path: path.to_owned(), bytes: size_of(path)? };
	hash_file(&found, &mut vec![0; CHUNK], &|_| ())
}

/// The SHA-256 of bytes at hand.
pub fn sha256(bytes: &[u8]) -> Digest {
	Sha256::digest(bytes).into()
}

fn hash_file(file: &Found, chunk: &mut [u8], progress: &impl Fn(u64)) -> Result<Digest, Error> {
	let mut source = File::open(&file.path).map_err(unreadable(&file.path))?;
	let mut hasher = Sha256::new();
	let mut bytes = 0u64;
	loop {
		let read = source.read(chunk).map_err(unreadable(&file.path))?;
		if read == 0 {
			break;
		}
		hasher.update(&chunk[..read]);
		bytes += read as u64;
		progress(read as u64);
	}
	if bytes != file.bytes {
		return Err(Error::Changed(file.path.clone()));
	}
	Ok(hasher.finalize().into())
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
	|why| Error::Unreadable { path: path.to_owned(), why }
}

fn size_of(path: &Path) -> Result<u64, Error> {
	Ok(path.metadata().map_err(unreadable(path))?.len())
}

fn utf8(path: &Path) -> Result<String, Error> {
	path.to_str().map(str::to_owned).ok_or_else(|| Error::NotUtf8(path.to_owned()))
}

/// The path from the version's directory, with `/` on every system.
fn relative_name(path: &Path) -> Result<String, Error> {
	let parts = path.components().map(|part| utf8(Path::new(part.as_os_str())));
	Ok(parts.collect::<Result<Vec<_>, _>>()?.join("/"))
}

/// An exclusion in its canonical form.
fn ignore_entry(entry: &str) -> Result<String, Error> {
	let refused = |why| Error::Exclusion { entry: entry.to_owned(), why };
	if entry.contains(['*', '?', '[', '\\']) {
		return Err(refused("patterns are not part of the format, only exact paths"));
	}
	let mut parts = Vec::new();
	for component in Path::new(entry).components() {
		match component {
			Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
			Component::CurDir => (),
			_ => return Err(refused("the path leaves the directory")),
		}
	}
	if parts.is_empty() {
		return Err(refused("nothing would be left"));
	}
	Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, sync::atomic::AtomicU64};

	/// The tree that `model_signing` 1.1.1 was asked about.
	fn tree() -> tempfile::TempDir {
		let dir = tempfile::tempdir().unwrap();
		for (name, content) in [
			("a/x", "1\n"),
			("a.b", "2\n"),
			("a-b/y", "3\n"),
			("sub/.git/c", "4\n"),
			(".git/d", "5\n"),
			(".gitignore", "6\n"),
			("Z", "7\n"),
			("ä", "8\n"),
			("empty", ""),
			(".gitmodules", "9\n"),
		] {
			let path = dir.path().join(name);
			fs::create_dir_all(path.parent().unwrap()).unwrap();
			fs::write(path, content).unwrap();
		}
		dir
	}

	fn hashed(path: &Path, ignore: &[&str]) -> FileSet {
		let ignore: Vec<_> = ignore.iter().map(|entry| entry.to_string()).collect();
		Listing::of(path, &ignore).unwrap().hash(|_| ()).unwrap()
	}

	#[test]
	fn the_root_is_that_of_the_specification_and_of_the_reference_tool() {
		let set = hashed(tree().path(), &[]);
		let names: Vec<_> = set.files.iter().map(|file| file.name.as_str()).collect();
		assert_eq!(names, [".gitmodules", "Z", "a-b/y", "a.b", "a/x", "empty", "sub/.git/c", "ä"]);
		assert_eq!(
			hex::encode(set.root()),
			"2dd36a81cc0891c62128c659a5ebde037c79cdf6e26f35dd44db326cc6a87962"
		);
		// What model_signing 1.1.1 says of the same files.
		assert_eq!(
			hex::encode(set.root_by_components().unwrap()),
			"99b729cb5abaa6c0679f1b5f71b1dfa4f9bf43c9a6b960700b7933136cffa4c1"
		);
		assert_eq!(set.bytes, 14);
	}

	#[test]
	fn without_names_that_continue_a_directory_there_is_one_root() {
		let dir = tree();
		fs::remove_file(dir.path().join("a.b")).unwrap();
		fs::remove_dir_all(dir.path().join("a-b")).unwrap();
		assert_eq!(hashed(dir.path(), &[]).root_by_components(), None);
	}

	#[test]
	fn the_root_of_the_published_test_vector_is_met() {
		// test-vectors/v1.0/valid/key.bundle.json of the specification.
		let digests = [
			"bc9a717db6064a32cbe9eae6fc40651dd6d36ef1757183f590eff2b1765d7ebc",
			"32dcb1f8e1ae52d5963e56a6ba06ab58b424c15ed2a6b70d2feca1d089370028",
		]
		.map(|digest| <[u8; 32]>::try_from(hex::decode(digest).unwrap()).unwrap());
		assert_eq!(
			hex::encode(root_of(digests.iter())),
			"92745110b1ab4368471cbe31664e10174e954b113a3df333db860317b2c6dec4"
		);
	}

	#[test]
	fn a_single_file_is_named_by_its_base_name() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("single");
		fs::write(&path, "1\n").unwrap();
		let set = hashed(&path, &[]);
		assert_eq!(set.files[0].name, "single");
		assert_eq!(
			hex::encode(set.root()),
			"7d759b16b9254aaca9ffb2fddaf5e97ef724f28d7428e0b3409f82ca82b4b09a"
		);
	}

	#[test]
	fn exact_paths_can_be_left_out() {
		let dir = tree();
		let set = hashed(dir.path(), &["./sub/.git/", "a-b/y"]);
		assert!(!set.files.iter().any(|file| file.name.contains("sub/") || file.name == "a-b/y"));
		// A path is no pattern: `b` leaves `a-b/y` alone.
		assert!(hashed(dir.path(), &["b"]).files.iter().any(|file| file.name == "a-b/y"));
		for entry in ["*.bin", "/etc", "../x", ".", ""] {
			assert!(Listing::of(dir.path(), &[entry.to_owned()]).is_err(), "{entry}");
		}
	}

	#[test]
	fn links_and_empty_directories_are_refused() {
		let dir = tree();
		assert!(Listing::of(&dir.path().join("nowhere"), &[]).is_err());
		std::os::unix::fs::symlink("Z", dir.path().join("link")).unwrap();
		let failure = Listing::of(dir.path(), &[]).unwrap_err();
		assert!(failure.to_string().contains("link is a symbolic link"));
		assert!(Listing::of(dir.path(), &["link".to_owned()]).is_ok());
		let empty = tempfile::tempdir().unwrap();
		fs::create_dir_all(empty.path().join(".git")).unwrap();
		assert!(Listing::of(empty.path(), &[]).is_err());
	}

	#[test]
	fn progress_ends_at_all_bytes_with_many_files() {
		let dir = tempfile::tempdir().unwrap();
		for index in 0..40usize {
			let content = vec![b'x'; CHUNK / 7 * (index % 9)];
			fs::write(dir.path().join(format!("part-{index:03}.bin")), content).unwrap();
		}
		let listing = Listing::of(dir.path(), &[]).unwrap();
		let (all, seen) = (listing.bytes(), AtomicU64::new(0));
		let set = listing
			.hash(|bytes| {
				seen.fetch_add(bytes, Ordering::Relaxed);
			})
			.unwrap();
		assert_eq!((seen.into_inner(), set.bytes), (all, all));
		for file in &set.files {
			let content = fs::read(dir.path().join(&file.name)).unwrap();
			assert_eq!(file.sha256, sha256(&content), "{}", file.name);
		}
	}
}
