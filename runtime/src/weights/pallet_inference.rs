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
		// At least 183_973_000.
		Weight::from_parts(194_653_449, 0)
			.saturating_add(Weight::from_parts(19_553, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(17))
			.saturating_add(Database::get().writes(16))
	}
	fn submit_receipt() -> Weight {
		// At least 153_989_000.
		Weight::from_parts(173_467_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(14))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 72_948_000.
		Weight::from_parts(79_168_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 95_271_000.
		Weight::from_parts(102_312_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(11))
	}
	fn agenda() -> Weight {
		// At least 3_976_000.
		Weight::from_parts(4_346_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 3_776_000.
		Weight::from_parts(4_216_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn lapse() -> Weight {
		// At least 124_544_000.
		Weight::from_parts(136_462_000, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(15))
	}
	fn mature() -> Weight {
		// At least 133_068_000.
		Weight::from_parts(152_997_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 22_954_000.
		Weight::from_parts(24_286_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
}
