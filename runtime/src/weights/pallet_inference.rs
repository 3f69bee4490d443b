//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-11-21: 50 steps, 20 repeats.
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
		// At least 117_966_000.
		Weight::from_parts(122_428_906, 0)
			.saturating_add(Weight::from_parts(1_025, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(17))
			.saturating_add(Database::get().writes(16))
	}
	/// `b` was measured from 0 to 2560.
	fn feeless_request(b: u32, ) -> Weight {
		// At least 51_077_000.
		Weight::from_parts(53_600_152, 0)
			.saturating_add(Weight::from_parts(279, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(14))
	}
	fn submit_receipt() -> Weight {
		// At least 107_671_000.
		Weight::from_parts(114_000_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(14))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 49_634_000.
		Weight::from_parts(51_407_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 62_323_000.
		Weight::from_parts(64_997_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(11))
	}
	fn agenda() -> Weight {
		// At least 2_524_000.
		Weight::from_parts(2_784_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 2_313_000.
		Weight::from_parts(2_533_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn lapse() -> Weight {
		// At least 85_617_000.
		Weight::from_parts(90_305_000, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(15))
	}
	fn mature() -> Weight {
		// At least 79_939_000.
		Weight::from_parts(83_845_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 15_583_000.
		Weight::from_parts(16_504_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
}
