//! One module per call, and one each for the NFTs and for what other pallets and people read.

mod confirm_parent;
mod inspect;
mod nft;
mod publish;
mod register;

pub(crate) use crate::{fixtures::*, mock::*, *};
pub(crate) use frame_support::{assert_noop, assert_ok};
pub(crate) use sp_runtime::{traits::BadOrigin, DispatchError, TokenError};
pub(crate) use tallystick_primitives::{
	ArtifactId, ArtifactInspect, ArtifactKind, Balance, Digest, Share, VersionInspect,
};

/// A registration in the types of the mock.
pub(crate) type Registration = fixtures::Registration<Test>;
/// A licence in the types of the mock.
pub(crate) type Licence = crate::Licence<u32>;

/// A model of `owner` without lineage, under a licence that allows everything.
pub(crate) fn artifact_of(owner: AccountId) -> ArtifactId {
	Registration::default().submit(&owner).unwrap()
}

/// An artifact of `owner` with this licence.
pub(crate) fn licensed(owner: AccountId, licence: Licence) -> ArtifactId {
	Registration { licence, ..Default::default() }.submit(&owner).unwrap()
}

/// The licence that allows everything.
pub(crate) fn open_licence() -> Licence {
	Registration::default().licence
}

/// A registration with these parents.
pub(crate) fn child_of<const N: usize>(parents: [ParentClaim; N]) -> Registration {
	Registration { parents: parents.to_vec(), ..Default::default() }
}

/// A digest that is not zero.
pub(crate) fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// The last event is this one of the registry.
pub(crate) fn assert_last_event(event: Event<Test>) {
	System::assert_last_event(event.into());
}
