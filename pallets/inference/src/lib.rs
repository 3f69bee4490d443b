//! # Inference
//!
//! Inference that is asked for on chain: who answers (providers and their offerings), what is asked
//! (jobs), and what proves the answer (receipts). The chain never calls a model: it holds a
//! consumer's credits, checks a provider's signed receipt, and lets the money go.
//!
//! ## Words
//! - **Provider**: an account with a bond, a *service key* that signs its receipts, and up to four
//!   *endpoints*: URLs where consumers hand in inputs and fetch outputs. (A *job's* endpoint is the
//!   one of the OpenAI API that is called: [`tallystick_primitives::EndpointKind`].)
//! - **Offering**: that a provider answers for a version of an artifact, for a share of what a job
//!   earns. It is *proposed* until the artifact's owner accepts it, then *active*.
//! - **Job**: one inference. *Open* until its receipt, then *settled* until its plan's dispute
//!   window is over. Version, tariff, share and window are frozen in it.
//! - **Deadline**: the block by which the answer has to come. **Grace**: the blocks after it in which a
//!   receipt still counts. A job **lapses** when its grace is over, and **matures** when its dispute
//!   window is over. The block at which that happens is its *due* block.
//! - **Input**: a *request* (the messages) and *parameters* (how to generate), each a JSON object.
//!   On chain are their **commitments**, which are salted hashes; the bytes only if they are
//!   *inline*. "The commitment" without more is the request's.
//! - **Agenda**: what has to be done at which block: jobs that lapse or mature, commitments to
//!   forget.
//! - **Room**: a block has room for a job while fewer than [`Config::MaxJobsPerBlock`] open ones lapse
//!   at it.
//! - **Place** and **slot**: what a feeless request takes of its account, and of its plan.
//!
//! ## Flow
//! ```text
//! register_provider ─ offer ─ accept_offering
//!                                   │
//! request ──▶ open ── submit_receipt ──▶ settled ── dispute window ──▶ money goes to royalties
//!              │ │                   └─▶ (no charge) units come back, the job is gone
//!              │ └── decline ──▶ units come back, the job is gone
//!              └──── deadline and grace over: lapses ──▶ units come back, the job is gone
//! ```
//! A request is decided on by one function ([`Pallet::validate_request`]) that both the call and its
//! `feeless_if` use. A receipt is decided on by one function ([`Pallet::check_receipt`]) that both the
//! authorization and the call use, so that what is authorized does not fail: cheap checks first,
//! signature last.
//!
//! ## What is free
//! A request takes a slot of its plan and a place of its account if:
//! 1. both have a free one;
//! 2. its deadline and `valid_until` are at most [`Config::FeelessDeadline`] blocks away;
//! 3. a block near its deadline is less than half full (the other half is for paid ones).
//!
//! If it takes them and would succeed now, it is feeless. In a batch it takes them although a fee is
//! paid: the call cannot see the difference.
//!
//! Place and slot come back when the job would have lapsed at the latest, however soon it ends: a
//! provider who answers its own requests at once gains nothing by it. So a slot makes at most one free
//! request in [`Config::MinDeadline`] + [`Config::Grace`] blocks.
//!
//! ## What the chain checks of a receipt
//! That it is signed by the current key of the job's provider, for this chain; that the job is open
//! and in time; that artifact, version, endpoint, request and parameters are the job's; that the
//! times are possible; that there are no more input tokens than bytes of the request, and no more
//! output tokens, reasoning aside, than bytes of the response; that the charge follows from the frozen
//! tariff and the tokens, and is held; that an error or an empty answer charges nothing.
//! [`InvalidReceipt`] names every way to fail.
//!
//! ## Replay
//! An account that dies loses its nonce, so an old signed request could be included again. Each
//! request names a block after which it is not valid, and an (account, commitment) pair is remembered
//! until then, and for as long as it takes a slot. An immortal signed `buy` of such an account replays,
//! as on any Substrate chain.
//!
//! ## Hooks
//! A stated slice of each block ([`Config::SliceWeight`]) is for the agenda. What does not fit is done
//! in what this block and later ones leave idle, or in later slices, oldest block first. Every entry is
//! a transaction of its own: one that fails is put on the agenda again, with an event, and stops
//! nobody; one whose job is gone does nothing. A receipt is never accepted after the grace, even if the lapse comes late.
//!
//! ## Invariants
//! 1. The units that a plan's open jobs hold are the units that credits hold for jobs (the runtime
//!    compares [`Pallet::units_held`]). A job that is settled holds none.
//! 2. The money of settled jobs is what is maturing in the ledger ([`Pallet::maturing_total`]).
//! 3. Each live job has exactly one entry in the agenda, of its kind, at its due block; there are
//!    no other entries for jobs. Each remembered commitment has exactly one entry.
//! 4. Open jobs per account, per provider and per block at which they lapse, and the providers' sets of
//!    them, are what the open jobs say. Places and slots taken are what the remembered commitments say.
//! 5. Inputs are stored for open jobs alone, with the commitments of the job.
//! 6. Keys point to the provider that has them, and its bond is held; a provider's offerings are
//!    counted; the list from which the chain picks has the active offerings, each once. No active
//!    offering's share, and no job's, is above its artifact's dearest, and that is not more than
//!    parents and contributors leave.
//! 7. The agenda has nothing before its cursor.
//!
//! ## Limits
//! Bounded are open jobs per account ([`Config::MaxOpenJobs`]), jobs that lapse at a block (retries
//! aside; a request takes the first of [`SPREAD`] blocks with room), active offerings per version
//! ([`Config::MaxProvidersPerVersion`]), offerings per provider ([`Config::MaxOfferings`]). State does
//! not grow with use: a job goes when it has lapsed or matured, its input when it is not open any more,
//! a commitment when its request is not valid any more and takes no slot.
//!
//! Slots go to who comes first. Accounts with credits of a plan can take all of them, with commitments
//! to inputs that never come. They keep a slot for [`Config::FeelessDeadline`] + [`Config::Grace`] +
//! [`SPREAD`] blocks at most, and then have to come first again. Who pays the fee needs no slot.
//!
//! ## What it does not do
//! It judges no answers: disputes, fines and reputation are not here, a bond is only held. It looks at a
//! licence where something is offered, not where it is asked for: licences gate sales, and units that
//! are sold stay usable. It does not prove token counts: lengths bound those that can be seen, and only
//! the hold bounds reasoning.
//!
//! ## Where to read on
//! `types`, then a job's life: `requests`, `lapses` (where one finds room), `receipts`, `agenda`. Who
//! answers: `providers`, `offerings`. What a provider's node reads and does: [`worker`].
//!
//! ## Needs
//! `frame_system::AuthorizeCall` and `pallet_skip_feeless_payment` among the runtime's transaction
//! extensions. `request` weighs the check of its `feeless_if` too, since that extension does not.

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

mod agenda;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod lapses;
#[cfg(test)]
mod mock;
mod offerings;
mod providers;
mod receipts;
mod requests;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;
pub mod worker;

pub use lapses::SPREAD;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;
pub use worker::Assignment;

use frame_support::{
	pallet_prelude::*,
	traits::{fungible, OriginTrait, UnixTime},
	weights::WeightMeter,
};
use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
use sp_core::H256;
use tallystick_primitives::{
	job::{Distribute, Meter},
	service_key::{ServiceKey, ServiceSignature},
	ArtifactId, ArtifactInspect, Balance, Digest, JobId, PlanId, Receipt, Share, VersionInspect,
};

/// Blocks after which an entry of the agenda that failed is tried again.
pub const RETRY_AFTER: u32 = 100;

/// The priority of receipts in the transaction pool: above what any usual tip buys, because units
/// are held and deadlines run until they are in. Their number is bounded by the open jobs.
pub const RECEIPT_PRIORITY: TransactionPriority = TransactionPriority::MAX / 2;

/// The prefix of the tag that a receipt's transaction provides. One per job, so that a pool keeps
/// one receipt of a job.
pub const RECEIPT_TAG_PREFIX: &str = "tallystick/receipt";

const LOG_TARGET: &str = "runtime::inference";

/// [`Job`] of a runtime.
pub type JobOf<T> = Job<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// [`RequestParams`] of a runtime.
pub type RequestParamsOf<T> =
	RequestParams<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
/// [`Candidate`]s of a runtime.
pub type CandidatesOf<T> = BoundedVec<
	Candidate<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>,
	<T as Config>::MaxProvidersPerVersion,
>;

// The macro writes casts of variants' numbers, and `expect`s on names and infallible conversions. What
// is written here by hand are thin shells.
#[allow(clippy::as_conversions, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>>
		+ frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256>
	{
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

		/// Credits.
		type Meter: Meter<Self::AccountId, BlockNumberFor<Self>>;

		/// Where matured money goes.
		type Royalties: Distribute<Self::AccountId>;

		/// The chain's clock.
		type UnixTime: UnixTime;

		/// What a provider bonds, in plancks.
		#[pallet::constant]
		type ProviderBond: Get<Balance>;

		/// The least number of blocks from a request to its deadline.
		#[pallet::constant]
		type MinDeadline: Get<BlockNumberFor<Self>>;

		/// The largest number of blocks from a request to the deadline that it asks for.
		#[pallet::constant]
		type MaxDeadline: Get<BlockNumberFor<Self>>;

		/// Blocks after the deadline in which a receipt still counts.
		#[pallet::constant]
		type Grace: Get<BlockNumberFor<Self>>;

		/// The largest number of blocks for which a request can be valid.
		#[pallet::constant]
		type MaxValidity: Get<BlockNumberFor<Self>>;

		/// The largest number of blocks to the deadline of a feeless request, and for which it can be
		/// valid: what is free has to be brief, so that its slot soon serves another.
		#[pallet::constant]
		type FeelessDeadline: Get<BlockNumberFor<Self>>;

		/// Jobs that an account can have open at once.
		#[pallet::constant]
		type MaxOpenJobs: Get<u32>;

		/// Places of an account.
		#[pallet::constant]
		type FeelessJobs: Get<u32>;

		/// Open jobs that can lapse at one block.
		#[pallet::constant]
		type MaxJobsPerBlock: Get<u32>;

		/// The part of each block that is for the agenda. It has to be above the weight of what a
		/// block's requests and receipts put on the agenda, or the agenda falls behind.
		#[pallet::constant]
		type SliceWeight: Get<Weight>;

		/// Active offerings that a version can have.
		#[pallet::constant]
		type MaxProvidersPerVersion: Get<u32>;

		/// Offerings that a provider can have: what its bond pays the storage of.
		#[pallet::constant]
		type MaxOfferings: Get<u32>;

		/// Milliseconds between blocks.
		#[pallet::constant]
		type BlockMillis: Get<u64>;

		/// Weights of calls and hooks.
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

	/// The largest share that any active offering of an artifact ever had. It never falls: jobs have
	/// theirs frozen, and what is left for contributors is what no job can take.
	#[pallet::storage]
	pub type DearestShares<T: Config> = StorageMap<_, Twox64Concat, ArtifactId, Share, ValueQuery>;

	/// The id of the next job.
	#[pallet::storage]
	pub type NextJobId<T: Config> = StorageValue<_, JobId, ValueQuery>;

	/// Jobs that are open or in their dispute window.
	#[pallet::storage]
	pub type Jobs<T: Config> = StorageMap<_, Twox64Concat, JobId, JobOf<T>>;

	/// The inputs of open jobs that are on chain. Beside the jobs, so that the paths that do not
	/// need the bytes do not read them.
	#[pallet::storage]
	pub type InlineInputs<T: Config> = StorageMap<_, Twox64Concat, JobId, InlineInput>;

	/// The open jobs of each provider, for its worker. A set: in no order that means anything.
	#[pallet::storage]
	pub type ProviderJobs<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, JobId, ()>;

	/// How many open jobs an account has.
	#[pallet::storage]
	pub type OpenJobs<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// How many places of an account are taken.
	#[pallet::storage]
	pub type PlacesTaken<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// How many slots of a plan are taken.
	#[pallet::storage]
	pub type SlotsTaken<T: Config> = StorageMap<_, Twox64Concat, PlanId, u32, ValueQuery>;

	/// Commitments of requests that could still be included again, or that take a slot. By account, so
	/// that nobody can use up another's commitment.
	#[pallet::storage]
	pub type Commitments<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		Digest,
		Remembered<BlockNumberFor<T>>,
	>;

	/// What is to be done at a block, once the block is there.
	#[pallet::storage]
	pub type Agenda<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		BlockNumberFor<T>,
		Blake2_128Concat,
		AgendaEntry<T::AccountId>,
		(),
	>;

	/// How many open jobs lapse at each block, by chunk of [`SPREAD`] blocks: the key is the number
	/// of the block divided by [`SPREAD`]; what is left over is the index in the value.
	#[pallet::storage]
	pub type LapseCounts<T: Config> = StorageMap<_, Twox64Concat, u64, [u32; SPREAD], ValueQuery>;

	/// The first block whose agenda is not done. Zero until the first block with this pallet.
	#[pallet::storage]
	pub type AgendaCursor<T: Config> = StorageValue<_, BlockNumberFor<T>, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// There is a new provider.
		ProviderRegistered {
			/// Who.
			provider: T::AccountId,
			/// What signs its receipts.
			service_key: ServiceKey,
		},
		/// A provider changed its key or its endpoints.
		ProviderUpdated {
			/// Who.
			provider: T::AccountId,
			/// What signs its receipts now.
			service_key: ServiceKey,
		},
		/// A provider left, and has its bond back.
		ProviderLeft {
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
		/// An inference was asked for.
		Requested {
			/// The job.
			job: JobId,
			/// Who asked.
			consumer: T::AccountId,
			/// Whose credits are held.
			plan: PlanId,
			/// The artifact that is asked.
			artifact: ArtifactId,
			/// The version that is to answer.
			version: Digest,
			/// Who is to answer.
			provider: T::AccountId,
			/// Units held.
			units: Balance,
			/// Commitment to the request.
			request: Digest,
			/// The block by which the answer has to come.
			deadline: BlockNumberFor<T>,
		},
		/// A job was answered. What is charged matures; without a charge the job has ended.
		ReceiptAccepted {
			/// The job.
			job: JobId,
			/// The whole receipt.
			receipt: Receipt<T::AccountId>,
			/// Its hash.
			hash: H256,
		},
		/// A provider does not answer a job. Its units are free again.
		Declined {
			/// The job.
			job: JobId,
			/// Who declined.
			provider: T::AccountId,
			/// Whose units are free again.
			consumer: T::AccountId,
			/// How many.
			units: Balance,
		},
		/// No receipt came in time. The job's units are free again.
		Lapsed {
			/// The job.
			job: JobId,
			/// Who did not answer.
			provider: T::AccountId,
			/// Whose units are free again.
			consumer: T::AccountId,
			/// How many.
			units: Balance,
		},
		/// The dispute window of a job is over, and its money is on its way.
		Matured {
			/// The job.
			job: JobId,
			/// The artifact that earned it.
			artifact: ArtifactId,
			/// How much, in the currency of the job's plan.
			amount: Balance,
		},
		/// A job's money could not go on its way. It is tried again.
		MaturingFailed {
			/// The job.
			job: JobId,
			/// Why.
			error: DispatchError,
			/// When it is tried again.
			retry_at: BlockNumberFor<T>,
		},
		/// The units of a job that had its time could not be freed. It is tried again.
		LapseFailed {
			/// The job.
			job: JobId,
			/// Why.
			error: DispatchError,
			/// When it is tried again.
			retry_at: BlockNumberFor<T>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account is no provider.
		ProviderNotFound,
		/// The account is a provider already.
		AlreadyProvider,
		/// The service key is another provider's.
		ServiceKeyInUse,
		/// The proof is not a signature of the service key over this account.
		BadProof,
		/// There is no endpoint, or an empty one.
		NoEndpoint,
		/// The provider has open jobs.
		JobsOpen,
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
		/// The caller does not own the artifact, nor makes the offering.
		NotOwner,
		/// The offering's share or least deadline is not the one that was named.
		OfferingChanged,
		/// The share and those of parents and contributors are more than the whole.
		SharesExceedWhole,
		/// There is no such version, or it may not be served.
		VersionNotFound,
		/// There is no such plan.
		PlanNotFound,
		/// The plan does not cover the version.
		VersionNotCovered,
		/// Nobody offers the version.
		NoProvider,
		/// The deadline is sooner than the chain or the offering allows.
		DeadlineTooShort,
		/// The deadline is later than the chain allows.
		DeadlineTooLong,
		/// The request is not valid any more, or for longer than the chain remembers commitments.
		NotValidNow,
		/// The account has used the commitment.
		CommitmentUsed,
		/// No units are to be held.
		ZeroUnits,
		/// Fewer units are to be held than the tariff says of the smallest call.
		TooFewUnits,
		/// The account has not enough free units.
		NotEnoughUnits,
		/// The account has as many open jobs as it can have.
		TooManyOpenJobs,
		/// At each of the blocks near the deadline as many jobs lapse as can.
		NoRoom,
		/// There are no more ids for jobs.
		TooManyJobs,
		/// There is no such job.
		JobNotFound,
		/// The job has its receipt.
		JobNotOpen,
		/// The caller is not the job's provider.
		NotJobProvider,
		/// The receipt is not acceptable. Not seen in blocks: a transaction with such a receipt is
		/// not authorized, and the pool says why ([`InvalidReceipt`]).
		InvalidReceipt,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			let mut meter = WeightMeter::with_limit(T::SliceWeight::get());
			Self::work_agenda(now, &mut meter);
			meter.consumed()
		}

		/// Goes on where the slice was not enough.
		fn on_idle(now: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			if meter.try_consume(T::DbWeight::get().reads(1)).is_ok()
				&& AgendaCursor::<T>::get() <= now
			{
				Self::work_agenda(now, &mut meter);
			}
			meter.consumed()
		}

		/// Answers the jobs of the service keys in the node's keystore.
		fn offchain_worker(now: BlockNumberFor<T>) {
			worker::run::<T>(now);
		}

		fn integrity_test() {
			Self::check_config();
		}

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
		/// Events: [`Event::ProviderRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_provider())]
		pub fn register_provider(
			origin: OriginFor<T>,
			service_key: ServiceKey,
			endpoints: Endpoints,
			proof: ServiceSignature,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_provider(who, service_key, endpoints, proof)
		}

		/// Changes a provider's endpoints and, with a new key and its proof, its service key.
		///
		/// Signed by the provider. The receipts of jobs that run have to be signed with the new key.
		///
		/// Errors: [`Error::ProviderNotFound`], [`Error::NoEndpoint`], [`Error::ServiceKeyInUse`],
		/// [`Error::BadProof`]. Events: [`Event::ProviderUpdated`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::update_provider())]
		pub fn update_provider(
			origin: OriginFor<T>,
			new_key: Option<(ServiceKey, ServiceSignature)>,
			endpoints: Endpoints,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update_provider(who, new_key, endpoints)
		}

		/// Stops being a provider: the bond comes back.
		///
		/// Signed by the provider, who has to withdraw its offerings and answer or decline its jobs
		/// before. Money of its jobs that still matures comes all the same.
		///
		/// Errors: [`Error::ProviderNotFound`], [`Error::JobsOpen`], [`Error::OfferingsOpen`].
		/// Events: [`Event::ProviderLeft`].
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
		/// Errors: [`Error::ProviderNotFound`], [`Error::VersionNotFound`], what
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

		/// Asks for an inference: holds up to `max_units` and freezes version, tariff and share.
		///
		/// Signed. Feeless where it would succeed and takes a slot ([when](crate#what-is-free)). The
		/// deadline can be up to [`SPREAD`] − 1 blocks later than asked, for room.
		///
		/// Errors: [`Error::NotValidNow`], [`Error::ZeroUnits`], [`Error::DeadlineTooShort`],
		/// [`Error::DeadlineTooLong`], [`Error::TooManyOpenJobs`], [`Error::PlanNotFound`],
		/// [`Error::TooFewUnits`], [`Error::VersionNotCovered`], [`Error::VersionNotFound`],
		/// [`Error::OfferingNotFound`], [`Error::OfferingNotActive`], [`Error::NoProvider`],
		/// [`Error::NoRoom`], [`Error::NotEnoughUnits`], [`Error::CommitmentUsed`],
		/// [`Error::TooManyJobs`]. Events: [`Event::Requested`].
		#[pallet::call_index(6)]
		#[pallet::weight(
			T::WeightInfo::request(params.input.inline_len())
				.saturating_add(T::WeightInfo::feeless_request(params.input.inline_len()))
		)]
		#[pallet::feeless_if(|origin: &OriginFor<T>, params: &RequestParamsOf<T>| -> bool {
			origin.as_signer().is_some_and(|who| Pallet::<T>::is_feeless_request(who, params))
		})]
		pub fn request(origin: OriginFor<T>, params: RequestParamsOf<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request(who, params)
		}

		/// Hands in the receipt of a job, signed by the provider's service key.
		///
		/// Authorized: not signed by an account, without fee or nonce. Whoever has a good receipt
		/// can send it. [`InvalidReceipt`] says what is refused, and why.
		///
		/// Events: [`Event::ReceiptAccepted`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::submit_receipt())]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_submit_receipt())]
		#[pallet::authorize(Self::authorize_receipt)]
		pub fn submit_receipt(
			origin: OriginFor<T>,
			receipt: Receipt<T::AccountId>,
			// Checked in the authorization, in the same block and right before.
			_signature: ServiceSignature,
		) -> DispatchResult {
			ensure_authorized(origin)?;
			Self::do_submit_receipt(receipt)
		}

		/// Declines a job: its units are free again at once.
		///
		/// Signed by the job's provider.
		///
		/// Errors: [`Error::JobNotFound`], [`Error::JobNotOpen`], [`Error::NotJobProvider`].
		/// Events: [`Event::Declined`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::decline())]
		pub fn decline(origin: OriginFor<T>, job: JobId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_decline(who, job)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A job that is open or in its dispute window.
		pub fn job(id: JobId) -> Option<JobOf<T>> {
			Jobs::<T>::get(id)
		}

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
