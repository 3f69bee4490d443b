//! # Inference
//!
//! Inference that is asked for on chain: what is asked (jobs), and what proves the answer (receipts).
//! The chain never calls a model: it holds a consumer's credits, checks a provider's signed receipt,
//! and lets the money go.
//!
//! Who answers, for what share, and with which key is pallet-providers' concern ([`ProviderInspect`]).
//!
//! ## Words
//! - **Provider**: who answers. Its *service key* signs its receipts.
//! - **Job**: one inference. *Open* until its receipt, then *settled* until its plan's dispute
//!   window is over (a time to look: no call disputes yet). Version, tariff, share and window are
//!   frozen in it.
//! - **Deadline**: the block by which the answer has to come. **Grace**: the blocks after it in which a
//!   receipt still counts. A job **lapses** when its grace is over, and **matures** when its dispute
//!   window is over. The block at which that happens is its *due* block: of an open job the one after its
//!   grace (later where it could not lapse).
//! - **Input**: the *messages* (in the code: `request`) and the *parameters* (how to generate), each a
//!   JSON object. On chain are their **commitments**, which are salted hashes; the bytes only if they
//!   are *inline*. "The commitment" without more is that of `request`.
//! - **Agenda**: what has to be done at which block: jobs that mature, and requests that *have had their
//!   time*. A request has had its time at the block at which its job lapses, or would have lapsed had it
//!   not ended before. Only then are its slot and place free again, and is its commitment, which keeps it
//!   from being included twice, forgotten.
//! - **Room**: a block has room for a job while fewer than [`Config::MaxJobsPerBlock`] open ones lapse
//!   at it.
//! - **Slot** and **place**: what a free request takes, one of its plan and one of its account, and gives
//!   back.
//!
//! ## Flow
//! ```text
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
//! ## What the chain checks of a receipt
//! What [`InvalidReceipt`] names: that key, job, content, times, token counts and charge fit. A token is at
//! least a byte: so there are no more input tokens than bytes of the request, and no more output tokens,
//! reasoning aside, than bytes of the response. The receipt says both lengths; where the input is inline,
//! that of the request has to be the true one.
//!
//! ## Hooks
//! A stated slice of each block ([`Config::SliceWeight`]) is for the agenda. What does not fit is done
//! in what this block and later ones leave idle, or in later slices, oldest block first. Every entry is
//! a transaction of its own: one that fails is put on the agenda again, with an event, and stops
//! nobody. A receipt is never accepted after the grace, even if the lapse comes late.
//!
//! ## Invariants
//! 1. The units that a plan's open jobs hold are the units that credits hold for jobs (the runtime
//!    compares [`Pallet::units_held`]). A job that is settled holds none.
//! 2. The money of settled jobs is what is maturing in the ledger ([`Pallet::maturing_total`]).
//! 3. Each remembered commitment has exactly one entry in the agenda, at its job's due block if that is
//!    open; the commitment of an open job is remembered. Each settled job has exactly one entry, at its
//!    due block. There are no other entries.
//! 4. Open jobs per account, per provider and per block at which they lapse, and the providers' sets of
//!    them, are what the open jobs say. Places and slots taken are what the remembered commitments say.
//! 5. Open jobs alone have an input, and it is what the job commits to.
//! 6. Who has a workload here is a provider. No job's share is above the largest that was ever active for
//!    its artifact ([`ProviderShares::dearest`]).
//! 7. The agenda has nothing before its cursor.
//!
//! ## Limits
//! Bounded are open jobs per account ([`Config::MaxOpenJobs`]), and jobs that lapse at a block (retries
//! aside; a request takes the first of [`SPREAD`] blocks with room). State does not grow with use: a job
//! goes when it has lapsed or matured, its input when it is not open any more, a commitment when its
//! job would have lapsed, what is known of a provider when it leaves.
//!
//! Requests whose jobs were answered stay on the agenda until these would have lapsed, and how many of them
//! end at a block is bounded by what blocks hold and by fees alone. Who fills blocks with them for an hour
//! makes what is behind them late: by minutes if the blocks then have room, by about another hour if they
//! stay full. Units, slots and money come late then; none is lost.
//!
//! Slots go to who comes first. Accounts with credits of a plan can take all of them, with commitments
//! to inputs that never come. They keep a slot for [`Config::FeelessDeadline`] + [`Config::Grace`] +
//! [`SPREAD`] blocks at most, and then have to come first again. Who pays the fee needs no slot.
//!
//! ## What it does not do
//! It judges no answers: disputes, fines and reputation are not here. It looks at no licence: licences
//! gate sales and offerings, and units that are sold stay usable. It does not prove token counts. Where
//! the input is inline, its length bounds the input tokens; all other lengths are the provider's word,
//! which the consumer can check. What bounds the charge is the hold.
//!
//! ## Where to read on
//! `types`, then a job's life: `requests`, `receipts`, `agenda`. What is counted beside: `slots`, `workload`,
//! `lapses`. A provider's node: [`worker`].
//!
//! # Beside the money
//!
//! ## What is free
//! A request takes a slot of its plan and a place of its account if:
//! 1. both have a free one;
//! 2. its deadline is at most [`Config::FeelessDeadline`] blocks away;
//! 3. a block near its deadline is less than half full (the other half is for paid ones).
//!
//! If it takes them and would succeed now, it is feeless. Inside another call (a batch, a proxy's) it takes
//! them although a fee is paid: the call cannot see the difference.
//!
//! Place and slot come back when the job would have lapsed, however soon it ends: a provider who answers
//! its own requests at once gains nothing by it. So a slot makes at most one free request in
//! [`Config::MinDeadline`] + [`Config::Grace`] + 1 blocks.
//!
//! ## Replay
//! An account that dies loses its nonce, so an old signed request could be included again. Each
//! request names a block after which it is not valid, at most its deadline and the grace away. An (account,
//! commitment) pair is remembered until its job would have lapsed, which is later: who asks again takes a new
//! salt. An immortal signed `buy` of such an account replays, as on any Substrate chain.
//!
//! ## Needs
//! `frame_system::AuthorizeCall` and `pallet_skip_feeless_payment` among the runtime's transaction
//! extensions. `request` weighs the check of its `feeless_if` too, since that extension does not; the
//! two read the same storage, and it is counted once.

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
mod receipts;
mod requests;
mod slots;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;
pub mod worker;
mod workload;

pub use lapses::SPREAD;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;
pub use worker::Assignment;

use frame_support::{
	pallet_prelude::*,
	traits::{OriginTrait, UnixTime},
	weights::WeightMeter,
};
use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
use sp_core::H256;
use tallystick_primitives::{
	job::{Distribute, Meter},
	service_key::ServiceSignature,
	ArtifactId, Balance, Digest, JobId, PlanId, ProviderInspect, ProviderShares, Receipt,
	VersionInspect,
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
		/// Which versions may be served.
		type Versions: VersionInspect;

		/// Who answers.
		type Providers: ProviderInspect<Self::AccountId, BlockNumberFor<Self>> + ProviderShares;

		/// Credits.
		type Meter: Meter<Self::AccountId, BlockNumberFor<Self>>;

		/// Where matured money goes.
		type Royalties: Distribute<Self::AccountId>;

		/// The chain's clock.
		type UnixTime: UnixTime;

		/// The least number of blocks from a request to its deadline.
		#[pallet::constant]
		type MinDeadline: Get<BlockNumberFor<Self>>;

		/// The largest number of blocks from a request to the deadline that it asks for.
		#[pallet::constant]
		type MaxDeadline: Get<BlockNumberFor<Self>>;

		/// Blocks after the deadline in which a receipt still counts.
		#[pallet::constant]
		type Grace: Get<BlockNumberFor<Self>>;

		/// The largest number of blocks for which a request can be valid. Nor can it be for longer than
		/// its deadline and the grace.
		#[pallet::constant]
		type MaxValidity: Get<BlockNumberFor<Self>>;

		/// The largest number of blocks to the deadline of a feeless request: what is free has to be brief,
		/// so that its slot soon serves another.
		#[pallet::constant]
		type FeelessDeadline: Get<BlockNumberFor<Self>>;

		/// Jobs that an account can have open at once.
		#[pallet::constant]
		type MaxOpenJobs: Get<u32>;

		/// The places of an account.
		#[pallet::constant]
		type FeelessJobs: Get<u32>;

		/// Open jobs that can lapse at one block.
		#[pallet::constant]
		type MaxJobsPerBlock: Get<u32>;

		/// The part of each block that is for the agenda. It has to be above the weight of what a
		/// block's requests and receipts put on the agenda, or the agenda falls behind.
		#[pallet::constant]
		type SliceWeight: Get<Weight>;

		/// Milliseconds between blocks.
		#[pallet::constant]
		type BlockMillis: Get<u64>;

		/// Weights of calls and hooks.
		type WeightInfo: WeightInfo;

		/// What benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::AccountId>;
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The id of the next job. Each request of a block reads and writes it, but it comes from the disk and
	/// goes there once: `on_initialize` counts that, and no request does.
	#[pallet::storage]
	#[pallet::whitelist_storage]
	pub type NextJobId<T: Config> = StorageValue<_, JobId, ValueQuery>;

	/// Jobs that are open or in their dispute window.
	#[pallet::storage]
	pub type Jobs<T: Config> = StorageMap<_, Twox64Concat, JobId, JobOf<T>>;

	/// The open jobs of each provider, for its worker. A set: in no order that means anything.
	#[pallet::storage]
	pub type ProviderJobs<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, JobId, ()>;

	/// What a provider has to do, and did last. Gone when it leaves.
	#[pallet::storage]
	pub type Workloads<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Workload, ValueQuery>;

	/// What each account has under way.
	#[pallet::storage]
	pub type Consumers<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Consumer, ValueQuery>;

	/// How many slots of a plan are taken.
	#[pallet::storage]
	pub type SlotsTaken<T: Config> = StorageMap<_, Twox64Concat, PlanId, u32, ValueQuery>;

	/// Commitments of requests that have not had their time: only until then could they be included again.
	/// By account, so that nobody can use up another's commitment.
	#[pallet::storage]
	pub type Commitments<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, Digest, Remembered>;

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
		/// There is no such version, or it may not be served.
		VersionNotFound,
		/// There is no such plan.
		PlanNotFound,
		/// The plan does not cover the version.
		VersionNotCovered,
		/// The deadline is sooner than the chain allows.
		DeadlineTooShort,
		/// The deadline is later than the chain allows.
		DeadlineTooLong,
		/// The request is not valid any more, or for longer than it may be.
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
		/// The provider that is to leave has open jobs.
		JobsOpen,
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
			meter.consume(Self::next_job_id_weight());
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
		/// Asks for an inference: holds up to `max_units` and freezes version, tariff and share.
		///
		/// Signed. Feeless where it would succeed and takes a slot ([when](crate#what-is-free)). The
		/// deadline can be up to [`SPREAD`] − 1 blocks later than asked, for room.
		///
		/// Errors: [`Error::NotValidNow`], [`Error::ZeroUnits`], [`Error::DeadlineTooShort`],
		/// [`Error::DeadlineTooLong`], [`Error::TooManyOpenJobs`], [`Error::PlanNotFound`],
		/// [`Error::TooFewUnits`], [`Error::VersionNotCovered`], [`Error::VersionNotFound`],
		/// [`Error::TooManyJobs`], the errors of [`ProviderInspect::pick`], [`Error::NoRoom`],
		/// [`Error::NotEnoughUnits`], [`Error::CommitmentUsed`]. Events: [`Event::Requested`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::request(params.input.inline_len()))]
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
		#[pallet::call_index(1)]
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
		#[pallet::call_index(2)]
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
	}
}

impl<T: Config> Pallet<T> {
	/// What [`NextJobId`] costs a block.
	pub(crate) fn next_job_id_weight() -> Weight {
		T::DbWeight::get().reads_writes(1, 1)
	}

	/// Panics where the constants do not go together. For `integrity_test`, which runs in tests and
	/// nowhere else.
	fn check_config() {
		let heaviest =
			T::WeightInfo::lapse().max(T::WeightInfo::mature()).max(T::WeightInfo::forget());
		let least = Self::next_job_id_weight()
			.saturating_add(T::WeightInfo::agenda())
			.saturating_add(T::WeightInfo::agenda_block())
			.saturating_add(heaviest);
		assert!(
			least.all_lte(T::SliceWeight::get()),
			"at least one entry of the agenda fits into `SliceWeight`: {least:?}"
		);
		assert!(T::MinDeadline::get() <= T::MaxDeadline::get());
		assert!(!T::MinDeadline::get().is_zero(), "an answer takes at least a block");
		assert!(T::MinDeadline::get() <= T::FeelessDeadline::get(), "something is free");
		assert!(T::MaxJobsPerBlock::get() >= 2, "a half for what is free, a half for what is paid");
		assert!(!T::BlockMillis::get().is_zero());
	}
}
