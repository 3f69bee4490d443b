//! Weights of `pallet_nfts`, measured by `scripts/weights.sh` on 2026-11-30: 3 steps, 2 repeats.
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

/// Weights of `pallet_nfts`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_nfts::WeightInfo
	for WeightInfo<T, Database>
{
	fn create() -> Weight {
		// At least 28_662_000.
		Weight::from_parts(42_483_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(5))
	}
	fn force_create() -> Weight {
		// At least 28_071_000.
		Weight::from_parts(39_419_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(5))
	}
	/// `m` was measured from 0 to 1000.
	/// `c` was measured from 0 to 1000.
	/// `a` was measured from 0 to 1000.
	fn destroy(m: u32, c: u32, a: u32, ) -> Weight {
		// At least 1_376_702_000.
		Weight::from_parts(543_912_000, 0)
			.saturating_add(Weight::from_parts(312_122, 0).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(925_858, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(8_996_919, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(1004))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(Database::get().writes(1005))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(a.into())))
	}
	fn mint() -> Weight {
		// At least 69_724_000.
		Weight::from_parts(76_773_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn force_mint() -> Weight {
		// At least 63_284_000.
		Weight::from_parts(73_840_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn burn() -> Weight {
		// At least 74_650_000.
		Weight::from_parts(79_758_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn transfer() -> Weight {
		// At least 61_861_000.
		Weight::from_parts(69_473_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(5))
	}
	/// `i` was measured from 0 to 5000.
	fn redeposit(i: u32, ) -> Weight {
		// At least 22_624_000.
		Weight::from_parts(22_624_000, 0)
			.saturating_add(Weight::from_parts(27_121_578, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	fn lock_item_transfer() -> Weight {
		// At least 28_583_000.
		Weight::from_parts(30_204_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn unlock_item_transfer() -> Weight {
		// At least 25_037_000.
		Weight::from_parts(26_109_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn lock_collection() -> Weight {
		// At least 19_759_000.
		Weight::from_parts(26_018_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_ownership() -> Weight {
		// At least 33_811_000.
		Weight::from_parts(36_404_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(5))
	}
	fn set_team() -> Weight {
		// At least 48_972_000.
		Weight::from_parts(54_140_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(5))
	}
	fn force_collection_owner() -> Weight {
		// At least 20_000_000.
		Weight::from_parts(23_415_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(3))
	}
	fn force_collection_config() -> Weight {
		// At least 17_065_000.
		Weight::from_parts(28_973_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn lock_item_properties() -> Weight {
		// At least 25_498_000.
		Weight::from_parts(25_908_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_attribute() -> Weight {
		// At least 52_999_000.
		Weight::from_parts(59_949_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn force_set_attribute() -> Weight {
		// At least 33_911_000.
		Weight::from_parts(45_047_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_attribute() -> Weight {
		// At least 45_638_000.
		Weight::from_parts(49_133_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn approve_item_attributes() -> Weight {
		// At least 19_639_000.
		Weight::from_parts(23_555_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 1000.
	fn cancel_item_attributes_approval(n: u32, ) -> Weight {
		// At least 37_746_000.
		Weight::from_parts(37_746_000, 0)
			.saturating_add(Weight::from_parts(7_920_913, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn set_metadata() -> Weight {
		// At least 73_028_000.
		Weight::from_parts(86_658_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_metadata() -> Weight {
		// At least 39_278_000.
		Weight::from_parts(65_817_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn set_collection_metadata() -> Weight {
		// At least 38_857_000.
		Weight::from_parts(46_860_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_collection_metadata() -> Weight {
		// At least 32_969_000.
		Weight::from_parts(35_733_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn approve_transfer() -> Weight {
		// At least 24_276_000.
		Weight::from_parts(27_130_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_approval() -> Weight {
		// At least 20_200_000.
		Weight::from_parts(22_233_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn clear_all_transfer_approvals() -> Weight {
		// At least 18_978_000.
		Weight::from_parts(20_751_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn set_accept_ownership() -> Weight {
		// At least 18_047_000.
		Weight::from_parts(25_718_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn set_collection_max_supply() -> Weight {
		// At least 22_423_000.
		Weight::from_parts(25_829_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn update_mint_settings() -> Weight {
		// At least 21_762_000.
		Weight::from_parts(24_366_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_price() -> Weight {
		// At least 27_580_000.
		Weight::from_parts(31_196_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn buy_item() -> Weight {
		// At least 72_377_000.
		Weight::from_parts(81_931_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(5))
	}
	/// `n` was measured from 0 to 1.
	fn pay_tips(n: u32, ) -> Weight {
		// At least 3_846_000.
		Weight::from_parts(7_922_000, 0)
			.saturating_add(Weight::from_parts(5_578_000, 0).saturating_mul(n.into()))
	}
	fn create_swap() -> Weight {
		// At least 23_304_000.
		Weight::from_parts(26_920_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_swap() -> Weight {
		// At least 24_036_000.
		Weight::from_parts(26_729_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn claim_swap() -> Weight {
		// At least 123_534_000.
		Weight::from_parts(126_408_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(10))
	}
	/// `n` was measured from 0 to 2.
	fn mint_pre_signed(n: u32, ) -> Weight {
		// At least 165_986_000.
		Weight::from_parts(171_633_583, 0)
			.saturating_add(Weight::from_parts(44_738_750, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(6))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// `n` was measured from 0 to 2.
	fn set_attributes_pre_signed(n: u32, ) -> Weight {
		// At least 87_049_000.
		Weight::from_parts(112_227_750, 0)
			.saturating_add(Weight::from_parts(26_669_750, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(n.into())))
	}
}
