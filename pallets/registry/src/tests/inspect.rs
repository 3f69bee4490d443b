use super::*;
use crate::Relation::FineTunedFrom;
use tallystick_primitives::Split;

#[test]
fn the_split_names_owner_parents_and_contributors() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let child = Registration {
			parents: vec![claim(parent, FineTunedFrom, 20)],
			contributors: vec![contributor(CAROL, 5)],
			..Default::default()
		}
		.submit(&BOB)
		.unwrap();

		let split = Split {
			owner: BOB,
			parents: vec![(parent, Share::from_percent(20))],
			contributors: vec![(CAROL, Share::from_percent(5))],
		};
		assert_eq!(Registry::split(child), Some(split.clone()));
		assert_eq!(Registry::upstream_share(child), Some(Share::from_percent(25)));

		assert_ok!(Registry::hand_over(child, &CAROL));
		assert_eq!(Registry::split(child), Some(Split { owner: CAROL, ..split }));
	});
}

#[test]
fn nothing_is_known_of_an_unknown_artifact() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(Registry::owner(0), None);
		assert_eq!(Registry::upstream_share(0), None);
		assert_eq!(Registry::split(0), None);
		assert!(!Registry::is_servable(0, &digest(1)));
		assert_noop!(Registry::ensure_sellable(0), Error::<Test>::ArtifactNotFound);
		assert_noop!(
			Registry::ensure_plan_allowed(0, &CurrencyId::Native, 1, &Tariff::default()),
			Error::<Test>::ArtifactNotFound
		);
	});
}

#[test]
fn what_the_licence_allows_can_be_sold_until_it_is_over() {
	new_test_ext().execute_and_check(|| {
		let artifact = licensed(ALICE, Licence { expires: Some(5), ..open_licence() });
		System::set_block_number(4);
		assert_ok!(Registry::ensure_sellable(artifact));
		System::set_block_number(5);
		assert_noop!(Registry::ensure_sellable(artifact), Error::<Test>::LicenceExpired);

		let forever = artifact_of(ALICE);
		System::set_block_number(u32::MAX);
		assert_ok!(Registry::ensure_sellable(forever));
	});
}

#[test]
fn a_licence_without_commercial_use_sells_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = licensed(ALICE, Licence { commercial_use: false, ..open_licence() });
		assert_noop!(Registry::ensure_sellable(artifact), Error::<Test>::CommercialUseForbidden);
	});
}

#[test]
fn published_versions_alone_are_servable() {
	new_test_ext().execute_and_check(|| {
		let artifacts = [artifact_of(ALICE), artifact_of(ALICE)];
		let origin = RuntimeOrigin::signed(ALICE);
		assert_ok!(Registry::publish(origin, artifacts[0], digest(1), version_info()));
		assert!(Registry::is_servable(artifacts[0], &digest(1)));
		assert!(!Registry::is_servable(artifacts[0], &digest(2)));
		assert!(!Registry::is_servable(artifacts[1], &digest(1)));
	});
}

#[test]
fn an_artifact_sells_nothing_new_when_its_last_version_is_withdrawn() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(Registry::ensure_sellable(artifact));
		assert_ok!(withdraw(artifact, digest(1), WithdrawalKind::Defect));
		assert_noop!(Registry::ensure_sellable(artifact), Error::<Test>::ArtifactWithdrawn);
		assert_noop!(
			Registry::ensure_plan_allowed(artifact, &CurrencyId::Native, 1, &Tariff::default()),
			Error::<Test>::ArtifactWithdrawn
		);
	});
}

#[test]
fn what_may_not_be_sold_is_not_offered_and_what_is_over_still_is() {
	new_test_ext().execute_and_check(|| {
		let over = licensed(ALICE, Licence { expires: Some(5), ..open_licence() });
		System::set_block_number(5);
		assert_ok!(Registry::ensure_offerable(over));
		let closed = licensed(ALICE, Licence { commercial_use: false, ..open_licence() });
		assert_noop!(Registry::ensure_offerable(closed), Error::<Test>::CommercialUseForbidden);
		assert_noop!(Registry::ensure_offerable(1_000), Error::<Test>::ArtifactNotFound);
	});
}
