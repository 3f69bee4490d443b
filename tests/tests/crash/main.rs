//! Whole after a crash: no job in a final block is lost, nothing is paid twice, and every unit is charged
//! or back, whenever a node is killed and whatever block is reorganised away.
//!
//! Each part waits for blocks most of the time, so one test plays all of them side by side, each small.
//! By itself each is a test that is ignored, for longer runs: `docs/testing.md` has the commands.

mod backend;
mod forks;
mod kills;
mod moments;
mod slow;
mod world;

use std::thread;

#[test]
fn nothing_is_lost_in_a_crash() {
	thread::scope(|scope| {
		let parts: [(&str, fn()); 5] = [
			("random moments", kills::random_moments),
			("named moments", moments::named_moments),
			("reorganisation", forks::another_chain_wins),
			("reorganisation with a rival", forks::another_chain_with_a_rival_wins),
			("slow", slow::many_slow_jobs),
		];
		let parts = parts.map(|(name, part)| (name, scope.spawn(part)));
		let failed = parts.into_iter().filter_map(|(name, part)| part.join().err().map(|_| name));
		assert_eq!(failed.collect::<Vec<_>>(), [""; 0]);
	});
}

#[test]
#[ignore = "a part of nothing_is_lost_in_a_crash"]
fn nothing_is_lost_at_random_moments() {
	kills::random_moments();
}

#[test]
#[ignore = "a part of nothing_is_lost_in_a_crash"]
fn nothing_is_lost_at_named_moments() {
	moments::named_moments();
}

#[test]
#[ignore = "a part of nothing_is_lost_in_a_crash"]
fn nothing_is_lost_with_a_block() {
	forks::another_chain_wins();
}

#[test]
#[ignore = "a part of nothing_is_lost_in_a_crash"]
fn nothing_is_lost_with_a_block_in_whose_place_others_asked() {
	forks::another_chain_with_a_rival_wins();
}

#[test]
#[ignore = "a part of nothing_is_lost_in_a_crash"]
fn slow_jobs_are_in_time_and_blocks_too() {
	slow::many_slow_jobs();
}
