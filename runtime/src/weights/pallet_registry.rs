//! Weights of `pallet_registry`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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

/// Weights of `pallet_registry`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_registry::WeightInfo
	for WeightInfo<T, Database>
{
	/// `p` was measured from 0 to 16.
	/// `c` was measured from 0 to 16.
	fn register(p: u32, c: u32, ) -> Weight {
		// At least 123_314_000.
		Weight::from_parts(123_770_209, 0)
			.saturating_add(Weight::from_parts(8_834_213, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(322_671, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().reads((2_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(10))
	}
	fn publish() -> Weight {
		// At least 63_234_000.
		Weight::from_parts(65_608_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(5))
	}
	fn confirm_parent() -> Weight {
		// At least 27_330_000.
		Weight::from_parts(31_868_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
}
