use super::*;
use tallystick_primitives::runtime_api::{AnchorPage, AnchorView, ClaimantPage, ConfirmationView};

#[test]
fn the_view_of_an_anchor_is_complete() {
	new_test_ext().execute_and_check(|| {
		let expires_at = expiry();
		let key = bind(ALICE, &p256(1)).unwrap();
		reserve(ALICE, digest(1)).unwrap();
		wait();
		let id = anchor_with(ALICE, digest(1), longest_info(), Some(key), Some(SALT)).unwrap();
		let confirmation =
			ConfirmationView { key, at: 11, expires_at, bound_until: Some(expires_at) };
		let view = AnchorView {
			id,
			digest: digest(1),
			info: longest_info(),
			issuer: ALICE,
			block: 11,
			time: Now::get(),
			reserved_at: Some(1),
			confirmation: Some(confirmation.clone()),
			status: AnchorStatus::Active,
		};
		assert_eq!(Provenance::anchor_by_id(id), Some(view.clone()));
		assert!(view.is_active());

		// What was confirmed stays so when the key has expired or is unbound, and both can be seen.
		assert_ok!(dispatch(ALICE, Call::unbind_key { fingerprint: key }));
		let unbound = ConfirmationView { bound_until: None, ..confirmation };
		let view = AnchorView { confirmation: Some(unbound), ..view };
		assert_eq!(Provenance::anchor_by_id(id), Some(view.clone()));
		assert_eq!(list(IndexKey::Confirmed(digest(1))), [id]);

		let newer = anchor(ALICE, digest(2), longest_info()).unwrap();
		assert_ok!(dispatch(ALICE, Call::supersede { old: id, new: newer }));
		let status = AnchorStatus::Superseded { by: newer, at: 11 };
		assert_eq!(Provenance::anchor_by_id(id).unwrap(), AnchorView { status, ..view.clone() });
		System::set_block_number(20);
		let reason: Reason = b"wrong".to_vec().try_into().unwrap();
		assert_ok!(dispatch(ALICE, Call::revoke { anchor: id, reason: reason.clone() }));
		let revoked = AnchorView { status: AnchorStatus::Revoked { reason, at: 20 }, ..view };
		assert_eq!(Provenance::anchor_by_id(id), Some(revoked.clone()));
		assert!(!revoked.is_active());
	});
}

#[test]
fn nothing_is_known_of_an_unknown_anchor_or_digest() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(Provenance::anchor_by_id(0), None);
		assert_eq!(
			Provenance::anchors_of(digest(1), 0, 10),
			ClaimantPage { anchors: vec![], next: None, confirmed: 0, reserved: 0, total: 0 }
		);
		assert_eq!(
			Provenance::anchors_by(IndexKey::Issuer(ALICE), 0, 10),
			AnchorPage { anchors: vec![], next: None, total: 0 }
		);
	});
}

#[test]
fn claimants_are_shown_by_tier_each_in_order_and_once() {
	new_test_ext().execute_and_check(|| {
		let kinds = [ModelVersion, Dataset, Code, Content, Inference, Receipts];
		let key = bind(ALICE, &p256(1)).unwrap();
		let salts = [1, 2, 3].map(|n| [n; 32]);
		for salt in salts {
			let commitment = reservation(&digest(1), &ALICE, &salt);
			assert_ok!(dispatch(ALICE, Call::reserve { commitment }));
		}
		wait();
		let make = |kind, key, salt| anchor_with(ALICE, digest(1), info(kind), key, salt).unwrap();
		let other = make(kinds[0], None, None);
		let later = make(kinds[1], None, None);
		let reserved = make(kinds[2], None, Some(salts[0]));
		let both = make(kinds[3], Some(key), Some(salts[1]));
		let reserved_too = make(kinds[4], None, Some(salts[2]));
		let confirmed = make(Other, Some(key), None);
		let last = make(kinds[5], None, None);
		assert_ok!(dispatch(ALICE, Call::confirm { anchor: later, fingerprint: key }));
		assert_ok!(anchor(BOB, digest(2), info(Other)));

		let order = [both, confirmed, later, reserved, reserved_too, other, last];
		assert_eq!(claimants(digest(1)), order);

		// In pages of every size, all are shown, in the same order.
		for size in 1..=14 {
			let (mut shown, mut start) = (Vec::new(), Some(0));
			while let Some(place) = start {
				let page = Provenance::anchors_of(digest(1), place, size);
				assert_eq!((page.confirmed, page.reserved, page.total), (3, 3, 7));
				assert!(page.anchors.len() <= size as usize);
				shown.extend(page.anchors.into_iter().map(|anchor| anchor.id));
				start = page.next;
			}
			assert_eq!(shown, order, "{size}");
		}
	});
}

#[test]
fn lists_are_read_in_pages() {
	new_test_ext().execute_and_check(|| {
		let digests = (1..=120).map(digest).collect::<Vec<_>>();
		for digest in &digests {
			assert_ok!(anchor(ALICE, *digest, info(Other)));
		}
		let page = |start, limit| {
			let page = Provenance::anchors_by(IndexKey::Issuer(ALICE), start, limit);
			assert_eq!(page.total, 120);
			let found = page.anchors.into_iter().map(|anchor| anchor.digest).collect::<Vec<_>>();
			(found, page.next)
		};
		assert_eq!(page(0, 2), (digests[..2].to_vec(), Some(2)));
		assert_eq!(page(118, 10), (digests[118..].to_vec(), None));
		assert_eq!(page(0, u32::MAX), (digests[..100].to_vec(), Some(100)));
		assert_eq!(page(u32::MAX, u32::MAX), (vec![], None));
		assert_eq!(page(5, 0), (vec![], Some(5)));
	});
}
