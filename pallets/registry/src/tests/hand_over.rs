use super::*;

#[test]
fn handing_over_moves_the_nft_and_the_deposit_and_locks_again() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		let (deposit, split) = (held(&ALICE), Registry::split(artifact).unwrap());
		assert_ok!(Registry::hand_over(artifact, &BOB));

		assert_eq!(Registry::owner(artifact), Some(BOB));
		assert_eq!((held(&ALICE), held(&BOB)), (0, deposit));
		assert_eq!(Unlocked::<Test>::get(), None);
		assert_eq!(Settlements::take(), [(artifact, split)]);
		assert_last_event(Event::HandedOver { artifact, from: ALICE, to: BOB });
		let collection = Collection::<Test>::get().unwrap();
		assert_noop!(
			Nfts::transfer(by(BOB), collection, artifact, ALICE),
			pallet_nfts::Error::<Test>::ItemLocked
		);
	});
}

#[test]
fn handing_over_to_the_owner_changes_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let before = (Artifacts::<Test>::get(artifact), Deposits::<Test>::get(artifact));
		let deposit = held(&ALICE);
		assert_ok!(Registry::hand_over(artifact, &ALICE));
		let after = (Artifacts::<Test>::get(artifact), Deposits::<Test>::get(artifact));
		assert_eq!((after, held(&ALICE)), (before, deposit));
		assert_eq!(Registry::owner(artifact), Some(ALICE));
	});
}

#[test]
fn who_cannot_pay_the_deposit_is_handed_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_noop!(Registry::hand_over(artifact, &PAUPER), TokenError::FundsUnavailable);
	});
}

#[test]
fn an_unknown_artifact_is_not_handed_over() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(Registry::hand_over(0, &BOB), Error::<Test>::ArtifactNotFound);
		Collection::<Test>::kill();
		assert_noop!(Registry::hand_over(0, &BOB), Error::<Test>::CollectionNotFound);
	});
}

#[test]
fn the_new_owner_publishes_and_deposits_for_all_versions() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(Registry::hand_over(artifact, &BOB));
		let before = held(&BOB);
		let publish = |who| Registry::publish(by(who), artifact, digest(2), version_info());
		assert_noop!(publish(ALICE), Error::<Test>::NotOwner);
		assert_ok!(publish(BOB));
		assert_eq!(held(&ALICE), 0);
		assert_eq!(held(&BOB), before + Balance::from(version_info().stored_bytes()));
		// Who published a version stays known.
		let publishers =
			[1, 2].map(|n| Versions::<Test>::get(artifact, digest(n)).unwrap().publisher);
		assert_eq!(publishers, [ALICE, BOB]);
	});
}
