//! The invariants of the pallet, as its docs number them.

use crate::*;
use alloc::collections::BTreeSet;
use frame_support::{
	ensure,
	traits::tokens::nonfungibles_v2::{Inspect, InspectEnumerable},
};
use sp_runtime::TryRuntimeError;
use tallystick_primitives::ArtifactId;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's docs.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_nfts()?;
		for (id, artifact) in Artifacts::<T>::iter() {
			Self::try_state_lineage(id, &artifact)?;
		}
		Self::try_state_versions()?;
		ensure!(!Unlocked::<T>::exists(), "registry 6: an NFT is unlocked between calls");
		Ok(())
	}

	/// 1 and 2: artifacts, NFTs and ids are the same set.
	fn try_state_nfts() -> Result<(), TryRuntimeError> {
		let ids = Artifacts::<T>::iter_keys().collect::<BTreeSet<_>>();
		let Some(collection) = Collection::<T>::get() else {
			ensure!(ids.is_empty(), "registry 1: there are artifacts, but no collection");
			return Ok(());
		};
		ensure!(
			T::Nfts::collection_owner(&collection) == Some(Self::account()),
			"registry 1: the collection is not the registry's"
		);
		let items = T::Nfts::items(&collection).collect::<BTreeSet<_>>();
		ensure!(ids == items, "registry 1: artifacts and NFTs differ");
		ensure!(ids.into_iter().eq(0..NextArtifactId::<T>::get()), "registry 2: ids are not dense");
		Ok(())
	}

	/// 3 and 4: parents, contributors and shares of one artifact.
	fn try_state_lineage(id: ArtifactId, artifact: &ArtifactOf<T>) -> Result<(), TryRuntimeError> {
		let Artifact { parents, contributors, upstream_share, .. } = artifact;
		ensure!(parents.iter().all(|p| p.artifact < id), "registry 3: a parent is not older");
		let named = parents.iter().map(|p| p.artifact).collect::<BTreeSet<_>>();
		ensure!(named.len() == parents.len(), "registry 3: a parent is named twice");
		ensure!(
			contributors.iter().all(|c| !c.share.is_zero()),
			"registry 3: a contributor has no share"
		);
		let named = contributors.iter().map(|c| &c.account).collect::<BTreeSet<_>>();
		ensure!(named.len() == contributors.len(), "registry 3: a contributor is named twice");
		ensure!(
			sum_of_shares(parents, contributors) == Some(*upstream_share),
			"registry 4: upstream_share is not the sum of the shares, or that is above the whole"
		);
		Ok(())
	}

	/// 5: versions and their numbers are one-to-one, and dense.
	fn try_state_versions() -> Result<(), TryRuntimeError> {
		let mut versions = 0usize;
		for (artifact, digest, version) in Versions::<T>::iter() {
			ensure!(Artifacts::<T>::contains_key(artifact), "registry 5: a version of no artifact");
			ensure!(
				version.number < VersionCount::<T>::get(artifact),
				"registry 5: a number too high"
			);
			ensure!(
				VersionAt::<T>::get(artifact, version.number) == Some(digest),
				"registry 5: a version that its number does not find"
			);
			versions = versions.saturating_add(1);
		}
		ensure!(
			VersionAt::<T>::iter().count() == versions,
			"registry 5: a number without a version"
		);
		let counted = VersionCount::<T>::iter_values()
			.try_fold(0usize, |sum, count| sum.checked_add(usize::try_from(count).ok()?));
		ensure!(counted == Some(versions), "registry 5: the count of versions is wrong");
		Ok(())
	}
}
