//! The three operations on the books, and the work of the calls.

use super::*;
use frame_support::{storage::with_storage_layer, traits::tokens::Preservation};

impl<T: Config> Books<T::AccountId> for Pallet<T> {
	fn enter(
		currency: &CurrencyId,
		from: &T::AccountId,
		bucket: &Bucket<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		Self::ensure_whole(currency)?;
		if amount == 0 {
			return Ok(());
		}
		T::Tokens::transfer(
			currency.clone(),
			from,
			&Self::vault_account(),
			amount,
			Preservation::Preserve,
		)?;
		Booked::<T>::try_mutate(currency, |booked| {
			*booked = booked.checked_add(amount).ok_or(Error::<T>::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		Self::add(currency, bucket, amount)?;
		Self::deposit_event(Event::Entered {
			currency: currency.clone(),
			from: from.clone(),
			bucket: bucket.clone(),
			amount,
		});
		Ok(())
	}

	fn shift(
		currency: &CurrencyId,
		from: &Bucket<T::AccountId>,
		to: &Bucket<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		Self::take(currency, from, amount)?;
		Self::add(currency, to, amount)
	}

	fn exit(
		currency: &CurrencyId,
		bucket: &Bucket<T::AccountId>,
		to: &T::AccountId,
		amount: Balance,
	) -> Result<ExitOutcome, DispatchError> {
		if amount == 0 {
			return Ok(ExitOutcome::Paid);
		}
		Self::take(currency, bucket, amount)?;
		if Self::send(currency, to, amount).is_err() {
			Self::add(currency, &Bucket::Claimable(to.clone()), amount)?;
			Self::deposit_event(Event::Deferred {
				currency: currency.clone(),
				payee: to.clone(),
				amount,
			});
			return Ok(ExitOutcome::Claimable);
		}
		// Booked is the sum of all buckets, so it covers this one. If not, the books are broken, and the
		// caller has to stop.
		Booked::<T>::try_mutate(currency, |booked| {
			*booked = booked.checked_sub(amount).ok_or(Error::<T>::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::Exited {
			currency: currency.clone(),
			bucket: bucket.clone(),
			to: to.clone(),
			amount,
		});
		Ok(ExitOutcome::Paid)
	}

	fn balance(currency: &CurrencyId, bucket: &Bucket<T::AccountId>) -> Balance {
		Balances::<T>::get(currency, bucket)
	}

	fn is_usable(currency: &CurrencyId) -> bool {
		Self::ensure_usable(currency).is_ok()
	}

	fn threshold(currency: &CurrencyId) -> Option<Balance> {
		Currencies::<T>::get(currency).filter(|info| !info.impaired).map(|info| info.threshold)
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_claim(currency: &CurrencyId, account: &T::AccountId) -> DispatchResult {
		Self::ensure_whole(currency)?;
		let bucket = Bucket::Claimable(account.clone());
		let amount = Balances::<T>::get(currency, &bucket);
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		let outcome = <Self as Books<T::AccountId>>::exit(currency, &bucket, account, amount)?;
		// Where it fails, the error undoes the `Deferred` too.
		ensure!(outcome == ExitOutcome::Paid, Error::<T>::PayeeCannotReceive);
		Ok(())
	}

	pub(crate) fn do_admit(currency: CurrencyId, threshold: Balance) -> DispatchResult {
		ensure!(T::MayBeCurrency::contains(&currency), Error::<T>::NotACurrency);
		ensure!(
			Currencies::<T>::contains_key(&currency)
				|| Currencies::<T>::count() < T::MaxCurrencies::get(),
			Error::<T>::TooManyCurrencies
		);
		let minimum = T::Tokens::minimum_balance(currency.clone());
		// A payout that is smaller could not open an account.
		ensure!(threshold >= minimum && threshold > 0, Error::<T>::ThresholdTooLow);
		let owned = Self::vault_balance(&currency).saturating_sub(Booked::<T>::get(&currency));
		// An asset that does not exist has a minimum of zero, but the vault owns none of it.
		ensure!(owned >= minimum && owned > 0, Error::<T>::VaultNotEndowed);
		// A new threshold makes nothing whole: the mark stays until it is reported away.
		let impaired = Currencies::<T>::get(&currency).is_some_and(|info| info.impaired);
		Currencies::<T>::insert(&currency, CurrencyInfo { threshold, impaired });
		Self::deposit_event(Event::CurrencyAdmitted { currency, threshold });
		Ok(())
	}

	pub(crate) fn do_report(currency: &CurrencyId) -> DispatchResult {
		let mut info = Currencies::<T>::get(currency).ok_or(Error::<T>::CurrencyNotAdmitted)?;
		let missing = Self::missing(currency);
		ensure!(info.impaired != (missing > 0), Error::<T>::NothingToReport);
		info.impaired = missing > 0;
		Currencies::<T>::insert(currency, info);
		Self::deposit_event(if missing > 0 {
			Event::CurrencyImpaired { currency: currency.clone(), missing }
		} else {
			Event::CurrencyRestored { currency: currency.clone() }
		});
		Ok(())
	}

	/// What the vault has of `currency`: frozen or not, its own minimum balance included.
	pub(crate) fn vault_balance(currency: &CurrencyId) -> Balance {
		T::Tokens::balance(currency.clone(), &Self::vault_account())
	}

	/// What the vault lacks of `currency`: it has to have what is booked, and beside it the minimum
	/// balance, which it does not give away.
	pub(crate) fn missing(currency: &CurrencyId) -> Balance {
		Booked::<T>::get(currency)
			.saturating_add(T::Tokens::minimum_balance(currency.clone()))
			.saturating_sub(Self::vault_balance(currency))
	}

	/// That `currency` is usable, and nothing is missing of it, reported or not.
	fn ensure_whole(currency: &CurrencyId) -> DispatchResult {
		Self::ensure_usable(currency)?;
		ensure!(Self::missing(currency) == 0, Error::<T>::CurrencyImpaired);
		Ok(())
	}

	/// That `currency` is admitted, and not marked as impaired.
	fn ensure_usable(currency: &CurrencyId) -> DispatchResult {
		let info = Currencies::<T>::get(currency).ok_or(Error::<T>::CurrencyNotAdmitted)?;
		ensure!(!info.impaired, Error::<T>::CurrencyImpaired);
		Ok(())
	}

	/// Transfers `amount` out of the vault, which keeps its own minimum balance. Where the payee or the
	/// currency cannot take part, this fails and nothing is done.
	fn send(currency: &CurrencyId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		Self::ensure_whole(currency)?;
		let vault = Self::vault_account();
		with_storage_layer(|| {
			T::Tokens::transfer(currency.clone(), &vault, to, amount, Preservation::Preserve)
		})?;
		Ok(())
	}

	/// Adds `amount` to a bucket. An amount of zero stores nothing.
	fn add(
		currency: &CurrencyId,
		bucket: &Bucket<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Balances::<T>::try_mutate(currency, bucket, |balance| {
			*balance = balance.checked_add(amount).ok_or(Error::<T>::Overflow)?;
			Ok(())
		})
	}

	/// Takes `amount` off a bucket. A bucket that is empty then is not stored.
	fn take(
		currency: &CurrencyId,
		bucket: &Bucket<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Balances::<T>::try_mutate_exists(currency, bucket, |balance| {
			let rest = balance
				.unwrap_or_default()
				.checked_sub(amount)
				.ok_or(Error::<T>::InsufficientBucket)?;
			*balance = (rest > 0).then_some(rest);
			Ok(())
		})
	}
}
