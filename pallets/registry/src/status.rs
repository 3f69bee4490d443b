//! Where versions stand: deprecated, withdrawn, serving.

use crate::*;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchResult};
use tallystick_primitives::{
	lineage::{Note, VersionStatus, WithdrawalKind},
	ArtifactId, Digest,
};

impl<T: Config> Pallet<T> {
	/// Advises against `version` of `artifact`, which `who` owns, or takes that back.
	pub(crate) fn do_set_deprecated(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		deprecated: bool,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		Versions::<T>::try_mutate(artifact, version, |stored| {
			let status = &mut stored.as_mut().ok_or(Error::<T>::VersionNotFound)?.status;
			ensure!(!status.is_withdrawn(), Error::<T>::VersionWithdrawn);
			let wanted =
				if deprecated { VersionStatus::Deprecated } else { VersionStatus::Published };
			ensure!(*status != wanted, Error::<T>::NothingChanges);
			*status = wanted;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::DeprecationSet { artifact, version, deprecated });
		Ok(())
	}

	/// Withdraws `version` of `artifact`, which `who` owns: at once where it is not safe, else after
	/// the notice period. What is about to go can still go at once.
	pub(crate) fn do_withdraw_version(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Digest,
		kind: WithdrawalKind,
		note: Note,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		let now = frame_system::Pallet::<T>::block_number();
		let at_once = kind == WithdrawalKind::Safety;
		let from = if at_once { now } else { now.saturating_add(NoticePeriod::<T>::get()) };
		let withdrawn_before = Versions::<T>::try_mutate(artifact, version, |stored| {
			let status = &mut stored.as_mut().ok_or(Error::<T>::VersionNotFound)?.status;
			let before = status.is_withdrawn();
			// Whoever withdraws again can only do it to be faster.
			let sooner = at_once && status.is_servable(&now);
			ensure!(!before || sooner, Error::<T>::VersionWithdrawn);
			*status = VersionStatus::Withdrawn { from, kind, note };
			Ok::<_, Error<T>>(before)
		})?;
		if !withdrawn_before {
			Catalogues::<T>::mutate(artifact, |catalogue| {
				// At most as many as there are versions.
				catalogue.withdrawn = catalogue.withdrawn.saturating_add(1);
			});
		}
		Self::deposit_event(Event::VersionWithdrawn { artifact, version, kind, from });
		Ok(())
	}

	/// Recommends `version` of `artifact`, which `who` owns; or none.
	pub(crate) fn do_set_serving(
		who: T::AccountId,
		artifact: ArtifactId,
		version: Option<Digest>,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		if let Some(version) = version {
			let stored =
				Versions::<T>::get(artifact, version).ok_or(Error::<T>::VersionNotFound)?;
			ensure!(!stored.status.is_withdrawn(), Error::<T>::VersionWithdrawn);
		}
		Catalogues::<T>::try_mutate(artifact, |catalogue| {
			ensure!(catalogue.serving != version, Error::<T>::NothingChanges);
			catalogue.serving = version;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::ServingSet { artifact, version });
		Ok(())
	}

	/// Whether `version` of `artifact` can be served in block `now`.
	pub(crate) fn can_serve(
		artifact: ArtifactId,
		version: &Digest,
		now: &BlockNumberFor<T>,
	) -> bool {
		Versions::<T>::get(artifact, version).is_some_and(|stored| stored.status.is_servable(now))
	}
}
