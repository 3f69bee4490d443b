//! Weights of `pallet_utility`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
		// At least 4_316_000.
		Weight::from_parts(4_397_000, 0)
			.saturating_add(Weight::from_parts(3_146_563, 0).saturating_mul(c.into()))
	}
	fn as_derivative() -> Weight {
		// At least 4_327_000.
		Weight::from_parts(4_767_000, 0)
	}
	/// `c` was measured from 0 to 1000.
	fn batch_all(c: u32, ) -> Weight {
		// At least 4_276_000.
		Weight::from_parts(4_156_103, 0)
			.saturating_add(Weight::from_parts(3_376_309, 0).saturating_mul(c.into()))
	}
	fn dispatch_as() -> Weight {
		// At least 6_139_000.
		Weight::from_parts(6_580_000, 0)
	}
	/// `c` was measured from 0 to 1000.
	fn force_batch(c: u32, ) -> Weight {
		// At least 4_347_000.
		Weight::from_parts(3_747_773, 0)
			.saturating_add(Weight::from_parts(3_056_344, 0).saturating_mul(c.into()))
	}
	fn dispatch_as_fallible() -> Weight {
		// At least 5_999_000.
		Weight::from_parts(6_550_000, 0)
	}
	fn if_else() -> Weight {
		// At least 7_721_000.
		Weight::from_parts(8_112_000, 0)
	}
}
