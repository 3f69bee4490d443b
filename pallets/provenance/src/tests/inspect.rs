use super::*;
use crate::AnchorKind::*;
use tallystick_primitives::runtime_api::AnchorView;

#[test]
fn the_view_of_an_anchor_is_complete() {
	new_test_ext().execute_and_check(|| {
		System::set_block_number(3);
		Now::set(42_000);
		let id = anchor(ALICE, digest(1), longest_info()).unwrap();
		let view = AnchorView {
			id,
			digest: digest(1),
			kind: b"ModelVersion".to_vec(),
			issuer: ALICE,
			document: Some(digest(2)),
			block: 3,
			time: 42_000,
			active: true,
		};
		assert_eq!(Provenance::anchor_by_id(id), Some(view.clone()));
		assert_ok!(Provenance::revoke(RuntimeOrigin::signed(ALICE), id));
		assert_eq!(Provenance::anchor_by_id(id), Some(AnchorView { active: false, ..view }));
	});
}

#[test]
fn kinds_are_shown_by_name() {
	for kind in [ModelVersion, Dataset, Document, Content, Inference, Receipts, Other] {
		assert_eq!(kind.name(), format!("{kind:?}").as_bytes());
	}
}

#[test]
fn nothing_is_known_of_an_unknown_anchor_or_digest() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(Provenance::anchor_by_id(0), None);
		assert_eq!(Provenance::anchors_of(digest(1), 0, 10), (vec![], 0));
	});
}

#[test]
fn anchors_of_a_digest_are_read_in_pages() {
	new_test_ext().execute_and_check(|| {
		let issuers = (0..120).map(|n| AccountId::new([n + 100; 32])).collect::<Vec<_>>();
		for issuer in &issuers {
			let origin = RuntimeOrigin::signed(ALICE);
			assert_ok!(Balances::transfer_keep_alive(origin, issuer.clone(), 2 * BASE_PRICE));
			assert_ok!(anchor(issuer.clone(), digest(1), info(Other)));
		}
		assert_ok!(anchor(ALICE, digest(2), info(Other)));

		let page = |start, limit| {
			let (page, count) = Provenance::anchors_of(digest(1), start, limit);
			assert_eq!(count, 120);
			page.into_iter().map(|anchor| anchor.issuer).collect::<Vec<_>>()
		};
		assert_eq!(page(0, 2), issuers[..2]);
		assert_eq!(page(118, 10), issuers[118..]);
		assert_eq!(page(0, u32::MAX), issuers[..100]);
		assert_eq!(page(u32::MAX, u32::MAX), []);
		assert_eq!(page(5, 0), []);
	});
}

#[test]
fn a_broken_state_is_found() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Other)).unwrap();
		let good = Anchors::<Test>::get(id).unwrap();
		let is_broken = || Provenance::do_try_state().is_err();

		for broken in [
			Anchor { digest: digest(2), ..good.clone() },
			Anchor { issuer: BOB, ..good.clone() },
			Anchor { status: Status::Superseded(id + 1), ..good.clone() },
		] {
			Anchors::<Test>::insert(id, broken);
			assert!(is_broken());
		}
		Anchors::<Test>::remove(id);
		assert!(is_broken());
		Anchors::<Test>::insert(id, good);

		NextAnchorId::<Test>::put(id + 2);
		assert!(is_broken());
		NextAnchorId::<Test>::put(id + 1);

		DigestCount::<Test>::insert(digest(1), 2);
		assert!(is_broken());
		ByDigest::<Test>::insert(digest(1), 1, id);
		assert!(is_broken());
		ByDigest::<Test>::remove(digest(1), 1);
		DigestCount::<Test>::insert(digest(1), 1);

		Claimed::<Test>::insert((digest(1), Other, BOB), id);
		assert!(is_broken());
		Claimed::<Test>::remove((digest(1), Other, BOB));
	});
}
