use super::*;
use crate::Relation::FineTunedFrom;
use tallystick_primitives::{runtime_api::ArtifactView, Split};

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
		assert_eq!(Registry::artifact(0), None);
		assert_eq!(Registry::versions(0, 0, 10), (vec![], 0));
		assert!(!Registry::is_servable(0, &digest(1)));
		assert_noop!(Registry::ensure_sellable(0), Error::<Test>::ArtifactNotFound);
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
fn the_view_of_an_artifact_is_complete() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let child = Registration {
			parents: vec![claim(parent, FineTunedFrom, 20)],
			contributors: vec![contributor(CAROL, 5)],
			..Default::default()
		}
		.submit(&BOB)
		.unwrap();
		let origin = RuntimeOrigin::signed(BOB);
		assert_ok!(Registry::publish(origin, child, digest(1), version_info()));
		assert_ok!(Registry::confirm_parent(RuntimeOrigin::signed(ALICE), child, parent));

		assert_eq!(
			Registry::artifact(child),
			Some(ArtifactView {
				owner: BOB,
				kind: ArtifactKind::Model,
				metadata_digest: digest(7),
				metadata_uri: b"ipfs://metadata".to_vec(),
				licence: b"Apache-2.0".to_vec(),
				parents: vec![(parent, Share::from_percent(20), true)],
				contributors: vec![(CAROL, Share::from_percent(5))],
				versions: vec![digest(1)],
			})
		);
	});
}

#[test]
fn versions_are_read_in_pages_and_the_view_shows_the_newest() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let digests = (1..=120).map(digest).collect::<Vec<_>>();
		for version in &digests {
			let origin = RuntimeOrigin::signed(ALICE);
			assert_ok!(Registry::publish(origin, artifact, *version, version_info()));
		}
		assert_eq!(Registry::versions(artifact, 0, 2), (digests[..2].to_vec(), 120));
		assert_eq!(Registry::versions(artifact, 118, 10), (digests[118..].to_vec(), 120));
		assert_eq!(Registry::versions(artifact, 0, u32::MAX), (digests[..100].to_vec(), 120));
		assert_eq!(Registry::versions(artifact, u32::MAX, u32::MAX), (vec![], 120));
		assert_eq!(Registry::artifact(artifact).unwrap().versions, digests[20..]);
	});
}

#[test]
fn a_broken_state_is_found() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let good = Artifacts::<Test>::get(artifact).unwrap();

		let shares = ArtifactOf::<Test> { upstream_share: Share::one(), ..good.clone() };
		let cycle = ArtifactOf::<Test> {
			parents: Parents::truncate_from(vec![Parent {
				artifact,
				relation: FineTunedFrom,
				share: Share::zero(),
				confirmed: true,
			}]),
			..good.clone()
		};
		for broken in [shares, cycle] {
			Artifacts::<Test>::insert(artifact, broken);
			assert!(Registry::do_try_state().is_err());
		}
		Artifacts::<Test>::remove(artifact);
		assert!(Registry::do_try_state().is_err());
		Artifacts::<Test>::insert(artifact, good);

		VersionCount::<Test>::insert(artifact, 1);
		assert!(Registry::do_try_state().is_err());
		VersionAt::<Test>::insert(artifact, 0, digest(1));
		assert!(Registry::do_try_state().is_err());
		VersionCount::<Test>::remove(artifact);
		VersionAt::<Test>::remove(artifact, 0);

		Unlocked::<Test>::put(artifact);
		assert!(Registry::do_try_state().is_err());
		Unlocked::<Test>::kill();
	});
}
