//! Weights of `frame_system_extensions`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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

/// Weights of `frame_system_extensions`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> frame_system::ExtensionsWeightInfo
	for WeightInfo<T, Database>
{
	fn check_genesis() -> Weight {
		// At least 1_622_000.
		Weight::from_parts(1_753_000, 0)
	}
	fn check_mortality_mortal_transaction() -> Weight {
		// At least 3_505_000.
		Weight::from_parts(3_766_000, 0)
	}
	fn check_mortality_immortal_transaction() -> Weight {
		// At least 3_545_000.
		Weight::from_parts(3_785_000, 0)
	}
	fn check_non_zero_sender() -> Weight {
		// At least 491_000.
		Weight::from_parts(571_000, 0)
	}
	fn check_nonce() -> Weight {
		// At least 7_220_000.
		Weight::from_parts(7_671_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn check_spec_version() -> Weight {
		// At least 390_000.
		Weight::from_parts(450_000, 0)
	}
	fn check_tx_version() -> Weight {
		// At least 390_000.
		Weight::from_parts(450_000, 0)
	}
	fn check_weight() -> Weight {
		// At least 3_525_000.
		Weight::from_parts(3_816_000, 0)
	}
	fn weight_reclaim() -> Weight {
		// At least 2_063_000.
		Weight::from_parts(2_274_000, 0)
	}
}
