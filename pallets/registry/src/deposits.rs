//! What is held from owners: one deposit for an artifact with all its versions, so that it moves in
//! one piece when the artifact changes hands, however many versions there are.

use crate::*;
use frame_support::traits::Consideration;
use sp_runtime::DispatchResult;
use tallystick_primitives::ArtifactId;

impl<T: Config> Pallet<T> {
	/// Takes the deposit of a new artifact from `owner`.
	pub(crate) fn take_deposit(
		artifact: ArtifactId,
		owner: &T::AccountId,
		bytes: u64,
	) -> DispatchResult {
		let ticket = T::Deposit::new(owner, footprint(bytes))?;
		Deposits::<T>::insert(artifact, StorageDeposit { bytes, ticket });
		Ok(())
	}

	/// Makes the deposit follow what `owner` stores for `artifact`: `less` bytes go, and `more` come.
	pub(crate) fn adjust_deposit(
		artifact: ArtifactId,
		owner: &T::AccountId,
		less: u64,
		more: u64,
	) -> DispatchResult {
		if less == more {
			return Ok(());
		}
		let StorageDeposit { bytes, ticket } =
			Deposits::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		// What goes is a part of what is there; and no state has 2^64 bytes.
		let bytes = bytes.saturating_sub(less).saturating_add(more);
		let ticket = ticket.update(owner, footprint(bytes))?;
		Deposits::<T>::insert(artifact, StorageDeposit { bytes, ticket });
		Ok(())
	}

	/// Gives the deposit back to `from`, and takes it from `to`.
	pub(crate) fn move_deposit(
		artifact: ArtifactId,
		from: &T::AccountId,
		to: &T::AccountId,
	) -> DispatchResult {
		let StorageDeposit { bytes, ticket } =
			Deposits::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		ticket.drop(from)?;
		Self::take_deposit(artifact, to, bytes)
	}
}
