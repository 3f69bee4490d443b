use super::*;

/// Publishes as `who`.
fn publish(who: AccountId, artifact: ArtifactId, version: Digest) -> Result<(), DispatchError> {
	Registry::publish(RuntimeOrigin::signed(who), artifact, version, version_info())
}

#[test]
fn publishing_stores_the_version_holds_the_deposit_and_tells() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let before = held(&ALICE);
		System::set_block_number(3);
		assert_ok!(publish(ALICE, artifact, digest(1)));

		let version = Versions::<Test>::get(artifact, digest(1)).unwrap();
		assert_eq!(version.number, 0);
		assert_eq!(version.info, version_info());
		assert_eq!(version.publisher, ALICE);
		assert_eq!(version.published_at, 3);
		assert_eq!(version.status, VersionStatus::Published);
		assert_eq!(held(&ALICE), before + Balance::from(version_info().stored_bytes()));
		assert_last_event(Event::Published {
			artifact,
			version: digest(1),
			files: 2,
			bytes: 1_000,
		});
	});
}

#[test]
fn versions_are_numbered_in_the_order_of_publication() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		for n in [3, 1, 2] {
			assert_ok!(publish(ALICE, artifact, digest(n)));
		}
		assert_eq!(Catalogues::<Test>::get(artifact).versions, 3);
		let versions = [0, 1, 2].map(|n| VersionAt::<Test>::get(artifact, n).unwrap());
		assert_eq!(versions, [3, 1, 2].map(digest));
	});
}

#[test]
fn a_digest_belongs_to_nobody() {
	new_test_ext().execute_and_check(|| {
		for owner in [ALICE, BOB] {
			let artifact = artifact_of(owner.clone());
			assert_ok!(publish(owner, artifact, digest(1)));
		}
	});
}

#[test]
fn the_owner_alone_publishes() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_noop!(publish(BOB, artifact, digest(1)), Error::<Test>::NotOwner);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Registry::publish(origin, artifact, digest(1), version_info()), BadOrigin);
		}
	});
}

#[test]
fn an_unknown_artifact_has_no_versions() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(publish(ALICE, 0, digest(1)), Error::<Test>::ArtifactNotFound);
	});
}

#[test]
fn a_version_is_published_once() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_ok!(publish(ALICE, artifact, digest(1)));
		assert_noop!(publish(ALICE, artifact, digest(1)), Error::<Test>::AlreadyPublished);
	});
}

#[test]
fn a_version_without_files_bytes_or_digest_is_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let info = version_info();
		for (version, info) in [
			(digest(1), VersionInfo { files: 0, ..info.clone() }),
			(digest(1), VersionInfo { bytes: 0, ..info.clone() }),
			(Digest::zero(), info),
		] {
			assert_noop!(
				Registry::publish(RuntimeOrigin::signed(ALICE), artifact, version, info),
				Error::<Test>::EmptyVersion
			);
		}
	});
}

#[test]
fn an_empty_locator_is_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let info = VersionInfo { locators: locators(["http://a", ""]), ..version_info() };
		assert_noop!(
			Registry::publish(by(ALICE), artifact, digest(1), info),
			Error::<Test>::EmptyLocator
		);
	});
}

#[test]
fn the_last_number_is_never_given_out() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let full = Catalogue { versions: u32::MAX, ..Default::default() };
		Catalogues::<Test>::insert(artifact, full);
		assert_noop!(publish(ALICE, artifact, digest(1)), Error::<Test>::TooManyVersions);
		Catalogues::<Test>::remove(artifact);
	});
}

#[test]
fn who_cannot_pay_the_deposit_cannot_publish() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let rest = Balances::free_balance(&ALICE) - 100;
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(ALICE), BOB, rest));
		assert_noop!(publish(ALICE, artifact, digest(1)), TokenError::FundsUnavailable);
	});
}
