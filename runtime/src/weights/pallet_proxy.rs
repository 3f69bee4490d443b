//! Weights of `pallet_proxy`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 15_372_000.
		Weight::from_parts(16_452_486, 0)
			.saturating_add(Weight::from_parts(62_148, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn proxy_announced(a: u32, _p: u32, ) -> Weight {
		// At least 45_437_000.
		Weight::from_parts(56_616_993, 0)
			.saturating_add(Weight::from_parts(149_957, 0).saturating_mul(a.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn remove_announcement(a: u32, p: u32, ) -> Weight {
		// At least 30_165_000.
		Weight::from_parts(31_461_954, 0)
			.saturating_add(Weight::from_parts(253_682, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(14_075, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn reject_announcement(a: u32, p: u32, ) -> Weight {
		// At least 29_885_000.
		Weight::from_parts(31_844_061, 0)
			.saturating_add(Weight::from_parts(228_514, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	/// `a` was measured from 0 to 31.
	/// `p` was measured from 1 to 31.
	fn announce(a: u32, p: u32, ) -> Weight {
		// At least 39_239_000.
		Weight::from_parts(41_032_965, 0)
			.saturating_add(Weight::from_parts(252_312, 0).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(53_266, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(2))
	}
	/// `p` was measured from 1 to 31.
	fn add_proxy(p: u32, ) -> Weight {
		// At least 28_742_000.
		Weight::from_parts(29_870_979, 0)
			.saturating_add(Weight::from_parts(73_391, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn remove_proxy(p: u32, ) -> Weight {
		// At least 28_392_000.
		Weight::from_parts(29_593_612, 0)
			.saturating_add(Weight::from_parts(77_680, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn remove_proxies(p: u32, ) -> Weight {
		// At least 28_191_000.
		Weight::from_parts(27_631_375, 0)
			.saturating_add(Weight::from_parts(2_122_082, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 1 to 31.
	fn create_pure(p: u32, ) -> Weight {
		// At least 32_358_000.
		Weight::from_parts(34_036_656, 0)
			.saturating_add(Weight::from_parts(62_054, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `p` was measured from 0 to 30.
	fn kill_pure(p: u32, ) -> Weight {
		// At least 29_914_000.
		Weight::from_parts(31_219_371, 0)
			.saturating_add(Weight::from_parts(68_841, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn poke_deposit() -> Weight {
		// At least 52_017_000.
		Weight::from_parts(54_430_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
}
