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
		// At least 28_182_000.
		Weight::from_parts(42_203_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(5))
	}
	fn force_create() -> Weight {
		// At least 28_022_000.
		Weight::from_parts(41_111_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(5))
	}
	/// `m` was measured from 0 to 1000.
	/// `c` was measured from 0 to 1000.
	/// `a` was measured from 0 to 1000.
	fn destroy(m: u32, c: u32, a: u32, ) -> Weight {
		// At least 1_286_889_000.
		Weight::from_parts(449_582_000, 0)
			.saturating_add(Weight::from_parts(413_540, 0).saturating_mul(m.into()))
			.saturating_add(Weight::from_parts(279_142, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(8_321_778, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(1004))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(Database::get().writes(1005))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(a.into())))
	}
	fn mint() -> Weight {
		// At least 72_137_000.
		Weight::from_parts(98_136_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn force_mint() -> Weight {
		// At least 63_925_000.
		Weight::from_parts(69_233_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn burn() -> Weight {
		// At least 79_538_000.
		Weight::from_parts(84_325_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn transfer() -> Weight {
		// At least 63_895_000.
		Weight::from_parts(69_944_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(5))
	}
	/// `i` was measured from 0 to 5000.
	fn redeposit(i: u32, ) -> Weight {
		// At least 19_118_000.
		Weight::from_parts(19_118_000, 0)
			.saturating_add(Weight::from_parts(25_633_952, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	fn lock_item_transfer() -> Weight {
		// At least 25_628_000.
		Weight::from_parts(27_520_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn unlock_item_transfer() -> Weight {
		// At least 23_245_000.
		Weight::from_parts(25_949_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn lock_collection() -> Weight {
		// At least 19_379_000.
		Weight::from_parts(22_834_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_ownership() -> Weight {
		// At least 36_234_000.
		Weight::from_parts(37_285_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(5))
	}
	fn set_team() -> Weight {
		// At least 47_721_000.
		Weight::from_parts(53_840_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(5))
	}
	fn force_collection_owner() -> Weight {
		// At least 19_750_000.
		Weight::from_parts(59_358_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(3))
	}
	fn force_collection_config() -> Weight {
		// At least 15_924_000.
		Weight::from_parts(18_708_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn lock_item_properties() -> Weight {
		// At least 21_712_000.
		Weight::from_parts(62_052_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_attribute() -> Weight {
		// At least 51_826_000.
		Weight::from_parts(58_597_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn force_set_attribute() -> Weight {
		// At least 33_109_000.
		Weight::from_parts(39_058_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_attribute() -> Weight {
		// At least 44_266_000.
		Weight::from_parts(50_214_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn approve_item_attributes() -> Weight {
		// At least 18_237_000.
		Weight::from_parts(22_263_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 1000.
	fn cancel_item_attributes_approval(n: u32, ) -> Weight {
		// At least 31_748_000.
		Weight::from_parts(31_748_000, 0)
			.saturating_add(Weight::from_parts(7_208_830, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn set_metadata() -> Weight {
		// At least 39_739_000.
		Weight::from_parts(46_669_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_metadata() -> Weight {
		// At least 35_092_000.
		Weight::from_parts(38_417_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn set_collection_metadata() -> Weight {
		// At least 30_365_000.
		Weight::from_parts(36_654_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_collection_metadata() -> Weight {
		// At least 32_438_000.
		Weight::from_parts(35_593_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn approve_transfer() -> Weight {
		// At least 23_044_000.
		Weight::from_parts(25_478_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_approval() -> Weight {
		// At least 21_672_000.
		Weight::from_parts(22_033_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn clear_all_transfer_approvals() -> Weight {
		// At least 17_796_000.
		Weight::from_parts(20_160_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn set_accept_ownership() -> Weight {
		// At least 16_995_000.
		Weight::from_parts(28_853_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn set_collection_max_supply() -> Weight {
		// At least 21_522_000.
		Weight::from_parts(24_426_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn update_mint_settings() -> Weight {
		// At least 20_270_000.
		Weight::from_parts(23_204_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_price() -> Weight {
		// At least 28_111_000.
		Weight::from_parts(31_056_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn buy_item() -> Weight {
		// At least 70_745_000.
		Weight::from_parts(74_600_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(5))
	}
	/// `n` was measured from 0 to 1.
	fn pay_tips(n: u32, ) -> Weight {
		// At least 3_645_000.
		Weight::from_parts(9_053_500, 0)
			.saturating_add(Weight::from_parts(4_406_000, 0).saturating_mul(n.into()))
	}
	fn create_swap() -> Weight {
		// At least 23_225_000.
		Weight::from_parts(25_739_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_swap() -> Weight {
		// At least 23_956_000.
		Weight::from_parts(26_018_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn claim_swap() -> Weight {
		// At least 115_351_000.
		Weight::from_parts(118_676_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(10))
	}
	/// `n` was measured from 0 to 2.
	fn mint_pre_signed(n: u32, ) -> Weight {
		// At least 160_989_000.
		Weight::from_parts(166_581_916, 0)
			.saturating_add(Weight::from_parts(27_320_750, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(6))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// `n` was measured from 0 to 2.
	fn set_attributes_pre_signed(n: u32, ) -> Weight {
		// At least 79_127_000.
		Weight::from_parts(83_217_333, 0)
			.saturating_add(Weight::from_parts(33_322_000, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(n.into())))
	}
}
