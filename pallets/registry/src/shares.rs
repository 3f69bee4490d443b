//! Contributors' shares after registration. The owner gives from what nobody has; only the payee
//! can give up or pass on what it has.
//!
//! Each change first splits what the artifact has earned, by the shares that it was earned under. A
//! place in the list never moves, because royalties knows payees by their places.

use crate::*;
use frame_support::{
	dispatch::{DispatchErrorWithPostInfo, DispatchResultWithPostInfo, WithPostDispatchInfo},
	ensure,
	weights::Weight,
};
use sp_runtime::traits::CheckedAdd;
use tallystick_primitives::{ArtifactId, ProviderShares, SettleRoyalties, Share};

/// A change of contributors that is allowed, and not stored yet.
struct Change<T: Config> {
	owner: T::AccountId,
	/// The bytes that were stored before it.
	before: u64,
	stored: ArtifactOf<T>,
}

impl<T: Config> Pallet<T> {
	/// Gives a share of `artifact`, which `who` owns, to an account.
	pub(crate) fn do_add_contributor(
		who: T::AccountId,
		artifact: ArtifactId,
		Contributor { account, share }: Contributor<T::AccountId>,
	) -> DispatchResultWithPostInfo {
		let spent = Self::change_shares(artifact, T::WeightInfo::add_contributor(), |places| {
			Self::ensure_owner(artifact, &who)?;
			ensure!(!share.is_zero(), Error::<T>::ZeroShare);
			Self::give(places, account.clone(), share)
		})?;
		Self::deposit_event(Event::ContributorAdded { artifact, account, share });
		Ok(Some(spent).into())
	}

	/// Ends the share of `who` in `artifact`: it is the owner's.
	pub(crate) fn do_renounce_share(
		who: T::AccountId,
		artifact: ArtifactId,
	) -> DispatchResultWithPostInfo {
		let mut share = Share::zero();
		let spent = Self::change_shares(artifact, T::WeightInfo::renounce_share(), |places| {
			let place = Self::place_of(places, &who).ok_or(Error::<T>::NotContributor)?;
			share = core::mem::take(&mut place.share);
			Ok(())
		})?;
		Self::deposit_event(Event::ShareRenounced { artifact, account: who, share });
		Ok(Some(spent).into())
	}

	/// Passes the share of `who` in `artifact` on to `to`. Where `to` has one, they become one.
	pub(crate) fn do_transfer_share(
		who: T::AccountId,
		artifact: ArtifactId,
		to: T::AccountId,
	) -> DispatchResultWithPostInfo {
		let mut share = Share::zero();
		let spent = Self::change_shares(artifact, T::WeightInfo::transfer_share(), |places| {
			ensure!(who != to, Error::<T>::NothingChanges);
			let joins = Self::place_of(places, &to).is_some();
			let place = Self::place_of(places, &who).ok_or(Error::<T>::NotContributor)?;
			share = place.share;
			if joins {
				place.share = Share::zero();
				return Self::give(places, to.clone(), share);
			}
			place.account = to.clone();
			Ok(())
		})?;
		Self::deposit_event(Event::ShareTransferred { artifact, from: who, to, share });
		Ok(Some(spent).into())
	}

	/// Splits what `artifact` has earned, and then stores its contributors as `change` made them.
	/// `own` is what the call costs without the split: all that one costs that is refused before.
	/// Returns what it cost.
	fn change_shares(
		artifact: ArtifactId,
		own: Weight,
		change: impl FnOnce(&mut Contributors<T::AccountId>) -> Result<(), Error<T>>,
	) -> Result<Weight, DispatchErrorWithPostInfo> {
		let Change { owner, before, stored } =
			Self::changed(artifact, change).map_err(|error| error.with_weight(own))?;
		// By the shares in storage, which are still those of before.
		let spent = T::Royalties::settle(artifact)?;
		Self::adjust_deposit(artifact, &owner, before, stored.stored_bytes())?;
		Artifacts::<T>::insert(artifact, stored);
		Ok(own.saturating_add(spent))
	}

	/// Lets `change` change the contributors of `artifact`. All shares together, with the dearest
	/// provider's, stay within the whole.
	fn changed(
		artifact: ArtifactId,
		change: impl FnOnce(&mut Contributors<T::AccountId>) -> Result<(), Error<T>>,
	) -> Result<Change<T>, Error<T>> {
		let owner = Self::owner(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let mut stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let before = stored.stored_bytes();
		change(&mut stored.contributors)?;
		stored.upstream_share = sum_of_shares(&stored.parents, &stored.contributors)
			.filter(|sum| sum.checked_add(&T::ProviderShares::dearest(artifact)).is_some())
			.ok_or(Error::<T>::SharesExceedWhole)?;
		Ok(Change { owner, before, stored })
	}

	/// Adds `share` to what `account` has; where it has none, in a place that somebody gave up, or in
	/// a new one.
	fn give(
		contributors: &mut Contributors<T::AccountId>,
		account: T::AccountId,
		share: Share,
	) -> Result<(), Error<T>> {
		if let Some(place) = Self::place_of(contributors, &account) {
			place.share = place.share.checked_add(&share).ok_or(Error::<T>::SharesExceedWhole)?;
			return Ok(());
		}
		let new = Contributor { account, share };
		// What is left in the place of a fraction of a unit goes with it.
		if let Some(place) = contributors.iter_mut().find(|place| place.share.is_zero()) {
			*place = new;
			return Ok(());
		}
		contributors.try_push(new).map_err(|_| Error::<T>::TooManyContributors)
	}

	/// The place in which `account` has a share.
	fn place_of<'a>(
		contributors: &'a mut Contributors<T::AccountId>,
		account: &T::AccountId,
	) -> Option<&'a mut Contributor<T::AccountId>> {
		contributors.iter_mut().find(|place| place.account == *account && !place.share.is_zero())
	}
}
