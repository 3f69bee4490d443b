//! What comes of a call: the job ends with a receipt, or sleeps until its next try.

use super::{
	report::log_receipt,
	task::{Phase, Running, Task},
	LongRun, ATTEMPTS,
};
use crate::worker::{
	answer,
	http::Headers,
	input_of, lock, observe,
	outbox::{self, Delivered},
	receipt::{self, Ending},
	request,
	verdict::{self, Fault, Verdict},
	Chain, MARGIN_MS, TARGET,
};
use alloc::vec::Vec;
use tallystick_primitives::{
	observation::{Observation, Outcome},
	FinishReason, Receipt,
};

/// The pause before the second call for a job, in milliseconds. It grows fourfold with each.
const PAUSE_MS: u64 = 1_000;

/// What came of a call before it went wrong.
pub(super) struct Came {
	pub(super) status: Option<u16>,
	/// The pause that the backend asks for, in milliseconds.
	pub(super) pause_ms: Option<u64>,
	/// Bytes of the body.
	pub(super) bytes: u32,
}

impl Came {
	pub(super) const NOTHING: Self = Self { status: None, pause_ms: None, bytes: 0 };
}

impl<C: Chain> LongRun<C> {
	/// An answer is complete.
	pub(super) fn complete(
		&mut self,
		mut task: Task<C::AccountId>,
		call: Running,
		status: u16,
		headers: Headers,
		body: Vec<u8>,
		now: u64,
	) {
		let key = self.stations.get(call.station).and_then(|at| at.backend.api_key.as_deref());
		let bytes = answer::length(&body);
		match verdict::judge(status, body, task.bound, call.added, key) {
			Verdict::Answer(answer, body) => {
				let words = || {
					let input = input_of(&task.assignment);
					let text = input.and_then(|input| request::text_of(&input.request));
					text.map_or(0, |text| text.words)
				};
				let asked = task.request_bytes;
				let ending = Ending::answer(&task.assignment, &answer, body, asked, words);
				self.report_call(&task, &call, Some(status), Outcome::Answer, bytes, now);
				let outcome = match ending.finish {
					FinishReason::Error => Outcome::Empty,
					_ => Outcome::Answer,
				};
				self.finish(task, ending, outcome, call.began_at, now);
			}
			Verdict::Refusal(body) => {
				self.report_call(&task, &call, Some(status), Outcome::Refused, bytes, now);
				self.finish(task, Ending::error(body), Outcome::Refused, call.began_at, now);
			}
			Verdict::Again(bound) => {
				self.report_call(&task, &call, Some(status), Outcome::BoundRefused, bytes, now);
				task.bound = bound;
				// Not a try: the backend has done nothing. There are few bounds.
				task.attempts = task.attempts.saturating_sub(1);
				task.phase = Phase::Asleep { until: now, avoid: None };
				self.tasks.push(task);
			}
			Verdict::Fault(fault) => {
				let came = Came { status: Some(status), pause_ms: headers.pause_ms, bytes };
				self.fault(task, &call, fault, came, now)
			}
		}
	}

	/// Something went wrong with a call: try again later, if that makes sense and there is time.
	pub(super) fn fault(
		&mut self,
		mut task: Task<C::AccountId>,
		call: &Running,
		fault: Fault,
		came: Came,
		now: u64,
	) {
		let Came { status, pause_ms, bytes } = came;
		self.report_call(&task, call, status, fault.outcome(), bytes, now);
		self.leave_alone(call, pause_ms, now);
		// One second, then four times as much each time: the longest that is waited for is 16 s.
		let tries_before = task.attempts.saturating_sub(1);
		let pause = PAUSE_MS.saturating_mul(4u64.saturating_pow(tries_before));
		let until = now.saturating_add(pause_ms.unwrap_or(pause));
		let is_in_time = until.saturating_add(MARGIN_MS) < task.expires_at;
		if fault.may_pass() && task.attempts < ATTEMPTS && is_in_time {
			task.phase = Phase::Asleep { until, avoid: Some(call.station) };
			self.tasks.push(task);
		} else {
			self.fail(task, fault, call.began_at, now);
		}
	}

	/// The job ends without an answer.
	pub(super) fn fail(&mut self, task: Task<C::AccountId>, fault: Fault, began_at: u64, now: u64) {
		let body = answer::error_body(fault.message(), fault.status());
		self.finish(task, Ending::error(body), fault.outcome(), began_at, now);
	}

	/// The job ends, with a receipt. An answer that the node cannot keep becomes an error: nobody
	/// pays for what is lost.
	pub(super) fn finish(
		&mut self,
		task: Task<C::AccountId>,
		ending: Ending,
		mut outcome: Outcome,
		began_at: u64,
		now: u64,
	) {
		let Task { assignment, salt, request_bytes, attempts, expires_at, .. } = task;
		let (job, request) = (assignment.job, assignment.request);
		if expires_at <= now {
			log::info!(target: TARGET, "event=too_late job={job}");
			observe::tell(&Observation::Failure { cause: Outcome::TooLate });
			return lock::release(job, &request, self.run, now, attempts);
		}
		// Nothing is said for a job that is another run's by now. Nor when the node is stopping, which
		// ends locks and calls: that is no error of the backend's.
		if !lock::renew(job, &request, self.run, now, attempts) {
			log::warn!(target: TARGET, "event=lock_lost job={job}");
			return;
		}
		let deliver = |ending: Ending| {
			let receipt = receipt::write(&assignment, &salt, request_bytes, &ending, began_at, now);
			let Receipt { finish, units, tokens, .. } = receipt;
			log_receipt(&receipt);
			let delivered = outbox::deliver::<C>(&assignment, receipt, ending.response);
			(delivered, Observation::Receipt { finish, units, tokens })
		};
		let (mut delivered, mut observation) = deliver(ending);
		if delivered == Delivered::NotKept {
			let fault = Fault::NotKept;
			outcome = fault.outcome();
			let error = Ending::error(answer::error_body(fault.message(), fault.status()));
			(delivered, observation) = deliver(error);
		}
		match delivered {
			Delivered::Done => observe::tell(&observation),
			Delivered::NotKept => outcome = Outcome::NotKept,
			Delivered::NotSigned => outcome = Outcome::NotSigned,
		}
		if outcome != Outcome::Answer {
			observe::tell(&Observation::Failure { cause: outcome });
		}
		let pause = match delivered {
			Delivered::Done => outbox::RESUBMIT_MS,
			Delivered::NotKept | Delivered::NotSigned => lock::LONGEST_MS,
		};
		lock::release(job, &request, self.run, now.saturating_add(pause), attempts);
	}
}
