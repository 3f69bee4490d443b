//! Anchors to test and to measure with.

use crate::*;
use alloc::vec;
use tallystick_primitives::Digest;

/// A model version with a document, and the longest strings that an anchor can have.
pub(crate) fn longest_info() -> AnchorInfo {
	AnchorInfo {
		algorithm: DigestAlgorithm::Sha256,
		kind: AnchorKind::ModelVersion,
		document: Some(Digest::repeat_byte(2)),
		bytes: 1_000,
		media_type: vec![b'm'; 64].try_into().unwrap_or_default(),
		uri: vec![b'u'; 256].try_into().unwrap_or_default(),
	}
}
