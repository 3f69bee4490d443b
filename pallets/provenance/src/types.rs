//! What is stored about anchors, outside keys and reservations.

use alloc::{vec, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tallystick_primitives::{
	outside_key::{Fingerprint, OutsideKey},
	provenance::{AnchorInfo, AnchorStatus, IndexKey},
	Balance, Digest,
};

/// The most anchors that one view shows.
pub const MAX_PAGE: u32 = 100;
/// The most anchors that one call makes.
pub const MAX_BATCH: u32 = 64;
/// The indexes in which an anchor is for its base price: those of its digest and of its issuer.
pub(crate) const INDEXES_IN_BASE_PRICE: usize = 2;

/// Digests and what is said about their subjects.
pub type Batch = BoundedVec<(Digest, AnchorInfo), ConstU32<MAX_BATCH>>;
/// An [`Anchor`] in the types of the runtime.
pub type AnchorOf<T> = Anchor<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// One account's word on one subject.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Anchor<AccountId, BlockNumber> {
	/// The subject's digest.
	pub digest: Digest,
	/// What is said about it.
	pub info: AnchorInfo,
	/// Who says so.
	pub issuer: AccountId,
	/// The block in which it was made.
	pub block: BlockNumber,
	/// When it was made: milliseconds since the Unix epoch, by the block's author.
	pub time: u64,
	/// The block in which its issuer had reserved the digest, where it was.
	pub reserved_at: Option<BlockNumber>,
	/// The outside key that stands behind it. Once there, it never changes.
	pub confirmation: Option<Confirmation<BlockNumber>>,
	/// Whether the issuer still stands by it.
	pub status: AnchorStatus<BlockNumber>,
}

impl<AccountId: Clone, BlockNumber> Anchor<AccountId, BlockNumber> {
	/// The indexes in which the anchor is, none of them twice.
	pub fn index_keys(&self) -> Vec<IndexKey<AccountId>> {
		let AnchorInfo { document, relations, soft, .. } = &self.info;
		let mut keys = vec![IndexKey::Digest(self.digest), IndexKey::Issuer(self.issuer.clone())];
		keys.extend(self.reserved_at.as_ref().map(|_| IndexKey::Reserved(self.digest)));
		keys.extend(self.confirmation_keys());
		keys.extend(document.map(|document| IndexKey::Document(document.digest)));
		keys.extend(relations.iter().map(|(_, anchor)| IndexKey::RelatedTo(*anchor)));
		keys.extend(soft.iter().cloned().map(IndexKey::Soft));
		keys
	}

	/// The indexes to which its confirmation brought it, or none.
	pub(crate) fn confirmation_keys(&self) -> Vec<IndexKey<AccountId>> {
		let Some(Confirmation { key, .. }) = self.confirmation else { return Vec::new() };
		let mut keys =
			vec![IndexKey::Confirmed(self.digest), IndexKey::ConfirmedBy(self.digest, key)];
		if self.reserved_at.is_some() {
			keys.push(IndexKey::ReservedAndConfirmed(self.digest));
		}
		keys
	}
}

/// That an outside key stood behind an anchor's issuer.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Confirmation<BlockNumber> {
	/// The key.
	pub key: Fingerprint,
	/// Until when it had said so: milliseconds since the Unix epoch.
	pub expires_at: u64,
	/// The block in which the anchor was confirmed.
	pub at: BlockNumber,
}

/// An outside key that speaks for an account.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct KeyBinding<BlockNumber> {
	/// The key.
	pub key: OutsideKey,
	/// Until when: milliseconds since the Unix epoch.
	pub expires_at: u64,
	/// The block in which the key was bound, or bound again for longer.
	pub bound_at: BlockNumber,
	/// What is held from the account for it, in plancks.
	pub deposit: Balance,
}

/// A commitment to a digest that is going to be anchored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Reservation<BlockNumber> {
	/// The block in which it was made.
	pub at: BlockNumber,
	/// What is held from the account for it, in plancks.
	pub deposit: Balance,
}
