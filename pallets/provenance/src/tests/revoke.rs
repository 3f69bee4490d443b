use super::*;
use crate::AnchorKind::*;

/// Revokes as `who`.
fn revoke(who: AccountId, anchor: AnchorId) -> Result<(), DispatchError> {
	Provenance::revoke(RuntimeOrigin::signed(who), anchor)
}

#[test]
fn revoking_changes_the_status_alone_and_tells() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), longest_info()).unwrap();
		let before = Anchors::<Test>::get(id).unwrap();
		System::set_block_number(7);
		assert_ok!(revoke(ALICE, id));

		let revoked = Anchor { status: Status::Revoked, ..before };
		assert_eq!(Anchors::<Test>::get(id), Some(revoked));
		assert_eq!(DigestCount::<Test>::get(digest(1)), 1);
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
			assert_noop!(Provenance::revoke(origin, id), BadOrigin);
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
		let old = anchor(ALICE, digest(1), info(Document)).unwrap();
		let new = anchor(ALICE, digest(2), info(Document)).unwrap();
		Anchors::<Test>::mutate(old, |anchor| {
			anchor.as_mut().unwrap().status = Status::Superseded(new);
		});
		assert_ok!(revoke(ALICE, old));
	});
}
