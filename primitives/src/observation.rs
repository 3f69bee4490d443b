//! What the off-chain worker tells its node, for the node's metrics.
//!
//! The worker is a part of the runtime and reaches no metrics. So it puts one [`Observation`] after
//! the other under [`OBSERVATION`](crate::offchain::OBSERVATION), and the node counts and forgets it.
//! Observations have counts, times and names of the config's backends: never content, keys or
//! accounts.
//!
//! A node and a runtime can be of different releases. Variants and fields are added at the end: what
//! a node cannot decode it drops, and bytes behind what it can decode it does not look at.

use crate::{Balance, FinishReason, Tokens};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};

/// What the worker has done or seen.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Observation {
	/// A call to a backend has ended, or was given up.
	Call {
		/// The backend's name in the config.
		backend: String,
		/// How it ended.
		outcome: Outcome,
		/// How long it took, in milliseconds.
		ms: u64,
		/// Bytes of the answer that were read.
		bytes: u32,
	},
	/// A receipt was signed and handed in for the first time.
	Receipt {
		/// Why the answer ended.
		finish: FinishReason,
		/// Units charged.
		units: Balance,
		/// Token counts.
		tokens: Tokens,
	},
	/// The worker is done with a job, and there is no answer.
	Failure {
		/// Why.
		cause: Outcome,
	},
	/// A receipt was handed in again, because the chain did not have it yet.
	Resubmitted,
	/// The open jobs of this node's service keys, at a new best block.
	Jobs {
		/// All of them.
		open: u32,
		/// Those whose input was not handed in yet.
		no_input: u32,
		/// Those that no backend of the config is for.
		unserved: u32,
		/// Those that wait for a backend to have room.
		queued: u32,
	},
	/// What one long run is at. All zero: it has ended.
	Run {
		/// The run.
		run: u64,
		/// Jobs for which a backend is being called.
		calling: u32,
		/// Jobs that wait for their next call.
		pausing: u32,
		/// Calls under way by the backend's name, those included that were given up and cannot be
		/// cancelled.
		calls: Vec<(String, u32)>,
	},
}

/// How a call to a backend, or a job, ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Outcome {
	/// A chat completion.
	Answer,
	/// The backend refused the request: 400, 404, 422, ….
	Refused,
	/// The backend refused the bound on output tokens; the call is made again with another.
	BoundRefused,
	/// No answer in time.
	TimedOut,
	/// No connection, or one that broke.
	Broken,
	/// The backend has no time now: 408, 429.
	Busy,
	/// The backend failed: 5xx.
	Failed,
	/// A success that is no chat completion.
	Unreadable,
	/// The backend wants the call elsewhere.
	Redirected,
	/// The backend does not serve the provider: 401, 402, 403, 407.
	Credentials,
	/// A status that is none of a completion.
	Odd,
	/// More bytes than are read.
	TooLarge,
	/// The answer has the backend's key in it.
	Secret,
	/// The backend cannot be called as it is configured.
	Misconfigured,
	/// A chat completion with nothing in it, or that says itself that it went wrong.
	Empty,
	/// The consumer's input is none that can be called with.
	BadInput,
	/// All tries were spent by runs before.
	Spent,
	/// The node could not keep the answer.
	NotKept,
	/// There is no service key to sign the receipt with.
	NotSigned,
	/// The job's time was over before there was a receipt.
	TooLate,
}

impl Outcome {
	/// Whether it is something that the provider should look into: neither an answer nor the
	/// consumer's to mend.
	pub const fn is_trouble(self) -> bool {
		!matches!(self, Self::Answer | Self::Refused | Self::BoundRefused | Self::BadInput)
	}

	/// How a call can end.
	pub const CALLS: [Self; 14] = [
		Self::Answer,
		Self::Refused,
		Self::BoundRefused,
		Self::TimedOut,
		Self::Broken,
		Self::Busy,
		Self::Failed,
		Self::Unreadable,
		Self::Redirected,
		Self::Credentials,
		Self::Odd,
		Self::TooLarge,
		Self::Secret,
		Self::Misconfigured,
	];
	/// Why a job can have no answer.
	pub const CAUSES: [Self; 18] = [
		Self::Refused,
		Self::TimedOut,
		Self::Broken,
		Self::Busy,
		Self::Failed,
		Self::Unreadable,
		Self::Redirected,
		Self::Credentials,
		Self::Odd,
		Self::TooLarge,
		Self::Secret,
		Self::Misconfigured,
		Self::Empty,
		Self::BadInput,
		Self::Spent,
		Self::NotKept,
		Self::NotSigned,
		Self::TooLate,
	];

	/// What logs and metrics call it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Answer => "answer",
			Self::Refused => "refused",
			Self::BoundRefused => "bound_refused",
			Self::TimedOut => "timed_out",
			Self::Broken => "broken",
			Self::Busy => "busy",
			Self::Failed => "failed",
			Self::Unreadable => "unreadable",
			Self::Redirected => "redirected",
			Self::Credentials => "credentials",
			Self::Odd => "odd",
			Self::TooLarge => "too_large",
			Self::Secret => "secret",
			Self::Misconfigured => "misconfigured",
			Self::Empty => "empty",
			Self::BadInput => "bad_input",
			Self::Spent => "spent",
			Self::NotKept => "not_kept",
			Self::NotSigned => "not_signed",
			Self::TooLate => "too_late",
		}
	}
}
