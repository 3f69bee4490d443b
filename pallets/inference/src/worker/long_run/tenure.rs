//! How long the run has what only one run can have: the lease, and the locks of its jobs.

use super::{station::Station, LongRun, CALLS, HEARTBEAT_MS, LONGEST_MS};
use crate::{
	worker::{clock, lease, lock, queue, Chain, TARGET},
	Assignment,
};
use core::mem;

impl<C: Chain> LongRun<C> {
	/// Renews lease and locks. A job whose lock is lost is another run's now.
	pub(super) fn renew(&mut self, now: u64) {
		if now < self.heartbeat_at {
			return;
		}
		self.heartbeat_at = now.saturating_add(HEARTBEAT_MS);
		// Again, so that the node does not take this run for dead.
		self.tell(self.told.clone());
		if self.accepts {
			match lease::renew(self.run, now) {
				Some(others) => self.hear(&others),
				None => {
					log::warn!(target: TARGET, "event=lease_lost run={:x}", self.run);
					self.accepts = false;
				}
			}
		} else {
			lease::drain(self.run, now, &self.busy());
		}
		for task in mem::take(&mut self.tasks) {
			let Assignment { job, request, .. } = &task.assignment;
			if lock::renew(*job, request, self.run, now, task.attempts) {
				self.tasks.push(task);
			} else {
				log::warn!(target: TARGET, "event=lock_lost job={job}");
				if let Some(call) = task.call() {
					self.abandon_call(&call);
				}
			}
		}
	}

	/// Lets a fresh run take over, when it is time.
	pub(super) fn hand_over(&mut self, now: u64) {
		if self.is_spent(now)
			&& !self.tasks.is_empty()
			&& lease::hand_over(self.run, now, &self.busy())
		{
			log::debug!(
				target: TARGET,
				"event=run_drains run={:x} jobs={}",
				self.run,
				self.tasks.len()
			);
			self.accepts = false;
		}
	}

	/// Whether this run has done enough: it is old (or the clock was set back), it has made as many
	/// calls as it can, or calls that were given up take half of a backend's concurrency. Only with
	/// the run do they go; as long as they leave the backend room, the run stays: each change of
	/// runs takes one of the few threads.
	fn is_spent(&self, now: u64) -> bool {
		now >= self.began_at.saturating_add(LONGEST_MS)
			|| now < self.began_at
			|| self.calls >= CALLS
			|| self.stations.iter().any(Station::is_clogged)
	}

	/// A fresh run may have queued something between the last look at the queue and the end of the
	/// lease, and not have got the lease.
	pub(super) fn take_lease_again(&mut self) -> bool {
		let now = clock::now();
		if self.bell == queue::bell() || !self.has_room(now) || self.is_spent(now) {
			return false;
		}
		match lease::take(self.run, now) {
			Some(others) => {
				self.hear(&others);
				true
			}
			None => false,
		}
	}

	/// Takes note of what there is to know of others.
	pub(super) fn hear(&mut self, others: &lease::Others) {
		for station in &mut self.stations {
			let name = &station.backend.name;
			let busy = others.busy.iter().find(|(of, _)| of == name);
			station.draining = busy.map_or(0, |(_, calls)| *calls);
			let pause = others.pauses.iter().find(|(of, _)| of == name);
			station.not_before = station.not_before.max(pause.map_or(0, |(_, until)| *until));
		}
	}

	/// What other runs have to know of this one's calls.
	fn busy(&self) -> lease::Busy {
		let busy = |station: &Station| (station.backend.name.clone(), station.under_way());
		self.stations.iter().map(busy).filter(|(_, calls)| *calls > 0).collect()
	}
}
