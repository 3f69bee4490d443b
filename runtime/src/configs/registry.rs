//! Artifacts, versions, lineage.

use crate::{
	configs::money::{DepositBase, DepositPerByte},
	weights, AccountId, Balance, Balances, Nfts, Runtime, RuntimeHoldReason,
};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, LinearStoragePrice},
};

parameter_types! {
	/// Why an artifact's deposit is held.
	pub const StorageReason: RuntimeHoldReason =
		RuntimeHoldReason::Registry(pallet_registry::HoldReason::Storage);
}

impl pallet_registry::Config for Runtime {
	type Deposit = HoldConsideration<
		AccountId,
		Balances,
		StorageReason,
		LinearStoragePrice<DepositBase, DepositPerByte, Balance>,
	>;
	type Nfts = Nfts;
	type WeightInfo = weights::Registry;
}
