//! What an issuer can do to an anchor: revoke it, or supersede it. Everybody else can do nothing.

use crate::*;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{DispatchError, DispatchResult};
use tallystick_primitives::{
	provenance::{AnchorStatus, Reason},
	AnchorId,
};

impl<T: Config> Pallet<T> {
	/// An anchor of `issuer`.
	pub(crate) fn own_anchor(
		issuer: &T::AccountId,
		id: AnchorId,
	) -> Result<AnchorOf<T>, DispatchError> {
		let anchor = Anchors::<T>::get(id).ok_or(Error::<T>::AnchorNotFound)?;
		ensure!(anchor.issuer == *issuer, Error::<T>::NotIssuer);
		Ok(anchor)
	}

	/// An anchor of `issuer` that `issuer` still stands by.
	pub(crate) fn own_active_anchor(
		issuer: &T::AccountId,
		id: AnchorId,
	) -> Result<AnchorOf<T>, DispatchError> {
		let anchor = Self::own_anchor(issuer, id)?;
		ensure!(anchor.status == AnchorStatus::Active, Error::<T>::NotActive);
		Ok(anchor)
	}

	/// Revokes an anchor that `issuer` made.
	pub(crate) fn do_revoke(issuer: &T::AccountId, id: AnchorId, reason: Reason) -> DispatchResult {
		let anchor = Self::own_anchor(issuer, id)?;
		let revoked = matches!(anchor.status, AnchorStatus::Revoked { .. });
		ensure!(!revoked, Error::<T>::AlreadyRevoked);
		let at = frame_system::Pallet::<T>::block_number();
		Self::set_status(id, anchor, AnchorStatus::Revoked { reason, at });
		Self::deposit_event(Event::Revoked { anchor: id });
		Ok(())
	}

	/// Says that `new` stands where `old` stood.
	pub(crate) fn do_supersede(
		issuer: &T::AccountId,
		old: AnchorId,
		new: AnchorId,
	) -> DispatchResult {
		// Forward only, so that who follows the chain comes to an end.
		ensure!(new > old, Error::<T>::NotNewer);
		let anchor = Self::own_active_anchor(issuer, old)?;
		let newer = Self::own_active_anchor(issuer, new)?;
		ensure!(anchor.info.kind == newer.info.kind, Error::<T>::KindDiffers);
		let at = frame_system::Pallet::<T>::block_number();
		Self::set_status(old, anchor, AnchorStatus::Superseded { by: new, at });
		Self::deposit_event(Event::Superseded { anchor: old, by: new });
		Ok(())
	}

	fn set_status(id: AnchorId, anchor: AnchorOf<T>, status: AnchorStatus<BlockNumberFor<T>>) {
		Anchors::<T>::insert(id, Anchor { status, ..anchor });
	}
}
