//! What the SDK's benchmarks of pallet-nfts need, in a runtime that has shut it: collections beside the
//! registry's, and items there that move.

use crate::*;
use core::sync::atomic::{AtomicBool, Ordering};
use frame_support::traits::{tokens::Locker, Get};
use pallet_registry::RegistryLocker;
use sp_runtime::MultiSigner;
use tallystick_primitives::ArtifactId;

/// Stands for the registry's lock, which it asks, so that its cost is in the weights. Only the registry's
/// collection is locked.
pub struct OnlyTheRegistrys;

impl Locker<u32, ArtifactId> for OnlyTheRegistrys {
	fn is_locked(collection: u32, artifact: ArtifactId) -> bool {
		RegistryLocker::<Runtime>::is_locked(collection, artifact)
			&& pallet_registry::Collection::<Runtime>::get() == Some(collection)
	}
}

/// Whether these benchmarks are what runs.
static RUNNING: AtomicBool = AtomicBool::new(false);

/// Says which pallet's benchmarks run.
pub fn note_pallet(pallet: &[u8]) {
	RUNNING.store(pallet == b"pallet_nfts", Ordering::Relaxed);
}

/// None, as ever, for the registry; something while these benchmarks run, since one of them gives it back.
pub struct ItemDeposit;

impl Get<Balance> for ItemDeposit {
	fn get() -> Balance {
		RUNNING.load(Ordering::Relaxed).into()
	}
}

/// The SDK's helper, but for the ids of collections: the first is the registry's.
pub struct Helper;

type Sdk = ();

impl pallet_nfts::BenchmarkHelper<u32, u32, MultiSigner, AccountId, Signature> for Helper {
	fn collection(i: u16) -> u32 {
		u32::from(i).saturating_add(1)
	}
	fn item(i: u16) -> u32 {
		i.into()
	}
	fn signer() -> (MultiSigner, AccountId) {
		<Sdk as pallet_nfts::BenchmarkHelper<u32, u32, _, _, _>>::signer()
	}
	fn sign(signer: &MultiSigner, message: &[u8]) -> Signature {
		<Sdk as pallet_nfts::BenchmarkHelper<u32, u32, _, _, _>>::sign(signer, message)
	}
}
