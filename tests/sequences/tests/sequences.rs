//! A short run for every change; `scripts/sequences.sh` is the long one.

use std::time::Duration;
use tallystick_sequences::{
	machine::{CALLS, HAPPENINGS},
	run::{run, Options, Report},
};

fn check(steps: usize, length: usize, artifacts: u16, seed: u64) -> Report {
	let shrink = Duration::from_secs(120);
	let options = Options { steps, length, artifacts, seed, shrink, progress: false };
	run(&options).unwrap_or_else(|story| panic!("{story}"))
}

#[test]
fn random_sequences_keep_the_books_and_reach_every_call() {
	let report = check(12_000, 250, 64, 2026);
	assert_eq!(report.coverage.missing(&CALLS), [""; 0]);
	assert_eq!(report.coverage.missing(&HAPPENINGS), [""; 0]);
}

#[test]
fn random_sequences_keep_the_books_of_a_thousand_artifacts() {
	check(200, 100, 1_024, 2026);
}
