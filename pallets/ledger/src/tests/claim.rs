use super::*;

#[test]
fn anybody_can_claim_for_the_payee() {
	test(|| {
		make_claimable(&TLY, NOBODY, 50);
		assert_eq!((Ledger::claimable(TLY, NOBODY), Ledger::claimable(USD, NOBODY)), (50, 0));
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(BOB), TLY, NOBODY));
		assert_eq!(Ledger::claimable(TLY, NOBODY), 0);
		assert_eq!(NativeBalances::balance(&NOBODY), 50);
		assert_eq!(NativeBalances::balance(&BOB), 1_000);
		assert_eq!(Booked::<Test>::get(TLY), 0);
	});
}

#[test]
fn claim_should_fail_without_a_signature() {
	test(|| {
		assert_noop!(Ledger::claim(RuntimeOrigin::root(), TLY, BOB), BadOrigin);
	});
}

#[test]
fn claim_should_fail_when_nothing_is_claimable() {
	test(|| {
		make_claimable(&TLY, BOB, 50);
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(BOB), TLY, BOB));
		assert_noop!(
			Ledger::claim(RuntimeOrigin::signed(BOB), TLY, BOB),
			Error::<Test>::NothingToClaim
		);
	});
}

#[test]
fn claim_should_fail_while_the_payee_cannot_receive() {
	test(|| {
		make_claimable(&TLY, NOBODY, ED - 1);
		assert_noop!(
			Ledger::claim(RuntimeOrigin::signed(BOB), TLY, NOBODY),
			Error::<Test>::PayeeCannotReceive
		);
		make_claimable(&TLY, NOBODY, 1);
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(BOB), TLY, NOBODY));
	});
}

#[test]
fn claim_should_fail_while_the_currency_is_impaired_and_pay_when_it_is_whole() {
	test(|| {
		make_claimable(&USD, BOB, 100);
		seize(60);
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_noop!(
			Ledger::claim(RuntimeOrigin::signed(BOB), USD, BOB),
			Error::<Test>::CurrencyImpaired
		);
		assert_ok!(Assets::mint(RuntimeOrigin::signed(ALICE), 7, Ledger::vault_account(), 60));
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(BOB), USD, BOB));
		assert_eq!(Assets::balance(7, BOB), 1_100);
	});
}

#[test]
fn claim_should_fail_for_a_currency_that_is_not_admitted() {
	test(|| {
		assert_noop!(
			Ledger::claim(RuntimeOrigin::signed(BOB), CurrencyId::WithId(99), BOB),
			Error::<Test>::CurrencyNotAdmitted
		);
	});
}

#[test]
fn claim_should_fail_where_less_is_booked_than_is_claimable() {
	test(|| {
		make_claimable(&TLY, BOB, 50);
		Booked::<Test>::insert(TLY, 49);
		assert_noop!(Ledger::claim(RuntimeOrigin::signed(BOB), TLY, BOB), Error::<Test>::Overflow);
		Booked::<Test>::insert(TLY, 50);
	});
}
