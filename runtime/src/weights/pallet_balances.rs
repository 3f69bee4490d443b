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
		// At least 67_090_000.
		Weight::from_parts(69_623_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 52_418_000.
		Weight::from_parts(54_431_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_creating() -> Weight {
		// At least 25_438_000.
		Weight::from_parts(27_040_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_killing() -> Weight {
		// At least 25_878_000.
		Weight::from_parts(27_340_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_transfer() -> Weight {
		// At least 68_402_000.
		Weight::from_parts(70_845_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_all() -> Weight {
		// At least 65_578_000.
		Weight::from_parts(67_960_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_unreserve() -> Weight {
		// At least 21_332_000.
		Weight::from_parts(22_914_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `u` was measured from 1 to 1000.
	fn upgrade_accounts(u: u32, ) -> Weight {
		// At least 21_162_000.
		Weight::from_parts(21_511_000, 0)
			.saturating_add(Weight::from_parts(19_904_024, 0).saturating_mul(u.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(u.into())))
	}
	fn force_adjust_total_issuance() -> Weight {
		// At least 7_120_000.
		Weight::from_parts(7_861_000, 0)
	}
	fn burn_allow_death() -> Weight {
		// At least 40_910_000.
		Weight::from_parts(43_956_000, 0)
	}
	fn burn_keep_alive() -> Weight {
		// At least 27_110_000.
		Weight::from_parts(31_547_000, 0)
	}
}
