use super::*;
use sp_runtime::Perbill;

#[test]
fn an_offering_is_proposed_until_the_owner_accepts_it() {
	test(|| {
		register(PROVIDER);
		System::reset_events();
		assert_ok!(Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 5));
		assert_eq!(
			Providers::offering(MODEL, VERSION, PROVIDER),
			Some(Offering { share: SHARE, min_deadline: 5, status: OfferingStatus::Proposed })
		);
		assert_eq!(crate::Providers::<Test>::get(PROVIDER).unwrap().offerings, 1);
		assert!(Providers::candidates(MODEL, VERSION).is_empty());
		assert_eq!(
			events(),
			[Event::Offered {
				artifact: MODEL,
				version: VERSION,
				provider: PROVIDER,
				share: SHARE
			}]
		);
	});
}

#[test]
fn an_offering_of_the_owner_is_active_at_once() {
	test(|| {
		register(OWNER);
		System::reset_events();
		// All that parents and contributors leave.
		let share = Perbill::from_percent(40);
		assert_ok!(Providers::offer(signed(OWNER), MODEL, VERSION, share, 5));
		let candidate = Candidate { provider: OWNER, min_deadline: 5 };
		assert_eq!(Providers::candidates(MODEL, VERSION).into_inner(), [candidate]);
		assert_eq!(
			events(),
			[Event::OfferingActive { artifact: MODEL, version: VERSION, provider: OWNER, share }]
		);
	});
}

#[test]
fn offering_fails_for_who_is_no_provider() {
	test(|| {
		assert_noop!(
			Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 5),
			Error::<Test>::NotProvider
		);
	});
}

#[test]
fn offering_fails_where_the_licence_does_not_allow_it() {
	test(|| {
		for who in [PROVIDER, OWNER] {
			register(who);
			others::Forbidden::<Test>::insert(MODEL, ());
			assert_noop!(
				Providers::offer(signed(who), MODEL, VERSION, SHARE, 5),
				others::Error::<Test>::LicenceForbids
			);
		}
	});
}

#[test]
fn offering_a_version_that_may_not_be_served_fails() {
	test(|| {
		register(PROVIDER);
		assert_noop!(
			Providers::offer(signed(PROVIDER), MODEL, Digest::repeat_byte(9), SHARE, 5),
			Error::<Test>::VersionNotFound
		);
	});
}

#[test]
fn offering_with_more_time_than_any_request_can_give_fails() {
	test(|| {
		register(PROVIDER);
		assert_noop!(
			Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 101),
			Error::<Test>::DeadlineTooLong
		);
		assert_ok!(Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 100));
	});
}

#[test]
fn offering_a_version_twice_fails() {
	test_served(|| {
		assert_noop!(
			Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 6),
			Error::<Test>::AlreadyOffered
		);
	});
}

#[test]
fn offering_more_than_the_bond_is_for_fails() {
	test_served(|| {
		assert_ok!(Providers::offer(signed(PROVIDER), MODEL, OTHER_VERSION, SHARE, 5));
		let third = Digest::repeat_byte(3);
		others::Servable::<Test>::insert((MODEL, third), ());
		assert_noop!(
			Providers::offer(signed(PROVIDER), MODEL, third, SHARE, 5),
			Error::<Test>::TooManyOfferings
		);
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_ok!(Providers::offer(signed(PROVIDER), MODEL, third, SHARE, 5));
	});
}

#[test]
fn offering_for_more_than_others_leave_fails() {
	test(|| {
		register(PROVIDER);
		let share = Perbill::from_percent(40) + Perbill::from_parts(1);
		for share in [share, Perbill::one()] {
			assert_noop!(
				Providers::offer(signed(PROVIDER), MODEL, VERSION, share, 5),
				Error::<Test>::SharesExceedWhole
			);
		}
	});
}

#[test]
fn offering_as_the_owner_fails_when_the_version_has_enough_providers() {
	test_served(|| {
		for who in [RIVAL, THIRD] {
			register(who);
			activate(who, VERSION);
		}
		register(OWNER);
		assert_noop!(
			Providers::offer(signed(OWNER), MODEL, VERSION, SHARE, 5),
			Error::<Test>::TooManyProviders
		);
	});
}
