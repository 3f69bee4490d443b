//! A chain with balances, assets and the ledger.

use crate as pallet_ledger;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{NativeFromLeft, UnionOf},
		AsEnsureOriginWithArg, Contains,
	},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use sp_runtime::{traits::IdentityLookup, BuildStorage};
use tallystick_primitives::{Balance, CurrencyId};

pub type AccountId = u64;
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
/// An account that does not exist.
pub const NOBODY: AccountId = 99;
/// An asset with a minimum balance of 10, issued by ALICE, held by ALICE and BOB.
pub const USD: CurrencyId = CurrencyId::WithId(7);
pub const TLY: CurrencyId = CurrencyId::Native;
/// An asset that can never be a currency.
pub const CREDIT: CurrencyId = CurrencyId::WithId(1_000);
pub const ED: Balance = 5;

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
	pub type NativeBalances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Ledger = pallet_ledger;
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
	type Currency = NativeBalances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Holder = ();
	type Freezer = ();
}

pub struct NotCredits;
impl Contains<CurrencyId> for NotCredits {
	fn contains(currency: &CurrencyId) -> bool {
		*currency != CREDIT
	}
}

impl pallet_ledger::Config for Test {
	type Tokens = UnionOf<NativeBalances, Assets, NativeFromLeft, CurrencyId, AccountId>;
	type AdmitOrigin = EnsureRoot<AccountId>;
	type SpendOrigin = EnsureRoot<AccountId>;
	type MayBeCurrency = NotCredits;
	type MaxCurrencies = frame_support::traits::ConstU32<4>;
	type VaultId = VaultId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Money;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Money;

#[cfg(feature = "runtime-benchmarks")]
impl tallystick_primitives::money::BenchmarkMoney<AccountId> for Money {
	fn dearest_currency() -> CurrencyId {
		USD
	}
	fn endow(currency: &CurrencyId, account: &AccountId, amount: Balance) {
		use frame_support::traits::fungibles::Mutate;
		type Tokens = <Test as pallet_ledger::Config>::Tokens;
		Tokens::mint_into(currency.clone(), account, amount).unwrap();
	}
}

/// The ledger with two admitted currencies. ALICE and BOB hold 1,000 of each.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let vault = Ledger::vault_account();
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(ALICE, 1_000), (BOB, 1_000), (vault, ED)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(7, ALICE, true, 10), (1_000, ALICE, true, 1)],
		accounts: vec![(7, ALICE, 1_000), (7, BOB, 1_000), (7, vault, 10)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_ledger::GenesisConfig::<Test> {
		currencies: vec![(TLY, 10), (USD, 20)],
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
	});
}
