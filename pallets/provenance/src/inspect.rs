//! Anchors as people and other programs read them.

use crate::*;
use alloc::vec::Vec;
use sp_runtime::SaturatedConversion;
use tallystick_primitives::{runtime_api::AnchorView, AnchorId, Digest};

impl<T: Config> Pallet<T> {
	/// An anchor, for reading.
	pub(crate) fn view(id: AnchorId) -> Option<AnchorView<T::AccountId>> {
		let Anchor { digest, info, issuer, block, time, status } = Anchors::<T>::get(id)?;
		Some(AnchorView {
			id,
			digest,
			kind: info.kind.name().to_vec(),
			issuer,
			document: info.document,
			block: block.saturated_into(),
			time,
			active: status == Status::Active,
		})
	}

	/// Anchors `start..start + limit` of `digest`, and how many there are.
	pub(crate) fn page(
		digest: Digest,
		start: u32,
		limit: u32,
	) -> (Vec<AnchorView<T::AccountId>>, u32) {
		let count = DigestCount::<T>::get(digest);
		// Saturates at the highest number that an anchor can have.
		let end = start.saturating_add(limit.min(MAX_PAGE)).min(count);
		let page = (start..end)
			.filter_map(|number| Self::view(ByDigest::<T>::get(digest, number)?))
			.collect();
		(page, count)
	}
}
