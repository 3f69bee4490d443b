//! A provider's node that is killed and started again, its backend, and those who ask it.

use crate::backend::{answer_to, Act, Backend};
use sp_keyring::Sr25519Keyring::{self, Bob, Dave, Eve, Ferdie};
use std::{
	collections::BTreeMap,
	path::PathBuf,
	thread,
	time::{Duration, Instant},
};
use tallystick_primitives::{
	commitment::{commit, Kind},
	Balance, JobId,
};
use tallystick_runtime::{BlockNumber, Hash};
use tallystick_tests::{
	jobs::{self, Ending, History, Question},
	node::wait_for,
	stage, Chain, Node,
};
use tempfile::TempDir;

/// Who asks.
pub const CONSUMERS: [Sr25519Keyring; 4] = [Bob, Dave, Eve, Ferdie];
/// The units that each of them buys.
const BOUGHT: Balance = 100_000;
/// All states and blocks, so that the whole story can be read at the end.
pub const ARCHIVE: [&str; 4] = ["--state-pruning", "archive", "--blocks-pruning", "archive"];

/// A development chain with one node.
pub struct World {
	folder: TempDir,
	arguments: Vec<String>,
	node: Option<Node>,
	/// The chain of the node that runs.
	pub chain: Chain,
	/// The node's backend.
	pub backend: Backend,
	/// All that was asked.
	pub asked: Vec<Question>,
	/// The blocks that were seen to be final.
	finals: BTreeMap<BlockNumber, Hash>,
}

impl World {
	/// Starts the node, with a backend that does what `script` says, and sets the stage.
	pub fn new(
		concurrency: u32,
		script: impl Fn(&str, u32) -> Act + Send + Sync + 'static,
	) -> Self {
		let folder = tempfile::tempdir().unwrap();
		let backend = Backend::start(script);
		let config = backend.write_config(folder.path(), concurrency);
		let config = config.to_str().unwrap();
		let arguments: Vec<_> = [&ARCHIVE[..], &["--inference-config", config]].concat();
		let node = Node::start(folder.path(), &arguments);
		let chain = Chain::of(&node);
		let arguments = arguments.into_iter().map(String::from).collect();
		set_the_stage(&chain, &CONSUMERS);
		let set = chain.best_number();
		wait_for("the stage to be final", || (chain.finalized_number() >= set).then_some(()));
		let (node, asked, finals) = (Some(node), vec![], BTreeMap::new());
		Self { folder, arguments, node, chain, backend, asked, finals }
	}

	/// Lets the backend have so many calls at once, from the next start on.
	pub fn set_concurrency(&self, concurrency: u32) {
		self.backend.write_config(self.folder.path(), concurrency);
	}

	/// Asks, at once.
	pub fn ask(&mut self, questions: impl IntoIterator<Item = Question>) {
		let questions: Vec<_> = questions.into_iter().collect();
		jobs::ask(&self.chain, &questions);
		self.asked.extend(questions);
	}

	/// Asks again what is not in the chain, as a consumer does whose node was killed: what was in its
	/// pool is gone.
	pub fn ask_again(&self) {
		let history = History::until(&self.chain, self.chain.best_number());
		let lost: Vec<_> = self.asked.iter().filter(|question| !history.has(question)).collect();
		jobs::ask(&self.chain, lost);
	}

	/// Takes note of what is final, until it is time.
	pub fn watch(&mut self, time: Duration) {
		let end = Instant::now() + time;
		while Instant::now() < end {
			let block = self.chain.finalized();
			self.finals.insert(self.chain.number_of(block), block);
			// Nor is this node killed right after: what a database has taken it writes a little later.
			thread::sleep(Duration::from_millis(20));
		}
	}

	/// Kills the node.
	pub fn kill(&mut self) {
		let node = self.node.take().expect("it runs");
		assert_no_panic(&node.kill());
	}

	/// Starts the node, and kills it before long.
	pub fn start_and_kill(&mut self, after: Duration) {
		let node = Node::launch(self.folder.path(), &self.arguments());
		thread::sleep(after);
		assert_no_panic(&node.kill());
	}

	/// Starts the node again.
	pub fn start(&mut self) {
		let node = Node::start(self.folder.path(), &self.arguments());
		self.chain = Chain::of(&node);
		self.node = Some(node);
	}

	fn arguments(&self) -> Vec<&str> {
		self.arguments.iter().map(String::as_str).collect()
	}

	/// The file that the node keeps for a job: of its `outputs`, or its `receipts`.
	pub fn kept(&self, what: &str, job: JobId) -> PathBuf {
		let store = self.folder.path().join("base/chains/dev/inference");
		store.join(what).join(hex::encode(job.to_be_bytes()))
	}

	/// Waits until all is over, and checks that nothing was lost on the way.
	pub fn wait_for_the_end(&mut self) -> History {
		let history = History::wait_for_the_end(&self.chain, &self.asked);
		for (number, block) in &self.finals {
			assert_eq!(self.chain.hash_of(*number), Some(*block), "block {number} was final");
		}
		history.assert_whole(&self.chain, &self.asked);
		self.asked.iter().for_each(|question| assert_answered(&self.chain, &history, question));
		assert_no_panic(&self.node.as_ref().expect("it runs").log());
		history
	}
}

/// Sets the stage, in three blocks.
pub fn set_the_stage(chain: &Chain, consumers: &[Sr25519Keyring]) {
	stage::insert_service_key(chain);
	// Money is soon on its way. Who asks knows the node, and does not look for it on chain.
	let terms = pallet_credits::PlanTerms { dispute_window: 2, ..stage::plan_terms() };
	stage::set_with(chain, "http://127.0.0.1:9", terms);
	let first = chain.best_number();
	let buy = |who: &Sr25519Keyring| chain.send(*who, vec![stage::buy(chain, BOUGHT)]);
	for transaction in consumers.iter().flat_map(buy).collect::<Vec<_>>() {
		assert_eq!(chain.wait_for_inclusion(&transaction, first).result, Ok(()));
	}
}

/// That who paid for an answer gets it.
pub fn assert_answered(chain: &Chain, history: &History, question: &Question) {
	let (job, story) = history.the(question);
	let Ending::Receipt(receipt) = history.ending(question) else { return };
	if story.charged() == 0 {
		return;
	}
	let (answer, kept) = question.answer(chain, job);
	assert_eq!(kept, **receipt, "job {job}");
	assert_eq!(receipt.response, commit(Kind::Response, &question.salt(), &answer), "job {job}");
	let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
	let content = &answer["choices"][0]["message"]["content"];
	assert_eq!(*content, answer_to(&question.text), "job {job}");
	// As the backend counts.
	assert_eq!(receipt.units, 21 + answer_to(&question.text).len() as Balance, "job {job}");
}

fn assert_no_panic(log: &str) {
	assert!(!log.contains("panicked"), "{log}");
}

/// A number from the environment.
pub fn setting(name: &str, usually: u64) -> u64 {
	std::env::var(name).map_or(usually, |value| value.parse().expect("it is a number"))
}
