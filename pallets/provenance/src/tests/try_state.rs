use super::*;

/// That what `harm` does to the state is found, and what `mend` does is good again.
fn is_found(harm: impl FnOnce(), mend: impl FnOnce()) {
	harm();
	assert!(Provenance::do_try_state().is_err());
	mend();
	assert_ok!(Provenance::do_try_state());
}

#[test]
fn a_broken_anchor_is_found() {
	new_test_ext().execute_and_check(|| {
		let related = AnchorInfo { relations: vec![(Used, 0)].try_into().unwrap(), ..info(Other) };
		anchor(BOB, digest(9), info(Other)).unwrap();
		let id = anchor(ALICE, digest(1), related).unwrap();
		let newer = anchor(BOB, digest(2), info(Other)).unwrap();
		let good = Anchors::<Test>::get(id).unwrap();
		let superseded = |by| AnchorStatus::Superseded { by, at: 1 };
		let mut later = good.info.clone();
		later.relations[0].1 = id;
		let confirmation = Confirmation { key: digest(1), expires_at: 0, at: 1 };

		for broken in [
			Anchor { digest: digest(2), ..good.clone() },
			Anchor { issuer: BOB, ..good.clone() },
			Anchor { info: info(Other), ..good.clone() },
			Anchor { info: later, ..good.clone() },
			Anchor { reserved_at: Some(1), ..good.clone() },
			Anchor { confirmation: Some(confirmation), ..good.clone() },
			Anchor { status: superseded(newer + 1), ..good.clone() },
			Anchor { status: superseded(newer), ..good.clone() },
			Anchor { status: superseded(0), ..good.clone() },
		] {
			is_found(
				|| Anchors::<Test>::insert(id, broken),
				|| Anchors::<Test>::insert(id, good.clone()),
			);
		}
		is_found(|| Anchors::<Test>::remove(id), || Anchors::<Test>::insert(id, good.clone()));
		let next = NextAnchorId::<Test>::get();
		is_found(|| NextAnchorId::<Test>::put(next + 1), || NextAnchorId::<Test>::put(next));
		let foreign = (digest(1), Other, BOB);
		is_found(|| Claimed::<Test>::insert(&foreign, id), || Claimed::<Test>::remove(&foreign));
	});
}

#[test]
fn a_broken_index_is_found() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Other)).unwrap();
		let (key, foreign) = (IndexKey::Digest(digest(1)), IndexKey::Digest(digest(2)));
		is_found(|| IndexCount::<Test>::insert(&key, 2), || IndexCount::<Test>::insert(&key, 1));
		is_found(
			|| {
				IndexCount::<Test>::insert(&key, 2);
				Index::<Test>::insert(&key, 1, id);
			},
			|| {
				IndexCount::<Test>::insert(&key, 1);
				Index::<Test>::remove(&key, 1);
			},
		);
		is_found(|| Index::<Test>::remove(&key, 0), || Index::<Test>::insert(&key, 0, id));
		is_found(
			|| {
				IndexCount::<Test>::insert(&foreign, 1);
				Index::<Test>::insert(&foreign, 0, id);
			},
			|| {
				IndexCount::<Test>::remove(&foreign);
				Index::<Test>::remove(&foreign, 0);
			},
		);
		is_found(
			|| IndexCount::<Test>::insert(&foreign, 0),
			|| IndexCount::<Test>::remove(&foreign),
		);
	});
}

#[test]
fn a_reservation_or_key_without_its_deposit_is_found() {
	new_test_ext().execute_and_check(|| {
		let commitment = reserve(ALICE, digest(1)).unwrap();
		let key = bind(ALICE, &p256(1)).unwrap();
		let reservation = Reservations::<Test>::get(ALICE, commitment).unwrap();
		let binding = KeyBindings::<Test>::get(ALICE, key).unwrap();

		let dearer = Reservation { deposit: reservation.deposit + 1, ..reservation.clone() };
		is_found(
			|| Reservations::<Test>::insert(ALICE, commitment, dearer),
			|| Reservations::<Test>::insert(ALICE, commitment, &reservation),
		);
		is_found(
			|| ReservationCount::<Test>::insert(ALICE, 2),
			|| ReservationCount::<Test>::insert(ALICE, 1),
		);
		is_found(
			|| ReservationCount::<Test>::insert(BOB, 1),
			|| ReservationCount::<Test>::remove(BOB),
		);
		is_found(
			|| KeyBindings::<Test>::insert(BOB, key, &binding),
			|| KeyBindings::<Test>::remove(BOB, key),
		);
		is_found(
			|| KeyBindings::<Test>::insert(ALICE, digest(5), &binding),
			|| KeyBindings::<Test>::remove(ALICE, digest(5)),
		);
	});
}
