//! Weights of `pallet_credits`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_credits`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_credits::WeightInfo
	for WeightInfo<T, Database>
{
	fn create_plan() -> Weight {
		// At least 201_008_000.
		Weight::from_parts(224_844_000, 0)
			.saturating_add(Database::get().reads(19))
			.saturating_add(Database::get().writes(7))
	}
	fn buy() -> Weight {
		// At least 159_497_000.
		Weight::from_parts(183_502_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(7))
	}
	fn close() -> Weight {
		// At least 160_889_000.
		Weight::from_parts(172_466_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(9))
	}
	fn retire_plan() -> Weight {
		// At least 36_224_000.
		Weight::from_parts(45_668_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
}
