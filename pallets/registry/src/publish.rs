//! Publication of versions.

use crate::*;
use frame_support::{
	ensure,
	traits::{Consideration, Footprint},
};
use sp_runtime::DispatchResult;
use tallystick_primitives::{ArtifactId, Digest};

impl<T: Config> Pallet<T> {
	/// Publishes `version` of `artifact`, which `publisher` owns.
	pub(crate) fn do_publish(
		publisher: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		info: VersionInfo,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &publisher)?;
		let VersionInfo { files, bytes, .. } = info;
		ensure!(files > 0 && bytes > 0 && !version.is_zero(), Error::<T>::EmptyVersion);
		ensure!(!Versions::<T>::contains_key(artifact, version), Error::<T>::AlreadyPublished);

		let number = VersionCount::<T>::get(artifact);
		let count = number.checked_add(1).ok_or(Error::<T>::TooManyVersions)?;
		let deposit = T::Deposit::new(&publisher, Footprint::from_encodable(&info))?;
		let published_at = frame_system::Pallet::<T>::block_number();
		Versions::<T>::insert(
			artifact,
			version,
			Version { number, info, publisher, published_at, deposit },
		);
		VersionAt::<T>::insert(artifact, number, version);
		VersionCount::<T>::insert(artifact, count);
		Self::deposit_event(Event::Published { artifact, version, files, bytes });
		Ok(())
	}
}
