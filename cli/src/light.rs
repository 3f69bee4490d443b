//! A light client in this process: it follows the chain from its specification alone, checks who made
//! and finalized each block, and every answer by a proof against a block's state. Whoever it is
//! connected with can keep silent, and cannot lie.

use crate::output::{Failure, Progress};
use serde_json::Value;
use std::{
	path::Path,
	time::{Duration, Instant},
};
use subxt::{
	lightclient::{ChainConfig, LightClient, LightClientRpc},
	rpcs::{
		client::{RawRpcFuture, RawRpcSubscription, RawValue, RpcClientT},
		rpc_params, Error, RpcClient,
	},
};

/// How long to wait for the chain's head, for the proof from the first block to the last; and for an answer,
/// with its own.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// How long to wait for somebody to ask.
const PATIENCE_ALONE: Duration = Duration::from_secs(30);
/// How old the newest block that is final may be. Whoever keeps silent about newer ones can hide no more
/// than this.
pub const STALE: Duration = Duration::from_secs(60);

/// What is said where nobody proves an answer.
pub const SILENT: &str = "nobody proved an answer to the light client in time";

/// A light client that does not wait for ever for what nobody can prove.
struct Bounded(LightClientRpc);

impl RpcClientT for Bounded {
	fn request_raw<'a>(
		&'a self,
		method: &'a str,
		params: Option<Box<RawValue>>,
	) -> RawRpcFuture<'a, Box<RawValue>> {
		Box::pin(in_time(self.0.request_raw(method, params)))
	}

	fn subscribe_raw<'a>(
		&'a self,
		sub: &'a str,
		params: Option<Box<RawValue>>,
		unsub: &'a str,
	) -> RawRpcFuture<'a, RawRpcSubscription> {
		Box::pin(in_time(self.0.subscribe_raw(sub, params, unsub)))
	}
}

async fn in_time<T>(answer: RawRpcFuture<'_, T>) -> Result<T, Error> {
	let answer = tokio::time::timeout(PATIENCE, answer).await;
	answer.unwrap_or_else(|_| Err(Error::Client(SILENT.into())))
}

/// Starts a light client of the chain that the specification in `spec` describes, and waits until it is
/// at the chain's head. `bootnodes` are asked besides those of the specification.
pub async fn start(spec: &Path, bootnodes: &[String], quiet: bool) -> Result<RpcClient, Failure> {
	let config = ChainConfig::chain_spec(read(spec, bootnodes)?);
	let (_, light) = LightClient::relay_chain(config).map_err(|error| {
		Failure::new(format!("{} is no chain specification: {error}", spec.display()))
			.hint("`tallystick export-chain-spec --chain dev --raw --output FILE` writes one")
	})?;
	let client = RpcClient::new(Bounded(light));
	let progress = Progress::spinner(quiet, "light client: looking for the chain's head");
	let result = wait_for_head(&client, &progress).await;
	progress.done();
	result.map(|()| client)
}

/// The specification, with more bootnodes.
fn read(path: &Path, bootnodes: &[String]) -> Result<String, Failure> {
	let text = std::fs::read_to_string(path)
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
	let mut spec: Value = serde_json::from_str(&text)
		.map_err(|error| Failure::new(format!("{} is not JSON: {error}", path.display())))?;
	let missing = || {
		Failure::new(format!("{} names no node of the chain", path.display()))
			.code("NoBootnode")
			.hint(
				"name one with --bootnode, such as /ip4/127.0.0.1/tcp/30333/p2p/12D3Koo…: a node's log \
				 has its identity",
			)
	};
	let known = spec.get_mut("bootNodes").and_then(Value::as_array_mut).ok_or_else(missing)?;
	known.extend(bootnodes.iter().map(|node| Value::from(node.as_str())));
	if known.is_empty() {
		return Err(missing());
	}
	Ok(spec.to_string())
}

/// Waits until there is somebody to ask, and all that they have was proved.
async fn wait_for_head(client: &RpcClient, progress: &Progress) -> Result<(), Failure> {
	let failed = |error: Error| Failure::new(format!("the light client: {error}"));
	let began_at = Instant::now();
	let mut peers = 0;
	let waits = |peers| began_at.elapsed() < if peers == 0 { PATIENCE_ALONE } else { PATIENCE };
	while waits(peers) {
		let health: Value = client.request("system_health", rpc_params![]).await.map_err(failed)?;
		peers = health["peers"].as_u64().unwrap_or_default();
		if peers > 0 && health["isSyncing"] == false {
			return Ok(());
		}
		progress.say(format!("light client: looking for the chain's head, {peers} peers"));
		tokio::time::sleep(Duration::from_millis(200)).await;
	}
	let words = if peers == 0 {
		"the light client found nobody to ask"
	} else {
		"the light client did not reach the chain's head in time"
	};
	Err(Failure::new(words).code("NoNode").hint(
		"the nodes of the specification, or those of --bootnode, must be reachable, and of the same chain",
	))
}
