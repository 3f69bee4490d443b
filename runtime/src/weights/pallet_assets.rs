//! Weights of `pallet_assets`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 28_142_000.
		Weight::from_parts(29_764_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn force_create() -> Weight {
		// At least 11_787_000.
		Weight::from_parts(12_809_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn start_destroy() -> Weight {
		// At least 14_932_000.
		Weight::from_parts(16_094_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `c` was measured from 0 to 1000.
	fn destroy_accounts(c: u32, ) -> Weight {
		// At least 14_661_000.
		Weight::from_parts(15_113_000, 0)
			.saturating_add(Weight::from_parts(27_579_005, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(c.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((4_u64).saturating_mul(c.into())))
	}
	/// `a` was measured from 0 to 1000.
	fn destroy_approvals(a: u32, ) -> Weight {
		// At least 15_664_000.
		Weight::from_parts(15_874_000, 0)
			.saturating_add(Weight::from_parts(17_129_241, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(a.into())))
	}
	fn finish_destroy() -> Weight {
		// At least 13_741_000.
		Weight::from_parts(14_772_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn mint() -> Weight {
		// At least 21_141_000.
		Weight::from_parts(22_674_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn burn() -> Weight {
		// At least 45_167_000.
		Weight::from_parts(47_391_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn transfer() -> Weight {
		// At least 57_085_000.
		Weight::from_parts(59_689_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 43_244_000.
		Weight::from_parts(45_959_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn force_transfer() -> Weight {
		// At least 58_447_000.
		Weight::from_parts(61_081_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn freeze() -> Weight {
		// At least 14_952_000.
		Weight::from_parts(16_054_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn thaw() -> Weight {
		// At least 14_993_000.
		Weight::from_parts(16_114_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn freeze_asset() -> Weight {
		// At least 10_816_000.
		Weight::from_parts(11_677_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn thaw_asset() -> Weight {
		// At least 10_706_000.
		Weight::from_parts(11_707_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_ownership() -> Weight {
		// At least 12_318_000.
		Weight::from_parts(13_200_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_team() -> Weight {
		// At least 10_555_000.
		Weight::from_parts(11_447_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 5.
	fn set_reserves(n: u32, ) -> Weight {
		// At least 11_947_000.
		Weight::from_parts(13_103_822, 0)
			.saturating_add(Weight::from_parts(57_010, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 50.
	/// `s` was measured from 0 to 50.
	fn set_metadata(n: u32, s: u32, ) -> Weight {
		// At least 13_250_000.
		Weight::from_parts(14_261_590, 0)
			.saturating_add(Weight::from_parts(2_511, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(3_172, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn clear_metadata() -> Weight {
		// At least 14_141_000.
		Weight::from_parts(15_233_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 50.
	/// `s` was measured from 0 to 50.
	fn force_set_metadata(n: u32, s: u32, ) -> Weight {
		// At least 11_588_000.
		Weight::from_parts(12_714_260, 0)
			.saturating_add(Weight::from_parts(5_375, 0).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(1_579, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn force_clear_metadata() -> Weight {
		// At least 13_980_000.
		Weight::from_parts(15_674_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn force_asset_status() -> Weight {
		// At least 10_475_000.
		Weight::from_parts(11_598_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn approve_transfer() -> Weight {
		// At least 29_073_000.
		Weight::from_parts(31_167_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_approved() -> Weight {
		// At least 78_667_000.
		Weight::from_parts(81_981_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn cancel_approval() -> Weight {
		// At least 30_946_000.
		Weight::from_parts(32_508_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn force_cancel_approval() -> Weight {
		// At least 32_608_000.
		Weight::from_parts(34_241_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn set_min_balance() -> Weight {
		// At least 11_498_000.
		Weight::from_parts(12_308_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn touch() -> Weight {
		// At least 30_836_000.
		Weight::from_parts(32_488_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn touch_other() -> Weight {
		// At least 29_063_000.
		Weight::from_parts(30_706_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn refund() -> Weight {
		// At least 40_610_000.
		Weight::from_parts(42_664_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(5))
	}
	fn refund_other() -> Weight {
		// At least 39_148_000.
		Weight::from_parts(41_171_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(4))
	}
	fn block() -> Weight {
		// At least 14_952_000.
		Weight::from_parts(16_154_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_all() -> Weight {
		// At least 70_775_000.
		Weight::from_parts(73_449_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(6))
	}
	fn total_issuance() -> Weight {
		// At least 5_027_000.
		Weight::from_parts(5_578_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn balance() -> Weight {
		// At least 6_028_000.
		Weight::from_parts(6_490_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn allowance() -> Weight {
		// At least 7_581_000.
		Weight::from_parts(8_142_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn migration_v2_foreign_asset_set_reserve_weight() -> Weight {
		// At least 6_861_000.
		Weight::from_parts(7_501_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn get_metadata() -> Weight {
		// At least 5_218_000.
		Weight::from_parts(5_869_000, 0)
			.saturating_add(Database::get().reads(1))
	}
}
