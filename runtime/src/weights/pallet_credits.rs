//! Weights of `pallet_credits`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
		// At least 97_165_000.
		Weight::from_parts(107_069_000, 0)
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().writes(6))
	}
	fn buy() -> Weight {
		// At least 90_825_000.
		Weight::from_parts(99_228_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(5))
	}
	fn close() -> Weight {
		// At least 118_797_000.
		Weight::from_parts(170_554_000, 0)
			.saturating_add(Database::get().reads(9))
			.saturating_add(Database::get().writes(7))
	}
	fn retire_plan() -> Weight {
		// At least 27_681_000.
		Weight::from_parts(30_415_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn hold() -> Weight {
		// At least 44_627_000.
		Weight::from_parts(67_841_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn settle() -> Weight {
		// At least 103_645_000.
		Weight::from_parts(107_660_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(6))
	}
}
