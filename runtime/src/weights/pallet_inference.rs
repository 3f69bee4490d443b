//! Weights of `pallet_inference`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
	fn register_provider() -> Weight {
		// At least 121_661_000.
		Weight::from_parts(159_017_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	fn update_provider() -> Weight {
		// At least 65_387_000.
		Weight::from_parts(98_216_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	fn leave() -> Weight {
		// At least 65_708_000.
		Weight::from_parts(76_014_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(4))
	}
	fn offer() -> Weight {
		// At least 48_492_000.
		Weight::from_parts(73_600_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(3))
	}
	fn accept_offering() -> Weight {
		// At least 40_971_000.
		Weight::from_parts(43_805_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	fn withdraw_offering() -> Weight {
		// At least 29_003_000.
		Weight::from_parts(30_726_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	/// `b` was measured from 0 to 2560.
	fn request(b: u32, ) -> Weight {
		// At least 130_925_000.
		Weight::from_parts(139_374_288, 0)
			.saturating_add(Weight::from_parts(1_268, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(17))
			.saturating_add(Database::get().writes(16))
	}
	/// `b` was measured from 0 to 2560.
	fn feeless_request(b: u32, ) -> Weight {
		// At least 59_589_000.
		Weight::from_parts(61_871_338, 0)
			.saturating_add(Weight::from_parts(487, 0).saturating_mul(b.into()))
			.saturating_add(Database::get().reads(14))
	}
	fn submit_receipt() -> Weight {
		// At least 121_772_000.
		Weight::from_parts(128_291_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(14))
	}
	fn authorize_submit_receipt() -> Weight {
		// At least 56_234_000.
		Weight::from_parts(59_398_000, 0)
			.saturating_add(Database::get().reads(4))
	}
	fn decline() -> Weight {
		// At least 68_822_000.
		Weight::from_parts(74_340_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(11))
	}
	fn agenda() -> Weight {
		// At least 2_754_000.
		Weight::from_parts(2_994_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(1))
	}
	fn agenda_block() -> Weight {
		// At least 2_544_000.
		Weight::from_parts(2_854_000, 0)
			.saturating_add(Database::get().reads(1))
	}
	fn lapse() -> Weight {
		// At least 129_944_000.
		Weight::from_parts(161_230_000, 0)
			.saturating_add(Database::get().reads(14))
			.saturating_add(Database::get().writes(15))
	}
	fn mature() -> Weight {
		// At least 75_302_000.
		Weight::from_parts(129_353_000, 0)
			.saturating_add(Database::get().reads(11))
			.saturating_add(Database::get().writes(7))
	}
	fn forget() -> Weight {
		// At least 17_165_000.
		Weight::from_parts(24_557_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
}
