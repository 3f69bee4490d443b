//! When a request is free. That it is not free where it would fail is tested with each error.

use super::*;

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
fn an_account_has_a_limit_of_free_jobs_and_can_pay_for_more() {
	test_served(|| {
		for n in 0..4 {
			assert!(is_feeless(CONSUMER, params(n)));
			request(n);
		}
		assert!(!is_feeless(CONSUMER, params(4)));
		assert!(is_feeless(PAUPER, params(4)));
		request(4);
		settle(receipt(0));
		assert!(!is_feeless(CONSUMER, params(5)));
		settle(receipt(1));
		assert!(is_feeless(CONSUMER, params(5)));
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
		assert_ok!(Inference::decline(signed(PROVIDER), 0));
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
fn the_weight_of_a_request_has_its_free_check_in_it() {
	test(|| {
		use frame_support::dispatch::GetDispatchInfo;
		let mut params = params(0);
		params.input = JobInput::Inline(inline_input());
		let bytes = params.input.inline_len();
		assert_eq!(bytes, 52 + 10);
		let weight = Call::<Test>::request { params }.get_dispatch_info().call_weight;
		assert_eq!(
			weight,
			<() as WeightInfo>::request(bytes) + <() as WeightInfo>::feeless_request(bytes)
		);
	});
}
