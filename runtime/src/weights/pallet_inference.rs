//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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
		// At least 214_938_000.
		Weight::from_parts(232_461_366, 0)
			.saturating_add(Weight::from_parts(1_305, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(17))
			.saturating_add(Database::get().writes(16))
	}
	fn submit_receipt() -> Weight {
		// At least 160_337_000.
		Weight::from_parts(172_206_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(14))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 74_821_000.
		Weight::from_parts(81_381_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 96_193_000.
		Weight::from_parts(103_474_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(11))
	}
	fn agenda() -> Weight {
		// At least 3_976_000.
		Weight::from_parts(4_326_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 3_795_000.
		Weight::from_parts(4_226_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn lapse() -> Weight {
		// At least 128_481_000.
		Weight::from_parts(136_602_000, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(15))
	}
	fn mature() -> Weight {
		// At least 131_004_000.
		Weight::from_parts(139_737_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 23_174_000.
		Weight::from_parts(24_587_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
}
