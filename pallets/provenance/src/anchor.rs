//! Anchoring and revoking.

use crate::*;
use frame_support::{ensure, traits::Time};
use sp_runtime::{traits::Get, DispatchResult};
use tallystick_primitives::{AnchorId, Balance, Books, Bucket, CurrencyId, Digest};

impl<T: Config> Pallet<T> {
	/// What an anchor costs, in plancks.
	pub fn price(info: &AnchorInfo) -> Balance {
		// 64 + 256 bytes at the most, so the conversion never fails. A price that saturates is more
		// than anybody has.
		let bytes = info.media_type.len().saturating_add(info.uri.len());
		let bytes = Balance::try_from(bytes).unwrap_or(Balance::MAX);
		T::BytePrice::get().saturating_mul(bytes).saturating_add(T::BasePrice::get())
	}

	/// Anchors `digest` for `issuer`.
	pub(crate) fn do_anchor(
		issuer: T::AccountId,
		digest: Digest,
		info: AnchorInfo,
	) -> DispatchResult {
		ensure!(!digest.is_zero(), Error::<T>::ZeroDigest);
		ensure!(info.document.is_none_or(|digest| !digest.is_zero()), Error::<T>::ZeroDigest);
		let kind = info.kind;
		let claim = (digest, kind, issuer.clone());
		ensure!(!Claimed::<T>::contains_key(&claim), Error::<T>::AlreadyAnchored);

		let anchor = NextAnchorId::<T>::get();
		let next = anchor.checked_add(1).ok_or(Error::<T>::TooManyAnchors)?;
		let number = DigestCount::<T>::get(digest);
		let count = number.checked_add(1).ok_or(Error::<T>::TooManyAnchors)?;
		T::Books::enter(&CurrencyId::Native, &issuer, &Bucket::Treasury, Self::price(&info))?;

		Anchors::<T>::insert(
			anchor,
			Anchor {
				digest,
				info,
				issuer: issuer.clone(),
				block: frame_system::Pallet::<T>::block_number(),
				time: T::Time::now(),
				status: Status::Active,
			},
		);
		NextAnchorId::<T>::put(next);
		ByDigest::<T>::insert(digest, number, anchor);
		DigestCount::<T>::insert(digest, count);
		Claimed::<T>::insert(claim, anchor);
		Self::deposit_event(Event::Anchored { anchor, digest, kind, issuer });
		Ok(())
	}

	/// Revokes an anchor that `issuer` made.
	pub(crate) fn do_revoke(issuer: T::AccountId, id: AnchorId) -> DispatchResult {
		Anchors::<T>::try_mutate(id, |anchor| -> DispatchResult {
			let anchor = anchor.as_mut().ok_or(Error::<T>::AnchorNotFound)?;
			ensure!(anchor.issuer == issuer, Error::<T>::NotIssuer);
			ensure!(anchor.status != Status::Revoked, Error::<T>::AlreadyRevoked);
			anchor.status = Status::Revoked;
			Ok(())
		})?;
		Self::deposit_event(Event::Revoked { anchor: id });
		Ok(())
	}
}
