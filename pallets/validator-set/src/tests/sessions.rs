use crate::{mock::*, Event};
use codec::Encode;
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use frame_system::RawOrigin;
use pallet_session::historical;
use sp_runtime::{testing::UintAuthorityId, RuntimeAppPublic};

#[test]
fn a_set_that_stays_the_same_is_not_announced_again() {
	test(|| {
		end_sessions(1);
		let after_genesis = changes();
		end_sessions(5);
		assert_eq!(changes(), after_genesis);
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		end_sessions(5);
		assert_eq!(changes(), after_genesis + 1);
	});
}

#[test]
fn a_validator_without_keys_is_left_out_and_named() {
	ExtBuilder::default().build().execute_with(|| {
		// The runtime's call filter is what keeps this from happening.
		assert_ok!(Session::purge_keys(RawOrigin::Signed(2).into()));
		end_sessions(2);
		assert_eq!(active(), [1, 3]);
		assert!(events().contains(&Event::KeysMissing { who: 2 }));
		assert!(ValidatorSet::do_try_state().is_err());
		assert_ok!(set_keys(2));
		end_sessions(2);
		assert_eq!(active(), [1, 2, 3]);
		assert_ok!(ValidatorSet::do_try_state());
	});
}

#[test]
fn an_empty_set_is_never_planned() {
	let builder = ExtBuilder { validators: vec![1], min: 1, ..Default::default() };
	builder.build().execute_with(|| {
		assert_ok!(Session::purge_keys(RawOrigin::Signed(1).into()));
		assert_eq!(<ValidatorSet as pallet_session::SessionManager<u64>>::new_session(2), None);
		assert_ok!(set_keys(1));
		assert_ok!(ValidatorSet::do_try_state());
	});
}

#[test]
fn ownership_of_keys_can_be_proven_for_as_long_as_bonds_are_held() {
	test(|| {
		let key = (UintAuthorityId::ID, UintAuthorityId(2).encode());
		let proof = Historical::prove(key.clone()).unwrap();
		end_sessions(BONDING_DURATION);
		assert_eq!(Historical::check_proof(key.clone(), proof.clone()), Some((2, ())));
		end_sessions(1);
		assert_eq!(Historical::check_proof(key, proof), None);
		assert!(!historical::HistoricalSessions::<Test>::contains_key(0));
	});
}
