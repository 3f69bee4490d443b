//! Inputs, outputs and signed receipts, as files outside the chain's database.
//!
//! One file per entry, written whole or not at all (a temporary file, fsync, rename, fsync of the
//! folder). Each class of entries has a folder and a part of the store's size of its own, so that
//! what strangers hand in cannot push out what consumers wait for. Where a class is full the oldest
//! entries go; but not an input that was handed in less than [`TO_ASK`] ago, which is the time to ask
//! for its job, nor one that the worker has read for a job less than [`ASKED`] ago, because the
//! provider promised to have it: new ones are refused instead.

use super::LOG_TARGET;
use parking_lot::Mutex;
use std::{
	collections::{BTreeSet, HashMap},
	fs::{self, File, OpenOptions},
	io::{self, Write},
	path::{Path, PathBuf},
	time::{Duration, SystemTime},
};

/// How long an input is safe from newer ones that no job has asked for: some tens of blocks.
pub const TO_ASK: Duration = Duration::from_secs(120);
/// How long an input is safe from newer ones after it was read: longer than most jobs wait.
pub const ASKED: Duration = Duration::from_secs(600);
/// What an entry counts for at least, in bytes: it takes a block of the disk.
const LEAST_SIZE: u64 = 4_096;
/// The start of the names of files that are being written.
const UNFINISHED: &str = ".unfinished-";

/// How much a store keeps.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
	/// Bytes of all entries together.
	pub max_bytes: u64,
	/// How long an entry is kept.
	pub max_age: Duration,
}

impl Limits {
	/// Whether an output with a response of `bytes` has a place.
	pub fn holds_output(&self, bytes: u64) -> bool {
		// The receipt and the consumer's account are well under a block.
		bytes.saturating_add(LEAST_SIZE) <= Class::Output.room(self)
	}
}

/// What an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
	/// What a consumer handed in, by its request commitment.
	Input,
	/// What the worker leaves for the consumer, by job.
	Output,
	/// A signed receipt that may not be on chain yet, by job.
	Receipt,
}

impl Class {
	/// All of them.
	pub const ALL: [Self; 3] = [Self::Input, Self::Output, Self::Receipt];

	/// What folders and metrics call it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Input => "inputs",
			Self::Output => "outputs",
			Self::Receipt => "receipts",
		}
	}

	/// The bytes of `limits` that are this class's own.
	fn room(self, limits: &Limits) -> u64 {
		let eighths = match self {
			Self::Input => 4,
			Self::Output => 3,
			Self::Receipt => 1,
		};
		limits.max_bytes / 8 * eighths
	}

	/// How long an entry is safe from newer ones, from when it was written and from when it was read.
	fn protected_for(self) -> [Duration; 2] {
		match self {
			Self::Input => [TO_ASK, ASKED],
			Self::Output | Self::Receipt => [Duration::ZERO; 2],
		}
	}
}

/// Why an entry was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
	/// More than its class can ever hold.
	#[error("larger than the store")]
	TooLarge,
	/// Everything in the class is protected.
	#[error("the store is full")]
	Full,
	/// The disk.
	#[error(transparent)]
	Io(#[from] io::Error),
}

/// The store: a shelf for each class.
pub struct Store {
	shelves: [Mutex<Shelf>; 3],
}

impl Store {
	/// Opens the store in `folder`, with what is there already.
	pub fn open(folder: &Path, limits: Limits) -> io::Result<Self> {
		create_private_folder(folder)?;
		let shelf =
			|class: Class| Shelf::open(folder.join(class.name()), class, &limits).map(Mutex::new);
		let [input, output, receipt] = Class::ALL.map(shelf);
		Ok(Self { shelves: [input?, output?, receipt?] })
	}

	/// The entry `id` of `class`.
	pub fn get(&self, class: Class, id: &[u8]) -> Option<Vec<u8>> {
		self.shelf(class).lock().get(id, SystemTime::now())
	}

	/// Puts `value` at `id`, in place of what may be there.
	pub fn put(&self, class: Class, id: &[u8], value: &[u8]) -> Result<(), PutError> {
		self.shelf(class).lock().put(id, value, SystemTime::now())
	}

	/// Removes `id`.
	pub fn remove(&self, class: Class, id: &[u8]) {
		self.shelf(class).lock().remove(id)
	}

	/// Puts `new` at `id` if `old` is there. Returns whether it did.
	pub fn compare_and_put(
		&self,
		class: Class,
		id: &[u8],
		old: Option<&[u8]>,
		new: &[u8],
	) -> Result<bool, PutError> {
		let now = SystemTime::now();
		let mut shelf = self.shelf(class).lock();
		if shelf.get(id, now).as_deref() != old {
			return Ok(false);
		}
		shelf.put(id, new, now).map(|()| true)
	}

	/// Bytes of the entries of `class`, each counted as what it takes of the disk at least.
	pub fn used(&self, class: Class) -> u64 {
		self.shelf(class).lock().used
	}

	/// Bytes that the entries of `class` may have.
	pub fn room(&self, class: Class) -> u64 {
		self.shelf(class).lock().room
	}

	/// Removes what is too old.
	pub fn sweep(&self) {
		for shelf in &self.shelves {
			shelf.lock().expire(SystemTime::now());
		}
	}

	fn shelf(&self, class: Class) -> &Mutex<Shelf> {
		let [input, output, receipt] = &self.shelves;
		match class {
			Class::Input => input,
			Class::Output => output,
			Class::Receipt => receipt,
		}
	}
}

/// The entries of one class: what is on disk, and an index of it by age.
struct Shelf {
	folder: PathBuf,
	room: u64,
	max_age: Duration,
	protected_for: [Duration; 2],
	entries: HashMap<Vec<u8>, Entry>,
	by_age: BTreeSet<(Age, Vec<u8>)>,
	used: u64,
	next: u64,
}

/// When an entry was written; entries of one instant are in the order of writing.
type Age = (SystemTime, u64);

struct Entry {
	size: u64,
	age: Age,
	/// When it was read last, since the store was opened. An input is, when a job asks for it.
	read: Option<SystemTime>,
}

impl Shelf {
	fn open(folder: PathBuf, class: Class, limits: &Limits) -> io::Result<Self> {
		create_private_folder(&folder)?;
		let mut shelf = Self {
			folder,
			room: class.room(limits),
			max_age: limits.max_age,
			protected_for: class.protected_for(),
			entries: HashMap::new(),
			by_age: BTreeSet::new(),
			used: 0,
			next: 0,
		};
		let now = SystemTime::now();
		for file in fs::read_dir(&shelf.folder)? {
			let file = file?;
			let name = file.file_name();
			let Some(name) = name.to_str() else { continue };
			if name.starts_with(UNFINISHED) {
				fs::remove_file(file.path())?;
			} else if let (Ok(id), true) = (hex::decode(name), file.file_type()?.is_file()) {
				let about = file.metadata()?;
				// A clock that was ahead must not keep an entry for longer than its age.
				let written = about.modified()?.min(now);
				shelf.index(id, about.len(), written, None);
			}
		}
		shelf.expire(now);
		// The limits may be smaller than last time: then nothing is protected.
		while shelf.used > shelf.room && shelf.remove_oldest() {}
		Ok(shelf)
	}

	fn get(&mut self, id: &[u8], now: SystemTime) -> Option<Vec<u8>> {
		let written = self.entries.get(id)?.age.0;
		if self.is_expired(written, now) {
			return None;
		}
		self.entries.get_mut(id)?.read = Some(now);
		fs::read(self.path(id))
			.inspect_err(
				|error| log::error!(target: LOG_TARGET, "event=unreadable path={:?} error={:?}", self.path(id), error.to_string()),
			)
			.ok()
	}

	fn put(&mut self, id: &[u8], value: &[u8], now: SystemTime) -> Result<(), PutError> {
		let size = counted(value.len());
		if size > self.room {
			return Err(PutError::TooLarge);
		}
		self.expire(now);
		self.make_room(id, size, now)?;
		self.next += 1;
		let unfinished = self.folder.join(format!("{UNFINISHED}{}", self.next));
		write_private_file(&unfinished, value)
			.and_then(|()| fs::rename(&unfinished, self.path(id)))
			.inspect_err(|_| {
				// What is left of it goes when the store is opened next, if not now.
				let _ = fs::remove_file(&unfinished);
			})?;
		let read = self.entries.get(id).and_then(|entry| entry.read);
		self.forget(id);
		self.index(id.into(), size, now, read);
		Ok(File::open(&self.folder)?.sync_all()?)
	}

	fn remove(&mut self, id: &[u8]) {
		if self.entries.contains_key(id) {
			if let Err(error) = fs::remove_file(self.path(id)) {
				log::error!(
					target: LOG_TARGET,
					"event=not_removed path={:?} error={:?}",
					self.path(id),
					error.to_string()
				);
			}
			self.forget(id);
		}
	}

	/// Removes the oldest entries until `size` bytes fit at `id`. Removes none where that cannot be.
	fn make_room(&mut self, id: &[u8], size: u64, now: SystemTime) -> Result<(), PutError> {
		// What is at `id` now goes in any case.
		let replaced = self.entries.get(id).map_or(0, |entry| entry.size);
		let mut used = self.used.saturating_sub(replaced).saturating_add(size);
		let mut going = Vec::new();
		for ((written, _), other) in &self.by_age {
			if used <= self.room {
				break;
			}
			let [since_written, since_read] = self.protected_for;
			let age = |time| now.duration_since(time).unwrap_or_default();
			if age(*written) < since_written {
				// So are all after it.
				break;
			}
			let Some(entry) = self.entries.get(other).filter(|_| other != id) else { continue };
			if entry.read.is_none_or(|read| age(read) >= since_read) {
				used = used.saturating_sub(entry.size);
				going.push(other.clone());
			}
		}
		if used > self.room {
			return Err(PutError::Full);
		}
		if !going.is_empty() {
			log::debug!(
				target: LOG_TARGET,
				"event=store_full path={:?} removed={}",
				self.folder,
				going.len()
			);
		}
		going.iter().for_each(|other| self.remove(other));
		Ok(())
	}

	fn expire(&mut self, now: SystemTime) {
		while let Some(((written, _), id)) = self.by_age.first() {
			if !self.is_expired(*written, now) {
				break;
			}
			let id = id.clone();
			self.remove(&id);
		}
	}

	fn is_expired(&self, written: SystemTime, now: SystemTime) -> bool {
		now.duration_since(written).unwrap_or_default() > self.max_age
	}

	fn remove_oldest(&mut self) -> bool {
		let oldest = self.by_age.first().map(|(_, id)| id.clone());
		oldest.is_some_and(|id| {
			self.remove(&id);
			true
		})
	}

	fn index(&mut self, id: Vec<u8>, bytes: u64, written: SystemTime, read: Option<SystemTime>) {
		let (size, age) = (bytes.max(LEAST_SIZE), (written, self.next));
		self.next += 1;
		self.used += size;
		self.by_age.insert((age, id.clone()));
		self.entries.insert(id, Entry { size, age, read });
	}

	fn forget(&mut self, id: &[u8]) {
		if let Some(entry) = self.entries.remove(id) {
			self.used -= entry.size;
			self.by_age.remove(&(entry.age, id.to_vec()));
		}
	}

	fn path(&self, id: &[u8]) -> PathBuf {
		self.folder.join(hex::encode(id))
	}
}

fn counted(len: usize) -> u64 {
	u64::try_from(len).unwrap_or(u64::MAX).max(LEAST_SIZE)
}

/// A folder that is its owner's alone.
fn create_private_folder(path: &Path) -> io::Result<()> {
	let mut builder = fs::DirBuilder::new();
	builder.recursive(true);
	#[cfg(unix)]
	{
		use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
		builder.mode(0o700).create(path)?;
		fs::set_permissions(path, fs::Permissions::from_mode(0o700))
	}
	#[cfg(not(unix))]
	builder.create(path)
}

/// Writes a new file that is its owner's alone, down to the disk.
fn write_private_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let mut options = OpenOptions::new();
	options.write(true).create_new(true);
	#[cfg(unix)]
	{
		use std::os::unix::fs::OpenOptionsExt;
		options.mode(0o600);
	}
	let mut file = options.open(path)?;
	file.write_all(bytes)?;
	file.sync_all()
}

#[cfg(test)]
mod tests {
	use super::*;
	use tempfile::TempDir;

	const MIB: u64 = 1 << 20;
	const LIMITS: Limits = Limits { max_bytes: 8 * MIB, max_age: Duration::from_secs(14_400) };

	fn open(folder: &TempDir) -> Store {
		Store::open(&folder.path().join("inference"), LIMITS).unwrap()
	}

	fn mib(n: usize) -> Vec<u8> {
		vec![7; n << 20]
	}

	/// Makes the file of an entry look `seconds` old. Seen when the store is opened next.
	fn age(folder: &TempDir, class: Class, id: &[u8], seconds: u64) {
		let path = folder.path().join("inference").join(class.name()).join(hex::encode(id));
		let file = OpenOptions::new().write(true).open(path).unwrap();
		file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
	}

	#[test]
	fn entries_survive_a_restart() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		store.put(Class::Input, b"a", b"input").unwrap();
		store.put(Class::Output, b"a", b"output").unwrap();
		store.put(Class::Output, b"a", b"later output").unwrap();
		store.put(Class::Receipt, b"b", b"gone").unwrap();
		store.remove(Class::Receipt, b"b");
		drop(store);
		let store = open(&folder);
		assert_eq!(store.get(Class::Input, b"a").unwrap(), b"input");
		assert_eq!(store.get(Class::Output, b"a").unwrap(), b"later output");
		assert_eq!(store.get(Class::Receipt, b"b"), None);
	}

	#[test]
	fn unfinished_files_go_when_the_store_is_opened() {
		let folder = TempDir::new().unwrap();
		drop(open(&folder));
		let unfinished = folder.path().join("inference/inputs").join(format!("{UNFINISHED}5"));
		fs::write(&unfinished, b"half").unwrap();
		drop(open(&folder));
		assert!(!unfinished.exists());
	}

	#[test]
	fn the_oldest_outputs_make_room() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		// Three eighths of 8 MiB.
		for id in [b"1", b"2", b"3"] {
			store.put(Class::Output, id, &mib(1)).unwrap();
		}
		store.put(Class::Output, b"4", b"small").unwrap();
		assert_eq!(store.get(Class::Output, b"1"), None);
		assert!(store.get(Class::Output, b"2").is_some());
		store.put(Class::Output, b"5", &mib(2)).unwrap();
		assert_eq!(store.get(Class::Output, b"3"), None);
		assert_eq!(store.get(Class::Output, b"4").unwrap(), b"small");
	}

	#[test]
	fn replacing_an_entry_needs_room_only_for_the_difference() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		store.put(Class::Output, b"1", &mib(1)).unwrap();
		store.put(Class::Output, b"2", &mib(2)).unwrap();
		store.put(Class::Output, b"2", &mib(2)).unwrap();
		assert!(store.get(Class::Output, b"1").is_some());
		store.put(Class::Output, b"1", &mib(3)).unwrap();
		assert_eq!(store.get(Class::Output, b"2"), None);
		assert_eq!(store.get(Class::Output, b"1").unwrap().len(), 3 << 20);
	}

	#[test]
	fn a_fresh_input_is_never_pushed_out() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		for id in [b"1", b"2", b"3", b"4"] {
			store.put(Class::Input, id, &mib(1)).unwrap();
		}
		assert!(matches!(store.put(Class::Input, b"5", b"x"), Err(PutError::Full)));
		assert!(store.get(Class::Input, b"1").is_some());
		// Other classes have room of their own.
		store.put(Class::Output, b"1", &mib(3)).unwrap();
		store.put(Class::Receipt, b"1", &mib(1)).unwrap();
	}

	#[test]
	fn an_old_input_makes_room() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		for id in [b"1", b"2", b"3", b"4"] {
			store.put(Class::Input, id, &mib(1)).unwrap();
		}
		age(&folder, Class::Input, b"2", TO_ASK.as_secs() + 1);
		drop(store);
		let store = open(&folder);
		store.put(Class::Input, b"5", &mib(1)).unwrap();
		assert_eq!(store.get(Class::Input, b"2"), None);
		assert!(store.get(Class::Input, b"1").is_some());
		assert!(matches!(store.put(Class::Input, b"6", b"x"), Err(PutError::Full)));
	}

	#[test]
	fn an_input_that_no_job_asked_for_makes_room_for_others() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		for id in [b"1", b"2", b"3", b"4"] {
			store.put(Class::Input, id, &mib(1)).unwrap();
			age(&folder, Class::Input, id, TO_ASK.as_secs() + 1);
		}
		drop(store);
		let store = open(&folder);
		assert!(store.get(Class::Input, b"1").is_some());
		store.put(Class::Input, b"5", &mib(1)).unwrap();
		assert!(store.get(Class::Input, b"1").is_some());
		assert_eq!(store.get(Class::Input, b"2"), None);
		store.put(Class::Input, b"6", &mib(2)).unwrap();
		assert!(matches!(store.put(Class::Input, b"7", b"x"), Err(PutError::Full)));
		assert!(store.get(Class::Input, b"1").is_some());
	}

	#[test]
	fn an_input_that_is_handed_in_again_is_still_asked_for() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		store.put(Class::Input, b"1", &mib(4)).unwrap();
		assert!(store.get(Class::Input, b"1").is_some());
		store.put(Class::Input, b"1", &mib(4)).unwrap();
		let mut shelf = store.shelf(Class::Input).lock();
		let later = SystemTime::now() + TO_ASK;
		assert!(matches!(shelf.put(b"2", b"x", later), Err(PutError::Full)));
		assert!(shelf.put(b"2", b"x", later + ASKED).is_ok());
	}

	#[test]
	fn nothing_is_pushed_out_in_vain() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		for id in [b"1", b"2", b"3", b"4"] {
			store.put(Class::Input, id, &mib(1)).unwrap();
		}
		age(&folder, Class::Input, b"1", 7_201);
		drop(store);
		let store = open(&folder);
		assert!(matches!(store.put(Class::Input, b"5", &mib(2)), Err(PutError::Full)));
		assert!(store.get(Class::Input, b"1").is_some());
		assert!(matches!(store.put(Class::Input, b"5", &mib(5)), Err(PutError::TooLarge)));
	}

	#[test]
	fn old_entries_go() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		store.put(Class::Output, b"old", b"x").unwrap();
		store.put(Class::Output, b"new", b"x").unwrap();
		age(&folder, Class::Output, b"old", 14_401);
		age(&folder, Class::Output, b"new", 14_300);
		drop(store);
		let store = open(&folder);
		assert_eq!(store.get(Class::Output, b"old"), None);
		assert!(store.get(Class::Output, b"new").is_some());

		let later = SystemTime::now() + Duration::from_secs(200);
		let mut shelf = store.shelf(Class::Output).lock();
		assert_eq!(shelf.get(b"new", later), None);
		shelf.expire(later);
		assert_eq!(fs::read_dir(&shelf.folder).unwrap().count(), 0);
		assert_eq!((shelf.used, shelf.entries.len(), shelf.by_age.len()), (0, 0, 0));
	}

	#[test]
	fn a_smaller_store_keeps_the_newest() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		store.put(Class::Input, b"1", &mib(2)).unwrap();
		store.put(Class::Input, b"2", &mib(2)).unwrap();
		age(&folder, Class::Input, b"1", 60);
		drop(store);
		let limits = Limits { max_bytes: 4 * MIB, ..LIMITS };
		let store = Store::open(&folder.path().join("inference"), limits).unwrap();
		assert_eq!(store.get(Class::Input, b"1"), None);
		assert!(store.get(Class::Input, b"2").is_some());
	}

	#[test]
	fn small_entries_count_for_a_block_of_the_disk() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		for id in 0..300u32 {
			store.put(Class::Receipt, &id.to_be_bytes(), b"x").unwrap();
		}
		let kept = store.shelf(Class::Receipt).lock().entries.len();
		assert_eq!(kept, (MIB / LEAST_SIZE) as usize);
		assert!(store.get(Class::Receipt, &299u32.to_be_bytes()).is_some());
	}

	#[test]
	fn compare_and_put_needs_the_old_value() {
		let folder = TempDir::new().unwrap();
		let store = open(&folder);
		assert!(!store.compare_and_put(Class::Receipt, b"1", Some(b"x"), b"a").unwrap());
		assert!(store.compare_and_put(Class::Receipt, b"1", None, b"a").unwrap());
		assert!(!store.compare_and_put(Class::Receipt, b"1", None, b"b").unwrap());
		assert!(store.compare_and_put(Class::Receipt, b"1", Some(b"a"), b"b").unwrap());
		assert_eq!(store.get(Class::Receipt, b"1").unwrap(), b"b");
	}

	#[cfg(unix)]
	#[test]
	fn files_are_their_owners_alone_and_have_hex_names() {
		use std::os::unix::fs::PermissionsExt;
		let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
		let folder = TempDir::new().unwrap();
		let root = folder.path().join("inference");
		fs::create_dir(&root).unwrap();
		fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
		let store = open(&folder);
		store.put(Class::Input, b"../../x", b"secret").unwrap();
		assert_eq!(mode(&root), 0o700);
		assert_eq!(mode(&root.join("inputs")), 0o700);
		assert_eq!(mode(&root.join("inputs").join(hex::encode(b"../../x"))), 0o600);
	}

	#[test]
	fn a_folder_that_cannot_be_made_is_an_error() {
		let folder = TempDir::new().unwrap();
		fs::write(folder.path().join("inference"), b"a file").unwrap();
		assert!(Store::open(&folder.path().join("inference"), LIMITS).is_err());
	}
}
