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
		// At least 251_082_000.
		Weight::from_parts(196_859_947, 0)
			.saturating_add(Weight::from_parts(82_412_475, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(3_768_405, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(13))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn publish() -> Weight {
		// At least 99_728_000.
		Weight::from_parts(103_644_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(8))
	}
	fn confirm_parent() -> Weight {
		// At least 60_319_000.
		Weight::from_parts(69_904_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn update_metadata() -> Weight {
		// At least 219_856_000.
		Weight::from_parts(243_621_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(8))
	}
	fn update_licence() -> Weight {
		// At least 126_347_000.
		Weight::from_parts(141_630_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn update_locators() -> Weight {
		// At least 114_800_000.
		Weight::from_parts(125_106_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn set_deprecated() -> Weight {
		// At least 51_907_000.
		Weight::from_parts(59_308_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn withdraw_version() -> Weight {
		// At least 69_563_000.
		Weight::from_parts(89_733_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn set_serving() -> Weight {
		// At least 65_958_000.
		Weight::from_parts(99_207_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn request_derivative() -> Weight {
		// At least 126_648_000.
		Weight::from_parts(142_442_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(3))
	}
	fn approve_derivative() -> Weight {
		// At least 46_599_000.
		Weight::from_parts(56_964_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn close_derivative_request() -> Weight {
		// At least 98_726_000.
		Weight::from_parts(119_277_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn offer_gift() -> Weight {
		// At least 44_476_000.
		Weight::from_parts(54_641_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_gift() -> Weight {
		// At least 47_230_000.
		Weight::from_parts(67_079_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn accept_gift() -> Weight {
		// At least 273_346_000.
		Weight::from_parts(398_141_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn add_contributor() -> Weight {
		// At least 172_916_000.
		Weight::from_parts(224_813_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(4))
	}
	fn renounce_share() -> Weight {
		// At least 96_443_000.
		Weight::from_parts(114_350_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_share() -> Weight {
		// At least 140_529_000.
		Weight::from_parts(166_196_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
}
