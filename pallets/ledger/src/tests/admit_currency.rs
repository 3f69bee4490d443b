use super::*;

const EUR: CurrencyId = CurrencyId::WithId(8);

fn create_eur() {
	assert_ok!(Assets::force_create(RuntimeOrigin::root(), 8, ALICE, true, 10));
}

fn endow_vault(amount: Balance) {
	assert_ok!(Assets::mint(RuntimeOrigin::signed(ALICE), 8, Ledger::vault_account(), amount));
}

#[test]
fn an_endowed_asset_is_admitted() {
	test(|| {
		create_eur();
		endow_vault(10);
		assert!(!<Ledger as Books<_>>::is_usable(&EUR));
		assert_ok!(Ledger::admit_currency(RuntimeOrigin::root(), EUR, 20));
		assert!(<Ledger as Books<_>>::is_usable(&EUR));
		assert_eq!(<Ledger as Books<_>>::threshold(&EUR), Some(20));
		System::assert_last_event(Event::CurrencyAdmitted { currency: EUR, threshold: 20 }.into());
	});
}

#[test]
fn admitting_again_changes_the_threshold_and_lifts_no_impairment() {
	test(|| {
		enter(&USD, &Bucket::Treasury, 100);
		seize(50);
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), USD, 30),
			Error::<Test>::VaultNotEndowed
		);
		assert_ok!(Assets::mint(RuntimeOrigin::signed(ALICE), 7, Ledger::vault_account(), 50));
		assert_ok!(Ledger::admit_currency(RuntimeOrigin::root(), USD, 30));
		assert!(!<Ledger as Books<_>>::is_usable(&USD));
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_eq!(<Ledger as Books<_>>::threshold(&USD), Some(30));
	});
}

#[test]
fn admit_should_fail_for_another_origin() {
	test(|| {
		assert_noop!(Ledger::admit_currency(RuntimeOrigin::signed(ALICE), EUR, 20), BadOrigin);
	});
}

#[test]
fn admit_should_fail_for_a_credit() {
	test(|| {
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), CREDIT, 20),
			Error::<Test>::NotACurrency
		);
	});
}

#[test]
fn admit_should_fail_for_more_currencies_than_there_can_be() {
	test(|| {
		let admit = |id: u32| {
			assert_ok!(Assets::force_create(RuntimeOrigin::root(), id, ALICE, true, 1));
			let vault = Ledger::vault_account();
			assert_ok!(Assets::mint(RuntimeOrigin::signed(ALICE), id, vault, 1));
			let currency = CurrencyId::WithId(id);
			Ledger::admit_currency(RuntimeOrigin::root(), currency, 1)
		};
		// There are two already, and can be four.
		assert_ok!(admit(20));
		assert_ok!(admit(21));
		assert_eq!(admit(22), Err(Error::<Test>::TooManyCurrencies.into()));
		// Those that there are can have another threshold.
		let known = CurrencyId::WithId(21);
		assert_ok!(Ledger::admit_currency(RuntimeOrigin::root(), known, 5));
	});
}

#[test]
fn admit_should_fail_below_the_minimum_balance() {
	test(|| {
		create_eur();
		endow_vault(10);
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), EUR, 9),
			Error::<Test>::ThresholdTooLow
		);
	});
}

#[test]
fn admit_should_fail_for_an_asset_that_does_not_exist() {
	test(|| {
		let nothing = CurrencyId::WithId(99);
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), nothing.clone(), 0),
			Error::<Test>::ThresholdTooLow
		);
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), nothing, 1),
			Error::<Test>::VaultNotEndowed
		);
	});
}

#[test]
fn admit_should_fail_while_a_part_of_the_endowment_is_gone() {
	test(|| {
		enter(&USD, &Bucket::Treasury, 100);
		seize(1);
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), USD, 20),
			Error::<Test>::VaultNotEndowed
		);
	});
}

#[test]
fn admit_should_fail_when_the_vault_is_not_endowed() {
	test(|| {
		create_eur();
		assert_noop!(
			Ledger::admit_currency(RuntimeOrigin::root(), EUR, 20),
			Error::<Test>::VaultNotEndowed
		);
	});
}
