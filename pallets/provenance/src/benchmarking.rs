//! Benchmarks of the calls.

#![cfg(feature = "runtime-benchmarks")]

use crate::{fixtures::*, *};
use frame_benchmarking::v2::*;
use frame_support::traits::fungible::{Inspect, Mutate};
use frame_system::RawOrigin;
use tallystick_primitives::Digest;

/// An account that can pay for an anchor, whatever its size, and lives on.
fn funded<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, 0, 0);
	let money = Pallet::<T>::price(&longest_info())
		.saturating_add(T::Currency::minimum_balance().saturating_mul(10));
	T::Currency::mint_into(&who, money)?;
	Ok(who)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn anchor() -> Result<(), BenchmarkError> {
		let digest = Digest::repeat_byte(1);
		// Another anchor of the digest is there already, and the books have been opened.
		let other = funded::<T>("other")?;
		Pallet::<T>::anchor(RawOrigin::Signed(other).into(), digest, longest_info())?;
		let caller = funded::<T>("caller")?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), digest, longest_info());

		assert_eq!(DigestCount::<T>::get(digest), 2);
		Ok(())
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		let caller = funded::<T>("caller")?;
		let id = NextAnchorId::<T>::get();
		let digest = Digest::repeat_byte(1);
		Pallet::<T>::anchor(RawOrigin::Signed(caller.clone()).into(), digest, longest_info())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), id);

		assert!(Anchors::<T>::get(id).is_some_and(|found| found.status == Status::Revoked));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext().into_inner(), crate::mock::Test);
}
