//! Weights of `pallet_providers`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 105_377_000.
		Weight::from_parts(113_428_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn update() -> Weight {
		// At least 68_902_000.
		Weight::from_parts(75_893_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn leave() -> Weight {
		// At least 56_483_000.
		Weight::from_parts(60_169_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(5))
	}
	fn offer() -> Weight {
		// At least 80_790_000.
		Weight::from_parts(88_722_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(4))
	}
	fn accept_offering() -> Weight {
		// At least 84_395_000.
		Weight::from_parts(91_967_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(3))
	}
	fn withdraw_offering() -> Weight {
		// At least 60_079_000.
		Weight::from_parts(67_520_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
}
