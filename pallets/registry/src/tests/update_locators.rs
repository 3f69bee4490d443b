use super::*;

fn update(artifact: ArtifactId, version: Digest, all: Locators) -> Result<(), DispatchError> {
	Registry::update_locators(by(ALICE), artifact, version, all)
}

#[test]
fn the_places_and_the_deposit_follow() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		let before = held(&ALICE);
		let few = locators(["https://a/b", "ipfs://c"]);
		assert_ok!(update(artifact, digest(1), few.clone()));
		assert_last_event(Event::LocatorsUpdated { artifact, version: digest(1) });
		let info = Versions::<Test>::get(artifact, digest(1)).unwrap().info;
		assert_eq!(info, VersionInfo { locators: few, ..version_info() });
		let freed = version_info().stored_bytes() - info.stored_bytes();
		assert_eq!(held(&ALICE), before - Balance::from(freed));
		assert_ok!(update(artifact, digest(1), longest_locators()));
		assert_eq!(held(&ALICE), before);
	});
}

#[test]
fn a_withdrawn_version_gives_its_deposit_back() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		let before = held(&ALICE);
		assert_ok!(withdraw(artifact, digest(1), WithdrawalKind::Safety));
		assert_ok!(update(artifact, digest(1), Locators::default()));
		assert!(held(&ALICE) < before);
	});
}

#[test]
fn unknown_versions_and_empty_locators_are_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_noop!(
			update(artifact, digest(2), longest_locators()),
			Error::<Test>::VersionNotFound
		);
		assert_noop!(update(artifact, digest(1), locators(["a", ""])), Error::<Test>::EmptyLocator);
	});
}

#[test]
fn the_owner_alone_updates() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_owner_only(
			|origin, id| Registry::update_locators(origin, id, digest(1), longest_locators()),
			artifact,
		);
	});
}
