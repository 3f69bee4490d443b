//! The long run: all calls at once, in one loop that never waits long for any of them.
//!
//! Each job that was taken from the queue is a *task*. A turn of the loop renews what has to be
//! renewed (lease, locks), takes jobs in as far as backends have room, begins calls that are due,
//! looks which answers have begun, reads what has arrived, and ends what has taken too long. What
//! goes through the tasks takes them out of the list and puts back those that go on; one that is
//! not put back has ended, or is left to later runs.
//!
//! A call that was given up cannot be cancelled: it stays open until the run ends. So it goes on to
//! count against its backend, and the run hands over when such calls take half of a backend's places.
//! That is why an answer is read to its end even where its status says all: only then the call is over.

use super::{
	answer, backends, clock, http,
	http::{Headers, Read},
	input_of, journal, json, lease, lock, observe, outbox,
	outbox::Delivered,
	queue,
	queue::Entry,
	receipt::{self, Ending},
	request::{self, BadInput, Bound},
	verdict::{self, Fault, Verdict},
	Chain, MARGIN_MS, TARGET,
};
use crate::Assignment;
use alloc::{vec, vec::Vec};
use codec::Encode;
use core::mem;
use sp_core::offchain::{HttpRequestId, HttpRequestStatus};
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	observation::{Observation, Outcome},
	offchain::{Backend, Input},
	CountedBy, FinishReason, Receipt,
};

/// How long a run accepts jobs, in milliseconds.
pub const LONGEST_MS: u64 = 300_000;
/// The largest body that is read, in bytes, whatever the config says: the memory is the runtime's.
pub const LARGEST_BODY: u32 = 8 * 1_024 * 1_024;
/// How many bytes of bodies are in memory before only one of them is read on.
pub const BODIES: u64 = 32 * 1_024 * 1_024;

/// Tasks at once.
const TASKS: usize = 512;
/// Calls that a run makes. The SDK numbers them with 16 bits.
const CALLS: u32 = 50_000;
/// Calls that are made for a job.
const ATTEMPTS: u32 = 4;
/// The pause before the second call for a job, in milliseconds. It grows fourfold with each.
const PAUSE_MS: u64 = 1_000;
/// Between two renewals of lease and locks, in milliseconds: they outlive a missed one.
const HEARTBEAT_MS: u64 = 3_000;
/// When the queue is looked through again for jobs that wait for a backend, in milliseconds.
const LOOK_AGAIN_MS: u64 = 1_000;
/// How long a turn waits where nothing happens, in milliseconds.
const IDLE_MS: u64 = 40;
/// How long a turn waits while bodies are arriving, in milliseconds.
const BUSY_MS: u64 = 4;
/// How long the rest of an answer is waited for whose status says all, in milliseconds.
pub const REST_MS: u64 = 2_000;
/// Bytes that are read at a time. The host copies all of them there and back for each read.
const CHUNK: usize = 16 * 1_024;
/// Reads of one body in a turn.
const READS: u32 = 64;

/// A backend, and what is under way there. Its calls are at most the backend's concurrency, those
/// included that were given up and those of a run that drains.
struct Station {
	backend: Backend,
	/// Calls of this run.
	calls: u32,
	/// Calls of this run that were given up, and cannot be cancelled.
	given_up: u32,
	/// Calls of the run that drains.
	draining: u32,
	/// Nothing is begun before, in milliseconds: the backend asked for it.
	not_before: u64,
}

impl Station {
	fn under_way(&self) -> u32 {
		self.calls.saturating_add(self.given_up)
	}

	/// Whether half of the places are taken by calls that were given up.
	fn is_clogged(&self) -> bool {
		self.given_up.saturating_mul(2) >= self.backend.concurrency.max(1)
	}

	/// How many more calls can begin.
	fn room(&self, now: u64) -> u32 {
		if self.not_before > now {
			return 0;
		}
		self.backend.concurrency.saturating_sub(self.under_way()).saturating_sub(self.draining)
	}
}

/// A call under way.
#[derive(Clone, Copy)]
struct Running {
	id: HttpRequestId,
	/// Which backend.
	station: usize,
	began_at: u64,
	give_up_at: u64,
	/// The bound on output tokens that the worker added.
	added: Option<u64>,
}

/// Where a task stands.
enum Phase {
	/// Waits for its next try, somewhere else if possible.
	Asleep { until: u64, avoid: Option<usize> },
	/// Waits for the beginning of an answer.
	Called(Running),
	/// Waits for the rest of an answer.
	Reading { call: Running, status: u16, headers: Headers, body: Vec<u8> },
}

/// A job that this run is at.
struct Task<AccountId> {
	assignment: Assignment<AccountId>,
	expires_at: u64,
	salt: Salt,
	request_bytes: u32,
	/// Calls that were made, also by earlier runs.
	attempts: u32,
	bound: Bound,
	phase: Phase,
}

impl<AccountId> Task<AccountId> {
	fn call(&self) -> Option<Running> {
		match &self.phase {
			Phase::Called(call) | Phase::Reading { call, .. } => Some(*call),
			Phase::Asleep { .. } => None,
		}
	}
}

/// The run that has the lease.
pub struct LongRun<C: Chain> {
	run: u64,
	stations: Vec<Station>,
	tasks: Vec<Task<C::AccountId>>,
	buffer: Vec<u8>,
	began_at: u64,
	heartbeat_at: u64,
	/// Whether it takes jobs in: it has the lease.
	accepts: bool,
	/// Calls made.
	calls: u32,
	/// Where to look on in the queue.
	cursor: u32,
	/// The queue's bell when the last look through it began.
	bell: u64,
	/// When to look through the queue, if no bell rings before: there may be jobs left in it.
	look_at: Option<u64>,
	/// What the node was last told of this run.
	told: UnderWay,
}

/// What a run has under way.
#[derive(Clone, PartialEq, Eq, Default)]
struct UnderWay {
	calling: u32,
	pausing: u32,
	/// Calls, by backend.
	calls: Vec<u32>,
}

impl<C: Chain> LongRun<C> {
	/// The run `run`, which has just taken the lease.
	pub fn new(backends: Vec<Backend>, run: u64, others: &lease::Others) -> Self {
		let stations = backends
			.into_iter()
			.map(|backend| Station { backend, calls: 0, given_up: 0, draining: 0, not_before: 0 })
			.collect();
		let now = clock::now();
		let mut this = Self {
			run,
			stations,
			tasks: Vec::new(),
			buffer: vec![0; CHUNK],
			began_at: now,
			heartbeat_at: now.saturating_add(HEARTBEAT_MS),
			accepts: true,
			calls: 0,
			cursor: 0,
			bell: 0,
			look_at: Some(now),
			told: UnderWay::default(),
		};
		this.hear(others);
		this
	}

	/// Works until nothing is under way.
	pub fn go(mut self) {
		log::debug!(target: TARGET, "event=run_begins run={:x}", self.run);
		loop {
			let now = clock::now();
			self.renew(now);
			if self.accepts {
				self.hand_over(now);
			}
			if self.accepts {
				self.accept(now);
			}
			self.wake(now);
			self.tell_changes();
			if self.tasks.is_empty() {
				lease::end(self.run);
				if !self.accepts || !self.take_lease_again() {
					break;
				}
				continue;
			}
			self.poll(now);
			self.read();
		}
		self.tell(UnderWay::default());
		log::debug!(target: TARGET, "event=run_ends run={:x} calls={}", self.run, self.calls);
	}

	/// Tells the node what is under way, where it has changed.
	fn tell_changes(&mut self) {
		let is_called = |task: &&Task<_>| task.call().is_some();
		let all = count(self.tasks.len());
		let calling = count(self.tasks.iter().filter(is_called).count());
		let under_way = UnderWay {
			calling,
			pausing: all.saturating_sub(calling),
			calls: self.stations.iter().map(Station::under_way).collect(),
		};
		if under_way != self.told {
			self.tell(under_way);
		}
	}

	fn tell(&mut self, under_way: UnderWay) {
		let calls = self
			.stations
			.iter()
			.zip(&under_way.calls)
			.filter(|(_, calls)| **calls > 0)
			.map(|(station, calls)| (station.backend.name.clone(), *calls))
			.collect();
		let UnderWay { calling, pausing, .. } = under_way;
		observe::tell(&Observation::Run { run: self.run, calling, pausing, calls });
		self.told = under_way;
	}

	/// A fresh run may have queued something between the last look at the queue and the end of the
	/// lease, and not have got the lease.
	fn take_lease_again(&mut self) -> bool {
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
	fn hear(&mut self, others: &lease::Others) {
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

	/// Renews lease and locks. A job whose lock is lost is another run's now.
	fn renew(&mut self, now: u64) {
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

	/// Whether this run has done enough: it is old (or the clock was set back), it has made as many
	/// calls as it can, or calls that were given up take half of a backend's places. Only with the
	/// run do they go; as long as they leave the backend room, the run stays: each change of runs
	/// takes one of the few threads.
	fn is_spent(&self, now: u64) -> bool {
		now >= self.began_at.saturating_add(LONGEST_MS)
			|| now < self.began_at
			|| self.calls >= CALLS
			|| self.stations.iter().any(Station::is_clogged)
	}

	/// Lets a fresh run take over, when it is time.
	fn hand_over(&mut self, now: u64) {
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

	/// Whether this run can begin another call at any backend.
	fn has_room(&self, now: u64) -> bool {
		self.tasks.len() < TASKS
			&& self.calls < CALLS
			&& self.stations.iter().any(|station| station.room(now) > 0)
	}

	/// The backend for a job: one that it has not just failed at, one that is for its artifact
	/// rather than for all, the one with the most room.
	fn pick(
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

	/// Takes jobs from the queue. Looks through all of it when the bell has rung, and from time to
	/// time when jobs were left there.
	fn accept(&mut self, now: u64) {
		if !self.has_room(now) {
			return;
		}
		let bell = queue::bell();
		if self.bell == bell && self.look_at.is_none_or(|at| at > now) {
			return;
		}
		(self.bell, self.look_at) = (bell, Some(now));
		let mut is_left = false;
		for _ in 0..queue::SLOTS {
			if !self.has_room(now) {
				// Not through: look on when there is room.
				return;
			}
			let slot = self.cursor;
			self.cursor = queue::slot_after(slot, 1);
			if let Some((entry, bytes)) = queue::look::<C::AccountId>(slot) {
				is_left |= !self.take_job(slot, entry, bytes, now);
			}
		}
		self.look_at = is_left.then(|| now.saturating_add(LOOK_AGAIN_MS));
	}

	/// Takes one job out of the queue. `false` if it has to stay there.
	fn take_job(
		&mut self,
		slot: u32,
		entry: Entry<C::AccountId>,
		bytes: Vec<u8>,
		now: u64,
	) -> bool {
		let Entry { assignment, expires_at } = entry;
		let (job, request) = (assignment.job, assignment.request);
		let serves = |station: &Station| backends::serves(&station.backend, &assignment);
		if expires_at <= now.saturating_add(MARGIN_MS) || !self.stations.iter().any(serves) {
			queue::remove(slot, bytes);
			return true;
		}
		let Some(station) = self.pick(&assignment, None, now) else { return false };
		// If it is shut, the job is at hand already, or has a pause: a fresh run queues it again.
		let attempts = lock::take(job, &request, self.run, now);
		queue::remove(slot, bytes);
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

	/// Begins a call for `task`.
	fn begin(&mut self, mut task: Task<C::AccountId>, input: Input, at: usize, now: u64) {
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

	/// Begins the calls whose pause is over. A run that drains begins none: it gives the jobs back.
	fn wake(&mut self, now: u64) {
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

	/// Looks which answers have begun. This is where the loop waits.
	fn poll(&mut self, now: u64) {
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
					if verdict::by_status(status).is_some() {
						call.give_up_at = call.give_up_at.min(now.saturating_add(REST_MS));
					}
					let headers = http::headers(call.id);
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
	fn read(&mut self) {
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

	/// A call has ended.
	fn end_call(&mut self, call: &Running) {
		if let Some(station) = self.stations.get_mut(call.station) {
			station.calls = station.calls.saturating_sub(1);
		}
		// There is room for what is left in the queue, if anything is.
		self.look_at = self.look_at.map(|_| 0);
	}

	/// A call is given up, but cannot be cancelled.
	fn abandon_call(&mut self, call: &Running) {
		self.end_call(call);
		if let Some(station) = self.stations.get_mut(call.station) {
			station.given_up = station.given_up.saturating_add(1);
		}
	}

	/// An answer is complete.
	fn complete(
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
	fn fault(
		&mut self,
		mut task: Task<C::AccountId>,
		call: &Running,
		fault: Fault,
		came: Came,
		now: u64,
	) {
		let Came { status, pause_ms, bytes } = came;
		self.report_call(&task, call, status, fault.outcome(), bytes, now);
		if let (Some(pause), Some(station)) = (pause_ms, self.stations.get_mut(call.station)) {
			station.not_before = station.not_before.max(now.saturating_add(pause));
			lease::pause(&station.backend.name, station.not_before);
		}
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
	fn fail(&mut self, task: Task<C::AccountId>, fault: Fault, began_at: u64, now: u64) {
		let body = answer::error_body(fault.message(), fault.status());
		self.finish(task, Ending::error(body), fault.outcome(), began_at, now);
	}

	/// The job ends, with a receipt. An answer that the node cannot keep becomes an error: nobody
	/// pays for what is lost.
	fn finish(
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

	/// Logs a call that has ended, and tells the node.
	fn report_call(
		&self,
		task: &Task<C::AccountId>,
		call: &Running,
		status: Option<u16>,
		outcome: Outcome,
		bytes: u32,
		now: u64,
	) {
		let Some(Station { backend, .. }) = self.stations.get(call.station) else { return };
		let ms = now.saturating_sub(call.began_at);
		let level = if outcome.is_trouble() { log::Level::Warn } else { log::Level::Info };
		log::log!(
			target: TARGET,
			level,
			"event=call job={} backend={} attempt={} status={} outcome={} ms={ms} bytes={bytes}",
			task.assignment.job,
			backend.name,
			task.attempts,
			status.map_or_else(|| "none".into(), |status| alloc::format!("{status}")),
			outcome.name(),
		);
		observe::tell(&Observation::Call { backend: backend.name.clone(), outcome, ms, bytes });
	}
}

fn log_receipt<AccountId>(receipt: &Receipt<AccountId>) {
	let tokens = receipt.tokens;
	let counted_by = match receipt.counted_by {
		CountedBy::Backend => "backend",
		CountedBy::Gateway => "gateway",
	};
	log::info!(
		target: TARGET,
		"event=receipt job={} artifact={} finish={} units={} prompt={} cached={} completion={} \
		reasoning={} counted_by={counted_by} bytes={} ms={}",
		receipt.job,
		receipt.artifact,
		receipt.finish.name(),
		receipt.units,
		tokens.prompt,
		tokens.cached,
		tokens.completion,
		tokens.reasoning,
		receipt.response_bytes,
		receipt.ended_at.saturating_sub(receipt.started_at),
	);
}

/// A number of tasks, of which there are [`TASKS`] at most.
fn count(tasks: usize) -> u32 {
	u32::try_from(tasks).unwrap_or(u32::MAX)
}

/// What came of a call before it went wrong.
struct Came {
	status: Option<u16>,
	/// The pause that the backend asks for, in milliseconds.
	pause_ms: Option<u64>,
	/// Bytes of the body.
	bytes: u32,
}

impl Came {
	const NOTHING: Self = Self { status: None, pause_ms: None, bytes: 0 };
}

/// How a body ended.
enum End {
	Complete,
	Broken,
	TooLarge,
}
