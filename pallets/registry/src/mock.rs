//! A runtime with the real pallet-nfts and pallet-balances. What royalties and inference do is tested
//! with the whole runtime; here stands who had to be asked.

use crate as pallet_registry;
use crate::{HoldReason, RegistryLocker};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::HoldConsideration, AsEnsureOriginWithArg, ConstU128, ConstU32, LinearStoragePrice,
	},
	weights::Weight,
};
use sp_runtime::{
	traits::{IdentityLookup, Verify},
	AccountId32, BuildStorage, DispatchError, MultiSignature,
};
use std::{cell::RefCell, collections::BTreeMap};
use tallystick_primitives::{
	ArtifactId, ArtifactInspect, Balance, ProviderShares, SettleRoyalties, Share, Split,
};
use tallystick_reading::Reading;

pub type AccountId = AccountId32;

pub const ALICE: AccountId = AccountId::new([1; 32]);
pub const BOB: AccountId = AccountId::new([2; 32]);
pub const CAROL: AccountId = AccountId::new([3; 32]);
/// An account without money.
pub const PAUPER: AccountId = AccountId::new([9; 32]);

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(3)]
	pub type Registry = pallet_registry;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Block = frame_system::mocking::MockBlockU32<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

parameter_types! {
	pub Features: pallet_nfts::PalletFeatures = pallet_nfts::PalletFeatures::all_enabled();
}

// Everything of pallet-nfts is on: the tests show that the locker alone keeps the NFTs in place.
impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type Locker = RegistryLocker<Test>;
	type CollectionDeposit = ConstU128<0>;
	type ItemDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type AttributeDepositBase = ConstU128<0>;
	type DepositPerByte = ConstU128<0>;
	type StringLimit = ConstU32<256>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<256>;
	type ApprovalsLimit = ConstU32<4>;
	type ItemAttributesApprovalsLimit = ConstU32<4>;
	type MaxTips = ConstU32<4>;
	type MaxDeadlineDuration = ConstU32<1_000>;
	type MaxAttributesPerCall = ConstU32<4>;
	type Features = Features;
	type OffchainSignature = MultiSignature;
	type OffchainPublic = <MultiSignature as Verify>::Signer;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type WeightInfo = ();
	type BlockNumberProvider = System;
}

thread_local! {
	static SETTLED: RefCell<Vec<(ArtifactId, Split<AccountId>)>> = const { RefCell::new(Vec::new()) };
	static DEAREST: RefCell<BTreeMap<ArtifactId, Share>> = const { RefCell::new(BTreeMap::new()) };
}

/// Stands in for royalties: notes by which split an artifact was settled.
pub struct Settlements;

impl Settlements {
	/// What was settled since the last look, by which split.
	pub fn take() -> Vec<(ArtifactId, Split<AccountId>)> {
		SETTLED.take()
	}
}

impl SettleRoyalties for Settlements {
	fn max_weight() -> Weight {
		Weight::from_parts(1_000, 0)
	}
	fn settle(artifact: ArtifactId) -> Result<Weight, DispatchError> {
		let split = Registry::split(artifact).ok_or(DispatchError::Other("no such artifact"))?;
		SETTLED.with_borrow_mut(|settled| settled.push((artifact, split)));
		Ok(Weight::from_parts(1, 0))
	}
}

/// Stands in for providers: what the dearest provider of an artifact gets.
pub struct Providers;

impl Providers {
	pub fn set(artifact: ArtifactId, percent: u32) {
		let share = Share::from_percent(percent);
		DEAREST.with_borrow_mut(|dearest| dearest.insert(artifact, share));
	}
}

impl ProviderShares for Providers {
	fn dearest(artifact: ArtifactId) -> Share {
		DEAREST.with_borrow(|dearest| dearest.get(&artifact).copied().unwrap_or_default())
	}
}

/// Blocks from a version's withdrawal until it is gone.
pub const NOTICE: u32 = 10;

parameter_types! {
	pub const DepositBase: Balance = 1_000;
	pub const DepositPerByte: Balance = 1;
	pub const StorageHoldReason: RuntimeHoldReason = RuntimeHoldReason::Registry(HoldReason::Storage);
}

impl pallet_registry::Config for Test {
	type Nfts = Nfts;
	type Deposit = HoldConsideration<
		AccountId,
		Balances,
		StorageHoldReason,
		LinearStoragePrice<DepositBase, DepositPerByte, Balance>,
	>;
	type Royalties = Settlements;
	type ProviderShares = Providers;
	type DefaultNoticePeriod = ConstU32<NOTICE>;
	type WeightInfo = ();
}

/// What every account but [`PAUPER`] starts with.
pub const ENDOWMENT: Balance = 1_000_000;

/// A chain at block 1.
pub struct Ext(sp_io::TestExternalities);

pub fn new_test_ext() -> Ext {
	SETTLED.take();
	DEAREST.take();
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: [ALICE, BOB, CAROL].map(|who| (who, ENDOWMENT)).to_vec(),
			..Default::default()
		},
		..Default::default()
	};
	let mut ext = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	ext.execute_with(|| System::set_block_number(1));
	Ext(ext)
}

impl Ext {
	/// The bare externalities, for benchmarks.
	#[cfg(feature = "runtime-benchmarks")]
	pub fn into_inner(self) -> sp_io::TestExternalities {
		self.0
	}

	/// Runs a part of a test.
	pub fn run<R>(&mut self, part: impl FnOnce() -> R) -> R {
		self.0.execute_with(part)
	}

	/// Puts what has changed into the database.
	pub fn commit(&mut self) {
		self.0.commit_all().unwrap();
	}

	/// Runs a part of a test on what was committed, and says what it took to read.
	pub fn read<R>(&mut self, part: impl FnOnce() -> R) -> (R, Reading) {
		Reading::of(&mut self.0, part)
	}

	/// Runs a test, and then checks every invariant.
	pub fn execute_and_check(mut self, test: impl FnOnce()) {
		self.0.execute_with(|| {
			test();
			Registry::do_try_state().unwrap();
		});
	}
}

/// What is held from `who` for storage.
pub fn held(who: &AccountId) -> Balance {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&StorageHoldReason::get(), who)
}
