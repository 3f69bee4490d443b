//! When a request is free. That it is not free where it would fail is tested with each error.

use super::*;
use tallystick_primitives::FinishReason;

#[test]
fn a_request_that_would_succeed_is_free_and_succeeds() {
	test_served(|| {
		assert!(is_feeless(CONSUMER, params(0)));
		// Without a native token, too.
		assert!(is_feeless(PAUPER, params(0)));
		let mut inline = params(0);
		inline.input = JobInput::Inline(inline_input());
		assert!(is_feeless(PAUPER, inline.clone()));
		assert_ok!(dispatch(Call::request { params: inline }, PAUPER));
	});
}

#[test]
fn an_account_has_a_limit_of_free_requests_and_can_pay_for_more() {
	test_served(|| {
		for n in 0..4 {
			assert!(is_feeless(CONSUMER, params(n)));
			request(n);
		}
		assert_eq!(Consumers::<Test>::get(CONSUMER).places_taken, 4);
		assert!(!is_feeless(CONSUMER, params(4)));
		assert!(is_feeless(PAUPER, params(4)));
		// What is beyond the limits is paid for, and takes no place.
		request(4);
		assert_eq!(Consumers::<Test>::get(CONSUMER).places_taken, 4);
	});
}

#[test]
fn places_and_slots_come_back_when_the_job_would_have_lapsed_however_soon_it_ends() {
	test_served(|| {
		let jobs = (0..4).map(|n| Inference::job(request(n)).unwrap());
		let due = jobs.map(|job| job.due).max().unwrap();
		// Answered, answered for nothing, and declined.
		settle(receipt(0));
		settle(Receipt { units: 0, finish: FinishReason::Error, ..receipt(1) });
		assert_ok!(Inference::decline(signed(PROVIDER), 2));
		assert_ok!(Inference::decline(signed(PROVIDER), 3));
		assert_eq!(Consumers::<Test>::get(CONSUMER).open_jobs, 0);
		run_to_block(due - 1);
		assert_eq!(
			(Consumers::<Test>::get(CONSUMER).places_taken, SlotsTaken::<Test>::get(PLAN)),
			(4, 4)
		);
		run_to_block(due);
		assert_eq!(
			(Consumers::<Test>::get(CONSUMER).places_taken, SlotsTaken::<Test>::get(PLAN)),
			(0, 0)
		);
	});
}

#[test]
fn what_is_free_is_brief() {
	test_served(|| {
		run_to_block(5);
		let with = |n, deadline| RequestParams { deadline, ..params(n) };
		assert!(is_feeless(CONSUMER, with(0, 40)));
		// What takes longer is paid for, and takes neither place nor slot.
		assert!(!is_feeless(CONSUMER, with(1, 41)));
		request_with(CONSUMER, with(1, 41));
		assert_eq!(
			(Consumers::<Test>::get(CONSUMER).places_taken, SlotsTaken::<Test>::get(PLAN)),
			(0, 0)
		);
	});
}

#[test]
fn half_of_each_blocks_room_is_for_what_is_paid() {
	test_served(|| {
		MaxJobsPerBlock::set(2);
		let first = 1 + 10 + 3 + 1;
		let blocks = first..first + SPREAD as u32;
		blocks.clone().for_each(Inference::count_lapse);
		assert!(!is_feeless(CONSUMER, params(0)));
		assert_eq!(Inference::job(request(0)).unwrap().due, first);
		assert_eq!(Consumers::<Test>::get(CONSUMER).places_taken, 0);
		blocks.for_each(Inference::uncount_lapse);
		assert!(is_feeless(CONSUMER, params(1)));
	});
}

#[test]
fn a_plan_has_a_limit_of_free_jobs() {
	test_served(|| {
		activate(PROVIDER, OTHER_VERSION);
		for n in 0..3 {
			request_with(CONSUMER, params(n));
			request_with(PAUPER, params(n));
		}
		assert!(!is_feeless(CONSUMER, params(9)));
		assert!(!is_feeless(PAUPER, params(9)));
		// Another plan's slots are its own.
		let narrow = RequestParams { plan: NARROW_PLAN, version: OTHER_VERSION, ..params(9) };
		assert!(is_feeless(PAUPER, narrow));
		let due = Inference::job(0).unwrap().due;
		run_to_block(due - 1);
		assert!(!is_feeless(PAUPER, params(9)));
		run_to_block(due);
		assert!(is_feeless(PAUPER, params(9)));
	});
}

#[test]
fn only_a_signed_origin_is_free() {
	test_served(|| {
		use frame_support::dispatch::CheckIfFeeless;
		let call = Call::<Test>::request { params: params(0) };
		assert!(call.is_feeless(&signed(CONSUMER)));
		assert!(!call.is_feeless(&RuntimeOrigin::none()));
		assert!(!call.is_feeless(&RuntimeOrigin::root()));
		assert!(!call.is_feeless(&frame_system::RawOrigin::Authorized.into()));
	});
}

#[test]
fn other_calls_are_not_free() {
	test_served(|| {
		use frame_support::dispatch::CheckIfFeeless;
		let job = request(0);
		assert!(!Call::<Test>::decline { job }.is_feeless(&signed(PROVIDER)));
	});
}

#[test]
fn a_request_weighs_what_is_inline() {
	test(|| {
		use frame_support::dispatch::GetDispatchInfo;
		let mut params = params(0);
		params.input = JobInput::Inline(inline_input());
		let bytes = params.input.inline_len();
		assert_eq!(bytes, 52 + 10);
		let weight = Call::<Test>::request { params }.get_dispatch_info().call_weight;
		assert_eq!(weight, <() as WeightInfo>::request(bytes));
	});
}
