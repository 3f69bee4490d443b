//! Locks: one run at a time is at a job.
//!
//! A lock outlives the run that took it only by its short term, so that a node that was killed takes
//! its jobs up again soon. A job whose last try failed stays locked for the pause before the next,
//! with the number of tries in the lock.
//!
//! A lock is a request's, too: after a reorganisation a job's id can stand for another job. That one
//! does not wait until a call ends that nobody needs any more: who takes its lock takes it away.

use super::{clock, store};
use codec::{Decode, Encode};
use tallystick_primitives::{offchain::lock_key, Digest, JobId};

/// How long a lock stands without being renewed, in milliseconds.
pub const TERM_MS: u64 = 20_000;
/// The longest that a job can be locked, in milliseconds.
pub const LONGEST_MS: u64 = 600_000;

/// What is in the store.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
struct Lock {
	/// Until when, in milliseconds.
	until: u64,
	/// Calls that were made for the job.
	attempts: u32,
	/// Whose it is.
	run: u64,
	/// The job's request.
	request: Digest,
}

impl Lock {
	fn is_shut(&self, request: &Digest, now: u64) -> bool {
		self.request == *request && clock::stands(self.until, now, LONGEST_MS)
	}
}

/// Whether some run is at `job`, or a pause before the next try is not over.
pub fn is_shut(job: JobId, request: &Digest, now: u64) -> bool {
	store::get::<Lock>(&lock_key(job)).is_some_and(|lock| lock.is_shut(request, now))
}

/// Takes the lock of `job`. Returns the number of calls that were made for it so far, or `None` if
/// it is shut.
pub fn take(job: JobId, request: &Digest, run: u64, now: u64) -> Option<u32> {
	store::update(&lock_key(job), |lock: Option<Lock>| {
		if lock.as_ref().is_some_and(|lock| lock.is_shut(request, now)) {
			return (None, None);
		}
		let attempts = lock
			.filter(|lock| lock.request == *request)
			.map(|lock| lock.attempts)
			.unwrap_or_default();
		let until = now.saturating_add(TERM_MS);
		(Some(Lock { until, attempts, run, request: *request }), Some(attempts))
	})
	.flatten()
}

/// Keeps the lock of `job` that `run` has, with the number of calls. Says whether `run` still has
/// it.
pub fn renew(job: JobId, request: &Digest, run: u64, now: u64, attempts: u32) -> bool {
	set(job, request, run, now.saturating_add(TERM_MS), attempts)
}

/// Opens the lock of `job` that `run` has at time `until`.
pub fn release(job: JobId, request: &Digest, run: u64, until: u64, attempts: u32) {
	set(job, request, run, until, attempts);
}

fn set(job: JobId, request: &Digest, run: u64, until: u64, attempts: u32) -> bool {
	store::update(&lock_key(job), |lock: Option<Lock>| {
		match lock.filter(|lock| lock.run == run && lock.request == *request) {
			Some(lock) => (Some(Lock { until, attempts, ..lock }), true),
			None => (None, false),
		}
	})
	.unwrap_or(false)
}

/// Forgets the lock of `job`.
pub fn clear(job: JobId) {
	store::clear(&lock_key(job));
}
