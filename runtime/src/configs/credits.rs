//! Plans and credits.

use crate::{
	configs::money::ExistentialDeposit, time::DAYS, weights, AssetId, Assets, AssetsHolder,
	BlockNumber, Ledger, Registry, Runtime,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
	PalletId,
};

parameter_types! {
	/// The account that owns all classes of credits.
	pub const ClassOwnerId: PalletId = PalletId(*b"tly/crdt");
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
	type ExistentialDeposit = ExistentialDeposit;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Lineage;
	type MaxDisputeWindow = MaxDisputeWindow;
	/// All of a plan's slots at once are well under half of a block.
	type MaxSlots = ConstU32<200>;
	type MinDisputeWindow = MinDisputeWindow;
	type NextPlanId = NextPlanId;
	type SlotTurn = crate::configs::inference::SlotTurn;
	type WeightInfo = weights::Credits;
}
