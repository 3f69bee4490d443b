//! The native token, assets, and fees.

use crate::{
	units::{deposit, EXISTENTIAL_DEPOSIT, MICRO_TLY, TLY},
	weights, AccountId, AssetId, Assets, AssetsHolder, Balance, Balances, CurrencyId, Runtime,
	RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason, System,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU32, VariantCountOf,
	},
	weights::{ConstantMultiplier, IdentityFee},
};
use frame_system::{EnsureRoot, EnsureSigned};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill};

/// The native token and all assets under one kind of id: to move them.
pub type Tokens = UnionOf<Balances, Assets, NativeFromLeft, CurrencyId, AccountId>;
/// The native token and all assets under one kind of id: to hold them.
pub type Holds = UnionOf<Balances, AssetsHolder, NativeFromLeft, CurrencyId, AccountId>;

parameter_types! {
	/// What an account needs to exist.
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
	/// What a byte of a transaction costs.
	pub const TransactionByteFee: Balance = MICRO_TLY;
	/// Below this fullness of blocks fees fall, above it they rise.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast: a full block raises the fee by some 6 parts in a hundred thousand, so full blocks
	/// double it in about ten hours.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// Fees do not fall below what the weights say, so that on a chain with room to spare they are
	/// the same every day.
	pub MinimumMultiplier: Multiplier = Multiplier::from_u32(1);
	/// Fees rise as long as blocks stay full.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
	/// What an item in storage takes.
	pub const DepositBase: Balance = deposit(1, 0);
	/// What a byte in storage takes.
	pub const DepositPerByte: Balance = deposit(0, 1);
	/// What a class of assets of a user's own takes.
	pub const AssetDeposit: Balance = TLY;
	/// What an account in a class that is not sufficient takes.
	pub const AssetAccountDeposit: Balance = deposit(1, 16);
	/// What an approval takes.
	pub const ApprovalDeposit: Balance = deposit(1, 32);
	/// The names of credit classes are set for an account that nobody holds a key to, and that has no
	/// funds: there is no deposit on them. A name is bounded, and a user's class paid
	/// [`AssetDeposit`].
	pub const MetadataDeposit: Balance = 0;
}

impl pallet_balances::Config for Runtime {
	type AccountStore = System;
	type Balance = Balance;
	type DoneSlashHandler = ();
	type DustRemoval = ();
	type ExistentialDeposit = ExistentialDeposit;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type ReserveIdentifier = [u8; 8];
	type RuntimeEvent = RuntimeEvent;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = weights::Balances;
}

impl pallet_transaction_payment::Config for Runtime {
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;
	/// Fees and tips are burnt: nobody gains from filling blocks.
	type OnChargeTransaction = FungibleAdapter<Balances, ()>;
	type OperationalFeeMultiplier = frame_support::traits::ConstU8<5>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::TransactionPayment;
	type WeightToFee = IdentityFee<Balance>;
}

impl pallet_assets::Config for Runtime {
	type ApprovalDeposit = ApprovalDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type AssetDeposit = AssetDeposit;
	type AssetId = AssetId;
	type AssetIdAllocator = pallet_assets::AutoIncAssetId<Self>;
	type AssetIdParameter = codec::Compact<AssetId>;
	type Balance = Balance;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type CallbackHandle = ();
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type Currency = Balances;
	type Extra = ();
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type MetadataDepositBase = MetadataDeposit;
	type MetadataDepositPerByte = MetadataDeposit;
	type RemoveItemsLimit = ConstU32<1_000>;
	type ReserveData = ();
	type RuntimeEvent = RuntimeEvent;
	type StringLimit = ConstU32<50>;
	type WeightInfo = weights::Assets;
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}
