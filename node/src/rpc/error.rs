//! What can go wrong in our namespaces. The codes are stable; the messages say what to do.

use crate::inference::HOW_TO_INSERT_A_KEY;
use jsonrpsee::types::{ErrorObject, ErrorObjectOwned};
use tallystick_primitives::JobId;

/// An error of `inference_*` or `tallystick_*`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// This node answers no jobs.
	#[error(
		"the inference worker of this node is off: ask one of the provider's endpoints, or, if \
		this node is the provider's, start it with --inference-config FILE"
	)]
	WorkerOff,
	/// Nothing to sign with.
	#[error("this node has no service key. {HOW_TO_INSERT_A_KEY}")]
	NoServiceKey,
	/// A service key that the chain does not know.
	#[error(
		"no provider is registered with this node's service key {0}: register it with \
		providers.register, or update the provider"
	)]
	NotRegistered(String),
	/// Input that cannot be taken.
	#[error("{0}")]
	BadInput(String),
	/// No room.
	#[error("this node has no room for more inputs now: try another provider, or try again later")]
	StoreFull,
	/// Nothing there for this job, and why.
	#[error("no output of job {job} here: {reason}")]
	NoOutput {
		/// The job.
		job: JobId,
		/// What the chain says about it.
		reason: String,
	},
	/// Not the consumer.
	#[error(
		"the signature is not the consumer's: sign blake2_256(SCALE(\"tallystick/output\", genesis \
		hash, job as u64)) with the key of the account that asked for the job, and give the \
		signature as a SCALE MultiSignature or as raw sr25519, ed25519 or ecdsa bytes, in hex"
	)]
	BadSignature,
	/// The node itself.
	#[error("{0}")]
	Internal(String),
}

impl Error {
	fn code(&self) -> i32 {
		match self {
			Self::WorkerOff => 20_001,
			Self::NoServiceKey => 20_002,
			Self::NotRegistered(_) => 20_003,
			Self::BadInput(_) => 20_010,
			Self::StoreFull => 20_011,
			Self::NoOutput { .. } => 20_020,
			Self::BadSignature => 20_021,
			Self::Internal(_) => 20_030,
		}
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		ErrorObject::owned(error.code(), error.to_string(), None::<()>)
	}
}

impl From<sp_api::ApiError> for Error {
	fn from(error: sp_api::ApiError) -> Self {
		if let sp_api::ApiError::UnknownBlock(_) = error {
			return Self::BadInput("this node has no block with that hash: leave `at` out".into());
		}
		Self::Internal(format!("the runtime did not answer: {error}"))
	}
}
