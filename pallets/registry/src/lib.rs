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
//!   the order of the file names. Versions of an artifact are numbered from 0. A version is
//!   *published*, *deprecated* (its owner advises against it) or *withdrawn*; one of them is
//!   *serving*: what its owner recommends.
//! - **Locator**: a URI under which something can be fetched. There can be several, in the order of
//!   preference; the digest beside them says whether it is the right thing.
//! - **Lineage**: the artifacts that an artifact was made from, its *parents*, each with a relation
//!   and a share; it is their *child*. An edge is *claimed* until the parent's owner *confirms* it.
//!   Whether it is confirmed is information for people: the share is owed from the start.
//! - **Contributor**: an account with a share, for data, code or work.
//! - **Licence**: terms that calls obey ([`Licence`]), with an SPDX id and a digest of the full
//!   text beside them for people.
//! - **Agreement**: what an edge keeps of the parent's licence ([`Agreement`]).
//! - **Derivative**: a child, seen from its parent. Where the parent's licence says so, its owner's
//!   leave to register one is asked for by a *request*, and given by an *approval*.
//! - **Deposit**: native tokens of the owner's that are held for the bytes that are stored: one deposit
//!   for the artifact, its versions and its plans.
//!
//! ## Flow
//!
//! 1. [`register`] checks the lineage against the parents' licences, mints the NFT to the caller and
//!    holds a deposit for the bytes stored.
//! 2. [`publish`] adds a version. Only published versions can be served.
//! 3. [`confirm_parent`] is a parent owner's word that an edge is true.
//!
//! All calls, by what they are about:
//!
//! | what | calls | by whom | more |
//! |---|---|---|---|
//! | an artifact | [`register`] | anybody | "The licence as a gate" |
//! | its name and metadata document | [`update_metadata`] | its owner | |
//! | its licence | [`update_licence`] | its owner | for children, plans and sales from now on |
//! | a version | [`publish`], [`update_locators`], [`set_deprecated`], [`set_serving`] | the owner | |
//! | | [`withdraw_version`] | the owner | "Withdrawal" |
//! | an edge of the lineage | [`confirm_parent`] | the parent's owner | |
//! | leave to make a derivative | [`request_derivative`] | who wants to make it | "The licence as a gate" |
//! | | [`approve_derivative`] | the parent's owner | |
//! | | [`close_derivative_request`] | either of these | |
//! | shares | [`add_contributor`] | the owner | "Shares" |
//! | | [`renounce_share`], [`transfer_share`] | who has the share | |
//! | the owner | [`offer_gift`] | the owner | "Changing hands" |
//! | | [`accept_gift`] | the receiver | |
//! | | [`cancel_gift`] | either of these | |
//!
//! Whatever changes the bytes that are stored changes the deposit. A version's files and the lineage
//! never change.
//!
//! ## The licence as a gate
//!
//! What each parent must allow when a child of it is registered:
//!
//! | the child | needs of the parent | or fails with |
//! |---|---|---|
//! | any | a version that is not withdrawn, if it has any | [`ParentWithdrawn`] |
//! | any | share ≥ `least_share` | [`ShareBelowLeast`] |
//! | any | a licence that is not over | [`LicenceExpired`] |
//! | any | the licence that the caller named ([`ParentClaim::terms`]) | [`LicenceChanged`] |
//! | allows commercial use | `commercial_use` | [`CommercialUseForbidden`] |
//! | is trained on it, or distilled from it | `training_use` | [`TrainingForbidden`] |
//! | has another relation | `derivation` | [`DerivationForbidden`], [`DerivationNotApproved`] |
//!
//! Owners need no leave from themselves: where the caller owns the parent, neither its expiry nor its
//! derivation and training matter. Its commercial use matters where a parent of its own refused that:
//! nobody gives a leave that they do not have, to themselves either. The share holds for owners too
//! because the parent's own contributors and parents live on it.
//!
//! Where derivation is by approval, whoever wants to register a child asks ([`request_derivative`]), the
//! parent's owner approves what was asked for ([`approve_derivative`]), and the registration uses the
//! approval up: the relation must be the same, and the share not less.
//!
//! Other pallets ask through [`ArtifactInspect`] before they sell:
//!
//! - To open a plan, and to buy from it, the licence must allow commercial use and not be over, and
//!   not all versions may be withdrawn.
//! - To open a plan, each parent must also get the least amount that was agreed with it: its share of
//!   what a call costs, and of what 1,000 tokens cost at the lowest of the plan's rates, must reach the
//!   amounts ([`LeastAmount`]), before the protocol fee. So the price must be in the amount's currency.
//! - To offer to answer, a provider needs commercial use alone: somebody must still be there for what
//!   was sold before an expiry.
//!
//! A child keeps the licence it was registered under: its edge has the share, whether its use may be
//! sold, and the least amounts, as they were agreed, and a digest of the licence. What the parent's
//! owner changes later, and its expiry, bind children and plans that are made afterwards. An expiry
//! stops new sales and new children, never what was sold.
//!
//! ## Withdrawal
//!
//! A version that is withdrawn can be served until a block, and never again: in [`NoticePeriod`]
//! blocks; where its use does harm, at once. From that block on it can be neither offered nor
//! requested nor be in a new plan; jobs that run end as jobs do. Whether it is that block yet is
//! compared where it matters: nothing runs when it comes. An artifact whose last version was
//! withdrawn has no new children and sells nothing new, from the withdrawal on: notice is for those
//! who have paid.
//!
//! ## Shares
//!
//! The owner gives shares from what nobody has ([`add_contributor`]). What a contributor has, it alone
//! can give up ([`renounce_share`]) or pass on ([`transfer_share`]). All shares together, with the
//! largest that any provider of the artifact ever had, are at most the whole: jobs that are not paid
//! for yet can have that one.
//!
//! ## Changing hands
//!
//! An artifact moves through [`Pallet::hand_over`] alone: to who accepts it as a gift
//! ([`offer_gift`], [`accept_gift`]), or by a pallet that trades. With it moves the deposit for all that
//! is stored of it, versions and plans included: it is one, so this is the same work however many of
//! these there are. Nobody is given what they do not want, nor deposits for more bytes than they agreed
//! to.
//!
//! What binds the artifact goes with it: contributors' shares, the room that is kept for the dearest
//! provider that it ever had, and approvals of derivatives that are not used up, which the new owner
//! can close. An offer of it as a gift ends.
//!
//! Before the owner or a share changes, all that is pending for the artifact is split
//! ([`SettleRoyalties`]): it belongs to those who had it until then. What comes later goes to the new
//! owner, also where it was earned before: from jobs in their dispute window, and from children whose
//! own money is not split yet.
//!
//! ## Events
//!
//! Owners, lineages and splits can be followed by events alone. [`Event::Registered`] has the owner, and
//! behind it come an [`Event::ParentNamed`] for each parent and an [`Event::ContributorAdded`] for each
//! contributor; later changes have events of their own. What is long or for people is not in events:
//! of metadata and licences they have digests, of versions the digest, and the rest can be read in the
//! state of that block.
//!
//! ## The collection
//!
//! The genesis build creates one pallet-nfts collection, owned by the keyless account of
//! [`PALLET_ID`]. pallet-nfts must run with all its deposits at zero (an item deposit would stay
//! with the first owner for ever; the deposit of this pallet moves) and with [`RegistryLocker`] as
//! its `Locker`: no NFT moves or burns but through [`Pallet::hand_over`]. The item's metadata is the
//! first locator of the artifact's metadata document, which is what NFT viewers read; its attributes
//! `kind`, `name` and `metadata` (the document's SHA-256) are for programs.
//!
//! ## Invariants
//!
//! Checked by [`Pallet::do_try_state`]:
//!
//! 1. Every artifact has exactly one NFT, and every NFT of the collection is an artifact.
//! 2. Ids are dense: artifacts are `0..NextArtifactId`.
//! 3. Every parent is older than its child, and named once. An account has a contributor's share
//!    once. What may be sold had every parent's leave, and no parent gave a leave that it had not
//!    from its own parents: so what one artifact refuses, nothing that is made from it sells.
//! 4. `upstream_share` is the sum of all shares, and with the dearest provider's at most 100 %.
//! 5. The versions of an artifact are numbered `0..versions`, each under its digest; those that are
//!    withdrawn are counted. The list of a digest has the artifacts that have it as a version, each
//!    once.
//! 6. No NFT is unlocked between calls.
//! 7. A parent's list of children has those that name it, each once.
//! 8. Every artifact has a deposit, for the bytes that are stored of it and its versions, and those that
//!    other pallets said they store of it.
//! 9. Gifts and requests are of artifacts; no gift is to its owner.
//!
//! ## Limits
//!
//! Up to 16 parents and 16 contributors: a call with a 17th does not decode. Everything else is
//! bounded by its type or paid for by a deposit. Nothing is ever removed: no artifact, version, edge or
//! child's place in a list goes, and the deposit for them is held for as long as the chain is, from
//! whoever owns the artifact. Only shorter names, licences and locators give a part of it back, and a
//! request that is closed. What an owner did binds the next: the largest share of any provider that the
//! artifact ever had stays spoken for, approvals of derivatives stand until they are used up or closed,
//! and versions stay withdrawn. A name is not unique, and a digest never exclusive:
//! the same files can be published under two artifacts. Nothing proves that a lineage is complete,
//! or that a share is fair. Least shares and amounts bind children, not the children of children:
//! who wants a say in those lets derivatives be approved. Purposes beyond the fields of [`Licence`]
//! are declared in its text, not enforced.
//!
//! [`register`]: Pallet::register
//! [`update_metadata`]: Pallet::update_metadata
//! [`update_licence`]: Pallet::update_licence
//! [`publish`]: Pallet::publish
//! [`update_locators`]: Pallet::update_locators
//! [`set_deprecated`]: Pallet::set_deprecated
//! [`set_serving`]: Pallet::set_serving
//! [`withdraw_version`]: Pallet::withdraw_version
//! [`confirm_parent`]: Pallet::confirm_parent
//! [`request_derivative`]: Pallet::request_derivative
//! [`approve_derivative`]: Pallet::approve_derivative
//! [`close_derivative_request`]: Pallet::close_derivative_request
//! [`add_contributor`]: Pallet::add_contributor
//! [`renounce_share`]: Pallet::renounce_share
//! [`transfer_share`]: Pallet::transfer_share
//! [`offer_gift`]: Pallet::offer_gift
//! [`accept_gift`]: Pallet::accept_gift
//! [`cancel_gift`]: Pallet::cancel_gift
//! [`ArtifactId`]: tallystick_primitives::ArtifactId
//! [`ArtifactInspect`]: tallystick_primitives::ArtifactInspect
//! [`SettleRoyalties`]: tallystick_primitives::SettleRoyalties
//! [`ParentWithdrawn`]: Error::ParentWithdrawn
//! [`ShareBelowLeast`]: Error::ShareBelowLeast
//! [`LicenceChanged`]: Error::LicenceChanged
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

mod approvals;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod confirm_parent;
mod deposits;
#[cfg(any(test, feature = "runtime-benchmarks"))]
mod fixtures;
mod gifts;
mod inspect;
mod licence;
mod metadata;
#[cfg(test)]
mod mock;
mod nft;
mod publish;
mod published;
mod register;
mod shares;
mod status;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
mod views;
pub mod weights;

pub use nft::{RegistryLocker, PALLET_ID};
pub use pallet::*;
pub use tallystick_primitives::{
	licence::{Derivation, LeastAmount, Licence},
	lineage::{Note, Relation, VersionStatus, WithdrawalKind},
	provenance::{Locator, Locators},
};
pub use types::*;
pub use weights::WeightInfo;

use tallystick_primitives::ArtifactInspect;

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			tokens::nonfungibles_v2::{Create, Inspect, InspectEnumerable, Mutate, Transfer},
			Consideration, Footprint,
		},
	};
	use frame_system::pallet_prelude::*;
	use pallet_nfts::ItemConfig;
	use tallystick_primitives::{
		runtime_api::{ArtifactView, ChildPage, PublishedPage, VersionPage},
		ArtifactId, ArtifactKind, Digest, ProviderShares, SettleRoyalties, Share,
	};

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

		/// What is held from an owner for the bytes of an artifact and all that belongs to it, and from
		/// who asks for a derivative.
		type Deposit: Consideration<Self::AccountId, Footprint>;

		/// What artifacts have earned, which is split before an owner or a share changes.
		type Royalties: SettleRoyalties;

		/// What providers get, which shares leave room for.
		type ProviderShares: ProviderShares;

		/// Blocks from a version's withdrawal until it is gone, where genesis says no other number.
		#[pallet::constant]
		type DefaultNoticePeriod: Get<BlockNumberFor<Self>>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money of an account is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The account's artifacts, with their versions and plans, or its requests, are stored.
		Storage,
	}

	/// The collection of all artifacts. Written once, at genesis.
	#[pallet::storage]
	pub type Collection<T> = StorageValue<_, CollectionId>;

	/// Blocks from a version's withdrawal until it is gone. Written at genesis, if at all: a chain for
	/// development has no time to wait.
	#[pallet::storage]
	pub type NoticePeriod<T: Config> =
		StorageValue<_, BlockNumberFor<T>, ValueQuery, <T as Config>::DefaultNoticePeriod>;

	/// The artifact whose NFT may move now. Set only inside [`Pallet::hand_over`].
	#[pallet::storage]
	pub type Unlocked<T> = StorageValue<_, ArtifactId>;

	/// The id that the next artifact gets.
	#[pallet::storage]
	pub type NextArtifactId<T> = StorageValue<_, ArtifactId, ValueQuery>;

	/// All artifacts.
	#[pallet::storage]
	pub type Artifacts<T: Config> = StorageMap<_, Twox64Concat, ArtifactId, ArtifactOf<T>>;

	/// What is counted of each artifact.
	#[pallet::storage]
	pub type Catalogues<T> = StorageMap<_, Twox64Concat, ArtifactId, Catalogue, ValueQuery>;

	/// What is held for each artifact. Apart from it, so that a version, or a new owner, does not
	/// write the whole lineage again.
	#[pallet::storage]
	pub type Deposits<T: Config> =
		StorageMap<_, Twox64Concat, ArtifactId, StorageDeposit<<T as Config>::Deposit>>;

	/// The published versions of an artifact, by root digest.
	#[pallet::storage]
	pub type Versions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, ArtifactId, Blake2_128Concat, Digest, VersionOf<T>>;

	/// The digest of an artifact's n-th version. With [`Catalogue::versions`], keys that are known
	/// beforehand show all versions, in order, and that none is left out.
	#[pallet::storage]
	pub type VersionAt<T> =
		StorageDoubleMap<_, Twox64Concat, ArtifactId, Twox64Concat, u32, Digest>;

	/// The n-th artifact that has a digest as a version. With [`PublishedCount`], keys that are known
	/// beforehand show all of them, and that none is left out.
	#[pallet::storage]
	pub type PublishedAt<T> =
		StorageDoubleMap<_, Blake2_128Concat, Digest, Twox64Concat, u32, ArtifactId>;

	/// How many artifacts have a digest as a version.
	#[pallet::storage]
	pub type PublishedCount<T> = StorageMap<_, Blake2_128Concat, Digest, u32, ValueQuery>;

	/// The n-th artifact that names an artifact as a parent. With [`Catalogue::children`], as complete
	/// as [`VersionAt`].
	#[pallet::storage]
	pub type ChildAt<T> =
		StorageDoubleMap<_, Twox64Concat, ArtifactId, Twox64Concat, u32, ArtifactId>;

	/// To whom an artifact is offered as a gift.
	#[pallet::storage]
	pub type GiftOffers<T: Config> = StorageMap<_, Twox64Concat, ArtifactId, T::AccountId>;

	/// Who asks for leave to register a derivative of an artifact, or has it.
	#[pallet::storage]
	pub type DerivativeRequests<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ArtifactId,
		Blake2_128Concat,
		T::AccountId,
		DerivativeRequest<<T as Config>::Deposit>,
	>;

	/// Creates the collection.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Blocks from a version's withdrawal until it is gone. `None`:
		/// [`Config::DefaultNoticePeriod`].
		pub notice_period: Option<BlockNumberFor<T>>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// A chain without the collection could register nothing: better that it does not start.
			assert!(
				Pallet::<T>::create_collection().is_ok(),
				"pallet-nfts creates the collection: its deposits are zero and it has an id left",
			);
			if let Some(blocks) = self.notice_period {
				NoticePeriod::<T>::put(blocks);
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An artifact was registered, and its NFT minted to `owner`. Its parents and contributors are
		/// told by the events that follow.
		Registered {
			/// The artifact.
			artifact: ArtifactId,
			/// Who registered it.
			owner: T::AccountId,
			/// What it is.
			kind: ArtifactKind,
			/// SHA-256 of its metadata document.
			metadata_digest: Digest,
			/// [`Licence::agreed_hash`] of its licence.
			terms: Digest,
		},
		/// An artifact that is registered was made from a parent. Told for each of its parents, in their
		/// order.
		ParentNamed {
			/// The artifact that names the parent.
			child: ArtifactId,
			/// The parent.
			parent: ArtifactId,
			/// How it was made from it.
			relation: Relation,
			/// The parent's share of everything the child earns.
			share: Share,
			/// [`Licence::agreed_hash`] of the parent's licence, which was agreed to.
			terms: Digest,
			/// Whether the edge is confirmed, because the caller owns the parent.
			confirmed: bool,
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
		/// The parent's owner confirmed an edge of the lineage that was not.
		ParentConfirmed {
			/// The artifact that names the parent.
			child: ArtifactId,
			/// The parent.
			parent: ArtifactId,
		},
		/// An artifact has another name, or another metadata document.
		MetadataUpdated {
			/// The artifact.
			artifact: ArtifactId,
			/// SHA-256 of its metadata document.
			metadata_digest: Digest,
		},
		/// An artifact's owner changed what others may do with it from now on.
		LicenceUpdated {
			/// The artifact.
			artifact: ArtifactId,
			/// [`Licence::agreed_hash`] of the licence.
			terms: Digest,
		},
		/// The files of a version are in other places.
		LocatorsUpdated {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Digest,
		},
		/// An artifact's owner advises against a version, or took that back.
		DeprecationSet {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Digest,
			/// Whether it is deprecated now.
			deprecated: bool,
		},
		/// A version is withdrawn.
		VersionWithdrawn {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Digest,
			/// Why.
			kind: WithdrawalKind,
			/// The first block in which it can not be served.
			from: BlockNumberFor<T>,
		},
		/// An artifact's owner recommends a version, or none.
		ServingSet {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Option<Digest>,
		},
		/// Somebody asks for leave to register a derivative.
		DerivativeRequested {
			/// The artifact that the derivative is made from.
			parent: ArtifactId,
			/// Who asks.
			who: T::AccountId,
			/// How it is made.
			relation: Relation,
			/// The parent's share of what it earns.
			share: Share,
		},
		/// The parent's owner gave leave to register a derivative.
		DerivativeApproved {
			/// The artifact that the derivative is made from.
			parent: ArtifactId,
			/// Who asked.
			who: T::AccountId,
			/// How it is made.
			relation: Relation,
			/// The parent's least share of what it earns.
			share: Share,
		},
		/// A request for a derivative was taken back, refused, or used up by a registration.
		DerivativeRequestClosed {
			/// The artifact that the derivative was to be made from.
			parent: ArtifactId,
			/// Who had asked, and has the deposit back.
			who: T::AccountId,
		},
		/// An artifact is offered as a gift.
		GiftOffered {
			/// The artifact.
			artifact: ArtifactId,
			/// Its owner.
			from: T::AccountId,
			/// Who can accept it.
			to: T::AccountId,
		},
		/// An artifact is not offered as a gift any more.
		GiftCancelled {
			/// The artifact.
			artifact: ArtifactId,
			/// Who could have accepted it.
			to: T::AccountId,
		},
		/// An artifact's owner gave a share away: at its registration, or later.
		ContributorAdded {
			/// The artifact.
			artifact: ArtifactId,
			/// Who has it.
			account: T::AccountId,
			/// The share: beside what the account had before.
			share: Share,
		},
		/// A contributor gave its share up: it is the owner's.
		ShareRenounced {
			/// The artifact.
			artifact: ArtifactId,
			/// Who had it.
			account: T::AccountId,
			/// The share.
			share: Share,
		},
		/// A contributor passed its share on.
		ShareTransferred {
			/// The artifact.
			artifact: ArtifactId,
			/// Who had it.
			from: T::AccountId,
			/// Who has it now.
			to: T::AccountId,
			/// The share: beside what the account had before.
			share: Share,
		},
		/// An artifact changed hands. An offer of it as a gift is over.
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
		/// A parent's licence asks for its owner's approval, which the caller does not have.
		DerivationNotApproved,
		/// The caller's approval is for another relation, or for a larger share.
		ApprovalDiffers,
		/// The caller can register such a child without approval, as far as the licence lets anybody.
		ApprovalNotNeeded,
		/// The caller has asked already.
		AlreadyRequested,
		/// The request is approved already.
		AlreadyApproved,
		/// There is no such request.
		RequestNotFound,
		/// The request is not the one that was named.
		RequestChanged,
		/// A parent's licence allows neither training nor distillation.
		TrainingForbidden,
		/// The licence of the artifact, or of a parent of it, does not allow commercial use.
		CommercialUseForbidden,
		/// A parent's share is lower than its licence asks for.
		ShareBelowLeast,
		/// The licence of the artifact, or of a parent of it, is over.
		LicenceExpired,
		/// A parent's versions are all withdrawn, or about to be.
		ParentWithdrawn,
		/// The artifact's versions are all withdrawn, or about to be.
		ArtifactWithdrawn,
		/// The price gives a parent less than the least amount that was agreed with it.
		AmountBelowLeast,
		/// The price is in another currency than the least amount that was agreed with a parent.
		LeastAmountInOtherCurrency,
		/// The name has nothing to see, is not UTF-8, or has characters that do not show.
		BadName,
		/// The metadata digest is zero.
		MissingMetadata,
		/// A locator is empty.
		EmptyLocator,
		/// The caller does not own the artifact; where a parent is meant, the parent.
		NotOwner,
		/// The caller is neither of those who can do this.
		NotAuthorized,
		/// The artifact has this version already.
		AlreadyPublished,
		/// The version has no files, no bytes, or a digest of zero.
		EmptyVersion,
		/// The artifact has no such version.
		VersionNotFound,
		/// The version is withdrawn, or about to be.
		VersionWithdrawn,
		/// It is so already.
		NothingChanges,
		/// The artifact is not offered as a gift.
		GiftNotFound,
		/// The artifact is offered as a gift already.
		GiftPending,
		/// The artifact is the receiver's own.
		GiftToOwner,
		/// The gift is for somebody else.
		NotReceiver,
		/// More is stored of the gift than the caller deposits for.
		GiftTooLarge,
		/// The caller has no share in the artifact.
		NotContributor,
		/// The artifact has as many contributors as it can have.
		TooManyContributors,
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
		/// A parent's licence is not the one that the caller named.
		LicenceChanged,
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
		/// - `metadata`: its name, and digest and places of the metadata document.
		/// - `licence`: what others may do with it.
		/// - `parents`: what it was made from, with the share of each in everything it earns, and the
		///   terms of its licence that the caller saw: they bind for ever. Every parent's licence must
		///   allow it: see "The licence as a gate" in the pallet's docs. The
		///   edge to a parent that the caller owns is confirmed at once. There are at most 16: a call
		///   with more does not decode.
		/// - `contributors`: accounts with a share in everything it earns, at most 16.
		///
		/// Errors: [`Error::BadName`], [`Error::MissingMetadata`], [`Error::EmptyLocator`],
		/// [`Error::LicenceExpired`], [`Error::ParentNotFound`], [`Error::DuplicateParent`],
		/// [`Error::LicenceChanged`], [`Error::ParentWithdrawn`], [`Error::ShareBelowLeast`],
		/// [`Error::CommercialUseForbidden`], [`Error::TrainingForbidden`],
		/// [`Error::DerivationNotApproved`], [`Error::ApprovalDiffers`],
		/// [`Error::DerivationForbidden`], [`Error::DuplicateContributor`], [`Error::ZeroShare`],
		/// [`Error::SharesExceedWhole`], [`Error::TooManyArtifacts`],
		/// [`Error::CollectionNotFound`], and what the deposit says when the caller cannot pay it.
		///
		/// Events: [`Event::DerivativeRequestClosed`] for each approval that is used up;
		/// [`Event::Registered`]; [`Event::ParentNamed`] for each parent; [`Event::ContributorAdded`]
		/// for each contributor.
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
		/// Origin: signed by the artifact's owner, whose deposit grows by the bytes stored.
		///
		/// - `version`: the root digest of the files.
		/// - `info`: format, number and length of the files, and where they are.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::EmptyVersion`],
		/// [`Error::EmptyLocator`], [`Error::AlreadyPublished`], [`Error::TooManyVersions`], and what
		/// the deposit says when the caller cannot pay it.
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

		/// Changes an artifact's name and metadata document.
		///
		/// Origin: signed by the artifact's owner, whose deposit follows what is stored.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::BadName`],
		/// [`Error::MissingMetadata`], [`Error::EmptyLocator`], and what the deposit says when the
		/// caller cannot pay it.
		///
		/// Events: [`Event::MetadataUpdated`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::update_metadata())]
		pub fn update_metadata(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			metadata: Metadata,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update_metadata(who, artifact, metadata)
		}

		/// Changes what others may do with an artifact from now on: for children, plans and sales.
		/// Those that there are keep what was agreed. A licence that is over ends sales at once.
		///
		/// Origin: signed by the artifact's owner, whose deposit follows what is stored.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`],
		/// [`Error::CommercialUseForbidden`] where a parent has not allowed it, and what the deposit
		/// says when the caller cannot pay it.
		///
		/// Events: [`Event::LicenceUpdated`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::update_licence())]
		pub fn update_licence(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			licence: Licence<BlockNumberFor<T>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update_licence(who, artifact, licence)
		}

		/// Changes where the files of a version are.
		///
		/// Origin: signed by the artifact's owner, whose deposit follows what is stored.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::EmptyLocator`],
		/// [`Error::VersionNotFound`], and what the deposit says when the caller cannot pay it.
		///
		/// Events: [`Event::LocatorsUpdated`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::update_locators())]
		pub fn update_locators(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			locators: Locators,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update_locators(who, artifact, version, locators)
		}

		/// Advises against a version, or takes that back. It can be served all the same.
		///
		/// Origin: signed by the artifact's owner.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::VersionNotFound`],
		/// [`Error::VersionWithdrawn`], [`Error::NothingChanges`].
		///
		/// Events: [`Event::DeprecationSet`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_deprecated())]
		pub fn set_deprecated(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			deprecated: bool,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_deprecated(who, artifact, version, deprecated)
		}

		/// Withdraws a version for ever: after the notice period, or, with
		/// [`WithdrawalKind::Safety`], at once. A version that is about to go can still be withdrawn at
		/// once. Jobs that run end as jobs do.
		///
		/// Origin: signed by the artifact's owner.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::VersionNotFound`],
		/// [`Error::VersionWithdrawn`].
		///
		/// Events: [`Event::VersionWithdrawn`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::withdraw_version())]
		pub fn withdraw_version(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			kind: WithdrawalKind,
			note: Note,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_version(who, artifact, version, kind, note)
		}

		/// Recommends a version, or none. A recommendation ends by itself when its version is gone.
		///
		/// Origin: signed by the artifact's owner.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::VersionNotFound`],
		/// [`Error::VersionWithdrawn`], [`Error::NothingChanges`].
		///
		/// Events: [`Event::ServingSet`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_serving())]
		pub fn set_serving(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Option<Digest>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_serving(who, artifact, version)
		}

		/// Asks the owner of `parent` for leave to register a derivative.
		///
		/// Origin: signed by anybody but the owner. A deposit is held from the caller, until the
		/// request is closed or used up. One request of an account for a parent.
		///
		/// - `share`: the least share that the parent gets of what the derivative earns.
		///
		/// Errors: [`Error::ParentNotFound`], [`Error::DerivationForbidden`],
		/// [`Error::ApprovalNotNeeded`], [`Error::ShareBelowLeast`], [`Error::AlreadyRequested`], and
		/// what the deposit says when the caller cannot pay it.
		///
		/// Events: [`Event::DerivativeRequested`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::request_derivative())]
		pub fn request_derivative(
			origin: OriginFor<T>,
			parent: ArtifactId,
			relation: Relation,
			share: Share,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_derivative(who, parent, relation, share)
		}

		/// Gives `who` leave to register one derivative of `parent`, as it asked for.
		///
		/// Origin: signed by the owner of `parent`, who can close the request as long as it is not used
		/// up. So can a later owner.
		///
		/// - `relation`, `share`: as in the request that the caller saw.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::RequestNotFound`],
		/// [`Error::RequestChanged`], [`Error::AlreadyApproved`].
		///
		/// Events: [`Event::DerivativeApproved`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::approve_derivative())]
		pub fn approve_derivative(
			origin: OriginFor<T>,
			parent: ArtifactId,
			who: T::AccountId,
			relation: Relation,
			share: Share,
		) -> DispatchResult {
			let owner = ensure_signed(origin)?;
			Self::do_approve_derivative(owner, parent, who, relation, share)
		}

		/// Ends a request of `who` for a derivative of `parent`, approved or not. The deposit goes back
		/// to `who`.
		///
		/// Origin: signed by `who`, or by the owner of `parent`.
		///
		/// Errors: [`Error::NotAuthorized`], [`Error::RequestNotFound`].
		///
		/// Events: [`Event::DerivativeRequestClosed`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::close_derivative_request())]
		pub fn close_derivative_request(
			origin: OriginFor<T>,
			parent: ArtifactId,
			who: T::AccountId,
		) -> DispatchResult {
			let caller = ensure_signed(origin)?;
			Self::do_close_derivative_request(caller, parent, who)
		}

		/// Offers an artifact as a gift.
		///
		/// Origin: signed by the artifact's owner. One offer at a time.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::GiftToOwner`],
		/// [`Error::GiftPending`].
		///
		/// Events: [`Event::GiftOffered`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::offer_gift())]
		pub fn offer_gift(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			to: T::AccountId,
		) -> DispatchResult {
			let from = ensure_signed(origin)?;
			Self::do_offer_gift(from, artifact, to)
		}

		/// Takes an offer of a gift back, or declines it.
		///
		/// Origin: signed by the artifact's owner, or by whom it is offered to.
		///
		/// Errors: [`Error::GiftNotFound`], [`Error::NotAuthorized`].
		///
		/// Events: [`Event::GiftCancelled`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::cancel_gift())]
		pub fn cancel_gift(origin: OriginFor<T>, artifact: ArtifactId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_gift(who, artifact)
		}

		/// Takes an artifact that is offered to the caller as a gift.
		///
		/// Origin: signed by whom it is offered to. The deposit for the artifact, its versions and its
		/// plans is held from the caller, and the old owner has its own back. What the artifact has earned
		/// until now is the old owner's.
		///
		/// - `max_bytes`: the most stored bytes that the caller deposits for
		///   ([`ArtifactView::stored_bytes`]). The owner can store more between the caller's look and
		///   this call.
		///
		/// Errors: [`Error::GiftNotFound`], [`Error::NotReceiver`], [`Error::GiftTooLarge`], and what
		/// the deposit says when the caller cannot pay it.
		///
		/// Events: [`Event::HandedOver`].
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::accept_gift().saturating_add(T::Royalties::max_weight()))]
		pub fn accept_gift(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			max_bytes: u64,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_accept_gift(who, artifact, max_bytes)
		}

		/// Gives a share of what an artifact earns to an account, out of what nobody has: the owner
		/// earns that much less. What the account has already becomes more. Only the account itself can
		/// give it up.
		///
		/// Origin: signed by the artifact's owner, whose deposit follows what is stored.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::ZeroShare`],
		/// [`Error::SharesExceedWhole`], [`Error::TooManyContributors`], and what the deposit says
		/// when the caller cannot pay it.
		///
		/// Events: [`Event::ContributorAdded`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::add_contributor().saturating_add(T::Royalties::max_weight()))]
		pub fn add_contributor(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			contributor: Contributor<T::AccountId>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_add_contributor(who, artifact, contributor)
		}

		/// Gives up the caller's share in an artifact: from now on the owner earns it.
		///
		/// Origin: signed by a contributor.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotContributor`].
		///
		/// Events: [`Event::ShareRenounced`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::renounce_share().saturating_add(T::Royalties::max_weight()))]
		pub fn renounce_share(
			origin: OriginFor<T>,
			artifact: ArtifactId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_renounce_share(who, artifact)
		}

		/// Passes the caller's share in an artifact on to another account, and with it what it earns
		/// from now on.
		///
		/// Origin: signed by a contributor.
		///
		/// Errors: [`Error::NothingChanges`] to the caller itself, [`Error::ArtifactNotFound`],
		/// [`Error::NotContributor`].
		///
		/// Events: [`Event::ShareTransferred`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::transfer_share().saturating_add(T::Royalties::max_weight()))]
		pub fn transfer_share(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			to: T::AccountId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_transfer_share(who, artifact, to)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An artifact with its owner and its newest versions, at most [`MAX_PAGE`] of them in the
		/// order of their publication.
		pub fn artifact(artifact: ArtifactId) -> Option<ArtifactView<T::AccountId>> {
			Self::view(artifact)
		}

		/// An artifact's versions from number `start`, at most `limit` and at most [`MAX_PAGE`] of
		/// them.
		pub fn versions(artifact: ArtifactId, start: u32, limit: u32) -> VersionPage<T::AccountId> {
			Self::version_page(artifact, start, limit)
		}

		/// The artifacts that have a digest as a version, in the order in which they published it: from
		/// the `start`th, at most `limit` and at most [`MAX_PAGE`] of them.
		pub fn published(version: Digest, start: u32, limit: u32) -> PublishedPage<T::AccountId> {
			Self::published_page(version, start, limit)
		}

		/// The artifacts that name an artifact as a parent, oldest first: from the `start`th, at most
		/// `limit` and at most [`MAX_PAGE`] of them.
		pub fn children(artifact: ArtifactId, start: u32, limit: u32) -> ChildPage {
			Self::child_page(artifact, start, limit)
		}
	}
}

/// A length as a benchmark's component. Every list here has at most 16 entries, so the conversion
/// never fails; if it did, the weight would be too high rather than too low.
fn count(length: usize) -> u32 {
	u32::try_from(length).unwrap_or(u32::MAX)
}
