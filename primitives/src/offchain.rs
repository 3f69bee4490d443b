//! The off-chain worker's local store: its keys, and what the node answers under them.
//!
//! The worker runs as a part of the runtime, so it asks for everything through the SDK's off-chain
//! storage. The node puts its own store in that place: what is secret or large is answered from
//! memory or from files of its own, never from the chain's database.

use crate::{commitment::Salt, ArtifactId, Digest, EndpointKind, JobId};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};

/// SCALE of `Vec<Backend>`: the backends of the node's inference config, API keys included. Answered
/// from memory.
pub const BACKENDS: &[u8] = b"tallystick/backends";
/// The lease of the long run. See `pallet-inference`.
pub const LEASE: &[u8] = b"tallystick/lease";
/// The newest block at which a run of the worker has begun.
pub const HEAD: &[u8] = b"tallystick/head";
/// Where the worker puts one [`Observation`](crate::observation::Observation) after the other. The node
/// counts it and forgets it: nothing can be read here. A node that does not know this key keeps the
/// last one in memory, and makes nothing of it.
pub const OBSERVATION: &[u8] = b"tallystick/observation";
const QUEUE: &[u8] = b"tallystick/queue/";
const JOURNAL: &[u8] = b"tallystick/journal/";
/// What stands before the request commitment in the key of an [`Input`].
pub const INPUT: &[u8] = b"tallystick/input/";
/// What stands before the job in the key of an [`Output`].
pub const OUTPUT: &[u8] = b"tallystick/output/";
const LOCK: &[u8] = b"tallystick/lock/";
/// What stands before the job in the key of a signed receipt.
pub const RECEIPT: &[u8] = b"tallystick/receipt/";

/// The prefix of all keys above: what the node's store takes over.
pub const PREFIX: &[u8] = b"tallystick/";

fn key(prefix: &[u8], suffix: &[u8]) -> Vec<u8> {
	[prefix, suffix].concat()
}

/// Where the node keeps the [`Input`] with this request commitment.
pub fn input_key(request: &Digest) -> Vec<u8> {
	key(INPUT, request.as_bytes())
}

/// Where the worker puts the [`Output`] of a job.
pub fn output_key(job: JobId) -> Vec<u8> {
	key(OUTPUT, &job.to_be_bytes())
}

/// The lock of a job: the time, in milliseconds, until which some run is at it or a pause lasts, and
/// what the worker knows of the tries before.
pub fn lock_key(job: JobId) -> Vec<u8> {
	key(LOCK, &job.to_be_bytes())
}

/// The signed receipt of a job, kept until the chain has it, so that no answer is paid twice.
pub fn receipt_key(job: JobId) -> Vec<u8> {
	key(RECEIPT, &job.to_be_bytes())
}

/// A place in the queue that later runs fill for the long run.
pub fn queue_key(place: u32) -> Vec<u8> {
	key(QUEUE, &place.to_be_bytes())
}

/// A part of the worker's list of jobs for which there are locks and receipts.
pub fn journal_key(part: u32) -> Vec<u8> {
	key(JOURNAL, &part.to_be_bytes())
}

/// An inference backend as the worker sees it.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Backend {
	/// The name in the config: what logs say.
	pub name: String,
	/// The URL up to and including `/v1`, without a slash at the end.
	pub base_url: String,
	/// Which endpoint of the OpenAI API it serves.
	pub api: EndpointKind,
	/// What the backend calls the model.
	pub model: String,
	/// The bearer key.
	pub api_key: Option<String>,
	/// Milliseconds that a call may take in all.
	pub timeout_ms: u64,
	/// Calls under way at once.
	pub concurrency: u32,
	/// The largest answer that is read, in bytes.
	pub max_body_bytes: u32,
	/// The artifacts it answers for. Empty: all.
	pub artifacts: Vec<ArtifactId>,
}

impl core::fmt::Debug for Backend {
	/// Without the key: this can reach a log.
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("Backend")
			.field("name", &self.name)
			.field("base_url", &self.base_url)
			.field("model", &self.model)
			.finish_non_exhaustive()
	}
}

/// What a consumer hands in.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Input {
	/// The account bytes of who hands it in: whose jobs it is for. A commitment can be read on chain
	/// and used again by anybody, and the answer goes to the job's consumer.
	pub consumer: Vec<u8>,
	/// The job's salt.
	pub salt: Salt,
	/// The request: a JSON object.
	pub request: Vec<u8>,
	/// Generation parameters and seed: a JSON object.
	pub parameters: Vec<u8>,
}

/// What the worker leaves for the consumer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Output {
	/// The account bytes of the job's consumer: who may fetch this. The job itself is gone from the
	/// chain after its dispute window, the output is not.
	pub consumer: Vec<u8>,
	/// The body of the backend's answer.
	pub response: Vec<u8>,
	/// SCALE of the signed receipt: `(Receipt, ServiceSignature)`.
	pub receipt: Vec<u8>,
}
