//! Weights of `pallet_balances`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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

/// Weights of `pallet_balances`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_balances::WeightInfo
	for WeightInfo<T, Database>
{
	fn transfer_allow_death() -> Weight {
		// At least 76_273_000.
		Weight::from_parts(79_638_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 60_119_000.
		Weight::from_parts(62_643_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_creating() -> Weight {
		// At least 25_047_000.
		Weight::from_parts(29_414_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_killing() -> Weight {
		// At least 25_748_000.
		Weight::from_parts(27_170_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_transfer() -> Weight {
		// At least 67_890_000.
		Weight::from_parts(70_415_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_all() -> Weight {
		// At least 64_696_000.
		Weight::from_parts(67_240_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_unreserve() -> Weight {
		// At least 21_201_000.
		Weight::from_parts(23_264_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `u` was measured from 1 to 1000.
	fn upgrade_accounts(u: u32, ) -> Weight {
		// At least 21_111_000.
		Weight::from_parts(21_682_000, 0)
			.saturating_add(Weight::from_parts(19_073_669, 0).saturating_mul(u.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(u.into())))
	}
	fn force_adjust_total_issuance() -> Weight {
		// At least 7_001_000.
		Weight::from_parts(7_701_000, 0)
	}
	fn burn_allow_death() -> Weight {
		// At least 40_150_000.
		Weight::from_parts(42_002_000, 0)
	}
	fn burn_keep_alive() -> Weight {
		// At least 26_639_000.
		Weight::from_parts(27_791_000, 0)
	}
}
