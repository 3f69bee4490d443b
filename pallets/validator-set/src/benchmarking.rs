//! Benchmarks.

use super::*;
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Balanced, Inspect},
	tokens::Precision,
	EnsureOrigin, Get,
};
use frame_system::RawOrigin;
use sp_runtime::{Perbill, Saturating};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

/// An account with funds for two bonds.
fn funded<T: Config>(name: &'static str, n: u32) -> T::AccountId {
	let who: T::AccountId = account(name, n, 0);
	let funds = T::Bond::get().saturating_add(T::Bond::get());
	let funds = funds.saturating_add(T::Currency::minimum_balance());
	let _ = T::Currency::deposit(&who, funds, Precision::Exact);
	who
}

fn candidate<T: Config>(n: u32) -> T::AccountId {
	let who = funded::<T>("candidate", n);
	Candidates::<T>::insert(&who, ());
	T::Sessions::set_keys(&who);
	who
}

fn validator<T: Config>(n: u32) -> T::AccountId {
	let who = candidate::<T>(n);
	assert!(Pallet::<T>::do_join(who.clone()).is_ok());
	who
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn admit() -> Result<(), BenchmarkError> {
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let who = funded::<T>("candidate", 0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());
		assert!(Candidates::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn join() {
		// A convicted validator at the floor, whose seat is taken.
		let convicted = validator::<T>(0);
		MinValidators::<T>::put(Validators::<T>::count());
		let _ = Convicted::<T>::try_append(convicted.clone());
		let who = candidate::<T>(1);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(Validators::<T>::contains_key(&who));
		assert!(!Validators::<T>::contains_key(&convicted));
	}

	#[benchmark]
	fn leave() {
		let who = candidate::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(!Candidates::<T>::contains_key(&who));
	}

	#[benchmark]
	fn remove() -> Result<(), BenchmarkError> {
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let who = candidate::<T>(0);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());
		assert!(!Candidates::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn withdraw() {
		validator::<T>(0);
		let who = validator::<T>(1);
		MinValidators::<T>::put(1);
		Pallet::<T>::depart(&who);
		Departed::<T>::insert(&who, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(!Departed::<T>::contains_key(&who));
	}

	#[benchmark]
	fn set_min_validators(
		n: Linear<0, { T::MaxValidators::get() - 1 }>,
	) -> Result<(), BenchmarkError> {
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let _ = Validators::<T>::clear(u32::MAX, None);
		for i in 0..=n {
			let who = validator::<T>(i);
			if i < n {
				let _ = Convicted::<T>::try_append(who);
			}
		}
		MinValidators::<T>::put(Validators::<T>::count());
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 1);
		assert_eq!(Validators::<T>::count(), 1);
		Ok(())
	}

	#[benchmark]
	fn on_offence() {
		validator::<T>(0);
		let who = validator::<T>(1);
		MinValidators::<T>::put(1);
		let offenders = [OffenceDetails { offender: (who.clone(), ()), reporters: vec![] }];
		#[block]
		{
			<Pallet<T> as OnOffenceHandler<_, _, _>>::on_offence(
				&offenders,
				&[Perbill::from_percent(50)],
				0,
			);
		}
		assert!(!Validators::<T>::contains_key(&who));
	}

	impl_benchmark_test_suite!(Pallet, mock::ExtBuilder::default().build(), mock::Test);
}
