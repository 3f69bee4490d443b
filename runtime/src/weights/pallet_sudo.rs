//! Weights of `pallet_sudo`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 9_705_000.
		Weight::from_parts(10_586_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn sudo() -> Weight {
		// At least 10_666_000.
		Weight::from_parts(11_797_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn sudo_as() -> Weight {
		// At least 10_816_000.
		Weight::from_parts(11_907_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn remove_key() -> Weight {
		// At least 8_964_000.
		Weight::from_parts(9_885_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn check_only_sudo_account() -> Weight {
		// At least 4_316_000.
		Weight::from_parts(4_837_000, 0)
			.saturating_add(Database::get().reads(1))
	}
}
