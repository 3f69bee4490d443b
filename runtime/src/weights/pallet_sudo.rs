//! Weights of `pallet_sudo`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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

/// Weights of `pallet_sudo`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_sudo::WeightInfo
	for WeightInfo<T, Database>
{
	fn set_key() -> Weight {
		// At least 8_062_000.
		Weight::from_parts(13_561_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn sudo() -> Weight {
		// At least 8_833_000.
		Weight::from_parts(14_422_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn sudo_as() -> Weight {
		// At least 8_723_000.
		Weight::from_parts(14_532_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn remove_key() -> Weight {
		// At least 7_201_000.
		Weight::from_parts(7_952_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn check_only_sudo_account() -> Weight {
		// At least 4_226_000.
		Weight::from_parts(5_678_000, 0)
			.saturating_add(Database::get().reads(1))
	}
}
