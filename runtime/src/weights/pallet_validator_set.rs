//! Weights of `pallet_validator_set`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_validator_set`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_validator_set::WeightInfo
	for WeightInfo<T, Database>
{
	fn admit() -> Weight {
		// At least 13_961_000.
		Weight::from_parts(15_272_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn join() -> Weight {
		// At least 89_513_000.
		Weight::from_parts(93_499_000, 0)
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().writes(9))
	}
	fn leave() -> Weight {
		// At least 59_107_000.
		Weight::from_parts(62_143_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn remove() -> Weight {
		// At least 59_028_000.
		Weight::from_parts(62_433_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn withdraw() -> Weight {
		// At least 95_342_000.
		Weight::from_parts(99_729_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(7))
	}
	/// `n` was measured from 0 to 99.
	fn set_min_validators(n: u32, ) -> Weight {
		// At least 11_657_000.
		Weight::from_parts(12_452_152, 0)
			.saturating_add(Weight::from_parts(229_989, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn on_offence() -> Weight {
		// At least 52_729_000.
		Weight::from_parts(55_973_000, 0)
			.saturating_add(Database::get().reads(9))
			.saturating_add(Database::get().writes(6))
	}
}
