//! One module per call, and one for what people and other programs read.

mod anchor;
mod inspect;
mod revoke;

pub(crate) use crate::{fixtures::*, mock::*, *};
pub(crate) use frame_support::{assert_noop, assert_ok};
pub(crate) use sp_runtime::{traits::BadOrigin, DispatchError, TokenError};
pub(crate) use tallystick_primitives::{AnchorId, Digest};

/// A digest that is not zero.
pub(crate) fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// What is said about a subject of this kind, without strings.
pub(crate) fn info(kind: AnchorKind) -> AnchorInfo {
	AnchorInfo { kind, media_type: Default::default(), uri: Default::default(), ..longest_info() }
}

/// Anchors as `who`, and returns the id.
pub(crate) fn anchor(
	who: AccountId,
	digest: Digest,
	info: AnchorInfo,
) -> Result<AnchorId, DispatchError> {
	let id = NextAnchorId::<Test>::get();
	Provenance::anchor(RuntimeOrigin::signed(who), digest, info).map(|()| id)
}
