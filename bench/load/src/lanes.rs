//! Submitting: some connections, each with the transactions of its own accounts, in their order.

use crate::{
	rpc::{to_hex, Rpc},
	sign::Transaction,
};
use serde_json::json;
use sp_core::H256;
use std::{
	collections::{BTreeMap, HashMap},
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc, Mutex, MutexGuard, PoisonError,
	},
	time::Duration,
};
use tokio::sync::mpsc;

/// The pool is full: what the node answers then.
const POOL_IS_FULL: i64 = 1016;
/// The pool has it already.
const IS_IN_POOL: i64 = 1013;
/// How long a lane waits for room in the pool before it tries again.
const PAUSE: Duration = Duration::from_millis(500);
/// How often it tries.
const TRIES: u32 = 120;

/// What came of submitting.
#[derive(Default)]
pub struct Submitted {
	/// At which best block each transaction was submitted.
	pub at: HashMap<H256, u32>,
	/// How many the pool refused, and with which words.
	pub refused: BTreeMap<String, usize>,
	/// The same of receipts, which are not counted by themselves.
	pub refused_answers: BTreeMap<String, usize>,
	/// How often there was no room in the pool.
	pub waits: usize,
}

impl Submitted {
	/// How many were refused.
	pub fn refusals(&self) -> usize {
		self.refused.values().sum()
	}
}

/// What is submitted together.
struct Batch {
	transactions: Vec<Transaction>,
	/// Whether they are what is counted: not so the receipts of jobs.
	is_counted: bool,
}

/// The connections.
pub struct Lanes {
	queues: Vec<mpsc::UnboundedSender<Batch>>,
	submitted: Arc<Mutex<Submitted>>,
	best: Arc<AtomicU32>,
}

impl Lanes {
	/// So many connections, that say of nothing before `best` when it was submitted.
	pub fn new(rpc: &Rpc, count: usize, best: u32) -> Self {
		let submitted = Arc::new(Mutex::new(Submitted::default()));
		let best = Arc::new(AtomicU32::new(best));
		let queues = (0..count)
			.map(|_| {
				let (queue, mut batches) = mpsc::unbounded_channel();
				let (rpc, submitted, best) = (rpc.clone(), submitted.clone(), best.clone());
				tokio::spawn(async move {
					while let Some(batch) = batches.recv().await {
						submit(&rpc, batch, &submitted, &best).await;
					}
				});
				queue
			})
			.collect();
		Self { queues, submitted, best }
	}

	/// How many there are.
	pub fn len(&self) -> usize {
		self.queues.len()
	}

	/// Submits `batch` by a connection, after what was given to it before.
	pub fn submit(&self, lane: usize, transactions: Vec<Transaction>) {
		self.send(lane, Batch { transactions, is_counted: true });
	}

	/// The same for receipts.
	pub fn submit_answers(&self, lane: usize, transactions: Vec<Transaction>) {
		self.send(lane, Batch { transactions, is_counted: false });
	}

	fn send(&self, lane: usize, batch: Batch) {
		if let Some(queue) = self.queues.get(lane) {
			// A connection's task ends with this, not before.
			let _ = queue.send(batch);
		}
	}

	/// The newest block that was seen.
	pub fn set_best(&self, best: u32) {
		self.best.store(best, Ordering::Relaxed);
	}

	/// What came of it so far.
	pub fn submitted(&self) -> MutexGuard<'_, Submitted> {
		lock(&self.submitted)
	}
}

fn lock(submitted: &Mutex<Submitted>) -> MutexGuard<'_, Submitted> {
	submitted.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the pool has no room for is tried again, so that no account's nonces have a gap.
async fn submit(rpc: &Rpc, batch: Batch, submitted: &Mutex<Submitted>, best: &AtomicU32) {
	let Batch { mut transactions, is_counted } = batch;
	let refuse = |reason: String, count: usize| {
		let mut submitted = lock(submitted);
		let Submitted { refused, refused_answers, .. } = &mut *submitted;
		let refused = if is_counted { refused } else { refused_answers };
		*refused.entry(reason).or_default() += count;
	};
	for _ in 0..TRIES {
		if is_counted {
			let now = best.load(Ordering::Relaxed);
			let hashes = transactions.iter().map(|transaction| (transaction.hash, now));
			lock(submitted).at.extend(hashes);
		}
		let params: Vec<_> =
			transactions.iter().map(|transaction| json!([to_hex(&transaction.bytes)])).collect();
		let answers = match rpc.batch("author_submitExtrinsic", params).await {
			Ok(answers) => answers,
			Err(error) => return refuse(format!("{error:#}"), transactions.len()),
		};
		let mut again = Vec::new();
		for (transaction, answer) in transactions.into_iter().zip(answers) {
			match answer {
				Ok(_) => {}
				Err(error) if error.code == IS_IN_POOL => {}
				Err(error) if error.code == POOL_IS_FULL => again.push(transaction),
				Err(error) => refuse(error.line(), 1),
			}
		}
		if again.is_empty() {
			return;
		}
		transactions = again;
		lock(submitted).waits += transactions.len();
		tokio::time::sleep(PAUSE).await;
	}
	refuse("the pool stays full".into(), transactions.len());
}
