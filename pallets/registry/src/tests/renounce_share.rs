use super::*;

/// `who` gives its share up.
fn renounce(who: AccountId, artifact: ArtifactId) -> Result<(), DispatchError> {
	Registry::renounce_share(by(who), artifact).map(|_| ()).map_err(|error| error.error)
}

#[test]
fn what_is_given_up_is_the_owners_and_the_place_stays() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30), contributor(CAROL, 20)]);
		let (before, deposit) = (Registry::split(artifact).unwrap(), held(&ALICE));
		assert_ok!(renounce(BOB, artifact));

		assert_eq!(Settlements::take(), [(artifact, before)]);
		let split = Registry::split(artifact).unwrap();
		assert_eq!(split.contributors, [(BOB, Share::zero()), (CAROL, Share::from_percent(20))]);
		assert_eq!(Registry::upstream_share(artifact), Some(Share::from_percent(20)));
		assert_eq!(held(&ALICE), deposit);
		let shown = Registry::artifact(artifact).unwrap().contributors;
		assert_eq!(shown, [(CAROL, Share::from_percent(20))]);
		let share = Share::from_percent(30);
		assert_last_event(Event::ShareRenounced { artifact, account: BOB, share });
	});
}

#[test]
fn what_was_given_up_is_gone() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		assert_ok!(renounce(BOB, artifact));
		assert_noop!(renounce(BOB, artifact), Error::<Test>::NotContributor);
	});
}

#[test]
fn nobody_gives_up_what_is_anothers() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		assert_noop!(renounce(ALICE, artifact), Error::<Test>::NotContributor);
		assert_noop!(renounce(CAROL, artifact), Error::<Test>::NotContributor);
		assert_noop!(renounce(BOB, artifact + 1), Error::<Test>::ArtifactNotFound);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			let refused = Registry::renounce_share(origin, artifact);
			assert_eq!(refused.map_err(|error| error.error), Err(BadOrigin.into()));
		}
	});
}
