//! # Provenance
//!
//! Anchors: who said what about a digest, and when. Stored for ever, paid for once, found by the
//! digest.
//!
//! ## Words
//!
//! - **Subject**: what is spoken about, named by its digest alone: a model version, a dataset, a
//!   document, generated content, an inference, a batch of receipts.
//! - **Anchor**: one account's word on one subject, with block and time. It can point to a
//!   *document* that says more, by digest and place: an OpenSSF Model Signing bundle, a C2PA
//!   manifest, an SPDX or CycloneDX bill of materials, a Croissant description. The media type says
//!   which. Documents, prompts and personal data stay off the chain.
//! - **Issuer**: the account that made the anchor.
//! - **Status**: active, revoked, or superseded by another anchor. Only the issuer's word moves it.
//!
//! ## Flow
//!
//! 1. [`anchor`](Pallet::anchor) stores an anchor and takes its price: a base, and an amount for
//!    each byte of the strings. The price goes to the treasury through the ledger.
//! 2. [`revoke`](Pallet::revoke) says that the issuer no longer stands by it. The anchor stays: a
//!    hash alone cannot say "withdrawn".
//!
//! A digest is never exclusive. Anybody may anchor any digest, so an anchor proves only that its
//! issuer knew the digest at that block; who has the better claim is for readers to judge, and they
//! see all claimants. One issuer anchors a digest once for each kind: an anchor that was revoked is
//! not made again.
//!
//! ## Proofs
//!
//! The n-th anchor of a digest is at `(digest, n)` in [`ByDigest`], and [`DigestCount`] says how
//! many there are. These keys are known beforehand, so storage proofs at a finalized block show all
//! anchors of a digest, and that none is left out, without trust in a node.
//!
//! ## Invariants
//!
//! Checked by [`Pallet::do_try_state`]:
//!
//! 1. Anchors are append-only: they are `0..NextAnchorId`.
//! 2. The anchors of a digest are numbered `0..DigestCount`, without gaps, and each anchor has
//!    exactly one number.
//! 3. Each anchor is the one of its digest, kind and issuer in [`Claimed`], and nothing else is
//!    there.
//! 4. An anchor that is superseded is so by one that exists.
//!
//! ## Limits
//!
//! No call supersedes an anchor yet; the status is there so that readers know it from the start.
//! Issuers are accounts: no outside key vouches for them yet.

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

mod anchor;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(any(test, feature = "runtime-benchmarks"))]
mod fixtures;
mod inspect;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
// Derives of enums cast discriminants.
#[allow(clippy::as_conversions)]
mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use tallystick_primitives::{runtime_api::AnchorView, AnchorId, Balance, Books, Digest};

	/// The version of the storage layout.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The ledger, which takes the price.
		type Books: Books<Self::AccountId>;

		/// Milliseconds since the Unix epoch.
		type Time: Time<Moment = u64>;

		/// The price of an anchor without its strings, in plancks.
		#[pallet::constant]
		type BasePrice: Get<Balance>;

		/// The price of a byte of an anchor's strings, in plancks.
		#[pallet::constant]
		type BytePrice: Get<Balance>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The native token, to fund the callers of benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type Currency: frame_support::traits::fungible::Mutate<Self::AccountId, Balance = Balance>;
	}

	/// The id that the next anchor gets.
	#[pallet::storage]
	pub type NextAnchorId<T> = StorageValue<_, AnchorId, ValueQuery>;

	/// All anchors.
	#[pallet::storage]
	pub type Anchors<T: Config> = StorageMap<_, Twox64Concat, AnchorId, AnchorOf<T>>;

	/// The n-th anchor of a digest. With [`DigestCount`], keys that are known beforehand show all
	/// anchors of a digest, and that none is left out.
	#[pallet::storage]
	pub type ByDigest<T> =
		StorageDoubleMap<_, Blake2_128Concat, Digest, Twox64Concat, u32, AnchorId>;

	/// How many anchors a digest has.
	#[pallet::storage]
	pub type DigestCount<T> = StorageMap<_, Blake2_128Concat, Digest, u32, ValueQuery>;

	/// The one anchor of a digest, kind and issuer.
	#[pallet::storage]
	pub type Claimed<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Blake2_128Concat, Digest>,
			NMapKey<Twox64Concat, AnchorKind>,
			NMapKey<Blake2_128Concat, T::AccountId>,
		),
		AnchorId,
	>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A digest was anchored.
		Anchored {
			/// The anchor.
			anchor: AnchorId,
			/// The subject's digest.
			digest: Digest,
			/// What the subject is.
			kind: AnchorKind,
			/// Who says so.
			issuer: T::AccountId,
		},
		/// The issuer no longer stands by an anchor.
		Revoked {
			/// The anchor.
			anchor: AnchorId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such anchor.
		AnchorNotFound,
		/// The caller anchored this digest under this kind before.
		AlreadyAnchored,
		/// The caller did not make the anchor.
		NotIssuer,
		/// The anchor is revoked already.
		AlreadyRevoked,
		/// The digest of the subject, or of the document, is zero.
		ZeroDigest,
		/// No id is left for another anchor, or no number for another one of this digest.
		TooManyAnchors,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Anchors a digest: the caller's word on its subject, for ever.
		///
		/// Origin: signed. Costs [`Config::BasePrice`], and [`Config::BytePrice`] for each byte of
		/// media type and URI, paid to the treasury. Nothing of it comes back.
		///
		/// - `digest`: the subject's digest.
		/// - `info`: what the subject is, and where to read more.
		///
		/// Errors: [`Error::ZeroDigest`], [`Error::AlreadyAnchored`], [`Error::TooManyAnchors`], and
		/// what the ledger says when the caller cannot pay.
		///
		/// Events: [`Event::Anchored`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::anchor())]
		pub fn anchor(origin: OriginFor<T>, digest: Digest, info: AnchorInfo) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_anchor(issuer, digest, info)
		}

		/// Revokes an anchor: its issuer no longer stands by it. It stays stored, and cannot be
		/// made again.
		///
		/// Origin: signed by the anchor's issuer. Costs the fee only.
		///
		/// Errors: [`Error::AnchorNotFound`], [`Error::NotIssuer`], [`Error::AlreadyRevoked`].
		///
		/// Events: [`Event::Revoked`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(origin: OriginFor<T>, anchor: AnchorId) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_revoke(issuer, anchor)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An anchor.
		pub fn anchor_by_id(anchor: AnchorId) -> Option<AnchorView<T::AccountId>> {
			Self::view(anchor)
		}

		/// The anchors of a digest from number `start`, at most `limit` and at most [`MAX_PAGE`] of
		/// them, oldest first, and how many there are.
		pub fn anchors_of(
			digest: Digest,
			start: u32,
			limit: u32,
		) -> (Vec<AnchorView<T::AccountId>>, u32) {
			Self::page(digest, start, limit)
		}
	}
}
