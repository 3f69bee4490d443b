//! Buying credits, and giving them back.

use super::*;
use frame_support::traits::tokens::{Fortitude, Precision, Preservation};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_buy(
		who: T::AccountId,
		plan: PlanId,
		units: Balance,
		terms_hash: H256,
	) -> DispatchResult {
		let details = Plans::<T>::get(plan).ok_or(Error::<T>::PlanNotFound)?;
		ensure!(details.on_sale, Error::<T>::PlanRetired);
		ensure!(details.terms_hash(plan) == terms_hash, Error::<T>::TermsMismatch);
		T::Artifacts::ensure_sellable(details.artifact)?;
		Self::ensure_versions(&details)?;
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let paid = units.checked_mul(details.terms.price).ok_or(Error::<T>::Overflow)?;
		let balance =
			T::Credits::balance(plan, &who).checked_add(units).ok_or(Error::<T>::Overflow)?;
		ensure!(balance >= T::Credits::minimum_balance(plan), Error::<T>::BelowMinimumBalance);

		T::Books::enter(&details.terms.currency, &who, &Bucket::Escrow(plan), paid)?;
		T::Credits::mint_into(plan, &who, units)?;
		Self::deposit_event(Event::Bought { plan, buyer: who, units, paid });
		Ok(())
	}

	/// That the units buy something: one of the versions that the plan names, if it names any. The
	/// artifact can have others, and those are not in it.
	fn ensure_versions(plan: &Plan<T>) -> Result<(), Error<T>> {
		let versions = &plan.terms.versions;
		let servable =
			versions.iter().any(|version| T::Artifacts::is_servable(plan.artifact, version));
		ensure!(versions.is_empty() || servable, Error::<T>::VersionNotFound);
		Ok(())
	}

	pub(crate) fn do_close(who: T::AccountId, plan: PlanId) -> DispatchResult {
		let details = Plans::<T>::get(plan).ok_or(Error::<T>::PlanNotFound)?;
		let units = Self::closable(plan, &who)?;
		let refunded = units.checked_mul(details.terms.price).ok_or(Error::<T>::Overflow)?;
		// The refund comes before the burn: so an account that lives on these credits alone lives on by its
		// refund, and keeps its nonce.
		let escrow = Bucket::Escrow(plan);
		T::Books::exit(&details.terms.currency, &escrow, &who, refunded)?;
		let burned = T::Credits::burn_from(
			plan,
			&who,
			units,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Polite,
		)?;
		debug_assert!(burned == units, "all that the account had cannot leave dust");
		Self::deposit_event(Event::Closed { plan, holder: who, units, refunded });
		Ok(())
	}

	/// All units of `who`, if they can go.
	pub(crate) fn closable(plan: PlanId, who: &T::AccountId) -> Result<Balance, Error<T>> {
		let held = T::CreditHolds::total_balance_on_hold(plan, who);
		ensure!(held == 0, Error::<T>::UnitsHeld);
		let units = T::Credits::balance(plan, who);
		ensure!(units > 0, Error::<T>::NothingToClose);
		Ok(units)
	}

	/// Whether closing costs no fee: the price is in the native token, and it would succeed. Then
	/// it gives back at least the existential deposit, since the class's minimum balance is worth
	/// that. Constant cost.
	pub(crate) fn can_close_feeless(plan: PlanId, who: &T::AccountId) -> bool {
		Plans::<T>::get(plan).is_some_and(|details| details.terms.currency == CurrencyId::Native)
			&& Self::closable(plan, who).is_ok()
	}
}
