//! Backends, what is under way there, and which of them takes a job.

use super::{task::Running, LongRun};
use crate::{
	worker::{backends, lease, Chain},
	Assignment,
};
use tallystick_primitives::offchain::Backend;

/// A backend, and what is under way there. Its calls are at most the backend's concurrency, those
/// included that were given up and those of a run that drains.
pub(super) struct Station {
	pub(super) backend: Backend,
	/// Calls of this run.
	pub(super) calls: u32,
	/// Calls of this run that were given up, and cannot be cancelled.
	pub(super) given_up: u32,
	/// Calls of the run that drains.
	pub(super) draining: u32,
	/// Nothing is begun before, in milliseconds: the backend asked for it.
	pub(super) not_before: u64,
}

impl Station {
	/// Calls of this run, those included that were given up.
	pub(super) fn under_way(&self) -> u32 {
		self.calls.saturating_add(self.given_up)
	}

	/// Whether calls that were given up take half of the concurrency.
	pub(super) fn is_clogged(&self) -> bool {
		self.given_up.saturating_mul(2) >= self.backend.concurrency.max(1)
	}

	/// How many more calls can begin.
	pub(super) fn room(&self, now: u64) -> u32 {
		if self.not_before > now {
			return 0;
		}
		self.backend.concurrency.saturating_sub(self.under_way()).saturating_sub(self.draining)
	}
}

impl<C: Chain> LongRun<C> {
	/// The backend for a job: one that it has not just failed at, one that is for its artifact
	/// rather than for all, the one with the most room.
	pub(super) fn pick(
		&self,
		assignment: &Assignment<C::AccountId>,
		avoid: Option<usize>,
		now: u64,
	) -> Option<usize> {
		self.stations
			.iter()
			.enumerate()
			.filter(|(_, station)| backends::serves(&station.backend, assignment))
			.filter(|(_, station)| station.room(now) > 0)
			.max_by_key(|(at, station)| {
				(Some(*at) != avoid, !station.backend.artifacts.is_empty(), station.room(now))
			})
			.map(|(at, _)| at)
	}

	/// Begins nothing more at the backend of `call` for as long as it asks, if it does.
	pub(super) fn leave_alone(&mut self, call: &Running, pause_ms: Option<u64>, now: u64) {
		if let (Some(pause), Some(station)) = (pause_ms, self.stations.get_mut(call.station)) {
			station.not_before = station.not_before.max(now.saturating_add(pause));
			lease::pause(&station.backend.name, station.not_before);
		}
	}

	/// A call has ended.
	pub(super) fn end_call(&mut self, call: &Running) {
		if let Some(station) = self.stations.get_mut(call.station) {
			station.calls = station.calls.saturating_sub(1);
		}
		// There is room for what is left in the queue, if anything is.
		self.look_at = self.look_at.map(|_| 0);
	}

	/// A call is given up, but cannot be cancelled.
	pub(super) fn abandon_call(&mut self, call: &Running) {
		self.end_call(call);
		if let Some(station) = self.stations.get_mut(call.station) {
			station.given_up = station.given_up.saturating_add(1);
		}
	}
}
