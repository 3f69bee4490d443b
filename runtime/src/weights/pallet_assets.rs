//! Weights of `pallet_assets`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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

/// Weights of `pallet_assets`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_assets::WeightInfo
	for WeightInfo<T, Database>
{
	fn create() -> Weight {
		// At least 24_646_000.
		Weight::from_parts(26_129_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn force_create() -> Weight {
		// At least 9_704_000.
		Weight::from_parts(10_376_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn start_destroy() -> Weight {
		// At least 11_818_000.
		Weight::from_parts(12_569_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `c` was measured from 0 to 1000.
	fn destroy_accounts(c: u32, ) -> Weight {
		// At least 12_338_000.
		Weight::from_parts(12_519_000, 0)
			.saturating_add(Weight::from_parts(26_612_774, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(c.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((4_u64).saturating_mul(c.into())))
	}
	/// `a` was measured from 0 to 1000.
	fn destroy_approvals(a: u32, ) -> Weight {
		// At least 13_130_000.
		Weight::from_parts(13_240_000, 0)
			.saturating_add(Weight::from_parts(16_678_541, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(a.into())))
	}
	fn finish_destroy() -> Weight {
		// At least 11_817_000.
		Weight::from_parts(12_498_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn mint() -> Weight {
		// At least 19_039_000.
		Weight::from_parts(20_280_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn burn() -> Weight {
		// At least 42_434_000.
		Weight::from_parts(44_516_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn transfer() -> Weight {
		// At least 53_640_000.
		Weight::from_parts(56_274_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 38_667_000.
		Weight::from_parts(41_742_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn force_transfer() -> Weight {
		// At least 53_610_000.
		Weight::from_parts(55_774_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn freeze() -> Weight {
		// At least 12_599_000.
		Weight::from_parts(13_390_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn thaw() -> Weight {
		// At least 12_819_000.
		Weight::from_parts(13_560_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn freeze_asset() -> Weight {
		// At least 8_873_000.
		Weight::from_parts(9_554_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn thaw_asset() -> Weight {
		// At least 8_723_000.
		Weight::from_parts(9_584_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_ownership() -> Weight {
		// At least 10_135_000.
		Weight::from_parts(11_216_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_team() -> Weight {
		// At least 8_783_000.
		Weight::from_parts(9_554_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 5.
	fn set_reserves(n: u32, ) -> Weight {
		// At least 9_884_000.
		Weight::from_parts(10_653_002, 0)
			.saturating_add(Weight::from_parts(36_291, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 50.
	/// `s` was measured from 0 to 50.
	fn set_metadata(n: u32, s: u32, ) -> Weight {
		// At least 11_247_000.
		Weight::from_parts(11_955_418, 0)
			.saturating_add(Weight::from_parts(5_903, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(4_503, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn clear_metadata() -> Weight {
		// At least 11_927_000.
		Weight::from_parts(12_850_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 50.
	/// `s` was measured from 0 to 50.
	fn force_set_metadata(n: u32, s: u32, ) -> Weight {
		// At least 10_165_000.
		Weight::from_parts(10_852_500, 0)
			.saturating_add(Weight::from_parts(261, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(3_425, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn force_clear_metadata() -> Weight {
		// At least 11_547_000.
		Weight::from_parts(12_299_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn force_asset_status() -> Weight {
		// At least 8_733_000.
		Weight::from_parts(9_334_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn approve_transfer() -> Weight {
		// At least 26_970_000.
		Weight::from_parts(30_185_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_approved() -> Weight {
		// At least 74_882_000.
		Weight::from_parts(78_907_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn cancel_approval() -> Weight {
		// At least 29_594_000.
		Weight::from_parts(31_166_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn force_cancel_approval() -> Weight {
		// At least 31_407_000.
		Weight::from_parts(32_970_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn set_min_balance() -> Weight {
		// At least 10_055_000.
		Weight::from_parts(10_766_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn touch() -> Weight {
		// At least 29_174_000.
		Weight::from_parts(30_896_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn touch_other() -> Weight {
		// At least 26_309_000.
		Weight::from_parts(29_473_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn refund() -> Weight {
		// At least 39_429_000.
		Weight::from_parts(41_983_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(5))
	}
	fn refund_other() -> Weight {
		// At least 37_617_000.
		Weight::from_parts(40_931_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn block() -> Weight {
		// At least 12_959_000.
		Weight::from_parts(13_811_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_all() -> Weight {
		// At least 67_361_000.
		Weight::from_parts(72_308_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn total_issuance() -> Weight {
		// At least 4_417_000.
		Weight::from_parts(4_837_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn balance() -> Weight {
		// At least 5_588_000.
		Weight::from_parts(5_939_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn allowance() -> Weight {
		// At least 8_042_000.
		Weight::from_parts(8_673_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn migration_v2_foreign_asset_set_reserve_weight() -> Weight {
		// At least 5_849_000.
		Weight::from_parts(6_250_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn get_metadata() -> Weight {
		// At least 4_677_000.
		Weight::from_parts(5_178_000, 0)
			.saturating_add(Database::get().reads(1))
	}
}
