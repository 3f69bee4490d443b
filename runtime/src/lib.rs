//! The Tallystick runtime: composition only. What a pallet does is in the pallet; here is which
//! pallets there are, how they are joined, and what the outside sees of them.
//!
//! - [`configs`]: the pallets' settings, one file per concern;
//! - [`filter`]: the calls that nobody may make directly;
//! - [`apis`]: what a node asks of the runtime;
//! - [`genesis`]: the states that a chain can start from;
//! - [`invariants`]: what has to be true of a state;
//! - [`weights`]: what each call costs;
//! - `allocator`: where the runtime's memory comes from, in Wasm.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

#[cfg(any(target_family = "wasm", test))]
mod allocator;
pub mod apis;
pub mod configs;
pub mod filter;
pub mod genesis;
pub mod invariants;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[cfg(test)]
mod tests;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

#[cfg(feature = "std")]
pub use apis::RuntimeApi;
pub use sp_consensus_babe::AuthorityId as BabeId;
pub use sp_consensus_grandpa::AuthorityId as GrandpaId;
pub use tallystick_primitives::{AssetId, Balance, CurrencyId};

/// A block's number.
pub type BlockNumber = u32;
/// The count of transactions that an account signed.
pub type Nonce = u32;
/// A hash.
pub type Hash = sp_core::H256;
/// A signature by any of the key types that accounts have.
pub type Signature = MultiSignature;
/// An account.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How accounts are named in calls of the SDK's pallets.
pub type Address = MultiAddress<AccountId, ()>;
/// A time in milliseconds since the Unix epoch.
pub type Moment = u64;

/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A transaction or an inherent.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its signature checked off.
pub type SignedBlock = generic::SignedBlock<Block>;
/// What a signature signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// What is checked of, and charged for, each transaction. Every part is zero-size on the wire or known
/// to stock clients.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_skip_feeless_payment::SkipCheckIfFeeless<
		Runtime,
		pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// Executes blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types by which a node handles blocks without knowing what is in them.
pub mod opaque {
	use super::*;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// A block's header.
	pub type Header = super::Header;
	/// A block whose extrinsics are bytes.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// A block, by number or hash.
	pub type BlockId = generic::BlockId<Block>;
}

impl_opaque_keys! {
	/// The keys of a validator.
	pub struct SessionKeys {
		pub babe: Babe,
		pub grandpa: Grandpa,
	}
}

/// The runtime's version. `spec_version` goes up with every release that changes what a block does,
/// `transaction_version` with every change of how a transaction is encoded.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("tallystick"),
	impl_name: Cow::Borrowed("tallystick"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Units of the native token.
pub mod units {
	use super::Balance;

	/// The smallest unit of the native token.
	pub const PLANCK: Balance = 1;
	/// A millionth of a TLY.
	pub const MICRO_TLY: Balance = 1_000_000 * PLANCK;
	/// A thousandth of a TLY.
	pub const MILLI_TLY: Balance = 1_000 * MICRO_TLY;
	/// The native token: 12 decimals.
	pub const TLY: Balance = 1_000 * MILLI_TLY;

	/// What an account needs to exist.
	pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_TLY;

	/// What is held or reserved for `items` of storage with `bytes` of content, until they are
	/// removed.
	pub const fn deposit(items: u32, bytes: u32) -> Balance {
		items as Balance * 10 * MILLI_TLY + bytes as Balance * 100 * MICRO_TLY
	}
}

/// Time, in blocks and slots.
pub mod time {
	use super::{BlockNumber, Moment};

	/// The length of a slot.
	pub const MILLISECS_PER_BLOCK: Moment = 3_000;
	/// The slots of an epoch, which is a session. It can not be changed after genesis.
	pub const EPOCH_DURATION_IN_SLOTS: u64 = 10 * MINUTES as u64;

	/// A minute, in blocks.
	pub const MINUTES: BlockNumber = 60_000 / (MILLISECS_PER_BLOCK as BlockNumber);
	/// An hour, in blocks.
	pub const HOURS: BlockNumber = 60 * MINUTES;
	/// A day, in blocks.
	pub const DAYS: BlockNumber = 24 * HOURS;
}

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
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	/// Before the session pallet, which asks it whether a session ends.
	#[runtime::pallet_index(2)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(3)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(4)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(5)]
	pub type TransactionPayment = pallet_transaction_payment;
	/// Before the session pallet, whose genesis asks it for the validators.
	#[runtime::pallet_index(6)]
	pub type ValidatorSet = pallet_validator_set;
	#[runtime::pallet_index(7)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(8)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(9)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(10)]
	pub type Grandpa = pallet_grandpa;

	#[runtime::pallet_index(15)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(16)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(17)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(18)]
	pub type Sudo = pallet_sudo;
	#[runtime::pallet_index(19)]
	pub type SkipFeeless = pallet_skip_feeless_payment;

	#[runtime::pallet_index(20)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(21)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(22)]
	pub type Nfts = pallet_nfts;

	#[runtime::pallet_index(30)]
	pub type Ledger = pallet_ledger;
	/// After pallet-nfts, in which its genesis makes the collection.
	#[runtime::pallet_index(31)]
	pub type Registry = pallet_registry;
	#[runtime::pallet_index(32)]
	pub type Provenance = pallet_provenance;
	#[runtime::pallet_index(33)]
	pub type Credits = pallet_credits;
	#[runtime::pallet_index(34)]
	pub type Royalties = pallet_royalties;
	#[runtime::pallet_index(35)]
	pub type Inference = pallet_inference;
	#[runtime::pallet_index(36)]
	pub type Providers = pallet_providers;
}
