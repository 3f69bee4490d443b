use super::*;

fn close() -> DispatchResult {
	Credits::close(RuntimeOrigin::signed(BUYER), PLAN)
}

fn is_feeless() -> bool {
	Call::<Test>::close { plan: PLAN }.is_feeless(&RuntimeOrigin::signed(BUYER))
}

#[test]
fn closing_refunds_what_was_paid() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(close());
		assert_eq!((units(BUYER), escrow()), (0, 0));
		assert_eq!(Balances::balance(&BUYER), FUNDS);
		System::assert_last_event(
			Event::Closed { plan: PLAN, holder: BUYER, units: 100, refunded: 100 * PRICE }.into(),
		);
	});
}

#[test]
fn an_account_without_native_tokens_closes_and_keeps_its_nonce() {
	test(|| {
		create_plan();
		buy(MIN_BALANCE);
		System::inc_account_nonce(BUYER);
		leave_native_token();
		assert!(is_feeless());
		assert_ok!(close());
		assert_eq!(Balances::balance(&BUYER), MIN_BALANCE * PRICE);
		assert_eq!(System::account_nonce(BUYER), 1);
	});
}

#[test]
fn closing_works_when_the_plan_is_retired_and_the_licence_expired() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(Credits::retire_plan(RuntimeOrigin::signed(OWNER), PLAN));
		Artifacts::set_sellable(false);
		assert_ok!(close());
	});
}

#[test]
fn close_should_fail_for_an_unknown_plan() {
	test(|| {
		assert_noop!(close(), Error::<Test>::PlanNotFound);
		assert!(!is_feeless());
	});
}

#[test]
fn close_should_fail_without_a_signature() {
	test(|| {
		create_plan();
		assert_noop!(Credits::close(RuntimeOrigin::none(), PLAN), BadOrigin);
		assert!(!Call::<Test>::close { plan: PLAN }.is_feeless(&RuntimeOrigin::none()));
	});
}

#[test]
fn close_should_fail_twice() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(close());
		assert_noop!(close(), Error::<Test>::NothingToClose);
		assert!(!is_feeless());
	});
}

#[test]
fn close_should_fail_while_units_are_held() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(<Credits as Meter<_, _>>::hold(PLAN, &BUYER, 10));
		assert_noop!(close(), Error::<Test>::UnitsHeld);
		assert!(!is_feeless());
		assert_ok!(<Credits as Meter<_, _>>::release(PLAN, &BUYER, 10));
		assert!(is_feeless());
		assert_ok!(close());
	});
}

#[test]
fn closing_a_plan_in_an_asset_costs_the_fee() {
	test(|| {
		assert_ok!(create_plan_with(PlanTerms { currency: USD, ..terms() }));
		buy(100);
		assert!(!is_feeless());
		assert_ok!(close());
		assert_eq!(Assets::balance(7, BUYER), FUNDS);
	});
}

#[test]
fn every_burn_that_a_holder_can_reach_leaves_escrow_equal_to_issuance() {
	test(|| {
		create_plan();
		buy(100);
		let me = || RuntimeOrigin::signed(BUYER);
		let (one, all) = (1, 100);
		// Roles over the class are the keyless account's.
		for refused in [
			Assets::burn(me(), PLAN, BUYER, all),
			Assets::mint(me(), PLAN, BUYER, one),
			Assets::freeze(me(), PLAN, BUYER),
			Assets::start_destroy(me(), PLAN),
			Assets::set_team(me(), PLAN, BUYER, BUYER, BUYER),
			Assets::transfer_ownership(me(), PLAN, BUYER),
		] {
			assert!(refused.is_err());
		}
		// A transfer that would leave dust takes the dust along: nothing is burned.
		assert_ok!(Assets::transfer(me(), PLAN, OTHER, 99));
		assert_eq!(units(BUYER) + units(OTHER), all);
		assert_eq!(escrow(), 100 * PRICE);
	});
}
