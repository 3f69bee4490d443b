//! Deposits: constant work, whatever the lineage.

use super::*;
use frame_support::traits::Get;

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

		let provider_share = provider.map(|(_, share)| share).unwrap_or_default();
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

		let rest = gross.checked_sub(to_provider).ok_or(Error::<T>::Overflow)?;
		Self::book_gross(artifact, currency, tally, from, gross, rest, provider_share)?;
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

impl<T: Config> Pallet<T> {
	/// Books `gross` as earned by `artifact`, of which `rest` is in `from` and becomes pending; the
	/// difference went to a provider with `provider_share`. A visit comes here for each parent,
	/// whose gross has no provider: all of it is the rest.
	///
	/// `tally` is the artifact's, as the caller read it and perhaps changed it; it is written here,
	/// once.
	pub(crate) fn book_gross(
		artifact: ArtifactId,
		currency: &CurrencyId,
		mut tally: Tally,
		from: &Bucket<T::AccountId>,
		gross: Balance,
		rest: Balance,
		provider_share: Share,
	) -> DispatchResult {
		let upstream =
			T::Artifacts::upstream_share(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		// The owner has what parents, contributors and provider leave of the whole.
		let owner_share = Share::one()
			.deconstruct()
			.checked_sub(upstream.deconstruct())
			.and_then(|left| left.checked_sub(provider_share.deconstruct()))
			.map(Share::from_parts)
			.ok_or(Error::<T>::SharesExceedWhole)?;
		let (to_owner, remainder) = accrue(gross, owner_share, tally.owner_remainder);
		tally.owner_remainder = remainder;
		for (total, amount) in [
			(&mut tally.deposited, gross),
			(&mut tally.unsplit, gross),
			(&mut tally.owner_due, to_owner),
		] {
			*total = total.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		}
		Tallies::<T>::insert(artifact, currency, tally);
		T::Books::shift(currency, from, &Bucket::Pending(artifact), rest)?;
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
