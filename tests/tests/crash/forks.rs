//! Blocks with requests and receipts are reorganised away, under a worker that goes on.
//!
//! A validator makes blocks, and finality waits. It dies; another machine that has its keys, and not its
//! last blocks, makes others. So the provider's node sees a chain end, and goes over to a longer one.

use crate::{
	backend::{Act, Backend},
	world::{assert_answered, set_the_stage, ARCHIVE},
};
use sp_keyring::Sr25519Keyring::{self, Eve, Ferdie};
use std::{path::Path, thread, time::Duration};
use tallystick_tests::{
	jobs::{self, History, Question},
	node::wait_for,
	Chain, Node,
};

/// The chain, whatever a node is in it.
const CHAIN: [&str; 2] = ["--chain", "dev"];
/// Who makes blocks.
const VALIDATOR: [&str; 2] = ["--alice", "--force-authoring"];

/// The jobs of the blocks that go come into other blocks under the ids that they had.
pub fn another_chain_wins() {
	reorganise(false);
}

/// In the blocks that stay somebody else has asked: ids stand for other jobs.
pub fn another_chain_with_a_rival_wins() {
	reorganise(true);
}

/// A question, to a backend that holds it at first if that is in it.
fn question(who: Sr25519Keyring, text: &str) -> Question {
	Question { who, text: text.into(), is_inline: false, deadline: 60 }
}

fn start(folder: &Path, name: &str, arguments: &[&str]) -> (Node, Chain) {
	let folder = folder.join(name);
	std::fs::create_dir_all(&folder).unwrap();
	let node = Node::start_apart(&folder, &[&CHAIN, arguments].concat());
	let chain = Chain::of(&node);
	(node, chain)
}

/// Waits until all these have ended in the chain as it is now.
fn wait_for_endings(chain: &Chain, questions: &[&Question]) {
	wait_for("jobs to end", || {
		let history = History::until(chain, chain.best_number());
		let has_ended = |question: &&Question| {
			history.has(question) && !history.the(question).1.endings.is_empty()
		};
		questions.iter().all(has_ended).then_some(())
	});
}

fn reorganise(has_rival: bool) {
	let backend = Backend::start(|question, nth| match nth {
		1 if question.contains("hold") => Act::Hold,
		_ => Act::Answer(Duration::ZERO),
	});
	let folder = tempfile::tempdir().unwrap();
	let folder = folder.path();
	let config = backend.write_config(folder, 16);
	let provider = [&ARCHIVE[..], &["--inference-config", config.to_str().unwrap()]].concat();
	let validator = [&VALIDATOR[..], &["--no-grandpa"]].concat();
	let [(_worker, worker), (first, first_chain), (spare, spare_chain)] = thread::scope(|scope| {
		let nodes = [("worker", &provider[..]), ("first", &validator), ("second", &[])];
		let nodes =
			nodes.map(|(name, arguments)| scope.spawn(move || start(folder, name, arguments)));
		nodes.map(|node| node.join().unwrap())
	});
	worker.connect(&first_chain);
	first_chain.connect(&spare_chain);

	// What both chains have.
	set_the_stage(&worker, &[Eve, Ferdie]);
	let before = question(Eve, "Before it? (hold)");
	before.hand_in(&worker);
	jobs::ask(&worker, [&before]);
	let fork = before.wait_for_job(&worker).1.requested_at;
	wait_for("the other machine", || spare_chain.hash_of(fork));
	wait_for("the call", || (backend.heard(&before.text) == 1).then_some(()));
	spare.stop();

	// What only the first chain has: the receipt of that job, a job with its receipt, and one that is
	// at the backend.
	let [lost, under_way] = ["Lost?", "Under way? (hold)"].map(|text| question(Eve, text));
	[&lost, &under_way].into_iter().for_each(|question| question.hand_in(&worker));
	jobs::ask(&worker, [&lost, &under_way]);
	backend.let_go(&before.text);
	wait_for_endings(&worker, &[&before, &lost]);
	wait_for("the call", || (backend.heard(&under_way.text) == 1).then_some(()));
	let (id, job) = under_way.wait_for_job(&worker);
	first.kill();

	// What only the second chain has.
	let (_second, second_chain) = start(folder, "second", &VALIDATOR);
	let rival = question(Ferdie, "Whose turn is it?");
	let mut asked = vec![before, lost, under_way];
	if has_rival {
		rival.hand_in(&worker);
		jobs::ask(&second_chain, [&rival]);
		asked.push(rival);
	}
	let ending = worker.best_number();
	second_chain.wait_for_block(ending + 2);
	let asked_in = job.requested_at;
	let gone = worker.hash_of(asked_in).unwrap();
	worker.connect(&second_chain);
	wait_for("the reorganisation", || {
		let there = worker.hash_of(asked_in)?;
		(there != gone && Some(there) == second_chain.hash_of(asked_in)).then_some(())
	});

	// The call that is under way is in nobody's way.
	let under_way = asked[2].clone();
	let others: Vec<_> = asked.iter().filter(|question| question.text != under_way.text).collect();
	wait_for_endings(&worker, &others);
	backend.let_go(&under_way.text);
	let history = History::wait_for_the_end(&worker, &asked);
	history.assert_whole(&worker, &asked);
	asked.iter().for_each(|question| assert_answered(&worker, &history, question));

	// An answer is good for the same job in another block. It is not good for another job under the same
	// id, nor for the same question under another.
	assert_eq!(history.the(&under_way).0 == id, !has_rival);
	let again = if has_rival { 2 } else { 1 };
	let calls: Vec<_> = asked.iter().map(|question| backend.heard(&question.text)).collect();
	assert_eq!(calls, [&[1, again, again][..], &[1][..usize::from(has_rival)]].concat());
}
