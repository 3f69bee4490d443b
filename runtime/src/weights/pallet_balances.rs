//! Weights of `pallet_balances`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
		// At least 51_847_000.
		Weight::from_parts(53_439_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_keep_alive() -> Weight {
		// At least 40_190_000.
		Weight::from_parts(42_223_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_creating() -> Weight {
		// At least 19_509_000.
		Weight::from_parts(20_881_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_set_balance_killing() -> Weight {
		// At least 19_559_000.
		Weight::from_parts(20_550_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_transfer() -> Weight {
		// At least 53_791_000.
		Weight::from_parts(56_735_000, 0)
			.saturating_add(Database::get().reads(2))
			.saturating_add(Database::get().writes(2))
	}
	fn transfer_all() -> Weight {
		// At least 51_166_000.
		Weight::from_parts(53_840_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn force_unreserve() -> Weight {
		// At least 16_054_000.
		Weight::from_parts(16_955_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	/// `u` was measured from 1 to 1000.
	fn upgrade_accounts(u: u32, ) -> Weight {
		// At least 15_844_000.
		Weight::from_parts(16_164_000, 0)
			.saturating_add(Weight::from_parts(15_656_337, 0).saturating_mul(u.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(u.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(u.into())))
	}
	fn force_adjust_total_issuance() -> Weight {
		// At least 5_258_000.
		Weight::from_parts(5_638_000, 0)
	}
	fn burn_allow_death() -> Weight {
		// At least 31_747_000.
		Weight::from_parts(33_530_000, 0)
	}
	fn burn_keep_alive() -> Weight {
		// At least 21_041_000.
		Weight::from_parts(21_992_000, 0)
	}
}
