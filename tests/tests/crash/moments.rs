//! The node is killed at each moment in the life of a job that has a name, many of them at once: the
//! backend holds its answers until the test wants the next moment to come.
//!
//! Some moments are short, and can be missed. Then those jobs are as good as any others, and the moment
//! is tried again with new ones.

use crate::{
	backend::Act,
	world::{World, CONSUMERS},
};
use std::{
	thread,
	time::{Duration, Instant},
};
use tallystick_primitives::JobId;
use tallystick_runtime::RuntimeCall;
use tallystick_tests::{
	jobs::{Ending, Question},
	node::{wait_for, PATIENCE},
};

/// How often a moment is tried.
const TRIES: u32 = 5;
/// Answers that come at once, for a moment of milliseconds.
const BATCH: usize = 4;
/// Calls at once: room for a batch, and too little for all jobs of the other moments.
const MANY: u32 = 16;
const FEW: u32 = 2;

pub fn named_moments() {
	let world = World::new(MANY, |_, _| Act::Hold);
	let mut stage = Stage { world, calls: vec![] };
	stage.hit("an answer is kept, and no receipt", MANY, Stage::answer_is_kept);
	stage.hit("a receipt is kept, and in no block", FEW, Stage::receipt_is_kept);
	stage.hit("before, during and long after calls", FEW, Stage::before_during_and_after);
	for (question, _) in &stage.calls {
		if stage.heard(question) == 0 {
			question.hand_in(&stage.world.chain);
		}
	}

	let Stage { mut world, calls } = stage;
	let history = world.wait_for_the_end();
	for (question, calls) in calls {
		assert!(matches!(history.ending(&question), Ending::Receipt(receipt) if receipt.units > 0));
		assert_eq!(world.backend.heard(&question.text), calls, "{question:?}");
	}
}

struct Stage {
	world: World,
	/// All questions, and how often the backend has to hear them in all.
	calls: Vec<(Question, u32)>,
}

impl Stage {
	/// Kills the node at a moment, until that is hit. Then so many calls can be made at once.
	fn hit(&mut self, name: &str, next_calls: u32, moment: fn(&mut Self) -> bool) {
		for tries in 1..=TRIES {
			let is_hit = moment(self);
			if is_hit {
				self.world.set_concurrency(next_calls);
			}
			self.world.start();
			if is_hit {
				println!("{name}: hit at try {tries}");
				return;
			}
		}
		panic!("{name}: missed {TRIES} times");
	}

	/// The answer to one question is kept, and there is no receipt for it. That to another is with the
	/// node, which has not looked at it.
	fn answer_is_kept(&mut self) -> bool {
		let [outputs, receipts] = self.kill_when_kept("outputs");
		outputs == receipts + 1 && outputs < BATCH
	}

	/// The same one step later: the receipt is kept, and no block has it.
	fn receipt_is_kept(&mut self) -> bool {
		let [outputs, receipts] = self.kill_when_kept("receipts");
		outputs == receipts && receipts < BATCH
	}

	/// Kills the node in the middle of a batch of answers: when there is such a file for the second.
	/// Returns how many files there are of answers, and of receipts.
	fn kill_when_kept(&mut self, what: &str) -> [usize; 2] {
		let questions = self.questions::<BATCH>();
		questions.iter().for_each(|question| question.hand_in(&self.world.chain));
		let jobs = self.ask(&questions);
		self.wait_for_calls(&questions);
		self.wait_for_receipts_before(jobs[0]);

		let count = |this: &Self, what: &str| {
			jobs.iter().filter(|job| this.world.kept(what, **job).exists()).count()
		};
		questions.iter().for_each(|question| self.let_go(question));
		let began_at = Instant::now();
		while count(self, what) < 2 {
			assert!(began_at.elapsed() < PATIENCE, "waited in vain for {what}");
			// There are two writes to the disk from a step to the next.
			thread::sleep(Duration::from_micros(20));
		}
		self.world.kill();
		questions.iter().for_each(|question| self.world.backend.wait_for_answer(&question.text));
		for (question, job) in questions.into_iter().zip(&jobs) {
			// Where there is a signed receipt no backend is called again.
			let calls = if self.world.kept("receipts", *job).exists() { 1 } else { 2 };
			self.calls.push((question, calls));
		}
		["outputs", "receipts"].map(|what| count(self, what))
	}

	/// Before the call: one job waits for its input, one in the queue. During it: two jobs. After it: the
	/// receipt of one job is in the pool, that of another in the newest block, which is not final.
	fn before_during_and_after(&mut self) -> bool {
		let mut questions = self.questions::<6>();
		let [.., waiting] = &mut questions;
		waiting.is_inline = false;
		let (with_input, _) = questions.split_at(5);
		with_input.iter().for_each(|question| question.hand_in(&self.world.chain));
		let jobs = self.ask(&questions);
		let asked = self.world.chain.best_number();
		// Calls are made in the order of the jobs, two at once.
		let (first, rest) = questions.split_at(FEW as usize);
		self.wait_for_calls(first);
		self.wait_for_receipts_before(jobs[0]);
		wait_for("the jobs to be final", || {
			(self.world.chain.finalized_number() >= asked).then_some(())
		});

		self.let_go(&first[0]);
		wait_for("the receipt in a block", || (!self.is_open(&first[0])).then_some(()));
		self.let_go(&first[1]);
		wait_for("the receipt in the pool", || self.is_in_pool(jobs[1]).then_some(()));
		self.wait_for_calls(&rest[..2]);
		let is_final = self.world.chain.finalized() == self.world.chain.best();
		self.world.kill();
		let calls = [1, 1, 1, 1, 0, 0];
		assert_eq!(questions.each_ref().map(|question| self.heard(question)), calls);
		questions.iter().for_each(|question| self.let_go(question));
		let calls = [1, 1, 2, 2, 1, 1];
		self.calls.extend(questions.into_iter().zip(calls));
		!is_final
	}

	/// New questions. Every other input is on chain.
	fn questions<const N: usize>(&self) -> [Question; N] {
		let mut number = self.calls.len();
		[(); N].map(|()| {
			number += 1;
			let text = format!("What is {number}?");
			Question { who: CONSUMERS[0], text, is_inline: number.is_multiple_of(2), deadline: 60 }
		})
	}

	/// Asks, and waits for the jobs.
	fn ask(&mut self, questions: &[Question]) -> Vec<JobId> {
		self.world.ask(questions.iter().cloned());
		questions.iter().map(|question| question.wait_for_job(&self.world.chain).0).collect()
	}

	fn heard(&self, question: &Question) -> u32 {
		self.world.backend.heard(&question.text)
	}

	fn let_go(&self, question: &Question) {
		self.world.backend.let_go(&question.text);
	}

	fn wait_for_calls(&self, questions: &[Question]) {
		wait_for("the calls", || {
			questions.iter().all(|question| self.heard(question) > 0).then_some(())
		});
	}

	/// Waits until the jobs before this one are done with the backend. They need no block for that.
	fn wait_for_receipts_before(&self, first: JobId) {
		let Self { world, .. } = self;
		let open = world.asked.iter().filter_map(|question| question.job(&world.chain));
		for (job, _) in open.filter(|(job, _)| *job < first) {
			let kept = world.kept("receipts", job);
			wait_for("the receipt of an earlier job", || kept.exists().then_some(()));
		}
	}

	/// Whether the newest block has no receipt for a job.
	fn is_open(&self, question: &Question) -> bool {
		question.job(&self.world.chain).is_some_and(|(_, job)| job.is_open())
	}

	fn is_in_pool(&self, job: JobId) -> bool {
		let is_it = |call: &RuntimeCall| match call {
			RuntimeCall::Inference(pallet_inference::Call::submit_receipt { receipt, .. }) => {
				receipt.job == job
			}
			_ => false,
		};
		self.world.chain.pending().iter().any(|transaction| is_it(&transaction.function))
	}
}
