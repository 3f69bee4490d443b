//! Weights of `pallet_provenance`: ESTIMATES by hand, until `scripts/weights.sh` measures them.
//!
//! Times are in picoseconds; reads and writes are those of [`super::paritydb`]. No proofs are made of
//! what this chain executes, so none are sized.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_imports, unused_parens, unused_variables, missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{RuntimeDbWeight, Weight},
};

/// Weights of `pallet_provenance`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_provenance::WeightInfo
	for WeightInfo<T, Database>
{
	// Computing by what similar calls take, and each read and write counted.
	/// `r` from 0 to 16, `s` from 0 to 8.
	fn anchor(r: u32, s: u32, ) -> Weight {
		Weight::from_parts(260_000_000, 0)
			.saturating_add(Weight::from_parts(12_000_000, 0).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(12_000_000, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(20))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(Database::get().writes(25))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(s.into())))
	}
	/// `n` from 1 to 64.
	fn anchor_batch(n: u32, ) -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Weight::from_parts(140_000_000, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().reads((6_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(8))
			.saturating_add(Database::get().writes((12_u64).saturating_mul(n.into())))
	}
	fn revoke() -> Weight {
		Weight::from_parts(20_000_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn supersede() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn reserve() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn release_reservation() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn bind_key_ed25519() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn bind_key_p256() -> Weight {
		Weight::from_parts(2_000_000_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn unbind_key() -> Weight {
		Weight::from_parts(50_000_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn confirm() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(11))
	}
}
