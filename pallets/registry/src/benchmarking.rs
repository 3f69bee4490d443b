//! Benchmarks of the calls.

#![cfg(feature = "runtime-benchmarks")]

use crate::{fixtures::*, *};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::{Consideration, Footprint};
use frame_system::RawOrigin;
use tallystick_primitives::{ArtifactId, Digest};

/// The most entries of either list.
const LISTED: u32 = 16;

/// An account that can pay the deposit of one more artifact or version, whatever its size.
fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	T::Deposit::ensure_successful(&who, Footprint::from_mel::<ArtifactOf<T>>());
	who
}

/// Registers for an account that is not the caller.
fn submit_for_owner<T: Config>(
	registration: Registration<T>,
) -> Result<ArtifactId, BenchmarkError> {
	Ok(registration.submit(&funded::<T>("owner"))?)
}

/// The largest registration with these parents: all strings at their longest.
fn largest<T: Config>(parents: &[ArtifactId], contributors: u32) -> Registration<T> {
	let mut registration = Registration::default();
	registration.metadata.uri = longest_uri();
	registration.licence.spdx = alloc::vec![b's'; 64].try_into().unwrap_or_default();
	registration.parents = parents.iter().map(|id| claim(*id, Relation::MergedFrom, 1)).collect();
	registration.contributors =
		(0..contributors).map(|n| contributor(account("contributor", n, 0), 1)).collect();
	registration
}

/// As many artifacts as a child can have parents, each as large as it can be.
fn full_parents<T: Config>(count: u32) -> Result<Vec<ArtifactId>, BenchmarkError> {
	let grandparents = (0..LISTED)
		.map(|_| submit_for_owner::<T>(Registration::default()))
		.collect::<Result<Vec<_>, _>>()?;
	(0..count).map(|_| submit_for_owner(largest::<T>(&grandparents, LISTED))).collect()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register(p: Linear<0, LISTED>, c: Linear<0, LISTED>) -> Result<(), BenchmarkError> {
		Pallet::<T>::create_collection()?;
		let registration = largest::<T>(&full_parents::<T>(p)?, c);
		let (parents, contributors) = registration.lists();
		let Registration { kind, metadata, licence, .. } = registration;
		let caller = funded::<T>("caller");
		let id = NextArtifactId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), kind, metadata, licence, parents, contributors);

		assert!(Artifacts::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn publish() -> Result<(), BenchmarkError> {
		Pallet::<T>::create_collection()?;
		let caller = funded::<T>("caller");
		let artifact = Registration::<T>::default().submit(&caller)?;
		T::Deposit::ensure_successful(&caller, Footprint::from_encodable(version_info()));
		let version = Digest::repeat_byte(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, version, version_info());

		assert!(Versions::<T>::contains_key(artifact, version));
		Ok(())
	}

	#[benchmark]
	fn confirm_parent() -> Result<(), BenchmarkError> {
		Pallet::<T>::create_collection()?;
		let parents = full_parents::<T>(LISTED)?;
		let owner = account::<T::AccountId>("owner", 0, 0);
		// The child is another account's: else its edges would be confirmed at once.
		let child = largest::<T>(&parents, LISTED).submit(&funded::<T>("other"))?;
		let parent = parents.last().copied().unwrap_or_default();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), child, parent);

		let confirmed = Artifacts::<T>::get(child)
			.is_some_and(|child| child.parents.iter().any(|parent| parent.confirmed));
		assert!(confirmed);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext().into_inner(), crate::mock::Test);
}
