//! What the node and its subcommands share: client, pool, import queue.

use super::{Backend, Client, Pool, SelectChain};
use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle, ImportQueueParams};
use sc_consensus_grandpa::{GrandpaBlockImport, LinkHalf};
use sc_service::{Configuration, Error as ServiceError, PartialComponents};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider as SlotProvider},
	SlotDuration,
};
use sp_timestamp::InherentDataProvider as TimestampProvider;
use std::sync::Arc;
use tallystick_runtime::{opaque::Block, RuntimeApi};

/// Blocks between the justifications that are kept for warp sync and light clients. Those that
/// change the authorities are always kept.
pub const JUSTIFICATION_PERIOD: u32 = 512;

type GrandpaImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;

/// Imports blocks: BABE's rules around GRANDPA's around the client.
pub type BlockImport = BabeBlockImport<
	Block,
	Client,
	GrandpaImport,
	BabeCreateInherentDataProviders<Block>,
	SelectChain,
>;

/// The ends by which consensus holds on to the import of blocks.
pub struct Consensus {
	/// Where authored blocks go.
	pub block_import: BlockImport,
	/// GRANDPA's view of the import.
	pub grandpa_link: LinkHalf<Block, Client, SelectChain>,
	/// BABE's view of the import.
	pub babe_link: BabeLink<Block>,
	/// Answers questions about epochs.
	pub babe_handle: BabeWorkerHandle<Block>,
}

/// What a running node needs besides the standard components.
pub struct Other {
	/// The ends of consensus.
	pub consensus: Consensus,
	/// Telemetry, where it is wanted.
	pub telemetry: Option<Telemetry>,
}

/// The components of this node.
pub type Components = PartialComponents<
	Client,
	Backend,
	SelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	Pool,
	Other,
>;

/// Opens the chain, without a network.
pub fn new_partial(config: &Configuration) -> Result<Components, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;
	let telemetry_handle = telemetry.as_ref().map(|(_, telemetry)| telemetry.handle());

	let executor = sc_service::new_wasm_executor(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry_handle.clone(),
			executor,
			Vec::new(),
		)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = SelectChain::new(backend.clone());
	let transaction_pool = Arc::new(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;
	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_import.clone(),
		client.clone(),
		inherents(slot_duration),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(transaction_pool.clone()),
	)?;
	let (import_queue, babe_handle) = sc_consensus_babe::import_queue(ImportQueueParams {
		link: babe_link.clone(),
		block_import: block_import.clone(),
		justification_import: Some(Box::new(grandpa_import)),
		client: client.clone(),
		slot_duration,
		spawner: &task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		telemetry: telemetry_handle,
	})?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Other {
			consensus: Consensus { block_import, grandpa_link, babe_link, babe_handle },
			telemetry,
		},
	})
}

/// What a block says of the outside world: the time, and the slot that it falls into.
pub fn inherents(slot_duration: SlotDuration) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |_parent, ()| async move {
		let timestamp = TimestampProvider::from_system_time();
		let slot = SlotProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
		Ok((slot, timestamp))
	})
}
