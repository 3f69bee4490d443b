//! Publication of versions, and where their files are.

use crate::*;
use frame_support::ensure;
use sp_runtime::DispatchResult;
use tallystick_primitives::{lineage::VersionStatus, provenance::Locators, ArtifactId, Digest};

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
		Self::check_locators(&info.locators)?;
		ensure!(!Versions::<T>::contains_key(artifact, version), Error::<T>::AlreadyPublished);

		let number = Catalogues::<T>::try_mutate(artifact, |catalogue| {
			let number = catalogue.versions;
			catalogue.versions = number.checked_add(1).ok_or(Error::<T>::TooManyVersions)?;
			Ok::<_, Error<T>>(number)
		})?;
		Self::adjust_deposit(artifact, &publisher, 0, info.stored_bytes())?;
		let published_at = frame_system::Pallet::<T>::block_number();
		let status = VersionStatus::Published;
		Versions::<T>::insert(
			artifact,
			version,
			Version { number, info, publisher, published_at, status },
		);
		VersionAt::<T>::insert(artifact, number, version);
		Self::note_published(version, artifact)?;
		Self::deposit_event(Event::Published { artifact, version, files, bytes });
		Ok(())
	}

	/// Puts `locators` in the place of those of `version` of `artifact`, which `who` owns.
	pub(crate) fn do_update_locators(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		locators: Locators,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		Self::check_locators(&locators)?;
		Versions::<T>::try_mutate(artifact, version, |stored| {
			let info = &mut stored.as_mut().ok_or(Error::<T>::VersionNotFound)?.info;
			let before = info.stored_bytes();
			info.locators = locators;
			Self::adjust_deposit(artifact, &who, before, info.stored_bytes())
		})?;
		Self::deposit_event(Event::LocatorsUpdated { artifact, version });
		Ok(())
	}
}
