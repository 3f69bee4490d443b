use super::*;

fn set(artifact: ArtifactId, version: Digest, deprecated: bool) -> Result<(), DispatchError> {
	Registry::set_deprecated(by(ALICE), artifact, version, deprecated)
}

#[test]
fn a_deprecated_version_can_be_served_all_the_same() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		let status = || Versions::<Test>::get(artifact, digest(1)).unwrap().status;
		for (deprecated, expected) in
			[(true, VersionStatus::Deprecated), (false, VersionStatus::Published)]
		{
			assert_ok!(set(artifact, digest(1), deprecated));
			let version = digest(1);
			assert_last_event(Event::DeprecationSet { artifact, version, deprecated });
			assert_eq!(status(), expected);
			assert!(Registry::is_servable(artifact, &version));
			assert_noop!(set(artifact, version, deprecated), Error::<Test>::NothingChanges);
		}
	});
}

#[test]
fn unknown_and_withdrawn_versions_are_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_noop!(set(artifact, digest(2), true), Error::<Test>::VersionNotFound);
		assert_ok!(withdraw(artifact, digest(1), WithdrawalKind::Other));
		for deprecated in [true, false] {
			assert_noop!(set(artifact, digest(1), deprecated), Error::<Test>::VersionWithdrawn);
		}
	});
}

#[test]
fn the_owner_alone_deprecates() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_owner_only(
			|origin, id| Registry::set_deprecated(origin, id, digest(1), true),
			artifact,
		);
	});
}
