use super::{
	host::{Host, Reply},
	job, TestChain, View,
};
use crate::worker::{
	journal, lease, lock,
	queue::{self, Entry, Found, PLACES},
	store,
};
use std::sync::Arc;
use tallystick_primitives::{
	offchain::{receipt_key, LEASE},
	Digest,
};

fn host() -> Arc<Host> {
	Host::new(1, vec![], |_| Reply::hangs())
}

fn busy(name: &str, calls: u32) -> lease::Busy {
	vec![(name.into(), calls)]
}

fn takes(run: u64, now: u64) -> Option<lease::Busy> {
	lease::take(run, now).map(|others| others.busy)
}

fn renews(run: u64, now: u64) -> Option<lease::Busy> {
	lease::renew(run, now).map(|others| others.busy)
}

#[test]
fn values_are_changed_in_one_step() {
	host().within(|| {
		let add = |value: Option<u32>| (Some(value.unwrap_or(10) + 1), value);
		assert_eq!(store::update(b"x", add), Some(None));
		assert_eq!(store::update(b"x", add), Some(Some(11)));
		assert_eq!(store::get::<u32>(b"x"), Some(12));
		assert_eq!(store::update(b"x", |_: Option<u32>| (None, "nothing")), Some("nothing"));
		assert_eq!(store::get::<u32>(b"x"), Some(12));
	});
}

#[test]
fn a_change_is_made_again_if_another_run_was_faster() {
	host().within(|| {
		let mut times = 0;
		store::update(b"x", |value: Option<u32>| {
			times += 1;
			if times == 1 {
				store::set(b"x", &5u32);
			}
			(Some(value.unwrap_or_default() + 1), ())
		});
		assert_eq!((times, store::get::<u32>(b"x")), (2, Some(6)));
		// Others who are always faster do not keep a run for ever.
		let always = store::update(b"x", |value: Option<u32>| {
			store::set(b"x", &(value.unwrap() + 1));
			(Some(0u32), ())
		});
		assert_eq!(always, None);
	});
}

#[test]
fn what_cannot_be_read_is_as_good_as_nothing() {
	host().within(|| {
		store::set(b"x", &1u8);
		assert_eq!(store::get::<u64>(b"x"), None);
		store::update(b"x", |value: Option<u64>| (Some(value.map_or(7u64, |_| 8)), ()));
		assert_eq!(store::get::<u64>(b"x"), Some(7));
	});
}

#[test]
fn many_threads_change_one_value_without_losing_a_change() {
	let host = host();
	let add = |host: Arc<Host>| {
		std::thread::spawn(move || {
			host.within(|| {
				for _ in 0..500 {
					while store::update(b"x", |value: Option<u32>| {
						(Some(value.unwrap_or_default() + 1), ())
					})
					.is_none()
					{}
				}
			})
		})
	};
	let threads: Vec<_> = (0..4).map(|_| add(host.clone())).collect();
	threads.into_iter().for_each(|thread| thread.join().unwrap());
	assert_eq!(host.get::<u32>(b"x"), Some(2_000));
}

#[test]
fn one_run_has_the_lease() {
	host().within(|| {
		assert_eq!(takes(1, 1_000), Some(vec![]));
		assert_eq!(takes(2, 1_000), None);
		assert_eq!(takes(2, 1_000 + lease::TERM_MS - 1), None);
		assert_eq!(renews(2, 1_000), None);
		assert_eq!(renews(1, 9_000), Some(vec![]));
		assert_eq!(takes(2, 9_000 + lease::TERM_MS - 1), None);
		lease::end(2);
		assert_eq!(takes(2, 10_000), None);
		lease::end(1);
		assert_eq!(takes(2, 10_000), Some(vec![]));
		assert_eq!(renews(1, 10_000), None);
	});
}

#[test]
fn a_lease_that_is_not_renewed_runs_out() {
	host().within(|| {
		lease::take(1, 1_000).unwrap();
		assert_eq!(takes(2, 1_000 + lease::TERM_MS), Some(vec![]));
		assert_eq!(renews(1, 1_000 + lease::TERM_MS), None);
	});
}

#[test]
fn a_lease_that_ran_out_is_still_its_holders_if_nobody_took_it() {
	host().within(|| {
		lease::take(1, 1_000).unwrap();
		assert_eq!(renews(1, 99_000), Some(vec![]));
		assert_eq!(takes(2, 99_001), None);
	});
}

#[test]
fn a_lease_from_before_the_clock_was_set_back_does_not_stand() {
	host().within(|| {
		lease::take(1, 1_000_000).unwrap();
		assert_eq!(takes(2, 1_000), Some(vec![]));
	});
}

#[test]
fn a_draining_run_tells_the_next_what_it_has_under_way() {
	host().within(|| {
		lease::take(1, 1_000).unwrap();
		assert!(lease::hand_over(1, 2_000, &busy("a", 3)));
		assert_eq!(takes(2, 2_000), Some(busy("a", 3)));
		lease::drain(1, 3_000, &busy("a", 1));
		assert_eq!(renews(2, 3_000), Some(busy("a", 1)));
		// A second one cannot drain at the same time.
		assert!(!lease::hand_over(2, 4_000, &busy("b", 1)));
		lease::end(1);
		assert_eq!(renews(2, 4_000), Some(vec![]));
		assert!(lease::hand_over(2, 5_000, &busy("b", 1)));
	});
}

#[test]
fn a_draining_run_that_died_is_forgotten() {
	host().within(|| {
		lease::take(1, 1_000).unwrap();
		lease::hand_over(1, 2_000, &busy("a", 3));
		lease::take(2, 2_000).unwrap();
		assert_eq!(renews(2, 2_000 + lease::TERM_MS), Some(vec![]));
		assert!(lease::hand_over(2, 2_000 + lease::TERM_MS, &vec![]));
	});
}

#[test]
fn a_backend_that_asked_for_it_is_left_alone_by_all() {
	host().within(|| {
		let pauses = |now| lease::renew(1, now).unwrap().pauses;
		lease::take(1, 1_000).unwrap();
		lease::pause("a", 5_000);
		lease::pause("b", 4_000);
		lease::pause("a", 6_000);
		assert_eq!(pauses(1_000), [("b".into(), 4_000), ("a".into(), 6_000)]);
		lease::end(1);
		assert_eq!(lease::take(1, 4_000).unwrap().pauses, [("a".into(), 6_000)]);
		assert_eq!(pauses(6_000), []);
	});
}

#[test]
fn only_the_holder_hands_over() {
	host().within(|| {
		lease::take(1, 1_000).unwrap();
		assert!(!lease::hand_over(2, 1_000, &vec![]));
		assert_eq!(takes(2, 1_000), None);
	});
}

#[test]
fn one_run_at_a_time_has_a_job() {
	let request = Digest::repeat_byte(1);
	host().within(|| {
		assert!(!lock::is_shut(5, &request, 1_000));
		assert_eq!(lock::take(5, &request, 1, 1_000), Some(0));
		assert!(lock::is_shut(5, &request, 1_000));
		assert_eq!(lock::take(5, &request, 2, 1_000), None);
		assert!(lock::renew(5, &request, 1, 10_000, 1));
		assert!(!lock::renew(5, &request, 2, 10_000, 1));
		assert_eq!(lock::take(5, &request, 2, 10_000 + lock::TERM_MS - 1), None);
		lock::release(5, &request, 1, 12_000, 1);
		assert!(lock::is_shut(5, &request, 11_999));
		assert_eq!(lock::take(5, &request, 2, 12_000), Some(1));
		assert!(!lock::renew(5, &request, 1, 12_000, 9));
		lock::release(5, &request, 1, 0, 9);
		assert!(lock::is_shut(5, &request, 12_000));
	});
}

#[test]
fn a_lock_whose_run_died_opens_and_remembers_the_tries() {
	let request = Digest::repeat_byte(1);
	host().within(|| {
		lock::take(5, &request, 1, 1_000).unwrap();
		lock::renew(5, &request, 1, 1_000, 2);
		assert_eq!(lock::take(5, &request, 2, 1_000 + lock::TERM_MS), Some(2));
		lock::release(5, &request, 2, 0, 3);
		assert_eq!(lock::take(5, &request, 3, 90_000), Some(3));
	});
}

#[test]
fn another_job_under_the_same_id_takes_the_lock_away() {
	let [old, new] = [1, 2].map(Digest::repeat_byte);
	host().within(|| {
		lock::take(5, &old, 1, 1_000).unwrap();
		lock::renew(5, &old, 1, 1_000, 3);
		assert!(!lock::is_shut(5, &new, 1_000));
		// Its tries are its own. The run can be the same.
		assert_eq!(lock::take(5, &new, 1, 1_000), Some(0));
		assert!(!lock::renew(5, &old, 1, 1_000, 3));
		lock::release(5, &old, 1, 0, 3);
		assert!(lock::is_shut(5, &new, 1_000));
		assert!(lock::renew(5, &new, 1, 1_000, 1));
	});
}

#[test]
fn a_lock_from_before_the_clock_was_set_back_does_not_stand() {
	host().within(|| {
		lock::take(5, &Digest::zero(), 1, 100_000_000).unwrap();
		assert!(!lock::is_shut(5, &Digest::zero(), 1_000));
	});
}

fn entry(id: u64, expires_at: u64) -> Entry<u64> {
	Entry { assignment: job(id, &super::no_key()), expires_at }
}

fn push(id: u64, expires_at: u64) -> bool {
	match queue::find(&entry(id, expires_at).assignment, 1_000) {
		Found::Free(place, before) => queue::put(place, before, &entry(id, expires_at)),
		_ => false,
	}
}

fn queued() -> Vec<u64> {
	(0..PLACES).filter_map(queue::look::<u64>).map(|(entry, _)| entry.assignment.job).collect()
}

#[test]
fn a_job_is_queued_once() {
	host().within(|| {
		assert!(push(5, 9_000));
		assert!(!push(5, 9_000));
		assert!(matches!(queue::find(&entry(5, 9_000).assignment, 1_000), Found::Queued));
		assert_eq!(queued(), [5]);
		let (_, bytes) = queue::look::<u64>(5).unwrap();
		queue::remove(5, bytes.clone());
		assert!(queued().is_empty());
		// Removing what is not there any more removes nothing.
		assert!(push(5, 8_000));
		queue::remove(5, bytes);
		assert_eq!(queued(), [5]);
	});
}

#[test]
fn jobs_that_belong_in_one_place_find_others_until_it_is_full() {
	let places = u64::from(PLACES);
	host().within(|| {
		for turn in 0..8 {
			assert!(push(1_020 + turn * places, 9_000), "{turn}");
		}
		assert!(!push(1_020 + 8 * places, 9_000));
		assert!(matches!(
			queue::find(&entry(1_020 + 8 * places, 0).assignment, 1_000),
			Found::Full
		));
		// One that comes free behind others is used, and the others are still found.
		let (first, bytes) = queue::look::<u64>(1_020).unwrap();
		assert_eq!(first.assignment.job, 1_020);
		queue::remove(1_020, bytes);
		assert!(matches!(
			queue::find(&entry(1_020 + 7 * places, 0).assignment, 1_000),
			Found::Queued
		));
		assert!(push(1_020 + 8 * places, 9_000));
	});
}

#[test]
fn what_has_expired_gives_its_place_away() {
	host().within(|| {
		assert!(push(5, 900));
		assert!(push(5 + u64::from(PLACES), 9_000));
		assert_eq!(queued(), [5 + u64::from(PLACES)]);
	});
}

#[test]
fn another_job_of_the_same_id_takes_its_place() {
	host().within(|| {
		assert!(push(5, 9_000));
		let other = super::job_with(5, &super::no_key(), b"{}", b"{}");
		let Found::Free(place, before) = queue::find(&other, 1_000) else { panic!() };
		assert!(queue::put(place, before, &Entry { assignment: other.clone(), expires_at: 9_000 }));
		let (now, _) = queue::look::<u64>(place).unwrap();
		assert_eq!(now.assignment, other);
		assert_eq!(queued(), [5]);
	});
}

#[test]
fn of_two_runs_that_want_a_place_one_gets_it() {
	host().within(|| {
		let (a, b) = (entry(5, 9_000), entry(5 + u64::from(PLACES), 9_000));
		let Found::Free(place, before) = queue::find(&a.assignment, 1_000) else { panic!() };
		let Found::Free(same, also) = queue::find(&b.assignment, 1_000) else { panic!() };
		assert_eq!(place, same);
		assert!(queue::put(place, before, &a));
		assert!(!queue::put(same, also, &b));
	});
}

#[test]
fn the_bell_is_heard() {
	host().within(|| {
		let before = queue::bell();
		queue::ring();
		assert_ne!(queue::bell(), before);
	});
}

#[test]
fn what_is_kept_for_a_job_goes_when_it_has_been_closed_for_long() {
	let host = host();
	let wait = 600_000;
	let sweep = |host: &Arc<Host>, now| {
		View::of(&host.world).enter();
		host.within(|| (0..16).for_each(|block| journal::sweep::<TestChain>(block, now)));
	};
	host.open(job(5, &host.key), u64::MAX / 2);
	host.within(|| {
		for id in [5, 6] {
			journal::note(id, 0);
			journal::note(id, 1);
			store::set(&receipt_key(id), &1u8);
			lock::take(id, &Digest::zero(), 1, 0);
		}
	});
	let kept = |id| host.has(&receipt_key(id));
	sweep(&host, wait - 1);
	sweep(&host, wait);
	assert!(kept(5) && kept(6), "it was closed when it was first looked at, no longer");
	sweep(&host, 2 * wait - 1);
	assert!(kept(5) && kept(6));
	sweep(&host, 2 * wait);
	assert!(kept(5) && !kept(6));
	host.within(|| assert!(!lock::is_shut(6, &Digest::zero(), 1)));
	// Closed, open again, closed: it counts from the last.
	let open = std::mem::take(&mut host.world.lock().unwrap().open);
	sweep(&host, 3 * wait);
	host.world.lock().unwrap().open = open;
	sweep(&host, 4 * wait);
	host.world.lock().unwrap().open.clear();
	sweep(&host, 5 * wait);
	assert!(kept(5));
	sweep(&host, 6 * wait);
	assert!(!kept(5));
	assert_eq!(host.keys(b"tallystick/lock/"), 0);
}

#[test]
fn the_journal_is_bounded() {
	let host = host();
	host.within(|| (0..40_000).for_each(|id| journal::note(id * 16, 0)));
	let journal: Vec<u8> = host
		.get::<Vec<(u64, u64, bool)>>(b"tallystick/journal/\0\0\0\0")
		.unwrap()
		.iter()
		.map(|_| 0)
		.collect();
	assert_eq!(journal.len(), 1_024);
	assert!(!host.has(LEASE));
}
