//! Plans and credits.

use crate::{
	configs::money::{DepositBase, DepositPerByte, ExistentialDeposit},
	time::DAYS,
	weights, AccountId, AssetId, Assets, AssetsHolder, Balance, Balances, BlockNumber, Ledger,
	Registry, Runtime, RuntimeHoldReason,
};
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, ConstU32, Get, LinearStoragePrice},
	PalletId,
};

parameter_types! {
	/// The account that owns all classes of credits.
	pub const ClassOwnerId: PalletId = PalletId(*b"tly/crdt");
	/// Why a plan's deposit is held.
	pub const PlanReason: RuntimeHoldReason =
		RuntimeHoldReason::Credits(pallet_credits::HoldReason::PlanDeposit);
	/// A charge can not be gone before anybody saw it.
	pub const MinDisputeWindow: BlockNumber = 2;
	/// Nor kept from those who earned it for ever.
	pub const MaxDisputeWindow: BlockNumber = 30 * DAYS;
}

/// The id that pallet-assets gives out next.
pub struct NextPlanId;

impl Get<Option<AssetId>> for NextPlanId {
	fn get() -> Option<AssetId> {
		pallet_assets::NextAssetId::<Runtime>::get()
	}
}

impl pallet_credits::Config for Runtime {
	type Artifacts = Registry;
	type Books = Ledger;
	type ClassOwnerId = ClassOwnerId;
	type CreditHolds = AssetsHolder;
	type Credits = Assets;
	type Deposit = HoldConsideration<
		AccountId,
		Balances,
		PlanReason,
		LinearStoragePrice<DepositBase, DepositPerByte, Balance>,
	>;
	type ExistentialDeposit = ExistentialDeposit;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Lineage;
	type MaxDisputeWindow = MaxDisputeWindow;
	/// All of a plan's slots at once are well under half of a block.
	type MaxSlots = ConstU32<200>;
	type MinDisputeWindow = MinDisputeWindow;
	type NextPlanId = NextPlanId;
	type WeightInfo = weights::Credits;
}
