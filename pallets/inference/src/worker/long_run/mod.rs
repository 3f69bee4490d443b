//! The long run: all calls at once, in one loop that never waits long for any of them.
//!
//! Each job that was taken from the queue is a [`Task`]. What goes through the tasks takes them out
//! of the list and puts back those that go on; one that is not put back has ended, or is left to
//! later runs.
//!
//! A call that was given up cannot be cancelled: it stays open until the run ends. So it goes on to
//! count against its backend, and the run hands over when such calls take half of a backend's
//! concurrency. That is why an answer is read to its end even where its status says all: only then
//! the call is over.
//!
//! ## Where to read on
//! A turn of the loop ([`LongRun::go`]), in its order:
//! 1. `tenure`: renews lease and locks, and hands over when it is time;
//! 2. `accept`: takes jobs from the queue, as far as backends have room;
//! 3. `begin`: begins calls, those of new jobs and those whose pause is over;
//! 4. `report`: tells the node what has changed;
//! 5. `receive`: waits for answers, and reads them.
//!
//! From `receive` each call comes to `conclude`: the job ends, or sleeps until its next try. `task`
//! and `station` are what the run has: jobs, and backends with what is under way there.

mod accept;
mod begin;
mod conclude;
mod receive;
mod report;
mod station;
mod task;
mod tenure;

use self::{report::UnderWay, station::Station, task::Task};
use super::{clock, lease, Chain, TARGET};
use alloc::{vec, vec::Vec};
use tallystick_primitives::offchain::Backend;

/// How long a run accepts jobs, in milliseconds.
pub const LONGEST_MS: u64 = 300_000;
/// How long the rest of an answer is waited for whose status says all, in milliseconds.
pub const REST_MS: u64 = 2_000;
/// The largest body that is read, in bytes, whatever the config says: the memory is the runtime's.
pub const LARGEST_BODY: u32 = 8 * 1_024 * 1_024;
/// How many bytes of bodies are in memory before only one of them is read on.
pub const BODIES: u64 = 32 * 1_024 * 1_024;
/// Calls that a run makes. The SDK numbers them with 16 bits.
const CALLS: u32 = 50_000;
/// Calls that are made for a job.
const ATTEMPTS: u32 = 4;
/// Between two renewals of lease and locks, in milliseconds: they outlive a missed one.
const HEARTBEAT_MS: u64 = 3_000;
/// Bytes that are read at a time. The host copies all of them there and back for each read.
const CHUNK: usize = 16 * 1_024;

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
}
