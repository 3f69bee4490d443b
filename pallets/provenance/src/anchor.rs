//! Anchoring, and what it costs.

use crate::*;
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Time};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Get, DispatchResult};
use tallystick_primitives::{
	outside_key::Fingerprint,
	provenance::{AnchorInfo, AnchorStatus, Relations, ReservationSalt, SoftBindings},
	AnchorId, Balance, Books, Bucket, CurrencyId, Digest,
};

impl<T: Config> Pallet<T> {
	/// What an anchor costs, in plancks: the base, its strings by the byte, and each index in which
	/// it is beside the two that all anchors are in.
	pub fn price(anchor: &AnchorOf<T>) -> Balance {
		let AnchorInfo { media_type, locators, soft, .. } = &anchor.info;
		let bytes = locators
			.iter()
			.map(|locator| locator.len())
			.chain(soft.iter().map(|binding| binding.value.len()))
			.fold(media_type.len(), usize::saturating_add);
		let entries = anchor.index_keys().len().saturating_sub(INDEXES_IN_BASE_PRICE);
		// All of it is bounded by its type, so the conversions never fail. A price that saturates is
		// more than anybody has.
		let times = |price: Balance, number: usize| {
			price.saturating_mul(Balance::try_from(number).unwrap_or(Balance::MAX))
		};
		T::BasePrice::get()
			.saturating_add(times(T::BytePrice::get(), bytes))
			.saturating_add(times(T::EntryPrice::get(), entries))
	}

	/// Takes the price of what is stored for ever.
	pub(crate) fn pay(from: &T::AccountId, price: Balance) -> DispatchResult {
		T::Books::enter(&CurrencyId::Native, from, &Bucket::Treasury, price)
	}

	/// Anchors `digest` for `issuer`.
	pub(crate) fn do_anchor(
		issuer: &T::AccountId,
		digest: Digest,
		info: AnchorInfo,
		key: Option<Fingerprint>,
		reservation: Option<ReservationSalt>,
	) -> DispatchResult {
		let confirmation = key.map(|key| Self::confirmation(issuer, key)).transpose()?;
		let reserved_at =
			reservation.map(|salt| Self::use_reservation(issuer, &digest, &salt)).transpose()?;
		Self::store(issuer, digest, info, confirmation, reserved_at)
	}

	/// Anchors all of `batch` for `issuer`, or nothing: a call that fails leaves no trace.
	pub(crate) fn do_anchor_batch(
		issuer: &T::AccountId,
		batch: Batch,
		key: Option<Fingerprint>,
	) -> DispatchResult {
		ensure!(!batch.is_empty(), Error::<T>::EmptyBatch);
		let confirmation = key.map(|key| Self::confirmation(issuer, key)).transpose()?;
		batch.into_iter().try_for_each(|(digest, info)| {
			Self::store(issuer, digest, info, confirmation.clone(), None)
		})
	}

	/// Checks, stores, indexes and takes the price of an anchor.
	fn store(
		issuer: &T::AccountId,
		digest: Digest,
		info: AnchorInfo,
		confirmation: Option<Confirmation<BlockNumberFor<T>>>,
		reserved_at: Option<BlockNumberFor<T>>,
	) -> DispatchResult {
		let id = NextAnchorId::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::TooManyAnchors)?;
		Self::check(id, digest, &info)?;
		let kind = info.kind;
		let claim = (digest, kind, issuer.clone());
		ensure!(!Claimed::<T>::contains_key(&claim), Error::<T>::AlreadyAnchored);

		let anchor = Anchor {
			digest,
			info,
			issuer: issuer.clone(),
			block: frame_system::Pallet::<T>::block_number(),
			time: T::Time::now(),
			reserved_at,
			confirmation,
			status: AnchorStatus::Active,
		};
		Self::pay(issuer, Self::price(&anchor))?;
		for key in anchor.index_keys() {
			Self::append(key, id)?;
		}
		NextAnchorId::<T>::put(next);
		Claimed::<T>::insert(claim, id);
		Self::deposit_event(Event::Anchored {
			anchor: id,
			digest,
			kind,
			issuer: issuer.clone(),
			reserved_at,
			key: anchor.confirmation.as_ref().map(|confirmation| confirmation.key),
		});
		Anchors::<T>::insert(id, anchor);
		Ok(())
	}

	/// That what is said by anchor `id` makes sense.
	fn check(id: AnchorId, digest: Digest, info: &AnchorInfo) -> DispatchResult {
		ensure!(!digest.is_zero(), Error::<T>::ZeroDigest);
		ensure!(
			info.document.is_none_or(|document| !document.digest.is_zero()),
			Error::<T>::ZeroDigest
		);
		ensure!(info.locators.iter().all(|locator| !locator.is_empty()), Error::<T>::EmptyLocator);
		Self::check_relations(id, &info.relations)?;
		Self::check_soft(&info.soft)
	}

	/// Only anchors that exist: their ids are lower, so no chain of relations comes back to where it
	/// began. Once each, so that an anchor is once in each index.
	fn check_relations(id: AnchorId, relations: &Relations) -> DispatchResult {
		let mut seen = BTreeSet::new();
		for (_, other) in relations {
			// Anchors are `0..id`.
			ensure!(*other < id, Error::<T>::AnchorNotFound);
			ensure!(seen.insert(other), Error::<T>::DuplicateRelation);
		}
		Ok(())
	}

	fn check_soft(bindings: &SoftBindings) -> DispatchResult {
		let mut seen = BTreeSet::new();
		for binding in bindings {
			ensure!(!binding.value.is_empty(), Error::<T>::EmptySoftBinding);
			ensure!(
				seen.insert((binding.algorithm, binding.value.as_slice())),
				Error::<T>::DuplicateSoftBinding
			);
		}
		Ok(())
	}
}
