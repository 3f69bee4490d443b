//! Weights of `pallet_utility`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 5_248_000.
		Weight::from_parts(3_602_059, 0)
			.saturating_add(Weight::from_parts(3_536_288, 0).saturating_mul(c.into()))
	}
	fn as_derivative() -> Weight {
		// At least 4_667_000.
		Weight::from_parts(5_649_000, 0)
	}
	/// `c` was measured from 0 to 1000.
	fn batch_all(c: u32, ) -> Weight {
		// At least 5_368_000.
		Weight::from_parts(5_869_000, 0)
			.saturating_add(Weight::from_parts(3_737_340, 0).saturating_mul(c.into()))
	}
	fn dispatch_as() -> Weight {
		// At least 6_770_000.
		Weight::from_parts(7_822_000, 0)
	}
	/// `c` was measured from 0 to 1000.
	fn force_batch(c: u32, ) -> Weight {
		// At least 5_177_000.
		Weight::from_parts(5_628_000, 0)
			.saturating_add(Weight::from_parts(3_444_480, 0).saturating_mul(c.into()))
	}
	fn dispatch_as_fallible() -> Weight {
		// At least 6_750_000.
		Weight::from_parts(7_982_000, 0)
	}
	fn if_else() -> Weight {
		// At least 8_944_000.
		Weight::from_parts(10_195_000, 0)
	}
}
