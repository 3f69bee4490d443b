use super::*;

fn supersede(who: AccountId, old: AnchorId, new: AnchorId) -> Result<(), DispatchError> {
	dispatch(who, Call::supersede { old, new })
}

/// Two anchors of ALICE.
fn two() -> [AnchorId; 2] {
	[1, 2].map(|n| anchor(ALICE, digest(n), info(Other)).unwrap())
}

#[test]
fn superseding_changes_the_status_of_the_old_one_alone_and_tells() {
	new_test_ext().execute_and_check(|| {
		let [old, new] = two();
		let before = [old, new].map(|id| Anchors::<Test>::get(id).unwrap());
		System::set_block_number(7);
		assert_ok!(supersede(ALICE, old, new));

		let [was, newer] = before;
		let superseded = Anchor { status: AnchorStatus::Superseded { by: new, at: 7 }, ..was };
		assert_eq!(Anchors::<Test>::get(old), Some(superseded));
		assert_eq!(Anchors::<Test>::get(new), Some(newer));
		System::assert_last_event(Event::Superseded { anchor: old, by: new }.into());
	});
}

#[test]
fn only_anchors_that_are_there_supersede_and_are_superseded() {
	new_test_ext().execute_and_check(|| {
		let [old, new] = two();
		assert_noop!(supersede(ALICE, old, new + 1), Error::<Test>::AnchorNotFound);
		assert_noop!(supersede(ALICE, new + 1, new + 2), Error::<Test>::AnchorNotFound);
	});
}

#[test]
fn the_issuer_of_both_alone_supersedes() {
	new_test_ext().execute_and_check(|| {
		let [old, new] = two();
		let bobs = anchor(BOB, digest(3), info(Other)).unwrap();
		// Neither one's own by another's, nor another's by one's own.
		assert_noop!(supersede(ALICE, old, bobs), Error::<Test>::NotIssuer);
		assert_noop!(supersede(BOB, old, bobs), Error::<Test>::NotIssuer);
		assert_noop!(supersede(BOB, old, new), Error::<Test>::NotIssuer);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Provenance::supersede(origin, old, new), BadOrigin);
		}
	});
}

#[test]
fn superseding_leads_forward_and_never_in_a_circle() {
	new_test_ext().execute_and_check(|| {
		let [old, new] = two();
		assert_noop!(supersede(ALICE, new, old), Error::<Test>::NotNewer);
		assert_noop!(supersede(ALICE, old, old), Error::<Test>::NotNewer);
		assert_ok!(supersede(ALICE, old, new));
		assert_noop!(supersede(ALICE, new, old), Error::<Test>::NotNewer);
	});
}

#[test]
fn both_are_active() {
	new_test_ext().execute_and_check(|| {
		let [old, new] = two();
		let newest = anchor(ALICE, digest(3), info(Other)).unwrap();
		assert_ok!(supersede(ALICE, old, new));
		assert_noop!(supersede(ALICE, old, newest), Error::<Test>::NotActive);
		assert_ok!(revoke(ALICE, newest));
		assert_noop!(supersede(ALICE, new, newest), Error::<Test>::NotActive);
		assert_eq!(status(new), AnchorStatus::Active);
	});
}

#[test]
fn both_are_of_one_kind() {
	new_test_ext().execute_and_check(|| {
		let old = anchor(ALICE, digest(1), info(Dataset)).unwrap();
		let new = anchor(ALICE, digest(2), info(ModelVersion)).unwrap();
		assert_noop!(supersede(ALICE, old, new), Error::<Test>::KindDiffers);
	});
}
