//! Contributors' shares after registration. The owner gives from what nobody has; only the payee
//! can give up or pass on what it has.
//!
//! Each change first splits what the artifact has earned, by the shares that it was earned under. A
//! place in the list never moves, because royalties knows payees by their places.

use crate::*;
use frame_support::{ensure, weights::Weight};
use sp_runtime::{traits::CheckedAdd, DispatchError};
use tallystick_primitives::{ArtifactId, ProviderShares, SettleRoyalties, Share};

impl<T: Config> Pallet<T> {
	/// Gives a share of `artifact`, which `who` owns, to an account.
	pub(crate) fn do_add_contributor(
		who: T::AccountId,
		artifact: ArtifactId,
		Contributor { account, share }: Contributor<T::AccountId>,
	) -> Result<Weight, DispatchError> {
		Self::ensure_owner(artifact, &who)?;
		ensure!(!share.is_zero(), Error::<T>::ZeroShare);
		let spent = Self::change_shares(artifact, |contributors| {
			Self::give(contributors, account.clone(), share)
		})?;
		Self::deposit_event(Event::ContributorAdded { artifact, account, share });
		Ok(spent)
	}

	/// Ends the share of `who` in `artifact`: it is the owner's.
	pub(crate) fn do_renounce_share(
		who: T::AccountId,
		artifact: ArtifactId,
	) -> Result<Weight, DispatchError> {
		let mut share = Share::zero();
		let spent = Self::change_shares(artifact, |contributors| {
			let place = Self::place_of(contributors, &who).ok_or(Error::<T>::NotContributor)?;
			share = core::mem::take(&mut place.share);
			Ok(())
		})?;
		Self::deposit_event(Event::ShareRenounced { artifact, account: who, share });
		Ok(spent)
	}

	/// Passes the share of `who` in `artifact` on to `to`. Where `to` has one, they become one.
	pub(crate) fn do_transfer_share(
		who: T::AccountId,
		artifact: ArtifactId,
		to: T::AccountId,
	) -> Result<Weight, DispatchError> {
		ensure!(who != to, Error::<T>::NothingChanges);
		let mut share = Share::zero();
		let spent = Self::change_shares(artifact, |contributors| {
			let joins = Self::place_of(contributors, &to).is_some();
			let place = Self::place_of(contributors, &who).ok_or(Error::<T>::NotContributor)?;
			share = place.share;
			if joins {
				place.share = Share::zero();
				return Self::give(contributors, to.clone(), share);
			}
			place.account = to.clone();
			Ok(())
		})?;
		Self::deposit_event(Event::ShareTransferred { artifact, from: who, to, share });
		Ok(spent)
	}

	/// Splits what `artifact` has earned, and then lets `change` change its contributors. All shares
	/// together, with the dearest provider's, stay within the whole.
	fn change_shares(
		artifact: ArtifactId,
		change: impl FnOnce(&mut Contributors<T::AccountId>) -> Result<(), Error<T>>,
	) -> Result<Weight, DispatchError> {
		let owner = Self::owner(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let spent = T::Royalties::settle(artifact)?;
		let mut stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let before = stored.stored_bytes();
		change(&mut stored.contributors)?;
		stored.upstream_share = sum_of_shares(&stored.parents, &stored.contributors)
			.filter(|sum| sum.checked_add(&T::ProviderShares::dearest(artifact)).is_some())
			.ok_or(Error::<T>::SharesExceedWhole)?;
		Self::adjust_deposit(artifact, &owner, before, stored.stored_bytes())?;
		Artifacts::<T>::insert(artifact, stored);
		Ok(spent)
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
