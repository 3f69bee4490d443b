//! # Registry
//!
//! Models, adapters, datasets and code as property: who owns them, what they are made from, who
//! shares in what they earn, and what their licence lets others do.
//!
//! ## Words
//!
//! - **Artifact**: anything that can be owned and earn. Its [`ArtifactId`] is the item id of its
//!   NFT in the one collection of this pallet.
//! - **Owner**: the owner of that NFT. pallet-nfts is the only source of truth; nothing here
//!   remembers an owner.
//! - **Version**: one immutable set of files of an artifact, named by its root digest: the OpenSSF
//!   Model Signing v1.0 digest, SHA-256 over the raw SHA-256 digests of the files, concatenated in
//!   the order of the file names. Versions of an artifact are numbered from 0.
//! - **Lineage**: the artifacts that an artifact was made from, its *parents*, each with a relation
//!   and a share. An edge is *claimed* until the parent's owner *confirms* it. Whether it is
//!   confirmed is information for people: the share is owed from the start.
//! - **Contributor**: an account with a share, for data, code or work.
//! - **Licence**: terms that calls obey ([`Licence`]), with an SPDX id and a digest of the full
//!   text beside them for people.
//!
//! ## Flow
//!
//! 1. [`register`](Pallet::register) checks the lineage against the parents' licences, mints the
//!    NFT to the caller and holds a deposit for the bytes stored.
//! 2. [`publish`](Pallet::publish) adds a version. Only published versions can be served.
//! 3. [`confirm_parent`](Pallet::confirm_parent) is a parent owner's word that an edge is true.
//!
//! Licence, parents, shares and versions never change afterwards: whoever buys a use of an
//! artifact knows how the money splits, and a child keeps the licence it was registered under,
//! whatever its parents do later.
//!
//! ## The licence as a gate
//!
//! What each parent must allow when a child of it is registered:
//!
//! | the child | needs from the parent's licence | or fails with |
//! |---|---|---|
//! | any | share ≥ `least_share` | [`ShareBelowLeast`] |
//! | any | it is not over | [`LicenceExpired`] |
//! | allows commercial use | `commercial_use` | [`CommercialUseForbidden`] |
//! | is trained on it, or distilled from it | `training_use` | [`TrainingForbidden`] |
//! | has another relation | `derivation` | [`DerivationNotApproved`], [`DerivationForbidden`] |
//!
//! Owners need no leave from themselves: where the caller owns the parent, only the first line
//! holds. It holds for them too because the parent's own contributors and parents live on that
//! share. A child of a parent that asks for approval can thus be registered by the parent's owner
//! alone, who may hand it over.
//!
//! Selling is gated through [`ArtifactInspect::ensure_sellable`]: the licence must allow commercial
//! use and not be over. An expiry stops new sales and new children, never what was sold.
//!
//! ## The collection
//!
//! The genesis build creates one pallet-nfts collection, owned by the keyless account of
//! [`PALLET_ID`]. pallet-nfts must run with all its deposits at zero (an item deposit would stay
//! with the first owner for ever; the deposit of this pallet moves) and with [`RegistryLocker`] as
//! its `Locker`: no NFT moves or burns but through [`Pallet::hand_over`]. The item's metadata is
//! the URI of the artifact's metadata document, which is what NFT viewers read; its attribute
//! `kind` is for programs.
//!
//! ## Invariants
//!
//! Checked by [`Pallet::do_try_state`]:
//!
//! 1. Every artifact has exactly one NFT, and every NFT of the collection is an artifact.
//! 2. Ids are dense: artifacts are `0..NextArtifactId`.
//! 3. Every parent is older than its child, and named once. Every contributor has a share, and is
//!    named once.
//! 4. `upstream_share` is the sum of all shares, and at most 100 %.
//! 5. The versions of an artifact are numbered `0..VersionCount`, each under its digest.
//! 6. No NFT is unlocked between calls.
//!
//! ## Limits
//!
//! Up to 16 parents and 16 contributors; everything else is bounded by its type or paid for by a
//! deposit. A digest is never exclusive: the same files can be published under two artifacts.
//! Nothing proves that a lineage is complete, or that a share is fair. Purposes beyond the fields
//! of [`Licence`] are declared in its text, not enforced.
//!
//! [`ArtifactId`]: tallystick_primitives::ArtifactId
//! [`ArtifactInspect::ensure_sellable`]: tallystick_primitives::ArtifactInspect::ensure_sellable
//! [`ShareBelowLeast`]: Error::ShareBelowLeast
//! [`LicenceExpired`]: Error::LicenceExpired
//! [`CommercialUseForbidden`]: Error::CommercialUseForbidden
//! [`TrainingForbidden`]: Error::TrainingForbidden
//! [`DerivationNotApproved`]: Error::DerivationNotApproved
//! [`DerivationForbidden`]: Error::DerivationForbidden

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::as_conversions
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod confirm_parent;
#[cfg(any(test, feature = "runtime-benchmarks"))]
mod fixtures;
mod inspect;
#[cfg(test)]
mod mock;
mod nft;
mod publish;
mod register;
#[cfg(test)]
mod tests;
mod try_state;
// Derives of enums cast discriminants.
#[allow(clippy::as_conversions)]
mod types;
pub mod weights;

pub use nft::{RegistryLocker, PALLET_ID};
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			tokens::nonfungibles_v2::{Create, Inspect, InspectEnumerable, Mutate, Transfer},
			Consideration, Footprint,
		},
	};
	use frame_system::pallet_prelude::*;
	use pallet_nfts::ItemConfig;
	use tallystick_primitives::{runtime_api::ArtifactView, ArtifactId, ArtifactKind, Digest};

	/// The version of the storage layout.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The NFTs of artifacts: pallet-nfts, with zero deposits and [`RegistryLocker`].
		type Nfts: Inspect<Self::AccountId, CollectionId = CollectionId, ItemId = ArtifactId>
			+ InspectEnumerable<Self::AccountId>
			+ Create<Self::AccountId, CollectionConfigOf<Self>>
			+ Mutate<Self::AccountId, ItemConfig>
			+ Transfer<Self::AccountId>;

		/// What is held for the bytes of an artifact, from its owner, and of a version, from its
		/// publisher.
		type Deposit: Consideration<Self::AccountId, Footprint>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money of an account is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The account's artifacts and versions are stored.
		Storage,
	}

	/// The collection of all artifacts. Written once, at genesis.
	#[pallet::storage]
	pub type Collection<T> = StorageValue<_, CollectionId>;

	/// The artifact whose NFT may move now. Set only inside [`Pallet::hand_over`].
	#[pallet::storage]
	pub type Unlocked<T> = StorageValue<_, ArtifactId>;

	/// The id that the next artifact gets.
	#[pallet::storage]
	pub type NextArtifactId<T> = StorageValue<_, ArtifactId, ValueQuery>;

	/// All artifacts.
	#[pallet::storage]
	pub type Artifacts<T: Config> = StorageMap<_, Twox64Concat, ArtifactId, ArtifactOf<T>>;

	/// The published versions of an artifact, by root digest.
	#[pallet::storage]
	pub type Versions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ArtifactId, Blake2_128Concat, Digest, VersionOf<T>>;

	/// The digest of an artifact's n-th version. With [`VersionCount`], keys that are known
	/// beforehand show all versions, in order, and that none is left out.
	#[pallet::storage]
	pub type VersionAt<T> =
		StorageDoubleMap<_, Twox64Concat, ArtifactId, Twox64Concat, u32, Digest>;

	/// How many versions of an artifact are published. Apart from the artifact, so that publishing
	/// does not write the whole lineage again.
	#[pallet::storage]
	pub type VersionCount<T> = StorageMap<_, Twox64Concat, ArtifactId, u32, ValueQuery>;

	/// Creates the collection.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		#[serde(skip)]
		_config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// A chain without the collection could register nothing: better that it does not start.
			assert!(
				Pallet::<T>::create_collection().is_ok(),
				"pallet-nfts creates the collection: its deposits are zero and it has an id left",
			);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An artifact was registered, and its NFT minted to `owner`.
		Registered {
			/// The artifact.
			artifact: ArtifactId,
			/// Who registered it.
			owner: T::AccountId,
			/// What it is.
			kind: ArtifactKind,
			/// SHA-256 of its metadata document.
			metadata_digest: Digest,
		},
		/// A version was published.
		Published {
			/// The artifact.
			artifact: ArtifactId,
			/// The version's root digest.
			version: Digest,
			/// Files in it.
			files: u32,
			/// Their length in bytes, all together.
			bytes: u64,
		},
		/// The parent's owner confirmed an edge of the lineage. Not sent for edges that are
		/// confirmed at registration, because the caller owns the parent.
		ParentConfirmed {
			/// The artifact that names the parent.
			child: ArtifactId,
			/// The parent.
			parent: ArtifactId,
		},
		/// An artifact changed hands.
		HandedOver {
			/// The artifact.
			artifact: ArtifactId,
			/// The owner until now.
			from: T::AccountId,
			/// The owner from now on.
			to: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such artifact.
		ArtifactNotFound,
		/// A parent is no artifact that exists already.
		ParentNotFound,
		/// A parent is named twice.
		DuplicateParent,
		/// A contributor is named twice.
		DuplicateContributor,
		/// The shares of parents and contributors add up to more than the whole.
		SharesExceedWhole,
		/// A contributor has no share.
		ZeroShare,
		/// A parent's licence never allows derivatives.
		DerivationForbidden,
		/// A parent's licence allows derivatives to its owner alone, who is not the caller.
		DerivationNotApproved,
		/// A parent's licence allows neither training nor distillation.
		TrainingForbidden,
		/// The licence of the artifact, or of a parent of it, does not allow commercial use.
		CommercialUseForbidden,
		/// A parent's share is lower than its licence asks for.
		ShareBelowLeast,
		/// The licence of the artifact, or of a parent of it, is over.
		LicenceExpired,
		/// The metadata digest is zero.
		MissingMetadata,
		/// The caller does not own the artifact; for a confirmation, the parent.
		NotOwner,
		/// The artifact has this version already.
		AlreadyPublished,
		/// The version has no files, no bytes, or a digest of zero.
		EmptyVersion,
		/// The child does not name this parent.
		EdgeNotFound,
		/// The edge is confirmed already.
		AlreadyConfirmed,
		/// No id is left for another artifact.
		TooManyArtifacts,
		/// No number is left for another version of the artifact.
		TooManyVersions,
		/// The collection is missing: the chain was started without the genesis of this pallet.
		CollectionNotFound,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers an artifact and mints its NFT to the caller.
		///
		/// Origin: signed. A deposit for the bytes stored is held from the caller.
		///
		/// - `kind`: model, adapter, dataset or code.
		/// - `metadata`: digest and place of the metadata document. The place may be empty.
		/// - `licence`: what others may do with it. It never changes.
		/// - `parents`: what it was made from, with the share of each in everything it earns. Every
		///   parent's licence must allow it: see "The licence as a gate" in the pallet's docs. The
		///   edge to a parent that the caller owns is confirmed at once.
		/// - `contributors`: accounts with a share in everything it earns.
		///
		/// Errors: [`Error::MissingMetadata`], [`Error::LicenceExpired`], [`Error::ParentNotFound`],
		/// [`Error::DuplicateParent`], [`Error::ShareBelowLeast`],
		/// [`Error::CommercialUseForbidden`], [`Error::TrainingForbidden`],
		/// [`Error::DerivationNotApproved`], [`Error::DerivationForbidden`],
		/// [`Error::DuplicateContributor`], [`Error::ZeroShare`], [`Error::SharesExceedWhole`],
		/// [`Error::TooManyArtifacts`], [`Error::CollectionNotFound`], and what the deposit says
		/// when the caller cannot pay it.
		///
		/// Events: [`Event::Registered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register(
			count(parents.len()),
			count(contributors.len()),
		))]
		pub fn register(
			origin: OriginFor<T>,
			kind: ArtifactKind,
			metadata: Metadata,
			licence: Licence<BlockNumberFor<T>>,
			parents: ParentClaims,
			contributors: Contributors<T::AccountId>,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_register(owner, kind, metadata, licence, parents, contributors)
		}

		/// Publishes a version of an artifact: from now on it can be served.
		///
		/// Origin: signed by the artifact's owner. A deposit for the bytes stored is held from it.
		///
		/// - `version`: the root digest of the files.
		/// - `info`: format, number and length of the files, and where they are.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::EmptyVersion`],
		/// [`Error::AlreadyPublished`], [`Error::TooManyVersions`], and what the deposit says when
		/// the caller cannot pay it.
		///
		/// Events: [`Event::Published`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::publish())]
		pub fn publish(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			info: VersionInfo,
		) -> DispatchResult {
			let publisher = ensure_signed(origin)?;
			Self::do_publish(publisher, artifact, version, info)
		}

		/// Confirms that `child` was made from `parent` as it says.
		///
		/// Origin: signed by the owner of `parent`. Costs the fee only, and cannot be taken back.
		///
		/// Errors: [`Error::ArtifactNotFound`] for an unknown child, [`Error::EdgeNotFound`],
		/// [`Error::NotOwner`], [`Error::AlreadyConfirmed`].
		///
		/// Events: [`Event::ParentConfirmed`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::confirm_parent())]
		pub fn confirm_parent(
			origin: OriginFor<T>,
			child: ArtifactId,
			parent: ArtifactId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_confirm_parent(who, child, parent)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An artifact with its owner and its newest versions, at most [`MAX_PAGE`] of them in the
		/// order of their publication.
		pub fn artifact(artifact: ArtifactId) -> Option<ArtifactView<T::AccountId>> {
			Self::view(artifact)
		}

		/// The root digests of an artifact's versions from number `start`, at most `limit` and at
		/// most [`MAX_PAGE`] of them, and how many versions there are.
		pub fn versions(artifact: ArtifactId, start: u32, limit: u32) -> (Vec<Digest>, u32) {
			Self::page(artifact, start, limit)
		}
	}
}

/// A length as a benchmark's component. Every list here has at most 16 entries, so the conversion
/// never fails; if it did, the weight would be too high rather than too low.
fn count(length: usize) -> u32 {
	u32::try_from(length).unwrap_or(u32::MAX)
}
