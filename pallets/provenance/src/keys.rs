//! Outside keys: binding them to an account, and what they confirm.

use crate::*;
use frame_support::{
	ensure,
	traits::{fungible::hold::Mutate, tokens::Precision, Time},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Get, DispatchError, DispatchResult};
use tallystick_primitives::{
	genesis_hash,
	outside_key::{binding_message, Fingerprint, OutsideKey, OutsideSignature},
	AnchorId,
};

impl<T: Config> Pallet<T> {
	/// Binds `key` to `account`, whom it has signed for.
	pub(crate) fn do_bind_key(
		account: &T::AccountId,
		key: OutsideKey,
		expires_at: u64,
		signature: OutsideSignature,
	) -> DispatchResult {
		// What is cheap first: a signature is dear.
		let now = T::Time::now();
		ensure!(expires_at > now, Error::<T>::KeyExpired);
		ensure!(expires_at <= now.saturating_add(T::MaxKeyTerm::get()), Error::<T>::KeyTermTooLong);
		let fingerprint = key.fingerprint().ok_or(Error::<T>::BadKey)?;
		let before = KeyBindings::<T>::get(account, fingerprint);
		let longer = before.as_ref().is_none_or(|binding| expires_at > binding.expires_at);
		ensure!(longer, Error::<T>::AlreadyBound);
		let message = binding_message(&genesis_hash::<T>(), account, expires_at);
		ensure!(key.has_signed(&message, &signature), Error::<T>::BadSignature);

		let deposit = match before {
			Some(binding) => binding.deposit,
			None => {
				let deposit = T::KeyDeposit::get();
				T::Currency::hold(&HoldReason::KeyBinding.into(), account, deposit)?;
				deposit
			}
		};
		let bound_at = frame_system::Pallet::<T>::block_number();
		let binding = KeyBinding { key, expires_at, bound_at, deposit };
		KeyBindings::<T>::insert(account, fingerprint, binding);
		Self::deposit_event(Event::KeyBound {
			account: account.clone(),
			key,
			fingerprint,
			expires_at,
		});
		Ok(())
	}

	/// Ends a binding. What it confirmed stays confirmed.
	pub(crate) fn do_unbind_key(
		account: &T::AccountId,
		fingerprint: Fingerprint,
	) -> DispatchResult {
		let binding =
			KeyBindings::<T>::take(account, fingerprint).ok_or(Error::<T>::KeyNotBound)?;
		// Best effort: what is short for whatever reason must not keep a key bound.
		let reason = HoldReason::KeyBinding.into();
		T::Currency::release(&reason, account, binding.deposit, Precision::BestEffort)?;
		Self::deposit_event(Event::KeyUnbound { account: account.clone(), fingerprint });
		Ok(())
	}

	/// Puts a bound key behind an anchor of `issuer`.
	pub(crate) fn do_confirm(
		issuer: &T::AccountId,
		id: AnchorId,
		key: Fingerprint,
	) -> DispatchResult {
		let mut anchor = Self::own_active_anchor(issuer, id)?;
		ensure!(anchor.confirmation.is_none(), Error::<T>::AlreadyConfirmed);
		let before = Self::price(&anchor);
		anchor.confirmation = Some(Self::confirmation(issuer, key)?);
		// As much as it costs with the anchor itself.
		Self::pay(issuer, Self::price(&anchor).saturating_sub(before))?;
		for key in anchor.confirmation_keys() {
			Self::append(key, id)?;
		}
		Anchors::<T>::insert(id, anchor);
		Self::deposit_event(Event::Confirmed { anchor: id, key });
		Ok(())
	}

	/// What `key` says of `issuer` now.
	pub(crate) fn confirmation(
		issuer: &T::AccountId,
		key: Fingerprint,
	) -> Result<Confirmation<BlockNumberFor<T>>, DispatchError> {
		let binding = KeyBindings::<T>::get(issuer, key).ok_or(Error::<T>::KeyNotBound)?;
		ensure!(binding.expires_at > T::Time::now(), Error::<T>::KeyExpired);
		let at = frame_system::Pallet::<T>::block_number();
		Ok(Confirmation { key, expires_at: binding.expires_at, at })
	}
}
