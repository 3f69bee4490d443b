//! Weights of `pallet_grandpa`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_grandpa`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_grandpa::WeightInfo
	for WeightInfo<T, Database>
{
	/// `v` was measured from 2 to 100.
	/// `n` was measured from 0 to 1.
	fn report_equivocation(v: u32, n: u32, ) -> Weight {
		// At least 192_115_000.
		Weight::from_parts(228_496_554, 0)
			.saturating_add(Weight::from_parts(559_941, 0).saturating_mul(v.into()))
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(9))
	}
	fn note_stalled() -> Weight {
		// At least 2_594_000.
		Weight::from_parts(2_955_000, 0)
			.saturating_add(Database::get().writes(1))
	}
}
