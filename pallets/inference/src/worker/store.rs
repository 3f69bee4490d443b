//! The node's local store. Several runs use it at once, so what more than one of them writes is
//! written by compare-and-set.

use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use sp_core::offchain::StorageKind::PERSISTENT;

/// How often a compare-and-set is tried before it is given up. Only runs of this worker are in each
/// other's way, and there are as many as the machine has cores at most.
const TRIES: u32 = 64;

/// The bytes under `key`.
pub fn raw(key: &[u8]) -> Option<Vec<u8>> {
	sp_io::offchain::local_storage_get(PERSISTENT, key)
}

/// What is under `key`. What cannot be read is as good as nothing: it was written by a release that
/// is not this one.
pub fn get<T: Decode>(key: &[u8]) -> Option<T> {
	T::decode(&mut raw(key)?.as_slice()).ok()
}

/// Puts `value` under `key`, whatever was there.
pub fn set(key: &[u8], value: &impl Encode) {
	value.using_encoded(|bytes| sp_io::offchain::local_storage_set(PERSISTENT, key, bytes));
}

/// Puts `value` under `key`, whatever was there, and says whether it is there now: a store has bounds,
/// and a disk.
pub fn keep(key: &[u8], value: &impl Encode) -> bool {
	(0..TRIES).any(|_| {
		let old = raw(key);
		value.using_encoded(|bytes| swap(key, old, bytes))
	})
}

/// Removes what is under `key`.
pub fn clear(key: &[u8]) {
	sp_io::offchain::local_storage_clear(PERSISTENT, key);
}

/// Puts `new` under `key` if `old` is there. Says whether it did.
pub fn swap(key: &[u8], old: Option<Vec<u8>>, new: &[u8]) -> bool {
	sp_io::offchain::local_storage_compare_and_set(PERSISTENT, key, old, new)
}

/// Changes what is under `key` in one step: `change` says from the present value what to write
/// (`None`: nothing) and what to return. It is called again if another run was faster. `None` if
/// others were always faster.
pub fn update<T: Codec, R>(
	key: &[u8],
	mut change: impl FnMut(Option<T>) -> (Option<T>, R),
) -> Option<R> {
	for _ in 0..TRIES {
		let old = raw(key);
		let value = old.as_ref().and_then(|bytes| T::decode(&mut bytes.as_slice()).ok());
		let (new, result) = change(value);
		let Some(new) = new else { return Some(result) };
		if new.using_encoded(|bytes| swap(key, old, bytes)) {
			return Some(result);
		}
	}
	None
}
