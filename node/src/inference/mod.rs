//! What a node needs to answer jobs: its backends, the store of inputs and outputs, and the
//! storage by which the off-chain worker reaches both.
//!
//! The worker itself is a part of the runtime. It asks for everything through the SDK's off-chain
//! storage; [`NodeStorage`] stands in that place and answers the worker's own keys from here, so
//! that neither secrets nor payloads reach the chain's database or its RPC.

pub mod check;
mod config;
mod local;
mod memory;
mod metrics;
pub mod secrecy;
mod service_keys;
mod storage;
mod store;

pub use config::InferenceConfig;
pub use local::{Local, StopGuard};
pub use service_keys::ServiceKeys;
pub use storage::NodeStorage;
pub use store::PutError;

use sc_service::BasePath;
use std::path::PathBuf;

/// The log target of everything here.
pub const LOG_TARGET: &str = "inference";

/// What errors and logs say where there is no service key.
pub const HOW_TO_INSERT_A_KEY: &str = "Insert it with `tallystick key insert --base-path <PATH> \
	--chain <CHAIN> --scheme sr25519 --key-type tlys --suri <FILE or SECRET>`, or by the RPC \
	author_insertKey, and register it as your provider's service key";

/// Where the inference store of a chain is: beside the chain's database, not in it.
pub fn folder(base_path: &BasePath, chain_id: &str) -> PathBuf {
	base_path.config_dir(chain_id).join("inference")
}
