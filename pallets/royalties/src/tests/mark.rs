use super::*;
use sp_runtime::traits::BadOrigin;

#[test]
fn what_was_deposited_while_the_currency_was_impaired_flows_after_a_mark() {
	test(|| {
		Lineage::register(1, &[], &[]);
		// The money matures while the vault does not cover the books.
		assert_ok!(<Ledger as Books<_>>::enter(&USD, &PAYER, &SOURCE, 1_000));
		let vault = Ledger::vault_account();
		assert_ok!(Assets::force_transfer(RuntimeOrigin::signed(PAYER), 7, vault, PAYER, 500));
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(PAYER), USD));
		assert_ok!(<Royalties as Distribute<_>>::deposit(1, &USD, &SOURCE, 1_000, None));
		assert_noop!(
			Royalties::mark(RuntimeOrigin::signed(PAYER), 1, USD),
			Error::<Test>::NothingToDistribute
		);
		assert_ok!(Assets::mint(RuntimeOrigin::signed(PAYER), 7, vault, 500));
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(PAYER), USD));
		settle();
		assert_eq!(Assets::balance(7, owner(1)), 0);
		assert_ok!(Royalties::mark(RuntimeOrigin::signed(PAYER), 1, USD));
		settle();
		assert_eq!(Assets::balance(7, owner(1)), 990);
	});
}

#[test]
fn mark_should_fail_when_too_little_is_pending() {
	test(|| {
		Lineage::register(1, &[], &[]);
		earn(1, THRESHOLD - 1);
		assert_noop!(
			Royalties::mark(RuntimeOrigin::signed(PAYER), 1, TLY),
			Error::<Test>::NothingToDistribute
		);
		assert_noop!(
			Royalties::mark(RuntimeOrigin::signed(PAYER), 9, TLY),
			Error::<Test>::NothingToDistribute
		);
	});
}

#[test]
fn mark_should_fail_without_a_signature() {
	test(|| {
		assert_noop!(Royalties::mark(RuntimeOrigin::root(), 1, TLY), BadOrigin);
	});
}
