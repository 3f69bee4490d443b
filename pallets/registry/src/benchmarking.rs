//! Benchmarks of the calls. What settling royalties costs is not a part of them: nothing is pending.

#![cfg(feature = "runtime-benchmarks")]

use crate::{fixtures::*, *};
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{ensure, traits::Consideration};
use frame_system::RawOrigin;
use tallystick_primitives::{ArtifactId, Digest, Share};

/// The most entries of either list.
const LISTED: u32 = 16;

/// The bytes that an account can deposit for: more than one benchmark stores.
const ENOUGH: u64 = 100_000;

/// An account that can pay all deposits of a benchmark.
fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who = account(name, 0, 0);
	T::Deposit::ensure_successful(&who, footprint(ENOUGH));
	who
}

fn signed<T: Config>(who: &T::AccountId) -> T::RuntimeOrigin {
	RawOrigin::Signed(who.clone()).into()
}

/// The largest registration with these parents: all strings at their longest.
fn largest<T: Config>(parents: &[ArtifactId], contributors: u32) -> Registration<T> {
	let mut registration = Registration::default();
	registration.metadata = longest_metadata();
	registration.licence.spdx = alloc::vec![b's'; 64].try_into().unwrap_or_default();
	registration.licence.derivation = Derivation::ByApproval;
	registration.licence.least_amount = Some(least_amount(0, 0));
	registration.parents =
		parents.iter().map(|id| claim::<T>(*id, Relation::MergedFrom, 1)).collect();
	registration.contributors =
		(0..contributors).map(|n| contributor(account("contributor", n, 0), 1)).collect();
	registration
}

/// As many artifacts as a child can have parents, each as large as it can be, and with leave for
/// `child_owner` to derive from it.
fn full_parents<T: Config>(
	count: u32,
	child_owner: &T::AccountId,
) -> Result<Vec<ArtifactId>, BenchmarkError> {
	let owner = funded::<T>("owner");
	let grandparents = (0..LISTED)
		.map(|_| Registration::<T>::default().submit(&owner))
		.collect::<Result<Vec<_>, _>>()?;
	let parents = (0..count)
		.map(|_| {
			T::Deposit::ensure_successful(&owner, footprint(ENOUGH));
			largest::<T>(&grandparents, LISTED).submit(&owner)
		})
		.collect::<Result<Vec<_>, _>>()?;
	for parent in &parents {
		let (relation, share) = (Relation::MergedFrom, Share::from_percent(1));
		T::Deposit::ensure_successful(child_owner, footprint(ENOUGH));
		Pallet::<T>::request_derivative(signed::<T>(child_owner), *parent, relation, share)?;
		let who = child_owner.clone();
		Pallet::<T>::approve_derivative(signed::<T>(&owner), *parent, who, relation, share)?;
	}
	Ok(parents)
}

/// The largest artifact that there can be, with a version, of an account that can pay more. Its last
/// contributor's place is free where `places` is below the most.
fn full_artifact<T: Config>(
	places: u32,
) -> Result<(T::AccountId, ArtifactId, Digest), BenchmarkError> {
	Pallet::<T>::create_collection()?;
	let caller = funded::<T>("caller");
	let parents = full_parents::<T>(LISTED, &caller)?;
	T::Deposit::ensure_successful(&caller, footprint(ENOUGH));
	let artifact = largest::<T>(&parents, places).submit(&caller)?;
	let version = Digest::repeat_byte(1);
	Pallet::<T>::publish(signed::<T>(&caller), artifact, version, version_info())?;
	Ok((caller, artifact, version))
}

/// Another licence, as long as it can be.
fn other_licence<T: Config>() -> Licence<frame_system::pallet_prelude::BlockNumberFor<T>> {
	Licence { least_amount: None, ..largest::<T>(&[], 0).licence }
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register(p: Linear<0, LISTED>, c: Linear<0, LISTED>) -> Result<(), BenchmarkError> {
		Pallet::<T>::create_collection()?;
		let caller = funded::<T>("caller");
		let registration = largest::<T>(&full_parents::<T>(p, &caller)?, c);
		let (parents, contributors) = registration.lists();
		let Registration { kind, metadata, licence, .. } = registration;
		T::Deposit::ensure_successful(&caller, footprint(ENOUGH));
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
		let version = Digest::repeat_byte(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, version, version_info());

		assert!(Versions::<T>::contains_key(artifact, version));
		Ok(())
	}

	#[benchmark]
	fn confirm_parent() -> Result<(), BenchmarkError> {
		let (_, child, _) = full_artifact::<T>(LISTED)?;
		let edges = Artifacts::<T>::get(child).map(|child| child.parents).unwrap_or_default();
		let parent = edges.last().map(|edge| edge.artifact).unwrap_or_default();
		let owner = account::<T::AccountId>("owner", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), child, parent);

		let confirmed = Artifacts::<T>::get(child)
			.is_some_and(|child| child.parents.iter().any(|parent| parent.confirmed));
		assert!(confirmed);
		Ok(())
	}

	#[benchmark]
	fn update_metadata() -> Result<(), BenchmarkError> {
		let (caller, artifact, _) = full_artifact::<T>(LISTED)?;
		// All of it is another, and as long.
		let metadata = Metadata {
			name: alloc::vec![b'm'; 63].try_into().unwrap_or_default(),
			digest: Digest::repeat_byte(9),
			locators: locators([[b'v'; 256]; 4]),
		};

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, metadata.clone());

		let stored = Artifacts::<T>::get(artifact).map(|artifact| artifact.metadata);
		assert_eq!(stored, Some(metadata));
		Ok(())
	}

	#[benchmark]
	fn update_licence() -> Result<(), BenchmarkError> {
		let (caller, artifact, _) = full_artifact::<T>(LISTED)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, other_licence::<T>());

		let stored = Artifacts::<T>::get(artifact).map(|artifact| artifact.licence);
		assert_eq!(stored, Some(other_licence::<T>()));
		Ok(())
	}

	#[benchmark]
	fn update_locators() -> Result<(), BenchmarkError> {
		let (caller, artifact, version) = full_artifact::<T>(LISTED)?;
		let fewer = locators([[b'v'; 256]; 3]);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, version, fewer.clone());

		let stored = Versions::<T>::get(artifact, version).map(|version| version.info.locators);
		assert_eq!(stored, Some(fewer));
		Ok(())
	}

	#[benchmark]
	fn set_deprecated() -> Result<(), BenchmarkError> {
		let (caller, artifact, version) = full_artifact::<T>(LISTED)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, version, true);

		let status = Versions::<T>::get(artifact, version).map(|version| version.status);
		assert_eq!(status, Some(VersionStatus::Deprecated));
		Ok(())
	}

	#[benchmark]
	fn withdraw_version() -> Result<(), BenchmarkError> {
		let (caller, artifact, version) = full_artifact::<T>(LISTED)?;
		let note = Note::truncate_from(alloc::vec![b'w'; 128]);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, version, WithdrawalKind::Other, note);

		assert!(Catalogues::<T>::get(artifact).is_withdrawn());
		Ok(())
	}

	#[benchmark]
	fn set_serving() -> Result<(), BenchmarkError> {
		let (caller, artifact, version) = full_artifact::<T>(LISTED)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, Some(version));

		assert_eq!(Catalogues::<T>::get(artifact).serving, Some(version));
		Ok(())
	}

	#[benchmark]
	fn request_derivative() -> Result<(), BenchmarkError> {
		let (_, parent, _) = full_artifact::<T>(LISTED)?;
		let who = funded::<T>("asker");

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), parent, Relation::MergedFrom, Share::from_percent(1));

		assert!(DerivativeRequests::<T>::contains_key(parent, who));
		Ok(())
	}

	#[benchmark]
	fn approve_derivative() -> Result<(), BenchmarkError> {
		let (owner, parent, _) = full_artifact::<T>(LISTED)?;
		let who = funded::<T>("asker");
		let (relation, share) = (Relation::MergedFrom, Share::from_percent(1));
		Pallet::<T>::request_derivative(signed::<T>(&who), parent, relation, share)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), parent, who.clone(), relation, share);

		let approved =
			DerivativeRequests::<T>::get(parent, who).is_some_and(|request| request.approved);
		assert!(approved);
		Ok(())
	}

	#[benchmark]
	fn close_derivative_request() -> Result<(), BenchmarkError> {
		let (owner, parent, _) = full_artifact::<T>(LISTED)?;
		let who = funded::<T>("asker");
		let (relation, share) = (Relation::MergedFrom, Share::from_percent(1));
		Pallet::<T>::request_derivative(signed::<T>(&who), parent, relation, share)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), parent, who.clone());

		assert!(!DerivativeRequests::<T>::contains_key(parent, who));
		Ok(())
	}

	#[benchmark]
	fn offer_gift() -> Result<(), BenchmarkError> {
		let (owner, artifact, _) = full_artifact::<T>(LISTED)?;
		let to = account::<T::AccountId>("receiver", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), artifact, to.clone());

		assert_eq!(GiftOffers::<T>::get(artifact), Some(to));
		Ok(())
	}

	#[benchmark]
	fn cancel_gift() -> Result<(), BenchmarkError> {
		let (owner, artifact, _) = full_artifact::<T>(LISTED)?;
		let to = account::<T::AccountId>("receiver", 0, 0);
		Pallet::<T>::offer_gift(signed::<T>(&owner), artifact, to)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), artifact);

		assert!(!GiftOffers::<T>::contains_key(artifact));
		Ok(())
	}

	#[benchmark]
	fn accept_gift() -> Result<(), BenchmarkError> {
		let (owner, artifact, _) = full_artifact::<T>(LISTED)?;
		let to = funded::<T>("receiver");
		Pallet::<T>::offer_gift(signed::<T>(&owner), artifact, to.clone())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(to.clone()), artifact, u64::MAX);

		ensure!(Pallet::<T>::owner(artifact) == Some(to), "the gift is the receiver's");
		Ok(())
	}

	#[benchmark]
	fn add_contributor() -> Result<(), BenchmarkError> {
		let (owner, artifact, _) = full_artifact::<T>(LISTED.saturating_sub(1))?;
		let new = contributor(account::<T::AccountId>("new", 0, 0), 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), artifact, new);

		let places = Artifacts::<T>::get(artifact).map(|artifact| artifact.contributors.len());
		assert_eq!(places, Some(16));
		Ok(())
	}

	#[benchmark]
	fn renounce_share() -> Result<(), BenchmarkError> {
		let (_, artifact, _) = full_artifact::<T>(LISTED)?;
		let last = account::<T::AccountId>("contributor", LISTED.saturating_sub(1), 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(last), artifact);

		let shares = Artifacts::<T>::get(artifact).map(|artifact| artifact.upstream_share);
		assert_eq!(shares, Some(Share::from_percent(31)));
		Ok(())
	}

	#[benchmark]
	fn transfer_share() -> Result<(), BenchmarkError> {
		let (_, artifact, _) = full_artifact::<T>(LISTED)?;
		// They become one: the list is searched three times.
		let last = account::<T::AccountId>("contributor", LISTED.saturating_sub(1), 0);
		let other = account::<T::AccountId>("contributor", LISTED.saturating_sub(2), 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(last), artifact, other);

		let shares = Artifacts::<T>::get(artifact).map(|artifact| artifact.upstream_share);
		assert_eq!(shares, Some(Share::from_percent(32)));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext().into_inner(), crate::mock::Test);
}
