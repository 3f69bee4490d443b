use crate::{mock::*, Candidates, Convicted, Departed, Error, Event};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect};
use frame_system::RawOrigin;

#[test]
fn join_places_the_bond_and_takes_effect_in_the_session_after_next() {
	test(|| {
		candidate(7);
		assert_ok!(ValidatorSet::join(RawOrigin::Signed(7).into()));
		assert_eq!(members(), [1, 2, 3, 7]);
		assert!(!Candidates::<Test>::contains_key(7));
		assert_eq!(ValidatorSet::bond_of(&7), BOND);
		assert_eq!(Balances::free_balance(7), ENDOWMENT - BOND - KEY_DEPOSIT);
		assert_eq!(events().last(), Some(&Event::ValidatorJoined { who: 7, bond: BOND }));

		end_sessions(1);
		assert_eq!(active(), [1, 2, 3]);
		end_sessions(1);
		assert_eq!(active(), [1, 2, 3, 7]);
	});
}

#[test]
fn join_fails_for_who_is_not_admitted() {
	test(|| {
		assert_noop!(ValidatorSet::join(RawOrigin::Signed(7).into()), Error::<Test>::NotCandidate);
		assert_noop!(ValidatorSet::join(RawOrigin::Signed(1).into()), Error::<Test>::NotCandidate);
	});
}

#[test]
fn join_fails_without_session_keys() {
	test(|| {
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), 7));
		assert_noop!(ValidatorSet::join(RawOrigin::Signed(7).into()), Error::<Test>::NoSessionKeys);
	});
}

#[test]
fn join_fails_without_the_funds_for_the_bond() {
	test(|| {
		candidate(7);
		Balances::force_set_balance(RawOrigin::Root.into(), 7, BOND / 2).unwrap();
		assert!(ValidatorSet::join(RawOrigin::Signed(7).into()).is_err());
		assert!(Candidates::<Test>::contains_key(7));
	});
}

#[test]
fn join_fails_when_the_set_is_full() {
	test(|| {
		validator(4);
		validator(5);
		candidate(6);
		assert_noop!(
			ValidatorSet::join(RawOrigin::Signed(6).into()),
			Error::<Test>::TooManyValidators
		);
	});
}

#[test]
fn join_takes_the_seat_of_a_convicted_validator() {
	let builder = ExtBuilder { min: 3, ..Default::default() };
	builder.test(|| {
		offence(2, 100);
		assert_eq!(members(), [1, 2, 3]);
		validator(7);
		assert_eq!(members(), [1, 3, 7]);
		assert!(Convicted::<Test>::get().is_empty());
		let free_from = 2 + BONDING_DURATION;
		assert_eq!(events().last(), Some(&Event::ValidatorRemoved { who: 2, free_from }));
	});
}

#[test]
fn join_takes_the_seat_of_a_convicted_validator_in_a_full_set() {
	let builder = ExtBuilder { validators: (1..=5).collect(), min: 5, ..Default::default() };
	builder.test(|| {
		offence(2, 100);
		offence(4, 100);
		validator(7);
		assert_eq!(members(), [1, 3, 4, 5, 7]);
		assert_eq!(Convicted::<Test>::get().into_inner(), [4]);
	});
}

#[test]
fn join_tops_up_a_bond_that_is_still_held() {
	test(|| {
		offence(2, 40);
		assert_eq!(ValidatorSet::bond_of(&2), BOND * 6 / 10);
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), 2));
		assert_ok!(ValidatorSet::join(RawOrigin::Signed(2).into()));
		assert_eq!(ValidatorSet::bond_of(&2), BOND);
		assert_eq!(<Balances as Inspect<_>>::total_balance(&2), ENDOWMENT - BOND * 4 / 10);
		assert!(!Departed::<Test>::contains_key(2));
	});
}
