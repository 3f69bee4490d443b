//! Providers and their offerings.

use crate::{
	configs::inference::MaxDeadline, units::TLY, weights, Balance, Balances, Inference, Registry,
	Runtime, RuntimeHoldReason,
};
use frame_support::{parameter_types, traits::ConstU32};

parameter_types! {
	/// What a provider bonds.
	pub const ProviderBond: Balance = 100 * TLY;
}

impl pallet_providers::Config for Runtime {
	type Artifacts = Registry;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Lineage;
	type Currency = Balances;
	type MaxDeadline = MaxDeadline;
	type MaxOfferings = ConstU32<64>;
	type MaxProvidersPerVersion = ConstU32<16>;
	type ProviderBond = ProviderBond;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = weights::Providers;
	type Work = Inference;
}
