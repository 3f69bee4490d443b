//! Artifacts and versions as others see them: the traits of `primitives`, and the views.

use crate::*;
use alloc::vec::Vec;
use frame_support::{ensure, traits::tokens::nonfungibles_v2::Inspect};
use sp_runtime::DispatchResult;
use tallystick_primitives::{
	runtime_api::ArtifactView, ArtifactId, ArtifactInspect, Digest, Share, Split, VersionInspect,
};

impl<T: Config> ArtifactInspect<T::AccountId> for Pallet<T> {
	fn owner(artifact: ArtifactId) -> Option<T::AccountId> {
		T::Nfts::owner(&Collection::<T>::get()?, &artifact)
	}

	fn upstream_share(artifact: ArtifactId) -> Option<Share> {
		Some(Artifacts::<T>::get(artifact)?.upstream_share)
	}

	fn split(artifact: ArtifactId) -> Option<Split<T::AccountId>> {
		let Artifact { parents, contributors, .. } = Artifacts::<T>::get(artifact)?;
		Some(Split {
			owner: Self::owner(artifact)?,
			parents: parents.into_iter().map(|parent| (parent.artifact, parent.share)).collect(),
			contributors: contributors
				.into_iter()
				.map(|Contributor { account, share }| (account, share))
				.collect(),
		})
	}

	/// Fails with [`Error::ArtifactNotFound`], [`Error::CommercialUseForbidden`] or
	/// [`Error::LicenceExpired`].
	fn ensure_sellable(artifact: ArtifactId) -> DispatchResult {
		let licence = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?.licence;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(licence.commercial_use, Error::<T>::CommercialUseForbidden);
		ensure!(!licence.is_over(&now), Error::<T>::LicenceExpired);
		Ok(())
	}
}

impl<T: Config> VersionInspect for Pallet<T> {
	fn is_servable(artifact: ArtifactId, version: &Digest) -> bool {
		Versions::<T>::contains_key(artifact, version)
	}
}

impl<T: Config> Pallet<T> {
	/// Fails with [`Error::ArtifactNotFound`], or with [`Error::NotOwner`] where `who` does not own
	/// `artifact`.
	pub(crate) fn ensure_owner(artifact: ArtifactId, who: &T::AccountId) -> DispatchResult {
		let owner = Self::owner(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		ensure!(owner == *who, Error::<T>::NotOwner);
		Ok(())
	}

	/// An artifact, for reading.
	pub(crate) fn view(artifact: ArtifactId) -> Option<ArtifactView<T::AccountId>> {
		let owner = Self::owner(artifact)?;
		let Artifact { kind, metadata, licence, parents, contributors, .. } =
			Artifacts::<T>::get(artifact)?;
		let newest = VersionCount::<T>::get(artifact).saturating_sub(MAX_PAGE);
		Some(ArtifactView {
			owner,
			kind,
			metadata_digest: metadata.digest,
			metadata_uri: metadata.uri.into_inner(),
			licence: licence.spdx.into_inner(),
			parents: parents
				.into_iter()
				.map(|parent| (parent.artifact, parent.share, parent.confirmed))
				.collect(),
			contributors: contributors
				.into_iter()
				.map(|Contributor { account, share }| (account, share))
				.collect(),
			versions: Self::page(artifact, newest, MAX_PAGE).0,
		})
	}

	/// Versions `start..start + limit` of `artifact`, and how many there are.
	pub(crate) fn page(artifact: ArtifactId, start: u32, limit: u32) -> (Vec<Digest>, u32) {
		let count = VersionCount::<T>::get(artifact);
		// Saturates at the highest number that a version can have.
		let end = start.saturating_add(limit.min(MAX_PAGE)).min(count);
		let page = (start..end).filter_map(|n| VersionAt::<T>::get(artifact, n)).collect();
		(page, count)
	}
}
