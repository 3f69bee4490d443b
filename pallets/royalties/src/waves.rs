//! Waves: sweeps over what is due, from the highest artifact id to the lowest.

use super::*;
use frame_support::storage::with_storage_layer;

impl<T: Config> Pallet<T> {
	/// Visits what comes next in the wave. Returns the weight of it, or `None` where nothing is due.
	pub(crate) fn visit_next() -> Option<Weight> {
		let (key, currency) = Self::next_due()?;
		Due::<T>::remove(key, &currency);
		WavePosition::<T>::put((key, &currency));
		let artifact = ArtifactId::from(key);
		// A split that fails leaves the money pending; the next deposit, or a call, marks it again.
		let split = with_storage_layer(|| Self::split_pending(artifact, &currency));
		let parts = split.unwrap_or_else(|error| {
			frame_support::defensive!("an artifact could not be split", error);
			T::MaxParts::get()
		});
		Some(T::WeightInfo::visit(parts))
	}

	/// What is due after the wave's position; where nothing is, a new wave begins at the top. What
	/// was visited last is not due any more, but its key still says where to look on.
	fn next_due() -> Option<(WaveKey, CurrencyId)> {
		let after = WavePosition::<T>::get().and_then(|(key, currency)| {
			Due::<T>::iter_keys_from(Due::<T>::hashed_key_for(key, currency)).next()
		});
		after.or_else(|| Due::<T>::iter_keys().next())
	}

	/// Splits all that is pending for `artifact` among parents, contributors and owner. Returns how
	/// many parts there were.
	pub(crate) fn split_pending(
		artifact: ArtifactId,
		currency: &CurrencyId,
	) -> Result<u32, DispatchError> {
		let split = T::Artifacts::split(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let mut tally = Tallies::<T>::get(artifact, currency);
		let gross = core::mem::take(&mut tally.unsplit);
		let to_owner = core::mem::take(&mut tally.owner_due);
		let pending = Bucket::Pending(artifact);

		// Called for each part in turn: remainders have no keys but their places.
		let mut carried = Remainders::<T>::get(artifact, currency).into_iter();
		let mut remainders = BoundedVec::new();
		let mut accrue_next = |share| -> Result<Balance, DispatchError> {
			let (amount, remainder) = accrue(gross, share, carried.next().unwrap_or_default());
			remainders.try_push(remainder).map_err(|_| Error::<T>::Overflow)?;
			Ok(amount)
		};

		let (mut to_parents, mut to_contributors): (Balance, Balance) = (0, 0);
		for (parent, share) in &split.parents {
			let amount = accrue_next(*share)?;
			let theirs = Tallies::<T>::get(parent, currency);
			let no_provider = Share::zero();
			Self::book_gross(*parent, currency, theirs, &pending, amount, amount, no_provider)?;
			to_parents = to_parents.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		}
		for (account, share) in &split.contributors {
			let amount = accrue_next(*share)?;
			Self::make_claimable(currency, &pending, account, amount)?;
			to_contributors = to_contributors.checked_add(amount).ok_or(Error::<T>::Overflow)?;
		}
		Self::make_claimable(currency, &pending, &split.owner, to_owner)?;

		let parts = u32::try_from(remainders.len()).unwrap_or(u32::MAX);
		Remainders::<T>::insert(artifact, currency, remainders);
		tally.distributed = [to_parents, to_contributors, to_owner]
			.into_iter()
			.try_fold(tally.distributed, |sum, amount| sum.checked_add(amount))
			.ok_or(Error::<T>::Overflow)?;
		Tallies::<T>::insert(artifact, currency, tally);
		Self::deposit_event(Event::Split {
			artifact,
			currency: currency.clone(),
			gross,
			to_parents,
			to_contributors,
			to_owner,
		});
		Ok(parts)
	}
}
