//! Weights of `pallet_proxy`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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

/// Weights of `pallet_proxy`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_proxy::WeightInfo
	for WeightInfo<T, Database>
{
	/// `p` was measured from 1 to 31.
	fn proxy(p: u32, ) -> Weight {
		// At least 11_037_000.
		Weight::from_parts(12_866_681, 0)
			.saturating_add(Weight::from_parts(51_070, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn proxy_announced(a: u32, p: u32, ) -> Weight {
		// At least 33_520_000.
		Weight::from_parts(32_515_091, 0)
			.saturating_add(Weight::from_parts(209_064, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(68_146, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn remove_announcement(a: u32, p: u32, ) -> Weight {
		// At least 22_383_000.
		Weight::from_parts(23_002_642, 0)
			.saturating_add(Weight::from_parts(198_378, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(5_571, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn reject_announcement(a: u32, p: u32, ) -> Weight {
		// At least 22_324_000.
		Weight::from_parts(23_379_725, 0)
			.saturating_add(Weight::from_parts(170_185, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(4_342, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn announce(a: u32, p: u32, ) -> Weight {
		// At least 29_624_000.
		Weight::from_parts(31_215_359, 0)
			.saturating_add(Weight::from_parts(184_461, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(29_296, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(2))
	}
	/// `p` was measured from 1 to 31.
	fn add_proxy(p: u32, ) -> Weight {
		// At least 21_663_000.
		Weight::from_parts(22_513_608, 0)
			.saturating_add(Weight::from_parts(50_206, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn remove_proxy(p: u32, ) -> Weight {
		// At least 21_252_000.
		Weight::from_parts(22_081_845, 0)
			.saturating_add(Weight::from_parts(41_832, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn remove_proxies(p: u32, ) -> Weight {
		// At least 21_232_000.
		Weight::from_parts(20_665_446, 0)
			.saturating_add(Weight::from_parts(1_756_543, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn create_pure(p: u32, ) -> Weight {
		// At least 24_366_000.
		Weight::from_parts(25_388_487, 0)
			.saturating_add(Weight::from_parts(19_531, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 0 to 30.
	fn kill_pure(p: u32, ) -> Weight {
		// At least 22_723_000.
		Weight::from_parts(23_564_367, 0)
			.saturating_add(Weight::from_parts(33_447, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn poke_deposit() -> Weight {
		// At least 38_858_000.
		Weight::from_parts(40_781_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
}
