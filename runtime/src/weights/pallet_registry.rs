//! Weights of `pallet_registry`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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

/// Weights of `pallet_registry`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_registry::WeightInfo
	for WeightInfo<T, Database>
{
	/// `p` was measured from 0 to 16.
	/// `c` was measured from 0 to 16.
	fn register(p: u32, c: u32, ) -> Weight {
		// At least 203_011_000.
		Weight::from_parts(234_572_868, 0)
			.saturating_add(Weight::from_parts(63_069_969, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(13))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn publish() -> Weight {
		// At least 83_284_000.
		Weight::from_parts(86_849_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(8))
	}
	fn confirm_parent() -> Weight {
		// At least 50_184_000.
		Weight::from_parts(60_810_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn update_metadata() -> Weight {
		// At least 183_353_000.
		Weight::from_parts(200_488_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(8))
	}
	fn update_licence() -> Weight {
		// At least 107_549_000.
		Weight::from_parts(116_112_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn update_locators() -> Weight {
		// At least 98_787_000.
		Weight::from_parts(109_773_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn set_deprecated() -> Weight {
		// At least 48_642_000.
		Weight::from_parts(62_613_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn withdraw_version() -> Weight {
		// At least 63_164_000.
		Weight::from_parts(74_661_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn set_serving() -> Weight {
		// At least 55_693_000.
		Weight::from_parts(63_023_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn request_derivative() -> Weight {
		// At least 100_159_000.
		Weight::from_parts(108_291_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(3))
	}
	fn approve_derivative() -> Weight {
		// At least 41_141_000.
		Weight::from_parts(47_831_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn close_derivative_request() -> Weight {
		// At least 81_000_000.
		Weight::from_parts(87_199_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn offer_gift() -> Weight {
		// At least 34_070_000.
		Weight::from_parts(40_460_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_gift() -> Weight {
		// At least 34_161_000.
		Weight::from_parts(40_981_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn accept_gift() -> Weight {
		// At least 199_696_000.
		Weight::from_parts(208_470_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn add_contributor() -> Weight {
		// At least 114_390_000.
		Weight::from_parts(131_104_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(4))
	}
	fn renounce_share() -> Weight {
		// At least 60_870_000.
		Weight::from_parts(72_187_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_share() -> Weight {
		// At least 55_342_000.
		Weight::from_parts(66_609_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
}
