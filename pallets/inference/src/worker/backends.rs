//! The backends that the node's operator configured.

use super::store;
use alloc::{string::String, vec::Vec};
use codec::Codec;
use tallystick_primitives::{
	offchain::{Backend, BACKENDS},
	EndpointKind,
};

use crate::Assignment;

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

/// Whether `backend` answers for the artifact of `assignment`.
pub fn serves<AccountId: Codec>(backend: &Backend, assignment: &Assignment<AccountId>) -> bool {
	backend.api == assignment.endpoint
		&& (backend.artifacts.is_empty() || backend.artifacts.contains(&assignment.artifact))
}
