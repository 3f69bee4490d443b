//! The chains that this binary knows by name. A public chain is a raw specification in a file.

use sc_chain_spec::{ChainSpecExtension, ChainType, Properties};
use serde::{Deserialize, Serialize};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use tallystick_runtime::{opaque::Block, WASM_BINARY};

/// A chain specification of this node.
pub type ChainSpec = sc_chain_spec::GenericChainSpec<Extensions>;

/// By what name the network's protocols are told apart from those of other chains.
const PROTOCOL_ID: &str = "tallystick";
/// The native token, as clients show it.
const TOKEN_SYMBOL: &str = "TLY";
/// Decimal places of the native token.
const TOKEN_DECIMALS: u32 = 12;
/// The generic address format, until one is registered.
const SS58_FORMAT: u32 = 42;

/// What a specification can hold for the client besides genesis.
#[derive(Default, Clone, Debug, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks with known hashes: others at these heights are refused.
	#[serde(default)]
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Blocks that are refused.
	#[serde(default)]
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// Where light clients can start: what `sync_state_genSyncSpec` fills in.
	#[serde(default)]
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// One validator, funded development accounts, blocks as soon as the node runs.
pub fn development() -> Result<ChainSpec, String> {
	known("Tallystick Development", "dev", ChainType::Development, DEV_RUNTIME_PRESET)
}

/// Four validators (Alice, Bob, Charlie, Dave) on one machine or in one network of friends.
pub fn local_testnet() -> Result<ChainSpec, String> {
	known("Tallystick Local Testnet", "local", ChainType::Local, LOCAL_TESTNET_RUNTIME_PRESET)
}

fn known(name: &str, id: &str, kind: ChainType, preset: &str) -> Result<ChainSpec, String> {
	let code = WASM_BINARY.ok_or(
		"this binary was built without the runtime's wasm: build it again without \
		SKIP_WASM_BUILD, or give --chain a raw chain specification",
	)?;
	Ok(ChainSpec::builder(code, Extensions::default())
		.with_name(name)
		.with_id(id)
		.with_chain_type(kind)
		.with_protocol_id(PROTOCOL_ID)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
	properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
	properties.insert("ss58Format".into(), SS58_FORMAT.into());
	properties
}
