//! One module per call, one per concern of several, and one each for the NFTs and for what other
//! pallets and people read.

mod add_contributor;
mod approvals;
mod confirm_parent;
mod events;
mod gifts;
mod hand_over;
mod inspect;
mod least_amount;
mod lineage;
mod many;
mod nft;
mod publish;
mod register;
mod renounce_share;
mod set_deprecated;
mod set_serving;
mod transfer_share;
mod try_state;
mod update_licence;
mod update_locators;
mod update_metadata;
mod views;
mod withdraw_version;

pub(crate) use crate::{fixtures::*, mock::*, *};
pub(crate) use frame_support::{assert_noop, assert_ok};
pub(crate) use sp_runtime::{traits::BadOrigin, DispatchError, TokenError};
pub(crate) use tallystick_primitives::{
	ArtifactId, ArtifactInspect, ArtifactKind, Balance, CurrencyId, Digest, Share, Tariff,
	VersionInspect,
};

/// A registration in the types of the mock.
pub(crate) type Registration = fixtures::Registration<Test>;
/// A licence in the types of the mock.
pub(crate) type Licence = crate::Licence<u32>;

/// A claim of `percent` of what the child earns, under the parent's licence as it is now.
pub(crate) fn claim(artifact: ArtifactId, relation: Relation, percent: u32) -> ParentClaim {
	fixtures::claim::<Test>(artifact, relation, percent)
}

/// Signed by `who`.
pub(crate) fn by(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// A model of `owner` without lineage, under a licence that allows everything.
pub(crate) fn artifact_of(owner: AccountId) -> ArtifactId {
	Registration::default().submit(&owner).unwrap()
}

/// An artifact of `owner` with this licence.
pub(crate) fn licensed(owner: AccountId, licence: Licence) -> ArtifactId {
	Registration { licence, ..Default::default() }.submit(&owner).unwrap()
}

/// An artifact of `owner` in which these have shares.
pub(crate) fn shared(owner: AccountId, contributors: Vec<Contributor<AccountId>>) -> ArtifactId {
	Registration { contributors, ..Default::default() }.submit(&owner).unwrap()
}

/// A model of ALICE with this version.
pub(crate) fn published(version: Digest) -> ArtifactId {
	let artifact = artifact_of(ALICE);
	assert_ok!(Registry::publish(by(ALICE), artifact, version, version_info()));
	artifact
}

/// Withdraws for ALICE.
pub(crate) fn withdraw(
	artifact: ArtifactId,
	version: Digest,
	kind: WithdrawalKind,
) -> Result<(), DispatchError> {
	Registry::withdraw_version(by(ALICE), artifact, version, kind, Note::default())
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

/// Only the owner can make this call, of an artifact of ALICE's that is there.
pub(crate) fn assert_owner_only<R: core::fmt::Debug + PartialEq>(
	call: impl Fn(RuntimeOrigin, ArtifactId) -> Result<R, DispatchError>,
	artifact: ArtifactId,
) {
	assert_noop!(call(by(BOB), artifact), Error::<Test>::NotOwner);
	assert_noop!(call(by(ALICE), 1_000), Error::<Test>::ArtifactNotFound);
	for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
		assert_noop!(call(origin, artifact), BadOrigin);
	}
}
