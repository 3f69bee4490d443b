//! The lease: one run at a time accepts jobs.
//!
//! The holder renews the lease as it goes. After a while it hands over: it stops accepting and
//! *drains*, which is to finish what is under way, while a fresh run takes the lease. A run that
//! drains says how many calls it still has at each backend, so that both together stay within the
//! backend's concurrency. One run at most drains at a time: the SDK's pool has as many threads as
//! cores, and the fresh runs need one.

use super::{clock, http::LONGEST_PAUSE_MS, store};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use tallystick_primitives::offchain::LEASE;

/// How long a lease stands without being renewed, in milliseconds.
pub const TERM_MS: u64 = 15_000;

/// Calls under way, by the name of the backend.
pub type Busy = Vec<(String, u32)>;

/// What a run has to know of others.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Others {
	/// What the run that drains has under way.
	pub busy: Busy,
	/// Until when backends are to be left alone, in milliseconds: they asked for it.
	pub pauses: Vec<(String, u64)>,
}

/// A run that finishes what it has under way.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
struct Draining {
	run: u64,
	until: u64,
	busy: Busy,
}

/// What is in the store.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
struct Lease {
	/// Who accepts jobs.
	run: u64,
	/// Until when, in milliseconds. Zero: nobody does.
	until: u64,
	draining: Option<Draining>,
	pauses: Vec<(String, u64)>,
}

impl Lease {
	fn is_held(&self, now: u64) -> bool {
		clock::stands(self.until, now, TERM_MS)
	}

	/// Drops a draining run that has not been heard of, and pauses that are over.
	fn forget_the_dead(&mut self, now: u64) {
		self.draining.take_if(|draining| !clock::stands(draining.until, now, TERM_MS));
		self.pauses.retain(|(_, until)| clock::stands(*until, now, LONGEST_PAUSE_MS));
	}

	fn others(&self) -> Others {
		let busy = self.draining.as_ref().map(|draining| draining.busy.clone());
		Others { busy: busy.unwrap_or_default(), pauses: self.pauses.clone() }
	}
}

/// Takes the lease for `run` if nobody holds it. Returns what there is to know of others.
pub fn take(run: u64, now: u64) -> Option<Others> {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		if lease.is_held(now) {
			return (None, None);
		}
		lease.forget_the_dead(now);
		lease.run = run;
		lease.until = now.saturating_add(TERM_MS);
		let others = lease.others();
		(Some(lease), Some(others))
	})
	.flatten()
}

/// Renews the lease of `run`. Returns what there is to know of others, or `None` if the lease is
/// lost.
pub fn renew(run: u64, now: u64) -> Option<Others> {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		// A lease that ran out, but that nobody took, is still ours.
		if lease.run != run || lease.until == 0 {
			return (None, None);
		}
		lease.forget_the_dead(now);
		lease.until = now.saturating_add(TERM_MS);
		let others = lease.others();
		(Some(lease), Some(others))
	})
	.flatten()
}

/// Gives the lease of `run` back and marks the run as draining. Says whether it did: it does not
/// while another run drains.
pub fn hand_over(run: u64, now: u64, busy: &Busy) -> bool {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		lease.forget_the_dead(now);
		if lease.run != run || lease.draining.is_some() {
			return (None, false);
		}
		lease.until = 0;
		let until = now.saturating_add(TERM_MS);
		lease.draining = Some(Draining { run, until, busy: busy.clone() });
		(Some(lease), true)
	})
	.unwrap_or(false)
}

/// Says what a draining run still has under way.
pub fn drain(run: u64, now: u64, busy: &Busy) {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		let Some(draining) = lease.draining.as_mut().filter(|draining| draining.run == run) else {
			return (None, ());
		};
		draining.until = now.saturating_add(TERM_MS);
		draining.busy = busy.clone();
		(Some(lease), ())
	});
}

/// Notes that a backend asked to be left alone until `until`.
pub fn pause(backend: &str, until: u64) {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		lease.pauses.retain(|(name, _)| name != backend);
		lease.pauses.push((backend.into(), until));
		(Some(lease), ())
	});
}

/// Ends `run`, whether it holds the lease or drains.
pub fn end(run: u64) {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		let before = lease.clone();
		if lease.run == run {
			lease.until = 0;
		}
		lease.draining.take_if(|draining| draining.run == run);
		((lease != before).then_some(lease), ())
	});
}
