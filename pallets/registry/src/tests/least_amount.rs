//! The least amounts of a licence, and plans.

use super::*;
use crate::Relation::FineTunedFrom;

/// BOB's child of an artifact of ALICE that asks for these amounts, with a tenth for it.
fn child(per_call: Balance, per_1k_tokens: Balance) -> ArtifactId {
	let least_amount = Some(least_amount(per_call, per_1k_tokens));
	let parent = licensed(ALICE, Licence { least_amount, ..open_licence() });
	child_of([claim(parent, FineTunedFrom, 10)]).submit(&BOB).unwrap()
}

/// Whether a plan of the child can have a unit of `price`, and these units for a call and for 1,000
/// tokens of any kind.
fn plan(child: ArtifactId, price: Balance, per_call: u64, rate: u64) -> Result<(), DispatchError> {
	let tariff = Tariff { per_call, per_1k_input: rate, per_1k_cached: rate, per_1k_output: rate };
	Registry::ensure_plan_allowed(child, &CurrencyId::Native, price, &tariff)
}

#[test]
fn a_plan_gives_each_parent_the_least_amount() {
	new_test_ext().execute_and_check(|| {
		let child = child(5, 20);
		// A tenth of 50 and of 200.
		assert_ok!(plan(child, 1, 50, 200));
		assert_ok!(plan(child, 50, 1, 4));
		assert_noop!(plan(child, 1, 49, 200), Error::<Test>::AmountBelowLeast);
		assert_noop!(plan(child, 1, 50, 199), Error::<Test>::AmountBelowLeast);
	});
}

#[test]
fn the_amount_is_in_a_currency_and_so_is_the_price() {
	new_test_ext().execute_and_check(|| {
		let child = child(5, 20);
		let tariff = Tariff { per_call: u64::MAX, ..Default::default() };
		assert_noop!(
			Registry::ensure_plan_allowed(child, &CurrencyId::WithId(7), 1_000, &tariff),
			Error::<Test>::LeastAmountInOtherCurrency
		);
	});
}

#[test]
fn no_rate_is_a_way_round_the_amount() {
	new_test_ext().execute_and_check(|| {
		let child = child(0, 20);
		let all = Tariff { per_call: 0, per_1k_input: 200, per_1k_cached: 200, per_1k_output: 200 };
		let plan = |tariff| Registry::ensure_plan_allowed(child, &CurrencyId::Native, 1, &tariff);
		assert_ok!(plan(all));
		for cheap in [
			Tariff { per_1k_input: 199, ..all },
			Tariff { per_1k_cached: 199, ..all },
			Tariff { per_1k_output: 199, ..all },
		] {
			assert_noop!(plan(cheap), Error::<Test>::AmountBelowLeast);
		}
	});
}

#[test]
fn one_parent_of_several_is_enough_to_refuse() {
	new_test_ext().execute_and_check(|| {
		let free = artifact_of(ALICE);
		let dear =
			licensed(ALICE, Licence { least_amount: Some(least_amount(1, 0)), ..open_licence() });
		let claims = [free, dear].map(|parent| claim(parent, FineTunedFrom, 10));
		let child = child_of(claims).submit(&BOB).unwrap();
		assert_noop!(plan(child, 1, 9, 0), Error::<Test>::AmountBelowLeast);
		assert_ok!(plan(child, 1, 10, 0));
	});
}

#[test]
fn the_amount_binds_the_parents_owner_too() {
	new_test_ext().execute_and_check(|| {
		let least_amount = Some(least_amount(5, 0));
		let parent = licensed(ALICE, Licence { least_amount, ..open_licence() });
		let child = child_of([claim(parent, FineTunedFrom, 10)]).submit(&ALICE).unwrap();
		assert_noop!(plan(child, 1, 49, 0), Error::<Test>::AmountBelowLeast);
		// Its own sales owe nothing to itself.
		assert_ok!(plan(parent, 1, 1, 0));
	});
}

#[test]
fn the_artifacts_own_licence_comes_first() {
	new_test_ext().execute_and_check(|| {
		let closed = licensed(ALICE, Licence { commercial_use: false, ..open_licence() });
		assert_noop!(plan(closed, 1, 1, 1), Error::<Test>::CommercialUseForbidden);
		let over = licensed(ALICE, Licence { expires: Some(5), ..open_licence() });
		assert_ok!(plan(over, 1, 1, 1));
		System::set_block_number(5);
		assert_noop!(plan(over, 1, 1, 1), Error::<Test>::LicenceExpired);
	});
}
