use crate::{mock::*, MinValidators, Planned};

#[test]
fn genesis_bonds_the_validators_that_have_the_funds() {
	let poor = vec![2];
	ExtBuilder { poor, ..Default::default() }.test(|| {
		assert_eq!(members(), [1, 2, 3]);
		assert_eq!(active(), [1, 2, 3]);
		assert_eq!(MinValidators::<Test>::get(), 2);
		assert_eq!(Planned::<Test>::get().into_inner(), [1, 2, 3]);
		assert_eq!(ValidatorSet::bond_of(&1), BOND);
		assert_eq!(ValidatorSet::bond_of(&2), 0);
		assert_eq!(Balances::free_balance(1), ENDOWMENT - BOND);
	});
}

#[test]
#[should_panic = "fewer validators than the floor"]
fn genesis_fails_with_fewer_validators_than_the_floor() {
	ExtBuilder { min: 4, ..Default::default() }.build();
}

#[test]
#[should_panic = "too many validators"]
fn genesis_fails_with_more_validators_than_there_can_be() {
	ExtBuilder { validators: (1..=6).collect(), ..Default::default() }.build();
}

#[test]
#[should_panic = "a validator is named twice"]
fn genesis_fails_with_a_validator_named_twice() {
	let mut storage = sp_io::TestExternalities::default();
	storage.execute_with(|| ValidatorSet::build_genesis(&[1, 2, 1], 1));
}
