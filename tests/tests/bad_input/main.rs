//! Bad input, end to end: a real node refuses it, says why and what to do, and nothing changes but for
//! the fee that a refused call costs its sender.
//!
//! The nodes have no worker: the test of receipts is the provider's worker, and signs them itself.

mod calls;
mod commands;
mod configs;
mod receipts;

use sp_keyring::Sr25519Keyring::{Bob, Eve};
use std::thread;
use tallystick_primitives::{Balance, Digest};
use tallystick_runtime::BlockNumber;
use tallystick_tests::{
	stage,
	state::{Changes, State},
	Chain, Node,
};

/// What nothing has for an id, or for a digest.
const UNKNOWN: u32 = 99;
const UNKNOWN_DIGEST: Digest = Digest::repeat_byte(0x77);

/// The units that Eve buys, and that each of her jobs holds.
const BOUGHT: Balance = 1_000;
const HELD: Balance = 200;
/// A deadline that is longer than any test.
const LATER: BlockNumber = 600;

#[test]
fn commands_and_calls_that_are_wrong_are_refused_and_cost_a_fee() {
	let folder = tempfile::tempdir().unwrap();
	let node = Node::start(folder.path(), &[]);
	let chain = set_up(&node, &[LATER]);
	commands::are_refused(&node, &chain);
	calls::are_refused(&chain);
	calls::shares_are_at_most_the_whole(&chain);
}

#[test]
fn receipts_that_are_wrong_are_refused_and_a_good_one_counts_once() {
	let folder = tempfile::tempdir().unwrap();
	let node = Node::start(folder.path(), &[]);
	let chain = set_up(&node, &[LATER, LATER, 3]);
	let late = receipts::Late::of(&chain);
	receipts::are_refused(&chain);
	receipts::settle_a_job_once(&node, &chain);
	receipts::end_a_job_without_a_charge(&node, &chain);
	receipts::are_refused_after_the_grace(&node, &chain, late);
}

/// Sets the stage, with Bob for a provider without an offering, and with credits and jobs of Eve's.
fn set_up(node: &Node, deadlines: &[BlockNumber]) -> Chain {
	let chain = Chain::of(node);
	// Nobody asks there.
	let endpoint = "http://127.0.0.1:9";
	thread::scope(|scope| {
		scope.spawn(|| stage::set(&chain, endpoint));
		let provider = stage::register_provider(&chain, Bob, "//Bob//service", endpoint);
		chain.do_all(Bob, vec![provider]);
	});
	let requests = deadlines.iter().zip(0..).map(|(deadline, job)| {
		calls::request(&chain, |params| {
			params.input = calls::question(job);
			params.deadline = *deadline;
			// Not for longer than the job has time.
			params.valid_until = params.valid_until.min(chain.best_number() + *deadline);
		})
	});
	let calls = [stage::buy(&chain, BOUGHT)].into_iter().chain(requests).collect();
	chain.do_all(Eve, calls);
	chain
}

/// Does what must change nothing but for the fees of transactions. Returns how many there were.
fn only_fees(chain: &Chain, act: impl FnOnce()) -> usize {
	let before = State::now(chain);
	act();
	let Changes { senders, others } = State::now(chain).since(&before);
	assert_eq!(others, [""; 0]);
	senders.values().sum::<u32>() as usize
}
