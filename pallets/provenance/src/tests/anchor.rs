use super::*;
use crate::AnchorKind::*;
use frame_support::traits::fungible::Inspect;

#[test]
fn anchoring_stores_the_anchor_and_tells() {
	new_test_ext().execute_and_check(|| {
		System::set_block_number(3);
		Now::set(42_000);
		let id = anchor(ALICE, digest(1), longest_info()).unwrap();

		assert_eq!(
			Anchors::<Test>::get(id),
			Some(Anchor {
				digest: digest(1),
				info: longest_info(),
				issuer: ALICE,
				block: 3,
				time: 42_000,
				status: Status::Active,
			})
		);
		assert_eq!(ByDigest::<Test>::get(digest(1), 0), Some(id));
		assert_eq!(DigestCount::<Test>::get(digest(1)), 1);
		assert_eq!(Claimed::<Test>::get((digest(1), ModelVersion, ALICE)), Some(id));
		System::assert_last_event(
			Event::Anchored { anchor: id, digest: digest(1), kind: ModelVersion, issuer: ALICE }
				.into(),
		);
	});
}

#[test]
fn the_price_is_a_base_and_an_amount_for_each_byte_and_goes_to_the_treasury() {
	new_test_ext().execute_and_check(|| {
		assert_ok!(anchor(ALICE, digest(1), info(Dataset)));
		assert_eq!(Balances::balance(&VAULT), BASE_PRICE);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - BASE_PRICE);

		assert_ok!(anchor(BOB, digest(1), longest_info()));
		let price = BASE_PRICE + (64 + 256) * BYTE_PRICE;
		assert_eq!(Balances::balance(&BOB), ENDOWMENT - price);
		assert_eq!(Balances::balance(&VAULT), BASE_PRICE + price);
	});
}

#[test]
fn who_cannot_pay_anchors_nothing() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(anchor(PAUPER, digest(1), longest_info()), TokenError::FundsUnavailable);
	});
}

#[test]
fn root_and_unsigned_cannot_anchor() {
	new_test_ext().execute_and_check(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Provenance::anchor(origin, digest(1), longest_info()), BadOrigin);
		}
	});
}

#[test]
fn a_zero_digest_is_refused() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(anchor(ALICE, Digest::zero(), longest_info()), Error::<Test>::ZeroDigest);
		let document = AnchorInfo { document: Some(Digest::zero()), ..longest_info() };
		assert_noop!(anchor(ALICE, digest(1), document), Error::<Test>::ZeroDigest);
		let without = AnchorInfo { document: None, ..longest_info() };
		assert_ok!(anchor(ALICE, digest(1), without));
	});
}

#[test]
fn an_issuer_anchors_a_digest_once_for_each_kind() {
	new_test_ext().execute_and_check(|| {
		assert_ok!(anchor(ALICE, digest(1), info(ModelVersion)));
		assert_noop!(anchor(ALICE, digest(1), longest_info()), Error::<Test>::AlreadyAnchored);
		assert_ok!(anchor(ALICE, digest(1), info(Document)));
		assert_ok!(anchor(ALICE, digest(2), info(ModelVersion)));
	});
}

#[test]
fn a_digest_is_never_exclusive() {
	new_test_ext().execute_and_check(|| {
		let ids = [ALICE, BOB].map(|who| anchor(who, digest(1), info(ModelVersion)).unwrap());
		assert_eq!(DigestCount::<Test>::get(digest(1)), 2);
		let found = [0, 1].map(|number| ByDigest::<Test>::get(digest(1), number).unwrap());
		assert_eq!(found, ids);
	});
}

#[test]
fn a_revoked_anchor_is_not_made_again() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Content)).unwrap();
		assert_ok!(Provenance::revoke(RuntimeOrigin::signed(ALICE), id));
		assert_noop!(anchor(ALICE, digest(1), info(Content)), Error::<Test>::AlreadyAnchored);
	});
}

#[test]
fn the_last_id_is_never_given_out() {
	new_test_ext().execute_and_check(|| {
		NextAnchorId::<Test>::put(AnchorId::MAX);
		assert_noop!(anchor(ALICE, digest(1), info(Other)), Error::<Test>::TooManyAnchors);
		NextAnchorId::<Test>::kill();
	});
}

#[test]
fn the_last_number_of_a_digest_is_never_given_out() {
	new_test_ext().execute_and_check(|| {
		DigestCount::<Test>::insert(digest(1), u32::MAX);
		assert_noop!(anchor(ALICE, digest(1), info(Other)), Error::<Test>::TooManyAnchors);
		assert_ok!(anchor(ALICE, digest(2), info(Other)));
		DigestCount::<Test>::remove(digest(1));
	});
}
