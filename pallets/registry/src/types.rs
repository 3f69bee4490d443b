//! What is stored about artifacts, and what the calls take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{ConstU32, Footprint},
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::traits::CheckedAdd;
use tallystick_primitives::{ArtifactId, ArtifactKind, Balance, Digest, Share};

use crate::Config;

/// The most parents of an artifact.
pub const MAX_PARENTS: u32 = 16;
/// The most contributors of an artifact.
pub const MAX_CONTRIBUTORS: u32 = 16;
/// The most bytes of a URI. pallet-nfts's `StringLimit` must not be lower.
pub const MAX_URI: u32 = 256;
/// The most versions that one view shows.
pub const MAX_PAGE: u32 = 100;

/// A collection of pallet-nfts.
pub type CollectionId = u32;
/// How pallet-nfts describes a collection, in the types of the runtime.
pub type CollectionConfigOf<T> =
	pallet_nfts::CollectionConfig<Balance, BlockNumberFor<T>, CollectionId>;
/// Where something is, in UTF-8.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URI>>;
/// The parents that a caller names.
pub type ParentClaims = BoundedVec<ParentClaim, ConstU32<MAX_PARENTS>>;
/// The parents of an artifact.
pub type Parents = BoundedVec<Parent, ConstU32<MAX_PARENTS>>;
/// The contributors of an artifact.
pub type Contributors<AccountId> = BoundedVec<Contributor<AccountId>, ConstU32<MAX_CONTRIBUTORS>>;
/// An [`Artifact`] in the types of the runtime.
pub type ArtifactOf<T> =
	Artifact<<T as frame_system::Config>::AccountId, BlockNumberFor<T>, <T as Config>::Deposit>;
/// A [`Version`] in the types of the runtime.
pub type VersionOf<T> =
	Version<<T as frame_system::Config>::AccountId, BlockNumberFor<T>, <T as Config>::Deposit>;

/// Whether others may register derivatives: children that were not trained on the artifact.
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
pub enum Derivation {
	/// Anybody may.
	Free,
	/// The owner alone may, for others too: a child can be handed over.
	ByApproval,
	/// Nobody but the owner may.
	Never,
}

/// The terms that calls obey, and where people find the rest.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Licence<BlockNumber> {
	/// The SPDX id, such as `Apache-2.0` or `LicenseRef-…`. Not checked.
	pub spdx: BoundedVec<u8, ConstU32<64>>,
	/// SHA-256 of the full text. Zero where the SPDX id says it all.
	pub terms: Digest,
	/// Whether the use of the artifact, and of children of others, may be sold.
	pub commercial_use: bool,
	/// Whether others may register derivatives.
	pub derivation: Derivation,
	/// Whether others may register children that were trained on it, or distilled from it.
	pub training_use: bool,
	/// The least share of its gross that a child owes.
	pub least_share: Share,
	/// The first block in which nothing new may be sold or derived.
	pub expires: Option<BlockNumber>,
}

impl<BlockNumber: PartialOrd> Licence<BlockNumber> {
	/// Whether the licence is over in block `now`.
	pub fn is_over(&self, now: &BlockNumber) -> bool {
		self.expires.as_ref().is_some_and(|expires| now >= expires)
	}
}

/// How an artifact was made from a parent.
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
pub enum Relation {
	/// The parent's weights were trained further.
	FineTunedFrom,
	/// The parent is a dataset that was trained on.
	TrainedOn,
	/// Outputs of the parent were trained on.
	DistilledFrom,
	/// The parent's weights in another precision.
	QuantizedFrom,
	/// One of the models that were merged.
	MergedFrom,
	/// The parent is code that made it, or that it needs.
	UsesCode,
}

impl Relation {
	/// Whether the licence's `training_use` rules this relation, rather than its `derivation`.
	pub fn is_training(self) -> bool {
		matches!(self, Self::TrainedOn | Self::DistilledFrom)
	}
}

/// A parent as the caller names it.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct ParentClaim {
	/// The parent.
	pub artifact: ArtifactId,
	/// How the child was made from it.
	pub relation: Relation,
	/// Its share of everything the child earns.
	pub share: Share,
}

/// A parent of an artifact.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Parent {
	/// The parent.
	pub artifact: ArtifactId,
	/// How the child was made from it.
	pub relation: Relation,
	/// Its share of everything the child earns.
	pub share: Share,
	/// Whether the parent's owner confirmed the edge.
	pub confirmed: bool,
}

/// An account with a share.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Contributor<AccountId> {
	/// Who is paid.
	pub account: AccountId,
	/// The share of everything the artifact earns.
	pub share: Share,
}

/// The metadata document: a JSON document for people and NFT viewers.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Metadata {
	/// SHA-256 of the document.
	pub digest: Digest,
	/// Where the document is. May be empty.
	pub uri: Uri,
}

/// What is said about a version.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct VersionInfo {
	/// The format of the files, such as `safetensors` or `gguf`. Not checked.
	pub format: BoundedVec<u8, ConstU32<32>>,
	/// Files in it.
	pub files: u32,
	/// Their length in bytes, all together.
	pub bytes: u64,
	/// Where the files are. May be empty: weights can be private.
	pub uri: Uri,
}

/// An artifact.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Artifact<AccountId, BlockNumber, Ticket> {
	/// What it is.
	pub kind: ArtifactKind,
	/// Its metadata document.
	pub metadata: Metadata,
	/// What others may do with it.
	pub licence: Licence<BlockNumber>,
	/// What it was made from.
	pub parents: Parents,
	/// Who shares in what it earns.
	pub contributors: Contributors<AccountId>,
	/// The sum of the shares of parents and contributors.
	pub upstream_share: Share,
	/// The block of its registration.
	pub registered_at: BlockNumber,
	/// What is held from its owner.
	pub deposit: Ticket,
}

impl<AccountId: Encode, BlockNumber: Encode, Ticket> Artifact<AccountId, BlockNumber, Ticket> {
	/// What the deposit pays for: everything of variable length.
	pub fn footprint(&self) -> Footprint {
		artifact_footprint(&self.metadata, &self.licence, &self.parents, &self.contributors)
	}
}

/// The footprint of an artifact that has no deposit yet.
pub(crate) fn artifact_footprint<AccountId: Encode, BlockNumber: Encode>(
	metadata: &Metadata,
	licence: &Licence<BlockNumber>,
	parents: &Parents,
	contributors: &Contributors<AccountId>,
) -> Footprint {
	Footprint::from_encodable((metadata, licence, parents, contributors))
}

/// A published version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Version<AccountId, BlockNumber, Ticket> {
	/// Its number: how many versions of the artifact were published before it.
	pub number: u32,
	/// What its publisher says about it.
	pub info: VersionInfo,
	/// The owner that published it, who paid the deposit: it stays theirs when the artifact is
	/// handed over.
	pub publisher: AccountId,
	/// The block of its publication.
	pub published_at: BlockNumber,
	/// What is held from its publisher.
	pub deposit: Ticket,
}

/// The sum of the shares of parents and contributors. `None` where it is more than the whole.
pub(crate) fn sum_of_shares<AccountId>(
	parents: &[Parent],
	contributors: &[Contributor<AccountId>],
) -> Option<Share> {
	parents
		.iter()
		.map(|parent| parent.share)
		.chain(contributors.iter().map(|contributor| contributor.share))
		.try_fold(Share::zero(), |sum, share| sum.checked_add(&share))
}
