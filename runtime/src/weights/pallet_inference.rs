//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
	fn register_provider() -> Weight {
		// At least 93_058_000.
		Weight::from_parts(100_660_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn update_provider() -> Weight {
		// At least 58_527_000.
		Weight::from_parts(63_525_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn leave() -> Weight {
		// At least 45_828_000.
		Weight::from_parts(48_502_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(4))
	}
	fn offer() -> Weight {
		// At least 46_009_000.
		Weight::from_parts(48_141_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(3))
	}
	fn accept_offering() -> Weight {
		// At least 40_110_000.
		Weight::from_parts(43_145_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn withdraw_offering() -> Weight {
		// At least 28_252_000.
		Weight::from_parts(30_225_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	/// `b` was measured from 0 to 2560.
	fn request(_b: u32, ) -> Weight {
		// At least 127_901_000.
		Weight::from_parts(138_152_894, 0)
			.saturating_add(Database::get().reads(17))
			.saturating_add(Database::get().writes(16))
	}
	/// `b` was measured from 0 to 2560.
	fn feeless_request(b: u32, ) -> Weight {
		// At least 57_565_000.
		Weight::from_parts(60_161_459, 0)
			.saturating_add(Weight::from_parts(1_171, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(14))
	}
	fn submit_receipt() -> Weight {
		// At least 119_098_000.
		Weight::from_parts(130_866_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(14))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 54_121_000.
		Weight::from_parts(58_377_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 66_579_000.
		Weight::from_parts(70_085_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(11))
	}
	fn agenda() -> Weight {
		// At least 2_664_000.
		Weight::from_parts(2_985_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 2_504_000.
		Weight::from_parts(2_764_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn lapse() -> Weight {
		// At least 92_037_000.
		Weight::from_parts(97_926_000, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(15))
	}
	fn mature() -> Weight {
		// At least 87_290_000.
		Weight::from_parts(92_087_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 16_725_000.
		Weight::from_parts(17_516_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
}
