//! The node's JSON-RPC: what a full node of this SDK has, and two namespaces of our own.
//!
//! `chain`, `state`, `author`, `chainHead`, `archive` and the like come from the SDK's service; here
//! are those that a node adds itself. All of ours are safe to be called by anybody: they change
//! nothing on chain, and take bounded input.

mod error;
mod inference;
mod tallystick;
mod views;

use crate::{
	inference::Local,
	service::{Backend, Client, Pool, SelectChain},
};
use inference::InferenceApiServer;
use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};
use tallystick::TallystickApiServer;
use tallystick_runtime::{opaque::Block, BlockNumber, Hash};

/// What the RPC asks.
pub struct Deps {
	/// The client.
	pub client: Arc<Client>,
	/// The transaction pool.
	pub pool: Arc<Pool>,
	/// The chain that is built on.
	pub select_chain: SelectChain,
	/// The chain's specification.
	pub chain_spec: Box<dyn sc_chain_spec::ChainSpec>,
	/// Session keys.
	pub keystore: KeystorePtr,
	/// The service keys.
	pub service_keys: KeystorePtr,
	/// Knows the epochs.
	pub babe_handle: BabeWorkerHandle<Block>,
	/// GRANDPA's authorities.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// The state of GRANDPA's rounds.
	pub voter_state: SharedVoterState,
	/// New justifications.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Old justifications.
	pub finality_proofs: Arc<FinalityProofProvider<Backend, Block>>,
	/// What the inference worker left, where it is on.
	pub local: Option<Arc<Local>>,
}

/// The methods that this node adds to the SDK's.
pub fn create(
	deps: &Deps,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let client = deps.client.clone();
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), deps.pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(
		Babe::new(
			client.clone(),
			deps.babe_handle.clone(),
			deps.keystore.clone(),
			deps.select_chain.clone(),
		)
		.into_rpc(),
	)?;
	module.merge(
		Grandpa::new(
			executor,
			deps.authority_set.clone(),
			deps.voter_state.clone(),
			deps.justifications.clone(),
			deps.finality_proofs.clone(),
		)
		.into_rpc(),
	)?;
	module.merge(
		SyncState::new(
			deps.chain_spec.cloned_box(),
			client.clone(),
			deps.authority_set.clone(),
			deps.babe_handle.clone(),
		)?
		.into_rpc(),
	)?;
	module.merge(
		inference::Inference::new(client.clone(), deps.service_keys.clone(), deps.local.clone())
			.into_rpc(),
	)?;
	module.merge(tallystick::Tallystick::new(client, deps.local.clone()).into_rpc())?;
	Ok(module)
}
