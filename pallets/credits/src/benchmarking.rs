//! Benchmarks of the calls, in the currency that costs most to move.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use tallystick_primitives::{lineage::BenchmarkLineage, money::BenchmarkMoney, Tariff};

const SEED: u32 = 0;
const FUNDS: Balance = 1_000_000_000_000_000_000;
const PRICE: Balance = 1_000_000_000;
const UNITS: Balance = 1_000;

/// The dearest artifact, its owner, who has money, and the dearest terms: as many versions as fit.
fn for_sale<T: Config>() -> (ArtifactId, T::AccountId, PlanTerms<BlockNumberFor<T>>) {
	let currency = T::BenchmarkHelper::dearest_currency();
	let artifact = T::BenchmarkHelper::fullest_artifact(&currency);
	let owner = T::Artifacts::owner(artifact).unwrap_or_else(|| account("owner", 0, SEED));
	T::BenchmarkHelper::endow(&CurrencyId::Native, &owner, FUNDS);
	let versions = (0..8).map(|n| T::BenchmarkHelper::publish(artifact, n)).collect();
	let terms = PlanTerms {
		versions: BoundedVec::truncate_from(versions),
		tariff: Tariff { per_call: 1, per_1k_input: 1, per_1k_cached: 1, per_1k_output: 1 },
		currency,
		price: PRICE,
		dispute_window: T::MinDisputeWindow::get(),
		slots: T::MaxSlots::get(),
	};
	(artifact, owner, terms)
}

/// A plan, its artifact's owner, and the hash of its terms.
fn plan<T: Config>() -> Result<(PlanId, T::AccountId, H256), BenchmarkError> {
	let (artifact, owner, terms) = for_sale::<T>();
	let plan = T::NextPlanId::get().ok_or("no ids are given out")?;
	let none = alloc::vec::Vec::new();
	Pallet::<T>::do_create_plan(owner.clone(), artifact, terms, none.clone(), none)?;
	let terms = Pallet::<T>::terms(plan).ok_or("the plan was created")?;
	Ok((plan, owner, terms))
}

/// An account with money in `plan`'s currency. It exists by the native token: its credits are not
/// sufficient for that.
fn buyer<T: Config>(plan: PlanId) -> Result<T::AccountId, BenchmarkError> {
	let buyer: T::AccountId = whitelisted_caller();
	let currency = Plans::<T>::get(plan).ok_or("the plan was created")?.terms.currency;
	T::BenchmarkHelper::endow(&CurrencyId::Native, &buyer, FUNDS);
	T::BenchmarkHelper::endow(&currency, &buyer, FUNDS);
	Ok(buyer)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn create_plan() -> Result<(), BenchmarkError> {
		let (artifact, owner, terms) = for_sale::<T>();
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
		let (plan, ..) = plan::<T>()?;
		// The one that can still be served is looked at last.
		Plans::<T>::mutate(plan, |details| {
			let versions = details.iter_mut().flat_map(|details| &mut details.terms.versions);
			(2..9).zip(versions).for_each(|(n, version)| *version = H256::repeat_byte(n));
		});
		let terms = Pallet::<T>::terms(plan).ok_or("the plan was created")?;
		let buyer = buyer::<T>(plan)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer.clone()), plan, UNITS, terms);

		assert_eq!(T::Credits::balance(plan, &buyer), UNITS);
		Ok(())
	}

	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let (plan, _, terms) = plan::<T>()?;
		let holder = buyer::<T>(plan)?;
		Pallet::<T>::do_buy(holder.clone(), plan, UNITS, terms)?;
		let origin = RawOrigin::Signed(holder.clone());
		let closable;

		#[block]
		{
			// Whether it is free is asked before. It is in the native token alone, so the check ends early in
			// this currency: the other half of it is added.
			let free = Pallet::<T>::can_close_feeless(plan, &holder);
			closable = free || Pallet::<T>::closable(plan, &holder).is_ok();
			Pallet::<T>::close(origin.into(), plan)?;
		}

		assert!(closable && T::Credits::balance(plan, &holder) == 0);
		Ok(())
	}

	#[benchmark]
	fn retire_plan() -> Result<(), BenchmarkError> {
		let (plan, owner, _) = plan::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), plan);

		assert!(!Plans::<T>::get(plan).is_some_and(|details| details.on_sale));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
