//! Deposits: constant work, whatever the lineage.

use super::*;

impl<T: Config> Distribute<T::AccountId> for Pallet<T> {
	fn deposit(
		artifact: ArtifactId,
		currency: &CurrencyId,
		from: &Bucket<T::AccountId>,
		amount: Balance,
		provider: Option<(&T::AccountId, Share)>,
	) -> DispatchResult {
		let mut tally = Tallies::<T>::get(artifact, currency);
		let (fee, fee_remainder) = accrue(amount, T::ProtocolFee::get(), tally.fee_remainder);
		tally.fee_remainder = fee_remainder;
		let gross = amount.checked_sub(fee).ok_or(Error::<T>::Overflow)?;
		T::Books::shift(currency, from, &Bucket::Treasury, fee)?;

		let to_provider = match provider {
			Some((account, share)) => {
				let key = (artifact, currency, account);
				let (earned, remainder) = accrue(gross, share, ProviderRemainders::<T>::get(key));
				ProviderRemainders::<T>::insert(key, remainder);
				Self::make_claimable(currency, from, account, earned)?;
				earned
			}
			None => 0,
		};
		tally.distributed =
			tally.distributed.checked_add(to_provider).ok_or(Error::<T>::Overflow)?;

		let provider_share = provider.map(|(_, share)| share).unwrap_or_default();
		let owner_share = Self::owner_share(artifact, provider_share)?;
		tally.earn(gross, owner_share).ok_or(Error::<T>::Overflow)?;
		Tallies::<T>::insert(artifact, currency, tally);
		let rest = gross.checked_sub(to_provider).ok_or(Error::<T>::Overflow)?;
		Self::make_pending(currency, from, artifact, rest)?;
		Self::deposit_event(Event::Deposited {
			artifact,
			currency: currency.clone(),
			fee,
			gross,
			provider: provider.map(|(account, _)| (account.clone(), to_provider)),
		});
		Ok(())
	}
}

impl Tally {
	/// Counts `gross` as earned and not split yet, and sets aside what `owner_share` is of it. `None`
	/// where a number overflows.
	#[must_use]
	pub(crate) fn earn(&mut self, gross: Balance, owner_share: Share) -> Option<()> {
		let (to_owner, remainder) = accrue(gross, owner_share, self.owner_remainder);
		self.owner_remainder = remainder;
		self.deposited = self.deposited.checked_add(gross)?;
		self.unsplit = self.unsplit.checked_add(gross)?;
		self.for_owner = self.for_owner.checked_add(to_owner)?;
		Some(())
	}
}

impl<T: Config> Pallet<T> {
	/// What parents, contributors and a provider with `provider_share` leave of the whole.
	pub(crate) fn owner_share(
		artifact: ArtifactId,
		provider_share: Share,
	) -> Result<Share, Error<T>> {
		let upstream =
			T::Artifacts::upstream_share(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let taken = upstream.deconstruct().checked_add(provider_share.deconstruct());
		let left = taken.and_then(|taken| Share::one().deconstruct().checked_sub(taken));
		left.map(Share::from_parts).ok_or(Error::SharesExceedWhole)
	}

	/// Moves `amount` out of `from` to what is pending for `artifact`. It is due when that is enough.
	pub(crate) fn make_pending(
		currency: &CurrencyId,
		from: &Bucket<T::AccountId>,
		artifact: ArtifactId,
		amount: Balance,
	) -> DispatchResult {
		T::Books::shift(currency, from, &Bucket::Pending(artifact), amount)?;
		Self::mark_due(artifact, currency);
		Ok(())
	}

	/// Puts the artifact into the wave if enough is pending for it, and says whether enough is.
	pub(crate) fn mark_due(artifact: ArtifactId, currency: &CurrencyId) -> bool {
		let pending = T::Books::balance(currency, &Bucket::Pending(artifact));
		let due = T::Books::threshold(currency).is_some_and(|threshold| pending >= threshold);
		if due {
			Due::<T>::insert(WaveKey::from(artifact), currency, ());
		}
		due
	}
}
