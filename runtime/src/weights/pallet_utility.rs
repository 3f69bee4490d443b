//! Weights of `pallet_utility`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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

/// Weights of `pallet_utility`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_utility::WeightInfo
	for WeightInfo<T, Database>
{
	/// `c` was measured from 0 to 1000.
	fn batch(c: u32, ) -> Weight {
		// At least 5_868_000.
		Weight::from_parts(19_000_003, 0)
			.saturating_add(Weight::from_parts(3_691_406, 0).saturating_mul(c.into()))
	}
	fn as_derivative() -> Weight {
		// At least 5_799_000.
		Weight::from_parts(6_659_000, 0)
	}
	/// `c` was measured from 0 to 1000.
	fn batch_all(c: u32, ) -> Weight {
		// At least 5_949_000.
		Weight::from_parts(6_249_000, 0)
			.saturating_add(Weight::from_parts(4_103_181, 0).saturating_mul(c.into()))
	}
	fn dispatch_as() -> Weight {
		// At least 8_092_000.
		Weight::from_parts(9_243_000, 0)
	}
	/// `c` was measured from 0 to 1000.
	fn force_batch(c: u32, ) -> Weight {
		// At least 5_858_000.
		Weight::from_parts(5_014_916, 0)
			.saturating_add(Weight::from_parts(3_644_723, 0).saturating_mul(c.into()))
	}
	fn dispatch_as_fallible() -> Weight {
		// At least 8_262_000.
		Weight::from_parts(9_244_000, 0)
	}
	fn if_else() -> Weight {
		// At least 10_345_000.
		Weight::from_parts(11_497_000, 0)
	}
}
