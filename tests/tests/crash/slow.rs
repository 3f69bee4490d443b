//! Many slow jobs at once are in time, and so are blocks: those that the node makes, and as another node
//! sees them.

use crate::{
	backend::Act,
	world::{setting, World, CONSUMERS},
};
use std::{
	collections::BTreeMap,
	sync::mpsc::{self, Receiver, TryRecvError},
	thread,
	time::{Duration, SystemTime},
};
use tallystick_runtime::{time::MILLISECS_PER_BLOCK, BlockNumber};
use tallystick_tests::{jobs::Question, node::wait_for, Chain, Node};

/// Blocks from a request to the call, and from the answer to the receipt, and some: a small run has all
/// other parts of this test beside it.
const SPARE: BlockNumber = 6;

pub fn many_slow_jobs() {
	let (jobs, seconds) = (setting("CRASH_SLOW_JOBS", 20), setting("CRASH_SLOW_SECONDS", 5));
	let concurrency = u32::try_from(jobs).unwrap();
	let mut world = World::new(concurrency, move |_, _| Act::Answer(Duration::from_secs(seconds)));
	let folder = tempfile::tempdir().unwrap();
	let other = Node::start_apart(folder.path(), &["--chain", "dev"]);
	let other = Chain::of(&other);
	world.chain.connect(&other);
	let best = world.chain.best_number();
	wait_for("the other node", || other.hash_of(best));

	let blocks = u32::try_from(seconds * 1_000 / MILLISECS_PER_BLOCK).unwrap();
	let questions: Vec<_> = (0..jobs)
		.map(|number| Question {
			who: CONSUMERS[0],
			text: format!("How slow is {number}?"),
			is_inline: number.is_multiple_of(2),
			deadline: blocks + SPARE,
		})
		.collect();
	questions.iter().for_each(|question| question.hand_in(&world.chain));
	let (goes_on, is_going_on) = mpsc::channel();
	let (history, seen) = thread::scope(|scope| {
		let seen = scope.spawn(|| watch(&other, is_going_on));
		world.ask(questions);
		let history = world.wait_for_the_end();
		drop(goes_on);
		(history, seen.join().unwrap())
	});

	let mut last = 0;
	for question in &world.asked {
		let (job, story) = history.the(question);
		let (block, _) = story.endings[0];
		assert!(block <= story.deadline, "job {job} is late: {story:?}");
		assert!(story.charged() > 0);
		last = last.max(block);
		assert_eq!(world.backend.heard(&question.text), 1);
	}
	assert_eq!(world.backend.most_calls(), concurrency, "all at once");

	let first = history.jobs.values().map(|story| story.asked_in).min().unwrap();
	let time_of = |number| world.chain.time_of(world.chain.hash_of(number).unwrap());
	let slot_of = |number| time_of(number) / MILLISECS_PER_BLOCK;
	let mut slowest = 0;
	for number in first..=last {
		let slots = slot_of(number) - slot_of(number - 1);
		assert!(slots <= 2, "{slots} slots before block {number}");
		let delay = seen[&number].saturating_sub(time_of(number));
		assert!(delay <= MILLISECS_PER_BLOCK, "block {number} was seen after {delay} ms");
		slowest = slowest.max(delay);
	}
	let missed = slot_of(last) - slot_of(first) - u64::from(last - first);
	println!(
		"{jobs} jobs of {seconds} s: blocks {first} to {last}, {missed} slots missed, the slowest \
		block was elsewhere after {slowest} ms"
	);
}

/// When a node has which block, in milliseconds since the Unix epoch.
fn watch(chain: &Chain, is_going_on: Receiver<()>) -> BTreeMap<BlockNumber, u64> {
	let mut seen = BTreeMap::new();
	let mut next = chain.best_number() + 1;
	while is_going_on.try_recv() != Err(TryRecvError::Disconnected) {
		let best = chain.best_number();
		let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
		for number in next..=best {
			seen.insert(number, u64::try_from(now.as_millis()).unwrap());
		}
		next = next.max(best + 1);
		thread::sleep(Duration::from_millis(20));
	}
	seen
}
