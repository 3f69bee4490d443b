//! Runs the benchmarks of the runtime and writes its weights: `scripts/weights.sh` calls it.
//!
//! The SDK's own runner, `frame-omni-bencher`, brings RocksDB along and measures no storage. This one has
//! what the weights of this chain need: pallets and extensions (`pallet`), what a block and a transaction
//! cost before they do anything (`overhead`), and what ParityDB takes to read and write (`storage`).

use clap::Parser;
use codec::Encode;
use frame_benchmarking_cli::{BlockCmd, OpaqueBlock, OverheadCmd, PalletCmd, StorageCmd};
use sc_chain_spec::{ChainSpec, ChainType, GenericChainSpec, NoExtension};
use sc_cli::{Result, SubstrateCli};
use sc_executor::WasmExecutor;
use sc_service::{Configuration, TFullBackend, TFullClient};
use serde_json::json;
use sp_io::SubstrateHostFunctions;
use sp_runtime::traits::HashingFor;
use std::sync::Arc;
use tallystick_runtime::{AccountId, Runtime, RuntimeApi, WASM_BINARY};

/// Accounts in the state in which storage is measured, beside those of the preset: a trie that is as
/// deep as a chain's that is used.
const ACCOUNTS: u64 = 500_000;

/// Measures what the runtime does on this machine, and writes it down as weights.
#[derive(Parser)]
enum Command {
	/// Calls, hooks and transaction extensions.
	Pallet(Box<PalletCmd>),
	/// A block, and a transaction, that do nothing.
	Overhead(Box<OverheadCmd>),
	/// A read and a write of ParityDB.
	Storage(Box<StorageCmd>),
	/// Blocks of a chain (--chain SPEC.json --base-path …), executed again: the time of each, and what it
	/// weighs.
	Block(Box<BlockCmd>),
}

/// What the host offers to a runtime with benchmarks in it.
type HostFunctions = (SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);

type Client = TFullClient<OpaqueBlock, RuntimeApi, WasmExecutor<HostFunctions>>;

fn main() -> Result<()> {
	match Command::parse() {
		Command::Pallet(command) => command.run_with_spec::<HashingFor<OpaqueBlock>, ()>(None),
		Command::Overhead(command) => {
			command.run_with_default_builder_and_spec::<OpaqueBlock, ()>(None)
		}
		Command::Storage(command) => {
			Runner.create_runner(&*command)?.sync_run(|config| measure_storage(*command, config))
		}
		Command::Block(command) => {
			Runner.create_runner(&*command)?.sync_run(|config| command.run(open(&config)?.0))
		}
	}
}

fn measure_storage(command: StorageCmd, config: Configuration) -> Result<()> {
	let (client, backend) = open(&config)?;
	let (database, storage) = (backend.expose_db(), backend.expose_storage());
	let cache = backend.expose_shared_trie_cache();
	command.run(config, client, database, storage, cache)
}

/// The chain that `config` names, with its database.
fn open(config: &Configuration) -> Result<(Arc<Client>, Arc<TFullBackend<OpaqueBlock>>)> {
	let executor = WasmExecutor::builder().build();
	let (client, backend, _keystore, _tasks) =
		sc_service::new_full_parts(config, None, executor, Default::default())?;
	Ok((Arc::new(client), backend))
}

/// What the SDK's command line asks for. Only the chain matters.
struct Runner;

impl SubstrateCli for Runner {
	fn impl_name() -> String {
		"tallystick-weights".into()
	}
	fn impl_version() -> String {
		env!("CARGO_PKG_VERSION").into()
	}
	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}
	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}
	fn support_url() -> String {
		String::new()
	}
	fn copyright_start_year() -> i32 {
		2026
	}

	/// The chain of a file, or else the development chain with [`ACCOUNTS`] more accounts.
	fn load_spec(&self, file: &str) -> std::result::Result<Box<dyn ChainSpec>, String> {
		if !file.is_empty() {
			let spec = GenericChainSpec::<NoExtension>::from_json_file(file.into())?;
			return Ok(Box::new(spec));
		}
		let code = WASM_BINARY.ok_or("the runtime was built without its wasm")?;
		let spec = GenericChainSpec::<NoExtension>::builder(code, None)
			.with_chain_type(ChainType::Development)
			.with_genesis_config_preset_name("development")
			.build();
		let mut storage = spec.as_storage_builder().build_storage()?;
		storage.top.extend((0..ACCOUNTS).map(account));
		let genesis = storage
			.top
			.into_iter()
			.map(|(key, value)| (hex(&key), json!(hex(&value))))
			.collect::<serde_json::Map<_, _>>();
		let spec = json!({
			"name": "Weights",
			"id": "weights",
			"chainType": "Development",
			"bootNodes": [],
			"telemetryEndpoints": null,
			"protocolId": null,
			"properties": null,
			"codeSubstitutes": {},
			"genesis": { "raw": { "top": genesis, "childrenDefault": {} } },
		});
		let spec = GenericChainSpec::<NoExtension>::from_json_bytes(spec.to_string().into_bytes())?;
		Ok(Box::new(spec))
	}
}

/// The storage entry of the `n`th account, as `frame_system` keeps it.
fn account(n: u64) -> (Vec<u8>, Vec<u8>) {
	let mut id = [0; 32];
	id[..8].copy_from_slice(&n.to_le_bytes());
	let info = frame_system::AccountInfo {
		providers: 1,
		data: pallet_balances::AccountData { free: 1_000_000_000_000, ..Default::default() },
		..<frame_system::AccountInfo<u32, pallet_balances::AccountData<u128>>>::default()
	};
	(frame_system::Account::<Runtime>::hashed_key_for(AccountId::new(id)), info.encode())
}

fn hex(bytes: &[u8]) -> String {
	sp_core::bytes::to_hex(bytes, false)
}
