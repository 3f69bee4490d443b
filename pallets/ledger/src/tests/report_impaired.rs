use super::*;

#[test]
fn a_shortage_is_recorded_and_lifted() {
	test(|| {
		enter(&USD, &Bucket::Treasury, 100);
		seize(30);
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		System::assert_last_event(Event::CurrencyImpaired { currency: USD, missing: 30 }.into());
		assert_eq!(<Ledger as Books<_>>::threshold(&USD), None);
		assert_ok!(Assets::mint(RuntimeOrigin::signed(ALICE), 7, Ledger::vault_account(), 30));
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		System::assert_last_event(Event::CurrencyRestored { currency: USD }.into());
	});
}

#[test]
fn report_should_fail_when_nothing_changed() {
	test(|| {
		assert_noop!(
			Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD),
			Error::<Test>::NothingToReport
		);
		enter(&USD, &Bucket::Treasury, 100);
		seize(30);
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_noop!(
			Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD),
			Error::<Test>::NothingToReport
		);
	});
}

#[test]
fn report_should_fail_for_a_currency_that_is_not_admitted() {
	test(|| {
		assert_noop!(
			Ledger::report_impaired(RuntimeOrigin::signed(BOB), CREDIT),
			Error::<Test>::CurrencyNotAdmitted
		);
	});
}

#[test]
fn report_should_fail_without_a_signature() {
	test(|| {
		assert_noop!(Ledger::report_impaired(RuntimeOrigin::none(), USD), BadOrigin);
	});
}
