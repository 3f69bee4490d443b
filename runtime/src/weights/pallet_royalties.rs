//! Weights of `pallet_royalties`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_royalties`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_royalties::WeightInfo
	for WeightInfo<T, Database>
{
	/// `p` was measured from 0 to 16.
	fn visit(p: u32, ) -> Weight {
		// At least 73_439_000.
		Weight::from_parts(79_550_013, 0)
			.saturating_add(Weight::from_parts(20_456_154, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(9))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn payout() -> Weight {
		// At least 101_941_000.
		Weight::from_parts(106_418_000, 0)
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().writes(9))
	}
	fn look() -> Weight {
		// At least 14_181_000.
		Weight::from_parts(15_563_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn mark() -> Weight {
		// At least 16_244_000.
		Weight::from_parts(17_806_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
}
