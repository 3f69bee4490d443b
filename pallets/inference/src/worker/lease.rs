//! The lease: one run at a time accepts jobs.
//!
//! The holder renews the lease as it goes. After a while it hands over: it stops accepting and
//! *drains*, which is to finish what is under way, while a fresh run takes the lease. A run that
//! drains says how many calls it still has at each backend, so that both together stay within the
//! backend's concurrency. One run at most drains at a time: the SDK's pool has as many threads as
//! cores, and the fresh runs need one.

use super::{clock, store};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use tallystick_primitives::offchain::LEASE;

/// How long a lease stands without being renewed, in milliseconds.
pub const TERM_MS: u64 = 15_000;

/// Calls under way, by the name of the backend.
pub type Busy = Vec<(String, u32)>;

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
}

impl Lease {
	fn is_held(&self, now: u64) -> bool {
		clock::stands(self.until, now, TERM_MS)
	}

	fn forget_the_dead(&mut self, now: u64) {
		self.draining.take_if(|draining| !clock::stands(draining.until, now, TERM_MS));
	}

	fn busy(&self) -> Busy {
		self.draining.as_ref().map(|draining| draining.busy.clone()).unwrap_or_default()
	}
}

/// Takes the lease for `run` if nobody holds it. Returns what a draining run still has under way.
pub fn take(run: u64, now: u64) -> Option<Busy> {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		if lease.is_held(now) {
			return (None, None);
		}
		lease.forget_the_dead(now);
		lease.run = run;
		lease.until = now.saturating_add(TERM_MS);
		let busy = lease.busy();
		(Some(lease), Some(busy))
	})
	.flatten()
}

/// Renews the lease of `run`. Returns what a draining run still has under way, or `None` if the
/// lease is lost.
pub fn renew(run: u64, now: u64) -> Option<Busy> {
	store::update(LEASE, |lease: Option<Lease>| {
		let mut lease = lease.unwrap_or_default();
		// A lease that ran out, but that nobody took, is still ours.
		if lease.run != run || lease.until == 0 {
			return (None, None);
		}
		lease.forget_the_dead(now);
		lease.until = now.saturating_add(TERM_MS);
		let busy = lease.busy();
		(Some(lease), Some(busy))
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
