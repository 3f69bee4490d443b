//! # Royalties
//!
//! Payments flow up the lineage by themselves: to the provider, the contributors, the owner, and
//! every ancestor. Nobody has to claim, unless a currency was impaired or a payout failed.
//!
//! ## Words
//! - **Deposit**: money earned by a use of an artifact (not what its owner has held for storage). The
//!   protocol fee is taken off; what is left is the **gross**.
//! - **Split**: parents' and contributors' shares are of the gross; the provider's share is of the
//!   gross too, and comes out of what would be the owner's; the owner has the rest. What a parent
//!   receives is that parent's gross, and splits the same way (without another fee).
//! - **Part**: a parent or a contributor of an artifact: who has a share of its gross.
//! - **Due**: an artifact whose pending money, in one currency, reached the currency's threshold in
//!   the ledger.
//! - **Visit**: all that is pending for an artifact in one currency is split among its parts and
//!   its owner.
//! - **Wave**: a sweep of visits over all that is due, from the highest artifact id to the lowest.
//! - **Payout**: all that an account has earned in one currency leaves the vault. It is queued when
//!   it reaches the threshold.
//! - **Step**: a visit or a payout.
//! - **Remainder**: the fraction of a unit that a share of all payments so far leaves, in billionths.
//!
//! ## Flow
//! [`Distribute::deposit`] is constant work, whatever the lineage: the fee goes to the treasury, the
//! provider's share to what the provider may claim, the rest to the artifact's `Pending` bucket. A
//! visit moves a parent's share on to that parent's `Pending` bucket, and what contributors and
//! owner get to what they may claim. These are book entries; tokens move in payouts.
//!
//! Parents have smaller ids than children, so one wave visits each ancestor once, after all its
//! descendants that are due have paid into it. What becomes due behind the wave waits for the next one,
//! in another block (see [`Due`]).
//!
//! Every block reserves [`Config::SliceWeight`] for this, half for visits and half for payouts;
//! anybody can do more of it with [`distribute`](Pallet::distribute).
//!
//! ## Exactness
//! Every share is applied to the *stream* of payments, not to each payment: what is below one unit
//! is carried as a remainder in billionths ([`accrue`]). So ten thousand deposits of one unit pay what
//! one of ten thousand does. All shares of an artifact sum to one. So right after a visit its remainders,
//! each below a unit, add up to a whole number of units, smaller than the number of its payees. These
//! units stay in its `Pending` bucket.
//!
//! Parts have the same share of every deposit, so a visit applies it to the sum of what was deposited
//! since the last. The owner's share differs from deposit to deposit: it is what the provider of that
//! job leaves. So what the owner gets is computed at the deposit, and only handed out at the visit.
//!
//! ## When owner or shares change
//! A visit knows only the owner and the shares of now. So before a change the registry has
//! the artifact **settled** (not a job: that is credits' word): a visit in every currency in which
//! something is pending, whatever the threshold ([`SettleRoyalties`]). What was deposited before a
//! change is split as it was before, what comes later as it is then.
//!
//! A visit finds remainders by their place in the split. A place never moves, and its remainder stays
//! in it: who comes into a place, or into an artifact, has a fraction of a unit from who was there
//! before.
//!
//! ## Invariants
//! 1. For each artifact and currency: all gross that ever came to it is what was distributed plus what
//!    is pending.
//! 2. For each artifact and currency, what is pending is exactly: parents' and contributors' shares of the
//!    gross that no visit has split ([`Tally::unsplit`]), what the owner gets at the next visit
//!    ([`Tally::for_owner`]), and all remainders but the fee's.
//! 3. Each entry of [`Due`] has a tally. There may be nothing left to split: settling leaves the entry for
//!    the wave to remove.
//! 4. The queue of payouts holds each account once per currency.
//!
//! ## Limits
//! What is below the threshold waits. So does what was earned while its currency was impaired, and
//! a payout that failed: until the artifact or the account earns again, or somebody calls
//! [`mark`](Pallet::mark) here or `claim` in the ledger.
//!
//! What is on its way when an artifact changes hands goes to the new owner: from jobs whose money has
//! not matured, and from children that were not visited yet.
//!
//! Running totals and remainders are kept for ever: for each artifact and currency, and a remainder
//! for each provider that answered for the artifact.
//!
//! ## What it does not do
//! It decides no shares (the registry has them), and holds no tokens (the ledger does).
//!
//! ## Where to read on
//! `types`; `deposit` (what a use earns); `waves` (up the lineage); `payouts`; `settle` (before owner or
//! shares change).

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
mod deposit;
#[cfg(test)]
mod mock;
mod payouts;
mod settle;
#[cfg(test)]
mod tests;
mod try_state;
// Derives of enums cast discriminants.
#[allow(clippy::as_conversions)]
mod types;
mod waves;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::{
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo, WithPostDispatchInfo},
	pallet_prelude::*,
	weights::WeightMeter,
};
use frame_system::pallet_prelude::*;
use sp_runtime::SaturatedConversion;
use tallystick_primitives::{
	job::Distribute, money::accrue, ArtifactId, ArtifactInspect, Balance, Books, Bucket,
	CurrencyId, ExitOutcome, Share,
};

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The books that money moves in.
		type Books: Books<Self::AccountId>;

		/// Owners and shares.
		type Artifacts: ArtifactInspect<Self::AccountId>;

		/// The protocol's share of every deposit.
		#[pallet::constant]
		type ProtocolFee: Get<Share>;

		/// The part of every block that is reserved for distribution.
		#[pallet::constant]
		type SliceWeight: Get<Weight>;

		/// The most steps, visits and payouts together, that one call can do.
		#[pallet::constant]
		type MaxSteps: Get<u32>;

		/// The most currencies that there can be: as many as the ledger admits.
		#[pallet::constant]
		type MaxCurrencies: Get<u32>;

		/// The most parents and contributors that an artifact can have, together.
		#[pallet::constant]
		type MaxParts: Get<u32>;

		/// Weights of the calls and of the hook's steps.
		type WeightInfo: WeightInfo;

		/// Artifacts and money for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: tallystick_primitives::lineage::BenchmarkLineage<Self::AccountId>
			+ tallystick_primitives::money::BenchmarkMoney<Self::AccountId>;
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Running totals.
	#[pallet::storage]
	pub type Tallies<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ArtifactId,
		Blake2_128Concat,
		CurrencyId,
		Tally,
		ValueQuery,
	>;

	/// The remainders of an artifact's parents, then of its contributors, in the order of its split.
	/// Apart from the tally, so that a deposit never reads what only a visit needs.
	#[pallet::storage]
	pub type Remainders<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		ArtifactId,
		Blake2_128Concat,
		CurrencyId,
		BoundedVec<u32, T::MaxParts>,
		ValueQuery,
	>;

	/// The remainder of a provider at an artifact.
	#[pallet::storage]
	pub type ProviderRemainders<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, ArtifactId>,
			NMapKey<Blake2_128Concat, CurrencyId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
		),
		u32,
		ValueQuery,
	>;

	/// What is due, in the order of a wave: the key is not hashed, so that the trie's order is the
	/// wave's. Nobody chooses these keys: ids are given out in turn.
	///
	/// In the block in which a key is removed, a search still steps over it, which costs time that no
	/// weight counts. So searches are made never to cross such keys: only the wave removes keys; it looks
	/// on from behind the last that it removed ([`WavePosition`]); and the next wave, which begins at the
	/// top, waits for another block.
	#[pallet::storage]
	pub type Due<T: Config> = StorageDoubleMap<_, Identity, WaveKey, Twox64Concat, CurrencyId, ()>;

	/// Where the wave is. Nothing: there was none yet.
	#[pallet::storage]
	pub type WavePosition<T: Config> = StorageValue<_, Position<BlockNumberFor<T>>>;

	/// The payouts that wait, first come, first served.
	#[pallet::storage]
	pub type Payouts<T: Config> = StorageMap<_, Twox64Concat, u64, (CurrencyId, T::AccountId)>;

	/// The ends of the queue of payouts.
	#[pallet::storage]
	pub type PayoutRange<T: Config> = StorageValue<_, Range, ValueQuery>;

	/// Who is in the queue of payouts.
	#[pallet::storage]
	pub type QueuedPayouts<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, CurrencyId, Blake2_128Concat, T::AccountId, ()>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A use of an artifact was paid for.
		Deposited {
			/// The artifact.
			artifact: ArtifactId,
			/// The currency.
			currency: CurrencyId,
			/// The protocol fee.
			fee: Balance,
			/// What is left, and is split.
			gross: Balance,
			/// Who answered, and what it earned, where there was a provider.
			provider: Option<(T::AccountId, Balance)>,
		},
		/// An artifact's earnings went to its parents, contributors and owner.
		Split {
			/// The artifact.
			artifact: ArtifactId,
			/// The currency.
			currency: CurrencyId,
			/// The gross that was split.
			gross: Balance,
			/// What went to parents, all together.
			to_parents: Balance,
			/// What went to contributors, all together.
			to_contributors: Balance,
			/// What went to the owner.
			to_owner: Balance,
		},
		/// An account was paid what it had earned.
		PaidOut {
			/// Who.
			account: T::AccountId,
			/// The currency.
			currency: CurrencyId,
			/// How much.
			amount: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No such artifact.
		ArtifactNotFound,
		/// The shares of parents, contributors and provider are more than the whole.
		SharesExceedWhole,
		/// More steps than one call can do.
		TooManySteps,
		/// Nothing is due, or what is due has to wait for the next block; and no payout waits.
		NothingToDistribute,
		/// An amount left the range of numbers.
		Overflow,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::distribute_slice()
		}

		fn integrity_test() {
			let half = T::SliceWeight::get().saturating_div(2);
			assert!(
				half.all_gte(T::WeightInfo::look().saturating_add(Self::step_weight())),
				"each half of the slice must have room for a step, or distribution stands still",
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Does up to `steps` steps beyond what every block does by itself: visits of the wave, and
		/// payouts when it is over.
		///
		/// Anybody may call it, and pays for the steps that were done.
		///
		/// Errors: [`Error::TooManySteps`], [`Error::NothingToDistribute`].
		/// Events: [`Event::Split`] for each visit, [`Event::PaidOut`] for each payout.
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::look().saturating_add(Pallet::<T>::step_weight().saturating_mul((*steps).into()))
		)]
		pub fn distribute(origin: OriginFor<T>, steps: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			ensure!(steps <= T::MaxSteps::get(), Error::<T>::TooManySteps);
			let look = T::WeightInfo::look();
			let visits = core::iter::from_fn(Self::visit_next);
			let payouts = core::iter::from_fn(Self::pay_next);
			let (mut done, mut spent) = (false, look);
			for weight in visits.chain(payouts).take(steps.saturated_into()) {
				done = true;
				spent = spent.saturating_add(weight);
			}
			// An error undoes `Position::Over` too. The next call looks again, from behind every key that was
			// removed, so it costs no more than the first.
			ensure!(done, Error::<T>::NothingToDistribute.with_weight(look));
			Ok(PostDispatchInfo { actual_weight: Some(spent), pays_fee: Pays::Yes })
		}

		/// Puts `artifact` into the wave, if enough of `currency` is pending for it.
		///
		/// Deposits do that by themselves. What was deposited while the currency was impaired, or
		/// below a threshold that was lowered since, waits for the next deposit or for this call.
		/// Anybody may call it.
		///
		/// Errors: [`Error::NothingToDistribute`] where too little is pending, or the currency is
		/// impaired.
		/// Events: none ([`Event::Split`] comes with the visit).
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::mark())]
		pub fn mark(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			currency: CurrencyId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			ensure!(Self::mark_due(artifact, &currency), Error::<T>::NothingToDistribute);
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The running totals of an artifact in a currency.
		pub fn tally(artifact: ArtifactId, currency: CurrencyId) -> Tally {
			Tallies::<T>::get(artifact, currency)
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What the dearest step costs.
	pub fn step_weight() -> Weight {
		T::WeightInfo::visit(T::MaxParts::get()).max(T::WeightInfo::payout())
	}

	/// What every block does by itself: visits in one half of the slice, payouts in the other, so
	/// that neither starves the other. Returns the weight of it.
	fn distribute_slice() -> Weight {
		let half = T::SliceWeight::get().saturating_div(2);
		let visits = Self::run(half, T::WeightInfo::visit(T::MaxParts::get()), Self::visit_next);
		let payouts = Self::run(half, T::WeightInfo::payout(), Self::pay_next);
		visits.saturating_add(payouts)
	}

	/// Repeats `step` while there is something to do, and while `limit` has room for a step of
	/// weight `dearest`. Returns the weight of it.
	fn run(limit: Weight, dearest: Weight, step: impl Fn() -> Option<Weight>) -> Weight {
		let mut meter = WeightMeter::with_limit(limit);
		meter.consume(T::WeightInfo::look());
		while meter.can_consume(dearest) {
			match step() {
				Some(weight) => meter.consume(weight),
				None => break,
			}
		}
		meter.consumed()
	}
}
