//! The queue: fresh runs put jobs in, the long run takes them out.
//!
//! A table of [`PLACES`] places in the local store. A job's place follows from its id, so that it is
//! found again without a list; a few next places are looked at if that one is taken. Where none is
//! free the job waits in the chain's state, and a later run queues it. A counter, the *bell*, says
//! when there is something new, so that the long run does not read the table for nothing.

use super::store;
use crate::Assignment;
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use tallystick_primitives::offchain::queue_key;

/// Places in the table.
pub const PLACES: u32 = 4_096;
/// [`PLACES`], as ids are divided by it.
const DIVISOR: u64 = 4_096;
/// Places that are looked at for one job.
const PROBES: u32 = 8;
/// The bell stands behind the table.
const BELL: u32 = PLACES;

/// A job in the queue.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Entry<AccountId> {
	/// The job, from the newest state.
	pub assignment: Assignment<AccountId>,
	/// When its receipt stops counting, in milliseconds since the Unix epoch.
	pub expires_at: u64,
}

/// What was found where a job belongs.
pub enum Found {
	/// The job itself.
	Queued,
	/// A free place, with what is in it now.
	Free(u32, Option<Vec<u8>>),
	/// Other jobs.
	Full,
}

fn decode<AccountId: Codec>(bytes: &[u8]) -> Option<Entry<AccountId>> {
	Entry::decode(&mut &*bytes).ok()
}

/// Looks for `assignment`, or a place for it. What has expired, or was written by another release,
/// is no reason to wait.
pub fn find<AccountId: Codec>(assignment: &Assignment<AccountId>, now: u64) -> Found {
	let home = u32::try_from(assignment.job % DIVISOR).unwrap_or_default();
	let mut free = None;
	for probe in 0..PROBES {
		let place = place_after(home, probe);
		let bytes = store::raw(&queue_key(place));
		let entry = bytes.as_deref().and_then(decode::<AccountId>);
		match entry {
			Some(entry) if entry.assignment.job == assignment.job => {
				// After a reorganisation the same id can stand for another job.
				let same = entry.assignment.request == assignment.request
					&& entry.assignment.service_key == assignment.service_key
					&& entry.expires_at > now;
				return if same { Found::Queued } else { Found::Free(place, bytes) };
			}
			Some(entry) if entry.expires_at > now => {}
			_ => free = free.or(Some((place, bytes))),
		}
	}
	match free {
		Some((place, bytes)) => Found::Free(place, bytes),
		None => Found::Full,
	}
}

/// Puts `entry` into the free place that [`find`] found. Says whether it did: another run can have
/// been faster.
pub fn put<AccountId: Codec>(
	place: u32,
	before: Option<Vec<u8>>,
	entry: &Entry<AccountId>,
) -> bool {
	entry.using_encoded(|bytes| store::swap(&queue_key(place), before, bytes))
}

/// Rings the bell.
pub fn ring() {
	store::update(&queue_key(BELL), |bell: Option<u64>| {
		(Some(bell.unwrap_or_default().wrapping_add(1)), ())
	});
}

/// How often the bell has rung.
pub fn bell() -> u64 {
	store::get(&queue_key(BELL)).unwrap_or_default()
}

/// What is in a place, and its bytes.
pub fn look<AccountId: Codec>(place: u32) -> Option<(Entry<AccountId>, Vec<u8>)> {
	let bytes = store::raw(&queue_key(place)).filter(|bytes| !bytes.is_empty())?;
	Some((decode(&bytes)?, bytes))
}

/// Empties a place if `bytes` are still in it.
pub fn remove(place: u32, bytes: Vec<u8>) {
	store::swap(&queue_key(place), Some(bytes), &[]);
}

/// The place `steps` after `place`.
pub fn place_after(place: u32, steps: u32) -> u32 {
	place.saturating_add(steps) % PLACES
}
