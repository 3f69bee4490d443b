//! Waiting for answers, and reading them.

use super::{
	conclude::Came,
	task::{Phase, Running, Task},
	LongRun, BODIES, CHUNK, REST_MS,
};
use crate::worker::{
	answer, backends, clock,
	http::{self, Headers, Read},
	json,
	verdict::{self, Fault},
	Chain,
};
use alloc::vec::Vec;
use core::mem;
use sp_core::offchain::{HttpRequestId, HttpRequestStatus};

/// How long a turn waits where nothing happens, in milliseconds.
const IDLE_MS: u64 = 40;
/// How long a turn waits while bodies are arriving, in milliseconds.
const BUSY_MS: u64 = 4;
/// Reads of one body in a turn.
const READS: u32 = 64;

/// How a body ended.
enum End {
	Complete,
	Broken,
	TooLarge,
}

impl<C: Chain> LongRun<C> {
	/// Looks which answers have begun. This is where the loop waits.
	pub(super) fn poll(&mut self, now: u64) {
		let is_reading = |task: &Task<_>| matches!(task.phase, Phase::Reading { .. });
		let pause = if self.tasks.iter().any(is_reading) { BUSY_MS } else { IDLE_MS };
		let until = now.saturating_add(pause);
		let called = |task: &Task<_>| match &task.phase {
			Phase::Called(call) => Some(call.id),
			_ => None,
		};
		let ids: Vec<HttpRequestId> = self.tasks.iter().filter_map(called).collect();
		if ids.is_empty() {
			return clock::sleep_until(until);
		}
		let mut statuses = http::wait(&ids, until).into_iter();
		let now = clock::now();
		for mut task in mem::take(&mut self.tasks) {
			let Phase::Called(mut call) = task.phase else {
				self.tasks.push(task);
				continue;
			};
			match statuses.next() {
				Some(HttpRequestStatus::Finished(status)) => {
					let headers = http::headers(call.id);
					if verdict::by_status(status).is_some() {
						call.give_up_at = call.give_up_at.min(now.saturating_add(REST_MS));
						self.leave_alone(&call, headers.pause_ms, now);
					}
					task.phase = Phase::Reading { call, status, headers, body: Vec::new() };
					self.tasks.push(task);
				}
				Some(HttpRequestStatus::DeadlineReached) if now < call.give_up_at => {
					task.phase = Phase::Called(call);
					self.tasks.push(task);
				}
				Some(HttpRequestStatus::DeadlineReached) => {
					self.abandon_call(&call);
					self.fault(task, &call, Fault::TimedOut, Came::NOTHING, now);
				}
				Some(HttpRequestStatus::IoError | HttpRequestStatus::Invalid) | None => {
					self.end_call(&call);
					self.fault(task, &call, Fault::Broken, Came::NOTHING, now);
				}
			}
		}
	}

	/// Reads what has arrived of the answers. The oldest is always read on, so that bodies that fill
	/// the memory do not wait for each other.
	pub(super) fn read(&mut self) {
		let length = |task: &Task<_>| match &task.phase {
			Phase::Reading { body, .. } => json::count(body.len()),
			_ => 0,
		};
		let mut total = self.tasks.iter().map(length).fold(0u64, u64::saturating_add);
		let mut is_oldest = true;
		for mut task in mem::take(&mut self.tasks) {
			let Phase::Reading { call, status, headers, body } = &mut task.phase else {
				self.tasks.push(task);
				continue;
			};
			let (call, status, headers, mut body) = (*call, *status, *headers, mem::take(body));
			let before = json::count(body.len());
			let may_read = total < BODIES || is_oldest;
			is_oldest = false;
			let now = clock::now();
			let end =
				if may_read { self.read_on(&call, status, headers, &mut body, now) } else { None };
			total = total.saturating_add(json::count(body.len())).saturating_sub(before);
			let (pause_ms, bytes) = (headers.pause_ms, answer::length(&body));
			let came = Came { status: Some(status), pause_ms, bytes };
			// Where the status says all, the end of the body says nothing more.
			let fault = |end: Fault| verdict::by_status(status).unwrap_or(end);
			match end {
				Some(End::Complete) => {
					self.end_call(&call);
					self.complete(task, call, status, headers, body, clock::now());
				}
				Some(End::Broken) => {
					self.end_call(&call);
					self.fault(task, &call, fault(Fault::Broken), came, now);
				}
				Some(End::TooLarge) => {
					self.abandon_call(&call);
					self.fault(task, &call, fault(Fault::TooLarge), came, now);
				}
				None if now >= call.give_up_at => {
					self.abandon_call(&call);
					self.fault(task, &call, fault(Fault::TimedOut), came, now);
				}
				None => {
					task.phase = Phase::Reading { call, status, headers, body };
					self.tasks.push(task);
				}
			}
		}
	}

	/// Reads one body as far as it has arrived. `None` if that is not the end.
	fn read_on(
		&mut self,
		call: &Running,
		status: u16,
		headers: Headers,
		body: &mut Vec<u8>,
		now: u64,
	) -> Option<End> {
		let backend = &self.stations.get(call.station)?.backend;
		let cap = backends::cap(backend, status);
		let stated = headers.length.and_then(|length| usize::try_from(length).ok());
		if stated.is_some_and(|stated| stated > cap) {
			return Some(End::TooLarge);
		}
		if body.capacity() == 0 {
			// In one piece where its length is known: the host's allocator keeps what grows.
			body.reserve_exact(stated.unwrap_or(CHUNK));
		}
		for _ in 0..READS {
			match http::read(call.id, &mut self.buffer, now) {
				Read::Some(bytes) => {
					if body.len().saturating_add(bytes) > cap {
						return Some(End::TooLarge);
					}
					body.extend_from_slice(self.buffer.get(..bytes).unwrap_or_default());
				}
				Read::Nothing => return None,
				Read::End => return Some(End::Complete),
				Read::Broken => return Some(End::Broken),
			}
		}
		None
	}
}
