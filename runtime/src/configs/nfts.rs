//! Artifacts as NFTs: pallet-nfts, shut but for what the registry does with it.
//!
//! In benchmarks its calls run, to be weighed: with everything on, for collections that are not the
//! registry's.

use crate::{
	time::DAYS, weights, AccountId, Balances, BlockNumber, Runtime, RuntimeEvent, Signature, System,
};
use frame_support::{
	parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU128, ConstU32},
};
use frame_system::EnsureRoot;
use pallet_nfts::{PalletFeature, PalletFeatures};
#[cfg(not(feature = "runtime-benchmarks"))]
use pallet_registry::RegistryLocker;
use sp_runtime::traits::Verify;

parameter_types! {
	/// Trading, swaps, approvals and attributes by their owners stay off: an artifact's split and
	/// licence move with it, so it moves only through our own calls.
	pub Features: PalletFeatures = if cfg!(feature = "runtime-benchmarks") {
		PalletFeatures::all_enabled()
	} else {
		PalletFeatures::from_disabled(
			PalletFeature::Trading |
				PalletFeature::Attributes |
				PalletFeature::Approvals |
				PalletFeature::Swaps
		)
	};
	/// Unused: swaps are off.
	pub const MaxDeadlineDuration: BlockNumber = 30 * DAYS;
}

impl pallet_nfts::Config for Runtime {
	type ApprovalsLimit = ConstU32<1>;
	/// An item's deposit would stay with whoever paid it, wherever the item goes. The registry takes
	/// its own.
	type AttributeDepositBase = ConstU128<0>;
	type BlockNumberProvider = System;
	type CollectionDeposit = ConstU128<0>;
	type CollectionId = u32;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureNever<AccountId>>;
	#[cfg(feature = "runtime-benchmarks")]
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type Currency = Balances;
	type DepositPerByte = ConstU128<0>;
	type Features = Features;
	type ForceOrigin = EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = crate::benchmarks::nfts::Helper;
	type ItemAttributesApprovalsLimit = ConstU32<1>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type ItemDeposit = ConstU128<0>;
	#[cfg(feature = "runtime-benchmarks")]
	type ItemDeposit = crate::benchmarks::nfts::ItemDeposit;
	type ItemId = u32;
	type KeyLimit = ConstU32<64>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type Locker = RegistryLocker<Self>;
	#[cfg(feature = "runtime-benchmarks")]
	type Locker = crate::benchmarks::nfts::OnlyTheRegistrys;
	/// Two, so that one and two can be told apart when they are measured.
	type MaxAttributesPerCall = ConstU32<2>;
	type MaxDeadlineDuration = MaxDeadlineDuration;
	type MaxTips = ConstU32<1>;
	type MetadataDepositBase = ConstU128<0>;
	type OffchainPublic = <Signature as Verify>::Signer;
	type OffchainSignature = Signature;
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<256>;
	type ValueLimit = ConstU32<256>;
	type WeightInfo = weights::Nfts;
}
