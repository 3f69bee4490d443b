use super::*;

#[test]
fn a_provider_that_withdraws_is_not_picked_any_more() {
	test_served(|| {
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_eq!(
			events(),
			[Event::OfferingWithdrawn { artifact: MODEL, version: VERSION, provider: PROVIDER }]
		);
		assert_eq!(Candidates::<Test>::iter().count(), 0);
		assert_eq!(pick(0, Some(PROVIDER), 5), Err(Error::<Test>::OfferingNotFound.into()));
		assert_eq!(pick(0, None, 5), Err(Error::<Test>::NoProvider.into()));
	});
}

#[test]
fn the_owner_withdraws_a_providers_offering() {
	test_served(|| {
		register(RIVAL);
		activate(RIVAL, VERSION);
		assert_ok!(Providers::withdraw_offering(signed(OWNER), MODEL, VERSION, PROVIDER));
		let rest = Providers::candidates(MODEL, VERSION);
		assert_eq!(rest.iter().map(|c| c.provider).collect::<Vec<_>>(), [RIVAL]);
	});
}

#[test]
fn a_proposed_offering_can_be_withdrawn() {
	test(|| {
		register(PROVIDER);
		assert_ok!(Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 5));
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_ok!(Providers::leave(signed(PROVIDER)));
	});
}

#[test]
fn withdrawing_what_is_not_offered_fails() {
	test_served(|| {
		assert_noop!(
			Providers::withdraw_offering(signed(PROVIDER), MODEL, OTHER_VERSION, PROVIDER),
			Error::<Test>::OfferingNotFound
		);
	});
}

#[test]
fn withdrawing_fails_for_anybody_else() {
	test_served(|| {
		register(RIVAL);
		for who in [RIVAL, THIRD, STRANGER] {
			assert_noop!(
				Providers::withdraw_offering(signed(who), MODEL, VERSION, PROVIDER),
				Error::<Test>::NotOwner
			);
		}
	});
}
