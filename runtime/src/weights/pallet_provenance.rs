//! Weights of `pallet_provenance`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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

/// Weights of `pallet_provenance`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_provenance::WeightInfo
	for WeightInfo<T, Database>
{
	fn anchor() -> Weight {
		// At least 83_895_000.
		Weight::from_parts(91_286_000, 0)
			.saturating_add(Database::get().reads(9))
			.saturating_add(Database::get().writes(9))
	}
	fn revoke() -> Weight {
		// At least 9_794_000.
		Weight::from_parts(10_536_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
}
