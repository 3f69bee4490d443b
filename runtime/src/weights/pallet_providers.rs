//! Weights of `pallet_providers`: ESTIMATES by hand, until `scripts/weights.sh` measures them.
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

/// Weights of `pallet_providers`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> pallet_providers::WeightInfo
	for WeightInfo<T, Database>
{
	/// Estimate.
	fn register() -> Weight {
		Weight::from_parts(86_940_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(4))
	}
	/// Estimate.
	fn update() -> Weight {
		Weight::from_parts(54_972_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
	/// Estimate.
	fn leave() -> Weight {
		Weight::from_parts(44_146_000, 0)
			.saturating_add(Database::get().reads(4))
			.saturating_add(Database::get().writes(5))
	}
	/// Estimate.
	fn offer() -> Weight {
		Weight::from_parts(44_386_000, 0)
			.saturating_add(Database::get().reads(7))
			.saturating_add(Database::get().writes(3))
	}
	/// Estimate.
	fn accept_offering() -> Weight {
		Weight::from_parts(38_498_000, 0)
			.saturating_add(Database::get().reads(5))
			.saturating_add(Database::get().writes(2))
	}
	/// Estimate.
	fn withdraw_offering() -> Weight {
		Weight::from_parts(27_881_000, 0)
			.saturating_add(Database::get().reads(3))
			.saturating_add(Database::get().writes(3))
	}
}
