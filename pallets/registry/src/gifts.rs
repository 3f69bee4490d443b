//! Gifts: an artifact changes hands without money, and only to who accepts it, since with it comes
//! the deposit for its storage.

use crate::*;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
	ensure,
};
use sp_runtime::DispatchResult;
use tallystick_primitives::ArtifactId;

impl<T: Config> Pallet<T> {
	/// Offers `artifact`, which `from` owns, to `to`.
	pub(crate) fn do_offer_gift(
		from: T::AccountId,
		artifact: ArtifactId,
		to: T::AccountId,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &from)?;
		ensure!(from != to, Error::<T>::GiftToOwner);
		ensure!(!GiftOffers::<T>::contains_key(artifact), Error::<T>::GiftPending);
		GiftOffers::<T>::insert(artifact, &to);
		Self::deposit_event(Event::GiftOffered { artifact, from, to });
		Ok(())
	}

	/// Takes an offer back, or declines it.
	pub(crate) fn do_cancel_gift(who: T::AccountId, artifact: ArtifactId) -> DispatchResult {
		let to = GiftOffers::<T>::get(artifact).ok_or(Error::<T>::GiftNotFound)?;
		let may = who == to || Self::owner(artifact).as_ref() == Some(&who);
		ensure!(may, Error::<T>::NotAuthorized);
		GiftOffers::<T>::remove(artifact);
		Self::deposit_event(Event::GiftCancelled { artifact, to });
		Ok(())
	}

	/// Takes `artifact`, which is offered to `who`, with a deposit for at most `max_bytes`: the owner
	/// could have stored more since `who` looked. What is refused before the split costs little.
	pub(crate) fn do_accept_gift(
		who: T::AccountId,
		artifact: ArtifactId,
		max_bytes: u64,
	) -> DispatchResultWithPostInfo {
		let own = T::WeightInfo::accept_gift();
		Self::check_gift(&who, artifact, max_bytes).map_err(|error| error.with_weight(own))?;
		let settled = Self::hand_over(artifact, &who)?;
		Ok(Some(own.saturating_add(settled)).into())
	}

	/// That `artifact` is offered to `who`, with a deposit for at most `max_bytes`.
	fn check_gift(
		who: &T::AccountId,
		artifact: ArtifactId,
		max_bytes: u64,
	) -> Result<(), Error<T>> {
		let to = GiftOffers::<T>::get(artifact).ok_or(Error::<T>::GiftNotFound)?;
		ensure!(*who == to, Error::<T>::NotReceiver);
		let stored = Deposits::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?.bytes;
		ensure!(stored <= max_bytes, Error::<T>::GiftTooLarge);
		Ok(())
	}
}
