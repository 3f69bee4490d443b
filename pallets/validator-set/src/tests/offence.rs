use crate::{mock::*, Convicted, Departed, Event};
use frame_support::assert_ok;
use frame_system::RawOrigin;
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

#[test]
fn an_offence_slashes_the_bond_and_removes_the_validator() {
	test(|| {
		let issued = Balances::total_issuance();
		offence(2, 60);
		let free_from = 2 + BONDING_DURATION;
		assert_eq!(
			events(),
			[
				Event::Slashed { who: 2, amount: BOND * 6 / 10 },
				Event::ValidatorRemoved { who: 2, free_from }
			]
		);
		assert_eq!(members(), [1, 3]);
		assert_eq!(ValidatorSet::bond_of(&2), BOND * 4 / 10);
		assert_eq!(Balances::total_issuance(), issued - BOND * 6 / 10);
		end_sessions(2);
		assert_eq!(active(), [1, 3]);
	});
}

#[test]
fn an_offender_is_disabled_for_the_sessions_that_it_is_still_in() {
	let builder = ExtBuilder { validators: (1..=4).collect(), ..Default::default() };
	builder.test(|| {
		offence(2, 100);
		assert_eq!(Session::disabled_validators(), [1]);
		end_sessions(1);
		assert_eq!(Session::disabled_validators(), [1]);
		end_sessions(1);
		assert_eq!(active(), [1, 3, 4]);
		assert!(Session::disabled_validators().is_empty());
	});
}

#[test]
fn an_offender_at_the_floor_is_convicted_and_stays_disabled() {
	let builder = ExtBuilder { validators: (1..=4).collect(), min: 4, ..Default::default() };
	builder.test(|| {
		offence(2, 100);
		assert_eq!(events().last(), Some(&Event::ValidatorConvicted { who: 2 }));
		assert_eq!(members(), [1, 2, 3, 4]);
		assert_eq!(Convicted::<Test>::get().into_inner(), [2]);
		assert_eq!(ValidatorSet::bond_of(&2), 0);
		end_sessions(5);
		assert_eq!(active(), [1, 2, 3, 4]);
		assert_eq!(Session::disabled_validators(), [1]);
		// Somebody takes the seat.
		validator(7);
		end_sessions(2);
		assert_eq!(active(), [1, 3, 4, 7]);
		assert!(Session::disabled_validators().is_empty());
	});
}

#[test]
fn a_convicted_validator_is_not_convicted_twice() {
	let builder = ExtBuilder { min: 3, ..Default::default() };
	builder.test(|| {
		offence(2, 50);
		offence(2, 50);
		assert_eq!(Convicted::<Test>::get().into_inner(), [2]);
		assert_eq!(ValidatorSet::bond_of(&2), BOND / 4);
	});
}

#[test]
fn an_offence_of_a_departed_validator_slashes_the_bond_that_is_still_held() {
	test(|| {
		assert_ok!(ValidatorSet::leave(RawOrigin::Signed(2).into()));
		let free_from = Departed::<Test>::get(2);
		end_sessions(3);
		offence(2, 100);
		assert_eq!(ValidatorSet::bond_of(&2), 0);
		assert_eq!(Departed::<Test>::get(2), free_from);
		assert_eq!(members(), [1, 3]);
	});
}

#[test]
fn a_slash_rounds_up() {
	test(|| {
		let offenders = [OffenceDetails { offender: (2, ()), reporters: vec![] }];
		<ValidatorSet as OnOffenceHandler<_, _, _>>::on_offence(
			&offenders,
			&[Perbill::from_parts(1)],
			0,
		);
		assert_eq!(ValidatorSet::bond_of(&2), BOND - 1);
	});
}

#[test]
fn an_offence_without_a_fraction_changes_nothing() {
	test(|| {
		offence(2, 0);
		assert!(events().is_empty());
		assert_eq!(members(), [1, 2, 3]);
		assert!(Session::disabled_validators().is_empty());
	});
}

#[test]
fn all_offenders_of_a_report_are_punished_down_to_the_floor() {
	let builder = ExtBuilder { validators: (1..=4).collect(), min: 3, ..Default::default() };
	builder.test(|| {
		let offenders = [1, 2].map(|who| OffenceDetails { offender: (who, ()), reporters: vec![] });
		<ValidatorSet as OnOffenceHandler<_, _, _>>::on_offence(
			&offenders,
			&[Perbill::one(); 2],
			0,
		);
		assert_eq!(members(), [2, 3, 4]);
		assert_eq!(Convicted::<Test>::get().into_inner(), [2]);
		assert_eq!(ValidatorSet::bond_of(&1), 0);
		assert_eq!(ValidatorSet::bond_of(&2), 0);
	});
}

#[test]
fn an_offender_without_a_bond_is_removed_all_the_same() {
	let builder = ExtBuilder { poor: vec![2], ..Default::default() };
	builder.test(|| {
		offence(2, 100);
		assert_eq!(members(), [1, 3]);
		assert!(!events().iter().any(|event| matches!(event, Event::Slashed { .. })));
	});
}
