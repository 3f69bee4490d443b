//! Weights of `pallet_multisig`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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

/// Weights of `pallet_multisig`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_multisig::WeightInfo
	for WeightInfo<T, Database>
{
	/// `z` was measured from 0 to 10000.
	fn as_multi_threshold_1(z: u32, ) -> Weight {
		// At least 40_170_000.
		Weight::from_parts(50_585_105, 0)
			.saturating_add(Weight::from_parts(6_985, 0).saturating_mul(z.into()))
	}
	/// `s` was measured from 2 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_create(s: u32, z: u32, ) -> Weight {
		// At least 67_961_000.
		Weight::from_parts(39_238_829, 0)
			.saturating_add(Weight::from_parts(344_210, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(7_258, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 3 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_approve(s: u32, z: u32, ) -> Weight {
		// At least 48_462_000.
		Weight::from_parts(23_573_090, 0)
			.saturating_add(Weight::from_parts(301_635, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(7_086, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_complete(s: u32, z: u32, ) -> Weight {
		// At least 78_196_000.
		Weight::from_parts(36_325_778, 0)
			.saturating_add(Weight::from_parts(488_993, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_779, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `s` was measured from 2 to 100.
	fn approve_as_multi_create(s: u32, ) -> Weight {
		// At least 34_561_000.
		Weight::from_parts(39_010_494, 0)
			.saturating_add(Weight::from_parts(296_995, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn approve_as_multi_approve(s: u32, ) -> Weight {
		// At least 18_928_000.
		Weight::from_parts(20_489_998, 0)
			.saturating_add(Weight::from_parts(314_744, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn cancel_as_multi(s: u32, ) -> Weight {
		// At least 33_720_000.
		Weight::from_parts(35_719_655, 0)
			.saturating_add(Weight::from_parts(311_636, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn poke_deposit(s: u32, ) -> Weight {
		// At least 31_988_000.
		Weight::from_parts(33_469_211, 0)
			.saturating_add(Weight::from_parts(295_398, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
}
