//! Weights of `pallet_assets`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 33_239_000.
		Weight::from_parts(35_122_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn force_create() -> Weight {
		// At least 13_230_000.
		Weight::from_parts(14_321_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn start_destroy() -> Weight {
		// At least 16_264_000.
		Weight::from_parts(17_566_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `c` was measured from 0 to 1000.
	fn destroy_accounts(c: u32, ) -> Weight {
		// At least 16_324_000.
		Weight::from_parts(16_985_000, 0)
			.saturating_add(Weight::from_parts(33_177_609, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(c.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((4_u64).saturating_mul(c.into())))
	}
	/// `a` was measured from 0 to 1000.
	fn destroy_approvals(a: u32, ) -> Weight {
		// At least 17_816_000.
		Weight::from_parts(18_107_000, 0)
			.saturating_add(Weight::from_parts(21_382_688, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(a.into())))
	}
	fn finish_destroy() -> Weight {
		// At least 15_343_000.
		Weight::from_parts(16_504_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn mint() -> Weight {
		// At least 24_907_000.
		Weight::from_parts(26_509_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn burn() -> Weight {
		// At least 54_080_000.
		Weight::from_parts(56_274_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn transfer() -> Weight {
		// At least 68_502_000.
		Weight::from_parts(71_055_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 51_687_000.
		Weight::from_parts(53_679_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn force_transfer() -> Weight {
		// At least 68_882_000.
		Weight::from_parts(71_656_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn freeze() -> Weight {
		// At least 16_504_000.
		Weight::from_parts(17_766_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn thaw() -> Weight {
		// At least 16_654_000.
		Weight::from_parts(17_807_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn freeze_asset() -> Weight {
		// At least 11_918_000.
		Weight::from_parts(12_839_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn thaw_asset() -> Weight {
		// At least 11_938_000.
		Weight::from_parts(12_849_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_ownership() -> Weight {
		// At least 13_910_000.
		Weight::from_parts(14_983_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_team() -> Weight {
		// At least 11_837_000.
		Weight::from_parts(12_779_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 5.
	fn set_reserves(n: u32, ) -> Weight {
		// At least 13_219_000.
		Weight::from_parts(14_278_087, 0)
			.saturating_add(Weight::from_parts(95_127, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 50.
	/// `s` was measured from 0 to 50.
	fn set_metadata(_n: u32, _s: u32, ) -> Weight {
		// At least 15_192_000.
		Weight::from_parts(18_353_170, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn clear_metadata() -> Weight {
		// At least 15_713_000.
		Weight::from_parts(16_935_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 50.
	/// `s` was measured from 0 to 50.
	fn force_set_metadata(n: u32, s: u32, ) -> Weight {
		// At least 13_270_000.
		Weight::from_parts(14_257_301, 0)
			.saturating_add(Weight::from_parts(448, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(4_736, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn force_clear_metadata() -> Weight {
		// At least 15_172_000.
		Weight::from_parts(16_505_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn force_asset_status() -> Weight {
		// At least 11_537_000.
		Weight::from_parts(12_309_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn approve_transfer() -> Weight {
		// At least 37_185_000.
		Weight::from_parts(39_108_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_approved() -> Weight {
		// At least 95_461_000.
		Weight::from_parts(99_497_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn cancel_approval() -> Weight {
		// At least 37_856_000.
		Weight::from_parts(39_829_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn force_cancel_approval() -> Weight {
		// At least 39_799_000.
		Weight::from_parts(41_651_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn set_min_balance() -> Weight {
		// At least 12_999_000.
		Weight::from_parts(13_991_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn touch() -> Weight {
		// At least 37_796_000.
		Weight::from_parts(39_628_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn touch_other() -> Weight {
		// At least 36_074_000.
		Weight::from_parts(37_956_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn refund() -> Weight {
		// At least 49_363_000.
		Weight::from_parts(51_917_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(5))
	}
	fn refund_other() -> Weight {
		// At least 47_790_000.
		Weight::from_parts(50_375_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn block() -> Weight {
		// At least 16_264_000.
		Weight::from_parts(17_766_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_all() -> Weight {
		// At least 86_849_000.
		Weight::from_parts(89_803_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn total_issuance() -> Weight {
		// At least 5_198_000.
		Weight::from_parts(5_809_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn balance() -> Weight {
		// At least 6_470_000.
		Weight::from_parts(7_020_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn allowance() -> Weight {
		// At least 9_935_000.
		Weight::from_parts(10_536_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn migration_v2_foreign_asset_set_reserve_weight() -> Weight {
		// At least 7_921_000.
		Weight::from_parts(8_623_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn get_metadata() -> Weight {
		// At least 5_688_000.
		Weight::from_parts(6_440_000, 0)
			.saturating_add(Database::get().reads(1))
	}
}
