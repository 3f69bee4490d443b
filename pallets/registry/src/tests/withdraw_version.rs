use super::*;
use crate::WithdrawalKind::*;

#[test]
fn a_version_can_be_served_until_its_notice_is_over() {
	new_test_ext().execute_and_check(|| {
		for kind in [Defect, Rights, Superseded, Other] {
			System::set_block_number(1);
			let artifact = published(digest(1));
			let from = 1 + NOTICE;
			assert_ok!(withdraw(artifact, digest(1), kind));
			let version = digest(1);
			assert_last_event(Event::VersionWithdrawn { artifact, version, kind, from });
			System::set_block_number(from - 1);
			assert!(Registry::is_servable(artifact, &version));
			System::set_block_number(from);
			assert!(!Registry::is_servable(artifact, &version));
		}
	});
}

#[test]
fn what_is_not_safe_goes_at_once() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(withdraw(artifact, digest(1), Safety));
		assert!(!Registry::is_servable(artifact, &digest(1)));
		let status = Versions::<Test>::get(artifact, digest(1)).unwrap().status;
		let note = Note::default();
		assert_eq!(status, VersionStatus::Withdrawn { from: 1, kind: Safety, note });
		let view = Registry::artifact(artifact).unwrap();
		assert!(view.withdrawn && !view.versions[0].servable);
	});
}

#[test]
fn what_is_about_to_go_can_go_at_once() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(withdraw(artifact, digest(1), Other));
		System::set_block_number(4);
		assert_noop!(withdraw(artifact, digest(1), Other), Error::<Test>::VersionWithdrawn);
		assert_ok!(withdraw(artifact, digest(1), Safety));
		assert!(!Registry::is_servable(artifact, &digest(1)));
		assert_eq!(Catalogues::<Test>::get(artifact).withdrawn, 1);
		assert_noop!(withdraw(artifact, digest(1), Safety), Error::<Test>::VersionWithdrawn);
	});
}

#[test]
fn what_is_withdrawn_never_comes_back() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(withdraw(artifact, digest(1), Safety));
		assert_noop!(
			Registry::publish(by(ALICE), artifact, digest(1), version_info()),
			Error::<Test>::AlreadyPublished
		);
	});
}

#[test]
fn genesis_can_shorten_the_notice() {
	new_test_ext().execute_and_check(|| {
		NoticePeriod::<Test>::put(2);
		let artifact = published(digest(1));
		assert_ok!(withdraw(artifact, digest(1), Other));
		System::set_block_number(3);
		assert!(!Registry::is_servable(artifact, &digest(1)));
	});
}

#[test]
fn an_artifact_is_withdrawn_with_its_last_version() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(Registry::publish(by(ALICE), artifact, digest(2), version_info()));
		let withdrawn = || Registry::artifact(artifact).unwrap().withdrawn;
		assert_ok!(withdraw(artifact, digest(1), Safety));
		assert!(!withdrawn());
		assert_ok!(withdraw(artifact, digest(2), Other));
		assert!(withdrawn());
	});
}

#[test]
fn unknown_versions_are_refused() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_noop!(withdraw(artifact, digest(2), Safety), Error::<Test>::VersionNotFound);
	});
}

#[test]
fn the_owner_alone_withdraws() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_owner_only(
			|origin, id| Registry::withdraw_version(origin, id, digest(1), Safety, Note::default()),
			artifact,
		);
	});
}
