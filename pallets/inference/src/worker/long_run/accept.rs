//! Taking jobs from the queue.

use super::{
	station::Station,
	task::{Phase, Task},
	LongRun, ATTEMPTS, CALLS,
};
use crate::worker::{
	answer, backends, input_of, journal, lock, outbox,
	queue::{self, Entry},
	request::Bound,
	verdict::Fault,
	Chain, MARGIN_MS,
};
use alloc::vec::Vec;

/// Tasks at once.
const TASKS: usize = 512;
/// When the queue is looked through again for jobs that wait for a backend, in milliseconds.
const LOOK_AGAIN_MS: u64 = 1_000;

impl<C: Chain> LongRun<C> {
	/// Takes jobs from the queue. Looks through all of it when the bell has rung, and from time to
	/// time when jobs were left there.
	pub(super) fn accept(&mut self, now: u64) {
		if !self.has_room(now) {
			return;
		}
		let bell = queue::bell();
		if self.bell == bell && self.look_at.is_none_or(|at| at > now) {
			return;
		}
		(self.bell, self.look_at) = (bell, Some(now));
		let mut is_left = false;
		for _ in 0..queue::PLACES {
			if !self.has_room(now) {
				// Not through: look on when there is room.
				return;
			}
			let place = self.cursor;
			self.cursor = queue::place_after(place, 1);
			if let Some((entry, bytes)) = queue::look::<C::AccountId>(place) {
				is_left |= !self.take_job(place, entry, bytes, now);
			}
		}
		self.look_at = is_left.then(|| now.saturating_add(LOOK_AGAIN_MS));
	}

	/// Takes one job out of the queue. `false` if it has to stay there.
	fn take_job(
		&mut self,
		place: u32,
		entry: Entry<C::AccountId>,
		bytes: Vec<u8>,
		now: u64,
	) -> bool {
		let Entry { assignment, expires_at } = entry;
		let (job, request) = (assignment.job, assignment.request);
		let serves = |station: &Station| backends::serves(&station.backend, &assignment);
		if expires_at <= now.saturating_add(MARGIN_MS) || !self.stations.iter().any(serves) {
			queue::remove(place, bytes);
			return true;
		}
		let Some(station) = self.pick(&assignment, None, now) else { return false };
		// If it is shut, the job is at hand already, or has a pause: a fresh run queues it again.
		let attempts = lock::take(job, &request, self.run, now);
		queue::remove(place, bytes);
		let Some(attempts) = attempts else { return true };
		journal::note(job, now);
		// Another run can have finished it between the fresh run's look and this one.
		if outbox::is_kept::<C>(&assignment) {
			outbox::resubmit::<C>(&assignment);
			let until = now.saturating_add(outbox::RESUBMIT_MS);
			lock::release(job, &request, self.run, until, attempts);
			return true;
		}
		let Some(input) = input_of(&assignment) else {
			lock::release(job, &request, self.run, now, attempts);
			return true;
		};
		let task = Task {
			expires_at,
			salt: input.salt,
			request_bytes: answer::length(&input.request),
			attempts,
			bound: Bound::default(),
			phase: Phase::Asleep { until: now, avoid: None },
			assignment,
		};
		if attempts >= ATTEMPTS {
			self.fail(task, Fault::Spent, now, now);
		} else {
			self.begin(task, input, station, now);
		}
		true
	}

	/// Whether this run can begin another call at any backend.
	pub(super) fn has_room(&self, now: u64) -> bool {
		self.tasks.len() < TASKS
			&& self.calls < CALLS
			&& self.stations.iter().any(|station| station.room(now) > 0)
	}
}
