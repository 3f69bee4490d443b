//! Weights of `pallet_proxy`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 13_560_000.
		Weight::from_parts(15_572_780, 0)
			.saturating_add(Weight::from_parts(48_873, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn proxy_announced(a: u32, p: u32, ) -> Weight {
		// At least 39_318_000.
		Weight::from_parts(40_945_491, 0)
			.saturating_add(Weight::from_parts(105_958, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(55_637, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn remove_announcement(a: u32, p: u32, ) -> Weight {
		// At least 25_278_000.
		Weight::from_parts(27_378_664, 0)
			.saturating_add(Weight::from_parts(85_471, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(34_393, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn reject_announcement(a: u32, p: u32, ) -> Weight {
		// At least 25_558_000.
		Weight::from_parts(26_852_459, 0)
			.saturating_add(Weight::from_parts(112_463, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(35_803, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn announce(a: u32, p: u32, ) -> Weight {
		// At least 35_432_000.
		Weight::from_parts(37_549_385, 0)
			.saturating_add(Weight::from_parts(101_681, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(26_548, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(2))
	}
	/// `p` was measured from 1 to 31.
	fn add_proxy(p: u32, ) -> Weight {
		// At least 23_425_000.
		Weight::from_parts(24_700_873, 0)
			.saturating_add(Weight::from_parts(70_972, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn remove_proxy(p: u32, ) -> Weight {
		// At least 23_645_000.
		Weight::from_parts(27_552_340, 0)
			.saturating_add(Weight::from_parts(13_656, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn remove_proxies(p: u32, ) -> Weight {
		// At least 23_615_000.
		Weight::from_parts(23_300_611, 0)
			.saturating_add(Weight::from_parts(1_906_611, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn create_pure(p: u32, ) -> Weight {
		// At least 27_010_000.
		Weight::from_parts(28_705_300, 0)
			.saturating_add(Weight::from_parts(74_958, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 0 to 30.
	fn kill_pure(p: u32, ) -> Weight {
		// At least 25_147_000.
		Weight::from_parts(26_465_536, 0)
			.saturating_add(Weight::from_parts(69_183, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn poke_deposit() -> Weight {
		// At least 42_724_000.
		Weight::from_parts(44_907_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
}
