//! Each invariant, broken.

use super::*;

const UNBALANCED: Option<&str> = Some("royalties 1: deposited is not distributed plus pending");
const NOT_OWED: Option<&str> = Some("royalties 2: pending is not what is owed");
const OUTSIDE: Option<&str> = Some("royalties 4: a payout is outside the queue");
const GAPS: Option<&str> = Some("royalties 4: the queue has gaps or doubles");

/// What is wrong with a chain after `harm`. On it 2, a child of 1, was visited and earned again, so that
/// both are due, with remainders; and two payouts wait.
fn found_after(harm: impl FnOnce()) -> Option<&'static str> {
	new_test_ext().execute_with(|| {
		Lineage::register(1, &[], &[]);
		Lineage::register(2, &[(1, 33)], &[(CONTRIBUTOR, 7)]);
		earn_in(&TLY, 2, 1_001, Some(19));
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 1));
		earn_in(&TLY, 2, 1_001, Some(19));
		check();
		assert_eq!(Due::<Test>::iter_keys().count(), 2);
		assert_eq!(PayoutRange::<Test>::get(), Range { head: 0, tail: 3 });
		harm();
		Royalties::do_try_state().err().map(Into::into)
	})
}

fn change_tally(change: impl FnOnce(&mut Tally)) {
	Tallies::<Test>::mutate(2, TLY, change);
}

#[test]
fn totals_that_do_not_balance_are_found() {
	let found = |change: fn(&mut Tally)| found_after(|| change_tally(change));
	assert_eq!(found(|tally| tally.deposited += 1), UNBALANCED);
	assert_eq!(found(|tally| tally.distributed += 1), UNBALANCED);
	assert_eq!(
		found_after(|| {
			assert_ok!(<Ledger as Books<_>>::shift(&TLY, &Bucket::Pending(2), &SOURCE, 1));
		}),
		UNBALANCED
	);
}

#[test]
fn pending_money_that_is_not_what_is_owed_is_found() {
	let found = |change: fn(&mut Tally)| found_after(|| change_tally(change));
	assert_eq!(found(|tally| tally.unsplit += 1), NOT_OWED);
	assert_eq!(found(|tally| tally.for_owner -= 1), NOT_OWED);
	assert_eq!(found(|tally| tally.owner_remainder += 1), NOT_OWED);
	assert_eq!(found_after(|| Remainders::<Test>::remove(2, TLY)), NOT_OWED);
	assert_eq!(found_after(|| ProviderRemainders::<Test>::remove((2, TLY, PROVIDER))), NOT_OWED);
	assert_eq!(
		found_after(|| Tallies::<Test>::insert(9, TLY, Tally::default())),
		Some("royalties 2: a tally of no artifact")
	);
	// The fee's remainder is no part of what is pending.
	assert_eq!(found(|tally| tally.fee_remainder += 1), None);
}

#[test]
fn what_is_due_without_a_tally_is_found() {
	assert_eq!(
		found_after(|| Due::<Test>::insert(WaveKey::from(9), TLY, ())),
		Some("royalties 3: something is due without a tally")
	);
}

#[test]
fn a_queue_with_gaps_or_doubles_is_found() {
	let range = |head, tail| found_after(|| PayoutRange::<Test>::put(Range { head, tail }));
	assert_eq!(range(0, 4), GAPS);
	assert_eq!(range(0, 2), OUTSIDE);
	assert_eq!(range(1, 3), OUTSIDE);
	assert_eq!(found_after(|| Payouts::<Test>::remove(1)), GAPS);
	assert_eq!(found_after(|| QueuedPayouts::<Test>::insert(TLY, PAYER, ())), GAPS);
	assert_eq!(found_after(|| QueuedPayouts::<Test>::remove(TLY, PROVIDER)), OUTSIDE);
	assert_eq!(
		found_after(|| {
			Payouts::<Test>::insert(3, (TLY, PROVIDER));
			PayoutRange::<Test>::put(Range { head: 0, tail: 4 });
		}),
		GAPS
	);
}
