//! What each call costs: one name per pallet, so that a benchmarked file takes a place without any
//! other file changing.

use crate::Runtime;

/// `frame_system`.
pub type System = frame_system::weights::SubstrateWeight<Runtime>;
/// The transaction extensions of `frame_system`.
pub type SystemExtensions = frame_system::SubstrateExtensionsWeight<Runtime>;
/// `pallet_assets`.
pub type Assets = pallet_assets::weights::SubstrateWeight<Runtime>;
/// `pallet_babe`: the only weights that the SDK has for it. They count the validators.
pub type Babe = ();
/// `pallet_balances`.
pub type Balances = pallet_balances::weights::SubstrateWeight<Runtime>;
/// `pallet_credits`.
pub type Credits = ();
/// `pallet_grandpa`: the only weights that the SDK has for it. They count the validators.
pub type Grandpa = ();
/// `pallet_inference`.
pub type Inference = ();
/// `pallet_ledger`.
pub type Ledger = ();
/// `pallet_multisig`.
pub type Multisig = pallet_multisig::weights::SubstrateWeight<Runtime>;
/// `pallet_nfts`.
pub type Nfts = pallet_nfts::weights::SubstrateWeight<Runtime>;
/// `pallet_provenance`.
pub type Provenance = ();
/// `pallet_proxy`.
pub type Proxy = pallet_proxy::weights::SubstrateWeight<Runtime>;
/// `pallet_registry`.
pub type Registry = ();
/// `pallet_royalties`.
pub type Royalties = ();
/// `pallet_session`.
pub type Session = pallet_session::weights::SubstrateWeight<Runtime>;
/// `pallet_sudo`.
pub type Sudo = pallet_sudo::weights::SubstrateWeight<Runtime>;
/// `pallet_timestamp`.
pub type Timestamp = pallet_timestamp::weights::SubstrateWeight<Runtime>;
/// `pallet_transaction_payment`.
pub type TransactionPayment = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
/// `pallet_utility`.
pub type Utility = pallet_utility::weights::SubstrateWeight<Runtime>;
/// `pallet_validator_set`.
pub type ValidatorSet = ();
