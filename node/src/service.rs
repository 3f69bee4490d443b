//! Puts the node together: BABE for blocks, GRANDPA for finality, and the inference worker where
//! there is a config for it.

mod consensus;
mod partial;
mod worker;

pub use consensus::revert_consensus;
pub use partial::new_partial;

use crate::{
	inference::{InferenceConfig, ServiceKeys},
	rpc,
};
use partial::{Consensus, Other};
use sc_client_api::{Backend as _, BlockBackend};
use sc_network::{
	config::{FullNetworkConfiguration, NetworkBackendType},
	Litep2pNetworkBackend, NetworkBackend, NetworkWorker,
};
use sc_service::{
	BuildNetworkParams, Configuration, Error as ServiceError, PartialComponents, SpawnTasksParams,
	TaskManager, WarpSyncConfig,
};
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use tallystick_runtime::{opaque::Block, Hash, RuntimeApi};

/// Runs the runtime's wasm, with the host functions that every Substrate chain has, and no others.
pub type Executor = sc_executor::WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The client.
pub type Client = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The chain's database.
pub type Backend = sc_service::TFullBackend<Block>;
/// The chain that is built on: the longest.
pub type SelectChain = sc_consensus::LongestChain<Backend, Block>;
/// The transaction pool.
pub type Pool = sc_transaction_pool::TransactionPoolHandle<Block, Client>;

/// Starts a node. It runs until the task manager is dropped.
pub fn start(
	mut config: Configuration,
	inference: Option<InferenceConfig>,
) -> Result<TaskManager, ServiceError> {
	if inference.is_some() {
		// Who names backends wants them used: validator or not.
		config.offchain_worker.enabled = true;
	}
	match config.network.network_backend {
		NetworkBackendType::Libp2p => start_on::<NetworkWorker<Block, Hash>>(config, inference),
		NetworkBackendType::Litep2p => start_on::<Litep2pNetworkBackend>(config, inference),
	}
}

fn start_on<N: NetworkBackend<Block, Hash>>(
	config: Configuration,
	inference: Option<InferenceConfig>,
) -> Result<TaskManager, ServiceError> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other:
			Other {
				consensus: Consensus { block_import, grandpa_link, babe_link, babe_handle },
				mut telemetry,
			},
	} = new_partial(&config)?;
	let keystore = keystore_container.keystore();
	let service_keys: KeystorePtr = Arc::new(ServiceKeys::new(keystore_container.local_keystore()));

	let registry = config.prometheus_registry().cloned();
	let mut net_config =
		FullNetworkConfiguration::<_, _, N>::new(&config.network, registry.clone());
	let metrics = N::register_notification_metrics(registry.as_ref());
	let genesis = client.block_hash(0)?.ok_or("the chain's database has no genesis block")?;
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
	// Where nobody listens to a protocol, no connection lasts.
	let grandpa_notifications = (!config.disable_grandpa).then(|| {
		let (protocol_config, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
		net_config.add_notification_protocol(protocol_config);
		notifications
	});

	let warp_sync = sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	);
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_sync))),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	let worker = worker::start(worker::Params {
		config: &config,
		inference,
		client: &client,
		chain_storage: backend.offchain_storage(),
		service_keys: &service_keys,
		pool: &transaction_pool,
		network: &network,
		task_manager: &task_manager,
	})?;
	let local = worker.as_ref().map(|worker| worker.local.clone());

	let voter_state = sc_consensus_grandpa::SharedVoterState::empty();
	let rpc_builder = {
		let deps = rpc::Deps {
			client: client.clone(),
			pool: transaction_pool.clone(),
			select_chain: select_chain.clone(),
			chain_spec: config.chain_spec.cloned_box(),
			keystore: keystore.clone(),
			service_keys,
			babe_handle,
			authority_set: grandpa_link.shared_authority_set().clone(),
			voter_state: voter_state.clone(),
			justifications: grandpa_link.justification_stream(),
			finality_proofs: sc_consensus_grandpa::FinalityProofProvider::new_for_service(
				backend.clone(),
				Some(grandpa_link.shared_authority_set().clone()),
			),
			local,
		};
		Box::new(move |executor| rpc::create(&deps, executor).map_err(ServiceError::Application))
	};

	// All that is needed of the configuration after `spawn_tasks` has taken it.
	let author = config
		.role
		.is_authority()
		.then_some(consensus::Author { force: config.force_authoring, registry: registry.clone() });
	let voter = grandpa_notifications.map(|notifications| consensus::Voter {
		name: config.network.node_name.clone(),
		role: config.role,
		registry,
		protocol: grandpa_protocol,
		notifications,
		state: voter_state,
	});

	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore.clone(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let shared = consensus::Shared {
		client,
		pool: transaction_pool,
		keystore,
		sync: sync_service,
		telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
		task_manager: &task_manager,
	};
	if let Some(author) = author {
		author.start(&shared, select_chain, block_import, babe_link)?;
	}
	if let Some(voter) = voter {
		voter.start(&shared, grandpa_link, network)?;
	}

	if let Some(worker) = worker {
		// The last thing to be kept is the first to be dropped.
		task_manager.keep_alive(worker.stop);
	}
	Ok(task_manager)
}
