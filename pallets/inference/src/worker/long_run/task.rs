//! Jobs that the run is at.

use crate::{
	worker::{http::Headers, request::Bound},
	Assignment,
};
use alloc::vec::Vec;
use sp_core::offchain::HttpRequestId;
use tallystick_primitives::commitment::Salt;

/// A job that this run is at.
pub(super) struct Task<AccountId> {
	pub(super) assignment: Assignment<AccountId>,
	/// When its receipt stops counting, in milliseconds.
	pub(super) expires_at: u64,
	pub(super) salt: Salt,
	pub(super) request_bytes: u32,
	/// Calls that were made, also by earlier runs.
	pub(super) attempts: u32,
	/// The bound on output tokens that the next call is made with.
	pub(super) bound: Bound,
	pub(super) phase: Phase,
}

impl<AccountId> Task<AccountId> {
	/// The call that is under way for it.
	pub(super) fn call(&self) -> Option<Running> {
		match &self.phase {
			Phase::Called(call) | Phase::Reading { call, .. } => Some(*call),
			Phase::Asleep { .. } => None,
		}
	}
}

/// Where a task stands.
pub(super) enum Phase {
	/// Waits for its next try, somewhere else if possible.
	Asleep { until: u64, avoid: Option<usize> },
	/// Waits for the beginning of an answer.
	Called(Running),
	/// Waits for the rest of an answer.
	Reading { call: Running, status: u16, headers: Headers, body: Vec<u8> },
}

/// A call under way.
#[derive(Clone, Copy)]
pub(super) struct Running {
	pub(super) id: HttpRequestId,
	/// Which backend, by its place in the run's stations.
	pub(super) station: usize,
	/// In milliseconds, as all times.
	pub(super) began_at: u64,
	pub(super) give_up_at: u64,
	/// The bound on output tokens that the worker added.
	pub(super) added: Option<u64>,
}
