//! Weights of `pallet_babe`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_babe`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_babe::WeightInfo
	for WeightInfo<T, Database>
{
	/// `v` was measured from 2 to 100.
	/// `n` was measured from 0 to 1.
	fn report_equivocation(v: u32, n: u32, ) -> Weight {
		// At least 199_406_000.
		Weight::from_parts(222_623_343, 0)
			.saturating_add(Weight::from_parts(688_738, 0).saturating_mul(v.into()))
			.saturating_add(Weight::from_parts(7_973_810, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(9))
	}
	fn plan_config_change() -> Weight {
		// At least 2_664_000.
		Weight::from_parts(3_055_000, 0)
			.saturating_add(Database::get().writes(1))
	}
}
