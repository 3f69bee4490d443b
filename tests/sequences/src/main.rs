//! `tallystick-sequences`: the long run.

use clap::Parser;
use std::{process::ExitCode, time::Duration};
use tallystick_sequences::{
	machine::{CALLS, HAPPENINGS},
	run::{run, Options, Report},
};

/// Random sequences of calls on the whole runtime, by fifty accounts, with blocks in between. After
/// each step all invariants hold, and every balance is what a model in exact arithmetic says. Where
/// they do not, it prints the shortest sequence it finds that still fails, and ends with 1.
#[derive(Parser)]
#[command(args_override_self = true)]
struct Arguments {
	/// Steps, all together.
	#[arg(long, env = "TALLYSTICK_SEQUENCE_STEPS", default_value_t = 100_000)]
	steps: usize,
	/// Steps of a sequence.
	#[arg(long, default_value_t = 250)]
	length: usize,
	/// The most artifacts of a lineage: 64 or less, or 1024.
	#[arg(long, default_value_t = 64)]
	artifacts: u16,
	/// What the sequences are drawn from: the same number, the same sequences.
	#[arg(long, default_value_t = 1)]
	seed: u64,
	/// Seconds to look for a shorter sequence that fails.
	#[arg(long, default_value_t = 300)]
	shrink: u64,
	/// Do not say how far it is.
	#[arg(long)]
	quiet: bool,
}

fn main() -> ExitCode {
	let arguments = Arguments::parse();
	let options = Options {
		steps: arguments.steps,
		length: arguments.length,
		artifacts: arguments.artifacts,
		seed: arguments.seed,
		shrink: Duration::from_secs(arguments.shrink),
		progress: !arguments.quiet,
	};
	match run(&options) {
		Ok(report) => {
			show(&report);
			ExitCode::SUCCESS
		}
		Err(story) => {
			eprintln!("{story}");
			ExitCode::FAILURE
		}
	}
}

fn show(report: &Report) {
	let Report { sequences, steps, coverage, difference, took } = report;
	println!("{:34} {:>9} {:>9}", "", "done", "refused");
	for (what, (done, refused)) in &coverage.0 {
		println!("{what:34} {done:>9} {refused:>9}");
	}
	for what in coverage.missing(&CALLS).iter().chain(&coverage.missing(&HAPPENINGS)) {
		println!("never: {what}");
	}
	let rate = *steps as f64 / took.as_secs_f64();
	println!(
		"{steps} steps in {sequences} sequences, all right; {:.0} s, {rate:.0} steps a second; at \
		 most {difference:.3} units between what a payee got and what it is owed",
		took.as_secs_f64()
	);
}
