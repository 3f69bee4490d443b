//! A chain with balances, the ledger, and a lineage that tests write.

use crate as pallet_royalties;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, Everything,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchResult};
use std::{cell::RefCell, collections::BTreeMap};
use tallystick_primitives::{
	ArtifactId, ArtifactInspect, Balance, CurrencyId, SettleRoyalties, Share, Split, Tariff,
};

pub type AccountId = u64;
/// Pays for everything.
pub const PAYER: AccountId = 1;
pub const PROVIDER: AccountId = 2;
pub const CONTRIBUTOR: AccountId = 3;
/// The owner of artifact `n` is `OWNERS + n`.
pub const OWNERS: AccountId = 1_000;
pub const TLY: CurrencyId = CurrencyId::Native;
pub const USD: CurrencyId = CurrencyId::WithId(7);
pub const ED: Balance = 5;
/// Below this an artifact or a payee waits.
pub const THRESHOLD: Balance = 10;
pub const FUNDS: Balance = 1_000_000_000_000;

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
	pub type Ledger = pallet_ledger;
	#[runtime::pallet_index(4)]
	pub type Royalties = pallet_royalties;
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
	pub const ProtocolFee: Share = Share::from_percent(1);
	/// Room for a handful of visits of the largest split.
	pub static SliceWeight: Weight = <() as crate::WeightInfo>::visit(32).saturating_mul(8);
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Holder = ();
	type Freezer = ();
}

impl pallet_ledger::Config for Test {
	type Tokens = UnionOf<Balances, Assets, NativeFromLeft, CurrencyId, AccountId>;
	type AdmitOrigin = EnsureRoot<AccountId>;
	type SpendOrigin = EnsureRoot<AccountId>;
	type MayBeCurrency = Everything;
	type MaxCurrencies = frame_support::traits::ConstU32<4>;
	type VaultId = VaultId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Lineage;
}

impl pallet_royalties::Config for Test {
	type Books = Ledger;
	type Artifacts = Lineage;
	type ProtocolFee = ProtocolFee;
	type SliceWeight = SliceWeight;
	type MaxSteps = frame_support::traits::ConstU32<100>;
	type MaxCurrencies = frame_support::traits::ConstU32<4>;
	type MaxParts = frame_support::traits::ConstU32<32>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Lineage;
}

thread_local! {
	static LINEAGE: RefCell<BTreeMap<ArtifactId, Split<AccountId>>> = Default::default();
}

/// The lineage that a test wrote: stands in for the registry, which has tests of its own.
pub struct Lineage;

impl Lineage {
	/// Registers an artifact with these parents and contributors, in percent.
	pub fn register(
		artifact: ArtifactId,
		parents: &[(ArtifactId, u32)],
		contributors: &[(AccountId, u32)],
	) {
		let split = Split {
			owner: OWNERS + AccountId::from(artifact),
			parents: parents.iter().map(|(id, s)| (*id, Share::from_percent(*s))).collect(),
			contributors: contributors
				.iter()
				.map(|(who, s)| (*who, Share::from_percent(*s)))
				.collect(),
		};
		assert!(split.parents.iter().all(|(parent, _)| *parent < artifact));
		LINEAGE.with_borrow_mut(|lineage| lineage.insert(artifact, split));
	}

	/// Changes an artifact's split as the registry does: it settles the artifact first.
	pub fn change(artifact: ArtifactId, change: impl FnOnce(&mut Split<AccountId>)) {
		<Royalties as SettleRoyalties>::settle(artifact).unwrap();
		LINEAGE.with_borrow_mut(|lineage| change(lineage.get_mut(&artifact).unwrap()));
	}

	/// Forgets an artifact, which the registry never does.
	pub fn forget(artifact: ArtifactId) {
		LINEAGE.with_borrow_mut(|lineage| lineage.remove(&artifact));
	}
}

impl ArtifactInspect<AccountId> for Lineage {
	fn owner(artifact: ArtifactId) -> Option<AccountId> {
		Self::split(artifact).map(|split| split.owner)
	}
	fn upstream_share(artifact: ArtifactId) -> Option<Share> {
		let split = Self::split(artifact)?;
		let parents = split.parents.iter().map(|(_, share)| share.deconstruct());
		let contributors = split.contributors.iter().map(|(_, share)| share.deconstruct());
		Some(Share::from_parts(parents.chain(contributors).sum()))
	}
	fn split(artifact: ArtifactId) -> Option<Split<AccountId>> {
		LINEAGE.with_borrow(|lineage| lineage.get(&artifact).cloned())
	}
	fn ensure_sellable(_: ArtifactId) -> DispatchResult {
		Ok(())
	}
	fn ensure_offerable(_: ArtifactId) -> DispatchResult {
		Ok(())
	}
	fn ensure_plan_allowed(
		_: ArtifactId,
		_: &CurrencyId,
		_: Balance,
		_: &Tariff,
	) -> DispatchResult {
		Ok(())
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl tallystick_primitives::lineage::BenchmarkLineage<AccountId> for Lineage {
	fn artifact_with_parents(parents: u32) -> ArtifactId {
		let all: Vec<_> = (0..parents).map(|parent| (parent, 1)).collect();
		all.iter().for_each(|(parent, _)| Self::register(*parent, &[], &[]));
		Self::register(parents, &all, &[]);
		parents
	}
	fn artifact_with_ancestors(ancestors: u32, others: u32) -> ArtifactId {
		let mut id = 0;
		for length in [others, ancestors + 1] {
			let first = id;
			for _ in 0..length {
				let eldest = first.max(id.saturating_sub(16));
				let parents: Vec<_> = (eldest..id).map(|parent| (parent, 1)).collect();
				Self::register(id, &parents, &[]);
				id += 1;
			}
		}
		id - 1
	}
	fn fullest_artifact(_: &CurrencyId) -> ArtifactId {
		unimplemented!("not used by this pallet")
	}
	fn publish(_: ArtifactId, _: u8) -> tallystick_primitives::Digest {
		unimplemented!("not used by this pallet")
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl tallystick_primitives::money::BenchmarkMoney<AccountId> for Lineage {
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
	LINEAGE.with_borrow_mut(BTreeMap::clear);
	let vault = Ledger::vault_account();
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(PAYER, FUNDS), (vault, ED)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(7, PAYER, true, 1)],
		accounts: vec![(7, PAYER, FUNDS), (7, vault, 1)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_ledger::GenesisConfig::<Test> {
		currencies: vec![(TLY, THRESHOLD), (USD, THRESHOLD)],
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
		check();
	});
}

/// Checks the invariants of all pallets here.
pub fn check() {
	Ledger::do_try_state().unwrap();
	Royalties::do_try_state().unwrap();
}
