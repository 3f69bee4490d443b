//! What the worker keeps for as long as the node runs: locks, its lease, its queue. A restart frees
//! them all.
//!
//! Where it is full, what was written longest ago goes. The worker writes anew, every few seconds, what
//! it still needs; what it left behind is the oldest.

use parking_lot::Mutex;
use std::collections::{BTreeMap, HashMap};

/// Entries at once. Far above what the worker needs.
const MAX_ENTRIES: usize = 100_000;
/// Bytes of a value. Larger ones belong into files.
const MAX_VALUE: usize = 64 * 1_024;

/// A bounded map with an atomic compare-and-set.
#[derive(Default)]
pub struct Memory(Mutex<Entries>);

#[derive(Default)]
struct Entries {
	/// Values, and when they were written.
	values: HashMap<Vec<u8>, (Vec<u8>, u64)>,
	/// Keys in the order of writing.
	order: BTreeMap<u64, Vec<u8>>,
	/// Writes so far.
	writes: u64,
}

impl Memory {
	/// The value at `key`.
	pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.0.lock().get(key).map(<[u8]>::to_vec)
	}

	/// Sets the value at `key`. Returns whether it is small enough.
	pub fn set(&self, key: &[u8], value: &[u8]) -> bool {
		self.0.lock().put(key, value)
	}

	/// Removes `key`.
	pub fn remove(&self, key: &[u8]) {
		self.0.lock().remove(key);
	}

	/// Sets `key` to `new` if it holds `old`. Returns whether it did.
	pub fn compare_and_set(&self, key: &[u8], old: Option<&[u8]>, new: &[u8]) -> bool {
		let mut entries = self.0.lock();
		entries.get(key) == old && entries.put(key, new)
	}

	/// Forgets everything.
	pub fn clear(&self) {
		*self.0.lock() = Entries::default();
	}
}

impl Entries {
	fn get(&self, key: &[u8]) -> Option<&[u8]> {
		self.values.get(key).map(|(value, _)| value.as_slice())
	}

	fn put(&mut self, key: &[u8], value: &[u8]) -> bool {
		if value.len() > MAX_VALUE {
			return false;
		}
		self.remove(key);
		if self.values.len() >= MAX_ENTRIES {
			if let Some((_, oldest)) = self.order.pop_first() {
				self.values.remove(&oldest);
			}
		}
		self.writes += 1;
		self.order.insert(self.writes, key.into());
		self.values.insert(key.into(), (value.into(), self.writes));
		true
	}

	fn remove(&mut self, key: &[u8]) {
		if let Some((_, written)) = self.values.remove(key) {
			self.order.remove(&written);
		}
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
	fn a_full_memory_forgets_what_was_written_longest_ago() {
		let memory = Memory::default();
		let key = |n: usize| n.to_be_bytes();
		for n in 0..MAX_ENTRIES {
			assert!(memory.set(&key(n), b"old"));
		}
		assert!(memory.set(&key(0), b"anew"));
		assert!(memory.compare_and_set(b"one more", None, b""));
		assert_eq!(memory.get(&key(0)).as_deref(), Some(&b"anew"[..]));
		assert_eq!(memory.get(&key(1)), None);
		assert!(memory.get(&key(2)).is_some());
		memory.remove(&key(2));
		assert!(memory.set(b"another", b""));
		assert!(memory.get(&key(3)).is_some());
		assert_eq!(memory.0.lock().order.len(), MAX_ENTRIES);
	}

	#[test]
	fn a_large_value_is_not_taken() {
		let memory = Memory::default();
		assert!(memory.set(b"k", b"v"));
		assert!(!memory.set(b"k", &[0; MAX_VALUE + 1]));
		assert_eq!(memory.get(b"k").as_deref(), Some(&b"v"[..]));
	}
}
