//! The invariants of the pallet, as its docs number them.

use crate::*;
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{
	ensure,
	traits::tokens::nonfungibles_v2::{Inspect, InspectEnumerable},
};
use sp_runtime::{traits::CheckedAdd, TryRuntimeError};
use tallystick_primitives::{ArtifactId, ArtifactInspect, Digest, ProviderShares};

/// What the versions of an artifact come to.
#[derive(Default)]
struct Counted {
	versions: u32,
	withdrawn: u32,
	bytes: u64,
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's docs.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_state_nfts()?;
		let mut children = BTreeMap::<ArtifactId, BTreeSet<ArtifactId>>::new();
		for (id, artifact) in Artifacts::<T>::iter() {
			Self::try_state_lineage(id, &artifact)?;
			for parent in &artifact.parents {
				children.entry(parent.artifact).or_default().insert(id);
			}
		}
		Self::try_state_children(children)?;
		Self::try_state_versions()?;
		ensure!(!Unlocked::<T>::exists(), "registry 6: an NFT is unlocked between calls");
		Self::try_state_offers()
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
		ensure!(
			ids == Deposits::<T>::iter_keys().collect(),
			"registry 8: an artifact without a deposit, or a deposit without an artifact"
		);
		ensure!(ids.into_iter().eq(0..NextArtifactId::<T>::get()), "registry 2: ids are not dense");
		Ok(())
	}

	/// 3 and 4: parents, contributors and shares of one artifact.
	fn try_state_lineage(id: ArtifactId, artifact: &ArtifactOf<T>) -> Result<(), TryRuntimeError> {
		let Artifact { licence, parents, contributors, upstream_share, .. } = artifact;
		ensure!(parents.iter().all(|p| p.artifact < id), "registry 3: a parent is not older");
		let named = parents.iter().map(|p| p.artifact).collect::<BTreeSet<_>>();
		ensure!(named.len() == parents.len(), "registry 3: a parent is named twice");
		let paid = contributors.iter().filter(|c| !c.share.is_zero());
		let named = paid.clone().map(|c| &c.account).collect::<BTreeSet<_>>();
		ensure!(named.len() == paid.count(), "registry 3: a contributor is named twice");
		ensure!(
			!licence.commercial_use || artifact.may_be_sold(),
			"registry 3: a child may be sold, which a parent had not allowed"
		);
		let allowed = parents.iter().filter(|parent| parent.agreed.commercial_use);
		for parent in allowed.filter_map(|parent| Artifacts::<T>::get(parent.artifact)) {
			ensure!(
				parent.may_be_sold(),
				"registry 3: a parent allowed the sale of what had been refused to it"
			);
		}
		ensure!(
			sum_of_shares(parents, contributors) == Some(*upstream_share),
			"registry 4: upstream_share is not the sum of the shares, or that is above the whole"
		);
		ensure!(
			upstream_share.checked_add(&T::ProviderShares::dearest(id)).is_some(),
			"registry 4: the shares leave no room for the dearest provider's"
		);
		Ok(())
	}

	/// 7: the lists of children are what parents the artifacts name.
	fn try_state_children(
		named: BTreeMap<ArtifactId, BTreeSet<ArtifactId>>,
	) -> Result<(), TryRuntimeError> {
		let mut listed = BTreeMap::<ArtifactId, BTreeSet<ArtifactId>>::new();
		for (parent, n, child) in ChildAt::<T>::iter() {
			ensure!(
				n < Catalogues::<T>::get(parent).children,
				"registry 7: a child that is not counted"
			);
			let new = listed.entry(parent).or_default().insert(child);
			ensure!(new, "registry 7: a child is listed twice");
		}
		ensure!(listed == named, "registry 7: the listed children are not those that name it");
		for (artifact, catalogue) in Catalogues::<T>::iter() {
			let children = listed.get(&artifact).map_or(0, BTreeSet::len);
			ensure!(
				u32::try_from(children) == Ok(catalogue.children),
				"registry 7: children are miscounted"
			);
		}
		Ok(())
	}

	/// 5 and 8: versions and their numbers are one-to-one, and dense; each deposit is for what is
	/// stored.
	fn try_state_versions() -> Result<(), TryRuntimeError> {
		let mut counted = BTreeMap::<ArtifactId, Counted>::new();
		for (artifact, digest, version) in Versions::<T>::iter() {
			ensure!(Artifacts::<T>::contains_key(artifact), "registry 5: a version of no artifact");
			ensure!(
				version.number < Catalogues::<T>::get(artifact).versions,
				"registry 5: a number too high"
			);
			ensure!(
				VersionAt::<T>::get(artifact, version.number) == Some(digest),
				"registry 5: a version that its number does not find"
			);
			let counted = counted.entry(artifact).or_default();
			counted.versions = counted.versions.saturating_add(1);
			if version.status.is_withdrawn() {
				counted.withdrawn = counted.withdrawn.saturating_add(1);
			}
			counted.bytes = counted.bytes.saturating_add(version.info.stored_bytes());
		}
		for (artifact, n) in VersionAt::<T>::iter_keys() {
			ensure!(
				n < Catalogues::<T>::get(artifact).versions,
				"registry 5: a number without a version"
			);
		}
		let mut listed = BTreeMap::<Digest, BTreeSet<ArtifactId>>::new();
		for (digest, n, artifact) in PublishedAt::<T>::iter() {
			ensure!(
				n < PublishedCount::<T>::get(digest)
					&& Versions::<T>::contains_key(artifact, digest),
				"registry 5: an artifact is listed under a digest that it does not have"
			);
			let new = listed.entry(digest).or_default().insert(artifact);
			ensure!(new, "registry 5: an artifact is listed twice under a digest");
		}
		let named = Versions::<T>::iter_keys();
		let mut versions = BTreeMap::<Digest, BTreeSet<ArtifactId>>::new();
		named.for_each(|(artifact, digest)| {
			versions.entry(digest).or_default().insert(artifact);
		});
		ensure!(listed == versions, "registry 5: a version is not in the list of its digest");
		for (digest, count) in PublishedCount::<T>::iter() {
			let artifacts = listed.get(&digest).map_or(0, BTreeSet::len);
			ensure!(
				u32::try_from(artifacts) == Ok(count),
				"registry 5: the artifacts of a digest are miscounted"
			);
		}
		for (artifact, catalogue) in Catalogues::<T>::iter() {
			let Counted { versions, withdrawn, .. } = counted.get(&artifact).unwrap_or(&NOTHING);
			ensure!(
				(catalogue.versions, catalogue.withdrawn) == (*versions, *withdrawn),
				"registry 5: the count of versions is wrong"
			);
			ensure!(
				catalogue.serving.is_none_or(|v| Versions::<T>::contains_key(artifact, v)),
				"registry 5: what is served is no version"
			);
		}
		for (id, artifact) in Artifacts::<T>::iter() {
			let versions = counted.get(&id).unwrap_or(&NOTHING).bytes;
			let stored = artifact.stored_bytes().saturating_add(versions);
			ensure!(
				Deposits::<T>::get(id)
					.is_some_and(|d| d.bytes == stored.saturating_add(d.elsewhere)),
				"registry 8: a deposit is not for what is stored"
			);
		}
		Ok(())
	}

	/// 9: what is offered, or asked for, is of an artifact, and of somebody else.
	fn try_state_offers() -> Result<(), TryRuntimeError> {
		for (artifact, to) in GiftOffers::<T>::iter() {
			let owner = Self::owner(artifact).ok_or("registry 9: a gift of no artifact")?;
			ensure!(owner != to, "registry 9: a gift to its owner");
		}
		for (parent, _) in DerivativeRequests::<T>::iter_keys() {
			ensure!(
				Artifacts::<T>::contains_key(parent),
				"registry 9: a derivative of no artifact is asked for"
			);
		}
		Ok(())
	}
}

/// Of an artifact without versions.
const NOTHING: Counted = Counted { versions: 0, withdrawn: 0, bytes: 0 };
