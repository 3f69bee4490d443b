//! Weights of `pallet_registry`: ESTIMATES by hand, until `scripts/weights.sh` measures them.
//!
//! Times are in picoseconds; reads and writes are those of [`super::paritydb`]. No proofs are made of
//! what this chain executes, so none are sized.

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
	/// Estimate.
	fn register(p: u32, c: u32, ) -> Weight {
		Weight::from_parts(180_000_000, 0)
			.saturating_add(Weight::from_parts(45_000_000, 0).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(500_000, 0).saturating_mul(c.into()))
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().reads((4_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes(13))
			.saturating_add(Database::get().writes((3_u64).saturating_mul(p.into())))
	}
	/// Estimate.
	fn publish() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(Database::get().reads(8))
			.saturating_add(Database::get().writes(8))
	}
	/// Estimate.
	fn confirm_parent() -> Weight {
		Weight::from_parts(45_000_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn update_metadata() -> Weight {
		Weight::from_parts(120_000_000, 0)
			.saturating_add(Database::get().reads(12))
			.saturating_add(Database::get().writes(8))
	}
	/// Estimate.
	fn update_licence() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	/// Estimate.
	fn update_locators() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(4))
	}
	/// Estimate.
	fn set_deprecated() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn withdraw_version() -> Weight {
		Weight::from_parts(40_000_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	/// Estimate.
	fn set_serving() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn request_derivative() -> Weight {
		Weight::from_parts(70_000_000, 0)
			.saturating_add(Database::get().reads(6))
			.saturating_add(Database::get().writes(3))
	}
	/// Estimate.
	fn approve_derivative() -> Weight {
		Weight::from_parts(30_000_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn close_derivative_request() -> Weight {
		Weight::from_parts(55_000_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(3))
	}
	/// Estimate.
	fn offer_gift() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn cancel_gift() -> Weight {
		Weight::from_parts(25_000_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn accept_gift() -> Weight {
		Weight::from_parts(140_000_000, 0)
			.saturating_add(Database::get().reads(13))
			.saturating_add(Database::get().writes(11))
	}
	/// Estimate.
	fn add_contributor() -> Weight {
		Weight::from_parts(80_000_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(4))
	}
	/// Estimate.
	fn renounce_share() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
	/// Estimate.
	fn transfer_share() -> Weight {
		Weight::from_parts(60_000_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(1))
	}
}
