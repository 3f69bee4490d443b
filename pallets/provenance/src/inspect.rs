//! Anchors as people and other programs read them.

use crate::*;
use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::SaturatedConversion;
use tallystick_primitives::{
	provenance::{AnchorStatus, IndexKey},
	runtime_api::{AnchorPage, AnchorView, ClaimantPage, ConfirmationView},
	AnchorId, Digest,
};

impl<T: Config> Pallet<T> {
	/// An anchor, for reading.
	pub(crate) fn view(id: AnchorId) -> Option<AnchorView<T::AccountId>> {
		Anchors::<T>::get(id).map(|anchor| Self::view_of(id, anchor))
	}

	fn view_of(id: AnchorId, anchor: AnchorOf<T>) -> AnchorView<T::AccountId> {
		let number = |block: BlockNumberFor<T>| block.saturated_into::<u32>();
		let Anchor { digest, info, issuer, block, time, reserved_at, confirmation, status } =
			anchor;
		let confirmation = confirmation.map(|Confirmation { key, expires_at, at }| {
			let bound_until = KeyBindings::<T>::get(&issuer, key).map(|binding| binding.expires_at);
			ConfirmationView { key, at: number(at), expires_at, bound_until }
		});
		AnchorView {
			id,
			digest,
			info,
			issuer,
			block: number(block),
			time,
			reserved_at: reserved_at.map(number),
			confirmation,
			status: match status {
				AnchorStatus::Active => AnchorStatus::Active,
				AnchorStatus::Revoked { reason, at } => {
					AnchorStatus::Revoked { reason, at: number(at) }
				}
				AnchorStatus::Superseded { by, at } => {
					AnchorStatus::Superseded { by, at: number(at) }
				}
			},
		}
	}

	/// Anchors `start..start + limit` of an index.
	pub(crate) fn page(
		key: &IndexKey<T::AccountId>,
		start: u32,
		limit: u32,
	) -> AnchorPage<T::AccountId> {
		let total = IndexCount::<T>::get(key);
		let end = end_of_page(start, limit, total);
		let anchors = Self::listed(key, start..end).into_iter().filter_map(Self::view).collect();
		AnchorPage { anchors, next: (end < total).then_some(end), total }
	}

	/// Those who claim `digest`: places `start..start + limit` of the anchors that are reserved and
	/// confirmed, the confirmed ones, the reserved ones, and all, one list behind the other. A place whose anchor had an earlier one is left out.
	pub(crate) fn claimants(digest: Digest, start: u32, limit: u32) -> ClaimantPage<T::AccountId> {
		let tiers = [
			(Tier::Both, IndexKey::ReservedAndConfirmed(digest)),
			(Tier::Confirmed, IndexKey::Confirmed(digest)),
			(Tier::Reserved, IndexKey::Reserved(digest)),
			(Tier::Other, IndexKey::Digest(digest)),
		];
		let counts = tiers.each_ref().map(|(_, key)| IndexCount::<T>::get(key));
		let places = counts.into_iter().fold(0, u32::saturating_add);
		let end = end_of_page(start, limit, places);

		let mut anchors = Vec::new();
		let mut before = 0u32;
		for ((tier, key), count) in tiers.into_iter().zip(counts) {
			// The part of the page that is in this list.
			let from = start.saturating_sub(before).min(count);
			let to = end.saturating_sub(before).min(count);
			let found = Self::listed(&key, from..to).into_iter().filter_map(Self::view);
			anchors.extend(found.filter(|anchor| Tier::of(anchor) == tier));
			before = before.saturating_add(count);
		}
		let [_, confirmed, reserved, total] = counts;
		let next = (end < places).then_some(end);
		ClaimantPage { anchors, next, confirmed, reserved, total }
	}
}

/// The number after the last one of a page, and never below `start`.
fn end_of_page(start: u32, limit: u32, total: u32) -> u32 {
	start.saturating_add(limit.min(MAX_PAGE)).min(total).max(start)
}

/// Where an anchor is shown among those of its digest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
	Both,
	Confirmed,
	Reserved,
	Other,
}

impl Tier {
	fn of<AccountId>(anchor: &AnchorView<AccountId>) -> Self {
		match (&anchor.confirmation, anchor.reserved_at) {
			(Some(_), Some(_)) => Self::Both,
			(Some(_), None) => Self::Confirmed,
			(None, Some(_)) => Self::Reserved,
			(None, None) => Self::Other,
		}
	}
}
