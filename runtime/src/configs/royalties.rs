//! The flow of money up the lineage.

use crate::{configs::system::RuntimeBlockWeights, weights, Ledger, Registry, Runtime};
use frame_support::{parameter_types, traits::ConstU32, weights::Weight};
use pallet_registry::{MAX_CONTRIBUTORS, MAX_PARENTS};
use sp_runtime::Perbill;
use tallystick_primitives::Share;

parameter_types! {
	/// The protocol's share of what a use earns.
	pub const ProtocolFee: Share = Share::from_percent(1);
	/// What of each block distribution may take.
	pub RoyaltiesSlice: Weight = Perbill::from_percent(5) * RuntimeBlockWeights::get().max_block;
}

impl pallet_royalties::Config for Runtime {
	type Artifacts = Registry;
	type Books = Ledger;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Lineage;
	type MaxCurrencies = crate::configs::ledger::MaxCurrencies;
	type MaxParts = ConstU32<{ MAX_PARENTS + MAX_CONTRIBUTORS }>;
	/// So many visits of artifacts with as many parts as there can be fit in a transaction.
	type MaxSteps = ConstU32<32>;
	type ProtocolFee = ProtocolFee;
	type SliceWeight = RoyaltiesSlice;
	type WeightInfo = weights::Royalties;
}
