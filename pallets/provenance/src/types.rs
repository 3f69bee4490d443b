//! What is stored about anchors, and what the call takes.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use tallystick_primitives::{AnchorId, Digest};

/// The most anchors that one view shows.
pub const MAX_PAGE: u32 = 100;

/// An [`Anchor`] in the types of the runtime.
pub type AnchorOf<T> = Anchor<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// What a subject is.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AnchorKind {
	/// A version of a model, by its root digest.
	ModelVersion,
	/// A dataset.
	Dataset,
	/// A document: a bill of materials, a model card, an audit.
	Document,
	/// Content that a model generated.
	Content,
	/// One inference, by the hash of its receipt.
	Inference,
	/// A batch of receipts, by their Merkle root.
	Receipts,
	/// Something else.
	Other,
}

impl AnchorKind {
	/// The name of the kind, as readers see it.
	pub fn name(self) -> &'static [u8] {
		match self {
			Self::ModelVersion => b"ModelVersion",
			Self::Dataset => b"Dataset",
			Self::Document => b"Document",
			Self::Content => b"Content",
			Self::Inference => b"Inference",
			Self::Receipts => b"Receipts",
			Self::Other => b"Other",
		}
	}
}

/// How the subject's digest was made. A document's digest is always SHA-256.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum DigestAlgorithm {
	/// SHA-256, as of files and of root digests.
	Sha256,
	/// BLAKE2b with 256 bits, as of everything that the chain itself hashes.
	Blake2b256,
}

/// What an issuer says about a subject.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct AnchorInfo {
	/// How the subject's digest was made.
	pub algorithm: DigestAlgorithm,
	/// What the subject is.
	pub kind: AnchorKind,
	/// SHA-256 of the document that says more.
	pub document: Option<Digest>,
	/// The length of the document in bytes, or without one, of the subject. Zero where unknown.
	pub bytes: u64,
	/// The media type of the document, or without one, of the subject. May be empty. Not checked.
	pub media_type: BoundedVec<u8, ConstU32<64>>,
	/// Where it is. May be empty.
	pub uri: BoundedVec<u8, ConstU32<256>>,
}

/// Whether the issuer still stands by an anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Status {
	/// It does.
	Active,
	/// It does not.
	Revoked,
	/// The issuer says something newer.
	Superseded(AnchorId),
}

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
	/// Whether the issuer still stands by it. The only field that ever changes.
	pub status: Status,
}
