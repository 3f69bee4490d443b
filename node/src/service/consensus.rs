//! Authoring with BABE, finality with GRANDPA.

use super::{
	partial::{inherents, BlockImport, JUSTIFICATION_PERIOD},
	Backend, Client, Pool, SelectChain,
};
use sc_consensus_babe::{BabeLink, BabeParams, SlotProportion};
use sc_consensus_grandpa::{GrandpaParams, LinkHalf, SharedVoterState, VotingRulesBuilder};
use sc_network::{
	config::Role, service::traits::NetworkService, types::ProtocolName, NotificationService,
};
use sc_network_sync::SyncingService;
use sc_service::{Error as ServiceError, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;
use tallystick_runtime::{opaque::Block, BlockNumber};

/// The part of a slot that an author may fill with transactions. The rest is for the block to reach
/// and be executed by the next author.
const PROPOSAL_PORTION: f32 = 2.0 / 3.0;
/// How long a GRANDPA message may take through the network. A round takes some of these, so it is
/// well under a slot.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// What author and voter both need.
pub struct Shared<'a> {
	/// The client.
	pub client: Arc<Client>,
	/// The transaction pool.
	pub pool: Arc<Pool>,
	/// The keys of the session.
	pub keystore: KeystorePtr,
	/// How far the node is.
	pub sync: Arc<SyncingService<Block>>,
	/// Telemetry, where it is wanted.
	pub telemetry: Option<TelemetryHandle>,
	/// Where tasks run.
	pub task_manager: &'a TaskManager,
}

/// A node that makes blocks.
pub struct Author {
	/// Whether it does so even when it is alone.
	pub force: bool,
	/// Where it counts.
	pub registry: Option<Registry>,
}

impl Author {
	/// Makes blocks in the slots of the session keys in the keystore.
	pub fn start(
		self,
		shared: &Shared,
		select_chain: SelectChain,
		block_import: BlockImport,
		babe_link: BabeLink<Block>,
	) -> Result<(), ServiceError> {
		let env = sc_basic_authorship::ProposerFactory::new(
			shared.task_manager.spawn_handle(),
			shared.client.clone(),
			shared.pool.clone(),
			self.registry.as_ref(),
			shared.telemetry.clone(),
		);
		let babe = sc_consensus_babe::start_babe(BabeParams {
			keystore: shared.keystore.clone(),
			client: shared.client.clone(),
			select_chain,
			env,
			block_import,
			sync_oracle: shared.sync.clone(),
			justification_sync_link: shared.sync.clone(),
			create_inherent_data_providers: inherents(babe_link.config().slot_duration()),
			force_authoring: self.force,
			backoff_authoring_blocks: None::<()>,
			babe_link,
			block_proposal_slot_portion: SlotProportion::new(PROPOSAL_PORTION),
			max_block_proposal_slot_portion: None,
			telemetry: shared.telemetry.clone(),
		})?;
		shared.task_manager.spawn_essential_handle().spawn_blocking(
			"babe-proposer",
			Some("block-authoring"),
			babe,
		);
		Ok(())
	}
}

/// A node that follows finality, and votes where it has a key.
pub struct Voter {
	/// The name by which others see it.
	pub name: String,
	/// Whether it may have a vote.
	pub role: Role,
	/// Where it counts.
	pub registry: Option<Registry>,
	/// The name of the network protocol.
	pub protocol: ProtocolName,
	/// What comes in by that protocol.
	pub notifications: Box<dyn NotificationService>,
	/// The state of the rounds, for the RPC.
	pub state: SharedVoterState,
}

impl Voter {
	/// Takes part in GRANDPA.
	pub fn start(
		self,
		shared: &Shared,
		link: LinkHalf<Block, Client, SelectChain>,
		network: Arc<dyn NetworkService>,
	) -> Result<(), ServiceError> {
		let config = sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			observer_enabled: false,
			local_role: self.role,
			name: Some(self.name),
			keystore: self.role.is_authority().then(|| shared.keystore.clone()),
			telemetry: shared.telemetry.clone(),
			protocol_name: self.protocol,
		};
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config,
			link,
			network,
			sync: shared.sync.clone(),
			notification_service: self.notifications,
			voting_rule: VotingRulesBuilder::default().build(),
			prometheus_registry: self.registry,
			shared_voter_state: self.state,
			telemetry: shared.telemetry.clone(),
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(shared.pool.clone()),
		})?;
		shared.task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
		Ok(())
	}
}

/// Takes what BABE and GRANDPA remember back by `blocks`, before the chain itself goes back.
pub fn revert_consensus(
	client: Arc<Client>,
	backend: Arc<Backend>,
	blocks: BlockNumber,
) -> sc_cli::Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}
