//! The one index: lists of anchors under keys that are known beforehand.

use crate::*;
use alloc::vec::Vec;
use sp_runtime::DispatchResult;
use tallystick_primitives::{provenance::IndexKey, AnchorId};

impl<T: Config> Pallet<T> {
	/// Puts an anchor at the end of a list.
	pub(crate) fn append(key: IndexKey<T::AccountId>, anchor: AnchorId) -> DispatchResult {
		IndexCount::<T>::try_mutate(&key, |count| {
			let number = *count;
			*count = number.checked_add(1).ok_or(Error::<T>::TooManyAnchors)?;
			Index::<T>::insert(&key, number, anchor);
			Ok(())
		})
	}

	/// Anchors `range` of a list.
	pub(crate) fn listed(
		key: &IndexKey<T::AccountId>,
		range: core::ops::Range<u32>,
	) -> Vec<AnchorId> {
		range.filter_map(|number| Index::<T>::get(key, number)).collect()
	}
}
