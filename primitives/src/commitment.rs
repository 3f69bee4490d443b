//! Salted commitments to the bytes of an inference.
//!
//! One 32-byte salt per job, chosen by the consumer, covers request, response and parameters. A
//! commitment is `SHA-256(tag ‖ salt ‖ bytes)`: any tool can check it, nobody can open it without
//! the salt.

use crate::Digest;
use alloc::vec::Vec;
use sp_io::hashing::sha2_256;

/// The salt of a job.
pub type Salt = [u8; 32];

/// What is committed to. The tags keep one kind from standing in for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// The input: for chat completions the JSON object that holds `messages`.
	Request,
	/// The body of the backend's answer, byte for byte.
	Response,
	/// The generation parameters and the seed: a JSON object.
	Parameters,
}

impl Kind {
	const fn tag(self) -> &'static [u8] {
		match self {
			Self::Request => b"tallystick/request/1",
			Self::Response => b"tallystick/response/1",
			Self::Parameters => b"tallystick/parameters/1",
		}
	}
}

/// Commits to `bytes` under `salt`.
pub fn commit(kind: Kind, salt: &Salt, bytes: &[u8]) -> Digest {
	let tag = kind.tag();
	let mut preimage = Vec::with_capacity(tag.len() + salt.len() + bytes.len());
	preimage.extend_from_slice(tag);
	preimage.extend_from_slice(salt);
	preimage.extend_from_slice(bytes);
	sha2_256(&preimage).into()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn kinds_and_salts_separate_commitments() {
		let a = commit(Kind::Request, &[0; 32], b"hello");
		assert_ne!(a, commit(Kind::Response, &[0; 32], b"hello"));
		assert_ne!(a, commit(Kind::Request, &[1; 32], b"hello"));
		assert_ne!(a, commit(Kind::Request, &[0; 32], b"hello "));
	}
}
