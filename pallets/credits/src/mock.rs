//! A chain with balances, assets, holds on assets, the ledger, credits, and artifacts that tests
//! write.

use crate as pallet_credits;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, ConstU32, ConstU64, Contains, Get, ReservableCurrency,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchResult};
use std::cell::Cell;
use tallystick_primitives::{
	lineage::ArtifactDeposit, ArtifactId, ArtifactInspect, AssetId, Balance, CurrencyId, Digest,
	Share, Split, Tariff, VersionInspect,
};

pub type AccountId = u64;
/// Owns [`MODEL`].
pub const OWNER: AccountId = 1;
pub const BUYER: AccountId = 2;
pub const OTHER: AccountId = 3;
pub const MODEL: ArtifactId = 5;
pub const VERSION: Digest = H256([1; 32]);
pub const TLY: CurrencyId = CurrencyId::Native;
pub const USD: CurrencyId = CurrencyId::WithId(7);
/// The first id that a class gets.
pub const FIRST_PLAN: AssetId = 100;
pub const ED: Balance = 1_000;
pub const FUNDS: Balance = 1_000_000_000;

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
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(4)]
	pub type Ledger = pallet_ledger;
	#[runtime::pallet_index(5)]
	pub type Credits = pallet_credits;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = ED;
	pub const VaultId: PalletId = PalletId(*b"tly/vlt0");
	// Accounts here are short: its first half alone tells it from the vault.
	pub const ClassOwnerId: PalletId = PalletId(*b"crdt/tly");
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetIdAllocator = pallet_assets::AutoIncAssetId<Test>;
	type MetadataDepositBase = ();
	type MetadataDepositPerByte = ();
	type Holder = AssetsHolder;
	type Freezer = ();
}

impl pallet_assets_holder::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeEvent = RuntimeEvent;
}

pub struct NotCredits;
impl Contains<CurrencyId> for NotCredits {
	fn contains(currency: &CurrencyId) -> bool {
		!matches!(currency, CurrencyId::WithId(id) if crate::Plans::<Test>::contains_key(id))
	}
}

impl pallet_ledger::Config for Test {
	type Tokens = UnionOf<Balances, Assets, NativeFromLeft, CurrencyId, AccountId>;
	type AdmitOrigin = EnsureRoot<AccountId>;
	type SpendOrigin = EnsureRoot<AccountId>;
	type MayBeCurrency = NotCredits;
	type MaxCurrencies = ConstU32<4>;
	type VaultId = VaultId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Artifacts;
}

pub struct NextPlanId;
impl Get<Option<AssetId>> for NextPlanId {
	fn get() -> Option<AssetId> {
		pallet_assets::NextAssetId::<Test>::get()
	}
}

impl pallet_credits::Config for Test {
	type Credits = Assets;
	type CreditHolds = AssetsHolder;
	type NextPlanId = NextPlanId;
	type Books = Ledger;
	type Artifacts = Artifacts;
	type ExistentialDeposit = ExistentialDeposit;
	type ClassOwnerId = ClassOwnerId;
	type MinDisputeWindow = ConstU64<2>;
	type MaxDisputeWindow = ConstU64<1_000>;
	type SlotTurn = ConstU64<4>;
	type MaxSlots = ConstU32<100>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Artifacts;
}

thread_local! {
	static SELLABLE: Cell<bool> = const { Cell::new(true) };
	static SERVABLE: Cell<bool> = const { Cell::new(true) };
}

/// One artifact with one version: stands in for the registry, which has tests of its own.
pub struct Artifacts;

impl Artifacts {
	/// What the licence says from now on.
	pub fn set_sellable(sellable: bool) {
		SELLABLE.set(sellable);
	}

	/// Whether the version is still there.
	pub fn set_servable(servable: bool) {
		SERVABLE.set(servable);
	}
}

impl ArtifactInspect<AccountId> for Artifacts {
	fn owner(artifact: ArtifactId) -> Option<AccountId> {
		(artifact == MODEL).then_some(OWNER)
	}
	fn upstream_share(artifact: ArtifactId) -> Option<Share> {
		(artifact == MODEL).then(Share::zero)
	}
	fn split(artifact: ArtifactId) -> Option<Split<AccountId>> {
		Self::owner(artifact).map(|owner| Split { owner, parents: vec![], contributors: vec![] })
	}
	fn ensure_sellable(_: ArtifactId) -> DispatchResult {
		SELLABLE
			.get()
			.then_some(())
			.ok_or(sp_runtime::DispatchError::Other("the licence forbids it"))
	}
	fn ensure_offerable(_: ArtifactId) -> DispatchResult {
		unimplemented!("not used by this pallet")
	}
	fn ensure_plan_allowed(
		artifact: ArtifactId,
		_: &CurrencyId,
		_: Balance,
		_: &Tariff,
	) -> DispatchResult {
		Self::ensure_sellable(artifact)
	}
}

impl VersionInspect for Artifacts {
	fn is_servable(artifact: ArtifactId, version: &Digest) -> bool {
		artifact == MODEL && *version == VERSION && SERVABLE.get()
	}
}

/// A byte costs OWNER a planck.
impl ArtifactDeposit for Artifacts {
	fn store_more(_: ArtifactId, bytes: u64) -> DispatchResult {
		Balances::reserve(&OWNER, bytes.into())
	}
	fn stored_elsewhere(_: ArtifactId) -> u64 {
		Balances::reserved_balance(OWNER).try_into().unwrap()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl tallystick_primitives::lineage::BenchmarkLineage<AccountId> for Artifacts {
	fn artifact_with_parents(_: u32) -> ArtifactId {
		MODEL
	}
	fn artifact_with_ancestors(_: u32, _: u32) -> ArtifactId {
		MODEL
	}
	fn fullest_artifact(_: &CurrencyId) -> ArtifactId {
		MODEL
	}
	fn publish(_: ArtifactId, _: u8) -> Digest {
		VERSION
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl tallystick_primitives::money::BenchmarkMoney<AccountId> for Artifacts {
	fn dearest_currency() -> CurrencyId {
		USD
	}
	fn endow(currency: &CurrencyId, account: &AccountId, amount: Balance) {
		use frame_support::traits::fungibles::Mutate;
		type Tokens = <Test as pallet_ledger::Config>::Tokens;
		Tokens::mint_into(currency.clone(), account, amount).unwrap();
	}
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	Artifacts::set_sellable(true);
	Artifacts::set_servable(true);
	let vault = Ledger::vault_account();
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(OWNER, FUNDS), (BUYER, FUNDS), (OTHER, FUNDS), (vault, ED)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(7, OWNER, true, 1)],
		accounts: vec![(7, BUYER, FUNDS), (7, vault, 1)],
		next_asset_id: Some(FIRST_PLAN),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_ledger::GenesisConfig::<Test> {
		currencies: vec![(TLY, ED), (USD, 10)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test on a new chain, and checks the invariants after it.
pub fn test(run: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		run();
		Ledger::do_try_state().unwrap();
		Credits::do_try_state().unwrap();
	});
}
