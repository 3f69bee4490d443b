//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-12-01: 50 steps, 20 repeats.
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

/// Weights of `pallet_inference`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_inference::WeightInfo
	for WeightInfo<T, Database>
{
	/// `b` was measured from 0 to 2560.
	fn request(_b: u32, ) -> Weight {
		// At least 200_868_000.
		Weight::from_parts(218_591_511, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(12))
	}
	fn submit_receipt() -> Weight {
		// At least 146_718_000.
		Weight::from_parts(156_241_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(12))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 72_547_000.
		Weight::from_parts(76_594_000, 0)
			.saturating_add(Database::get().reads(2))
	}
	fn decline() -> Weight {
		// At least 91_816_000.
		Weight::from_parts(97_424_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(9))
	}
	fn agenda() -> Weight {
		// At least 1_742_000.
		Weight::from_parts(1_983_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 23_936_000.
		Weight::from_parts(26_289_000, 0)
			.saturating_add(Database::get().reads(3))
	}
	fn lapse() -> Weight {
		// At least 132_727_000.
		Weight::from_parts(141_250_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(12))
	}
	fn mature() -> Weight {
		// At least 133_358_000.
		Weight::from_parts(143_874_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 51_356_000.
		Weight::from_parts(55_041_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
}
