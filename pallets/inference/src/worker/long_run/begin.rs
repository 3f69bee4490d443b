//! Beginning calls.

use super::{
	task::{Phase, Running, Task},
	LongRun, CALLS,
};
use crate::{
	worker::{
		answer, backends, http, input_of, lock, observe,
		receipt::Ending,
		request::{self, BadInput},
		verdict::Fault,
		Chain, MARGIN_MS, TARGET,
	},
	Assignment,
};
use codec::Encode;
use core::mem;
use tallystick_primitives::{
	commitment::{commit, Kind},
	observation::{Observation, Outcome},
	offchain::Input,
};

impl<C: Chain> LongRun<C> {
	/// Begins the calls whose pause is over. A run that drains begins none: it gives the jobs back.
	pub(super) fn wake(&mut self, now: u64) {
		for task in mem::take(&mut self.tasks) {
			let Phase::Asleep { until, avoid } = task.phase else {
				self.tasks.push(task);
				continue;
			};
			if !self.accepts {
				self.put_back(&task, until);
			} else if task.expires_at <= now.saturating_add(MARGIN_MS) {
				self.fail(task, Fault::TimedOut, now, now);
			} else if until > now || self.calls >= CALLS {
				self.tasks.push(task);
			} else if let Some(at) = self.pick(&task.assignment, avoid, now) {
				match input_of(&task.assignment) {
					Some(input) => self.begin(task, input, at, now),
					// The store let go of it. It can be handed in again.
					None => self.put_back(&task, now),
				}
			} else {
				self.tasks.push(task);
			}
		}
	}

	/// Leaves a job to later runs, from `until` on.
	fn put_back(&self, task: &Task<C::AccountId>, until: u64) {
		let Assignment { job, request, .. } = &task.assignment;
		lock::release(*job, request, self.run, until, task.attempts);
	}

	/// Begins a call for `task`.
	pub(super) fn begin(
		&mut self,
		mut task: Task<C::AccountId>,
		input: Input,
		at: usize,
		now: u64,
	) {
		let body = match self.prepare(&task, &input, at) {
			Ok(body) => body,
			Err(bad) => {
				let job = task.assignment.job;
				log::info!(target: TARGET, "event=bad_input job={job} reason={:?}", bad.message());
				let ending = Ending::error(answer::error_body(bad.message(), None));
				return self.finish(task, ending, Outcome::BadInput, now, now);
			}
		};
		// The body is the largest thing here, and the host has its own copy after the post.
		drop(input);
		task.attempts = task.attempts.saturating_add(1);
		let Assignment { job, request, .. } = &task.assignment;
		if !lock::renew(*job, request, self.run, now, task.attempts) {
			log::warn!(target: TARGET, "event=lock_lost job={job}");
			return;
		}
		let Some(station) = self.stations.get_mut(at) else { return };
		let backend = &station.backend;
		let url = backends::url(backend);
		let Some(id) = http::post(&url, backend.api_key.as_deref(), &body.bytes) else {
			let (job, name) = (task.assignment.job, &backend.name);
			log::error!(target: TARGET, "event=misconfigured job={job} backend={name}");
			observe::tell(&Observation::Call {
				backend: name.clone(),
				outcome: Outcome::Misconfigured,
				ms: 0,
				bytes: 0,
			});
			return self.fail(task, Fault::Misconfigured, now, now);
		};
		let give_up_at =
			now.saturating_add(backend.timeout_ms).min(task.expires_at.saturating_sub(MARGIN_MS));
		station.calls = station.calls.saturating_add(1);
		self.calls = self.calls.saturating_add(1);
		let added = body.added;
		task.phase = Phase::Called(Running { id, station: at, began_at: now, give_up_at, added });
		self.tasks.push(task);
	}

	/// The body of the call, if the input is what the job was asked with.
	fn prepare(
		&self,
		task: &Task<C::AccountId>,
		input: &Input,
		at: usize,
	) -> Result<request::Body, BadInput> {
		let Assignment { consumer, request, parameters, tariff, units_held, .. } = &task.assignment;
		if input.consumer != consumer.encode() {
			return Err(BadInput::OtherConsumer);
		}
		if commit(Kind::Request, &input.salt, &input.request) != *request
			|| commit(Kind::Parameters, &input.salt, &input.parameters) != *parameters
		{
			return Err(BadInput::WrongCommitment);
		}
		let model = self.stations.get(at).map_or("", |station| station.backend.model.as_str());
		request::body(model, &input.request, &input.parameters, tariff, *units_held, task.bound)
	}
}
