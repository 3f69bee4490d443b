//! Registration: the checks of lineage, licence and shares.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{DispatchError, DispatchResult};
use tallystick_primitives::{ArtifactId, ArtifactKind};

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
		Self::check_metadata(&metadata)?;
		ensure!(!licence.is_over(&now), Error::<T>::LicenceExpired);
		let parents = Self::check_parents(&owner, &licence, claims, &now)?;
		Self::check_contributors(&contributors)?;
		let upstream_share =
			sum_of_shares(&parents, &contributors).ok_or(Error::<T>::SharesExceedWhole)?;

		let id = NextArtifactId::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::TooManyArtifacts)?;
		let artifact = Artifact {
			kind,
			metadata,
			licence,
			parents,
			contributors,
			upstream_share,
			registered_at: now,
		};
		Self::take_deposit(id, &owner, artifact.stored_bytes())?;
		Self::mint(id, &owner, kind, &artifact.metadata)?;
		NextArtifactId::<T>::put(next);
		for parent in &artifact.parents {
			Self::list_child(parent.artifact, id);
		}
		Self::tell(id, owner, &artifact);
		Artifacts::<T>::insert(id, artifact);
		Ok(())
	}

	/// Tells all that has to be known of a new artifact to follow its owner and its split by events
	/// alone.
	fn tell(id: ArtifactId, owner: T::AccountId, artifact: &ArtifactOf<T>) {
		let Artifact { kind, metadata, licence, parents, contributors, .. } = artifact;
		Self::deposit_event(Event::Registered {
			artifact: id,
			owner,
			kind: *kind,
			metadata_digest: metadata.digest,
			terms: licence.agreed_hash(),
		});
		for Parent { artifact: parent, relation, share, confirmed, agreed } in parents {
			Self::deposit_event(Event::ParentNamed {
				child: id,
				parent: *parent,
				relation: *relation,
				share: *share,
				terms: agreed.terms,
				confirmed: *confirmed,
			});
		}
		for Contributor { account, share } in contributors {
			let (account, share) = (account.clone(), *share);
			Self::deposit_event(Event::ContributorAdded { artifact: id, account, share });
		}
	}

	/// Adds to the list of a parent's children.
	fn list_child(parent: ArtifactId, child: ArtifactId) {
		Catalogues::<T>::mutate(parent, |catalogue| {
			ChildAt::<T>::insert(parent, catalogue.children, child);
			// There are not more children than ids.
			catalogue.children = catalogue.children.saturating_add(1);
		});
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

	/// One parent, if it allows what is claimed. An approval is used up here.
	fn check_parent(
		who: &T::AccountId,
		child_licence: &Licence<BlockNumberFor<T>>,
		ParentClaim { artifact, relation, share, terms }: ParentClaim,
		now: &BlockNumberFor<T>,
	) -> Result<Parent, DispatchError> {
		let stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ParentNotFound)?;
		let licence = &stored.licence;
		// What is agreed to here binds for ever: it is what the caller saw.
		ensure!(terms == licence.agreed_hash(), Error::<T>::LicenceChanged);
		let withdrawn = Catalogues::<T>::get(artifact).is_withdrawn();
		ensure!(!withdrawn, Error::<T>::ParentWithdrawn);
		// Others live on this share: it binds the owner as well.
		ensure!(share >= licence.least_share, Error::<T>::ShareBelowLeast);
		let owned = Self::owner(artifact).as_ref() == Some(who);
		if !owned {
			Self::check_licence(licence, relation, now)?;
		}
		// Owners have leave from themselves, but none to give of what was refused to them.
		let commercial_use = licence.commercial_use || (owned && stored.may_be_sold());
		ensure!(
			commercial_use || !child_licence.commercial_use,
			Error::<T>::CommercialUseForbidden
		);
		if !owned && Self::needs_approval(licence, relation) {
			Self::use_approval(artifact, who, relation, share)?;
		}
		let least_amount = stored.licence.least_amount;
		let agreed = Agreement { terms, commercial_use, least_amount };
		Ok(Parent { artifact, relation, share, confirmed: owned, agreed })
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
