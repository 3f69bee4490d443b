//! The set and the session pallet: what each asks of the other.

use crate::{Config, Event, Pallet, Planned, Validators};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{traits::Get, BoundedVec};
use frame_system::RawOrigin;
use pallet_session::historical;
use sp_runtime::{traits::Convert, Perbill};
use sp_staking::{offence::OffenceSeverity, SessionIndex};

/// What this pallet asks of the session pallet.
pub trait Sessions<AccountId> {
	/// The session now.
	fn current_index() -> SessionIndex;

	/// Whether `who` has session keys.
	fn has_keys(who: &AccountId) -> bool;

	/// Forgets the session keys of `who`, if it has any, and gives their deposit back.
	fn purge_keys(who: &AccountId);

	/// Reports an offender, who may be disabled for it.
	fn report(who: &AccountId, severity: Perbill);

	/// Forgets who owned which keys before `session`.
	fn forget_before(session: SessionIndex);

	/// Gives `who` session keys.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_keys(who: &AccountId);
}

impl<T> Sessions<T::AccountId> for pallet_session::Pallet<T>
where
	T: pallet_session::Config<ValidatorId = <T as frame_system::Config>::AccountId>
		+ historical::Config,
{
	fn current_index() -> SessionIndex {
		Self::current_index()
	}

	fn has_keys(who: &T::AccountId) -> bool {
		pallet_session::NextKeys::<T>::contains_key(who)
	}

	fn purge_keys(who: &T::AccountId) {
		// Fails only where there are no keys: then there is nothing to forget.
		let _ = Self::purge_keys(RawOrigin::Signed(who.clone()).into());
	}

	fn report(who: &T::AccountId, severity: Perbill) {
		Self::report_offence(who.clone(), OffenceSeverity(severity));
	}

	fn forget_before(session: SessionIndex) {
		historical::Pallet::<T>::prune_up_to(session);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_keys(who: &T::AccountId) {
		use codec::{Decode, Encode};
		let account = who.encode();
		let mut seed = sp_runtime::traits::TrailingZeroInput::new(&account);
		if let Ok(keys) = T::Keys::decode(&mut seed) {
			pallet_session::NextKeys::<T>::insert(who, keys);
			pallet_session::ExternallySetKeys::<T>::insert(who, ());
		}
	}
}

/// The session pallet's `ValidatorIdOf`: an account is its own validator id, and is one only while it
/// is a candidate or a validator. Nobody else can set session keys.
pub struct ValidatorOf<T>(PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<T::AccountId>> for ValidatorOf<T> {
	fn convert(who: T::AccountId) -> Option<T::AccountId> {
		Pallet::<T>::is_known(&who).then_some(who)
	}
}

/// The session pallet's `FullIdentificationOf`: there is nothing about a validator that a later report
/// needs beside its account. Its bond is what is on hold.
pub struct NoExposure;

impl<AccountId> Convert<AccountId, Option<()>> for NoExposure {
	fn convert(_: AccountId) -> Option<()> {
		Some(())
	}
}

impl<T: Config> Pallet<T> {
	/// The validators that have session keys, in the order of their accounts. The session pallet drops
	/// those without silently; so that nobody is surprised, an event says who they are.
	fn with_keys() -> Vec<T::AccountId> {
		let (mut ready, missing): (Vec<_>, Vec<_>) =
			Validators::<T>::iter_keys().partition(T::Sessions::has_keys);
		for who in missing {
			Self::deposit_event(Event::KeysMissing { who });
		}
		ready.sort();
		ready
	}

	/// Plans the next session: `None` where the set is what it was, or nobody could take part.
	fn plan() -> Option<Vec<T::AccountId>> {
		let ready = Self::with_keys();
		if ready.is_empty() || *Planned::<T>::get() == ready {
			return None;
		}
		// No more than `MaxValidators` ever joined.
		Planned::<T>::put(BoundedVec::truncate_from(ready.clone()));
		Some(ready)
	}
}

impl<T: Config> pallet_session::SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(_: SessionIndex) -> Option<Vec<T::AccountId>> {
		Self::plan()
	}

	fn new_session_genesis(_: SessionIndex) -> Option<Vec<T::AccountId>> {
		// Both sessions that genesis plans have to be told, though they are the same.
		let ready = Self::with_keys();
		Planned::<T>::put(BoundedVec::truncate_from(ready.clone()));
		(!ready.is_empty()).then_some(ready)
	}

	fn start_session(session: SessionIndex) {
		let oldest = session.saturating_sub(T::BondingDuration::get());
		if oldest > 0 {
			T::Sessions::forget_before(oldest);
		}
	}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> historical::SessionManager<T::AccountId, ()> for Pallet<T> {
	fn new_session(index: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
		<Self as pallet_session::SessionManager<_>>::new_session(index).map(without_exposure)
	}

	fn new_session_genesis(index: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
		<Self as pallet_session::SessionManager<_>>::new_session_genesis(index)
			.map(without_exposure)
	}

	fn start_session(index: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::start_session(index);
	}

	fn end_session(index: SessionIndex) {
		<Self as pallet_session::SessionManager<_>>::end_session(index);
	}
}

fn without_exposure<AccountId>(validators: Vec<AccountId>) -> Vec<(AccountId, ())> {
	validators.into_iter().map(|who| (who, ())).collect()
}
