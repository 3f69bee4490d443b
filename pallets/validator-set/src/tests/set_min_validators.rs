use crate::{mock::*, Convicted, Error, Event, MinValidators};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use sp_runtime::DispatchError;

#[test]
fn set_min_validators_moves_the_floor() {
	test(|| {
		assert_ok!(ValidatorSet::set_min_validators(RawOrigin::Root.into(), 3));
		assert_eq!(MinValidators::<Test>::get(), 3);
		assert_eq!(events(), [Event::MinValidatorsSet { min: 3 }]);
		assert_noop!(
			ValidatorSet::leave(RawOrigin::Signed(2).into()),
			Error::<Test>::TooFewValidators
		);
		assert_ok!(ValidatorSet::set_min_validators(RawOrigin::Root.into(), 1));
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
	});
}

#[test]
fn a_lowered_floor_lets_convicted_validators_go_first_come_first_served() {
	let builder = ExtBuilder { min: 3, ..Default::default() };
	builder.test(|| {
		offence(2, 100);
		offence(1, 100);
		assert_ok!(ValidatorSet::set_min_validators(RawOrigin::Root.into(), 2));
		assert_eq!(members(), [1, 3]);
		assert_eq!(Convicted::<Test>::get().into_inner(), [1]);
	});
}

#[test]
fn set_min_validators_fails_from_a_signed_origin() {
	test(|| {
		assert_noop!(
			ValidatorSet::set_min_validators(RawOrigin::Signed(1).into(), 1),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn set_min_validators_fails_for_zero_and_for_more_than_there_are() {
	test(|| {
		for min in [0, 4] {
			assert_noop!(
				ValidatorSet::set_min_validators(RawOrigin::Root.into(), min),
				Error::<Test>::InvalidMinimum
			);
		}
	});
}
