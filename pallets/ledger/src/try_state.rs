//! The invariants of the books.

use super::*;
use alloc::collections::BTreeMap;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants that the module's documentation lists.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut sums: BTreeMap<CurrencyId, Balance> = BTreeMap::new();
		for (currency, _, amount) in Balances::<T>::iter() {
			ensure!(amount > 0, "ledger 3: an empty bucket is stored");
			let sum = sums.entry(currency).or_default();
			*sum = sum.checked_add(amount).ok_or("ledger 1: the sum of buckets overflows")?;
		}
		for (currency, booked) in Booked::<T>::iter() {
			let sum = sums.remove(&currency).unwrap_or_default();
			ensure!(sum == booked, "ledger 1: the sum of buckets is not what is booked");
		}
		ensure!(sums.is_empty(), "ledger 1: buckets without a booked sum");
		for (currency, info) in Currencies::<T>::iter() {
			ensure!(
				info.impaired || Self::vault_balance(&currency) >= Booked::<T>::get(&currency),
				"ledger 2: the vault holds less than is booked"
			);
		}
		Ok(())
	}
}
