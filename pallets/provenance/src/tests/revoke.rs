use super::*;

#[test]
fn revoking_changes_the_status_alone_and_tells() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), longest_info()).unwrap();
		let before = Anchors::<Test>::get(id).unwrap();
		System::set_block_number(7);
		let reason: Reason = b"trained on stolen data".to_vec().try_into().unwrap();
		assert_ok!(dispatch(ALICE, Call::revoke { anchor: id, reason: reason.clone() }));

		let revoked = Anchor { status: AnchorStatus::Revoked { reason, at: 7 }, ..before };
		assert_eq!(Anchors::<Test>::get(id), Some(revoked));
		assert_eq!(list(IndexKey::Digest(digest(1))), [id]);
		System::assert_last_event(Event::Revoked { anchor: id }.into());
	});
}

#[test]
fn an_unknown_anchor_is_not_revoked() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(revoke(ALICE, 0), Error::<Test>::AnchorNotFound);
	});
}

#[test]
fn the_issuer_alone_revokes() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Inference)).unwrap();
		assert_noop!(revoke(BOB, id), Error::<Test>::NotIssuer);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Provenance::revoke(origin, id, Default::default()), BadOrigin);
		}
	});
}

#[test]
fn an_anchor_is_revoked_once() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Receipts)).unwrap();
		assert_ok!(revoke(ALICE, id));
		assert_noop!(revoke(ALICE, id), Error::<Test>::AlreadyRevoked);
	});
}

#[test]
fn a_superseded_anchor_can_still_be_revoked() {
	new_test_ext().execute_and_check(|| {
		let old = anchor(ALICE, digest(1), info(Other)).unwrap();
		let new = anchor(ALICE, digest(2), info(Other)).unwrap();
		assert_ok!(dispatch(ALICE, Call::supersede { old, new }));
		assert_ok!(revoke(ALICE, old));
	});
}
