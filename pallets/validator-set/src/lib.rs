//! # Validator set
//!
//! Says which accounts run the chain. Validators are admitted by an origin, bonded by themselves, and
//! slashed and removed where they are proven to have equivocated.
//!
//! ## Words
//!
//! - **Candidate**: an account that the origin admitted and that has not joined yet. It may set
//!   session keys.
//! - **Validator**: a member of the set. It has session keys and a bond, and takes part from the
//!   session after next on.
//! - **Departed**: an account that was a validator. Its bond stays held, and its session keys stay
//!   known, for as long as an offence of its time in the set can still be reported.
//! - **Convicted**: a validator that equivocated while the set was at its floor. It lost its bond, and
//!   stays in the set only until somebody takes its place.
//! - **Floor**: the number of validators below which the set cannot shrink.
//!
//! ## Flow
//!
//! ```text
//!            admit                 set_keys, join                leave, remove, offence
//! (nobody) ─────────▶ candidate ─────────────────▶ validator ───────────────────────────▶ departed
//!     ▲                   │                                                                   │
//!     └── leave, remove ──┘                        withdraw, after the bonding duration ──────┘
//! ```
//!
//! ## At the floor
//!
//! A set that shrinks can stop the chain, so nothing shrinks it below the floor. `leave` and `remove`
//! fail there. An offence cannot fail: the offender loses its bond and is reported to the session
//! pallet, which disables it where its strategy allows, but its seat stays taken. It is convicted: the
//! next account to join takes that seat, and a lowered floor frees it too. If the keys of validators
//! change meanwhile, the session pallet forgets whom it disabled; a convicted validator has no bond
//! left to lose then, and root or the admitting origin should see that a place is filled soon.
//!
//! ## What the runtime has to do
//!
//! - Put [`Pallet::is_known`], through [`ValidatorOf`], into the session pallet's `ValidatorIdOf`, so
//!   that nobody but candidates and validators sets keys.
//! - Refuse `session.purge_keys` in its call filter: a validator that purges its keys drops out of the
//!   set without asking, whatever the floor says. This pallet purges the keys of those who go.
//! - Point `pallet-offences` at this pallet, and wrap it in `NoteHistoricalRoot` as session manager.
//!
//! ## Invariants
//!
//! Checked by [`Pallet::do_try_state`]: there are at least as many validators as the floor says, and at
//! most `MaxValidators`; each has session keys; nobody is in two states at once; a convicted account is
//! a validator, and there is one only while the set is at its floor.
//!
//! ## What it does not do
//!
//! No rewards, no elections, no nominations. A validator that is offline is not punished: offline
//! reports need a heartbeat, and the finality that a chain loses shows who is missing.

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

mod functions;
mod offence;
mod sessions;
mod try_state;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use sessions::{NoExposure, Sessions, ValidatorOf};
pub use weights::WeightInfo;

use frame_support::traits::fungible;

/// Sessions between a change of the set and its effect: what is planned at the start of a session is
/// for the next one, and is planned before that starts.
pub const SESSIONS_AHEAD: u32 = 2;

/// The balance type of the bond.
pub type BalanceOf<T> =
	<<T as Config>::Currency as fungible::Inspect<<T as frame_system::Config>::AccountId>>::Balance;
/// What is taken from an offender.
pub type CreditOf<T> =
	fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

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
			fungible::hold::{Balanced, Mutate},
			OnUnbalanced,
		},
	};
	use frame_system::pallet_prelude::*;
	use sp_staking::SessionIndex;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The overarching hold reason.
		type RuntimeHoldReason: From<HoldReason>;

		/// Who admits candidates, removes validators and sets the floor.
		type AdmitOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The session pallet.
		type Sessions: Sessions<Self::AccountId>;

		/// What bonds are in.
		type Currency: Mutate<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Balanced<Self::AccountId>;

		/// Where slashed bonds go. `()` burns them.
		type Slashed: OnUnbalanced<CreditOf<Self>>;

		/// What a validator has to bond.
		#[pallet::constant]
		type Bond: Get<BalanceOf<Self>>;

		/// Sessions for which an offence can still be reported. A bond stays held for so long after
		/// its owner's last session, and key ownership of earlier sessions is forgotten.
		#[pallet::constant]
		type BondingDuration: Get<SessionIndex>;

		/// The most validators there can be.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// Weights.
		type WeightInfo: WeightInfo;
	}

	/// Why funds are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The bond of a validator.
		#[codec(index = 0)]
		Bond,
	}

	/// Admitted accounts that have not joined.
	#[pallet::storage]
	pub type Candidates<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	/// The validators: counted, so that no check of the floor has to read them all. The bond of each
	/// is what is on hold.
	#[pallet::storage]
	pub type Validators<T: Config> = CountedStorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	/// Accounts that were validators, with the session from which on their bond is free.
	#[pallet::storage]
	pub type Departed<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, SessionIndex>;

	/// Validators that equivocated while the set was at its floor: the first to be replaced, in order.
	#[pallet::storage]
	pub type Convicted<T: Config> =
		StorageValue<_, BoundedVec<T::AccountId, T::MaxValidators>, ValueQuery>;

	/// The number of validators below which the set cannot shrink.
	#[pallet::storage]
	pub type MinValidators<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The set that the session pallet was told last, so that it is told only of changes: to every set
	/// it is given it answers with a change of authorities, and forgets whom it disabled.
	#[pallet::storage]
	pub type Planned<T: Config> =
		StorageValue<_, BoundedVec<T::AccountId, T::MaxValidators>, ValueQuery>;

	/// The validators that a chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first validators. Each needs session keys in the session pallet's own genesis. Who
		/// can pay the bond is bonded; who cannot is a validator without a bond.
		pub validators: Vec<T::AccountId>,
		/// The floor.
		pub min_validators: u32,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::build_genesis(&self.validators, self.min_validators);
		}
	}

	/// What happens to the set.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account may join.
		CandidateAdmitted {
			/// The candidate.
			who: T::AccountId,
		},
		/// A candidate is none any more.
		CandidateRemoved {
			/// Who it was.
			who: T::AccountId,
		},
		/// A candidate became a validator, from the session after next on.
		ValidatorJoined {
			/// The validator.
			who: T::AccountId,
			/// What it has on hold.
			bond: BalanceOf<T>,
		},
		/// A validator leaves the set, by its own will.
		ValidatorLeft {
			/// Who it was.
			who: T::AccountId,
			/// The session from which on its bond is free.
			free_from: SessionIndex,
		},
		/// A validator was taken from the set: by the origin, or for an offence.
		ValidatorRemoved {
			/// Who it was.
			who: T::AccountId,
			/// The session from which on its bond is free.
			free_from: SessionIndex,
		},
		/// A validator equivocated, and stays in its place because the set is at its floor.
		ValidatorConvicted {
			/// The validator.
			who: T::AccountId,
		},
		/// A bond was slashed.
		Slashed {
			/// Whose bond.
			who: T::AccountId,
			/// How much of it.
			amount: BalanceOf<T>,
		},
		/// A departed validator has its bond back.
		BondWithdrawn {
			/// Whose bond.
			who: T::AccountId,
			/// What was left of it.
			amount: BalanceOf<T>,
		},
		/// The floor changed.
		MinValidatorsSet {
			/// The new floor.
			min: u32,
		},
		/// A validator has no session keys, and is left out of a session.
		KeysMissing {
			/// The validator.
			who: T::AccountId,
		},
	}

	/// Why a call fails.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is a candidate already.
		AlreadyCandidate,
		/// The account is a validator already.
		AlreadyValidator,
		/// The account is not admitted.
		NotCandidate,
		/// The account is neither a candidate nor a validator.
		NotFound,
		/// The account has no session keys.
		NoSessionKeys,
		/// The set is full.
		TooManyValidators,
		/// The set would shrink below its floor.
		TooFewValidators,
		/// The floor is zero, above the size of the set, or above what the set can hold.
		InvalidMinimum,
		/// The account has not left the set.
		NotDeparted,
		/// An offence of the account can still be reported.
		BondNotFree,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxValidators::get() > 0, "a chain needs validators");
			assert!(T::BondingDuration::get() > 0, "offences need time to be reported");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Admits `who` as a candidate: it may set session keys and join.
		///
		/// Origin: `AdmitOrigin`.
		///
		/// Errors: `AlreadyCandidate`, `AlreadyValidator`. Event: `CandidateAdmitted`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::admit())]
		pub fn admit(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_admit(who)
		}

		/// Places the bond and joins the set. Needs session keys (`session.set_keys`). Where a bond of
		/// an earlier time in the set is still held, only what is missing is added.
		///
		/// Origin: signed, by a candidate. Takes effect in the session after next.
		///
		/// Errors: `NotCandidate`, `NoSessionKeys`, `TooManyValidators`, and those of the hold. Events:
		/// `ValidatorJoined`, and `ValidatorRemoved` where a convicted validator was waiting to be
		/// replaced.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::join())]
		pub fn join(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_join(who)
		}

		/// Leaves: a candidate at once, with its session keys; a validator from the session after next
		/// on, with its bond held until `withdraw`.
		///
		/// Origin: signed, by a candidate or a validator.
		///
		/// Errors: `NotFound`, `TooFewValidators`. Events: `CandidateRemoved` or `ValidatorLeft`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::leave())]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			if Candidates::<T>::contains_key(&who) {
				return Self::remove_candidate(who);
			}
			let free_from = Self::remove_validator(&who)?;
			Self::deposit_event(Event::ValidatorLeft { who, free_from });
			Ok(())
		}

		/// Takes back an admission, or removes a validator, whose bond stays held until `withdraw`.
		///
		/// Origin: `AdmitOrigin`.
		///
		/// Errors: `NotFound`, `TooFewValidators`. Events: `CandidateRemoved` or `ValidatorRemoved`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::remove())]
		pub fn remove(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			if Candidates::<T>::contains_key(&who) {
				return Self::remove_candidate(who);
			}
			let free_from = Self::remove_validator(&who)?;
			Self::deposit_event(Event::ValidatorRemoved { who, free_from });
			Ok(())
		}

		/// Takes the bond back after the bonding duration, and the session keys with their deposit.
		///
		/// Origin: signed, by a departed validator.
		///
		/// Errors: `NotDeparted`, `BondNotFree`. Event: `BondWithdrawn`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who)
		}

		/// Sets the floor. Lowering it frees the seats of convicted validators.
		///
		/// Origin: `AdmitOrigin`.
		///
		/// Errors: `InvalidMinimum`. Events: `MinValidatorsSet`, `ValidatorRemoved` for each convicted
		/// validator that goes.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_min_validators(T::MaxValidators::get()))]
		pub fn set_min_validators(origin: OriginFor<T>, min: u32) -> DispatchResultWithPostInfo {
			T::AdmitOrigin::ensure_origin(origin)?;
			let removed = Self::do_set_min_validators(min)?;
			Ok(Some(T::WeightInfo::set_min_validators(removed)).into())
		}
	}
}
