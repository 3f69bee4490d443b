//! The journal: for which jobs there is something in the local store, so that it can go when the
//! chain has no more use for it.
//!
//! A signed receipt stays for a while after its job has closed: if a reorganisation opens the job
//! again, the receipt is handed in again and no backend is called twice.

use super::{clock, lock, store, Chain};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use tallystick_primitives::{
	offchain::{journal_key, receipt_key},
	JobId,
};

/// The journal is kept in so many parts, to keep each small.
const SHARDS: u64 = 16;
/// The most entries of a part. A job beyond that leaves a lock and a receipt behind in the store,
/// whose bounds then see to it.
const ENTRIES: usize = 1_024;
/// How long a job is left alone before it is looked at, in milliseconds. One that is closed at two
/// looks in a row is forgotten.
const WAIT_MS: u64 = 600_000;

/// A job.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
struct Entry {
	job: JobId,
	/// When to look at it, in milliseconds.
	look_at: u64,
	/// Whether it was closed when it was looked at before.
	was_closed: bool,
}

fn shard_of(number: u64) -> u32 {
	u32::try_from(number % SHARDS).unwrap_or_default()
}

/// Notes that there is, or will be, something in the store for `job`.
pub fn note(job: JobId, now: u64) {
	store::update(&journal_key(shard_of(job)), |entries: Option<Vec<Entry>>| {
		let mut entries = entries.unwrap_or_default();
		if entries.len() >= ENTRIES || entries.iter().any(|entry| entry.job == job) {
			return (None, ());
		}
		let look_at = now.saturating_add(WAIT_MS);
		entries.push(Entry { job, look_at, was_closed: false });
		(Some(entries), ())
	});
}

/// Looks at one part of the journal, another one in each block, and clears what belongs to jobs that
/// have been closed for long.
pub fn sweep<C: Chain>(block: u64, now: u64) {
	let cleared = store::update(&journal_key(shard_of(block)), |entries: Option<Vec<Entry>>| {
		let Some(entries) = entries.filter(|entries| entries.iter().any(|entry| entry.due(now)))
		else {
			return (None, Vec::new());
		};
		let mut cleared = Vec::new();
		let mut kept = Vec::with_capacity(entries.len());
		for entry in entries {
			if !entry.due(now) {
				kept.push(entry);
				continue;
			}
			let is_closed = !C::is_answerable(entry.job);
			if is_closed && entry.was_closed {
				cleared.push(entry.job);
			} else {
				let look_at = now.saturating_add(WAIT_MS);
				kept.push(Entry { look_at, was_closed: is_closed, ..entry });
			}
		}
		(Some(kept), cleared)
	});
	for job in cleared.unwrap_or_default() {
		store::clear(&receipt_key(job));
		lock::clear(job);
	}
}

impl Entry {
	/// Whether it is time to look at the job.
	fn due(&self, now: u64) -> bool {
		!clock::stands(self.look_at, now, WAIT_MS)
	}
}
