//! Benchmarks of the calls and of metering, on the native token.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use tallystick_primitives::{lineage::BenchmarkLineage, Tariff};

const SEED: u32 = 0;
const FUNDS: Balance = 1_000_000_000_000_000_000;
const PRICE: Balance = 1_000_000_000;
const UNITS: Balance = 1_000;

/// The dearest terms: as many versions as fit.
fn terms<T: Config>(artifact: ArtifactId) -> PlanTerms<BlockNumberFor<T>> {
	let version = T::Lineage::publish(artifact);
	PlanTerms {
		versions: BoundedVec::truncate_from(alloc::vec![version; 8]),
		tariff: Tariff { per_call: 1, ..Default::default() },
		currency: CurrencyId::Native,
		price: PRICE,
		dispute_window: T::MinDisputeWindow::get(),
		slots: T::MaxSlots::get(),
	}
}

/// An artifact whose owner has money.
fn artifact<T: Config>() -> (ArtifactId, T::AccountId) {
	let artifact = T::Lineage::artifact_with_parents(1);
	let owner = T::Artifacts::owner(artifact).unwrap_or_else(|| account("owner", 0, SEED));
	T::Lineage::endow(&owner, FUNDS);
	(artifact, owner)
}

fn plan<T: Config>() -> Result<(PlanId, T::AccountId), BenchmarkError> {
	let (artifact, owner) = artifact::<T>();
	let plan = T::NextPlanId::get().ok_or("no ids are given out")?;
	let none = alloc::vec::Vec::new();
	let terms = terms::<T>(artifact);
	Pallet::<T>::do_create_plan(owner.clone(), artifact, terms, none.clone(), none)?;
	Ok((plan, owner))
}

fn holder<T: Config>() -> Result<(PlanId, T::AccountId), BenchmarkError> {
	let (plan, _) = plan::<T>()?;
	let holder: T::AccountId = whitelisted_caller();
	T::Lineage::endow(&holder, FUNDS);
	let terms = Pallet::<T>::terms(plan).ok_or("the plan was created")?;
	Pallet::<T>::do_buy(holder.clone(), plan, UNITS, terms)?;
	Ok((plan, holder))
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn create_plan() -> Result<(), BenchmarkError> {
		let (artifact, owner) = artifact::<T>();
		let terms = terms::<T>(artifact);
		let plan = T::NextPlanId::get().ok_or("no ids are given out")?;
		let name = BoundedVec::truncate_from(alloc::vec![b'n'; 32]);
		let symbol = BoundedVec::truncate_from(alloc::vec![b's'; 16]);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), artifact, terms, name, symbol);

		assert!(Plans::<T>::contains_key(plan));
		Ok(())
	}

	#[benchmark]
	fn buy() -> Result<(), BenchmarkError> {
		let (plan, _) = plan::<T>()?;
		let buyer: T::AccountId = whitelisted_caller();
		T::Lineage::endow(&buyer, FUNDS);
		let terms = Pallet::<T>::terms(plan).ok_or("the plan was created")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), plan, UNITS, terms);

		assert_eq!(T::Credits::balance(plan, &buyer), UNITS);
		Ok(())
	}

	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let (plan, holder) = holder::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(holder.clone()), plan);

		assert_eq!(T::Credits::balance(plan, &holder), 0);
		Ok(())
	}

	#[benchmark]
	fn retire_plan() -> Result<(), BenchmarkError> {
		let (plan, owner) = plan::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), plan);

		assert!(!Plans::<T>::get(plan).is_some_and(|details| details.on_sale));
		Ok(())
	}

	#[benchmark]
	fn hold() -> Result<(), BenchmarkError> {
		let (plan, holder) = holder::<T>()?;

		#[block]
		{
			<Pallet<T> as Meter<_, _>>::hold(plan, &holder, UNITS / 2)?;
		}

		assert_eq!(T::CreditHolds::total_balance_on_hold(plan, &holder), UNITS / 2);
		Ok(())
	}

	#[benchmark]
	fn settle() -> Result<(), BenchmarkError> {
		let (plan, holder) = holder::<T>()?;
		<Pallet<T> as Meter<_, _>>::hold(plan, &holder, UNITS / 2)?;

		#[block]
		{
			<Pallet<T> as Meter<_, _>>::settle(plan, &holder, UNITS / 2, UNITS / 4, 1)?;
		}

		assert_eq!(T::CreditHolds::total_balance_on_hold(plan, &holder), 0);
		Ok(())
	}
}
