use super::*;
use tallystick_primitives::genesis_hash;

fn held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::KeyBinding.into(), who)
}

fn bind_with(
	who: AccountId,
	key: OutsideKey,
	expires_at: u64,
	signature: OutsideSignature,
) -> Result<(), DispatchError> {
	dispatch(who, Call::bind_key { key, expires_at, signature })
}

/// Both kinds of keys.
fn signers() -> [Signer; 2] {
	[Signer::ed25519(), p256(1)]
}

#[test]
fn a_key_that_has_signed_for_the_account_is_bound() {
	new_test_ext().execute_and_check(|| {
		System::set_block_number(4);
		for signer in signers() {
			let fingerprint = bind(ALICE, &signer).unwrap();
			let (key, expires_at) = (signer.key(), expiry());
			assert_eq!(
				KeyBindings::<Test>::get(ALICE, fingerprint),
				Some(KeyBinding { key, expires_at, bound_at: 4, deposit: KEY_DEPOSIT })
			);
			System::assert_last_event(
				Event::KeyBound { account: ALICE, key, fingerprint, expires_at }.into(),
			);
		}
		assert_eq!(held(&ALICE), 2 * KEY_DEPOSIT);
	});
}

#[test]
fn both_forms_of_a_p256_signature_are_good() {
	new_test_ext().execute_and_check(|| {
		let signer = p256(1);
		let low = signer.vouch::<Test>(&ALICE, expiry());
		let signature = p256::ecdsa::Signature::from_slice(&low).unwrap();
		let (r, s) = signature.split_scalars();
		let high = p256::ecdsa::Signature::from_scalars(r, -*s).unwrap();
		assert_ne!(high.to_bytes().as_slice(), low);
		assert_ok!(bind_with(ALICE, signer.key(), expiry(), high.to_bytes().into()));
	});
}

#[test]
fn a_key_speaks_for_as_many_accounts_as_it_signs_for() {
	new_test_ext().execute_and_check(|| {
		assert_ok!(bind(ALICE, &p256(1)));
		assert_ok!(bind(BOB, &p256(1)));
	});
}

#[test]
fn a_cross_signature_is_good_for_its_account_alone() {
	new_test_ext().execute_and_check(|| {
		for signer in signers() {
			let signature = signer.vouch::<Test>(&ALICE, expiry());
			assert_noop!(
				bind_with(BOB, signer.key(), expiry(), signature),
				Error::<Test>::BadSignature
			);
			assert_ok!(bind_with(ALICE, signer.key(), expiry(), signature));
		}
	});
}

#[test]
fn a_cross_signature_is_good_on_its_chain_alone() {
	new_test_ext().execute_and_check(|| {
		for signer in signers() {
			let elsewhere = binding_message(&Digest::repeat_byte(9), &ALICE, expiry());
			assert_noop!(
				bind_with(ALICE, signer.key(), expiry(), signer.sign(&elsewhere)),
				Error::<Test>::BadSignature
			);
		}
	});
}

#[test]
fn a_signature_for_another_purpose_binds_no_key() {
	new_test_ext().execute_and_check(|| {
		for signer in signers() {
			let mut message = binding_message(&genesis_hash::<Test>(), &ALICE, expiry());
			assert!(message.starts_with(b"tallystick/bind-key/1"));
			message[..10].copy_from_slice(b"DSSEv1 28 ");
			assert_noop!(
				bind_with(ALICE, signer.key(), expiry(), signer.sign(&message)),
				Error::<Test>::BadSignature
			);
		}
	});
}

#[test]
fn a_cross_signature_is_good_until_it_expires_and_no_longer() {
	new_test_ext().execute_and_check(|| {
		for signer in signers() {
			let expires_at = expiry();
			let signature = signer.vouch::<Test>(&ALICE, expires_at);
			// Not for longer than was signed for.
			assert_noop!(
				bind_with(ALICE, signer.key(), expires_at + 1, signature),
				Error::<Test>::BadSignature
			);
			Now::set(expires_at);
			assert_noop!(
				bind_with(ALICE, signer.key(), expires_at, signature),
				Error::<Test>::KeyExpired
			);
		}
	});
}

#[test]
fn a_key_is_bound_for_no_longer_than_can_be() {
	new_test_ext().execute_and_check(|| {
		let signer = p256(1);
		let longest = Now::get() + MAX_KEY_TERM;
		let bind = |expires_at| {
			let signature = signer.vouch::<Test>(&ALICE, expires_at);
			bind_with(ALICE, signer.key(), expires_at, signature)
		};
		assert_noop!(bind(longest + 1), Error::<Test>::KeyTermTooLong);
		assert_noop!(bind(u64::MAX), Error::<Test>::KeyTermTooLong);
		assert_ok!(bind(longest));
	});
}

#[test]
fn a_key_is_bound_again_for_longer_and_never_for_less() {
	new_test_ext().execute_and_check(|| {
		let signer = p256(1);
		let first = signer.vouch::<Test>(&ALICE, expiry());
		let longer = expiry() + 1;
		assert_ok!(bind_with(ALICE, signer.key(), expiry(), first));
		let second = signer.vouch::<Test>(&ALICE, longer);
		assert_ok!(bind_with(ALICE, signer.key(), longer, second));
		assert_eq!(held(&ALICE), KEY_DEPOSIT);
		for (expires_at, signature) in [(longer, second), (expiry(), first)] {
			assert_noop!(
				bind_with(ALICE, signer.key(), expires_at, signature),
				Error::<Test>::AlreadyBound
			);
		}
	});
}

#[test]
fn what_is_no_key_is_not_bound() {
	new_test_ext().execute_and_check(|| {
		let OutsideKey::P256(mut key) = p256(1).key() else { unreachable!() };
		let signature = p256(1).vouch::<Test>(&ALICE, expiry());
		key[0] = 5;
		assert_noop!(
			bind_with(ALICE, OutsideKey::P256(key), expiry(), signature),
			Error::<Test>::BadKey
		);
		assert_noop!(
			bind_with(ALICE, OutsideKey::P256([2; 33]), expiry(), signature),
			Error::<Test>::BadSignature
		);
		assert_noop!(
			bind_with(ALICE, OutsideKey::Ed25519([0xff; 32]), expiry(), [0xff; 64]),
			Error::<Test>::BadSignature
		);
	});
}

#[test]
fn who_lacks_the_deposit_binds_nothing() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(bind(PAUPER, &p256(1)), TokenError::FundsUnavailable);
	});
}

#[test]
fn who_unbinds_has_the_deposit_back() {
	new_test_ext().execute_and_check(|| {
		let fingerprint = bind(ALICE, &p256(1)).unwrap();
		let unbind = Call::unbind_key { fingerprint };
		assert_noop!(dispatch(BOB, unbind.clone()), Error::<Test>::KeyNotBound);
		assert_ok!(dispatch(ALICE, unbind.clone()));
		assert_eq!((held(&ALICE), Balances::balance(&ALICE)), (0, ENDOWMENT));
		System::assert_last_event(Event::KeyUnbound { account: ALICE, fingerprint }.into());
		assert_noop!(dispatch(ALICE, unbind), Error::<Test>::KeyNotBound);
	});
}

#[test]
fn an_expired_key_can_be_unbound() {
	new_test_ext().execute_and_check(|| {
		let fingerprint = bind(ALICE, &p256(1)).unwrap();
		Now::set(expiry());
		assert_ok!(dispatch(ALICE, Call::unbind_key { fingerprint }));
	});
}

#[test]
fn root_and_unsigned_cannot_bind_or_unbind() {
	new_test_ext().execute_and_check(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			let bind = Provenance::bind_key(origin.clone(), p256(1).key(), expiry(), [0; 64]);
			assert_noop!(bind, BadOrigin);
			assert_noop!(Provenance::unbind_key(origin, digest(1)), BadOrigin);
		}
	});
}
