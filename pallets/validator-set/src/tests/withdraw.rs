use crate::{mock::*, Departed, Error, Event, Sessions};
use frame_support::{assert_noop, assert_ok};
use frame_system::RawOrigin;

#[test]
fn withdraw_gives_bond_and_keys_back_when_no_offence_can_be_reported_any_more() {
	test(|| {
		validator(7);
		end_sessions(2);
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(7).into()));
		end_sessions(BONDING_DURATION + 2);
		assert_ok!(ValidatorSet::withdraw(RawOrigin::Signed(7).into()));
		assert_eq!(events().last(), Some(&Event::BondWithdrawn { who: 7, amount: BOND }));
		assert_eq!(Balances::free_balance(7), ENDOWMENT);
		assert!(!Departed::<Test>::contains_key(7));
		assert!(!Session::has_keys(&7));
		assert_eq!(System::consumers(&7), 0);
	});
}

#[test]
fn withdraw_gives_back_what_an_offence_left() {
	test(|| {
		offence(2, 30);
		end_sessions(BONDING_DURATION + 2);
		assert_ok!(ValidatorSet::withdraw(RawOrigin::Signed(2).into()));
		let amount = BOND * 7 / 10;
		assert_eq!(events().last(), Some(&Event::BondWithdrawn { who: 2, amount }));
	});
}

#[test]
fn withdraw_works_for_who_had_no_bond() {
	let builder = ExtBuilder { poor: vec![2], ..Default::default() };
	builder.test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		end_sessions(BONDING_DURATION + 2);
		assert_ok!(ValidatorSet::withdraw(RawOrigin::Signed(2).into()));
	});
}

#[test]
fn withdraw_keeps_the_keys_of_who_is_a_candidate_again() {
	test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		end_sessions(BONDING_DURATION + 2);
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), 2));
		assert_ok!(ValidatorSet::withdraw(RawOrigin::Signed(2).into()));
		assert!(Session::has_keys(&2));
		assert_ok!(ValidatorSet::join(RawOrigin::Signed(2).into()));
		assert_eq!(ValidatorSet::bond_of(&2), BOND);
	});
}

#[test]
fn withdraw_fails_for_who_has_not_left() {
	test(|| {
		assert_noop!(
			ValidatorSet::withdraw(RawOrigin::Signed(2).into()),
			Error::<Test>::NotDeparted
		);
		assert_noop!(
			ValidatorSet::withdraw(RawOrigin::Signed(7).into()),
			Error::<Test>::NotDeparted
		);
	});
}

#[test]
fn withdraw_fails_while_an_offence_can_be_reported() {
	test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		end_sessions(BONDING_DURATION + 1);
		assert_noop!(
			ValidatorSet::withdraw(RawOrigin::Signed(2).into()),
			Error::<Test>::BondNotFree
		);
		end_sessions(1);
	});
}
