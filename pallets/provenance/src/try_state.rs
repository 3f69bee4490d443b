//! The invariants of the pallet, as its docs number them.

use crate::*;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's docs.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		// Ids below the next one, and as many as there are, are all of `0..NextAnchorId`.
		let mut anchors = 0u64;
		for (id, anchor) in Anchors::<T>::iter() {
			ensure!(id < NextAnchorId::<T>::get(), "provenance 1: an id that was not given out");
			let claim = (anchor.digest, anchor.info.kind, anchor.issuer);
			ensure!(
				Claimed::<T>::get(claim) == Some(id),
				"provenance 3: an anchor that nobody claims"
			);
			if let Status::Superseded(by) = anchor.status {
				ensure!(Anchors::<T>::contains_key(by), "provenance 4: superseded by nothing");
			}
			anchors = anchors.saturating_add(1);
		}
		ensure!(anchors == NextAnchorId::<T>::get(), "provenance 1: an anchor is missing");
		Self::try_state_index(anchors)?;

		// Every anchor has its own claim, so as many claims as anchors are no more than those.
		let claims = u64::try_from(Claimed::<T>::iter_keys().count());
		ensure!(claims == Ok(anchors), "provenance 3: a claim without an anchor");
		Ok(())
	}

	/// 2: the index by digest finds each of `anchors` anchors exactly once.
	fn try_state_index(anchors: u64) -> Result<(), TryRuntimeError> {
		let mut indexed = alloc::collections::BTreeSet::new();
		for (digest, number, id) in ByDigest::<T>::iter() {
			ensure!(number < DigestCount::<T>::get(digest), "provenance 2: a number too high");
			let found = Anchors::<T>::get(id).map(|anchor| anchor.digest);
			ensure!(
				found == Some(digest),
				"provenance 2: a number finds another digest, or nothing"
			);
			ensure!(indexed.insert(id), "provenance 2: an anchor with two numbers");
		}
		ensure!(
			u64::try_from(indexed.len()) == Ok(anchors),
			"provenance 2: an anchor without a number"
		);
		let counted = DigestCount::<T>::iter_values()
			.try_fold(0u64, |sum, count| sum.checked_add(count.into()));
		ensure!(counted == Some(anchors), "provenance 2: a count is wrong");
		Ok(())
	}
}
