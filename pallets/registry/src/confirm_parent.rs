//! Confirmation of edges of the lineage.

use crate::*;
use frame_support::ensure;
use sp_runtime::DispatchResult;
use tallystick_primitives::ArtifactId;

impl<T: Config> Pallet<T> {
	/// Confirms the edge from `child` to `parent`, which `who` owns.
	pub(crate) fn do_confirm_parent(
		who: T::AccountId,
		child: ArtifactId,
		parent: ArtifactId,
	) -> DispatchResult {
		Artifacts::<T>::try_mutate(child, |artifact| -> DispatchResult {
			let edge = artifact
				.as_mut()
				.ok_or(Error::<T>::ArtifactNotFound)?
				.parents
				.iter_mut()
				.find(|edge| edge.artifact == parent)
				.ok_or(Error::<T>::EdgeNotFound)?;
			Self::ensure_owner(parent, &who)?;
			ensure!(!edge.confirmed, Error::<T>::AlreadyConfirmed);
			edge.confirmed = true;
			Ok(())
		})?;
		Self::deposit_event(Event::ParentConfirmed { child, parent });
		Ok(())
	}
}
