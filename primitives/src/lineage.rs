//! Artifacts as other pallets see them: who owns them, who shares in what they earn.

use crate::{ArtifactId, Digest, Share};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::DispatchResult;

/// What an artifact is.
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
pub enum ArtifactKind {
	/// A model that can be served by itself.
	Model,
	/// A fine-tune, LoRA or other addition to a model.
	Adapter,
	/// Data to train or evaluate with.
	Dataset,
	/// Programs: training code, tools, inference code.
	Code,
}

/// How an artifact's earnings are split. What the shares leave is the owner's; a provider's share
/// comes out of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split<AccountId> {
	/// The owner now.
	pub owner: AccountId,
	/// Parents with their shares of the gross. Every id is smaller than the artifact's own.
	pub parents: Vec<(ArtifactId, Share)>,
	/// Contributors with their shares of the gross.
	pub contributors: Vec<(AccountId, Share)>,
}

/// Artifacts as other pallets read them.
pub trait ArtifactInspect<AccountId> {
	/// The owner, by the NFT. `None` where there is no such artifact.
	fn owner(artifact: ArtifactId) -> Option<AccountId>;

	/// The sum of the shares of parents and contributors, in one read however many there are.
	fn upstream_share(artifact: ArtifactId) -> Option<Share>;

	/// The whole split. Costs a read of the artifact, and its decoding.
	fn split(artifact: ArtifactId) -> Option<Split<AccountId>>;

	/// Whether the licence lets the artifact's owner sell its use now. Fails with a named error.
	fn ensure_sellable(artifact: ArtifactId) -> DispatchResult;
}

/// Versions as other pallets read them.
pub trait VersionInspect {
	/// Whether `version` of `artifact` is published and may be served.
	fn is_servable(artifact: ArtifactId, version: &Digest) -> bool;
}

/// What benchmarks need of the registry.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkLineage<AccountId> {
	/// Registers an artifact with this many parents, each at one percent, owned by accounts that
	/// exist.
	fn artifact_with_parents(parents: u32) -> ArtifactId;
	/// Registers an artifact with this many ancestors: each artifact has the sixteen before it as
	/// parents, as far as there are so many.
	fn artifact_with_ancestors(ancestors: u32) -> ArtifactId;
	/// Publishes a version of `artifact`.
	fn publish(artifact: ArtifactId) -> Digest;
}
