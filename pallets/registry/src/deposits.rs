//! What is held from owners: one deposit for an artifact with all its versions and plans, so that it
//! moves in one piece when the artifact changes hands, however many of these there are.

use crate::*;
use frame_support::traits::Consideration;
use sp_runtime::DispatchResult;
use tallystick_primitives::{lineage::ArtifactDeposit, ArtifactId};

impl<T: Config> Pallet<T> {
	/// Takes the deposit of a new artifact from `owner`.
	pub(crate) fn take_deposit(
		artifact: ArtifactId,
		owner: &T::AccountId,
		bytes: u64,
	) -> DispatchResult {
		let ticket = T::Deposit::new(owner, footprint(bytes))?;
		Deposits::<T>::insert(artifact, StorageDeposit { bytes, elsewhere: 0, ticket });
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
		Self::change_deposit(artifact, owner, less, more, 0)
	}

	/// `less` bytes go, and `more` come, of which other pallets store `elsewhere`.
	fn change_deposit(
		artifact: ArtifactId,
		owner: &T::AccountId,
		less: u64,
		more: u64,
		elsewhere: u64,
	) -> DispatchResult {
		let deposit = Deposits::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		// What goes is a part of what is there; and no state has 2^64 bytes.
		let bytes = deposit.bytes.saturating_sub(less).saturating_add(more);
		let elsewhere = deposit.elsewhere.saturating_add(elsewhere);
		let ticket = deposit.ticket.update(owner, footprint(bytes))?;
		Deposits::<T>::insert(artifact, StorageDeposit { bytes, elsewhere, ticket });
		Ok(())
	}

	/// Gives the deposit back to `from`, and takes it from `to`.
	pub(crate) fn move_deposit(
		artifact: ArtifactId,
		from: &T::AccountId,
		to: &T::AccountId,
	) -> DispatchResult {
		let StorageDeposit { bytes, elsewhere, ticket } =
			Deposits::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		ticket.drop(from)?;
		let ticket = T::Deposit::new(to, footprint(bytes))?;
		Deposits::<T>::insert(artifact, StorageDeposit { bytes, elsewhere, ticket });
		Ok(())
	}
}

impl<T: Config> ArtifactDeposit for Pallet<T> {
	/// Fails with [`Error::ArtifactNotFound`], or with what the deposit says when the owner cannot pay
	/// it.
	fn store_more(artifact: ArtifactId, bytes: u64) -> DispatchResult {
		let owner = Self::owner(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		Self::change_deposit(artifact, &owner, 0, bytes, bytes)
	}

	fn stored_elsewhere(artifact: ArtifactId) -> u64 {
		Deposits::<T>::get(artifact).map_or(0, |deposit| deposit.elsewhere)
	}
}
