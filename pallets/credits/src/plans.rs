//! Creating and retiring plans.

use super::*;
use alloc::vec::Vec;
use sp_runtime::SaturatedConversion;

/// A price above this cannot be paid for even one unit by any real currency, and would leave no
/// room to multiply it by a number of units.
const MAX_PRICE: Balance = Balance::MAX >> 64;

// Deposits that were taken have to follow a change of these three, or of `Config::SlotTurn`: a migration.

/// What the deposit pays for a plan: its record with as many versions as fit, its class, and the
/// class's metadata.
const PLAN_BYTES: u64 = 1_000;
/// What it pays for a slot: about the most that an open job takes of the state in inference, which
/// is the job, its inline input, and its entries in counts, lists and agenda.
pub const SLOT_BYTES: u64 = 3_300;
/// What it pays for each job that a slot can settle within the dispute window, and that stays until
/// the window is over: the job, its entry in the agenda, its account in the books.
pub const SETTLED_BYTES: u64 = 600;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_plan(
		who: T::AccountId,
		artifact: ArtifactId,
		terms: PlanTerms<BlockNumberFor<T>>,
		name: Vec<u8>,
		symbol: Vec<u8>,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		T::Artifacts::ensure_plan_allowed(artifact, &terms.currency, terms.price, &terms.tariff)?;
		Self::ensure_terms(artifact, &terms)?;

		let plan = Self::create_class(&terms, name, symbol)?;
		T::Artifacts::store_more(artifact, Self::stored_bytes(&terms))?;
		let (currency, price) = (terms.currency.clone(), terms.price);
		let details = Plan::<T> { artifact, terms, on_sale: true };
		let terms_hash = details.terms_hash(plan);
		Plans::<T>::insert(plan, details);
		Self::deposit_event(Event::PlanCreated {
			plan,
			artifact,
			owner: who,
			currency,
			price,
			terms: terms_hash,
		});
		Ok(())
	}

	/// That a plan of `artifact` can have these terms.
	fn ensure_terms(artifact: ArtifactId, terms: &PlanTerms<BlockNumberFor<T>>) -> DispatchResult {
		for version in &terms.versions {
			ensure!(T::Artifacts::is_servable(artifact, version), Error::<T>::VersionNotFound);
		}
		ensure!(T::Books::is_usable(&terms.currency), Error::<T>::CurrencyNotAdmitted);
		ensure!(terms.price > 0, Error::<T>::ZeroPrice);
		ensure!(terms.price <= MAX_PRICE, Error::<T>::PriceTooHigh);
		ensure!(!terms.tariff.is_free(), Error::<T>::FreeTariff);
		ensure!(
			terms.dispute_window >= T::MinDisputeWindow::get()
				&& terms.dispute_window <= T::MaxDisputeWindow::get(),
			Error::<T>::DisputeWindowOutOfBounds
		);
		ensure!(terms.slots <= T::MaxSlots::get(), Error::<T>::TooManySlots);
		Ok(())
	}

	/// Creates the class of a plan's credits. Its id is the plan's.
	fn create_class(
		terms: &PlanTerms<BlockNumberFor<T>>,
		name: Vec<u8>,
		symbol: Vec<u8>,
	) -> Result<PlanId, DispatchError> {
		let plan = T::NextPlanId::get().ok_or(Error::<T>::NoClassId)?;
		let sufficient = terms.currency == CurrencyId::Native;
		let min_balance = Self::min_balance(sufficient, terms.price);
		let owner = Self::class_owner();
		T::Credits::create(plan, owner.clone(), sufficient, min_balance)?;
		// No decimals: a unit is the smallest credit, and what tariffs count in.
		<T::Credits as metadata::Mutate<_>>::set(plan, &owner, name, symbol, 0)?;
		Ok(plan)
	}

	/// The most that a plan and the jobs of its slots take of the state (who pays a fee for a request pays
	/// for its job): the plan, and for each slot one open job, and a settled one for each turn, of
	/// [`Config::SlotTurn`] blocks, that the dispute window has. A free request keeps its slot for at least
	/// a turn, however soon it is answered (see inference). One that is answered late in its turn can make
	/// one settled job more, but only while the slot has no open one, which is larger.
	pub fn stored_bytes(terms: &PlanTerms<BlockNumberFor<T>>) -> u64 {
		let window: u64 = terms.dispute_window.saturated_into();
		let turn: u64 = T::SlotTurn::get().saturated_into();
		let settled_jobs = window.div_ceil(turn.max(1));
		let per_slot = SLOT_BYTES.saturating_add(SETTLED_BYTES.saturating_mul(settled_jobs));
		PLAN_BYTES.saturating_add(per_slot.saturating_mul(terms.slots.into()))
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

	/// The least balance of an account in a class: where the class is sufficient, worth at least
	/// the existential deposit, so that accounts that live on credits cost what others cost.
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
