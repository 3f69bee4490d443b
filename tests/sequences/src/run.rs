//! Many sequences, and the shortest one where something breaks.

use crate::{
	machine::{Coverage, Machine},
	setup::Start,
	step::{any_step, Step},
	Violation,
};
use proptest::{
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};
use proptest_state_machine::Sequential;
use std::{
	cell::RefCell,
	sync::{
		atomic::{AtomicBool, AtomicUsize, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};

/// How much is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
	/// Steps, all together. The last sequence is not cut short.
	pub steps: usize,
	/// Steps of a sequence.
	pub length: usize,
	/// The most artifacts of a lineage: up to 64, or up to 1,024.
	pub artifacts: u16,
	/// What the sequences are drawn from.
	pub seed: u64,
	/// How long a failing sequence is made shorter.
	pub shrink: Duration,
	/// Whether to say how far it is.
	pub progress: bool,
}

/// What was run.
#[derive(Clone, Default, Debug)]
pub struct Report {
	/// Sequences.
	pub sequences: usize,
	/// Steps, after each of which everything was checked.
	pub steps: usize,
	/// What succeeded, and what failed.
	pub coverage: Coverage,
	/// The largest difference between what a payee got and what it is owed exactly, in units.
	pub difference: f64,
	/// How long it took.
	pub took: Duration,
}

thread_local! {
	/// How a step is drawn. Made once: it is asked for at every step.
	static STEP: BoxedStrategy<Step> = any_step();
}

/// Set when the SDK reports what it holds to be impossible.
static DEFENSIVE: AtomicBool = AtomicBool::new(false);

struct DefensiveLog;

impl log::Log for DefensiveLog {
	fn enabled(&self, metadata: &log::Metadata) -> bool {
		metadata.level() == log::Level::Error
	}

	fn log(&self, record: &log::Record) {
		if record.target().contains("defensive") {
			DEFENSIVE.store(true, Ordering::Relaxed);
		}
	}

	fn flush(&self) {}
}

/// Runs sequences. Where one breaks something, returns the story of the shortest that still does.
pub fn run(options: &Options) -> Result<Report, String> {
	let _ = log::set_logger(&DefensiveLog).map(|()| log::set_max_level(log::LevelFilter::Error));
	let begun = Instant::now();
	let length = options.length.max(1);
	let sequences = options.steps.div_ceil(length);
	let config = Config {
		cases: u32::try_from(sequences).unwrap_or(u32::MAX),
		// The largest number means something else.
		max_shrink_iters: u32::MAX - 1,
		max_shrink_time: u32::try_from(options.shrink.as_millis()).unwrap_or(u32::MAX),
		failure_persistence: None,
		..Config::default()
	};
	let mut seed = [0; 32];
	seed[..8].copy_from_slice(&options.seed.to_le_bytes());
	let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
	let report = RefCell::new(Report::default());
	let broken = AtomicBool::new(false);

	let (least, most) =
		if options.artifacts > 64 { (1_000, 1_024) } else { (1, options.artifacts) };
	let start = (least..=most, any::<u64>())
		.prop_map(|(artifacts, seed)| Start { artifacts, seed })
		.sboxed();
	let strategy = Sequential::new(
		(length..=length).into(),
		move || start.clone(),
		|_, _| true,
		|_| STEP.with(Clone::clone),
		|start, _| start,
	);
	let outcome =
		TestRunner::new_with_rng(config, rng).run(
			&strategy,
			|(start, steps, seen)| match sequence(&start, &steps, seen) {
				Ok((coverage, difference)) => {
					if !broken.load(Ordering::Relaxed) {
						let mut report = report.borrow_mut();
						report.sequences += 1;
						report.steps += steps.len();
						report.coverage.add(&coverage);
						report.difference = report.difference.max(difference);
						if options.progress {
							let rate = report.steps as f64 / begun.elapsed().as_secs_f64();
							eprintln!("{} steps, {rate:.0} a second", report.steps);
						}
					}
					Ok(())
				}
				Err(story) => {
					if !broken.swap(true, Ordering::Relaxed) && options.progress {
						eprintln!("a sequence fails: looking for a shorter one");
					}
					Err(TestCaseError::fail(story))
				}
			},
		);
	match outcome {
		Ok(()) => {
			let mut report = report.into_inner();
			report.took = begun.elapsed();
			Ok(report)
		}
		Err(TestError::Fail(why, (start, steps, _))) => {
			Err(format!("seed {}, {} steps from {start:?}\n{why}", options.seed, steps.len()))
		}
		Err(TestError::Abort(why)) => Err(format!("no sequences: {why}")),
	}
}

/// One sequence: what it covered, and the largest difference from the exact model. Where something
/// breaks, its story.
fn sequence(
	start: &Start,
	steps: &[Step],
	seen: Option<Arc<AtomicUsize>>,
) -> Result<(Coverage, f64), String> {
	let mut machine = Machine::new(start).map_err(|what| format!("set-up: {}", what.0))?;
	let tell = |machine: &Machine, what: Violation| format!("{}\n{}", machine.story(), what.0);
	for step in steps {
		if let Some(seen) = &seen {
			seen.fetch_add(1, Ordering::SeqCst);
		}
		let verdict = machine.perform(step).and_then(|()| machine.check());
		verdict.and_then(|()| no_defensive()).map_err(|what| tell(&machine, what))?;
	}
	let verdict = machine.finish().and_then(|difference| no_defensive().map(|()| difference));
	let difference = verdict.map_err(|what| tell(&machine, what))?;
	Ok((machine.coverage().clone(), difference))
}

fn no_defensive() -> Result<(), Violation> {
	crate::must!(
		!DEFENSIVE.swap(false, Ordering::Relaxed),
		"the SDK reports something that it holds to be impossible"
	);
	Ok(())
}
