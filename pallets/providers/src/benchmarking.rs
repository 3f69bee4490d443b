//! Benchmarks. The keys of providers are made in the keystore of the benchmark's externalities.

use crate::*;
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{traits::One, SaturatedConversion};
use tallystick_primitives::{genesis_hash, service_key::ownership_hash};

/// What the benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// Gives `account` so much of the native token that it can bond, and more.
	fn endow(account: &AccountId);

	/// An artifact of `owner` that takes most to look at, with a servable version. Its parents and
	/// contributors leave a provider [`DEARER_SHARE`].
	fn artifact(owner: &AccountId) -> (ArtifactId, Digest);
}

/// The share of the first offering.
const FIRST_SHARE: Share = Share::from_percent(30);
/// The share of an offering that becomes active later: dearer, so that this is noted too.
pub const DEARER_SHARE: Share = Share::from_percent(40);

/// The blocks that offerings need, but for those of [`serve`]'s others.
fn least<T: Config>() -> BlockNumberFor<T> {
	One::one()
}

/// A model, and its owner, who serves it.
struct Scene<T: Config> {
	owner: T::AccountId,
	artifact: ArtifactId,
	version: Digest,
}

fn scene<T: Config>() -> Result<Scene<T>, BenchmarkError> {
	let owner = account("owner", 0, 0);
	T::BenchmarkHelper::endow(&owner);
	let (artifact, version) = T::BenchmarkHelper::artifact(&owner);
	serve::<T>(&owner, artifact, version)?;
	Ok(Scene { owner, artifact, version })
}

fn endpoints() -> Endpoints {
	let url = BoundedVec::truncate_from(vec![b'x'; MAX_ENDPOINT_BYTES.saturated_into()]);
	BoundedVec::truncate_from(vec![url; MAX_ENDPOINTS.saturated_into()])
}

/// A new key, with the proof that `account` holds it.
fn new_key<T: Config>(
	account: &T::AccountId,
) -> Result<(ServiceKey, ServiceSignature), BenchmarkError> {
	let key = ServiceKey::generate_pair(None);
	let message = ownership_hash(&genesis_hash::<T>(), account);
	let proof = key.sign(&message).ok_or("the keystore signs")?;
	Ok((key, proof))
}

/// Makes `account` a provider.
fn make_provider<T: Config>(account: &T::AccountId) -> Result<(), BenchmarkError> {
	T::BenchmarkHelper::endow(account);
	let (key, proof) = new_key::<T>(account)?;
	let origin = RawOrigin::Signed(account.clone()).into();
	Pallet::<T>::register(origin, key, endpoints(), proof)?;
	Ok(())
}

/// `owner` serves its artifact, on a list that is full but for one place: others, of whom each
/// needs the longest deadline that there is. For other pallets' benchmarks too.
pub fn serve<T: Config>(
	owner: &T::AccountId,
	artifact: ArtifactId,
	version: Digest,
) -> Result<(), BenchmarkError> {
	make_provider::<T>(owner)?;
	let others = 1..T::MaxProvidersPerVersion::get();
	let others = others.map(|n| Candidate {
		provider: account("candidate", n, 0),
		min_deadline: T::MaxDeadline::get(),
	});
	let others = CandidatesOf::<T>::truncate_from(others.collect());
	Candidates::<T>::insert(artifact, version, others);
	let origin = RawOrigin::Signed(owner.clone()).into();
	Pallet::<T>::offer(origin, artifact, version, FIRST_SHARE, least::<T>())?;
	Ok(())
}

/// A provider that does not own the model proposes to answer for a dearer share, and is to take the
/// owner's place on the list.
fn offer_of_another<T: Config>(scene: &Scene<T>) -> Result<T::AccountId, BenchmarkError> {
	let (artifact, version) = (scene.artifact, scene.version);
	let owner = RawOrigin::Signed(scene.owner.clone()).into();
	Pallet::<T>::withdraw_offering(owner, artifact, version, scene.owner.clone())?;
	let who: T::AccountId = account("provider", 0, 0);
	make_provider::<T>(&who)?;
	let origin = RawOrigin::Signed(who.clone()).into();
	Pallet::<T>::offer(origin, artifact, version, DEARER_SHARE, least::<T>())?;
	Ok(who)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("provider", 0, 0);
		T::BenchmarkHelper::endow(&who);
		let (key, proof) = new_key::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), key, endpoints(), proof);

		assert!(Providers::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn update() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("provider", 0, 0);
		make_provider::<T>(&who)?;
		let (key, proof) = new_key::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Some((key.clone(), proof)), endpoints());

		assert_eq!(ProviderByKey::<T>::get(key), Some(who));
		Ok(())
	}

	#[benchmark]
	fn leave() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("provider", 0, 0);
		make_provider::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Providers::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn offer() -> Result<(), BenchmarkError> {
		let Scene { owner, artifact, version } = scene::<T>()?;
		let origin = RawOrigin::Signed(owner.clone());
		Pallet::<T>::withdraw_offering(origin.clone().into(), artifact, version, owner.clone())?;

		#[extrinsic_call]
		_(origin, artifact, version, DEARER_SHARE, least::<T>());

		let offering = Offerings::<T>::get((artifact, version, owner));
		assert!(offering.is_some_and(|offering| offering.status == OfferingStatus::Active));
		assert_eq!(DearestShares::<T>::get(artifact), DEARER_SHARE);
		Ok(())
	}

	#[benchmark]
	fn accept_offering() -> Result<(), BenchmarkError> {
		let scene = scene::<T>()?;
		let (artifact, version) = (scene.artifact, scene.version);
		let who = offer_of_another(&scene)?;
		let owner = RawOrigin::Signed(scene.owner);

		#[extrinsic_call]
		_(owner, artifact, version, who.clone(), DEARER_SHARE, least::<T>());

		let offering = Offerings::<T>::get((artifact, version, who));
		assert!(offering.is_some_and(|offering| offering.status == OfferingStatus::Active));
		assert_eq!(DearestShares::<T>::get(artifact), DEARER_SHARE);
		Ok(())
	}

	#[benchmark]
	fn withdraw_offering() -> Result<(), BenchmarkError> {
		let scene = scene::<T>()?;
		let (artifact, version) = (scene.artifact, scene.version);
		let who = offer_of_another(&scene)?;
		let owner = RawOrigin::Signed(scene.owner);
		Pallet::<T>::accept_offering(
			owner.clone().into(),
			artifact,
			version,
			who.clone(),
			DEARER_SHARE,
			least::<T>(),
		)?;

		#[extrinsic_call]
		_(owner, artifact, version, who.clone());

		assert!(!Offerings::<T>::contains_key((artifact, version, who)));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
