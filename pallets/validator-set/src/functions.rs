//! What the calls do.

use crate::{
	sessions::Sessions, BalanceOf, Candidates, Config, Convicted, Departed, Error, Event,
	HoldReason, MinValidators, Pallet, Validators, SESSIONS_AHEAD,
};
use frame_support::{
	ensure,
	traits::{
		fungible::hold::{Inspect, Mutate},
		tokens::Precision,
		Get,
	},
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult, Saturating};
use sp_staking::SessionIndex;

impl<T: Config> Pallet<T> {
	/// Whether `who` may have session keys: a candidate or a validator.
	pub fn is_known(who: &T::AccountId) -> bool {
		Candidates::<T>::contains_key(who) || Validators::<T>::contains_key(who)
	}

	/// What `who` has on hold as a bond.
	pub fn bond_of(who: &T::AccountId) -> BalanceOf<T> {
		T::Currency::balance_on_hold(&HoldReason::Bond.into(), who)
	}

	pub(crate) fn build_genesis(validators: &[T::AccountId], min: u32) {
		let max = T::MaxValidators::get();
		assert!(validators.len() <= max.try_into().unwrap_or(usize::MAX), "too many validators");
		for who in validators {
			assert!(!Validators::<T>::contains_key(who), "a validator is named twice");
			Validators::<T>::insert(who, ());
			if let Err(error) = Self::top_up_bond(who) {
				log::warn!(
					target: "runtime::validator-set",
					"{who:?} starts without a bond: {error:?}"
				);
			}
		}
		assert!(min <= Validators::<T>::count(), "fewer validators than the floor");
		MinValidators::<T>::put(min);
	}

	pub(crate) fn do_admit(who: T::AccountId) -> DispatchResult {
		ensure!(!Candidates::<T>::contains_key(&who), Error::<T>::AlreadyCandidate);
		ensure!(!Validators::<T>::contains_key(&who), Error::<T>::AlreadyValidator);
		Candidates::<T>::insert(&who, ());
		Self::deposit_event(Event::CandidateAdmitted { who });
		Ok(())
	}

	pub(crate) fn do_join(who: T::AccountId) -> DispatchResult {
		ensure!(Candidates::<T>::contains_key(&who), Error::<T>::NotCandidate);
		ensure!(T::Sessions::has_keys(&who), Error::<T>::NoSessionKeys);
		// The seat of a convicted validator is free for whoever joins.
		let full = Validators::<T>::count() >= T::MaxValidators::get();
		ensure!(!full || Convicted::<T>::decode_len() > Some(0), Error::<T>::TooManyValidators);
		let bond = Self::top_up_bond(&who)?;

		Candidates::<T>::remove(&who);
		Departed::<T>::remove(&who);
		Validators::<T>::insert(&who, ());
		Self::deposit_event(Event::ValidatorJoined { who, bond });
		Self::replace_convicted();
		Ok(())
	}

	/// Ends a candidacy. Session keys go with it, unless an offence committed under them can still be
	/// reported.
	pub(crate) fn remove_candidate(who: T::AccountId) -> DispatchResult {
		ensure!(Candidates::<T>::take(&who).is_some(), Error::<T>::NotFound);
		if !Departed::<T>::contains_key(&who) {
			T::Sessions::purge_keys(&who);
		}
		Self::deposit_event(Event::CandidateRemoved { who });
		Ok(())
	}

	/// Takes `who` from the set, where that leaves enough of them. Returns the session from which on
	/// its bond is free.
	pub(crate) fn remove_validator(who: &T::AccountId) -> Result<SessionIndex, DispatchError> {
		ensure!(Validators::<T>::contains_key(who), Error::<T>::NotFound);
		ensure!(!Self::at_floor(), Error::<T>::TooFewValidators);
		Ok(Self::depart(who))
	}

	pub(crate) fn do_withdraw(who: T::AccountId) -> DispatchResult {
		let free_from = Departed::<T>::get(&who).ok_or(Error::<T>::NotDeparted)?;
		ensure!(T::Sessions::current_index() >= free_from, Error::<T>::BondNotFree);
		let reason = HoldReason::Bond.into();
		let amount = T::Currency::release_all(&reason, &who, Precision::BestEffort)?;
		Departed::<T>::remove(&who);
		// A candidate keeps the keys that it is going to join with.
		if !Candidates::<T>::contains_key(&who) {
			T::Sessions::purge_keys(&who);
		}
		Self::deposit_event(Event::BondWithdrawn { who, amount });
		Ok(())
	}

	/// Returns how many convicted validators went.
	pub(crate) fn do_set_min_validators(min: u32) -> Result<u32, DispatchError> {
		let valid = min > 0 && min <= Validators::<T>::count();
		ensure!(valid, Error::<T>::InvalidMinimum);
		MinValidators::<T>::put(min);
		Self::deposit_event(Event::MinValidatorsSet { min });
		let mut removed = 0u32;
		while Self::replace_convicted() {
			removed.saturating_inc();
		}
		Ok(removed)
	}

	/// Whether the set cannot shrink.
	pub(crate) fn at_floor() -> bool {
		// A set of one never shrinks, whatever the floor: an empty one stops the chain.
		Validators::<T>::count() <= MinValidators::<T>::get().max(1)
	}

	/// Takes `who` from the set, no questions asked.
	pub(crate) fn depart(who: &T::AccountId) -> SessionIndex {
		Validators::<T>::remove(who);
		Convicted::<T>::mutate(|convicted| convicted.retain(|c| c != who));
		// Session numbers are far from the end of their range: one passes in minutes.
		let free_from = T::Sessions::current_index()
			.saturating_add(SESSIONS_AHEAD)
			.saturating_add(T::BondingDuration::get());
		Departed::<T>::insert(who, free_from);
		free_from
	}

	/// Removes the first convicted validator, if there is one and the floor lets it go.
	fn replace_convicted() -> bool {
		if Self::at_floor() {
			return false;
		}
		let Some(who) = Convicted::<T>::get().first().cloned() else { return false };
		let free_from = Self::depart(&who);
		Self::deposit_event(Event::ValidatorRemoved { who, free_from });
		true
	}

	/// Holds what is missing of the bond. Returns what is on hold then.
	fn top_up_bond(who: &T::AccountId) -> Result<BalanceOf<T>, DispatchError> {
		let held = Self::bond_of(who);
		// Zero where more is held than is asked for now.
		let missing = T::Bond::get().saturating_sub(held);
		if !missing.is_zero() {
			T::Currency::hold(&HoldReason::Bond.into(), who, missing)?;
		}
		Ok(held.saturating_add(missing))
	}
}
