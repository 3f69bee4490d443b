//! What the worker keeps for as long as the node runs: locks, its lease, its queue. A restart frees
//! them all.

use parking_lot::Mutex;
use std::collections::HashMap;

/// Entries at once. Far above what the worker needs: a bound against a fault in it.
const MAX_ENTRIES: usize = 100_000;
/// Bytes of a value. Larger ones belong into files.
const MAX_VALUE: usize = 64 * 1_024;

/// A bounded map with an atomic compare-and-set.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<Vec<u8>, Vec<u8>>>);

impl Memory {
	/// The value at `key`.
	pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.0.lock().get(key).cloned()
	}

	/// Sets the value at `key`. Returns whether there was room.
	pub fn set(&self, key: &[u8], value: &[u8]) -> bool {
		Self::put(&mut self.0.lock(), key, value)
	}

	/// Removes `key`.
	pub fn remove(&self, key: &[u8]) {
		self.0.lock().remove(key);
	}

	/// Sets `key` to `new` if it holds `old`. Returns whether it did.
	pub fn compare_and_set(&self, key: &[u8], old: Option<&[u8]>, new: &[u8]) -> bool {
		let mut map = self.0.lock();
		map.get(key).map(Vec::as_slice) == old && Self::put(&mut map, key, new)
	}

	/// Forgets everything.
	pub fn clear(&self) {
		self.0.lock().clear();
	}

	fn put(map: &mut HashMap<Vec<u8>, Vec<u8>>, key: &[u8], value: &[u8]) -> bool {
		let room = value.len() <= MAX_VALUE && (map.len() < MAX_ENTRIES || map.contains_key(key));
		if room {
			map.insert(key.into(), value.into());
		}
		room
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{sync::Arc, thread};

	#[test]
	fn compare_and_set_needs_the_old_value() {
		let memory = Memory::default();
		assert!(!memory.compare_and_set(b"k", Some(b"x"), b"1"));
		assert!(memory.compare_and_set(b"k", None, b"1"));
		assert!(!memory.compare_and_set(b"k", None, b"2"));
		assert!(memory.compare_and_set(b"k", Some(b"1"), b"2"));
		assert_eq!(memory.get(b"k").as_deref(), Some(&b"2"[..]));
		memory.remove(b"k");
		assert_eq!(memory.get(b"k"), None);
	}

	#[test]
	fn one_of_many_takes_a_lock() {
		let memory = Arc::new(Memory::default());
		let takers: Vec<_> = (0..8u8)
			.map(|n| {
				let memory = memory.clone();
				thread::spawn(move || {
					(0..1_000u32)
						.filter(|lock| memory.compare_and_set(&lock.to_be_bytes(), None, &[n]))
						.count()
				})
			})
			.collect();
		assert_eq!(takers.into_iter().map(|t| t.join().unwrap()).sum::<usize>(), 1_000);
	}

	#[test]
	fn a_full_memory_takes_no_new_key() {
		let memory = Memory::default();
		for n in 0..MAX_ENTRIES {
			assert!(memory.set(&n.to_be_bytes(), b""));
		}
		assert!(!memory.set(b"one more", b""));
		assert!(!memory.compare_and_set(b"one more", None, b""));
		assert!(memory.set(&0usize.to_be_bytes(), b"changed"));
		assert!(!memory.set(&0usize.to_be_bytes(), &[0; MAX_VALUE + 1]));
	}
}
