//! Artifacts as other pallets see them: who owns them, who shares in what they earn. Who follows the
//! money begins at [`Split`].

use crate::{ArtifactId, Balance, CurrencyId, Digest, Share, Tariff};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, weights::Weight, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};

/// Why a version is withdrawn, in its owner's words. UTF-8 by convention.
pub type Note = BoundedVec<u8, ConstU32<128>>;

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
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
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

/// Why a version is withdrawn.
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
pub enum WithdrawalKind {
	/// Its use does harm. The only reason for which it goes at once.
	Safety,
	/// It does not do what it should.
	Defect,
	/// Somebody else has rights in it.
	Rights,
	/// There is a better one.
	Superseded,
	/// Something else.
	Other,
}

/// Where a version stands.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum VersionStatus<BlockNumber> {
	/// It can be served.
	Published,
	/// It can be served; its owner advises against it, and tools warn.
	Deprecated,
	/// It can be served before block `from`, and never again.
	Withdrawn {
		/// The first block in which it can not be served.
		from: BlockNumber,
		/// Why.
		kind: WithdrawalKind,
		/// Why, in the owner's words.
		note: Note,
	},
}

impl<BlockNumber> VersionStatus<BlockNumber> {
	/// Whether it is withdrawn, or about to be.
	pub fn is_withdrawn(&self) -> bool {
		matches!(self, Self::Withdrawn { .. })
	}

	/// Whether it can be served in block `now`.
	pub fn is_servable(&self, now: &BlockNumber) -> bool
	where
		BlockNumber: PartialOrd,
	{
		match self {
			Self::Published | Self::Deprecated => true,
			Self::Withdrawn { from, .. } => now < from,
		}
	}

	/// The same status with its blocks in another type.
	pub fn map_block<Other>(self, map: impl FnOnce(BlockNumber) -> Other) -> VersionStatus<Other> {
		match self {
			Self::Published => VersionStatus::Published,
			Self::Deprecated => VersionStatus::Deprecated,
			Self::Withdrawn { from, kind, note } => {
				VersionStatus::Withdrawn { from: map(from), kind, note }
			}
		}
	}
}

/// How an artifact's earnings are split. What the shares leave is the owner's; a provider's share
/// comes out of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split<AccountId> {
	/// The owner now.
	pub owner: AccountId,
	/// Parents with their shares of the gross. Every id is smaller than the artifact's own. The list
	/// never changes.
	pub parents: Vec<(ArtifactId, Share)>,
	/// Contributors with their shares of the gross. A place in the list stays where it is: its share
	/// can become zero, and its account can change. New places come at the end.
	pub contributors: Vec<(AccountId, Share)>,
}

/// Artifacts as other pallets read them.
pub trait ArtifactInspect<AccountId> {
	/// The owner, by the NFT. `None` where there is no such artifact.
	fn owner(artifact: ArtifactId) -> Option<AccountId>;

	/// *Upstream*: parents and contributors. The sum of their shares, in one read however many there
	/// are.
	fn upstream_share(artifact: ArtifactId) -> Option<Share>;

	/// The whole split. Costs a read of the artifact, and its decoding.
	fn split(artifact: ArtifactId) -> Option<Split<AccountId>>;

	/// Whether the licence lets the artifact's owner sell its use now. Fails with a named error.
	fn ensure_sellable(artifact: ArtifactId) -> DispatchResult;

	/// Whether the licence lets providers answer for the artifact. It need not be in force: what was
	/// sold stays usable. Fails with a named error.
	fn ensure_offerable(artifact: ArtifactId) -> DispatchResult;

	/// Whether the artifact's use may be sold now at this price: its own licence allows it, as
	/// [`Self::ensure_sellable`] says, and every parent gets the least amount that was agreed with
	/// it. A unit costs `price` of `currency`. Fails with a named error.
	fn ensure_plan_allowed(
		artifact: ArtifactId,
		currency: &CurrencyId,
		price: Balance,
		tariff: &Tariff,
	) -> DispatchResult;
}

/// Versions as other pallets read them.
pub trait VersionInspect {
	/// Whether `version` of `artifact` is published, and not withdrawn by now.
	fn is_servable(artifact: ArtifactId, version: &Digest) -> bool;
}

/// What an artifact has earned, as the registry needs it: split before its owner or a share changes,
/// so that everything earned until then goes to whom it belonged.
pub trait SettleRoyalties {
	/// The most that [`Self::settle`] can cost.
	fn max_weight() -> Weight;

	/// Splits all that is pending for `artifact`, in every currency, however little it is. Returns
	/// what that cost.
	fn settle(artifact: ArtifactId) -> Result<Weight, DispatchError>;
}

/// The deposit for an artifact, as pallets need it that store more for its owner. There is one for all
/// of it, so that it changes hands in one piece, however many things it pays for.
pub trait ArtifactDeposit {
	/// Holds a deposit for `bytes` more from the owner of `artifact`. Fails with the deposit's error
	/// where the owner cannot pay.
	fn store_more(artifact: ArtifactId, bytes: u64) -> DispatchResult;

	/// The bytes that [`Self::store_more`] was ever asked to add.
	fn stored_elsewhere(artifact: ArtifactId) -> u64;
}

/// What benchmarks need of the registry.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkLineage<AccountId> {
	/// Registers an artifact with this many parents, each at one percent, owned by accounts that
	/// exist.
	fn artifact_with_parents(parents: u32) -> ArtifactId;
	/// Registers an artifact with this many ancestors, and first a line of others that have nothing to
	/// do with it, so that states of equal size can be compared: each artifact has the sixteen before
	/// it in its line as parents, as far as there are so many.
	fn artifact_with_ancestors(ancestors: u32, others: u32) -> ArtifactId;
	/// Registers the artifact that takes most to look at and to sell: it has as many parents and
	/// contributors as there can be, each at one percent, and least amounts in `currency` with each
	/// parent. A plan whose units cost 100 of the currency's smallest or more, and whose tariff
	/// charges for everything, reaches them.
	fn fullest_artifact(currency: &CurrencyId) -> ArtifactId;
	/// Publishes the version of `artifact` with the number `n`.
	fn publish(artifact: ArtifactId, n: u8) -> Digest;
}
