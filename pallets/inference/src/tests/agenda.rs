//! What is done without a call: lapses, maturing, forgetting; slices and catching up; faults.

use super::*;
use frame_support::{traits::Hooks, weights::RuntimeDbWeight};

/// What a block weighs in which the agenda has nothing.
fn nothing_to_do() -> Weight {
	Inference::next_job_id_weight()
		+ <() as WeightInfo>::agenda()
		+ <() as WeightInfo>::agenda_block()
}

fn lapsed() -> usize {
	events().iter().filter(|event| matches!(event, Event::Lapsed { .. })).count()
}

#[test]
fn a_job_lapses_when_its_grace_is_over() {
	test_served(|| {
		let input = JobInput::Inline(inline_input());
		let id = request_with(CONSUMER, RequestParams { input, ..params(0) });
		let job = Inference::job(id).unwrap();
		assert_eq!((job.deadline, job.expires), (11, 14));
		System::reset_events();
		run_to_block(14);
		assert!(Inference::is_answerable(id));
		assert_eq!(events(), []);
		check_state();

		run_to_block(15);
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS);
		assert_no_jobs();
		assert_eq!(
			events(),
			[Event::Lapsed { job: id, provider: PROVIDER, consumer: CONSUMER, units: 100 }]
		);
	});
}

#[test]
fn nothing_is_left_of_jobs_when_their_time_is_over() {
	test_served(|| {
		MaxJobsPerBlock::set(100);
		for n in 0..30 {
			let id = request(n);
			match n % 3 {
				0 => settle(receipt(id)),
				1 => Inference::decline(signed(PROVIDER), id).unwrap(),
				_ => (),
			}
		}
		check_state();
		run_to_block(60);
		assert_no_jobs();
		assert_eq!(Agenda::<Test>::iter().count(), 0);
		assert_eq!(Commitments::<Test>::iter().count(), 0);
		assert_eq!(books::Deposits::<Test>::get().len(), 10);
		assert_eq!(Books::held(PLAN, CONSUMER), 0);
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS - 10 * 3);
	});
}

#[test]
fn a_slice_does_what_fits_and_later_slices_catch_up() {
	test_served(|| {
		MaxJobsPerBlock::set(100);
		for n in 0..35 {
			request(n);
		}
		run_to_block(14);
		System::reset_events();
		let (mut done, mut block) = (vec![], 14);
		while done.iter().sum::<usize>() < 35 {
			block += 1;
			let consumed = {
				System::set_block_number(block);
				Inference::on_initialize(block)
			};
			assert!(consumed.all_lte(SliceWeight::get()));
			check_state();
			done.push(lapsed());
		}
		assert!(done.len() > 2, "it takes several slices: {done:?}");
		assert!(done.iter().all(|n| *n > 0), "each slice does something: {done:?}");
		assert!(done[0] >= SLICE_ENTRIES as usize);
		assert_eq!(block, 14 + done.len() as u32);
		assert_no_jobs();
		// Caught up.
		assert_eq!(AgendaCursor::<Test>::get(), block + 1);
	});
}

#[test]
fn a_request_whose_job_was_answered_costs_a_slice_less_than_one_whose_job_lapses() {
	test_served(|| {
		settle(receipt(request(0)));
		run_to_block(14);
		assert_eq!(Inference::on_initialize(15), nothing_to_do() + <() as WeightInfo>::forget());
		System::set_block_number(15);
		let lapsing = Inference::job(request(1)).unwrap().due;
		run_to_block(lapsing - 1);
		assert_eq!(
			Inference::on_initialize(lapsing),
			nothing_to_do() + <() as WeightInfo>::lapse()
		);
		assert_eq!(Commitments::<Test>::iter().count(), 0);
		assert_eq!(Consumers::<Test>::iter().count(), 0);
	});
}

#[test]
fn an_idle_rest_of_a_block_catches_up() {
	test_served(|| {
		MaxJobsPerBlock::set(100);
		for n in 0..35 {
			request(n);
		}
		run_to_block(15);
		assert!(Consumers::<Test>::get(CONSUMER).open_jobs > 0);
		let consumed = Inference::on_idle(15, Weight::MAX);
		assert_no_jobs();
		assert!(consumed.ref_time() > 0);
		// With nothing to do it costs a look.
		let db: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
		assert_eq!(Inference::on_idle(15, Weight::MAX), db.reads(1));
		assert_eq!(Inference::on_idle(15, Weight::zero()), Weight::zero());
	});
}

#[test]
fn blocks_that_were_not_worked_off_are_worked_off_in_order() {
	test_served(|| {
		settle(receipt(request(0)));
		request(1);
		// No hooks for a long time.
		System::set_block_number(40);
		check_state();
		Inference::on_initialize(40);
		while AgendaCursor::<Test>::get() <= 40 {
			Inference::on_initialize(40);
		}
		let events = events();
		let position = |wanted: fn(&Event<Test>) -> bool| events.iter().position(wanted).unwrap();
		assert!(
			position(|event| matches!(event, Event::Matured { .. }))
				< position(|event| matches!(event, Event::Lapsed { .. }))
		);
		assert_no_jobs();
	});
}

#[test]
fn money_that_cannot_go_on_its_way_is_tried_again_and_stops_nobody() {
	test_served(|| {
		settle(receipt(request(0)));
		books::Faulty::<Test>::put((vec![MODEL], Vec::<PlanId>::new()));
		let lapsing = request(1);
		System::reset_events();
		run_to_block(6);
		let retry_at = 6 + RETRY_AFTER;
		let error = books::Error::<Test>::Impaired.into();
		assert_eq!(events(), [Event::MaturingFailed { job: 0, error, retry_at }]);
		// The failed deposit is undone.
		assert_eq!(Books::maturing(), 3 * PRICE);
		assert_eq!(Inference::job(0).unwrap().due, retry_at);
		check_state();

		run_to_block(15);
		assert_eq!(Inference::job(lapsing), None);
		books::Faulty::<Test>::kill();
		run_to_block(retry_at - 1);
		assert!(Inference::job(0).is_some());
		check_state();
		run_to_block(retry_at);
		assert_eq!(Inference::job(0), None);
		assert_eq!(books::Deposits::<Test>::get().len(), 1);
	});
}

#[test]
fn units_that_cannot_be_freed_are_tried_again_and_stop_nobody() {
	test_served(|| {
		activate(PROVIDER, OTHER_VERSION);
		let stuck = request(0);
		let narrow = RequestParams { plan: NARROW_PLAN, version: OTHER_VERSION, ..params(1) };
		let free = request_with(CONSUMER, narrow);
		books::Faulty::<Test>::put((Vec::<ArtifactId>::new(), vec![PLAN]));
		System::reset_events();
		run_to_block(15);
		let retry_at = 15 + RETRY_AFTER;
		let error = books::Error::<Test>::Impaired.into();
		assert!(events().contains(&Event::LapseFailed { job: stuck, error, retry_at }));
		assert_eq!(Inference::job(free), None);
		assert!(!Inference::is_answerable(stuck));
		assert_eq!(Books::held(PLAN, CONSUMER), 100);
		// Its place and its slot stay with it.
		assert_eq!(SlotsTaken::<Test>::get(PLAN), 1);
		assert_eq!(Consumers::<Test>::get(CONSUMER), Consumer { open_jobs: 1, places_taken: 1 });
		check_state();

		// A receipt does not count any more.
		assert_eq!(authorize(&submission(receipt(stuck))), Err(InvalidReceipt::Expired.into()));
		books::Faulty::<Test>::kill();
		run_to_block(retry_at);
		assert_no_jobs();
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS);
	});
}

#[test]
fn a_chain_that_gets_the_pallet_late_starts_at_its_block() {
	test(|| {
		AgendaCursor::<Test>::kill();
		System::set_block_number(1_000_000);
		let consumed = Inference::on_initialize(1_000_000);
		assert_eq!(AgendaCursor::<Test>::get(), 1_000_001);
		assert_eq!(consumed, nothing_to_do());
	});
}

#[test]
fn a_declined_or_settled_job_does_not_lapse() {
	test_served(|| {
		Inference::decline(signed(PROVIDER), request(0)).unwrap();
		settle(receipt(request(1)));
		run_to_block(60);
		assert_eq!(lapsed(), 0);
	});
}
