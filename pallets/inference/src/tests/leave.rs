use super::*;
use sp_core::Pair;

#[test]
fn who_leaves_has_its_bond_back_and_its_key_is_free() {
	test(|| {
		register(PROVIDER);
		System::reset_events();
		assert_ok!(Inference::leave(signed(PROVIDER)));
		assert_eq!(Balances::free_balance(PROVIDER), 10_000);
		assert_eq!(Inference::provider(PROVIDER), None);
		assert_eq!(ProviderByKey::<Test>::get(service_pair(PROVIDER, 0).public()), None);
		assert_eq!(events(), [Event::ProviderLeft { provider: PROVIDER }]);
	});
}

#[test]
fn leaving_fails_for_who_is_no_provider() {
	test(|| {
		assert_noop!(Inference::leave(signed(PROVIDER)), Error::<Test>::ProviderNotFound);
	});
}

#[test]
fn leaving_fails_with_open_jobs_and_goes_when_they_are_settled() {
	test_served(|| {
		let id = request(0);
		assert_ok!(Inference::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_noop!(Inference::leave(signed(PROVIDER)), Error::<Test>::JobsOpen);

		settle(receipt(id));
		assert_ok!(Inference::leave(signed(PROVIDER)));
		check_state();
		// Its share comes all the same.
		run_to_block(System::block_number() + WINDOW);
		assert_eq!(books::Deposits::<Test>::get().len(), 1);
		assert_eq!(books::Deposits::<Test>::get()[0].provider, PROVIDER);
	});
}

#[test]
fn leaving_fails_with_offerings() {
	test_served(|| {
		assert_noop!(Inference::leave(signed(PROVIDER)), Error::<Test>::OfferingsOpen);
	});
}
