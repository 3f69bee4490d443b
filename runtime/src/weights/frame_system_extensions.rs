//! Weights of `frame_system_extensions`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 1_582_000.
		Weight::from_parts(1_812_000, 0)
	}
	fn check_mortality_mortal_transaction() -> Weight {
		// At least 3_535_000.
		Weight::from_parts(3_906_000, 0)
	}
	fn check_mortality_immortal_transaction() -> Weight {
		// At least 3_585_000.
		Weight::from_parts(3_916_000, 0)
	}
	fn check_non_zero_sender() -> Weight {
		// At least 280_000.
		Weight::from_parts(370_000, 0)
	}
	fn check_nonce() -> Weight {
		// At least 7_401_000.
		Weight::from_parts(8_112_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn check_spec_version() -> Weight {
		// At least 260_000.
		Weight::from_parts(350_000, 0)
	}
	fn check_tx_version() -> Weight {
		// At least 250_000.
		Weight::from_parts(341_000, 0)
	}
	fn check_weight() -> Weight {
		// At least 4_026_000.
		Weight::from_parts(4_466_000, 0)
	}
	fn weight_reclaim() -> Weight {
		// At least 2_283_000.
		Weight::from_parts(2_594_000, 0)
	}
}
