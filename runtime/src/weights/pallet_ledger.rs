//! Weights of `pallet_ledger`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_ledger`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_ledger::WeightInfo
	for WeightInfo<T, Database>
{
	fn claim() -> Weight {
		// At least 89_853_000.
		Weight::from_parts(93_699_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(6))
	}
	fn admit_currency() -> Weight {
		// At least 33_660_000.
		Weight::from_parts(35_693_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
	fn report_impaired() -> Weight {
		// At least 29_955_000.
		Weight::from_parts(32_128_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn spend() -> Weight {
		// At least 80_790_000.
		Weight::from_parts(84_295_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(6))
	}
}
