//! # The off-chain worker
//!
//! Answers the jobs of the service keys in the node's keystore: reads the open jobs from the chain's
//! state, calls a backend that speaks the OpenAI API, and hands in a signed receipt. It is at least
//! once, the chain is exactly once; what it keeps in the local store saves work, and decides
//! nothing.
//!
//! ## Words
//! - **Run**: one execution, as a part of the runtime, at the state of one new best block. Runs can
//!   overlap: the SDK has a pool with as many threads as the machine has cores.
//! - **Fresh run**: each run at first. It hands in again what the chain has not taken, and queues
//!   open jobs.
//! - **Long run**: the run that has the *lease*. It makes all calls, many at a time, until nothing
//!   is under way.
//! - **Queue**: where fresh runs put jobs for the long run.
//! - **Lock**: one for each job, *shut* while a run is at the job or a pause before the next try is
//!   not over.
//! - **Lease**: what only one run has: that it may take jobs out of the queue. A run that has given
//!   it up *drains*: it finishes what it has under way.
//! - **Fault**: what went wrong with a call. **Ending**: what a job ends with, an answer or an
//!   error; both get a receipt.
//!
//! ## Flow
//! ```text
//! new best block ─▶ fresh run: receipt kept? ──▶ hand it in again
//!                              input there?  ──▶ queue ─▶ lease free? ──▶ long run
//!                                                  │                        │ ▲
//!                                                  └──── take, lock ◀───────┘ │ retry
//!                                                            └─▶ call ─▶ answer, or error
//!                                                                 └─▶ sign, keep, hand in
//! ```
//! The state that a long run sees is as old as the run. So the decision that a job is open is a
//! fresh run's, when it queues it; and a receipt that comes too late the chain refuses. After
//! [`long_run::LONGEST_MS`] a long run hands over to a fresh one and finishes what it has under way.
//!
//! ## Where to read on
//! Here is the fresh run, in `long_run` the long run, in `assignments` what they read of the chain. What
//! runs share goes through `store`: `lease`, `queue`, `lock`, `outbox` (receipts and answers) and
//! `journal` (what can be forgotten). What a call is made of is pure, and can be read alone: `request`
//! (the body), `verdict` (what came back), `answer` (what it counts), `receipt`. `trial` lets an
//! operator make a call that no job asks for.
//!
//! ## Once, if possible
//! A job is called by one run at a time (its lock), and not again once there is a signed receipt
//! for it in the store: that is written before it is handed in, and kept until the job has been
//! closed for long. A node that is killed in the middle of a call makes the call again. The tries
//! are counted in the lock, for as long as the store keeps it.
//!
//! ## Limits
//! Bodies are capped by the backend's config, and by [`long_run::LARGEST_BODY`]; all bodies that are
//! being read share [`long_run::BODIES`] bytes. The queue has [`queue::PLACES`] places; a fresh run
//! looks at [`JOBS`] jobs of a key. A run that is overtaken by one at a newer block does nothing.
//!
//! ## What it does not do
//! It streams nothing, follows no redirects, and logs no content, no keys, and no text of a backend.
//! Log lines are `key=value`, with `event` first; `outcome` and `finish` have the names that the
//! node's metrics have. What it does it also tells the node as
//! [observations](tallystick_primitives::observation), for metrics.
//!
//! The SDK's HTTP client writes headers to the log at level `debug` of the target
//! `offchain-worker::http`: a node must not let that through.

mod answer;
mod assignments;
mod backends;
mod clock;
mod http;
mod journal;
mod json;
mod lease;
mod lock;
mod long_run;
mod observe;
mod outbox;

mod queue;
mod receipt;
mod request;
mod store;
#[cfg(test)]
mod tests;
pub mod trial;
mod verdict;

pub use assignments::Assignment;

use crate::{Call, Config, Pallet};
use alloc::vec::Vec;
use codec::Codec;
use core::{fmt::Debug, marker::PhantomData};
use frame_system::{offchain::SubmitTransaction, pallet_prelude::BlockNumberFor};
use sp_application_crypto::RuntimeAppPublic;
use sp_core::H256;
use sp_runtime::{runtime_logger::RuntimeLogger, traits::UniqueSaturatedInto};
use tallystick_primitives::{
	genesis_hash,
	observation::Observation,
	offchain::{input_key, Backend, Input, HEAD},
	service_key::{ServiceKey, ServiceSignature},
	JobId, Receipt,
};

/// The target of the worker's logs.
const TARGET: &str = "inference-worker";
/// The most jobs of a key that a fresh run looks at.
const JOBS: u32 = 2_048;
/// A job is not begun, and no call goes on, when less than this is left of its time, in milliseconds:
/// a receipt needs a block to get in.
const MARGIN_MS: u64 = 4_000;
/// How long a job is left alone that no backend serves, in milliseconds.
const UNSERVED_MS: u64 = 60_000;
/// For how long a newer block keeps runs at older ones from doing anything, in milliseconds. Not for
/// ever: a chain can be begun anew.
const OVERTAKEN_MS: u64 = 60_000;

/// What the worker needs of the chain that it is a part of.
trait Chain {
	/// An account.
	type AccountId: Codec + Clone + PartialEq + Debug;

	/// The hash of the genesis block.
	fn genesis() -> H256;
	/// The time of the run's block, in milliseconds since the Unix epoch.
	fn time() -> u64;
	/// The open jobs of the provider with this key, at the run's block.
	fn assignments(key: &ServiceKey, limit: u32) -> Vec<Assignment<Self::AccountId>>;
	/// Whether a receipt for `job` would count at the run's block.
	fn is_answerable(job: JobId) -> bool;
	/// Hands a receipt in to the node's transaction pool.
	fn submit(receipt: Receipt<Self::AccountId>, signature: ServiceSignature) -> Result<(), ()>;
}

/// The chain of a runtime.
struct Runtime<T>(PhantomData<T>);

impl<T: Config> Chain for Runtime<T> {
	type AccountId = T::AccountId;

	fn genesis() -> H256 {
		genesis_hash::<T>()
	}

	fn time() -> u64 {
		Pallet::<T>::time()
	}

	fn assignments(key: &ServiceKey, limit: u32) -> Vec<Assignment<T::AccountId>> {
		Pallet::<T>::assignments(key, limit)
	}

	fn is_answerable(job: JobId) -> bool {
		Pallet::<T>::is_answerable(job)
	}

	fn submit(receipt: Receipt<T::AccountId>, signature: ServiceSignature) -> Result<(), ()> {
		let call = Call::<T>::submit_receipt { receipt, signature };
		let transaction = T::create_authorized_transaction(call.into());
		SubmitTransaction::<T, Call<T>>::submit_transaction(transaction)
	}
}

/// One run, at block `now`.
pub fn run<T: Config>(now: BlockNumberFor<T>) {
	run_at::<Runtime<T>>(now.unique_saturated_into());
}

fn run_at<C: Chain>(block: u64) {
	RuntimeLogger::init();
	let Some(backends) = backends::load() else { return };
	let keys = ServiceKey::all();
	if keys.is_empty() {
		log::debug!(target: TARGET, "event=no_service_key");
		return;
	}
	let now = clock::now();
	if is_overtaken(block, now) {
		log::debug!(target: TARGET, "event=overtaken block={block}");
		return;
	}
	let run = identity();
	let has_work = take_in::<C>(&backends, &keys, run, now);
	journal::sweep::<C>(block, now);
	if has_work {
		if let Some(others) = lease::take(run, clock::now()) {
			long_run::LongRun::<C>::new(backends, run, &others).go();
		}
	}
}

/// What tells a run from others.
fn identity() -> u64 {
	let [a, b, c, d, e, f, g, h, ..] = sp_io::offchain::random_seed();
	u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// Whether a run at a newer block has begun before this one: runs wait for a thread. What this one
/// would see is not so any more.
fn is_overtaken(block: u64, now: u64) -> bool {
	store::update(HEAD, |head: Option<(u64, u64)>| match head {
		Some((newest, at))
			if newest > block
				&& clock::stands(at.saturating_add(OVERTAKEN_MS), now, OVERTAKEN_MS) =>
		{
			(None, true)
		}
		_ => (Some((block, now)), false),
	})
	.unwrap_or(false)
}

/// What a fresh run does with the open jobs: hands in again, queues, counts. Says whether there is
/// something in the queue.
fn take_in<C: Chain>(backends: &[Backend], keys: &[ServiceKey], run: u64, now: u64) -> bool {
	let time = C::time();
	// In the queue by this run, and by runs before.
	let (mut queued, mut waiting) = (0u32, 0u32);
	let (mut open, mut no_input, mut unserved) = (0u32, 0u32, 0u32);
	for assignment in keys.iter().flat_map(|key| C::assignments(key, JOBS)) {
		let job = assignment.job;
		let expires_at = time.saturating_add(assignment.expires_in_ms);
		open = open.saturating_add(1);
		let is_served = backends.iter().any(|backend| backends::serves(backend, &assignment));
		if !is_served {
			unserved = unserved.saturating_add(1);
		}
		if lock::is_shut(job, &assignment.request, now) {
			continue;
		}
		if outbox::is_kept::<C>(&assignment) {
			if let Some(attempts) = lock::take(job, &assignment.request, run, now) {
				outbox::resubmit::<C>(&assignment);
				let until = now.saturating_add(outbox::RESUBMIT_MS);
				lock::release(job, &assignment.request, run, until, attempts);
			}
			continue;
		}
		if expires_at <= now.saturating_add(MARGIN_MS) {
			continue;
		}
		if !is_served {
			if let Some(attempts) = lock::take(job, &assignment.request, run, now) {
				journal::note(job, now);
				let until = now.saturating_add(UNSERVED_MS);
				lock::release(job, &assignment.request, run, until, attempts);
				let artifact = assignment.artifact;
				log::warn!(target: TARGET, "event=unserved job={job} artifact={artifact}");
			}
			continue;
		}
		match queue::find(&assignment, now) {
			queue::Found::Queued => waiting = waiting.saturating_add(1),
			queue::Found::Full => {}
			queue::Found::Free(place, before) => {
				// The consumer can still hand it in.
				if assignment.inline.is_none()
					&& store::raw(&input_key(&assignment.request)).is_none()
				{
					no_input = no_input.saturating_add(1);
					continue;
				}
				if queue::put(place, before, &queue::Entry { assignment, expires_at }) {
					queued = queued.saturating_add(1);
				}
			}
		}
	}
	if queued > 0 {
		queue::ring();
		log::debug!(target: TARGET, "event=queued new={queued} before={waiting}");
	}
	let queued = queued.saturating_add(waiting);
	observe::tell(&Observation::Jobs { open, no_input, unserved, queued });
	queued > 0
}

/// The input of a job, where it is at hand.
fn input_of<AccountId>(assignment: &Assignment<AccountId>) -> Option<Input> {
	assignment.inline.clone().or_else(|| store::get(&input_key(&assignment.request)))
}
