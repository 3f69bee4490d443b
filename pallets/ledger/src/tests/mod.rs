mod admit_currency;
mod books;
mod claim;
mod genesis;
mod report_impaired;
mod spend;
mod try_state;
mod weights;

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, traits::fungible::Inspect as _};
use sp_runtime::traits::BadOrigin;

/// Puts `amount` of `currency` from ALICE into `bucket`.
fn enter(currency: &CurrencyId, bucket: &Bucket<AccountId>, amount: Balance) {
	assert_ok!(<Ledger as Books<_>>::enter(currency, &ALICE, bucket, amount));
}

fn book(currency: &CurrencyId, bucket: &Bucket<AccountId>) -> Balance {
	<Ledger as Books<_>>::balance(currency, bucket)
}

/// Puts `amount` where `who` can claim it.
fn make_claimable(currency: &CurrencyId, who: AccountId, amount: Balance) {
	enter(currency, &Bucket::Claimable(who), amount);
}

/// Takes `amount` of USD out of the vault, as its issuer can.
fn seize(amount: Balance) {
	assert_ok!(Assets::force_transfer(
		RuntimeOrigin::signed(ALICE),
		7,
		Ledger::vault_account(),
		ALICE,
		amount
	));
}
