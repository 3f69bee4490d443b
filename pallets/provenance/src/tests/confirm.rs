use super::*;

fn confirm(
	who: AccountId,
	anchor: AnchorId,
	fingerprint: Fingerprint,
) -> Result<(), DispatchError> {
	dispatch(who, Call::confirm { anchor, fingerprint })
}

#[test]
fn an_anchor_made_under_a_bound_key_is_confirmed() {
	new_test_ext().execute_and_check(|| {
		let key = bind(ALICE, &p256(1)).unwrap();
		System::set_block_number(6);
		let id = anchor_with(ALICE, digest(1), info(Other), Some(key), None).unwrap();
		assert_eq!(
			Anchors::<Test>::get(id).unwrap().confirmation,
			Some(Confirmation { key, expires_at: expiry(), at: 6 })
		);
		assert_eq!(list(IndexKey::Confirmed(digest(1))), [id]);
		assert_eq!(list(IndexKey::ConfirmedBy(digest(1), key)), [id]);
		assert_noop!(confirm(ALICE, id, key), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn an_anchor_is_confirmed_later_for_the_same_price() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Other)).unwrap();
		let key = bind(ALICE, &Signer::ed25519()).unwrap();
		let free = Balances::balance(&ALICE);
		assert_ok!(confirm(ALICE, id, key));
		assert_eq!(Balances::balance(&ALICE), free - 2 * ENTRY_PRICE);
		assert_eq!(list(IndexKey::Confirmed(digest(1))), [id]);
		assert_eq!(list(IndexKey::ConfirmedBy(digest(1), key)), [id]);
		System::assert_last_event(Event::Confirmed { anchor: id, key }.into());
		assert_noop!(confirm(ALICE, id, key), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn what_was_reserved_and_is_confirmed_later_costs_the_same_as_both_at_once() {
	new_test_ext().execute_and_check(|| {
		let key = bind(ALICE, &Signer::ed25519()).unwrap();
		let mut prices = Vec::new();
		for (n, at_once) in [(1, true), (2, false)] {
			reserve(ALICE, digest(n)).unwrap();
			wait();
			let free = Balances::balance(&ALICE);
			let first = at_once.then_some(key);
			let id = anchor_with(ALICE, digest(n), info(Other), first, Some(SALT)).unwrap();
			if !at_once {
				assert!(list(IndexKey::ReservedAndConfirmed(digest(n))).is_empty());
				assert_ok!(confirm(ALICE, id, key));
			}
			assert_eq!(list(IndexKey::ReservedAndConfirmed(digest(n))), [id]);
			prices.push(free + RESERVATION_DEPOSIT - Balances::balance(&ALICE));
		}
		assert_eq!(prices, [BASE_PRICE + 4 * ENTRY_PRICE; 2]);
	});
}

#[test]
fn the_issuer_alone_confirms_and_with_an_own_key() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Other)).unwrap();
		let bobs = bind(BOB, &p256(2)).unwrap();
		assert_noop!(confirm(BOB, id, bobs), Error::<Test>::NotIssuer);
		assert_noop!(confirm(ALICE, id, bobs), Error::<Test>::KeyNotBound);
		assert_noop!(confirm(ALICE, id + 1, bobs), Error::<Test>::AnchorNotFound);
		assert_noop!(
			anchor_with(ALICE, digest(2), info(Other), Some(bobs), None),
			Error::<Test>::KeyNotBound
		);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Provenance::confirm(origin, id, bobs), BadOrigin);
		}
	});
}

#[test]
fn an_expired_or_unbound_key_confirms_nothing_more() {
	new_test_ext().execute_and_check(|| {
		let before = anchor(ALICE, digest(1), info(Other)).unwrap();
		let expires_at = expiry();
		let key = bind(ALICE, &p256(1)).unwrap();
		let anchor_under = || anchor_with(ALICE, digest(2), info(Other), Some(key), None);

		Now::set(expires_at);
		assert_noop!(confirm(ALICE, before, key), Error::<Test>::KeyExpired);
		assert_noop!(anchor_under(), Error::<Test>::KeyExpired);
		Now::set(expires_at - 1);
		assert_ok!(dispatch(ALICE, Call::unbind_key { fingerprint: key }));
		assert_noop!(confirm(ALICE, before, key), Error::<Test>::KeyNotBound);
		assert_noop!(anchor_under(), Error::<Test>::KeyNotBound);
	});
}

#[test]
fn what_is_withdrawn_is_not_confirmed() {
	new_test_ext().execute_and_check(|| {
		let key = bind(ALICE, &p256(1)).unwrap();
		let [old, new] = [1, 2].map(|n| anchor(ALICE, digest(n), info(Other)).unwrap());
		assert_ok!(dispatch(ALICE, Call::supersede { old, new }));
		assert_ok!(revoke(ALICE, new));
		for id in [old, new] {
			assert_noop!(confirm(ALICE, id, key), Error::<Test>::NotActive);
		}
	});
}

#[test]
fn who_cannot_pay_confirms_nothing() {
	new_test_ext().execute_and_check(|| {
		let id = anchor(ALICE, digest(1), info(Other)).unwrap();
		let key = bind(ALICE, &p256(1)).unwrap();
		let rest = Balances::balance(&ALICE) - ENTRY_PRICE;
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(ALICE), BOB, rest));
		assert_noop!(confirm(ALICE, id, key), TokenError::FundsUnavailable);
	});
}
