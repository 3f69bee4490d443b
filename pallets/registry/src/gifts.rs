//! Gifts: an artifact changes hands without money, and only to who accepts it, since with it comes
//! the deposit for its storage.

use crate::*;
use frame_support::{ensure, weights::Weight};
use sp_runtime::{DispatchError, DispatchResult};
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
	/// could have stored more since `who` looked. Returns what splitting its earnings cost.
	pub(crate) fn do_accept_gift(
		who: T::AccountId,
		artifact: ArtifactId,
		max_bytes: u64,
	) -> Result<Weight, DispatchError> {
		let to = GiftOffers::<T>::get(artifact).ok_or(Error::<T>::GiftNotFound)?;
		ensure!(who == to, Error::<T>::NotReceiver);
		let stored = Deposits::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?.bytes;
		ensure!(stored <= max_bytes, Error::<T>::GiftTooLarge);
		Self::hand_over(artifact, &who)
	}
}
