//! Weights of `pallet_session`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_session`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_session::WeightInfo
	for WeightInfo<T, Database>
{
	fn set_keys() -> Weight {
		// At least 156_363_000.
		Weight::from_parts(164_253_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn purge_keys() -> Weight {
		// At least 62_893_000.
		Weight::from_parts(65_638_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
}
