use crate::{mock::*, Candidates, Error, Event};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;
use sp_runtime::DispatchError;

#[test]
fn admit_makes_a_candidate_that_may_set_keys() {
	test(|| {
		assert_noop!(set_keys(7), pallet_session::Error::<Test>::NoAssociatedValidatorId);
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), 7));
		assert!(Candidates::<Test>::contains_key(7));
		assert_eq!(events(), [Event::CandidateAdmitted { who: 7 }]);
		assert_ok!(set_keys(7));
		assert_eq!(members(), [1, 2, 3]);
	});
}

#[test]
fn admit_fails_from_a_signed_origin() {
	test(|| {
		assert_noop!(ValidatorSet::admit(RawOrigin::Signed(1).into(), 7), DispatchError::BadOrigin);
	});
}

#[test]
fn admit_fails_for_a_candidate() {
	test(|| {
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), 7));
		assert_noop!(
			ValidatorSet::admit(RawOrigin::Root.into(), 7),
			Error::<Test>::AlreadyCandidate
		);
	});
}

#[test]
fn admit_fails_for_a_validator() {
	test(|| {
		assert_noop!(
			ValidatorSet::admit(RawOrigin::Root.into(), 1),
			Error::<Test>::AlreadyValidator
		);
	});
}
