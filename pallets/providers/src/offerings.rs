//! Offerings: who answers for which version.

use crate::*;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		share: Share,
		min_deadline: BlockNumberFor<T>,
	) -> DispatchResult {
		let mut record = Providers::<T>::get(&who).ok_or(Error::<T>::NotProvider)?;
		ensure!(T::Artifacts::is_servable(artifact, &version), Error::<T>::VersionNotFound);
		T::Artifacts::ensure_offerable(artifact)?;
		ensure!(min_deadline <= T::MaxDeadline::get(), Error::<T>::DeadlineTooLong);
		let key = (artifact, version, who.clone());
		ensure!(!Offerings::<T>::contains_key(&key), Error::<T>::AlreadyOffered);
		ensure!(record.offerings < T::MaxOfferings::get(), Error::<T>::TooManyOfferings);
		Self::ensure_share(artifact, share)?;

		// An owner needs nobody's leave to serve its own artifact.
		let own = T::Artifacts::owner(artifact).is_some_and(|owner| owner == who);
		let status = if own {
			Self::add_candidate(artifact, version, &who, min_deadline)?;
			Self::note_share(artifact, share);
			Self::deposit_event(Event::OfferingActive {
				artifact,
				version,
				provider: who.clone(),
				share,
			});
			OfferingStatus::Active
		} else {
			let provider = who.clone();
			Self::deposit_event(Event::Offered { artifact, version, provider, share });
			OfferingStatus::Proposed
		};
		// Below `MaxOfferings`, so it never saturates.
		record.offerings = record.offerings.saturating_add(1);
		Providers::<T>::insert(who, record);
		Offerings::<T>::insert(&key, Offering { share, min_deadline, status });
		Ok(())
	}

	pub(crate) fn do_accept_offering(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		provider: T::AccountId,
		share: Share,
		min_deadline: BlockNumberFor<T>,
	) -> DispatchResult {
		let key = (artifact, version, provider.clone());
		let mut offering = Offerings::<T>::get(&key).ok_or(Error::<T>::OfferingNotFound)?;
		let owner = T::Artifacts::owner(artifact);
		ensure!(owner.is_some_and(|owner| owner == who), Error::<T>::NotOwner);
		ensure!(offering.status == OfferingStatus::Proposed, Error::<T>::AlreadyAccepted);
		// The provider could have withdrawn the offering that the owner saw, and made a worse one.
		let seen = offering.share == share && offering.min_deadline == min_deadline;
		ensure!(seen, Error::<T>::OfferingChanged);
		// By now the version can be withdrawn, and the licence another.
		ensure!(T::Artifacts::is_servable(artifact, &version), Error::<T>::VersionNotFound);
		T::Artifacts::ensure_offerable(artifact)?;
		Self::ensure_share(artifact, share)?;

		Self::add_candidate(artifact, version, &provider, min_deadline)?;
		Self::note_share(artifact, share);
		offering.status = OfferingStatus::Active;
		Offerings::<T>::insert(&key, offering);
		Self::deposit_event(Event::OfferingActive { artifact, version, provider, share });
		Ok(())
	}

	pub(crate) fn do_withdraw_offering(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		provider: T::AccountId,
	) -> DispatchResult {
		let key = (artifact, version, provider.clone());
		ensure!(Offerings::<T>::contains_key(&key), Error::<T>::OfferingNotFound);
		let may =
			who == provider || T::Artifacts::owner(artifact).is_some_and(|owner| owner == who);
		ensure!(may, Error::<T>::NotOwner);

		Candidates::<T>::mutate_exists(artifact, version, |list| {
			if let Some(candidates) = list {
				candidates.retain(|candidate| candidate.provider != provider);
				if candidates.is_empty() {
					*list = None;
				}
			}
		});
		Providers::<T>::mutate_extant(&provider, |record| {
			// It counts this offering, so it is not zero.
			record.offerings = record.offerings.saturating_sub(1);
		});
		Offerings::<T>::remove(&key);
		Self::deposit_event(Event::OfferingWithdrawn { artifact, version, provider });
		Ok(())
	}

	/// That `share` and the shares of parents and contributors are not more than the whole.
	fn ensure_share(artifact: ArtifactId, share: Share) -> DispatchResult {
		// What has a version to offer is an artifact, so there is a share.
		let upstream = T::Artifacts::upstream_share(artifact).ok_or(Error::<T>::VersionNotFound)?;
		ensure!(Self::shares_fit(upstream, share), Error::<T>::SharesExceedWhole);
		Ok(())
	}

	/// Whether the shares of parents and contributors, `upstream`, leave a provider its share.
	pub(crate) fn shares_fit(upstream: Share, share: Share) -> bool {
		let sum = upstream.deconstruct().checked_add(share.deconstruct());
		sum.is_some_and(|sum| sum <= Share::one().deconstruct())
	}

	/// Remembers the largest share that an active offering of the artifact had.
	fn note_share(artifact: ArtifactId, share: Share) {
		if share > DearestShares::<T>::get(artifact) {
			DearestShares::<T>::insert(artifact, share);
		}
	}

	/// Puts a provider into the list that the chain picks from.
	fn add_candidate(
		artifact: ArtifactId,
		version: Digest,
		provider: &T::AccountId,
		min_deadline: BlockNumberFor<T>,
	) -> DispatchResult {
		Candidates::<T>::try_mutate(artifact, version, |candidates| {
			let candidate = Candidate { provider: provider.clone(), min_deadline };
			candidates.try_push(candidate).map_err(|_| Error::<T>::TooManyProviders.into())
		})
	}
}
