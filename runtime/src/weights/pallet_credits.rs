//! Weights of `pallet_credits`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 242_881_000.
		Weight::from_parts(263_681_000, 0)
			.saturating_add(Database::get().reads(18))
			.saturating_add(Database::get().writes(6))
	}
	fn buy() -> Weight {
		// At least 186_627_000.
		Weight::from_parts(203_361_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(7))
	}
	fn close() -> Weight {
		// At least 191_374_000.
		Weight::from_parts(210_893_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(9))
	}
	fn retire_plan() -> Weight {
		// At least 41_822_000.
		Weight::from_parts(70_624_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
}
