use crate::{mock::*, Candidates, Departed, Error, Event, Sessions};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;

#[test]
fn leave_ends_a_validator_in_the_session_after_next_and_keeps_its_bond_held() {
	test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		assert_eq!(members(), [1, 3]);
		let free_from = 2 + BONDING_DURATION;
		assert_eq!(Departed::<Test>::get(2), Some(free_from));
		assert_eq!(events(), [Event::ValidatorLeft { who: 2, free_from }]);
		assert_eq!(ValidatorSet::bond_of(&2), BOND);
		// Its keys are known: an offence of this session has an owner.
		assert!(Session::has_keys(&2));

		end_sessions(1);
		assert_eq!(active(), [1, 2, 3]);
		end_sessions(1);
		assert_eq!(active(), [1, 3]);
	});
}

#[test]
fn leave_ends_a_candidacy_at_once_with_its_keys() {
	test(|| {
		candidate(7);
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(7).into()));
		assert!(!Candidates::<Test>::contains_key(7));
		assert!(!Session::has_keys(&7));
		assert_eq!(Balances::free_balance(7), ENDOWMENT);
		assert_eq!(events().last(), Some(&Event::CandidateRemoved { who: 7 }));
	});
}

#[test]
fn leave_as_a_candidate_keeps_the_keys_of_who_has_departed() {
	test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), 2));
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		assert!(Session::has_keys(&2));
	});
}

#[test]
fn leave_fails_for_a_stranger() {
	test(|| {
		assert_noop!(ValidatorSet::leave(RawOrigin::Signed(7).into()), Error::<Test>::NotFound);
	});
}

#[test]
fn leave_fails_at_the_floor() {
	test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		assert_noop!(
			ValidatorSet::leave(RawOrigin::Signed(3).into()),
			Error::<Test>::TooFewValidators
		);
	});
}

#[test]
fn leave_fails_for_the_last_validator_whatever_the_floor() {
	let builder = ExtBuilder { validators: vec![1], min: 0, ..Default::default() };
	builder.test(|| {
		assert_noop!(
			ValidatorSet::leave(RawOrigin::Signed(1).into()),
			Error::<Test>::TooFewValidators
		);
	});
}
