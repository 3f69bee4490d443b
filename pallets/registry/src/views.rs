//! Artifacts, versions and children as people and other programs read them.

use crate::*;
use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::SaturatedConversion;
use tallystick_primitives::{
	runtime_api::{ArtifactView, ChildPage, ParentView, VersionPage, VersionView},
	ArtifactId, ArtifactInspect, Digest,
};

impl<T: Config> Pallet<T> {
	/// An artifact, for reading.
	pub(crate) fn view(artifact: ArtifactId) -> Option<ArtifactView<T::AccountId>> {
		let owner = Self::owner(artifact)?;
		let Artifact {
			kind,
			metadata,
			licence,
			parents,
			contributors,
			upstream_share,
			registered_at,
		} = Artifacts::<T>::get(artifact)?;
		let catalogue = Catalogues::<T>::get(artifact);
		let newest = catalogue.versions.saturating_sub(MAX_PAGE);
		let now = frame_system::Pallet::<T>::block_number();
		let stored_bytes = Deposits::<T>::get(artifact).map(|deposit| deposit.bytes);
		Some(ArtifactView {
			owner,
			kind,
			name: metadata.name.into_inner(),
			metadata_digest: metadata.digest,
			metadata_locators: metadata.locators,
			licence: licence.map_block(block_number::<T>),
			parents: parents.into_iter().map(parent_view).collect(),
			contributors: contributors
				.into_iter()
				.filter(|contributor| !contributor.share.is_zero())
				.map(|Contributor { account, share }| (account, share))
				.collect(),
			upstream_share,
			registered_at: block_number::<T>(registered_at),
			versions: Self::version_page(artifact, newest, MAX_PAGE).versions,
			version_count: catalogue.versions,
			withdrawn: catalogue.is_withdrawn(),
			serving: catalogue.serving.filter(|version| Self::can_serve(artifact, version, &now)),
			children: catalogue.children,
			gift_to: GiftOffers::<T>::get(artifact),
			stored_bytes: stored_bytes.unwrap_or_default(),
		})
	}

	/// Versions `start..start + limit` of `artifact`.
	pub(crate) fn version_page(
		artifact: ArtifactId,
		start: u32,
		limit: u32,
	) -> VersionPage<T::AccountId> {
		let total = Catalogues::<T>::get(artifact).versions;
		let end = end_of_page(start, limit, total);
		let now = frame_system::Pallet::<T>::block_number();
		let versions = (start..end)
			.filter_map(|number| {
				let digest = VersionAt::<T>::get(artifact, number)?;
				let version = Versions::<T>::get(artifact, digest)?;
				Some(version_view::<T>(digest, version, &now))
			})
			.collect();
		VersionPage { versions, next: (end < total).then_some(end), total }
	}

	/// Children `start..start + limit` of `artifact`.
	pub(crate) fn child_page(artifact: ArtifactId, start: u32, limit: u32) -> ChildPage {
		let total = Catalogues::<T>::get(artifact).children;
		let end = end_of_page(start, limit, total);
		let children =
			(start..end).filter_map(|n| ChildAt::<T>::get(artifact, n)).collect::<Vec<_>>();
		ChildPage { children, next: (end < total).then_some(end), total }
	}
}

/// The number after the last one of a page, and never below `start`.
pub(crate) fn end_of_page(start: u32, limit: u32, total: u32) -> u32 {
	start.saturating_add(limit.min(MAX_PAGE)).min(total).max(start)
}

/// A block's number as views say it.
pub(crate) fn block_number<T: Config>(block: BlockNumberFor<T>) -> u32 {
	block.saturated_into()
}

pub(crate) fn parent_view(parent: Parent) -> ParentView {
	let Parent { artifact, relation, share, confirmed, agreed } = parent;
	let Agreement { terms, commercial_use, least_amount } = agreed;
	ParentView { artifact, relation, share, confirmed, terms, commercial_use, least_amount }
}

pub(crate) fn version_view<T: Config>(
	digest: Digest,
	version: VersionOf<T>,
	now: &BlockNumberFor<T>,
) -> VersionView<T::AccountId> {
	let Version { number, info, publisher, published_at, status } = version;
	let VersionInfo { format, files, bytes, locators } = info;
	VersionView {
		number,
		digest,
		format: format.into_inner(),
		files,
		bytes,
		locators,
		publisher,
		published_at: block_number::<T>(published_at),
		servable: status.is_servable(now),
		status: status.map_block(block_number::<T>),
	}
}
