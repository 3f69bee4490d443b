//! Weights of `pallet_registry`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
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

/// Weights of `pallet_registry`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_registry::WeightInfo
	for WeightInfo<T, Database>
{
	/// `p` was measured from 0 to 16.
	/// `c` was measured from 0 to 16.
	fn register(p: u32, c: u32, ) -> Weight {
		// At least 214_969_000.
		Weight::from_parts(223_706_989, 0)
			.saturating_add(Weight::from_parts(80_550_679, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(256_352, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(13))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	fn publish() -> Weight {
		// At least 99_267_000.
		Weight::from_parts(105_317_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(8))
	}
	fn confirm_parent() -> Weight {
		// At least 59_869_000.
		Weight::from_parts(70_915_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn update_metadata() -> Weight {
		// At least 213_757_000.
		Weight::from_parts(230_933_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(8))
	}
	fn update_licence() -> Weight {
		// At least 131_635_000.
		Weight::from_parts(150_032_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn update_locators() -> Weight {
		// At least 118_195_000.
		Weight::from_parts(140_478_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	fn set_deprecated() -> Weight {
		// At least 53_199_000.
		Weight::from_parts(63_884_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn withdraw_version() -> Weight {
		// At least 76_794_000.
		Weight::from_parts(96_303_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn set_serving() -> Weight {
		// At least 62_102_000.
		Weight::from_parts(95_702_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	fn request_derivative() -> Weight {
		// At least 117_965_000.
		Weight::from_parts(150_543_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(3))
	}
	fn approve_derivative() -> Weight {
		// At least 41_802_000.
		Weight::from_parts(48_693_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn close_derivative_request() -> Weight {
		// At least 90_605_000.
		Weight::from_parts(102_142_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	fn offer_gift() -> Weight {
		// At least 43_365_000.
		Weight::from_parts(52_037_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn cancel_gift() -> Weight {
		// At least 44_246_000.
		Weight::from_parts(49_764_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	fn accept_gift() -> Weight {
		// At least 236_601_000.
		Weight::from_parts(260_557_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(12))
	}
	fn add_contributor() -> Weight {
		// At least 156_192_000.
		Weight::from_parts(182_350_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(4))
	}
	fn renounce_share() -> Weight {
		// At least 73_048_000.
		Weight::from_parts(88_561_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
	fn transfer_share() -> Weight {
		// At least 70_445_000.
		Weight::from_parts(87_159_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(1))
	}
}
