//! Weights of `pallet_provenance`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 250_502_000.
		Weight::from_parts(186_721_644, 0)
			.saturating_add(Weight::from_parts(8_906_711, 0).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(9_501_065, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(19))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(r.into())))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(s.into())))
			.saturating_add(Database::get().writes(24))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(r.into())))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(s.into())))
	}
	/// `n` was measured from 1 to 64.
	fn anchor_batch(n: u32, ) -> Weight {
		// At least 143_333_000.
		Weight::from_parts(49_306_845, 0)
			.saturating_add(Weight::from_parts(84_814_699, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(7))
			.saturating_add(Database::get().writes((10_u64).saturating_mul(n.into())))
	}
	fn revoke() -> Weight {
		// At least 25_959_000.
		Weight::from_parts(29_814_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn supersede() -> Weight {
		// At least 32_067_000.
		Weight::from_parts(39_439_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn reserve() -> Weight {
		// At least 55_152_000.
		Weight::from_parts(58_356_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn release_reservation() -> Weight {
		// At least 50_004_000.
		Weight::from_parts(52_287_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn bind_key_ed25519() -> Weight {
		// At least 103_734_000.
		Weight::from_parts(113_659_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn bind_key_p256() -> Weight {
		// At least 1_613_075_000.
		Weight::from_parts(1_669_158_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn unbind_key() -> Weight {
		// At least 54_230_000.
		Weight::from_parts(62_012_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn confirm() -> Weight {
		// At least 140_469_000.
		Weight::from_parts(155_611_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(11))
	}
}
