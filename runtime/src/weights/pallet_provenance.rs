//! Weights of `pallet_provenance`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds; reads and writes are
//! those of [`super::paritydb`]. No proofs are made of what this chain executes, so none are sized.

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
	/// `r` was measured from 0 to 16.
	/// `s` was measured from 0 to 8.
	fn anchor(r: u32, s: u32, ) -> Weight {
		// At least 307_686_000.
		Weight::from_parts(238_452_477, 0)
			.saturating_add(Weight::from_parts(9_493_026, 0).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(10_018_890, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(19))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(Database::get().writes(24))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(s.into())))
	}
	/// `n` was measured from 1 to 64.
	fn anchor_batch(n: u32, ) -> Weight {
		// At least 164_985_000.
		Weight::from_parts(21_351_822, 0)
			.saturating_add(Weight::from_parts(116_681_941, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(7))
			.saturating_add(Database::get().writes((10_u64).saturating_mul(n.into())))
	}
	fn revoke() -> Weight {
		// At least 30_635_000.
		Weight::from_parts(35_983_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn supersede() -> Weight {
		// At least 38_768_000.
		Weight::from_parts(43_104_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn reserve() -> Weight {
		// At least 70_835_000.
		Weight::from_parts(73_278_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn release_reservation() -> Weight {
		// At least 61_561_000.
		Weight::from_parts(64_045_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn bind_key_ed25519() -> Weight {
		// At least 127_930_000.
		Weight::from_parts(135_711_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn bind_key_p256() -> Weight {
		// At least 1_629_136_000.
		Weight::from_parts(1_664_259_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn unbind_key() -> Weight {
		// At least 63_334_000.
		Weight::from_parts(68_282_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn confirm() -> Weight {
		// At least 157_864_000.
		Weight::from_parts(170_503_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(11))
	}
}
