//! A runtime with the real pallet-balances, a clock, a keystore, and books with one bucket.

use crate as pallet_provenance;
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::Preservation,
		ConstU128, ConstU32, ConstU64, Time,
	},
};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::IdentityLookup, AccountId32, BuildStorage, DispatchError, DispatchResult,
};
use tallystick_primitives::{Balance, Books, Bucket, CurrencyId, ExitOutcome};
use tallystick_reading::Reading;

pub type AccountId = AccountId32;

pub const ALICE: AccountId = AccountId::new([1; 32]);
pub const BOB: AccountId = AccountId::new([2; 32]);
/// An account without money.
pub const PAUPER: AccountId = AccountId::new([9; 32]);
/// Where the books keep the price of anchors.
pub const VAULT: AccountId = AccountId::new([255; 32]);

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
	pub type Provenance = pallet_provenance;
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
	/// What the clock says: milliseconds since the Unix epoch.
	pub static Now: u64 = 1_700_000_000_000;
}

/// A clock that tests set.
pub struct Clock;

impl Time for Clock {
	type Moment = u64;

	fn now() -> u64 {
		Now::get()
	}
}

/// Books that know the treasury and the native token alone.
pub struct TreasuryBooks;

impl Books<AccountId> for TreasuryBooks {
	fn enter(
		currency: &CurrencyId,
		from: &AccountId,
		bucket: &Bucket<AccountId>,
		amount: Balance,
	) -> DispatchResult {
		assert_eq!((currency, bucket), (&CurrencyId::Native, &Bucket::Treasury));
		Balances::transfer(from, &VAULT, amount, Preservation::Preserve).map(|_| ())
	}

	fn shift(
		_: &CurrencyId,
		_: &Bucket<AccountId>,
		_: &Bucket<AccountId>,
		_: Balance,
	) -> DispatchResult {
		unimplemented!("anchors only pay")
	}

	fn exit(
		_: &CurrencyId,
		_: &Bucket<AccountId>,
		_: &AccountId,
		_: Balance,
	) -> Result<ExitOutcome, DispatchError> {
		unimplemented!("anchors only pay")
	}

	fn balance(_: &CurrencyId, _: &Bucket<AccountId>) -> Balance {
		Balances::balance(&VAULT)
	}

	fn is_usable(currency: &CurrencyId) -> bool {
		*currency == CurrencyId::Native
	}

	fn threshold(_: &CurrencyId) -> Option<Balance> {
		unimplemented!("anchors only pay")
	}
}

pub const BASE_PRICE: Balance = 1_000;
pub const BYTE_PRICE: Balance = 10;
pub const ENTRY_PRICE: Balance = 100;
pub const RESERVATION_DEPOSIT: Balance = 70;
pub const RESERVATION_AGE: u32 = 10;
pub const MAX_RESERVATIONS: u32 = 3;
pub const KEY_DEPOSIT: Balance = 300;
/// A year, in milliseconds.
pub const MAX_KEY_TERM: u64 = 365 * 24 * 3_600 * 1_000;

impl pallet_provenance::Config for Test {
	type Books = TreasuryBooks;
	type Time = Clock;
	type BasePrice = ConstU128<BASE_PRICE>;
	type BytePrice = ConstU128<BYTE_PRICE>;
	type EntryPrice = ConstU128<ENTRY_PRICE>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type ReservationDeposit = ConstU128<RESERVATION_DEPOSIT>;
	type ReservationAge = ConstU32<RESERVATION_AGE>;
	type MaxReservations = ConstU32<MAX_RESERVATIONS>;
	type KeyDeposit = ConstU128<KEY_DEPOSIT>;
	type MaxKeyTerm = ConstU64<MAX_KEY_TERM>;
	type WeightInfo = ();
}

/// What every account but [`PAUPER`] starts with.
pub const ENDOWMENT: Balance = 10_000_000;

/// A chain at block 1.
pub struct Ext(sp_io::TestExternalities);

pub fn new_test_ext() -> Ext {
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: [ALICE, BOB].map(|who| (who, ENDOWMENT)).to_vec(),
			..Default::default()
		},
		..Default::default()
	};
	let mut ext = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
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
			Provenance::do_try_state().unwrap();
		});
	}
}
