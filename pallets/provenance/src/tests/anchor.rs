use super::*;
use frame_support::BoundedVec;

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
				reserved_at: None,
				confirmation: None,
				status: AnchorStatus::Active,
			})
		);
		assert_eq!(Claimed::<Test>::get((digest(1), ModelVersion, ALICE)), Some(id));
		System::assert_last_event(
			Event::Anchored {
				anchor: id,
				digest: digest(1),
				kind: ModelVersion,
				issuer: ALICE,
				reserved_at: None,
				key: None,
			}
			.into(),
		);
	});
}

#[test]
fn an_anchor_is_found_by_all_that_it_names() {
	new_test_ext().execute_and_check(|| {
		let parents =
			[1, 2].map(|n| (WasDerivedFrom, anchor(BOB, digest(n), info(Content)).unwrap()));
		let info = AnchorInfo {
			relations: BoundedVec::truncate_from(parents.to_vec()),
			soft: BoundedVec::truncate_from(vec![soft_binding(1), soft_binding(2)]),
			..longest_info()
		};
		let id = anchor(ALICE, digest(3), info.clone()).unwrap();

		assert_eq!(list(IndexKey::Digest(digest(3))), [id]);
		assert_eq!(list(IndexKey::Issuer(ALICE)), [id]);
		assert_eq!(list(IndexKey::Document(info.document.unwrap().digest)), [id]);
		for (_, parent) in parents {
			assert_eq!(list(IndexKey::RelatedTo(parent)), [id]);
		}
		for binding in info.soft {
			assert_eq!(list(IndexKey::Soft(binding)), [id]);
		}
		assert!(list(IndexKey::Soft(soft_binding(3))).is_empty());
		assert_eq!(list(IndexKey::Issuer(BOB)), parents.map(|(_, parent)| parent));
	});
}

#[test]
fn the_price_is_a_base_and_an_amount_for_each_byte_and_place_and_goes_to_the_treasury() {
	new_test_ext().execute_and_check(|| {
		assert_ok!(anchor(ALICE, digest(1), info(Dataset)));
		assert_eq!(Balances::balance(&VAULT), BASE_PRICE);
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - BASE_PRICE);

		assert_ok!(anchor(BOB, digest(1), longest_info()));
		// The document is a place.
		let strings = BASE_PRICE + (64 + 4 * 256) * BYTE_PRICE + ENTRY_PRICE;
		assert_eq!(Balances::balance(&BOB), ENDOWMENT - strings);
		assert_eq!(Balances::balance(&VAULT), BASE_PRICE + strings);

		let info = AnchorInfo {
			relations: BoundedVec::truncate_from(vec![(Used, 0), (Used, 1)]),
			soft: BoundedVec::truncate_from(vec![soft_binding(1)]),
			..info(Dataset)
		};
		let before = Balances::balance(&BOB);
		assert_ok!(anchor(BOB, digest(1), info));
		let places = BASE_PRICE + 64 * BYTE_PRICE + 3 * ENTRY_PRICE;
		assert_eq!(Balances::balance(&BOB), before - places);
	});
}

#[test]
fn a_key_and_a_reservation_are_places_that_are_paid_for() {
	new_test_ext().execute_and_check(|| {
		let key = bind(ALICE, &p256(1)).unwrap();
		reserve(ALICE, digest(1)).unwrap();
		wait();
		Now::set(Now::get() + 1);
		let free = Balances::balance(&ALICE);
		assert_ok!(anchor_with(ALICE, digest(1), info(Other), Some(key), Some(SALT)));
		let price = BASE_PRICE + 4 * ENTRY_PRICE;
		assert_eq!(Balances::balance(&ALICE), free + RESERVATION_DEPOSIT - price);
		assert_eq!(Balances::balance(&VAULT), price);
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
			let call = Provenance::anchor(origin, digest(1), longest_info(), None, None);
			assert_noop!(call, BadOrigin);
		}
	});
}

#[test]
fn a_zero_digest_is_refused() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(anchor(ALICE, Digest::zero(), longest_info()), Error::<Test>::ZeroDigest);
		let document = Document { kind: DocumentKind::Spdx, digest: Digest::zero() };
		let document = AnchorInfo { document: Some(document), ..longest_info() };
		assert_noop!(anchor(ALICE, digest(1), document), Error::<Test>::ZeroDigest);
		assert_ok!(anchor(ALICE, digest(1), info(Other)));
	});
}

#[test]
fn an_empty_locator_is_refused() {
	new_test_ext().execute_and_check(|| {
		let mut info = longest_info();
		info.locators[1] = Default::default();
		assert_noop!(anchor(ALICE, digest(1), info), Error::<Test>::EmptyLocator);
	});
}

#[test]
fn relations_are_to_anchors_that_are_there_and_once_to_each() {
	new_test_ext().execute_and_check(|| {
		let parent = anchor(ALICE, digest(1), info(Other)).unwrap();
		let related = |others: &[AnchorId]| AnchorInfo {
			relations: others
				.iter()
				.map(|id| (WasDerivedFrom, *id))
				.collect::<Vec<_>>()
				.try_into()
				.unwrap(),
			..info(Other)
		};
		// Itself, and one that will come.
		for other in [parent + 1, parent + 2, AnchorId::MAX] {
			assert_noop!(anchor(BOB, digest(2), related(&[other])), Error::<Test>::AnchorNotFound);
		}
		assert_noop!(
			anchor(BOB, digest(2), related(&[parent, parent])),
			Error::<Test>::DuplicateRelation
		);
		assert_ok!(anchor(BOB, digest(2), related(&[parent])));
	});
}

#[test]
fn soft_bindings_have_values_and_are_named_once() {
	new_test_ext().execute_and_check(|| {
		let with =
			|soft: Vec<SoftBinding>| AnchorInfo { soft: soft.try_into().unwrap(), ..info(Content) };
		let empty = SoftBinding { algorithm: 1, value: Default::default() };
		assert_noop!(
			anchor(ALICE, digest(1), with(vec![soft_binding(1), empty])),
			Error::<Test>::EmptySoftBinding
		);
		assert_noop!(
			anchor(ALICE, digest(1), with(vec![soft_binding(1), soft_binding(1)])),
			Error::<Test>::DuplicateSoftBinding
		);
		assert_ok!(anchor(ALICE, digest(1), with(vec![soft_binding(1), soft_binding(2)])));
	});
}

#[test]
fn an_issuer_anchors_a_digest_once_for_each_kind() {
	new_test_ext().execute_and_check(|| {
		assert_ok!(anchor(ALICE, digest(1), info(ModelVersion)));
		assert_noop!(anchor(ALICE, digest(1), longest_info()), Error::<Test>::AlreadyAnchored);
		assert_ok!(anchor(ALICE, digest(1), info(AnchorKind::Document)));
		assert_ok!(anchor(ALICE, digest(2), info(ModelVersion)));
	});
}

#[test]
fn a_digest_is_never_exclusive() {
	new_test_ext().execute_and_check(|| {
		let ids = [ALICE, BOB].map(|who| anchor(who, digest(1), info(ModelVersion)).unwrap());
		assert_eq!(list(IndexKey::Digest(digest(1))), ids);
	});
}

#[test]
fn a_revoked_anchor_is_not_made_again() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Content)).unwrap();
		assert_ok!(revoke(ALICE, id));
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
fn the_last_number_of_a_list_is_never_given_out() {
	new_test_ext().execute_and_check(|| {
		let full = IndexKey::Digest(digest(1));
		IndexCount::<Test>::insert(&full, u32::MAX);
		assert_noop!(anchor(ALICE, digest(1), info(Other)), Error::<Test>::TooManyAnchors);
		assert_ok!(anchor(ALICE, digest(2), info(Other)));
		IndexCount::<Test>::remove(full);
	});
}
