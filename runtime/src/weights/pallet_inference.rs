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
		// At least 196_481_000.
		Weight::from_parts(203_536_874, 0)
			.saturating_add(Weight::from_parts(32_713, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(17))
			.saturating_add(Database::get().writes(16))
	}
	/// `b` was measured from 0 to 2560.
	fn feeless_request(b: u32, ) -> Weight {
		// At least 94_049_000.
		Weight::from_parts(109_483_637, 0)
			.saturating_add(Weight::from_parts(3_037, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(14))
	}
	fn submit_receipt() -> Weight {
		// At least 163_292_000.
		Weight::from_parts(178_826_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(14))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 79_137_000.
		Weight::from_parts(85_096_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 101_370_000.
		Weight::from_parts(110_894_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(11))
	}
	fn agenda() -> Weight {
		// At least 3_986_000.
		Weight::from_parts(4_477_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 3_766_000.
		Weight::from_parts(5_187_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn lapse() -> Weight {
		// At least 131_244_000.
		Weight::from_parts(148_641_000, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(15))
	}
	fn mature() -> Weight {
		// At least 137_554_000.
		Weight::from_parts(173_687_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn forget() -> Weight {
		// At least 23_295_000.
		Weight::from_parts(39_318_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
}
