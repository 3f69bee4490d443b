//! Weights of `pallet_multisig`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
		// At least 33_540_000.
		Weight::from_parts(36_816_849, 0)
			.saturating_add(Weight::from_parts(6_533, 0).saturating_mul(z.into()))
	}
	/// `s` was measured from 2 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_create(s: u32, z: u32, ) -> Weight {
		// At least 52_469_000.
		Weight::from_parts(28_656_280, 0)
			.saturating_add(Weight::from_parts(299_769, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(6_539, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 3 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_approve(s: u32, z: u32, ) -> Weight {
		// At least 39_799_000.
		Weight::from_parts(18_526_572, 0)
			.saturating_add(Weight::from_parts(232_952, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(6_564, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_complete(s: u32, z: u32, ) -> Weight {
		// At least 62_673_000.
		Weight::from_parts(12_787_483, 0)
			.saturating_add(Weight::from_parts(567_850, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_422, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `s` was measured from 2 to 100.
	fn approve_as_multi_create(s: u32, ) -> Weight {
		// At least 26_549_000.
		Weight::from_parts(28_535_784, 0)
			.saturating_add(Weight::from_parts(275_361, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn approve_as_multi_approve(s: u32, ) -> Weight {
		// At least 14_441_000.
		Weight::from_parts(15_079_521, 0)
			.saturating_add(Weight::from_parts(268_350, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn cancel_as_multi(s: u32, ) -> Weight {
		// At least 26_269_000.
		Weight::from_parts(28_855_471, 0)
			.saturating_add(Weight::from_parts(259_874, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn poke_deposit(s: u32, ) -> Weight {
		// At least 24_777_000.
		Weight::from_parts(25_008_805, 0)
			.saturating_add(Weight::from_parts(262_507, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
}
