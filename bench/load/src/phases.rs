//! The phases of a load, and the loop that all of them share: as many transactions under way as the
//! window allows, everything counted in finalized blocks.

use crate::{
	chain::{Block, Chain, Follower, News},
	jobs::Jobs,
	lanes::Lanes,
	report::{Measure, Part, Tally},
	setup::{failure_of, transfer, Sale},
	sign::{sign_all, Signer, Transaction},
};
use anyhow::Result;
use frame_support::dispatch::DispatchClass;
use sp_core::H256;
use std::{
	collections::{BTreeMap, HashSet, VecDeque},
	time::{Duration, Instant},
};
use tallystick_runtime::{configs::system::RuntimeBlockWeights, units::MILLI_TLY, RuntimeEvent};

/// Between two looks at the chain.
const TICK: Duration = Duration::from_millis(200);

/// How load is put on.
#[derive(Clone)]
pub struct Pace {
	/// Connections.
	pub lanes: usize,
	/// Transactions in one request.
	pub batch: usize,
	/// Transactions, or open jobs, under way at once.
	pub window: usize,
	/// How long nothing may succeed before a phase is given up.
	pub patience: Duration,
}

/// What normal transactions of a block may weigh, in picoseconds.
fn room() -> u64 {
	let weights = RuntimeBlockWeights::get();
	let most = weights.get(DispatchClass::Normal).max_total.unwrap_or(weights.max_block);
	most.ref_time().max(1)
}

/// A load that runs.
struct Run<'a> {
	lanes: Lanes,
	/// The event of a transaction that succeeded.
	is_success: fn(&RuntimeEvent) -> bool,
	jobs: Option<&'a mut Jobs>,
	tally: Tally,
	failed: usize,
	reasons: BTreeMap<String, usize>,
	/// Under way.
	busy: usize,
	/// The timestamp of the last finalized block.
	before: u64,
	/// Transactions that are in a block that was seen, for blocks that replace others.
	seen: HashSet<H256>,
	room: u64,
}

impl Run<'_> {
	fn seen(&mut self, block: &Block) {
		let ended = {
			let submitted = self.lanes.submitted();
			let ours = |hash: &&H256| submitted.at.contains_key(*hash);
			let new: Vec<_> = block.extrinsics.iter().filter(ours).copied().collect();
			new.into_iter().filter(|hash| self.seen.insert(*hash)).count()
		};
		match &mut self.jobs {
			None => self.busy = self.busy.saturating_sub(ended),
			Some(jobs) => {
				let (ended, receipts) = jobs.seen(block);
				self.busy = self.busy.saturating_sub(ended);
				let share = receipts.len().div_ceil(self.lanes.len()).max(1);
				let mut receipts = receipts.into_iter().peekable();
				for lane in 0..self.lanes.len() {
					if receipts.peek().is_some() {
						self.lanes.submit_answers(lane, receipts.by_ref().take(share).collect());
					}
				}
			}
		}
	}

	fn finalized(&mut self, block: &Block) {
		let weight = block.weight.get(DispatchClass::Normal).ref_time();
		let filled = weight as f64 / self.room as f64;
		let mut count = 0;
		{
			let submitted = self.lanes.submitted();
			for (at, hash) in block.extrinsics.iter().enumerate() {
				let Some(since) = submitted.at.get(hash) else { continue };
				let failure = block.events_of(at).find_map(failure_of);
				if failure.is_none() && block.events_of(at).any(self.is_success) {
					count += 1;
					self.tally.latencies.push(block.number.saturating_sub(*since));
				} else {
					self.failed += 1;
					*self.reasons.entry(format!("failed: {failure:?}")).or_default() += 1;
				}
			}
		}
		let part = Part { number: block.number, time: block.time, count, filled };
		if let Some(jobs) = &mut self.jobs {
			jobs.finalized(block, part.clone(), self.before);
		}
		self.tally.add(part, self.before);
		self.before = block.time;
	}

	/// How many are decided: of jobs, those that have ended.
	fn done(&self) -> usize {
		let refused = self.lanes.submitted().refusals();
		let ended = self.jobs.as_ref().map_or(self.tally.count(), |jobs| jobs.ended());
		ended.saturating_add(self.failed).saturating_add(refused)
	}
}

/// Submits what is in `queues`, a queue for each connection, and counts what comes of it.
async fn run(
	chain: &Chain,
	pace: &Pace,
	what: &str,
	queues: Vec<Vec<Transaction>>,
	is_success: fn(&RuntimeEvent) -> bool,
	jobs: Option<&mut Jobs>,
) -> Result<Measure> {
	let mut queues: Vec<VecDeque<_>> = queues.into_iter().map(VecDeque::from).collect();
	let asked: usize = queues.iter().map(VecDeque::len).sum();
	let mut follower = Follower::new(chain).await?;
	let before = chain.block(chain.hash(follower.best()).await?).await?.time;
	let mut run = Run {
		lanes: Lanes::new(&chain.rpc, pace.lanes, chain.best().await?),
		is_success,
		jobs,
		tally: Tally::default(),
		failed: 0,
		reasons: BTreeMap::new(),
		busy: 0,
		before,
		seen: HashSet::new(),
		room: room(),
	};
	let (mut done, mut progress, mut refused) = (0, Instant::now(), 0);
	let mut lane = 0;
	loop {
		follower
			.poll(|news, block| match news {
				News::Seen => run.seen(block),
				News::Final => run.finalized(block),
			})
			.await?;
		run.lanes.set_best(follower.best());

		let refusals = run.lanes.submitted().refusals();
		run.busy = run.busy.saturating_sub(refusals.saturating_sub(refused));
		refused = refusals;
		while run.busy < pace.window && queues.iter().any(|queue| !queue.is_empty()) {
			lane = (lane + 1) % queues.len();
			let Some(queue) = queues.get_mut(lane).filter(|queue| !queue.is_empty()) else {
				continue;
			};
			let most = pace.batch.min(pace.window.saturating_sub(run.busy)).min(queue.len());
			run.lanes.submit(lane, queue.drain(..most).collect());
			run.busy = run.busy.saturating_add(most);
		}

		let now_done = run.done();
		if now_done > done {
			(done, progress) = (now_done, Instant::now());
		}
		if done >= asked {
			break;
		}
		if progress.elapsed() > pace.patience {
			eprintln!("{what}: nothing happens any more, {} are missing", asked - done);
			break;
		}
		tokio::time::sleep(TICK).await;
	}
	let submitted = run.lanes.submitted();
	if submitted.waits > 0 {
		eprintln!("{what}: the pool was full, {} submissions were repeated", submitted.waits);
	}
	let mut measure = run.tally.measure(what, asked);
	measure.failed = run.failed;
	measure.refused = submitted.refusals();
	measure.missing = asked.saturating_sub(measure.succeeded + measure.failed + measure.refused);
	measure.reasons = run.reasons;
	measure.reasons.extend(
		submitted.refused.iter().map(|(reason, count)| (format!("refused: {reason}"), *count)),
	);
	measure.reasons.extend(
		submitted
			.refused_answers
			.iter()
			.map(|(reason, count)| (format!("receipt refused: {reason}"), *count)),
	);
	Ok(measure)
}

/// Transfers of the native token between the accounts.
pub async fn transfers(
	chain: &Chain,
	pace: &Pace,
	signers: &mut [Signer],
	count: u32,
) -> Result<Measure> {
	let accounts: Vec<_> = signers.iter().map(|signer| signer.account.clone()).collect();
	let queues = sign_all(signers, count, pace.lanes, chain.genesis, |_, from| {
		let to = (from + 1) % accounts.len();
		transfer(&accounts[to], MILLI_TLY)
	});
	let is_success = |event: &RuntimeEvent| {
		matches!(event, RuntimeEvent::Balances(pallet_balances::Event::Transfer { .. }))
	};
	run(chain, pace, "transfers", queues, is_success, None).await
}

/// Purchases of `units` each.
pub async fn purchases(
	chain: &Chain,
	pace: &Pace,
	signers: &mut [Signer],
	sale: &Sale,
	units: u128,
	count: u32,
) -> Result<Measure> {
	let queues = sign_all(signers, count, pace.lanes, chain.genesis, |_, _| {
		pallet_credits::Call::buy { plan: sale.plan, units, terms: sale.terms }.into()
	});
	let is_success = |event: &RuntimeEvent| {
		matches!(event, RuntimeEvent::Credits(pallet_credits::Event::Bought { .. }))
	};
	run(chain, pace, "purchases", queues, is_success, None).await
}

/// Jobs, from request to receipt. What was requested, and what was settled.
pub async fn jobs(
	chain: &Chain,
	pace: &Pace,
	signers: &mut [Signer],
	mut jobs: Jobs,
	count: u32,
) -> Result<[Measure; 2]> {
	let now = chain.best().await?;
	let queues =
		sign_all(signers, count, pace.lanes, chain.genesis, |number, _| jobs.request(number, now));
	let is_success = |event: &RuntimeEvent| {
		matches!(event, RuntimeEvent::Inference(pallet_inference::Event::Requested { .. }))
	};
	let requested = format!("jobs requested ({})", jobs.name());
	let requested = run(chain, pace, &requested, queues, is_success, Some(&mut jobs)).await?;
	let settled = jobs.measure(requested.asked);
	Ok([requested, settled])
}
