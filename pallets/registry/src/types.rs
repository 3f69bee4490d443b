//! What is stored about artifacts, and what the calls take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::{ConstU32, Footprint},
	BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::{traits::CheckedAdd, SaturatedConversion};
use tallystick_primitives::{
	licence::{LeastAmount, Licence},
	lineage::{Relation, VersionStatus},
	provenance::Locators,
	ArtifactId, ArtifactKind, Balance, Digest, Share,
};

/// The most parents of an artifact.
pub const MAX_PARENTS: u32 = 16;
/// The most contributors of an artifact.
pub const MAX_CONTRIBUTORS: u32 = 16;
/// The most versions, or children, that one view shows.
pub const MAX_PAGE: u32 = 100;

/// A collection of pallet-nfts.
pub type CollectionId = u32;
/// How pallet-nfts describes a collection, in the types of the runtime.
pub type CollectionConfigOf<T> =
	pallet_nfts::CollectionConfig<Balance, BlockNumberFor<T>, CollectionId>;
/// What an artifact is called: UTF-8 that can be shown as it is.
pub type Name = BoundedVec<u8, ConstU32<64>>;
/// The parents that a caller names.
pub type ParentClaims = BoundedVec<ParentClaim, ConstU32<MAX_PARENTS>>;
/// The parents of an artifact.
pub type Parents = BoundedVec<Parent, ConstU32<MAX_PARENTS>>;
/// The contributors of an artifact.
pub type Contributors<AccountId> = BoundedVec<Contributor<AccountId>, ConstU32<MAX_CONTRIBUTORS>>;
/// An [`Artifact`] in the types of the runtime.
pub type ArtifactOf<T> = Artifact<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// A [`Version`] in the types of the runtime.
pub type VersionOf<T> = Version<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;

/// What an artifact takes of the state beside its own bytes: catalogue, deposit, an offer of it as a
/// gift, and the NFT with its config, its places by owner and by collection, its metadata and its three
/// attributes, each under keys of its own and with a deposit of zero written beside it.
const BESIDE_AN_ARTIFACT: u64 = 1_500;
/// What an edge takes beside its own bytes: the child's place in the parent's list of children.
const BESIDE_A_PARENT: u64 = 60;
/// What a version takes beside its own bytes: its keys, and its places in the artifact's list of versions
/// and in the digest's list of artifacts.
const BESIDE_A_VERSION: u64 = 540;

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
	/// [`Licence::agreed_hash`] of the parent's licence, as the caller saw it.
	pub terms: Digest,
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
	/// What the parent's licence said when the child was registered.
	pub agreed: Agreement,
}

/// What binds a child for ever, whatever its parent's licence says later. The share stands beside it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Agreement {
	/// [`Licence::agreed_hash`] of the parent's licence.
	pub terms: Digest,
	/// Whether the child's use may be sold.
	pub commercial_use: bool,
	/// The least amounts that the child's use owes to the parent.
	pub least_amount: Option<LeastAmount>,
}

/// An account with a share.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Contributor<AccountId> {
	/// Who is paid.
	pub account: AccountId,
	/// The share of everything the artifact earns. Zero where it was given up: the place stays.
	pub share: Share,
}

/// What an artifact is called, and the metadata document: JSON for people and NFT viewers.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Metadata {
	/// What it is called. Anybody can call anything so.
	pub name: Name,
	/// SHA-256 of the document.
	pub digest: Digest,
	/// Where the document is, the preferred place first. May be empty.
	pub locators: Locators,
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
	/// Where the files are, the preferred place first. May be empty: weights can be private.
	pub locators: Locators,
}

impl VersionInfo {
	/// The bytes that a deposit pays for.
	pub fn stored_bytes(&self) -> u64 {
		bytes_of(self).saturating_add(BESIDE_A_VERSION)
	}
}

/// An artifact.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Artifact<AccountId, BlockNumber> {
	/// What it is.
	pub kind: ArtifactKind,
	/// Its name and its metadata document.
	pub metadata: Metadata,
	/// What others may do with it.
	pub licence: Licence<BlockNumber>,
	/// What it was made from.
	pub parents: Parents,
	/// Who shares in what it earns. A place never moves: royalties knows payees by their places.
	pub contributors: Contributors<AccountId>,
	/// The sum of the shares of parents and contributors.
	pub upstream_share: Share,
	/// The block of its registration.
	pub registered_at: BlockNumber,
}

impl<AccountId, BlockNumber> Artifact<AccountId, BlockNumber> {
	/// Whether every parent allowed that its use is sold. Its own licence can still say no.
	pub fn may_be_sold(&self) -> bool {
		self.parents.iter().all(|parent| parent.agreed.commercial_use)
	}
}

impl<AccountId: Encode, BlockNumber: Encode> Artifact<AccountId, BlockNumber> {
	/// The bytes that a deposit pays for, versions aside.
	pub fn stored_bytes(&self) -> u64 {
		let edges = BESIDE_A_PARENT.saturating_mul(self.parents.len().saturated_into());
		let Metadata { name, locators, .. } = &self.metadata;
		bytes_of((&self.metadata, &self.licence, &self.parents, &self.contributors))
			// They lie on the NFT a second time.
			.saturating_add(bytes_of((name, locators.first())))
			.saturating_add(edges)
			.saturating_add(BESIDE_AN_ARTIFACT)
	}
}

/// What is counted of an artifact. Apart from it, so that a version or a child does not write the
/// whole lineage again.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Catalogue {
	/// Versions that were published.
	pub versions: u32,
	/// Versions that are withdrawn, or about to be.
	pub withdrawn: u32,
	/// Artifacts that name it as a parent.
	pub children: u32,
	/// The version that the owner recommends. It can be withdrawn by now.
	pub serving: Option<Digest>,
}

impl Catalogue {
	/// Whether there are versions, and all of them are withdrawn or about to be.
	pub fn is_withdrawn(&self) -> bool {
		self.versions > 0 && self.versions == self.withdrawn
	}
}

/// The owner's deposit for an artifact with all that belongs to it: its versions, and what other
/// pallets store of it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct StorageDeposit<Ticket> {
	/// The bytes that it pays for.
	pub bytes: u64,
	/// Those of them that other pallets store, such as plans.
	pub elsewhere: u64,
	/// What is held from the owner.
	pub ticket: Ticket,
}

/// A published version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Version<AccountId, BlockNumber> {
	/// Its number: how many versions of the artifact were published before it.
	pub number: u32,
	/// What its publisher says about it.
	pub info: VersionInfo,
	/// The owner that published it.
	pub publisher: AccountId,
	/// The block of its publication.
	pub published_at: BlockNumber,
	/// Where it stands.
	pub status: VersionStatus<BlockNumber>,
}

/// That somebody wants to register a derivative of an artifact whose licence asks for approval.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DerivativeRequest<Ticket> {
	/// How the derivative is made from it.
	pub relation: Relation,
	/// The least share that the artifact gets of what the derivative earns.
	pub share: Share,
	/// Whether the artifact's owner approved.
	pub approved: bool,
	/// What is held from who asked.
	pub deposit: Ticket,
}

/// The footprint of so many bytes.
///
/// One item, whatever there is: prices multiply items by bytes. What each thing takes beside its own
/// bytes is in the bytes.
pub(crate) fn footprint(bytes: u64) -> Footprint {
	Footprint { count: 1, size: bytes }
}

/// The length of what is stored.
fn bytes_of(stored: impl Encode) -> u64 {
	stored.encoded_size().saturated_into()
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
