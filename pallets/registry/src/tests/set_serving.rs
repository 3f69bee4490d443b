use super::*;

fn set(artifact: ArtifactId, version: Option<Digest>) -> Result<(), DispatchError> {
	Registry::set_serving(by(ALICE), artifact, version)
}

fn serving(artifact: ArtifactId) -> Option<Digest> {
	Registry::artifact(artifact).unwrap().serving
}

#[test]
fn the_owner_recommends_one_version_or_none() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_eq!(serving(artifact), None);
		for version in [Some(digest(1)), None] {
			assert_ok!(set(artifact, version));
			assert_last_event(Event::ServingSet { artifact, version });
			assert_eq!(serving(artifact), version);
			assert_noop!(set(artifact, version), Error::<Test>::NothingChanges);
		}
	});
}

#[test]
fn a_recommendation_ends_when_its_version_is_gone() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(set(artifact, Some(digest(1))));
		assert_ok!(withdraw(artifact, digest(1), WithdrawalKind::Other));
		assert_eq!(serving(artifact), Some(digest(1)));
		System::set_block_number(1 + NOTICE);
		assert_eq!(serving(artifact), None);
	});
}

#[test]
fn unknown_and_withdrawn_versions_are_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_noop!(set(artifact, Some(digest(2))), Error::<Test>::VersionNotFound);
		assert_ok!(withdraw(artifact, digest(1), WithdrawalKind::Other));
		assert_noop!(set(artifact, Some(digest(1))), Error::<Test>::VersionWithdrawn);
	});
}

#[test]
fn the_owner_alone_recommends() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_owner_only(
			|origin, id| Registry::set_serving(origin, id, Some(digest(1))),
			artifact,
		);
	});
}
