//! Reservations: who means to anchor a digest says so first, without telling which.

use crate::*;
use frame_support::{
	ensure,
	traits::{fungible::hold::Mutate, tokens::Precision},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{Get, Saturating},
	DispatchError, DispatchResult,
};
use tallystick_primitives::{
	provenance::{reservation, ReservationSalt},
	Balance, Digest,
};

impl<T: Config> Pallet<T> {
	/// Stores a reservation of `account`.
	pub(crate) fn do_reserve(account: &T::AccountId, commitment: Digest) -> DispatchResult {
		let known = Reservations::<T>::contains_key(account, commitment);
		ensure!(!known, Error::<T>::AlreadyReserved);
		let count = ReservationCount::<T>::get(account);
		ensure!(count < T::MaxReservations::get(), Error::<T>::TooManyReservations);
		let deposit = T::ReservationDeposit::get();
		T::Currency::hold(&HoldReason::Reservation.into(), account, deposit)?;
		let at = frame_system::Pallet::<T>::block_number();
		Reservations::<T>::insert(account, commitment, Reservation { at, deposit });
		ReservationCount::<T>::insert(account, count.saturating_add(1));
		Self::deposit_event(Event::Reserved { account: account.clone(), commitment });
		Ok(())
	}

	/// Gives a reservation up.
	pub(crate) fn do_release_reservation(
		account: &T::AccountId,
		commitment: Digest,
	) -> DispatchResult {
		let reservation =
			Reservations::<T>::take(account, commitment).ok_or(Error::<T>::ReservationNotFound)?;
		Self::give_back(account, reservation.deposit)?;
		Self::deposit_event(Event::ReservationReleased { account: account.clone(), commitment });
		Ok(())
	}

	/// Uses `issuer`'s reservation of `digest`, and says since when it was there.
	pub(crate) fn use_reservation(
		issuer: &T::AccountId,
		digest: &Digest,
		salt: &ReservationSalt,
	) -> Result<BlockNumberFor<T>, DispatchError> {
		let commitment = reservation(digest, issuer, salt);
		let Reservation { at, deposit } =
			Reservations::<T>::get(issuer, commitment).ok_or(Error::<T>::ReservationNotFound)?;
		let usable_from = at.saturating_add(T::ReservationAge::get());
		ensure!(
			frame_system::Pallet::<T>::block_number() >= usable_from,
			Error::<T>::ReservationTooYoung
		);
		Reservations::<T>::remove(issuer, commitment);
		Self::give_back(issuer, deposit)?;
		Ok(at)
	}

	/// Gives back what was held for a reservation that is gone.
	fn give_back(account: &T::AccountId, deposit: Balance) -> DispatchResult {
		// An account without reservations leaves no zero behind.
		ReservationCount::<T>::mutate_exists(account, |count| {
			*count = count.take().map(|count| count.saturating_sub(1)).filter(|count| *count > 0);
		});
		// Best effort: what is short for whatever reason must not keep an account from anchoring.
		let reason = HoldReason::Reservation.into();
		T::Currency::release(&reason, account, deposit, Precision::BestEffort).map(|_| ())
	}
}
