use super::*;
use sp_runtime::Perbill;

fn test_proposed(run: impl FnOnce()) {
	test(|| {
		register(PROVIDER);
		Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 5).unwrap();
		System::reset_events();
		run();
	});
}

fn accept(who: AccountId, share: Share) -> DispatchResult {
	Providers::accept_offering(signed(who), MODEL, VERSION, PROVIDER, share, 5)
}

#[test]
fn an_accepted_offering_takes_jobs() {
	test_proposed(|| {
		assert_eq!(pick(0, Some(PROVIDER), 5), Err(Error::<Test>::OfferingNotActive.into()));
		assert_ok!(accept(OWNER, SHARE));
		assert_eq!(
			events(),
			[Event::OfferingActive {
				artifact: MODEL,
				version: VERSION,
				provider: PROVIDER,
				share: SHARE
			}]
		);
		assert_eq!(pick(0, Some(PROVIDER), 5), Ok((PROVIDER, SHARE)));
	});
}

#[test]
fn accepting_what_is_not_offered_fails() {
	test_proposed(|| {
		assert_noop!(
			Providers::accept_offering(signed(OWNER), MODEL, OTHER_VERSION, PROVIDER, SHARE, 5),
			Error::<Test>::OfferingNotFound
		);
	});
}

#[test]
fn accepting_fails_for_who_does_not_own_the_artifact() {
	test_proposed(|| {
		assert_noop!(accept(PROVIDER, SHARE), Error::<Test>::NotOwner);
		// The owner is who owns it now.
		others::Artifacts::<Test>::mutate(MODEL, |model| model.as_mut().unwrap().0 = STRANGER);
		assert_noop!(accept(OWNER, SHARE), Error::<Test>::NotOwner);
		assert_ok!(accept(STRANGER, SHARE));
	});
}

#[test]
fn accepting_twice_fails() {
	test_proposed(|| {
		assert_ok!(accept(OWNER, SHARE));
		assert_noop!(accept(OWNER, SHARE), Error::<Test>::AlreadyAccepted);
	});
}

#[test]
fn accepting_fails_when_the_offering_is_not_what_the_owner_saw() {
	test_proposed(|| {
		// The provider makes a worse offering while the owner signs.
		for (share, min_deadline) in [(Perbill::from_percent(39), 5), (SHARE, 6)] {
			Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER).unwrap();
			Providers::offer(signed(PROVIDER), MODEL, VERSION, share, min_deadline).unwrap();
			assert_noop!(accept(OWNER, SHARE), Error::<Test>::OfferingChanged);
		}
	});
}

#[test]
fn accepting_fails_when_others_leave_less_by_now() {
	test_proposed(|| {
		let upstream = Perbill::from_percent(71);
		others::Artifacts::<Test>::mutate(MODEL, |model| model.as_mut().unwrap().1 = upstream);
		assert_noop!(accept(OWNER, SHARE), Error::<Test>::SharesExceedWhole);
	});
}

#[test]
fn the_dearest_share_is_that_of_an_active_offering_and_never_falls() {
	test_proposed(|| {
		use tallystick_primitives::ProviderShares;
		let dearest = <Providers as ProviderShares>::dearest;
		assert_eq!(dearest(MODEL), Perbill::zero());
		assert_ok!(accept(OWNER, SHARE));
		assert_eq!(dearest(MODEL), SHARE);
		// Jobs can have it still.
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		let cheaper = Perbill::from_percent(1);
		assert_ok!(Providers::offer(signed(PROVIDER), MODEL, VERSION, cheaper, 5));
		assert_ok!(accept(OWNER, cheaper));
		assert_eq!(dearest(MODEL), SHARE);
		// An owner's own offering counts at once.
		register(OWNER);
		let dearer = Perbill::from_percent(40);
		assert_ok!(Providers::offer(signed(OWNER), MODEL, VERSION, dearer, 5));
		assert_eq!(dearest(MODEL), dearer);
	});
}

#[test]
fn accepting_fails_when_the_version_is_withdrawn_or_the_licence_another_by_now() {
	test_proposed(|| {
		others::Forbidden::<Test>::insert(MODEL, ());
		assert_noop!(accept(OWNER, SHARE), others::Error::<Test>::LicenceForbids);
		others::Servable::<Test>::remove((MODEL, VERSION));
		assert_noop!(accept(OWNER, SHARE), Error::<Test>::VersionNotFound);
	});
}

#[test]
fn accepting_fails_when_the_version_has_enough_providers() {
	test_proposed(|| {
		for who in [RIVAL, THIRD, STRANGER] {
			register(who);
			activate(who, VERSION);
		}
		assert_noop!(accept(OWNER, SHARE), Error::<Test>::TooManyProviders);
	});
}
