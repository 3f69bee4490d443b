use super::*;
use sp_runtime::TokenError;

fn try_buy(units: Balance) -> DispatchResult {
	Credits::buy(RuntimeOrigin::signed(BUYER), PLAN, units, Credits::terms(PLAN).unwrap())
}

#[test]
fn a_purchase_fills_the_escrow_and_mints() {
	test(|| {
		create_plan();
		buy(100);
		assert_eq!((units(BUYER), escrow()), (100, 100 * PRICE));
		assert_eq!(Balances::balance(&BUYER), FUNDS - 100 * PRICE);
		System::assert_last_event(
			Event::Bought { plan: PLAN, buyer: BUYER, units: 100, paid: 100 * PRICE }.into(),
		);
		buy(1);
		assert_eq!((units(BUYER), escrow()), (101, 101 * PRICE));
	});
}

#[test]
fn credits_move_between_holders_and_keep_their_backing() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(Assets::transfer(RuntimeOrigin::signed(BUYER), PLAN, OTHER, 40));
		assert_eq!((units(BUYER), units(OTHER), escrow()), (60, 40, 100 * PRICE));
	});
}

#[test]
fn a_buyer_can_live_on_credits_alone() {
	test(|| {
		create_plan();
		buy(100);
		leave_native_token();
	});
}

#[test]
fn a_purchase_keeps_the_buyer_alive() {
	test(|| {
		create_plan();
		assert_ok!(Balances::transfer_keep_alive(
			RuntimeOrigin::signed(BUYER),
			OTHER,
			FUNDS - ED - 5 * PRICE
		));
		assert_noop!(try_buy(6), TokenError::NotExpendable);
		assert_ok!(try_buy(5));
	});
}

#[test]
fn a_purchase_in_an_asset_leaves_the_native_token_alone() {
	test(|| {
		assert_ok!(create_plan_with(PlanTerms { currency: USD, ..terms() }));
		buy(100);
		assert_eq!(Balances::balance(&BUYER), FUNDS);
		assert_eq!(Assets::balance(7, BUYER), FUNDS - 100 * PRICE);
	});
}

#[test]
fn buy_should_fail_for_an_unknown_plan() {
	test(|| {
		assert_noop!(
			Credits::buy(RuntimeOrigin::signed(BUYER), PLAN, 1, H256::zero()),
			Error::<Test>::PlanNotFound
		);
		// Any other class of assets is no plan.
		assert_noop!(
			Credits::buy(RuntimeOrigin::signed(BUYER), 7, 1, H256::zero()),
			Error::<Test>::PlanNotFound
		);
	});
}

#[test]
fn buy_should_fail_without_a_signature() {
	test(|| {
		create_plan();
		assert_noop!(Credits::buy(RuntimeOrigin::root(), PLAN, 1, H256::zero()), BadOrigin);
	});
}

#[test]
fn buy_should_fail_when_the_plan_is_retired() {
	test(|| {
		create_plan();
		assert_ok!(Credits::retire_plan(RuntimeOrigin::signed(OWNER), PLAN));
		assert_noop!(try_buy(10), Error::<Test>::PlanRetired);
	});
}

#[test]
fn buy_should_fail_under_other_terms() {
	test(|| {
		create_plan();
		create_plan();
		let other = Credits::terms(PLAN + 1).unwrap();
		assert_noop!(
			Credits::buy(RuntimeOrigin::signed(BUYER), PLAN, 10, other),
			Error::<Test>::TermsMismatch
		);
	});
}

#[test]
fn buy_should_fail_when_the_licence_forbids_sales() {
	test(|| {
		create_plan();
		Artifacts::set_sellable(false);
		assert_noop!(try_buy(10), DispatchError::Other("the licence forbids it"));
	});
}

#[test]
fn buy_should_fail_for_no_units_or_too_few_to_exist() {
	test(|| {
		create_plan();
		assert_noop!(try_buy(0), Error::<Test>::ZeroUnits);
		assert_noop!(try_buy(MIN_BALANCE - 1), Error::<Test>::BelowMinimumBalance);
		assert_ok!(try_buy(MIN_BALANCE));
		assert_ok!(try_buy(1));
	});
}

#[test]
fn buy_should_fail_for_more_than_numbers_hold() {
	test(|| {
		create_plan();
		assert_noop!(try_buy(Balance::MAX), Error::<Test>::Overflow);
		assert_noop!(try_buy(Balance::MAX / PRICE + 1), Error::<Test>::Overflow);
	});
}

#[test]
fn buy_should_fail_when_the_money_is_not_there() {
	test(|| {
		create_plan();
		assert_noop!(try_buy(FUNDS / PRICE + 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn buy_should_fail_when_no_version_that_the_plan_names_can_be_served() {
	test(|| {
		let versions = BoundedVec::truncate_from(vec![VERSION]);
		assert_ok!(create_plan_with(PlanTerms { versions, ..terms() }));
		buy(10);
		// The artifact has others, and can be sold: this plan cannot.
		Artifacts::set_servable(false);
		assert_noop!(try_buy(10), Error::<Test>::VersionNotFound);
		Artifacts::set_servable(true);
		buy(10);
	});
}

#[test]
fn one_version_that_can_be_served_is_enough() {
	test(|| {
		create_plan();
		Plans::<Test>::mutate(PLAN, |plan| {
			let versions = vec![Digest::repeat_byte(9), VERSION];
			plan.as_mut().unwrap().terms.versions = BoundedVec::truncate_from(versions);
		});
		buy(10);
	});
}
