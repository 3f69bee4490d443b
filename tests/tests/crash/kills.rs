//! The node is killed at random moments, some of them while it starts.

use crate::{
	backend::Act,
	world::{setting, World, CONSUMERS},
};
use frame_support::Hashable;
use std::time::{Duration, SystemTime};
use tallystick_tests::jobs::{Ending, Question};

/// The longest that a node runs before it is killed, in milliseconds: from a request to when its receipt
/// is final are three blocks.
const LONGEST_RUN: u64 = 9_000;
/// The longest that a node is given to start before it is killed, in milliseconds.
const LONGEST_START: u64 = 1_500;
/// Of so many jobs one has no input. It takes a minute to lapse: too long for a small run, which has
/// none.
const WITHOUT_INPUT: u64 = 40;

/// What is the same each time for the same seed.
struct Chance {
	seed: u64,
	drawn: u64,
}

impl Chance {
	fn new() -> Self {
		let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
		let seed = setting("CRASH_SEED", now.as_secs());
		println!("CRASH_SEED={seed}");
		Self { seed, drawn: 0 }
	}

	fn below(&mut self, end: u64) -> u64 {
		self.drawn += 1;
		let [a, b, c, d, e, f, g, h, ..] = (self.seed, self.drawn).blake2_256();
		u64::from_le_bytes([a, b, c, d, e, f, g, h]) % end
	}
}

/// The first word of a question is what the backend does with it.
fn script(question: &str, nth: u32) -> Act {
	let mut words = question.split(' ');
	match words.next().unwrap() {
		"nothing" => Act::Nothing,
		"fails" if nth == 1 => Act::Fail,
		"breaks" if nth == 1 => Act::HangUp,
		_ => Act::Answer(Duration::from_millis(words.next().unwrap().parse().unwrap())),
	}
}

fn question(number: u64, chance: &mut Chance) -> Question {
	let kind = match chance.below(10) {
		0 => "nothing",
		1 => "fails",
		2 => "breaks",
		_ => "answers",
	};
	let has_no_input = number % WITHOUT_INPUT == WITHOUT_INPUT - 1;
	Question {
		who: CONSUMERS[chance.below(CONSUMERS.len() as u64) as usize],
		text: format!("{kind} {} {number}", chance.below(2_500)),
		is_inline: chance.below(2) == 0 && !has_no_input,
		deadline: if has_no_input { 3 } else { 60 },
	}
}

pub fn random_moments() {
	let (jobs, kills) = (setting("CRASH_JOBS", 30), setting("CRASH_KILLS", 4));
	let mut chance = Chance::new();
	let mut world = World::new(16, script);
	let (mut asked, mut killed) = (0, 0);
	while killed < kills {
		let until = (jobs * (killed + 1)).div_ceil(kills);
		let questions: Vec<_> =
			(asked..until).map(|number| question(number, &mut chance)).collect();
		for (question, number) in questions.iter().zip(asked..) {
			if number % WITHOUT_INPUT != WITHOUT_INPUT - 1 {
				question.hand_in(&world.chain);
			}
		}
		asked = until;
		world.ask(questions);
		world.watch(Duration::from_millis(chance.below(LONGEST_RUN)));
		world.kill();
		killed += 1;
		// The last is not among these: before it, all that is left is asked.
		while killed + 1 < kills && chance.below(4) == 0 {
			world.start_and_kill(Duration::from_millis(chance.below(LONGEST_START)));
			killed += 1;
		}
		world.start();
		world.ask_again();
	}

	let history = world.wait_for_the_end();
	let (mut lapsed, mut unpaid, mut calls) = (0, 0, 0);
	for question in &world.asked {
		calls += world.backend.heard(&question.text);
		match history.ending(question) {
			Ending::Lapsed(_) => lapsed += 1,
			Ending::Receipt(receipt) if receipt.units == 0 => unpaid += 1,
			_ => {}
		}
	}
	assert_eq!(lapsed, jobs / WITHOUT_INPUT);
	println!(
		"{} jobs, {killed} kills, {} blocks: {lapsed} lapsed, {unpaid} charged nothing, {calls} calls",
		world.asked.len(),
		history.last
	);
}
