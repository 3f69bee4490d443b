//! What a node asks the runtime about artifacts, plans, jobs and anchors. Each answer is SCALE; the
//! node's RPC turns it into JSON.

use crate::{
	licence::{LeastAmount, Licence},
	lineage::{Relation, VersionStatus},
	outside_key::Fingerprint,
	provenance::{AnchorInfo, AnchorStatus, IndexKey, Locators},
	service_key::ServiceKey,
	AnchorId, ArtifactId, ArtifactKind, Balance, CurrencyId, Digest, EndpointKind, JobId, PlanId,
	Share, Tariff,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;

/// An artifact, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ArtifactView<AccountId> {
	/// The owner, by the NFT.
	pub owner: AccountId,
	/// Model, adapter, dataset or code.
	pub kind: ArtifactKind,
	/// What its owner calls it. Others can have the same name.
	pub name: Vec<u8>,
	/// SHA-256 of the metadata document.
	pub metadata_digest: Digest,
	/// Where the metadata document is, the preferred place first.
	pub metadata_locators: Locators,
	/// What others may do with it.
	pub licence: Licence<u32>,
	/// What it was made from.
	pub parents: Vec<ParentView>,
	/// Contributors and their shares. Those who renounced theirs are left out.
	pub contributors: Vec<(AccountId, Share)>,
	/// The sum of the shares of parents and contributors.
	pub upstream_share: Share,
	/// The block of its registration.
	pub registered_at: u32,
	/// The published versions, oldest first. Of more than 100, the newest 100.
	pub versions: Vec<VersionView<AccountId>>,
	/// How many versions there are.
	pub version_count: u32,
	/// The version that its owner recommends, if that can be served.
	pub serving: Option<Digest>,
	/// Whether it has versions, and all of them are withdrawn or about to be: nothing new is sold or
	/// derived.
	pub withdrawn: bool,
	/// How many artifacts name it as a parent.
	pub children: u32,
	/// Whom it is offered to as a gift.
	pub gift_to: Option<AccountId>,
	/// The bytes that its owner's deposit pays for: it, its versions, and its plans.
	pub stored_bytes: u64,
}

/// A parent of an artifact, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ParentView {
	/// The parent.
	pub artifact: ArtifactId,
	/// How the child was made from it.
	pub relation: Relation,
	/// Its share of everything the child earns.
	pub share: Share,
	/// Whether the parent's owner confirmed the edge.
	pub confirmed: bool,
	/// [`Licence::agreed_hash`] of the licence that the child was registered under.
	pub terms: Digest,
	/// Whether the child's use may be sold.
	pub commercial_use: bool,
	/// The least amounts that the child's use owes.
	pub least_amount: Option<LeastAmount>,
}

/// A version of an artifact, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct VersionView<AccountId> {
	/// Its number: how many versions of the artifact were published before it.
	pub number: u32,
	/// Its root digest.
	pub digest: Digest,
	/// The format of the files.
	pub format: Vec<u8>,
	/// Files in it.
	pub files: u32,
	/// Their length in bytes, all together.
	pub bytes: u64,
	/// Where the files are, the preferred place first.
	pub locators: Locators,
	/// Who published it.
	pub publisher: AccountId,
	/// The block of its publication.
	pub published_at: u32,
	/// Where it stands.
	pub status: VersionStatus<u32>,
	/// Whether it can be served now.
	pub servable: bool,
}

/// Some versions of an artifact.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct VersionPage<AccountId> {
	/// The versions, oldest first.
	pub versions: Vec<VersionView<AccountId>>,
	/// The number at which the next page starts. `None`: this was the last one.
	pub next: Option<u32>,
	/// How many there are in all.
	pub total: u32,
}

/// An artifact that has a digest as a version, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PublishedView<AccountId> {
	/// The artifact.
	pub artifact: ArtifactId,
	/// The owner, by the NFT.
	pub owner: AccountId,
	/// Model, adapter, dataset or code.
	pub kind: ArtifactKind,
	/// What its owner calls it. Others can have the same name.
	pub name: Vec<u8>,
	/// What others may do with it.
	pub licence: Licence<u32>,
	/// What it was made from.
	pub parents: Vec<ParentView>,
	/// Whether the version is the one that its owner recommends, and can be served.
	pub serving: bool,
	/// The version.
	pub version: VersionView<AccountId>,
}

/// Some of the artifacts that have a digest as a version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PublishedPage<AccountId> {
	/// The artifacts, in the order in which they published it.
	pub versions: Vec<PublishedView<AccountId>>,
	/// Where the next page starts. `None`: this was the last one.
	pub next: Option<u32>,
	/// How many there are in all.
	pub total: u32,
}

/// Some children of an artifact.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ChildPage {
	/// The artifacts that name it as a parent, oldest first.
	pub children: Vec<ArtifactId>,
	/// Where the next page starts. `None`: this was the last one.
	pub next: Option<u32>,
	/// How many there are in all.
	pub total: u32,
}

/// A plan, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PlanView {
	/// The artifact whose use is sold.
	pub artifact: ArtifactId,
	/// The versions that the credits buy. Empty: any.
	pub versions: Vec<Digest>,
	/// The price list.
	pub tariff: Tariff,
	/// What the price is in.
	pub currency: CurrencyId,
	/// The price of a unit, in the currency's smallest unit.
	pub price: Balance,
	/// Blocks from a receipt until its money matures.
	pub dispute_window: u32,
	/// Whether units are sold now.
	pub on_sale: bool,
	/// Units in issue.
	pub units_in_issue: Balance,
	/// The least balance of units that an account can have.
	pub min_balance: Balance,
	/// What a buyer agrees to.
	pub terms: H256,
}

/// Where a job stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum JobStatusView {
	/// Waiting for its receipt.
	Open,
	/// Answered: the receipt's hash, the units charged, the block at which their money matures.
	Settled {
		/// Hash of the receipt.
		receipt: H256,
		/// Units charged.
		units: Balance,
		/// When its money matures.
		matures_at: u32,
	},
}

/// A job, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct JobView<AccountId> {
	/// Who asked.
	pub consumer: AccountId,
	/// Whose credits are used.
	pub plan: PlanId,
	/// The artifact that is asked.
	pub artifact: ArtifactId,
	/// The version that answers.
	pub version: Digest,
	/// Who answers.
	pub provider: AccountId,
	/// The provider's service key now. `None`: it has left, while the money matures.
	pub service_key: Option<ServiceKey>,
	/// Which endpoint of the OpenAI API is called.
	pub endpoint: EndpointKind,
	/// Commitment to the request.
	pub request: Digest,
	/// Commitment to the parameters.
	pub parameters: Digest,
	/// Units held.
	pub units_held: Balance,
	/// The block of the request.
	pub requested_at: u32,
	/// The block by which the answer is due.
	pub deadline: u32,
	/// Where it stands.
	pub status: JobStatusView,
}

/// An anchor, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AnchorView<AccountId> {
	/// Its id.
	pub id: AnchorId,
	/// The subject's digest.
	pub digest: Digest,
	/// What is said about it.
	pub info: AnchorInfo,
	/// Who says so.
	pub issuer: AccountId,
	/// The block in which it was made.
	pub block: u32,
	/// Milliseconds since the Unix epoch.
	pub time: u64,
	/// The block in which its issuer had reserved the digest, where it was.
	pub reserved_at: Option<u32>,
	/// The outside key that stands behind it, where one does.
	pub confirmation: Option<ConfirmationView>,
	/// Whether its issuer still stands by it.
	pub status: AnchorStatus<u32>,
}

impl<AccountId> AnchorView<AccountId> {
	/// Whether its issuer still stands by it, and says nothing newer.
	pub fn is_active(&self) -> bool {
		self.status == AnchorStatus::Active
	}
}

/// How an outside key stands behind an anchor, for reading.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ConfirmationView {
	/// The key.
	pub key: Fingerprint,
	/// The block in which the anchor was confirmed.
	pub at: u32,
	/// Until when the key had said, by then, that the issuer speaks for it: milliseconds since the
	/// Unix epoch.
	pub expires_at: u64,
	/// Until when it says so now. `None`: the issuer has unbound the key.
	pub bound_until: Option<u64>,
}

/// Some anchors of one index.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AnchorPage<AccountId> {
	/// The anchors, in the order in which they came to the index.
	pub anchors: Vec<AnchorView<AccountId>>,
	/// Where the next page starts. `None`: this was the last one.
	pub next: Option<u32>,
	/// How many there are in all.
	pub total: u32,
}

/// Some of those who claim a subject.
///
/// The places of the whole list are: the anchors that are reserved and confirmed, then the confirmed
/// ones, then the reserved ones, then all. An anchor is shown at its first place alone, so that a page
/// can have fewer anchors than places.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ClaimantPage<AccountId> {
	/// The anchors: those that were reserved and are confirmed first, then other confirmed ones, then
	/// other reserved ones, each in the order in which they came.
	pub anchors: Vec<AnchorView<AccountId>>,
	/// The place at which the next page starts. `None`: this was the last one.
	pub next: Option<u32>,
	/// How many are confirmed, reserved or not.
	pub confirmed: u32,
	/// How many were reserved, confirmed or not.
	pub reserved: u32,
	/// How many there are in all.
	pub total: u32,
}

sp_api::decl_runtime_apis! {
	/// Reading Tallystick's state.
	pub trait TallystickApi<AccountId>
	where
		AccountId: codec::Codec,
	{
		/// An artifact with its newest versions.
		fn artifact(id: ArtifactId) -> Option<ArtifactView<AccountId>>;
		/// The versions of an artifact from number `start` on, at most `limit` and at most 100 of them.
		fn versions(id: ArtifactId, start: u32, limit: u32) -> VersionPage<AccountId>;
		/// The artifacts that name an artifact as a parent, oldest first: from the `start`th on, at most
		/// `limit` and at most 100 of them.
		fn children(id: ArtifactId, start: u32, limit: u32) -> ChildPage;
		/// The artifacts that have a digest as a version, in the order in which they published it, from
		/// the `start`th on: at most `limit` and at most 100.
		fn published(digest: Digest, start: u32, limit: u32) -> PublishedPage<AccountId>;
		/// A plan.
		fn plan(id: PlanId) -> Option<PlanView>;
		/// A job that has not gone yet.
		fn job(id: JobId) -> Option<JobView<AccountId>>;
		/// An anchor.
		fn anchor(id: AnchorId) -> Option<AnchorView<AccountId>>;
		/// Who claims a digest, confirmed ones first: the places from `start` on, at most `limit` and
		/// at most 100 of them.
		fn anchors(digest: Digest, start: u32, limit: u32) -> ClaimantPage<AccountId>;
		/// The anchors of an index from number `start` on, at most `limit` and at most 100 of them.
		fn anchors_by(key: IndexKey<AccountId>, start: u32, limit: u32) -> AnchorPage<AccountId>;
		/// The provider whose service key this is.
		fn provider_of(key: ServiceKey) -> Option<AccountId>;
	}
}
