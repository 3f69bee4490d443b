//! Weights of `pallet_multisig`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 37_927_000.
		Weight::from_parts(41_565_678, 0)
			.saturating_add(Weight::from_parts(6_965, 0).saturating_mul(z.into()))
	}
	/// `s` was measured from 2 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_create(s: u32, z: u32, ) -> Weight {
		// At least 57_746_000.
		Weight::from_parts(33_407_652, 0)
			.saturating_add(Weight::from_parts(280_744, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(6_978, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 3 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_approve(s: u32, z: u32, ) -> Weight {
		// At least 45_578_000.
		Weight::from_parts(21_220_744, 0)
			.saturating_add(Weight::from_parts(273_488, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(6_932, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	/// `z` was measured from 0 to 10000.
	fn as_multi_complete(s: u32, z: u32, ) -> Weight {
		// At least 74_641_000.
		Weight::from_parts(23_554_165, 0)
			.saturating_add(Weight::from_parts(559_727, 0).saturating_mul(s.into()))
			.saturating_add(Weight::from_parts(8_363, 0).saturating_mul(z.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `s` was measured from 2 to 100.
	fn approve_as_multi_create(s: u32, ) -> Weight {
		// At least 28_332_000.
		Weight::from_parts(30_971_554, 0)
			.saturating_add(Weight::from_parts(282_158, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn approve_as_multi_approve(s: u32, ) -> Weight {
		// At least 16_284_000.
		Weight::from_parts(18_012_697, 0)
			.saturating_add(Weight::from_parts(278_254, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn cancel_as_multi(s: u32, ) -> Weight {
		// At least 28_182_000.
		Weight::from_parts(30_457_905, 0)
			.saturating_add(Weight::from_parts(280_848, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `s` was measured from 2 to 100.
	fn poke_deposit(s: u32, ) -> Weight {
		// At least 26_790_000.
		Weight::from_parts(29_036_090, 0)
			.saturating_add(Weight::from_parts(285_908, 0).saturating_mul(s.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
}
