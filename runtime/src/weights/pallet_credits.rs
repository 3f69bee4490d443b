//! Weights of `pallet_credits`, measured by `scripts/weights.sh` on 2026-11-21: 50 steps, 20 repeats.
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
		// At least 98_718_000. By hand, until it is measured again: the artifact's deposit.
		Weight::from_parts(111_952_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(7))
	}
	fn buy() -> Weight {
		// At least 86_800_000. By hand, until it is measured again: the reads of eight versions.
		Weight::from_parts(132_337_000, 0)
			.saturating_add(Database::get().reads(16))
			.saturating_add(Database::get().writes(5))
	}
	fn close() -> Weight {
		// At least 108_772_000.
		Weight::from_parts(112_217_000, 0)
			.saturating_add(Database::get().reads(9))
			.saturating_add(Database::get().writes(7))
	}
	fn retire_plan() -> Weight {
		// At least 17_957_000.
		Weight::from_parts(18_938_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
}
