use super::*;
use tallystick_primitives::Split;

/// ALICE gives `percent` to `who`.
fn add(artifact: ArtifactId, who: AccountId, percent: u32) -> Result<(), DispatchError> {
	Registry::add_contributor(by(ALICE), artifact, contributor(who, percent))
		.map(|_| ())
		.map_err(|error| error.error)
}

#[test]
fn the_owner_gives_from_what_nobody_has() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		let before = held(&ALICE);
		assert_ok!(add(artifact, CAROL, 20));

		let split = Registry::split(artifact).unwrap();
		let percents = |split: &Split<AccountId>| split.contributors.clone();
		let shares = vec![(BOB, Share::from_percent(30)), (CAROL, Share::from_percent(20))];
		assert_eq!(percents(&split), shares);
		assert_eq!(Registry::upstream_share(artifact), Some(Share::from_percent(50)));
		assert!(held(&ALICE) > before, "the deposit follows");
		let share = Share::from_percent(20);
		assert_last_event(Event::ContributorAdded { artifact, account: CAROL, share });
	});
}

#[test]
fn what_was_earned_before_is_split_by_the_shares_of_before() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		let before = Registry::split(artifact).unwrap();
		assert_ok!(add(artifact, CAROL, 20));
		assert_eq!(Settlements::take(), [(artifact, before)]);
	});
}

#[test]
fn who_has_a_share_gets_more_of_it() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		assert_ok!(add(artifact, BOB, 20));
		let split = Registry::split(artifact).unwrap();
		assert_eq!(split.contributors, [(BOB, Share::from_percent(50))]);
	});
}

#[test]
fn a_place_that_was_given_up_is_given_again() {
	new_test_ext().execute_and_check(|| {
		let places = (0..16).map(|n| contributor(AccountId::new([100 + n; 32]), 1)).collect();
		let artifact = shared(ALICE, places);
		assert_noop!(add(artifact, CAROL, 1), Error::<Test>::TooManyContributors);
		assert_ok!(Registry::renounce_share(by(AccountId::new([105; 32])), artifact));
		assert_ok!(add(artifact, CAROL, 2));
		let split = Registry::split(artifact).unwrap();
		assert_eq!(split.contributors.len(), 16);
		assert_eq!(split.contributors[5], (CAROL, Share::from_percent(2)));
	});
}

#[test]
fn shares_leave_room_for_parents_and_the_dearest_provider() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let child = child_of([claim(parent, Relation::FineTunedFrom, 20)]).submit(&ALICE).unwrap();
		Providers::set(child, 50);
		assert_noop!(add(child, BOB, 31), Error::<Test>::SharesExceedWhole);
		assert_ok!(add(child, BOB, 30));
		assert_noop!(add(child, BOB, 1), Error::<Test>::SharesExceedWhole);
		Providers::set(child, 0);
		assert_noop!(add(child, BOB, 80), Error::<Test>::SharesExceedWhole);
		assert_ok!(add(child, BOB, 50));
	});
}

#[test]
fn a_share_of_nothing_is_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_noop!(add(artifact, BOB, 0), Error::<Test>::ZeroShare);
	});
}

#[test]
fn the_owner_alone_gives() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30)]);
		assert_owner_only(
			|origin, artifact| {
				Registry::add_contributor(origin, artifact, contributor(CAROL, 1))
					.map_err(|error| error.error)
			},
			artifact,
		);
	});
}

#[test]
fn who_cannot_pay_the_deposit_cannot_give() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let rest = Balances::free_balance(&ALICE) - 10;
		assert_ok!(Balances::transfer_keep_alive(by(ALICE), BOB, rest));
		assert_noop!(add(artifact, BOB, 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn it_costs_what_splitting_cost() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let done = Registry::add_contributor(by(ALICE), artifact, contributor(BOB, 1)).unwrap();
		let settled = frame_support::weights::Weight::from_parts(1, 0);
		assert_eq!(done.actual_weight, Some(<() as WeightInfo>::add_contributor() + settled));
	});
}
