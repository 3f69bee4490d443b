//! The licence as a gate: what it lets others derive, what it lets the owner sell, and its change.

use crate::*;
use frame_support::ensure;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::DispatchResult;
use tallystick_primitives::{ArtifactId, Balance, CurrencyId, Tariff};

impl<T: Config> Pallet<T> {
	/// Puts `licence` in the place of that of `artifact`, which `who` owns.
	pub(crate) fn do_update_licence(
		who: T::AccountId,
		artifact: ArtifactId,
		licence: Licence<BlockNumberFor<T>>,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		let mut stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		// Or a child that was registered as not commercial would become what its parents refused.
		ensure!(
			!licence.commercial_use || stored.may_be_sold(),
			Error::<T>::CommercialUseForbidden
		);
		let before = stored.stored_bytes();
		stored.licence = licence;
		Self::adjust_deposit(artifact, &who, before, stored.stored_bytes())?;
		let terms = stored.licence.agreed_hash();
		Artifacts::<T>::insert(artifact, stored);
		Self::deposit_event(Event::LicenceUpdated { artifact, terms });
		Ok(())
	}

	/// Whether `licence` lets somebody who does not own the artifact make a child of it. Commercial use
	/// and approval are looked at elsewhere.
	pub(crate) fn check_licence(
		licence: &Licence<BlockNumberFor<T>>,
		relation: Relation,
		now: &BlockNumberFor<T>,
	) -> DispatchResult {
		ensure!(!licence.is_over(now), Error::<T>::LicenceExpired);
		if relation.is_training() {
			ensure!(licence.training_use, Error::<T>::TrainingForbidden);
		} else {
			ensure!(licence.derivation != Derivation::Never, Error::<T>::DerivationForbidden);
		}
		Ok(())
	}

	/// Whether a child in this relation needs approval. Training needs none: `training_use` rules it.
	pub(crate) fn needs_approval(licence: &Licence<BlockNumberFor<T>>, relation: Relation) -> bool {
		licence.derivation == Derivation::ByApproval && !relation.is_training()
	}

	/// That the use of `artifact` may be sold now. Returns the artifact.
	pub(crate) fn sellable(artifact: ArtifactId) -> Result<ArtifactOf<T>, Error<T>> {
		let stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(stored.licence.commercial_use, Error::<T>::CommercialUseForbidden);
		ensure!(!stored.licence.is_over(&now), Error::<T>::LicenceExpired);
		let withdrawn = Catalogues::<T>::get(artifact).is_withdrawn();
		ensure!(!withdrawn, Error::<T>::ArtifactWithdrawn);
		Ok(stored)
	}

	/// That the use of `artifact` may be sold now at this price, and every parent gets the least
	/// amount that was agreed with it.
	pub(crate) fn check_plan(
		artifact: ArtifactId,
		currency: &CurrencyId,
		price: Balance,
		tariff: &Tariff,
	) -> Result<(), Error<T>> {
		for Parent { share, agreed, .. } in Self::sellable(artifact)?.parents {
			let Some(least) = agreed.least_amount else { continue };
			ensure!(least.currency == *currency, Error::<T>::LeastAmountInOtherCurrency);
			ensure!(least.is_reached(share, price, tariff), Error::<T>::AmountBelowLeast);
		}
		Ok(())
	}
}
