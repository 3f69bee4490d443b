//! Waves, visit by visit.

use super::*;
use frame_support::storage::with_storage_layer;

impl<T: Config> Pallet<T> {
	/// Visits what comes next in the wave, or first in a new one. Returns the weight of it, or `None`
	/// where the wave is over, or nothing is due.
	pub(crate) fn visit_next() -> Option<Weight> {
		let (key, currency) = Self::advance()?;
		Due::<T>::remove(key, &currency);
		WavePosition::<T>::put(Position::At(key, currency.clone()));
		let artifact = ArtifactId::from(key);
		// A split that fails leaves the money pending; the next deposit, or a call, marks it again.
		let split = with_storage_layer(|| Self::split_pending(artifact, &currency));
		let parts = split.unwrap_or_else(|error| {
			frame_support::defensive!("an artifact could not be split", error);
			T::MaxParts::get()
		});
		Some(T::WeightInfo::visit(parts))
	}

	/// What is due after the wave's position. Where nothing is, the wave is over; the next begins at
	/// the top, in another block.
	fn advance() -> Option<(WaveKey, CurrencyId)> {
		let now = frame_system::Pallet::<T>::block_number();
		match WavePosition::<T>::get() {
			// A wave is on. What was visited is not due any more, but its key says where to look on.
			Some(Position::At(key, currency)) => {
				let visited = Due::<T>::hashed_key_for(key, currency);
				let next = Due::<T>::iter_keys_from(visited).next();
				if next.is_none() {
					WavePosition::<T>::put(Position::Over(now));
				}
				next
			}
			// It ended in this block.
			Some(Position::Over(block)) if block == now => None,
			// A new one, from the top.
			Some(Position::Over(_)) | None => Due::<T>::iter_keys().next(),
		}
	}

	/// Splits all that is pending for `artifact` among parents, contributors and owner. Returns how
	/// many parts it went to: none, without an event, where it was split before.
	pub(crate) fn split_pending(
		artifact: ArtifactId,
		currency: &CurrencyId,
	) -> Result<u32, DispatchError> {
		let mut tally = Tallies::<T>::get(artifact, currency);
		// Nothing came since the last visit, so nothing for the owner either: what is pending are
		// remainders, and they stay.
		if tally.unsplit == 0 {
			return Ok(0);
		}
		let split = T::Artifacts::split(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let gross = core::mem::take(&mut tally.unsplit);
		let to_owner = core::mem::take(&mut tally.for_owner);
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
			Self::pass_up(currency, &pending, *parent, amount)?;
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

	/// Moves `amount` out of `from` to `parent`, as gross of its own.
	fn pass_up(
		currency: &CurrencyId,
		from: &Bucket<T::AccountId>,
		parent: ArtifactId,
		amount: Balance,
	) -> DispatchResult {
		let owner_share = Self::owner_share(parent, Share::zero())?;
		let mut tally = Tallies::<T>::get(parent, currency);
		tally.earn(amount, owner_share).ok_or(Error::<T>::Overflow)?;
		Tallies::<T>::insert(parent, currency, tally);
		Self::make_pending(currency, from, parent, amount)
	}
}
