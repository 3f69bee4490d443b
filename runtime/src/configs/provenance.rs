//! Anchors.

use crate::{
	units::{MICRO_TLY, MILLI_TLY},
	weights, Balance, Ledger, Runtime, Timestamp,
};
use frame_support::parameter_types;

parameter_types! {
	/// What an anchor costs, once: five times the deposit for an item in storage, because it never
	/// goes.
	pub const AnchorBasePrice: Balance = 50 * MILLI_TLY;
	/// What a byte of its strings costs: five times the deposit for a byte.
	pub const AnchorBytePrice: Balance = 500 * MICRO_TLY;
}

impl pallet_provenance::Config for Runtime {
	type BasePrice = AnchorBasePrice;
	type Books = Ledger;
	type BytePrice = AnchorBytePrice;
	#[cfg(feature = "runtime-benchmarks")]
	type Currency = crate::Balances;
	type Time = Timestamp;
	type WeightInfo = weights::Provenance;
}
