//! # Providers
//!
//! Who answers: accounts with a bond and a key, and the versions that they answer for. What is
//! asked of them, and how they prove that they answered, is inference's.
//!
//! ## Words
//! - **Provider**: an account with a bond, a *service key* that signs its receipts, and up to four
//!   *endpoints*: URLs where consumers hand in inputs and fetch outputs.
//! - **Proof**: a signature of a service key over the account that is to have it, so that nobody
//!   registers somebody else's key.
//! - **Offering**: that a provider answers for a version of an artifact, for a share of what a job
//!   earns. It is *proposed* until the artifact's owner accepts it, then *active*.
//! - **Least deadline**: the blocks that a provider needs at least from a request to its answer.
//! - **Candidates**: the active offerings of a version, from which the chain picks where a request
//!   names nobody.
//! - **Dearest share**: the largest share that any active offering of an artifact ever had.
//!
//! ## Flow
//! ```text
//! register ── offer ──▶ proposed ── accept_offering ──▶ active ──▶ picked for jobs
//!               └─────── by the artifact's owner ──────────▲
//! withdraw_offering, for each; no open jobs ── leave ──▶ the bond comes back
//! ```
//! Inference asks for each request who answers it, and for what share
//! ([`ProviderInspect::pick`](tallystick_primitives::ProviderInspect::pick)), and freezes that in
//! the job: an offering that is withdrawn stops no job. The registry gives parents and contributors
//! no more than the [dearest share](DearestShares) leaves, since jobs that are not paid for yet can
//! have it.
//!
//! ## Invariants
//! 1. Each provider has a service key of its own, under which it is found, and an endpoint.
//! 2. Its bond is held.
//! 3. Each offering is of a provider, which counts it.
//! 4. The candidates of a version are its active offerings, each once.
//! 5. No active offering's share is above its artifact's dearest, and that is not more than parents
//!    and contributors leave.
//!
//! ## Limits
//! Bounded are a provider's offerings ([`Config::MaxOfferings`]) and a version's active ones
//! ([`Config::MaxProvidersPerVersion`]). State is paid for by the bond, and goes when its provider leaves.
//! The dearest shares stay: one number for each artifact that was ever offered.
//!
//! ## What it does not do
//! A bond is only held: there are no fines and no reputation. It does not look whether a provider can be
//! reached, or answers. It looks at a licence when something is offered and accepted, and not after.
//!
//! ## Where to read on
//! `types`, `registration`, `offerings`; how the chain picks: `pick`.

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
pub mod benchmarking;
#[cfg(test)]
mod mock;
mod offerings;
mod pick;
mod registration;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::{pallet_prelude::*, traits::fungible};
use frame_system::pallet_prelude::*;
use sp_core::H256;
use tallystick_primitives::{
	service_key::{ServiceKey, ServiceSignature},
	ArtifactId, ArtifactInspect, Balance, Digest, ProviderWork, Share, VersionInspect,
};

/// [`Candidate`]s of a runtime.
pub type CandidatesOf<T> = BoundedVec<
	Candidate<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>,
	<T as Config>::MaxProvidersPerVersion,
>;

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256> {
		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// The native token, in which bonds are.
		type Currency: fungible::MutateHold<
			Self::AccountId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;

		/// Who owns artifacts, and which versions may be served.
		type Artifacts: ArtifactInspect<Self::AccountId> + VersionInspect;

		/// What providers have to do.
		type Work: ProviderWork<Self::AccountId>;

		/// What a provider bonds, in plancks.
		#[pallet::constant]
		type ProviderBond: Get<Balance>;

		/// The largest number of blocks from a request to the deadline that it asks for: an
		/// offering that needs more would never be asked.
		#[pallet::constant]
		type MaxDeadline: Get<BlockNumberFor<Self>>;

		/// Active offerings that a version can have.
		#[pallet::constant]
		type MaxProvidersPerVersion: Get<u32>;

		/// Offerings that a provider can have: what its bond pays the storage of.
		#[pallet::constant]
		type MaxOfferings: Get<u32>;

		/// Weights of calls.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	/// Reasons for which this pallet holds the native token.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The bond of a provider.
		ProviderBond,
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Who answers requests.
	#[pallet::storage]
	pub type Providers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Provider>;

	/// Whose service key it is: a key is one provider's.
	#[pallet::storage]
	pub type ProviderByKey<T: Config> = StorageMap<_, Blake2_128Concat, ServiceKey, T::AccountId>;

	/// Who answers for which version.
	#[pallet::storage]
	pub type Offerings<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, ArtifactId>,
			NMapKey<Blake2_128Concat, Digest>,
			NMapKey<Blake2_128Concat, T::AccountId>,
		),
		Offering<BlockNumberFor<T>>,
	>;

	/// The active offerings of a version: what the chain picks from, in one read.
	#[pallet::storage]
	pub type Candidates<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ArtifactId,
		Blake2_128Concat,
		Digest,
		CandidatesOf<T>,
		ValueQuery,
	>;

	/// The largest share that any active offering of an artifact ever had. It never falls: jobs
	/// have theirs frozen, and what is left for contributors is what no job can take.
	#[pallet::storage]
	pub type DearestShares<T: Config> = StorageMap<_, Twox64Concat, ArtifactId, Share, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// There is a new provider.
		Registered {
			/// Who.
			provider: T::AccountId,
			/// What signs its receipts.
			service_key: ServiceKey,
		},
		/// A provider changed its key or its endpoints.
		Updated {
			/// Who.
			provider: T::AccountId,
			/// What signs its receipts now.
			service_key: ServiceKey,
		},
		/// A provider left, and has its bond back.
		Left {
			/// Who.
			provider: T::AccountId,
		},
		/// A provider proposed to answer for a version.
		Offered {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Digest,
			/// Who answers.
			provider: T::AccountId,
			/// For what share.
			share: Share,
		},
		/// The artifact's owner accepted an offering, or made one: it takes jobs.
		OfferingActive {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Digest,
			/// Who answers.
			provider: T::AccountId,
			/// For what share.
			share: Share,
		},
		/// An offering takes no more jobs. Those that run go on.
		OfferingWithdrawn {
			/// The artifact.
			artifact: ArtifactId,
			/// The version.
			version: Digest,
			/// Who answered.
			provider: T::AccountId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is no provider.
		NotProvider,
		/// The account is a provider already.
		AlreadyProvider,
		/// The service key is another provider's.
		ServiceKeyInUse,
		/// The proof is not a signature of the service key over this account.
		BadProof,
		/// There is no endpoint, or an empty one.
		NoEndpoint,
		/// The provider has offerings.
		OfferingsOpen,
		/// There is no such offering.
		OfferingNotFound,
		/// The artifact's owner has not accepted the offering.
		OfferingNotActive,
		/// The provider offers this version already.
		AlreadyOffered,
		/// The offering is accepted already.
		AlreadyAccepted,
		/// The provider has as many offerings as it can have.
		TooManyOfferings,
		/// The version has as many active offerings as it can have.
		TooManyProviders,
		/// The caller is neither the artifact's owner nor the offering's provider.
		NotOwner,
		/// The offering's share or least deadline is not the one that was named.
		OfferingChanged,
		/// The share and those of parents and contributors are more than the whole.
		SharesExceedWhole,
		/// There is no such version, or it may not be served.
		VersionNotFound,
		/// Nobody offers the version.
		NoProvider,
		/// The deadline is sooner than the provider, or each that offers the version, needs.
		DeadlineTooShort,
		/// The least deadline is later than any that a request can have.
		DeadlineTooLong,
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
		/// Becomes a provider.
		///
		/// Signed. Holds [`Config::ProviderBond`]. `proof` is the service key's signature over
		/// `ownership_hash(genesis hash, caller)` of the primitives, so that nobody can register
		/// somebody else's key.
		///
		/// Errors: [`Error::AlreadyProvider`], [`Error::NoEndpoint`], [`Error::ServiceKeyInUse`],
		/// [`Error::BadProof`], and the balance's when the bond cannot be held.
		/// Events: [`Event::Registered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register())]
		pub fn register(
			origin: OriginFor<T>,
			service_key: ServiceKey,
			endpoints: Endpoints,
			proof: ServiceSignature,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register(who, service_key, endpoints, proof)
		}

		/// Changes a provider's endpoints and, with a new key and its proof, its service key.
		///
		/// Signed by the provider. The receipts of jobs that run have to be signed with the new
		/// key.
		///
		/// Errors: [`Error::NotProvider`], [`Error::NoEndpoint`], [`Error::ServiceKeyInUse`],
		/// [`Error::BadProof`]. Events: [`Event::Updated`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update())]
		pub fn update(
			origin: OriginFor<T>,
			new_key: Option<(ServiceKey, ServiceSignature)>,
			endpoints: Endpoints,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update(who, new_key, endpoints)
		}

		/// Stops being a provider: the bond comes back.
		///
		/// Signed by the provider, who has to withdraw its offerings and answer or decline its jobs
		/// before. Money of its jobs that still matures comes all the same.
		///
		/// Errors: [`Error::NotProvider`], [`Error::OfferingsOpen`], and inference's `JobsOpen`.
		/// Events: [`Event::Left`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::leave())]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_leave(who)
		}

		/// Proposes to answer for a version, for `share` of the gross of each job, with at least
		/// `min_deadline` blocks of time.
		///
		/// Signed by a provider. Active at once where the provider owns the artifact.
		///
		/// Errors: [`Error::NotProvider`], [`Error::VersionNotFound`], what
		/// [`ArtifactInspect::ensure_offerable`] says, [`Error::DeadlineTooLong`],
		/// [`Error::AlreadyOffered`], [`Error::TooManyOfferings`], [`Error::SharesExceedWhole`],
		/// [`Error::TooManyProviders`].
		/// Events: [`Event::Offered`] or [`Event::OfferingActive`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::offer())]
		pub fn offer(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			share: Share,
			min_deadline: BlockNumberFor<T>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_offer(who, artifact, version, share, min_deadline)
		}

		/// Accepts an offering: it takes jobs from now on.
		///
		/// Signed by the artifact's owner, who names the share and the least deadline that it saw.
		///
		/// Errors: [`Error::OfferingNotFound`], [`Error::NotOwner`], [`Error::AlreadyAccepted`],
		/// [`Error::OfferingChanged`], [`Error::VersionNotFound`], what
		/// [`ArtifactInspect::ensure_offerable`] says, [`Error::SharesExceedWhole`],
		/// [`Error::TooManyProviders`].
		/// Events: [`Event::OfferingActive`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::accept_offering())]
		pub fn accept_offering(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			provider: T::AccountId,
			share: Share,
			min_deadline: BlockNumberFor<T>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_offering(who, artifact, version, provider, share, min_deadline)
		}

		/// Withdraws an offering, active or only proposed. Jobs that run go on under what they were
		/// asked under.
		///
		/// Signed by the provider or the artifact's owner.
		///
		/// Errors: [`Error::OfferingNotFound`], [`Error::NotOwner`].
		/// Events: [`Event::OfferingWithdrawn`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::withdraw_offering())]
		pub fn withdraw_offering(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			version: Digest,
			provider: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_offering(who, artifact, version, provider)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A provider.
		pub fn provider(account: T::AccountId) -> Option<Provider> {
			Providers::<T>::get(account)
		}

		/// Whether and for what share a provider answers for a version.
		pub fn offering(
			artifact: ArtifactId,
			version: Digest,
			provider: T::AccountId,
		) -> Option<Offering<BlockNumberFor<T>>> {
			Offerings::<T>::get((artifact, version, provider))
		}

		/// Who answers for a version.
		pub fn candidates(artifact: ArtifactId, version: Digest) -> CandidatesOf<T> {
			Candidates::<T>::get(artifact, version)
		}
	}
}
