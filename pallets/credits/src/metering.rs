//! Metering: units are held when use is asked for, and settled or released when it ends.

use super::*;
use frame_support::traits::{
	fungibles::hold::{Inspect as _, Mutate as _},
	tokens::{Fortitude, Precision},
};
use tallystick_primitives::JobId;

impl<T: Config> Meter<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	fn plan(plan: PlanId) -> Option<MeteredPlan<BlockNumberFor<T>>> {
		Plans::<T>::get(plan).map(|details| MeteredPlan {
			artifact: details.artifact,
			versions: details.terms.versions.into_inner(),
			tariff: details.terms.tariff,
			dispute_window: details.terms.dispute_window,
			slots: details.terms.slots,
		})
	}

	fn can_hold(plan: PlanId, who: &T::AccountId, units: Balance) -> bool {
		// Leaves the class's minimum balance: who lives on it stays alive.
		T::CreditHolds::can_hold(plan, &HoldReason::Job.into(), who, units)
	}

	fn hold(plan: PlanId, who: &T::AccountId, units: Balance) -> DispatchResult {
		T::CreditHolds::hold(plan, &HoldReason::Job.into(), who, units)
	}

	fn settle(
		plan: PlanId,
		who: &T::AccountId,
		held: Balance,
		charge: Balance,
		job: JobId,
	) -> Result<Backing, DispatchError> {
		let PlanTerms { currency, price, .. } =
			Plans::<T>::get(plan).ok_or(Error::<T>::PlanNotFound)?.terms;
		let rest = held.checked_sub(charge).ok_or(Error::<T>::ChargeExceedsHold)?;
		let amount = charge.checked_mul(price).ok_or(Error::<T>::Overflow)?;
		if charge > 0 {
			// Force: were there a freeze, which credits do not have, it must not stop a settled charge.
			T::CreditHolds::burn_held(
				plan,
				&HoldReason::Job.into(),
				who,
				charge,
				Precision::Exact,
				Fortitude::Force,
			)?;
			T::Books::shift(&currency, &Bucket::Escrow(plan), &Bucket::Maturing(job), amount)?;
		}
		Self::release(plan, who, rest)?;
		Ok(Backing { currency, amount })
	}

	fn release(plan: PlanId, who: &T::AccountId, held: Balance) -> DispatchResult {
		if held > 0 {
			T::CreditHolds::release(plan, &HoldReason::Job.into(), who, held, Precision::Exact)?;
		}
		Ok(())
	}
}
