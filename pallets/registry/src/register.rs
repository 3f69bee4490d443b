//! Registration: the checks of lineage, licence and shares.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{ensure, traits::Consideration};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{DispatchError, DispatchResult};
use tallystick_primitives::{ArtifactInspect, ArtifactKind};

impl<T: Config> Pallet<T> {
	/// Registers an artifact of `owner`.
	pub(crate) fn do_register(
		owner: T::AccountId,
		kind: ArtifactKind,
		metadata: Metadata,
		licence: Licence<BlockNumberFor<T>>,
		claims: ParentClaims,
		contributors: Contributors<T::AccountId>,
	) -> DispatchResult {
		let now = frame_system::Pallet::<T>::block_number();
		let metadata_digest = metadata.digest;
		ensure!(!metadata_digest.is_zero(), Error::<T>::MissingMetadata);
		// A licence cannot be changed: one that is over would make an artifact that never sells.
		ensure!(!licence.is_over(&now), Error::<T>::LicenceExpired);
		let parents = Self::check_parents(&owner, &licence, claims, &now)?;
		Self::check_contributors(&contributors)?;
		let upstream_share =
			sum_of_shares(&parents, &contributors).ok_or(Error::<T>::SharesExceedWhole)?;

		let artifact = NextArtifactId::<T>::get();
		let next = artifact.checked_add(1).ok_or(Error::<T>::TooManyArtifacts)?;
		let footprint = artifact_footprint(&metadata, &licence, &parents, &contributors);
		let deposit = T::Deposit::new(&owner, footprint)?;
		Self::mint(artifact, &owner, kind, &metadata)?;
		NextArtifactId::<T>::put(next);
		Artifacts::<T>::insert(
			artifact,
			Artifact {
				kind,
				metadata,
				licence,
				parents,
				contributors,
				upstream_share,
				registered_at: now,
				deposit,
			},
		);
		Self::deposit_event(Event::Registered { artifact, owner, kind, metadata_digest });
		Ok(())
	}

	/// The parents of a new artifact, each of which allows what is claimed. The new id is higher
	/// than that of every artifact that exists, so no lineage ever has a cycle.
	fn check_parents(
		who: &T::AccountId,
		licence: &Licence<BlockNumberFor<T>>,
		claims: ParentClaims,
		now: &BlockNumberFor<T>,
	) -> Result<Parents, DispatchError> {
		let mut seen = BTreeSet::new();
		let parents = claims
			.into_iter()
			.map(|claim| {
				ensure!(seen.insert(claim.artifact), Error::<T>::DuplicateParent);
				Self::check_parent(who, licence, claim, now)
			})
			.collect::<Result<Vec<_>, DispatchError>>()?;
		// As many as there are claims: nothing is cut off.
		Ok(Parents::truncate_from(parents))
	}

	/// One parent, if it allows what is claimed.
	fn check_parent(
		who: &T::AccountId,
		child_licence: &Licence<BlockNumberFor<T>>,
		ParentClaim { artifact, relation, share }: ParentClaim,
		now: &BlockNumberFor<T>,
	) -> Result<Parent, DispatchError> {
		let licence = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ParentNotFound)?.licence;
		let owned = Self::owner(artifact).as_ref() == Some(who);
		// Others live on this share: it binds the owner as well.
		ensure!(share >= licence.least_share, Error::<T>::ShareBelowLeast);
		if !owned {
			Self::check_licence(&licence, child_licence, relation, now)?;
		}
		Ok(Parent { artifact, relation, share, confirmed: owned })
	}

	/// Whether `licence` lets somebody who does not own the artifact make this child of it.
	fn check_licence(
		licence: &Licence<BlockNumberFor<T>>,
		child_licence: &Licence<BlockNumberFor<T>>,
		relation: Relation,
		now: &BlockNumberFor<T>,
	) -> DispatchResult {
		ensure!(!licence.is_over(now), Error::<T>::LicenceExpired);
		ensure!(
			licence.commercial_use || !child_licence.commercial_use,
			Error::<T>::CommercialUseForbidden
		);
		if relation.is_training() {
			ensure!(licence.training_use, Error::<T>::TrainingForbidden);
			return Ok(());
		}
		match licence.derivation {
			Derivation::Free => Ok(()),
			Derivation::ByApproval => Err(Error::<T>::DerivationNotApproved.into()),
			Derivation::Never => Err(Error::<T>::DerivationForbidden.into()),
		}
	}

	/// Every contributor has a share, and is named once.
	fn check_contributors(contributors: &[Contributor<T::AccountId>]) -> DispatchResult {
		let mut seen = BTreeSet::new();
		for Contributor { account, share } in contributors {
			ensure!(!share.is_zero(), Error::<T>::ZeroShare);
			ensure!(seen.insert(account), Error::<T>::DuplicateContributor);
		}
		Ok(())
	}
}
