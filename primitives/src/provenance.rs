//! What anchors say, and how they are found. The record itself is pallet-provenance's.

use crate::{outside_key::Fingerprint, AnchorId, Digest};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_256;

/// The most locators of an anchor.
pub const MAX_LOCATORS: u32 = 4;
/// The most relations of an anchor.
pub const MAX_RELATIONS: u32 = 16;
/// The most soft bindings of an anchor: a perceptual hash in four parts, and as many others.
pub const MAX_SOFT_BINDINGS: u32 = 8;
/// The first number of a soft binding's algorithm that is the project's own. Those below are the
/// identifiers of C2PA's list of soft binding algorithms.
pub const OWN_SOFT_ALGORITHMS: u16 = 0x8000;

/// Where something is: https, ipfs, ar, or any other URI, in UTF-8.
pub type Locator = BoundedVec<u8, ConstU32<256>>;
/// The places where something is, the preferred one first.
pub type Locators = BoundedVec<Locator, ConstU32<MAX_LOCATORS>>;
/// What an anchor has to do with others.
pub type Relations = BoundedVec<(ProvRelation, AnchorId), ConstU32<MAX_RELATIONS>>;
/// The soft bindings of an anchor.
pub type SoftBindings = BoundedVec<SoftBinding, ConstU32<MAX_SOFT_BINDINGS>>;
/// Why an issuer no longer stands by an anchor, in UTF-8.
pub type Reason = BoundedVec<u8, ConstU32<128>>;
/// What keeps a reservation's digest from being guessed. Random, and secret until it is used.
pub type ReservationSalt = [u8; 32];

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
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum AnchorKind {
	/// A version of a model or adapter, by its root digest.
	ModelVersion,
	/// A dataset.
	Dataset,
	/// Programs.
	Code,
	/// A document: a bill of materials, a model card, an audit.
	Document,
	/// Content: a picture, a text, a recording, whether a model generated it or not.
	Content,
	/// One inference, by the hash of its receipt.
	Inference,
	/// A batch of receipts, by their Merkle root.
	Receipts,
	/// Something else.
	Other,
}

impl AnchorKind {
	/// All kinds.
	pub const ALL: [Self; 8] = [
		Self::ModelVersion,
		Self::Dataset,
		Self::Code,
		Self::Document,
		Self::Content,
		Self::Inference,
		Self::Receipts,
		Self::Other,
	];
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
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum DigestAlgorithm {
	/// SHA-256, as of files and of root digests.
	Sha256,
	/// BLAKE2b with 256 bits, as of everything that the chain itself hashes.
	Blake2b256,
	/// BLAKE3 with 256 bits.
	Blake3,
}

/// What the document of an anchor is.
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
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum DocumentKind {
	/// An OpenSSF Model Signing bundle: a signed list of files.
	ModelSigning,
	/// The same list without a signature.
	FileManifest,
	/// A C2PA manifest store.
	C2pa,
	/// An SPDX document.
	Spdx,
	/// A CycloneDX bill of materials.
	CycloneDx,
	/// A Croissant description of a dataset.
	Croissant,
	/// A W3C PROV document.
	Prov,
	/// Something else.
	Other,
}

/// The document that says more about a subject. It stays off the chain.
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
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct Document {
	/// What it is.
	pub kind: DocumentKind,
	/// Its SHA-256.
	pub digest: Digest,
}

/// What an anchor's subject has to do with that of an older anchor, in the words of W3C PROV: *this*
/// was derived from *that*.
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
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum ProvRelation {
	/// `wasDerivedFrom`: made from it, as an edited picture is from the picture.
	WasDerivedFrom,
	/// `wasRevisionOf`: a later edition of it.
	WasRevisionOf,
	/// `hadPrimarySource`: it is the first-hand account.
	HadPrimarySource,
	/// `wasGeneratedBy`: it made this, as an inference makes content.
	WasGeneratedBy,
	/// `used`: this, an activity such as an inference or a training, made use of it.
	Used,
	/// `wasInformedBy`: this activity followed from that one.
	WasInformedBy,
	/// `wasAttributedTo`: it is ascribed to it, as content is to a model version.
	WasAttributedTo,
	/// `specializationOf`: this is it, seen more closely.
	SpecializationOf,
	/// `alternateOf`: both show the same thing, as two encodings of a picture do.
	AlternateOf,
	/// `hadMember`: this, a collection, has it.
	HadMember,
}

/// A value by which a subject can be found again after its bytes have changed: a watermark, a
/// perceptual hash. Equal values are only candidates, to be compared off chain.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SoftBinding {
	/// How the value was computed: below [`OWN_SOFT_ALGORITHMS`] an identifier of C2PA's list.
	pub algorithm: u16,
	/// The value. Not empty.
	pub value: BoundedVec<u8, ConstU32<64>>,
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
	/// The document that says more.
	pub document: Option<Document>,
	/// The length of the document in bytes, or without one, of the subject. Zero where unknown.
	pub bytes: u64,
	/// The media type of the document, or without one, of the subject. May be empty. Not checked.
	pub media_type: BoundedVec<u8, ConstU32<64>>,
	/// Where it is, the preferred place first. May be empty. Not checked.
	pub locators: Locators,
	/// What the subject has to do with those of older anchors, whoever issued them. No anchor twice.
	pub relations: Relations,
	/// What the subject can be found by after its bytes have changed. No binding twice.
	pub soft: SoftBindings,
}

/// Whether the issuer still stands by an anchor.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum AnchorStatus<BlockNumber> {
	/// It does.
	Active,
	/// It does not.
	Revoked {
		/// Why, in the issuer's words. May be empty.
		reason: Reason,
		/// Since which block.
		at: BlockNumber,
	},
	/// The issuer says something newer.
	Superseded {
		/// The newer anchor.
		by: AnchorId,
		/// Since which block.
		at: BlockNumber,
	},
}

/// A list of anchors, by what they have in common. Its n-th anchor is at `(key, n)` in the pallet's
/// `Index`, and `IndexCount` says how many there are: keys that are known beforehand.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum IndexKey<AccountId> {
	/// All anchors of a subject.
	Digest(Digest),
	/// Those of a subject that are confirmed, in the order in which they were.
	Confirmed(Digest),
	/// Those of a subject that were reserved.
	Reserved(Digest),
	/// Those of a subject that are confirmed by this outside key.
	ConfirmedBy(Digest, Fingerprint),
	/// Those with this document.
	Document(Digest),
	/// Those that an account issued.
	Issuer(AccountId),
	/// Those with this soft binding.
	Soft(SoftBinding),
	/// Those that have a relation to this anchor.
	RelatedTo(AnchorId),
	/// Those of a subject that were reserved and are confirmed, in the order in which they were both.
	ReservedAndConfirmed(Digest),
}

/// What is reserved for a later anchor of `digest` by `account`:
/// BLAKE2b-256 of `"tallystick/reserve/1" ‖ digest ‖ account ‖ salt`. It says nothing to those who do
/// not know the salt, and is of no use to another account.
pub fn reservation<AccountId: Encode>(
	digest: &Digest,
	account: &AccountId,
	salt: &ReservationSalt,
) -> Digest {
	// An array encodes as its bytes, without a length.
	(b"tallystick/reserve/1", digest, account, salt).using_encoded(blake2_256).into()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::crypto::AccountId32;

	#[test]
	fn a_reservation_is_for_one_digest_account_and_salt() {
		let (digest, account) = (Digest::repeat_byte(1), AccountId32::new([2; 32]));
		let commitment = reservation(&digest, &account, &[3; 32]);
		let bytes = [b"tallystick/reserve/1".as_slice(), &[1; 32], &[2; 32], &[3; 32]].concat();
		assert_eq!(commitment, blake2_256(&bytes).into());
		assert_ne!(commitment, reservation(&Digest::repeat_byte(4), &account, &[3; 32]));
		assert_ne!(commitment, reservation(&digest, &AccountId32::new([4; 32]), &[3; 32]));
		assert_ne!(commitment, reservation(&digest, &account, &[4; 32]));
	}

	#[test]
	fn all_kinds_are_all() {
		for (index, kind) in AnchorKind::ALL.into_iter().enumerate() {
			assert_eq!(kind.encode(), [index as u8]);
		}
		assert!(AnchorKind::decode(&mut &[AnchorKind::ALL.len() as u8][..]).is_err());
	}
}
