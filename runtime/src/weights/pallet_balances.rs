//! Weights of `pallet_balances`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
		// At least 52_698_000.
		Weight::from_parts(54_941_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 40_961_000.
		Weight::from_parts(42_603_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_creating() -> Weight {
		// At least 21_422_000.
		Weight::from_parts(22_874_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_killing() -> Weight {
		// At least 21_802_000.
		Weight::from_parts(23_345_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_transfer() -> Weight {
		// At least 54_641_000.
		Weight::from_parts(56_684_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_all() -> Weight {
		// At least 50_405_000.
		Weight::from_parts(52_708_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_unreserve() -> Weight {
		// At least 17_646_000.
		Weight::from_parts(18_838_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `u` was measured from 1 to 1000.
	fn upgrade_accounts(u: u32, ) -> Weight {
		// At least 16_935_000.
		Weight::from_parts(17_506_000, 0)
			.saturating_add(Weight::from_parts(15_782_418, 0).saturating_mul(u.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(u.into())))
	}
	fn force_adjust_total_issuance() -> Weight {
		// At least 6_299_000.
		Weight::from_parts(6_891_000, 0)
	}
	fn burn_allow_death() -> Weight {
		// At least 32_789_000.
		Weight::from_parts(34_652_000, 0)
	}
	fn burn_keep_alive() -> Weight {
		// At least 21_632_000.
		Weight::from_parts(22_703_000, 0)
	}
}
