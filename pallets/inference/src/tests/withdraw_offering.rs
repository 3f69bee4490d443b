use super::*;

#[test]
fn a_provider_withdraws_and_its_jobs_go_on() {
	test_served(|| {
		let id = request(0);
		System::reset_events();
		assert_ok!(Inference::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_eq!(
			events(),
			[Event::OfferingWithdrawn { artifact: MODEL, version: VERSION, provider: PROVIDER }]
		);
		assert_eq!(Candidates::<Test>::iter().count(), 0);
		assert_noop!(
			Inference::request(signed(CONSUMER), params(1)),
			Error::<Test>::OfferingNotFound
		);
		check_state();
		settle(receipt(id));
	});
}

#[test]
fn the_owner_withdraws_a_providers_offering() {
	test_served(|| {
		register(RIVAL);
		activate(RIVAL, VERSION);
		assert_ok!(Inference::withdraw_offering(signed(OWNER), MODEL, VERSION, PROVIDER));
		let rest = Inference::candidates(MODEL, VERSION);
		assert_eq!(rest.iter().map(|c| c.provider).collect::<Vec<_>>(), [RIVAL]);
	});
}

#[test]
fn a_proposed_offering_can_be_withdrawn() {
	test(|| {
		register(PROVIDER);
		assert_ok!(Inference::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 5));
		assert_ok!(Inference::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_ok!(Inference::leave(signed(PROVIDER)));
	});
}

#[test]
fn withdrawing_what_is_not_offered_fails() {
	test_served(|| {
		assert_noop!(
			Inference::withdraw_offering(signed(PROVIDER), MODEL, OTHER_VERSION, PROVIDER),
			Error::<Test>::OfferingNotFound
		);
	});
}

#[test]
fn withdrawing_fails_for_anybody_else() {
	test_served(|| {
		register(RIVAL);
		for who in [RIVAL, CONSUMER, STRANGER] {
			assert_noop!(
				Inference::withdraw_offering(signed(who), MODEL, VERSION, PROVIDER),
				Error::<Test>::NotOwner
			);
		}
	});
}
