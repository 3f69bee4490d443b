//! Who makes blocks, who finalizes them, and what happens to those who cheat.

use crate::{
	time::{EPOCH_DURATION_IN_SLOTS, MILLISECS_PER_BLOCK},
	units::{deposit, TLY},
	weights, AccountId, Babe, Balance, Balances, Historical, Moment, Offences, Runtime,
	RuntimeEvent, RuntimeHoldReason, Session, SessionKeys, ValidatorSet,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64, KeyOwnerProofSystem},
};
use frame_system::EnsureRoot;
use pallet_session::disabling::UpToLimitDisablingStrategy;
use pallet_validator_set::{NoExposure, ValidatorOf};
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_core::crypto::KeyTypeId;
use sp_runtime::traits::OpaqueKeys;
use sp_staking::SessionIndex;

/// How slots are given out: in one of four somebody has a slot by lot. In the others, whose turn it is
/// is drawn as well, so that there is a block in every slot, but nobody knows beforehand by whom.
pub const BABE_GENESIS_EPOCH_CONFIG: BabeEpochConfiguration =
	BabeEpochConfiguration { c: (1, 4), allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots };

/// Authorities there can be: more than a chain with admitted validators will see, few enough for a
/// session change to fit in a block.
pub type MaxAuthorities = ConstU32<100>;

parameter_types! {
	/// Slots of an epoch.
	pub const EpochDuration: u64 = EPOCH_DURATION_IN_SLOTS;
	/// Milliseconds from block to block.
	pub const ExpectedBlockTime: Moment = MILLISECS_PER_BLOCK;
	/// Sessions for which an equivocation can be reported: a week.
	pub const BondingDuration: SessionIndex = 7 * 24 * 6;
	/// The same in blocks.
	pub const ReportLongevity: u64 = BondingDuration::get() as u64 * EpochDuration::get();
	/// The same in sets of GRANDPA authorities, of which a session has one at most.
	pub const MaxSetIdSessionEntries: u64 = BondingDuration::get() as u64;
	/// What a validator bonds.
	pub const Bond: Balance = 1_000 * TLY;
	/// Two keys with their owners.
	pub const KeyDeposit: Balance = deposit(3, 4 * 32 + 64);
}

impl pallet_timestamp::Config for Runtime {
	type MinimumPeriod = ConstU64<{ MILLISECS_PER_BLOCK / 2 }>;
	type Moment = Moment;
	type OnTimestampSet = Babe;
	type WeightInfo = weights::Timestamp;
}

impl pallet_babe::Config for Runtime {
	type DisabledValidators = Session;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type EpochDuration = EpochDuration;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type ExpectedBlockTime = ExpectedBlockTime;
	type KeyOwnerProof =
		<Historical as KeyOwnerProofSystem<(KeyTypeId, pallet_babe::AuthorityId)>>::Proof;
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type WeightInfo = weights::Babe;
}

impl pallet_grandpa::Config for Runtime {
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type KeyOwnerProof =
		<Historical as KeyOwnerProofSystem<(KeyTypeId, pallet_grandpa::AuthorityId)>>::Proof;
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::Grandpa;
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = ();
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
}

impl pallet_validator_set::Config for Runtime {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type Bond = Bond;
	type BondingDuration = BondingDuration;
	type Currency = Balances;
	type MaxValidators = MaxAuthorities;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Sessions = Session;
	type Slashed = ();
	type WeightInfo = weights::ValidatorSet;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type KeyDeposit = KeyDeposit;
	type Keys = SessionKeys;
	type NextSessionRotation = Babe;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Self, ValidatorSet>;
	type ShouldEndSession = Babe;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ValidatorOf<Self>;
	type WeightInfo = weights::Session;
}

impl pallet_session::historical::Config for Runtime {
	type FullIdentification = ();
	type FullIdentificationOf = NoExposure;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_offences::Config for Runtime {
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = ValidatorSet;
	type RuntimeEvent = RuntimeEvent;
}
