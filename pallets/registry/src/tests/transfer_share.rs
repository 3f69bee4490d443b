use super::*;

/// `who` passes its share on.
fn transfer(who: AccountId, artifact: ArtifactId, to: AccountId) -> Result<(), DispatchError> {
	Registry::transfer_share(by(who), artifact, to).map(|_| ()).map_err(|error| error.error)
}

#[test]
fn the_payee_passes_its_share_on() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30), contributor(CAROL, 20)]);
		let (before, deposit) = (Registry::split(artifact).unwrap(), held(&ALICE));
		assert_ok!(transfer(BOB, artifact, PAUPER));

		assert_eq!(Settlements::take(), [(artifact, before)]);
		let split = Registry::split(artifact).unwrap();
		assert_eq!(
			split.contributors,
			[(PAUPER, Share::from_percent(30)), (CAROL, Share::from_percent(20))]
		);
		assert_eq!(Registry::upstream_share(artifact), Some(Share::from_percent(50)));
		assert_eq!(held(&ALICE), deposit);
		let share = Share::from_percent(30);
		assert_last_event(Event::ShareTransferred { artifact, from: BOB, to: PAUPER, share });
		assert_noop!(transfer(BOB, artifact, PAUPER), Error::<Test>::NotContributor);
	});
}

#[test]
fn two_shares_of_an_account_become_one() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30), contributor(CAROL, 20)]);
		assert_ok!(transfer(BOB, artifact, CAROL));
		let split = Registry::split(artifact).unwrap();
		assert_eq!(split.contributors, [(BOB, Share::zero()), (CAROL, Share::from_percent(50))]);
		// And back, into the place that is free.
		assert_ok!(transfer(CAROL, artifact, BOB));
		let split = Registry::split(artifact).unwrap();
		assert_eq!(split.contributors, [(BOB, Share::zero()), (BOB, Share::from_percent(50))]);
	});
}

#[test]
fn to_oneself_is_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		assert_noop!(transfer(BOB, artifact, BOB), Error::<Test>::NothingChanges);
	});
}

#[test]
fn nobody_passes_on_what_is_anothers() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		assert_noop!(transfer(ALICE, artifact, CAROL), Error::<Test>::NotContributor);
		assert_noop!(transfer(CAROL, artifact, ALICE), Error::<Test>::NotContributor);
		assert_noop!(transfer(BOB, artifact + 1, ALICE), Error::<Test>::ArtifactNotFound);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			let refused = Registry::transfer_share(origin, artifact, CAROL);
			assert_eq!(refused.map_err(|error| error.error), Err(BadOrigin.into()));
		}
	});
}
