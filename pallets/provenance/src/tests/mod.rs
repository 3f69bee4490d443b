//! One module per call, one for what people and other programs read, one for attacks.

mod anchor;
mod anchor_batch;
mod attacks;
mod bind_key;
mod confirm;
mod inspect;
mod many;
mod reserve;
mod revoke;
mod supersede;
mod try_state;

pub(crate) use crate::{fixtures::*, mock::*, *};
pub(crate) use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{hold::Inspect as _, Inspect as _},
};
pub(crate) use sp_runtime::{
	traits::{BadOrigin, Dispatchable},
	DispatchError, TokenError,
};
pub(crate) use tallystick_primitives::{
	outside_key::{binding_message, Fingerprint, OutsideKey, OutsideSignature},
	provenance::{
		reservation, AnchorInfo, AnchorKind, AnchorKind::*, AnchorStatus, Document, DocumentKind,
		IndexKey, ProvRelation::*, Reason, SoftBinding,
	},
	AnchorId, Balance, Digest,
};

/// The salt of all reservations.
pub(crate) const SALT: [u8; 32] = [7; 32];

/// A digest that is not zero.
pub(crate) fn digest(n: u8) -> Digest {
	Digest::repeat_byte(n)
}

/// What is said about a subject of this kind, without document and strings.
pub(crate) fn info(kind: AnchorKind) -> AnchorInfo {
	AnchorInfo {
		kind,
		document: None,
		media_type: Default::default(),
		locators: Default::default(),
		..longest_info()
	}
}

/// Makes a call as the chain does: what fails is rolled back.
pub(crate) fn dispatch(who: AccountId, call: Call<Test>) -> Result<(), DispatchError> {
	let result = RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who));
	result.map(|_| ()).map_err(|error| error.error)
}

/// Anchors as `who`, and returns the id.
pub(crate) fn anchor(
	who: AccountId,
	digest: Digest,
	info: AnchorInfo,
) -> Result<AnchorId, DispatchError> {
	anchor_with(who, digest, info, None, None)
}

/// Anchors as `who` with a key or a reservation, and returns the id.
pub(crate) fn anchor_with(
	who: AccountId,
	digest: Digest,
	info: AnchorInfo,
	key: Option<Fingerprint>,
	reservation: Option<[u8; 32]>,
) -> Result<AnchorId, DispatchError> {
	let id = NextAnchorId::<Test>::get();
	dispatch(who, Call::anchor { digest, info, key, reservation }).map(|()| id)
}

/// Revokes as `who`.
pub(crate) fn revoke(who: AccountId, anchor: AnchorId) -> Result<(), DispatchError> {
	dispatch(who, Call::revoke { anchor, reason: Default::default() })
}

/// Reserves `digest` as `who`, and returns the commitment.
pub(crate) fn reserve(who: AccountId, digest: Digest) -> Result<Digest, DispatchError> {
	let commitment = reservation(&digest, &who, &SALT);
	dispatch(who, Call::reserve { commitment }).map(|()| commitment)
}

/// Lets a reservation that is made now get old enough.
pub(crate) fn wait() {
	System::set_block_number(System::block_number() + RESERVATION_AGE);
}

/// When cross-signatures of these tests end, if nothing else is said.
pub(crate) fn expiry() -> u64 {
	Now::get() + 1_000
}

/// Binds the key of `signer` to `who`, and returns its fingerprint.
pub(crate) fn bind(who: AccountId, signer: &Signer) -> Result<Fingerprint, DispatchError> {
	let signature = signer.vouch::<Test>(&who, expiry());
	let key = signer.key();
	dispatch(who, Call::bind_key { key, expires_at: expiry(), signature })
		.map(|()| signer.fingerprint())
}

/// A P-256 key.
pub(crate) fn p256(number: u8) -> Signer {
	Signer::p256(number).unwrap()
}

/// A list of anchors, whole.
pub(crate) fn list(key: IndexKey<AccountId>) -> Vec<AnchorId> {
	let page = Provenance::anchors_by(key, 0, 100);
	assert_eq!((page.next, page.total as usize), (None, page.anchors.len()));
	page.anchors.into_iter().map(|anchor| anchor.id).collect()
}

/// Who claims a digest, in the order in which they are shown.
pub(crate) fn claimants(digest: Digest) -> Vec<AnchorId> {
	let page = Provenance::anchors_of(digest, 0, 100);
	assert_eq!((page.next, page.total as usize), (None, page.anchors.len()));
	page.anchors.into_iter().map(|anchor| anchor.id).collect()
}

/// The status of an anchor.
pub(crate) fn status(anchor: AnchorId) -> AnchorStatus<u32> {
	Anchors::<Test>::get(anchor).unwrap().status
}
