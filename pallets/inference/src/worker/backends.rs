//! The backends that the node's operator configured.

use super::{long_run::LARGEST_BODY, store, verdict};
use crate::Assignment;
use alloc::{string::String, vec::Vec};
use codec::Codec;
use tallystick_primitives::{
	offchain::{Backend, BACKENDS},
	EndpointKind,
};

/// The backends of the node's config. `None` where the worker is off.
pub fn load() -> Option<Vec<Backend>> {
	store::get::<Vec<Backend>>(BACKENDS).filter(|backends| !backends.is_empty())
}

/// The URL of calls to `backend`.
pub fn url(backend: &Backend) -> String {
	match backend.api {
		EndpointKind::ChatCompletions => alloc::format!("{}/chat/completions", backend.base_url),
	}
}

/// The most bytes that are read of a body with this status.
pub fn cap(backend: &Backend, status: u16) -> usize {
	let largest = backend.max_body_bytes.min(LARGEST_BODY);
	verdict::cap(status, usize::try_from(largest).unwrap_or(usize::MAX))
}

/// Whether `backend` answers for the artifact of `assignment`.
pub fn serves<AccountId: Codec>(backend: &Backend, assignment: &Assignment<AccountId>) -> bool {
	backend.api == assignment.endpoint
		&& (backend.artifacts.is_empty() || backend.artifacts.contains(&assignment.artifact))
}
