//! Payouts: what accounts have earned leaves the vault, first come, first served.

use super::*;
use frame_support::storage::with_storage_layer;

impl<T: Config> Pallet<T> {
	/// Moves `amount` out of `from` to what `account` may claim. Its payout is queued when that is
	/// enough. An amount of zero does nothing: else an account whose payout failed would be queued again by
	/// each visit, though it earned nothing more.
	pub(crate) fn make_claimable(
		currency: &CurrencyId,
		from: &Bucket<T::AccountId>,
		account: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		T::Books::shift(currency, from, &Bucket::Claimable(account.clone()), amount)?;
		Self::queue_payout(currency, account);
		Ok(())
	}

	/// Puts the account into the queue if it has enough to claim, and is not in it.
	fn queue_payout(currency: &CurrencyId, account: &T::AccountId) {
		let claimable = T::Books::balance(currency, &Bucket::Claimable(account.clone()));
		if T::Books::threshold(currency).is_none_or(|threshold| claimable < threshold)
			|| QueuedPayouts::<T>::contains_key(currency, account)
		{
			return;
		}
		PayoutRange::<T>::mutate(|range| {
			Payouts::<T>::insert(range.tail, (currency, account));
			// Two to the 64 payouts do not happen.
			range.tail = range.tail.saturating_add(1);
		});
		QueuedPayouts::<T>::insert(currency, account, ());
	}

	/// Pays the account at the head of the queue all that it may claim. Returns the weight of it,
	/// or `None` where nobody waits. Where the account cannot take it now, the amount stays
	/// claimable, and the account comes into the queue again when it earns more.
	pub(crate) fn pay_next() -> Option<Weight> {
		let mut range = PayoutRange::<T>::get();
		let (currency, account) = Payouts::<T>::take(range.head)?;
		range.head = range.head.saturating_add(1);
		PayoutRange::<T>::put(range);
		QueuedPayouts::<T>::remove(&currency, &account);

		let bucket = Bucket::Claimable(account.clone());
		let amount = T::Books::balance(&currency, &bucket);
		match with_storage_layer(|| T::Books::exit(&currency, &bucket, &account, amount)) {
			// Somebody may have claimed it meanwhile.
			Ok(ExitOutcome::Paid) if amount > 0 => {
				Self::deposit_event(Event::PaidOut { account, currency, amount });
			}
			Ok(_) => (),
			Err(error) => {
				frame_support::defensive!("an account could not be paid", error);
			}
		}
		Some(T::WeightInfo::payout())
	}
}
