//! Weights of `pallet_nfts`, measured by `scripts/weights.sh` on 2026-12-01: 3 steps, 2 repeats.
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
		// At least 26_539_000.
		Weight::from_parts(36_524_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(5))
	}
	fn force_create() -> Weight {
		// At least 25_828_000.
		Weight::from_parts(40_310_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(5))
	}
	/// `m` was measured from 0 to 1000.
	/// `c` was measured from 0 to 1000.
	/// `a` was measured from 0 to 1000.
	fn destroy(_m: u32, c: u32, a: u32, ) -> Weight {
		// At least 1_541_698_000.
		Weight::from_parts(956_925_500, 0)
			.saturating_add(Weight::from_parts(636_024, 0).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(8_411_462, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(1004))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(a.into())))
			.saturating_add(Database::get().writes(1005))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(a.into())))
	}
	fn mint() -> Weight {
		// At least 65_457_000.
		Weight::from_parts(67_390_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn force_mint() -> Weight {
		// At least 58_316_000.
		Weight::from_parts(66_750_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn burn() -> Weight {
		// At least 68_922_000.
		Weight::from_parts(75_442_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(7))
	}
	fn transfer() -> Weight {
		// At least 52_098_000.
		Weight::from_parts(53_790_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(5))
	}
	/// `i` was measured from 0 to 5000.
	fn redeposit(i: u32, ) -> Weight {
		// At least 19_349_000.
		Weight::from_parts(130_245_166, 0)
			.saturating_add(Weight::from_parts(21_697_103, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(i.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	fn lock_item_transfer() -> Weight {
		// At least 25_258_000.
		Weight::from_parts(27_020_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn unlock_item_transfer() -> Weight {
		// At least 35_422_000.
		Weight::from_parts(38_697_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn lock_collection() -> Weight {
		// At least 32_969_000.
		Weight::from_parts(34_652_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_ownership() -> Weight {
		// At least 54_051_000.
		Weight::from_parts(54_341_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(5))
	}
	fn set_team() -> Weight {
		// At least 67_910_000.
		Weight::from_parts(72_788_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(5))
	}
	fn force_collection_owner() -> Weight {
		// At least 19_669_000.
		Weight::from_parts(30_165_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(3))
	}
	fn force_collection_config() -> Weight {
		// At least 15_042_000.
		Weight::from_parts(17_136_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn lock_item_properties() -> Weight {
		// At least 20_230_000.
		Weight::from_parts(23_275_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_attribute() -> Weight {
		// At least 49_113_000.
		Weight::from_parts(49_123_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn force_set_attribute() -> Weight {
		// At least 26_139_000.
		Weight::from_parts(29_213_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_attribute() -> Weight {
		// At least 39_168_000.
		Weight::from_parts(42_202_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn approve_item_attributes() -> Weight {
		// At least 17_115_000.
		Weight::from_parts(19_859_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	/// `n` was measured from 0 to 1000.
	fn cancel_item_attributes_approval(n: u32, ) -> Weight {
		// At least 27_040_000.
		Weight::from_parts(27_040_000, 0)
			.saturating_add(Weight::from_parts(7_222_563, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(n.into())))
	}
	fn set_metadata() -> Weight {
		// At least 38_357_000.
		Weight::from_parts(43_795_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_metadata() -> Weight {
		// At least 31_837_000.
		Weight::from_parts(36_033_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn set_collection_metadata() -> Weight {
		// At least 32_789_000.
		Weight::from_parts(34_931_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn clear_collection_metadata() -> Weight {
		// At least 30_706_000.
		Weight::from_parts(36_504_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(2))
	}
	fn approve_transfer() -> Weight {
		// At least 23_335_000.
		Weight::from_parts(24_106_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_approval() -> Weight {
		// At least 17_787_000.
		Weight::from_parts(19_859_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn clear_all_transfer_approvals() -> Weight {
		// At least 16_344_000.
		Weight::from_parts(20_971_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn set_accept_ownership() -> Weight {
		// At least 15_483_000.
		Weight::from_parts(23_625_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn set_collection_max_supply() -> Weight {
		// At least 22_644_000.
		Weight::from_parts(25_127_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn update_mint_settings() -> Weight {
		// At least 22_393_000.
		Weight::from_parts(22_674_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn set_price() -> Weight {
		// At least 27_500_000.
		Weight::from_parts(28_683_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn buy_item() -> Weight {
		// At least 60_310_000.
		Weight::from_parts(63_825_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(5))
	}
	/// `n` was measured from 0 to 1.
	fn pay_tips(n: u32, ) -> Weight {
		// At least 3_455_000.
		Weight::from_parts(7_256_000, 0)
			.saturating_add(Weight::from_parts(4_461_500, 0).saturating_mul(n.into()))
	}
	fn create_swap() -> Weight {
		// At least 21_962_000.
		Weight::from_parts(28_252_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_swap() -> Weight {
		// At least 23_465_000.
		Weight::from_parts(25_358_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(1))
	}
	fn claim_swap() -> Weight {
		// At least 92_978_000.
		Weight::from_parts(98_487_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(10))
	}
	/// `n` was measured from 0 to 2.
	fn mint_pre_signed(n: u32, ) -> Weight {
		// At least 137_695_000.
		Weight::from_parts(141_597_083, 0)
			.saturating_add(Weight::from_parts(23_499_750, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(6))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(n.into())))
	}
	/// `n` was measured from 0 to 2.
	fn set_attributes_pre_signed(n: u32, ) -> Weight {
		// At least 72_437_000.
		Weight::from_parts(73_324_333, 0)
			.saturating_add(Weight::from_parts(46_241_500, 0).saturating_mul(n.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(Database::get().writes(1))
			.saturating_add(Database::get().writes((2_u64).saturating_mul(n.into())))
	}
}
