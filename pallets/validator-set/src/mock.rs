//! A runtime with sessions that end when a test says so.

use crate::{self as pallet_validator_set, Event, NoExposure, ValidatorOf};
use codec::Encode;
use core::cell::RefCell;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64},
};
use frame_system::{EnsureRoot, RawOrigin};
use pallet_session::disabling::UpToLimitDisablingStrategy;
use sp_runtime::{
	impl_opaque_keys, testing::UintAuthorityId, traits::OpaqueKeys, BuildStorage, KeyTypeId,
	Perbill, RuntimeAppPublic,
};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type ValidatorSet = pallet_validator_set;
	#[runtime::pallet_index(3)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(4)]
	pub type Historical = pallet_session::historical;
}

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const BOND: u64 = 1_000;
pub const KEY_DEPOSIT: u64 = 10;
pub const BONDING_DURATION: SessionIndex = 5;
pub const MAX_VALIDATORS: u32 = 5;
/// What each account of the tests has, validators at the start included.
pub const ENDOWMENT: u64 = 10_000;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<u64>;
	type Block = Block;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	pub const BondingDuration: SessionIndex = BONDING_DURATION;
}

impl pallet_validator_set::Config for Test {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type Bond = ConstU64<BOND>;
	type BondingDuration = BondingDuration;
	type Currency = Balances;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Sessions = Session;
	type Slashed = ();
	type WeightInfo = ();
}

impl_opaque_keys! {
	pub struct MockKeys {
		pub dummy: UintAuthorityId,
	}
}

impl From<u64> for MockKeys {
	fn from(who: u64) -> Self {
		Self { dummy: UintAuthorityId(who) }
	}
}

thread_local! {
	/// The validators of the session that runs.
	static ACTIVE: RefCell<Vec<AccountId>> = const { RefCell::new(Vec::new()) };
	/// How many times the authorities have changed.
	static CHANGES: RefCell<u32> = const { RefCell::new(0) };
}

pub struct Handler;
impl pallet_session::SessionHandler<AccountId> for Handler {
	const KEY_TYPE_IDS: &'static [KeyTypeId] = &[UintAuthorityId::ID];

	fn on_genesis_session<K: OpaqueKeys>(validators: &[(AccountId, K)]) {
		ACTIVE.with_borrow_mut(|a| *a = validators.iter().map(|v| v.0).collect());
		CHANGES.with_borrow_mut(|c| *c = 0);
	}

	fn on_new_session<K: OpaqueKeys>(
		changed: bool,
		validators: &[(AccountId, K)],
		_: &[(AccountId, K)],
	) {
		ACTIVE.with_borrow_mut(|a| *a = validators.iter().map(|v| v.0).collect());
		CHANGES.with_borrow_mut(|c| *c += u32::from(changed));
	}

	fn on_disabled(_: u32) {}
}

pub struct Never;
impl pallet_session::ShouldEndSession<u64> for Never {
	fn should_end_session(_: u64) -> bool {
		false
	}
}

impl pallet_session::Config for Test {
	type Currency = Balances;
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type KeyDeposit = ConstU64<KEY_DEPOSIT>;
	type Keys = MockKeys;
	type NextSessionRotation = ();
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = Handler;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Self, ValidatorSet>;
	type ShouldEndSession = Never;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ValidatorOf<Self>;
	type WeightInfo = ();
}

impl pallet_session::historical::Config for Test {
	type FullIdentification = ();
	type FullIdentificationOf = NoExposure;
	type RuntimeEvent = RuntimeEvent;
}

/// A chain with validators 1 to `count`, and this floor.
pub struct ExtBuilder {
	pub validators: Vec<AccountId>,
	pub min: u32,
	pub poor: Vec<AccountId>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { validators: vec![1, 2, 3], min: 2, poor: vec![] }
	}
}

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		let keys = self.validators.iter().map(|&v| (v, v, v.into())).collect();
		let accounts = (1..=20).filter(|who| !self.poor.contains(who));
		let storage = RuntimeGenesisConfig {
			system: Default::default(),
			balances: pallet_balances::GenesisConfig {
				balances: accounts.map(|who| (who, ENDOWMENT)).collect(),
				..Default::default()
			},
			validator_set: pallet_validator_set::GenesisConfig {
				validators: self.validators,
				min_validators: self.min,
			},
			session: pallet_session::GenesisConfig { keys, ..Default::default() },
		}
		.build_storage()
		.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs a test, and checks the invariants after it.
	pub fn test(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			ValidatorSet::do_try_state().unwrap();
		});
	}
}

/// Runs a test on three validators and a floor of two.
pub fn test(test: impl FnOnce()) {
	ExtBuilder::default().test(test);
}

/// Admits `who` and gives it session keys.
pub fn candidate(who: AccountId) {
	ValidatorSet::admit(RawOrigin::Root.into(), who).unwrap();
	set_keys(who).unwrap();
}

/// Makes `who` a validator.
pub fn validator(who: AccountId) {
	candidate(who);
	ValidatorSet::join(RawOrigin::Signed(who).into()).unwrap();
}

pub fn set_keys(who: AccountId) -> sp_runtime::DispatchResult {
	let mut keys = MockKeys::from(who);
	let proof = keys.create_ownership_proof(&who.encode()).unwrap().encode();
	Session::set_keys(RawOrigin::Signed(who).into(), keys, proof)
}

/// Ends `n` sessions.
pub fn end_sessions(n: u32) {
	for _ in 0..n {
		System::set_block_number(System::block_number() + 1);
		Session::rotate_session();
	}
}

/// The validators at work.
pub fn active() -> Vec<AccountId> {
	ACTIVE.with_borrow(Clone::clone)
}

/// How many times the authorities have changed.
pub fn changes() -> u32 {
	CHANGES.with_borrow(|c| *c)
}

/// The members of the set, in order.
pub fn members() -> Vec<AccountId> {
	let mut members: Vec<_> = crate::Validators::<Test>::iter_keys().collect();
	members.sort();
	members
}

/// Reports an offence of `who`.
pub fn offence(who: AccountId, percent: u32) {
	let offenders = [OffenceDetails { offender: (who, ()), reporters: vec![] }];
	let fraction = Perbill::from_percent(percent);
	<ValidatorSet as OnOffenceHandler<_, _, _>>::on_offence(
		&offenders,
		&[fraction],
		Session::current_index(),
	);
}

/// The pallet's events so far.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::ValidatorSet(event) => Some(event),
			_ => None,
		})
		.collect()
}
