//! Weights of `pallet_royalties`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 83_483_000.
		Weight::from_parts(89_535_275, 0)
			.saturating_add(Weight::from_parts(26_375_654, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().reads((3_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(9))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn payout() -> Weight {
		// At least 118_936_000.
		Weight::from_parts(121_930_000, 0)
			.saturating_add(Database::get().reads(10))
			.saturating_add(Database::get().writes(9))
	}
	fn look() -> Weight {
		// At least 15_703_000.
		Weight::from_parts(16_754_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn mark() -> Weight {
		// At least 18_287_000.
		Weight::from_parts(19_549_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
}
