//! Each invariant, broken.

use super::*;

const ESCROW: Bucket<AccountId> = Bucket::Escrow(1);

/// What is wrong with a chain on which 100 USD lie in [`ESCROW`], after `harm`.
fn found_after(harm: impl FnOnce()) -> Option<&'static str> {
	new_test_ext().execute_with(|| {
		enter(&USD, &ESCROW, 100);
		assert_ok!(Ledger::do_try_state());
		harm();
		Ledger::do_try_state().err().map(Into::into)
	})
}

#[test]
fn buckets_that_are_not_what_is_booked_are_found() {
	let not_booked = Some("ledger 1: the sum of buckets is not what is booked");
	assert_eq!(found_after(|| Balances::<Test>::insert(USD, ESCROW, 99)), not_booked);
	assert_eq!(found_after(|| Balances::<Test>::insert(USD, ESCROW, 101)), not_booked);
	assert_eq!(found_after(|| Balances::<Test>::insert(USD, Bucket::Treasury, 1)), not_booked);
	assert_eq!(found_after(|| Balances::<Test>::remove(USD, ESCROW)), not_booked);
	assert_eq!(
		found_after(|| Balances::<Test>::insert(TLY, ESCROW, 1)),
		Some("ledger 1: buckets without a booked sum")
	);
	assert_eq!(
		found_after(|| Balances::<Test>::insert(USD, Bucket::Treasury, Balance::MAX)),
		Some("ledger 1: the sum of buckets overflows")
	);
}

#[test]
fn a_vault_that_holds_less_than_is_booked_is_found_until_somebody_reports_it() {
	let lacks = Some("ledger 2: the vault holds less than is booked");
	// The vault's own ten do not belong to anybody.
	assert_eq!(found_after(|| seize(10)), None);
	assert_eq!(found_after(|| seize(11)), lacks);
	assert_eq!(
		found_after(|| {
			seize(11);
			assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		}),
		None
	);
}

#[test]
fn an_empty_bucket_is_found() {
	assert_eq!(
		found_after(|| Balances::<Test>::insert(USD, Bucket::Treasury, 0)),
		Some("ledger 3: an empty bucket is stored")
	);
}
