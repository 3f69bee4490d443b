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
		// At least 240_477_000.
		Weight::from_parts(286_685_000, 0)
			.saturating_add(Database::get().reads(19))
			.saturating_add(Database::get().writes(7))
	}
	fn buy() -> Weight {
		// At least 188_760_000.
		Weight::from_parts(212_756_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(7))
	}
	fn close() -> Weight {
		// At least 187_027_000.
		Weight::from_parts(211_373_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(9))
	}
	fn retire_plan() -> Weight {
		// At least 37_987_000.
		Weight::from_parts(50_064_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
}
