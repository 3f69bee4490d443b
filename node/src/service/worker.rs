//! Starts the off-chain workers: with the node's own storage in front of the chain's.

use super::{Backend, Client, Pool};
use crate::inference::{self, InferenceConfig, Local, NodeStorage, StopGuard, LOG_TARGET};
use futures::FutureExt;
use sc_network::service::traits::NetworkService;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{Configuration, Error as ServiceError, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use tallystick_primitives::service_key::KEY_TYPE;
use tallystick_runtime::opaque::Block;

/// Time between looks for entries of the store that are too old.
const SWEEP_INTERVAL: Duration = Duration::from_secs(600);

/// The chain's own off-chain storage.
type ChainStorage = <Backend as sc_client_api::Backend<Block>>::OffchainStorage;

/// What the workers need.
pub struct Params<'a> {
	/// The node's configuration.
	pub config: &'a Configuration,
	/// The backends, where this node answers jobs.
	pub inference: Option<InferenceConfig>,
	/// The client.
	pub client: &'a Arc<Client>,
	/// The chain's own off-chain storage.
	pub chain_storage: Option<ChainStorage>,
	/// The service keys.
	pub service_keys: &'a KeystorePtr,
	/// Where receipts go.
	pub pool: &'a Arc<Pool>,
	/// What workers may ask about the network.
	pub network: &'a Arc<dyn NetworkService>,
	/// Where tasks run.
	pub task_manager: &'a TaskManager,
}

/// An inference worker that is on.
pub struct Worker {
	/// What it shares with the RPC.
	pub local: Arc<Local>,
	/// Ends it. To be kept until the node stops.
	pub stop: StopGuard,
}

/// Starts the off-chain workers, if they are wanted. Returns the inference worker, if there is one.
pub fn start(params: Params) -> Result<Option<Worker>, ServiceError> {
	let Params {
		config,
		inference,
		client,
		chain_storage,
		service_keys,
		pool,
		network,
		task_manager,
	} = params;
	if !config.offchain_worker.enabled {
		return Ok(None);
	}
	let local = inference.map(|inference| open(config, &inference)).transpose()?;
	let runs = Arc::new(());

	let workers = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		keystore: Some(service_keys.clone()),
		offchain_db: chain_storage
			.map(|storage| NodeStorage::new(storage, local.clone(), runs.clone())),
		transaction_pool: Some(OffchainTransactionPoolFactory::new(pool.clone())),
		network_provider: Arc::new(network.clone()),
		is_validator: config.role.is_authority(),
		// Nothing of this runtime goes out where no backend is named.
		enable_http_requests: local.is_some(),
		custom_extensions: |_| Vec::new(),
	});
	let workers = match (workers, &local) {
		(Ok(workers), _) => workers,
		(Err(error), Some(_)) => {
			return Err(ServiceError::Other(format!(
				"the inference worker's HTTP client does not start ({error}): install the system's \
				CA certificates (on Debian the package ca-certificates); they are needed even if \
				all backends are http"
			)))
		}
		(Err(error), None) => {
			log::warn!(
				target: LOG_TARGET,
				"event=worker_off reason=\"the HTTP client does not start\" error={:?}",
				error.to_string()
			);
			return Ok(None);
		}
	};
	task_manager.spawn_handle().spawn(
		"offchain-workers-runner",
		"offchain-worker",
		workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
	);

	Ok(local.map(|local| {
		if service_keys.sr25519_public_keys(KEY_TYPE).is_empty() {
			log::warn!(
				target: LOG_TARGET,
				"event=no_service_key hint={:?}",
				inference::HOW_TO_INSERT_A_KEY
			);
		}
		let swept = local.clone();
		// Removing files blocks.
		task_manager.spawn_handle().spawn_blocking(
			"inference-store-sweep",
			"offchain-worker",
			async move {
				loop {
					tokio::time::sleep(SWEEP_INTERVAL).await;
					swept.sweep();
				}
			},
		);
		Worker { local: local.clone(), stop: StopGuard::new(local, runs) }
	}))
}

fn open(config: &Configuration, inference: &InferenceConfig) -> Result<Arc<Local>, ServiceError> {
	for warning in &inference.warnings {
		log::warn!(target: LOG_TARGET, "event=config_warning message={warning:?}");
	}
	let folder = inference::folder(&config.base_path, config.chain_spec.id());
	let local = Local::open(&folder, inference).map_err(|error| {
		ServiceError::Other(format!(
			"the inference store {} cannot be opened ({error}): make the folder writable for this \
			user, or remove it",
			folder.display()
		))
	})?;
	if let Some(registry) = config.prometheus_registry() {
		local.register(registry)?;
	}
	let names: Vec<_> = inference.backends.iter().map(|backend| backend.name.as_str()).collect();
	log::info!(
		target: LOG_TARGET,
		"event=worker_on backends={} store={folder:?} metrics={}",
		names.join(","),
		config.prometheus_registry().is_some()
	);
	Ok(Arc::new(local))
}
