//! Blocks, accounts, transactions that are not signed by an account.

use crate::{
	filter::CallFilter, weights, AccountId, Block, Hash, Nonce, PalletInfo, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeOrigin, RuntimeTask, TxExtension, UncheckedExtrinsic, VERSION,
};
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::ConstU32,
	weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::{
	generic,
	traits::{AccountIdLookup, TransactionExtension},
	Perbill,
};
use sp_version::RuntimeVersion;

/// The part of a block that normal transactions can take. The rest is for the work that the chain does
/// by itself, jobs and royalties above all, and for operational calls.
const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_perthousand(605);
/// What a block can weigh, in a slot of three seconds. Weights count the worst of everything: a block that is
/// full of one kind of transactions is imported in a third to three quarters of what it weighs, and within a third of
/// the slot (docs/performance.md). No proof goes with a block of this chain.
const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(2_000 * WEIGHT_REF_TIME_PER_MILLIS, u64::MAX);
/// The longest block, in bytes.
const MAX_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;
/// The longest header, in bytes: far more than a change of authorities takes.
const MAX_HEADER_SIZE: u32 = 100 * 1024;

parameter_types! {
	/// How long the hash of a block is known. It bounds how long a mortal transaction lives.
	pub const BlockHashCount: u32 = 2_400;
	/// The runtime's version.
	pub const Version: RuntimeVersion = VERSION;
	/// What a block, and what is in it, can weigh.
	pub RuntimeBlockWeights: BlockWeights = block_weights();
	/// How long blocks can be.
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAX_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |length| {
			*length = NORMAL_DISPATCH_RATIO * MAX_BLOCK_LENGTH
		})
		.max_header_size(MAX_HEADER_SIZE)
		.build();
	/// The prefix of addresses: 42 until one is registered.
	pub const SS58Prefix: u8 = 42;
}

fn block_weights() -> BlockWeights {
	let normal = NORMAL_DISPATCH_RATIO * MAX_BLOCK_WEIGHT;
	BlockWeights::builder()
		.base_block(weights::overhead::BLOCK)
		.for_class(DispatchClass::all(), |class| class.base_extrinsic = weights::transaction_base())
		.for_class(DispatchClass::Normal, |class| class.max_total = Some(normal))
		.for_class(DispatchClass::Operational, |class| {
			class.max_total = Some(MAX_BLOCK_WEIGHT);
			// However full a block is of normal transactions, there is room for these.
			class.reserved = Some(MAX_BLOCK_WEIGHT.saturating_sub(normal));
		})
		.avg_block_initialization(Perbill::from_percent(10))
		.build_or_panic()
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type AccountData = pallet_balances::AccountData<crate::Balance>;
	type AccountId = AccountId;
	type BaseCallFilter = CallFilter;
	type Block = Block;
	type BlockHashCount = BlockHashCount;
	type BlockLength = RuntimeBlockLength;
	type BlockWeights = RuntimeBlockWeights;
	type DbWeight = weights::paritydb::Weight;
	type ExtensionsWeightInfo = weights::SystemExtensions;
	type Hash = Hash;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type MaxConsumers = ConstU32<128>;
	type Nonce = Nonce;
	type SS58Prefix = SS58Prefix;
	type SystemWeightInfo = weights::System;
	type Version = Version;
}

impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

impl<C> frame_system::offchain::CreateTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		generic::UncheckedExtrinsic::new_transaction(call, extension)
	}
}

impl<C> frame_system::offchain::CreateAuthorizedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	/// What is sent with a call that authorizes itself: there is no signer, so no nonce and no tip,
	/// and the call says itself how long it is valid.
	fn create_extension() -> TxExtension {
		tx_extension(0, generic::Era::Immortal, 0)
	}
}

/// The extension of a transaction with this nonce, era and tip.
pub fn tx_extension(nonce: Nonce, era: generic::Era, tip: crate::Balance) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip).into(),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// What a client signs beside the call and the [`tx_extension`] of an immortal transaction, and does
/// not send: the chain with this genesis hash knows it. It is the genesis hash twice: for the chain,
/// and for the era.
pub fn immortal_implicit(
	genesis: Hash,
) -> <TxExtension as TransactionExtension<RuntimeCall>>::Implicit {
	let (spec, format) = (VERSION.spec_version, VERSION.transaction_version);
	((), (), spec, format, genesis, genesis, (), (), (), None, ())
}
