//! Creating and retiring plans.

use super::*;
use alloc::vec::Vec;

/// A price above this cannot be paid for even one unit by any real currency, and would leave no
/// room to multiply it by a number of units.
const MAX_PRICE: Balance = Balance::MAX >> 64;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_plan(
		who: T::AccountId,
		artifact: ArtifactId,
		terms: PlanTerms<BlockNumberFor<T>>,
		name: Vec<u8>,
		symbol: Vec<u8>,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		T::Artifacts::ensure_sellable(artifact)?;
		for version in &terms.versions {
			ensure!(T::Artifacts::is_servable(artifact, version), Error::<T>::VersionNotFound);
		}
		ensure!(T::Books::is_admitted(&terms.currency), Error::<T>::CurrencyNotAdmitted);
		ensure!(terms.price > 0, Error::<T>::ZeroPrice);
		ensure!(terms.price <= MAX_PRICE, Error::<T>::PriceTooHigh);
		ensure!(!terms.tariff.is_free(), Error::<T>::FreeTariff);
		ensure!(
			terms.dispute_window >= T::MinDisputeWindow::get()
				&& terms.dispute_window <= T::MaxDisputeWindow::get(),
			Error::<T>::DisputeWindowOutOfBounds
		);
		ensure!(terms.slots <= T::MaxSlots::get(), Error::<T>::TooManySlots);

		let plan = T::NextPlanId::get().ok_or(Error::<T>::NoClassId)?;
		let native = terms.currency == CurrencyId::Native;
		let min_balance = Self::min_balance(native, terms.price);
		let owner = Self::class_owner();
		T::Credits::create(plan, owner.clone(), native, min_balance)?;
		<T::Credits as metadata::Mutate<_>>::set(plan, &owner, name, symbol, 0)?;

		// A slot stands for the record of an open job, which is about as large as a plan's.
		let records = terms.slots.saturating_add(1).try_into().unwrap_or(usize::MAX);
		let deposit = T::Deposit::new(&who, Footprint::from_parts(records, terms.encoded_size()))?;
		let (currency, price) = (terms.currency.clone(), terms.price);
		let details = Plan::<T> { artifact, terms, on_sale: true, depositor: who.clone(), deposit };
		let terms = details.terms_hash(plan);
		Plans::<T>::insert(plan, details);
		Self::deposit_event(Event::PlanCreated {
			plan,
			artifact,
			owner: who,
			currency,
			price,
			terms,
		});
		Ok(())
	}

	pub(crate) fn do_retire_plan(who: T::AccountId, plan: PlanId) -> DispatchResult {
		Plans::<T>::try_mutate(plan, |details| {
			let details = details.as_mut().ok_or(Error::<T>::PlanNotFound)?;
			Self::ensure_owner(details.artifact, &who)?;
			ensure!(details.on_sale, Error::<T>::AlreadyRetired);
			details.on_sale = false;
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::PlanRetired { plan });
		Ok(())
	}

	/// The least balance of a class: where the class is sufficient, worth at least the existential
	/// deposit, so that accounts that live on credits cost what others cost.
	fn min_balance(sufficient: bool, price: Balance) -> Balance {
		if sufficient {
			T::ExistentialDeposit::get().div_ceil(price.max(1)).max(1)
		} else {
			1
		}
	}

	fn ensure_owner(artifact: ArtifactId, who: &T::AccountId) -> DispatchResult {
		let owner = T::Artifacts::owner(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		ensure!(owner == *who, Error::<T>::NotOwner);
		Ok(())
	}
}
