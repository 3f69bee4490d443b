use crate::{mock::*, Candidates, Error, Event, Sessions};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use sp_runtime::DispatchError;

#[test]
fn remove_takes_a_validator_from_the_set() {
	test(|| {
		assert_ok!(ValidatorSet::remove(RawOrigin::Root.into(), 2));
		assert_eq!(members(), [1, 3]);
		let free_from = 2 + BONDING_DURATION;
		assert_eq!(events(), [Event::ValidatorRemoved { who: 2, free_from }]);
		assert_eq!(ValidatorSet::bond_of(&2), BOND);
		end_sessions(2);
		assert_eq!(active(), [1, 3]);
	});
}

#[test]
fn remove_takes_back_an_admission() {
	test(|| {
		candidate(7);
		assert_ok!(ValidatorSet::remove(RawOrigin::Root.into(), 7));
		assert!(!Candidates::<Test>::contains_key(7));
		assert!(!Session::has_keys(&7));
		assert_eq!(events().last(), Some(&Event::CandidateRemoved { who: 7 }));
	});
}

#[test]
fn remove_fails_from_a_signed_origin() {
	test(|| {
		assert_noop!(
			ValidatorSet::remove(RawOrigin::Signed(2).into(), 2),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn remove_fails_for_a_stranger() {
	test(|| {
		assert_noop!(ValidatorSet::remove(RawOrigin::Root.into(), 7), Error::<Test>::NotFound);
	});
}

#[test]
fn remove_fails_at_the_floor() {
	let builder = ExtBuilder { min: 3, ..Default::default() };
	builder.test(|| {
		assert_noop!(
			ValidatorSet::remove(RawOrigin::Root.into(), 2),
			Error::<Test>::TooFewValidators
		);
		// A conviction does not open the floor either.
		offence(2, 100);
		assert_noop!(
			ValidatorSet::remove(RawOrigin::Root.into(), 2),
			Error::<Test>::TooFewValidators
		);
	});
}
