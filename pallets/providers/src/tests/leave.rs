use super::*;
use sp_core::Pair;

#[test]
fn who_leaves_has_its_bond_back_and_its_key_is_free() {
	test(|| {
		register(PROVIDER);
		others::Jobs::<Test>::insert(PROVIDER, 0);
		System::reset_events();
		assert_ok!(Providers::leave(signed(PROVIDER)));
		assert_eq!(Balances::free_balance(PROVIDER), 10_000);
		assert_eq!(Providers::provider(PROVIDER), None);
		assert_eq!(ProviderByKey::<Test>::get(service_pair(PROVIDER, 0).public()), None);
		assert_eq!(events(), [Event::Left { provider: PROVIDER }]);
		// Nothing is kept of its work.
		assert_eq!(others::Jobs::<Test>::get(PROVIDER), None);
	});
}

#[test]
fn leaving_fails_for_who_is_no_provider() {
	test(|| {
		assert_noop!(Providers::leave(signed(PROVIDER)), Error::<Test>::NotProvider);
	});
}

#[test]
fn leaving_fails_with_open_jobs() {
	test(|| {
		register(PROVIDER);
		others::Jobs::<Test>::insert(PROVIDER, 1);
		assert_noop!(Providers::leave(signed(PROVIDER)), others::Error::<Test>::JobsOpen);
		others::Jobs::<Test>::insert(PROVIDER, 0);
		assert_ok!(Providers::leave(signed(PROVIDER)));
	});
}

#[test]
fn leaving_fails_with_offerings() {
	test_served(|| {
		assert_noop!(Providers::leave(signed(PROVIDER)), Error::<Test>::OfferingsOpen);
	});
}
