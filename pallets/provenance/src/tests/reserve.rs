use super::*;

fn held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Reservation.into(), who)
}

#[test]
fn a_reservation_is_stored_for_a_deposit() {
	new_test_ext().execute_and_check(|| {
		let commitment = reserve(ALICE, digest(1)).unwrap();
		let stored = Reservations::<Test>::get(ALICE, commitment);
		assert_eq!(stored, Some(Reservation { at: 1, deposit: RESERVATION_DEPOSIT }));
		assert_eq!(held(&ALICE), RESERVATION_DEPOSIT);
		System::assert_last_event(Event::Reserved { account: ALICE, commitment }.into());
		assert_noop!(reserve(ALICE, digest(1)), Error::<Test>::AlreadyReserved);
		assert_noop!(reserve(PAUPER, digest(1)), TokenError::FundsUnavailable);
	});
}

#[test]
fn an_account_has_so_many_reservations_at_once() {
	new_test_ext().execute_and_check(|| {
		for n in 1..=3 {
			assert_ok!(reserve(ALICE, digest(n)));
		}
		assert_noop!(reserve(ALICE, digest(4)), Error::<Test>::TooManyReservations);
		assert_ok!(reserve(BOB, digest(4)));
		let commitment = reservation(&digest(2), &ALICE, &SALT);
		assert_ok!(dispatch(ALICE, Call::release_reservation { commitment }));
		assert_ok!(reserve(ALICE, digest(4)));
	});
}

#[test]
fn who_releases_has_the_deposit_back() {
	new_test_ext().execute_and_check(|| {
		let commitment = reserve(ALICE, digest(1)).unwrap();
		let release = Call::release_reservation { commitment };
		assert_noop!(dispatch(BOB, release.clone()), Error::<Test>::ReservationNotFound);
		assert_ok!(dispatch(ALICE, release.clone()));
		assert_eq!((held(&ALICE), Balances::balance(&ALICE)), (0, ENDOWMENT));
		System::assert_last_event(Event::ReservationReleased { account: ALICE, commitment }.into());
		assert_noop!(dispatch(ALICE, release), Error::<Test>::ReservationNotFound);
		wait();
		let late = anchor_with(ALICE, digest(1), info(Other), None, Some(SALT));
		assert_noop!(late, Error::<Test>::ReservationNotFound);
	});
}

#[test]
fn an_anchor_shows_since_when_it_was_reserved() {
	new_test_ext().execute_and_check(|| {
		System::set_block_number(5);
		reserve(ALICE, digest(1)).unwrap();
		wait();
		let id = anchor_with(ALICE, digest(1), info(Other), None, Some(SALT)).unwrap();
		assert_eq!(Anchors::<Test>::get(id).unwrap().reserved_at, Some(5));
		assert_eq!(list(IndexKey::Reserved(digest(1))), [id]);
		assert_eq!(held(&ALICE), 0);
	});
}

#[test]
fn a_reservation_is_used_once() {
	new_test_ext().execute_and_check(|| {
		reserve(ALICE, digest(1)).unwrap();
		wait();
		assert_ok!(anchor_with(ALICE, digest(1), info(Other), None, Some(SALT)));
		let again = anchor_with(ALICE, digest(1), info(Content), None, Some(SALT));
		assert_noop!(again, Error::<Test>::ReservationNotFound);
	});
}

#[test]
fn an_anchor_that_fails_leaves_its_reservation() {
	new_test_ext().execute_and_check(|| {
		anchor(ALICE, digest(1), info(Other)).unwrap();
		let commitment = reserve(ALICE, digest(1)).unwrap();
		wait();
		let twice = anchor_with(ALICE, digest(1), info(Other), None, Some(SALT));
		assert_noop!(twice, Error::<Test>::AlreadyAnchored);
		assert!(Reservations::<Test>::contains_key(ALICE, commitment));
		assert_eq!(held(&ALICE), RESERVATION_DEPOSIT);
	});
}

#[test]
fn a_reservation_has_to_be_old_enough() {
	new_test_ext().execute_and_check(|| {
		reserve(ALICE, digest(1)).unwrap();
		let claim = || anchor_with(ALICE, digest(1), info(Other), None, Some(SALT));
		assert_noop!(claim(), Error::<Test>::ReservationTooYoung);
		System::set_block_number(RESERVATION_AGE);
		assert_noop!(claim(), Error::<Test>::ReservationTooYoung);
		System::set_block_number(RESERVATION_AGE + 1);
		assert_ok!(claim());
	});
}

#[test]
fn a_reservation_is_for_one_account_digest_and_salt() {
	new_test_ext().execute_and_check(|| {
		let commitment = reserve(ALICE, digest(1)).unwrap();
		// Copied as it is: BOB's account is not in it.
		assert_ok!(dispatch(BOB, Call::reserve { commitment }));
		wait();
		for (who, digest, salt) in
			[(BOB, digest(1), SALT), (ALICE, digest(2), SALT), (ALICE, digest(1), [8; 32])]
		{
			assert_noop!(
				anchor_with(who, digest, info(Other), None, Some(salt)),
				Error::<Test>::ReservationNotFound
			);
		}
		assert_ok!(anchor_with(ALICE, digest(1), info(Other), None, Some(SALT)));
	});
}

#[test]
fn root_and_unsigned_cannot_reserve_or_release() {
	new_test_ext().execute_and_check(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Provenance::reserve(origin.clone(), digest(1)), BadOrigin);
			assert_noop!(Provenance::release_reservation(origin, digest(1)), BadOrigin);
		}
	});
}
