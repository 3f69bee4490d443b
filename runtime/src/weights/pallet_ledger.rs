//! Weights of `pallet_ledger`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 106_478_000.
		Weight::from_parts(110_725_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(6))
	}
	fn admit_currency() -> Weight {
		// At least 35_082_000.
		Weight::from_parts(37_195_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
	fn report_impaired() -> Weight {
		// At least 31_236_000.
		Weight::from_parts(33_700_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn spend() -> Weight {
		// At least 93_979_000.
		Weight::from_parts(97_965_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(6))
	}
}
