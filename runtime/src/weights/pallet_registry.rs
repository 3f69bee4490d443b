//! Weights of `pallet_registry`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 255_629_000.
		Weight::from_parts(304_726_726, 0)
			.saturating_add(Weight::from_parts(78_319_152, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(13))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn publish() -> Weight {
		// At least 99_007_000.
		Weight::from_parts(102_633_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(8))
	}
	fn confirm_parent() -> Weight {
		// At least 50_575_000.
		Weight::from_parts(63_494_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn update_metadata() -> Weight {
		// At least 211_043_000.
		Weight::from_parts(229_611_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(8))
	}
	fn update_licence() -> Weight {
		// At least 128_030_000.
		Weight::from_parts(133_468_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn update_locators() -> Weight {
		// At least 107_840_000.
		Weight::from_parts(115_671_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn set_deprecated() -> Weight {
		// At least 43_204_000.
		Weight::from_parts(52_457_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn withdraw_version() -> Weight {
		// At least 68_101_000.
		Weight::from_parts(72_657_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn set_serving() -> Weight {
		// At least 60_079_000.
		Weight::from_parts(66_920_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn request_derivative() -> Weight {
		// At least 115_982_000.
		Weight::from_parts(125_947_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(3))
	}
	fn approve_derivative() -> Weight {
		// At least 44_076_000.
		Weight::from_parts(48_442_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn close_derivative_request() -> Weight {
		// At least 92_557_000.
		Weight::from_parts(101_751_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn offer_gift() -> Weight {
		// At least 37_746_000.
		Weight::from_parts(44_647_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_gift() -> Weight {
		// At least 40_990_000.
		Weight::from_parts(46_939_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn accept_gift() -> Weight {
		// At least 241_228_000.
		Weight::from_parts(254_587_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn add_contributor() -> Weight {
		// At least 151_735_000.
		Weight::from_parts(159_386_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(4))
	}
	fn renounce_share() -> Weight {
		// At least 79_207_000.
		Weight::from_parts(87_800_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_share() -> Weight {
		// At least 83_504_000.
		Weight::from_parts(92_457_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
}
