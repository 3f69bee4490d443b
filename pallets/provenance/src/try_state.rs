//! The invariants of the pallet, as its docs number them.

use crate::*;
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::fungible::hold::Inspect};
use sp_runtime::{traits::Get, TryRuntimeError};
use tallystick_primitives::{provenance::AnchorStatus, AnchorId, Balance};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's docs.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		// Ids below the next one, and as many as there are, are all of `0..NextAnchorId`.
		let mut anchors = 0u64;
		let mut entries = 0usize;
		for (id, anchor) in Anchors::<T>::iter() {
			ensure!(id < NextAnchorId::<T>::get(), "provenance 1: an id that was not given out");
			let claim = (anchor.digest, anchor.info.kind, anchor.issuer.clone());
			ensure!(
				Claimed::<T>::get(claim) == Some(id),
				"provenance 3: an anchor that nobody claims"
			);
			Self::try_state_anchor(id, &anchor)?;
			anchors = anchors.saturating_add(1);
			entries = entries.saturating_add(anchor.index_keys().len());
		}
		ensure!(anchors == NextAnchorId::<T>::get(), "provenance 1: an anchor is missing");
		Self::try_state_index(entries)?;

		// Every anchor has its own claim, so as many claims as anchors are no more than those.
		let claims = u64::try_from(Claimed::<T>::iter_keys().count());
		ensure!(claims == Ok(anchors), "provenance 3: a claim without an anchor");
		Self::try_state_deposits()
	}

	/// 4: what an anchor says of others.
	fn try_state_anchor(id: AnchorId, anchor: &AnchorOf<T>) -> Result<(), TryRuntimeError> {
		let older = anchor.info.relations.iter().all(|(_, other)| *other < id);
		ensure!(older, "provenance 4: related to one that is not older");
		if let AnchorStatus::Superseded { by, .. } = anchor.status {
			let newer = Anchors::<T>::get(by).ok_or("provenance 4: superseded by nothing")?;
			ensure!(by > id, "provenance 4: superseded by an older one");
			ensure!(newer.issuer == anchor.issuer, "provenance 4: superseded by another issuer");
			ensure!(
				newer.info.kind == anchor.info.kind,
				"provenance 4: superseded by another kind"
			);
		}
		Ok(())
	}

	/// 2: the index has each of the `entries` that anchors should have, and nothing else.
	fn try_state_index(entries: usize) -> Result<(), TryRuntimeError> {
		let mut indexed = BTreeSet::new();
		for (key, number, id) in Index::<T>::iter() {
			ensure!(number < IndexCount::<T>::get(&key), "provenance 2: a number too high");
			let anchor = Anchors::<T>::get(id).ok_or("provenance 2: a number finds nothing")?;
			ensure!(
				anchor.index_keys().contains(&key),
				"provenance 2: an anchor in a foreign index"
			);
			ensure!(
				indexed.insert((codec::Encode::encode(&key), id)),
				"provenance 2: an anchor twice"
			);
		}
		ensure!(indexed.len() == entries, "provenance 2: an anchor is not in its index");
		let mut counted = 0usize;
		for count in IndexCount::<T>::iter_values() {
			ensure!(count > 0, "provenance 2: an empty count");
			let count = usize::try_from(count).map_err(|_| "provenance 2: a count is wrong")?;
			counted = counted.saturating_add(count);
		}
		ensure!(counted == entries, "provenance 2: a count is wrong");
		Ok(())
	}

	/// 5 and 6: what is held is what reservations and bindings say.
	fn try_state_deposits() -> Result<(), TryRuntimeError> {
		let mut reserved = BTreeMap::<T::AccountId, (u32, Balance)>::new();
		for (account, _, reservation) in Reservations::<T>::iter() {
			let (count, sum) = reserved.entry(account).or_default();
			*count = count.saturating_add(1);
			*sum = sum.saturating_add(reservation.deposit);
		}
		for (account, (count, sum)) in &reserved {
			ensure!(
				ReservationCount::<T>::get(account) == *count,
				"provenance 5: a count is wrong"
			);
			ensure!(*count <= T::MaxReservations::get(), "provenance 5: too many reservations");
			let held = T::Currency::balance_on_hold(&HoldReason::Reservation.into(), account);
			ensure!(held == *sum, "provenance 5: a reservation without its deposit");
		}
		let counts = ReservationCount::<T>::iter_keys().count();
		ensure!(counts == reserved.len(), "provenance 5: a count without reservations");

		let mut bound = BTreeMap::<T::AccountId, Balance>::new();
		for (account, fingerprint, binding) in KeyBindings::<T>::iter() {
			ensure!(
				binding.key.fingerprint() == Some(fingerprint),
				"provenance 6: a key of another name"
			);
			let sum = bound.entry(account).or_default();
			*sum = sum.saturating_add(binding.deposit);
		}
		for (account, sum) in bound {
			let held = T::Currency::balance_on_hold(&HoldReason::KeyBinding.into(), &account);
			ensure!(held == sum, "provenance 6: a key without its deposit");
		}
		Ok(())
	}
}
