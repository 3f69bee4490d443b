//! Artifacts, versions, lineage.

use crate::{
	configs::money::{DepositBase, DepositPerByte},
	time::DAYS,
	weights, AccountId, Balance, Balances, BlockNumber, Nfts, Providers, Royalties, Runtime,
	RuntimeHoldReason,
};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, LinearStoragePrice},
};

parameter_types! {
	/// Why an artifact's deposit is held.
	pub const StorageReason: RuntimeHoldReason =
		RuntimeHoldReason::Registry(pallet_registry::HoldReason::Storage);
	/// Whoever uses a version has a week to move to another one.
	pub const NoticePeriod: BlockNumber = 7 * DAYS;
}

impl pallet_registry::Config for Runtime {
	type DefaultNoticePeriod = NoticePeriod;
	type Deposit = HoldConsideration<
		AccountId,
		Balances,
		StorageReason,
		LinearStoragePrice<DepositBase, DepositPerByte, Balance>,
	>;
	type Nfts = Nfts;
	type ProviderShares = Providers;
	type Royalties = Royalties;
	type WeightInfo = weights::Registry;
}
