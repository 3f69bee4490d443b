//! Which artifacts have a digest as a version: one look, whatever the number of artifacts.

use crate::{views, *};
use tallystick_primitives::{
	runtime_api::{PublishedPage, PublishedView},
	ArtifactId, ArtifactInspect, Digest,
};

impl<T: Config> Pallet<T> {
	/// Adds `artifact` to those that have `version`.
	pub(crate) fn note_published(version: Digest, artifact: ArtifactId) -> Result<(), Error<T>> {
		PublishedCount::<T>::try_mutate(version, |count| {
			PublishedAt::<T>::insert(version, *count, artifact);
			// There are at most as many as artifacts.
			*count = count.checked_add(1).ok_or(Error::<T>::TooManyVersions)?;
			Ok(())
		})
	}

	/// Artifacts `start..start + limit` of those that have `version`, in the order in which they
	/// published it.
	pub(crate) fn published_page(
		version: Digest,
		start: u32,
		limit: u32,
	) -> PublishedPage<T::AccountId> {
		let total = PublishedCount::<T>::get(version);
		let end = views::end_of_page(start, limit, total);
		let versions = (start..end)
			.filter_map(|n| Self::published_view(PublishedAt::<T>::get(version, n)?, version))
			.collect();
		PublishedPage { versions, next: (end < total).then_some(end), total }
	}

	fn published_view(artifact: ArtifactId, digest: Digest) -> Option<PublishedView<T::AccountId>> {
		let owner = Self::owner(artifact)?;
		let Artifact { kind, metadata, licence, parents, .. } = Artifacts::<T>::get(artifact)?;
		let version = Versions::<T>::get(artifact, digest)?;
		let now = frame_system::Pallet::<T>::block_number();
		let version = views::version_view::<T>(digest, version, &now);
		let serving = Catalogues::<T>::get(artifact).serving == Some(digest) && version.servable;
		Some(PublishedView {
			artifact,
			owner,
			kind,
			name: metadata.name.into_inner(),
			licence: licence.map_block(views::block_number::<T>),
			parents: parents.into_iter().map(views::parent_view).collect(),
			serving,
			version,
		})
	}
}
