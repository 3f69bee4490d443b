//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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

/// Weights of `pallet_inference`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_inference::WeightInfo
	for WeightInfo<T, Database>
{
	/// `b` was measured from 0 to 2560.
	fn request(b: u32, ) -> Weight {
		// At least 203_932_000.
		Weight::from_parts(211_001_170, 0)
			.saturating_add(Weight::from_parts(6_902, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(15))
			.saturating_add(Database::get().writes(12))
	}
	fn submit_receipt() -> Weight {
		// At least 153_538_000.
		Weight::from_parts(163_243_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(12))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 78_927_000.
		Weight::from_parts(83_935_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 91_045_000.
		Weight::from_parts(97_635_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(9))
	}
	fn agenda() -> Weight {
		// At least 1_743_000.
		Weight::from_parts(2_013_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 22_073_000.
		Weight::from_parts(24_967_000, 0)
			.saturating_add(Database::get().reads(3))
	}
	fn lapse() -> Weight {
		// At least 135_061_000.
		Weight::from_parts(142_081_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(12))
	}
	fn mature() -> Weight {
		// At least 135_852_000.
		Weight::from_parts(146_718_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 53_600_000.
		Weight::from_parts(58_547_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
}
