//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
	fn request(b: u32, ) -> Weight {
		// At least 173_217_000.
		Weight::from_parts(196_146_287, 0)
			.saturating_add(Weight::from_parts(1_828, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(12))
	}
	fn submit_receipt() -> Weight {
		// At least 134_120_000.
		Weight::from_parts(146_768_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(12))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 65_878_000.
		Weight::from_parts(72_738_000, 0)
			.saturating_add(Database::get().reads(2))
	}
	fn decline() -> Weight {
		// At least 84_075_000.
		Weight::from_parts(91_435_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(9))
	}
	fn agenda() -> Weight {
		// At least 1_712_000.
		Weight::from_parts(1_943_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 23_675_000.
		Weight::from_parts(27_140_000, 0)
			.saturating_add(Database::get().reads(3))
	}
	fn lapse() -> Weight {
		// At least 119_898_000.
		Weight::from_parts(129_893_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(12))
	}
	fn mature() -> Weight {
		// At least 114_089_000.
		Weight::from_parts(120_008_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 46_889_000.
		Weight::from_parts(50_234_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
}
