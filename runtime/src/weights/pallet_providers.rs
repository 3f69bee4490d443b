//! Weights of `pallet_providers`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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

/// Weights of `pallet_providers`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_providers::WeightInfo
	for WeightInfo<T, Database>
{
	fn register() -> Weight {
		// At least 126_568_000.
		Weight::from_parts(135_902_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn update() -> Weight {
		// At least 81_210_000.
		Weight::from_parts(87_559_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn leave() -> Weight {
		// At least 70_344_000.
		Weight::from_parts(75_061_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(5))
	}
	fn offer() -> Weight {
		// At least 93_559_000.
		Weight::from_parts(100_129_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(4))
	}
	fn accept_offering() -> Weight {
		// At least 88_801_000.
		Weight::from_parts(96_082_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(3))
	}
	fn withdraw_offering() -> Weight {
		// At least 67_370_000.
		Weight::from_parts(72_868_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
}
