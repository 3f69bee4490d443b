//! What things cost: a file for each pallet, measured by `scripts/weights.sh`, and one name for each, so
//! that a file changes without any other.
//!
//! A transaction weighs its base, its extensions and its call. [`overhead`] measures one that does
//! nothing, with its signature and all extensions; so its [base](transaction_base) is that without the
//! time of the extensions, which are counted for themselves.

mod frame_system;
mod frame_system_extensions;
pub mod overhead;
mod pallet_assets;
mod pallet_babe;
mod pallet_balances;
mod pallet_credits;
mod pallet_grandpa;
mod pallet_inference;
mod pallet_ledger;
mod pallet_multisig;
mod pallet_nfts;
mod pallet_provenance;
mod pallet_providers;
mod pallet_proxy;
mod pallet_registry;
mod pallet_royalties;
mod pallet_session;
mod pallet_sudo;
mod pallet_timestamp;
mod pallet_transaction_payment;
mod pallet_utility;
mod pallet_validator_set;
pub mod paritydb;

use crate::Runtime;
use ::frame_system::ExtensionsWeightInfo;
use ::pallet_transaction_payment::WeightInfo;
use frame_support::weights::Weight;

/// `frame_system`.
pub type System = frame_system::WeightInfo<Runtime>;
/// The transaction extensions of `frame_system`.
pub type SystemExtensions = frame_system_extensions::WeightInfo<Runtime>;
/// `pallet_assets`.
pub type Assets = pallet_assets::WeightInfo<Runtime>;
/// `pallet_babe`.
pub type Babe = pallet_babe::WeightInfo<Runtime>;
/// `pallet_balances`.
pub type Balances = pallet_balances::WeightInfo<Runtime>;
/// `pallet_credits`.
pub type Credits = pallet_credits::WeightInfo<Runtime>;
/// `pallet_grandpa`.
pub type Grandpa = pallet_grandpa::WeightInfo<Runtime>;
/// `pallet_inference`.
pub type Inference = pallet_inference::WeightInfo<Runtime>;
/// `pallet_ledger`.
pub type Ledger = pallet_ledger::WeightInfo<Runtime>;
/// `pallet_multisig`.
pub type Multisig = pallet_multisig::WeightInfo<Runtime>;
/// `pallet_nfts`. Nobody can make its calls; what the registry does with NFTs is in the registry's weights.
pub type Nfts = pallet_nfts::WeightInfo<Runtime>;
/// `pallet_provenance`.
pub type Provenance = pallet_provenance::WeightInfo<Runtime>;
/// `pallet_providers`.
pub type Providers = pallet_providers::WeightInfo<Runtime>;
/// `pallet_proxy`.
pub type Proxy = pallet_proxy::WeightInfo<Runtime>;
/// `pallet_registry`.
pub type Registry = pallet_registry::WeightInfo<Runtime>;
/// `pallet_royalties`.
pub type Royalties = pallet_royalties::WeightInfo<Runtime>;
/// `pallet_session`.
pub type Session = pallet_session::WeightInfo<Runtime>;
/// `pallet_sudo`.
pub type Sudo = pallet_sudo::WeightInfo<Runtime>;
/// `pallet_timestamp`.
pub type Timestamp = pallet_timestamp::WeightInfo<Runtime>;
/// `pallet_transaction_payment`.
pub type TransactionPayment = pallet_transaction_payment::WeightInfo<Runtime>;
/// `pallet_utility`.
pub type Utility = pallet_utility::WeightInfo<Runtime>;
/// `pallet_validator_set`.
pub type ValidatorSet = pallet_validator_set::WeightInfo<Runtime>;

/// What a transaction costs beside its call and its extensions.
pub fn transaction_base() -> Weight {
	overhead::TRANSACTION.saturating_sub(extensions_time())
}

/// What the extensions of a signed, mortal transaction with a fee compute, without what they read and
/// write: those are in memory when many transactions are measured.
fn extensions_time() -> Weight {
	type System = frame_system_extensions::WeightInfo<Runtime, ()>;
	type Payment = pallet_transaction_payment::WeightInfo<Runtime, ()>;
	[
		System::check_non_zero_sender(),
		System::check_spec_version(),
		System::check_tx_version(),
		System::check_genesis(),
		System::check_mortality_mortal_transaction(),
		System::check_nonce(),
		System::check_weight(),
		Payment::charge_transaction_payment(),
		System::weight_reclaim(),
	]
	.into_iter()
	.fold(Weight::zero(), Weight::saturating_add)
}
