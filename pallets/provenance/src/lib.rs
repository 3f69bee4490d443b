//! # Provenance
//!
//! Anchors: who said what about a digest, and when. Stored for ever, paid for once, found by the
//! digest and by all that they name.
//!
//! ## Words
//!
//! - **Subject**: what is spoken about, named by its digest alone: a model version, a dataset, a
//!   document, content, an inference, a batch of receipts.
//! - **Anchor**: one account's word on one subject, with block and time. It can point to a
//!   *document* that says more, by digest and places: an OpenSSF Model Signing bundle, a C2PA
//!   manifest, an SPDX or CycloneDX bill of materials, a Croissant description. Documents, prompts
//!   and personal data stay off the chain.
//! - **Issuer**: the account that made the anchor.
//! - **Status**: active, revoked, or superseded by another anchor. Only the issuer's word moves it.
//! - **Relation**: what a subject has to do with that of an older anchor, in the words of W3C PROV.
//! - **Soft binding**: a watermark or a perceptual value, by which a subject is found again after its
//!   bytes have changed. Those with equal values are candidates, to be compared off chain.
//! - **Outside key**: a key from elsewhere, such as the one that signs OpenSSF bundles. Its
//!   *cross-signature* binds it to an account until a stated time, and an anchor that the account
//!   issues under it is *confirmed*. It is known by its *fingerprint*
//!   ([`outside_key`](tallystick_primitives::outside_key)).
//! - **Reservation**: a commitment to a digest that is going to be anchored. It tells nobody which
//!   digest, and shows later that its issuer knew it before it was published.
//! - **Claimants**: all issuers of anchors of one digest.
//!
//! ## Flow
//!
//! 1. [`anchor`](Pallet::anchor) and [`anchor_batch`](Pallet::anchor_batch) store anchors and take
//!    their price: a base, an amount for each byte of the strings, and one for each entry in the
//!    index beside those by digest and by issuer. The price goes to the treasury through the ledger.
//! 2. [`revoke`](Pallet::revoke) says that the issuer no longer stands by an anchor, and
//!    [`supersede`](Pallet::supersede) that a newer one stands in its place. The anchor stays: a hash
//!    alone cannot say "withdrawn".
//! 3. [`bind_key`](Pallet::bind_key) binds an outside key to the caller, for a deposit, until it
//!    expires or [`unbind_key`](Pallet::unbind_key). An anchor is confirmed when it is made under a
//!    key, or later by [`confirm`](Pallet::confirm). What was confirmed stays so: it was true then.
//! 4. [`reserve`](Pallet::reserve) stores a commitment, for a deposit. Once it is
//!    [`Config::ReservationAge`] old, [`anchor`](Pallet::anchor) can use it, which gives the deposit
//!    back; [`release_reservation`](Pallet::release_reservation) gives it up.
//!
//! A call that fails leaves nothing behind: the runtime rolls it back.
//!
//! ## Claimants, and their order
//!
//! A digest is never exclusive. Anybody may anchor any digest, so an anchor proves only that its
//! issuer knew the digest at that block. Readers are shown all claimants, each tier in the order in
//! which they came to it, so that nobody gets in front of those who are there, with however many
//! anchors:
//!
//! 1. those that had reserved, and are confirmed;
//! 2. those that are confirmed;
//! 3. those that had reserved;
//! 4. the others.
//!
//! Whoever sees a digest in the pool and copies it can confirm the copy at once, by any key of its own:
//! that makes it first of the second tier at best. It does not get into the first before those who are
//! there, since a reservation that is made when the claim is seen is too young for as long as the claim
//! needs to get into a block. So who reserves and anchors under a bound key has nobody in front who did
//! not know the digest before. Who reserves alone is in front of those without a key, not of a copier
//! that has one. A claim that fails in a block has told everybody the digest all the same: who has to
//! claim again has no more time than anybody else.
//!
//! A confirmation says that some key stands behind the issuer, not whose key that is: anybody has
//! keys, and one of them can confirm the anchors of as many accounts as it signs for. So a confirmation
//! puts a claim in order, and does not say that it is true. Who knows a digest early, because it was
//! public before it was anchored, can fill all places in front of those who come later. Readers know
//! the key of whom they trust, and find what it confirmed of a digest in one list of its own
//! ([`IndexKey::ConfirmedBy`]), where no other key's anchors are, however many there are of the digest.
//!
//! One issuer anchors a digest once for each kind: an anchor that was revoked is not made again.
//!
//! ## Proofs
//!
//! The n-th anchor of a list is at `(key, n)` in [`Index`], and [`IndexCount`] says how many there are.
//! The keys ([`IndexKey`]) are known beforehand, so storage proofs at a finalized block show all
//! anchors of a digest, an issuer, a document, a soft binding or a relation, and that none is left
//! out, without trust in a node. A page of a list costs the same, however long the list is.
//!
//! ## Invariants
//!
//! Checked by [`Pallet::do_try_state`]:
//!
//! 1. Anchors are append-only: they are `0..NextAnchorId`.
//! 2. Each list is numbered `0..IndexCount`, without gaps, and each anchor is exactly once in each
//!    list that its record says ([`Anchor::index_keys`]), and in no other.
//! 3. Each anchor is the one of its digest, kind and issuer in [`Claimed`], and nothing else is
//!    there.
//! 4. An anchor is related to older ones only, and superseded by a newer one of the same issuer and
//!    kind: neither ever leads back to where it began.
//! 5. An account has as many reservations as [`ReservationCount`] says, at most
//!    [`Config::MaxReservations`], and what is held from it for them is the sum of their deposits.
//! 6. What is held from an account for outside keys is the sum of their deposits, and each is stored
//!    under its fingerprint.
//!
//! ## Limits
//!
//! Strings, kinds, media types and relations are the issuer's words: nothing checks them, not even
//! that they are UTF-8. An account whose outside key was stolen can unbind it, but the thief can bind
//! it to another account until the true owner tells people not to trust it: a key is not revoked here.
//! An anchor is confirmed by one key at most. An Ed25519 key of small order, with which anybody can
//! sign, is as good as one whose secret was published.
//!
//! [`IndexKey`]: tallystick_primitives::provenance::IndexKey
//! [`IndexKey::ConfirmedBy`]: tallystick_primitives::provenance::IndexKey::ConfirmedBy

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
mod index;
mod inspect;
mod keys;
#[cfg(test)]
mod mock;
mod reserve;
mod status;
#[cfg(test)]
mod tests;
mod try_state;
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
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, Time},
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use tallystick_primitives::{
		outside_key::{Fingerprint, OutsideKey, OutsideSignature},
		provenance::{AnchorInfo, AnchorKind, IndexKey, Reason, ReservationSalt},
		runtime_api::{AnchorPage, AnchorView, ClaimantPage},
		AnchorId, Balance, Books, Digest,
	};

	/// The version of the storage layout.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>, Hash = H256> {
		/// The ledger, which takes the price.
		type Books: Books<Self::AccountId>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// The native token, in which deposits are.
		type Currency: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<
				Self::AccountId,
				Balance = Balance,
				Reason = Self::RuntimeHoldReason,
			>;

		/// Milliseconds since the Unix epoch.
		type Time: Time<Moment = u64>;

		/// The price of an anchor without its strings, in plancks: of what every anchor stores, its
		/// places by digest and by issuer, and the reason of a revocation.
		#[pallet::constant]
		type BasePrice: Get<Balance>;

		/// The price of a byte of an anchor's strings, in plancks.
		#[pallet::constant]
		type BytePrice: Get<Balance>;

		/// The price of every other place of an anchor in the index, in plancks: one for its document,
		/// each relation, each soft binding, and a reservation, two for a confirmation, and one more for
		/// both of these.
		#[pallet::constant]
		type EntryPrice: Get<Balance>;

		/// What is held for a reservation, in plancks.
		#[pallet::constant]
		type ReservationDeposit: Get<Balance>;

		/// The blocks after which a reservation can be used: more than a claim needs from the pool
		/// into a block.
		#[pallet::constant]
		type ReservationAge: Get<BlockNumberFor<Self>>;

		/// The reservations that an account can have at once.
		#[pallet::constant]
		type MaxReservations: Get<u32>;

		/// What is held for an outside key, in plancks.
		#[pallet::constant]
		type KeyDeposit: Get<Balance>;

		/// For how long a cross-signature can bind a key, in milliseconds.
		#[pallet::constant]
		type MaxKeyTerm: Get<u64>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why money of an account is on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The account's reservations are stored.
		Reservation,
		/// The account's outside keys are stored.
		KeyBinding,
	}

	/// The id that the next anchor gets.
	#[pallet::storage]
	pub type NextAnchorId<T> = StorageValue<_, AnchorId, ValueQuery>;

	/// All anchors.
	#[pallet::storage]
	pub type Anchors<T: Config> = StorageMap<_, Twox64Concat, AnchorId, AnchorOf<T>>;

	/// The n-th anchor of a list. With [`IndexCount`], keys that are known beforehand show all
	/// anchors of the list, and that none is left out.
	#[pallet::storage]
	pub type Index<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, IndexKey<T::AccountId>, Twox64Concat, u32, AnchorId>;

	/// How many anchors a list has.
	#[pallet::storage]
	pub type IndexCount<T: Config> =
		StorageMap<_, Blake2_128Concat, IndexKey<T::AccountId>, u32, ValueQuery>;

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

	/// The commitments of an account to digests that it is going to anchor
	/// ([`reservation`](tallystick_primitives::provenance::reservation)).
	#[pallet::storage]
	pub type Reservations<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		Digest,
		Reservation<BlockNumberFor<T>>,
	>;

	/// How many reservations an account has.
	#[pallet::storage]
	pub type ReservationCount<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// The outside keys of an account, by fingerprint.
	#[pallet::storage]
	pub type KeyBindings<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Blake2_128Concat,
		Fingerprint,
		KeyBinding<BlockNumberFor<T>>,
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
			/// The block in which the issuer had reserved the digest, where it was. The reservation's
			/// deposit is back.
			reserved_at: Option<BlockNumberFor<T>>,
			/// The outside key that confirms it, where one does.
			key: Option<Fingerprint>,
		},
		/// An outside key stands behind an anchor.
		Confirmed {
			/// The anchor.
			anchor: AnchorId,
			/// The key.
			key: Fingerprint,
		},
		/// The issuer no longer stands by an anchor.
		Revoked {
			/// The anchor.
			anchor: AnchorId,
		},
		/// The issuer says something newer than an anchor.
		Superseded {
			/// The anchor.
			anchor: AnchorId,
			/// What stands in its place.
			by: AnchorId,
		},
		/// An account reserved a digest.
		Reserved {
			/// The account.
			account: T::AccountId,
			/// The commitment to the digest.
			commitment: Digest,
		},
		/// An account gave a reservation up, and has its deposit back.
		ReservationReleased {
			/// The account.
			account: T::AccountId,
			/// The commitment.
			commitment: Digest,
		},
		/// An outside key speaks for an account.
		KeyBound {
			/// The account.
			account: T::AccountId,
			/// The key.
			key: OutsideKey,
			/// What it is known by.
			fingerprint: Fingerprint,
			/// Until when: milliseconds since the Unix epoch.
			expires_at: u64,
		},
		/// An outside key no longer speaks for an account, which has its deposit back.
		KeyUnbound {
			/// The account.
			account: T::AccountId,
			/// The key.
			fingerprint: Fingerprint,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such anchor. A new one can only be related to those that are there before it.
		AnchorNotFound,
		/// The caller anchored this digest under this kind before.
		AlreadyAnchored,
		/// The caller did not make the anchor.
		NotIssuer,
		/// The anchor is revoked already.
		AlreadyRevoked,
		/// The anchor is revoked or superseded.
		NotActive,
		/// Only a newer anchor can supersede one.
		NotNewer,
		/// Only an anchor of the same kind can supersede one.
		KindDiffers,
		/// The digest of the subject, or of the document, is zero.
		ZeroDigest,
		/// A locator is empty.
		EmptyLocator,
		/// A soft binding has no value.
		EmptySoftBinding,
		/// A soft binding is named twice.
		DuplicateSoftBinding,
		/// An anchor is named twice in relations.
		DuplicateRelation,
		/// The batch has no anchors.
		EmptyBatch,
		/// No id is left for another anchor, or no number for another one of a list.
		TooManyAnchors,
		/// The caller has this reservation already.
		AlreadyReserved,
		/// The caller has as many reservations as an account can have.
		TooManyReservations,
		/// The caller has no such reservation. One is good for one account, digest and salt.
		ReservationNotFound,
		/// The reservation cannot be used yet.
		ReservationTooYoung,
		/// The key is no point of its curve, or not in compressed form.
		BadKey,
		/// The signature is not the key's for this account, chain, purpose and time.
		BadSignature,
		/// The time until which the key speaks for the account is over.
		KeyExpired,
		/// The key would speak for the account for too long.
		KeyTermTooLong,
		/// The key speaks for the caller for as long, or longer.
		AlreadyBound,
		/// The key does not speak for the caller.
		KeyNotBound,
		/// A key stands behind the anchor already.
		AlreadyConfirmed,
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
		/// Origin: signed. Costs [`Config::BasePrice`], [`Config::BytePrice`] for each byte of media
		/// type, locators and soft bindings, and [`Config::EntryPrice`] for the document, each
		/// relation, each soft binding and the reservation, and twice for the key, three times where
		/// the digest was reserved, paid to the treasury. Nothing of it comes back.
		///
		/// - `digest`: the subject's digest.
		/// - `info`: what the subject is, and where to read more.
		/// - `key`: the outside key that confirms the anchor. It is bound to the caller.
		/// - `reservation`: the salt of the caller's reservation of the digest, whose deposit comes
		///   back.
		///
		/// Errors: [`Error::ZeroDigest`], [`Error::EmptyLocator`], [`Error::AnchorNotFound`] and
		/// [`Error::DuplicateRelation`] for relations, [`Error::EmptySoftBinding`],
		/// [`Error::DuplicateSoftBinding`], [`Error::AlreadyAnchored`], [`Error::TooManyAnchors`],
		/// [`Error::KeyNotBound`], [`Error::KeyExpired`], [`Error::ReservationNotFound`],
		/// [`Error::ReservationTooYoung`], and what the ledger says when the caller cannot pay.
		///
		/// Events: [`Event::Anchored`].
		#[pallet::call_index(0)]
		#[pallet::weight(weights::anchor::<T::WeightInfo>(info))]
		pub fn anchor(
			origin: OriginFor<T>,
			digest: Digest,
			info: AnchorInfo,
			key: Option<Fingerprint>,
			reservation: Option<ReservationSalt>,
		) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_anchor(&issuer, digest, info, key, reservation)
		}

		/// Revokes an anchor: its issuer no longer stands by it. It stays stored, and cannot be
		/// made again.
		///
		/// Origin: signed by the anchor's issuer. Costs the fee only.
		///
		/// - `reason`: why, for people. May be empty.
		///
		/// Errors: [`Error::AnchorNotFound`], [`Error::NotIssuer`], [`Error::AlreadyRevoked`].
		///
		/// Events: [`Event::Revoked`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(origin: OriginFor<T>, anchor: AnchorId, reason: Reason) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_revoke(&issuer, anchor, reason)
		}

		/// Anchors many digests, or none of them.
		///
		/// Origin: signed. Costs what the anchors cost one by one, as [`anchor`](Self::anchor) says.
		///
		/// - `batch`: the digests, and what is said about their subjects.
		/// - `key`: the outside key that confirms all of them. It is bound to the caller.
		///
		/// Errors: [`Error::EmptyBatch`], and those of [`anchor`](Self::anchor).
		///
		/// Events: [`Event::Anchored`] for each.
		#[pallet::call_index(2)]
		#[pallet::weight(weights::anchor_batch::<T::WeightInfo>(batch))]
		pub fn anchor_batch(
			origin: OriginFor<T>,
			batch: Batch,
			key: Option<Fingerprint>,
		) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_anchor_batch(&issuer, batch, key)
		}

		/// Says that a newer anchor stands in the place of an older one.
		///
		/// Origin: signed by the issuer of both. Costs the fee only.
		///
		/// - `old`: the anchor that is superseded. Active.
		/// - `new`: what stands in its place. Active, newer, and of the same kind.
		///
		/// Errors: [`Error::NotNewer`], [`Error::AnchorNotFound`], [`Error::NotIssuer`],
		/// [`Error::NotActive`], [`Error::KindDiffers`].
		///
		/// Events: [`Event::Superseded`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::supersede())]
		pub fn supersede(origin: OriginFor<T>, old: AnchorId, new: AnchorId) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_supersede(&issuer, old, new)
		}

		/// Reserves a digest, without telling which: whoever learns it later cannot get in front.
		///
		/// Origin: signed. [`Config::ReservationDeposit`] is held until the reservation is used or
		/// released.
		///
		/// - `commitment`: [`reservation`](tallystick_primitives::provenance::reservation) of digest,
		///   caller and a random salt.
		///
		/// Errors: [`Error::AlreadyReserved`], [`Error::TooManyReservations`], and what the native
		/// token says when the caller lacks the deposit.
		///
		/// Events: [`Event::Reserved`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::reserve())]
		pub fn reserve(origin: OriginFor<T>, commitment: Digest) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_reserve(&account, commitment)
		}

		/// Gives a reservation up: its deposit comes back.
		///
		/// Origin: signed by whoever made it. Costs the fee only.
		///
		/// Errors: [`Error::ReservationNotFound`].
		///
		/// Events: [`Event::ReservationReleased`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::release_reservation())]
		pub fn release_reservation(origin: OriginFor<T>, commitment: Digest) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_release_reservation(&account, commitment)
		}

		/// Binds an outside key to the caller, for whom it has signed. One that is bound can be bound
		/// again for longer.
		///
		/// Origin: signed. [`Config::KeyDeposit`] is held until the key is unbound. The fee pays for
		/// the check of the signature, whether or not it is good.
		///
		/// - `key`: the public key.
		/// - `expires_at`: until when it speaks for the caller, in milliseconds since the Unix epoch:
		///   in the future, by at most [`Config::MaxKeyTerm`].
		/// - `signature`: the key's, of
		///   [`binding_message`](tallystick_primitives::outside_key::binding_message).
		///
		/// Errors: [`Error::KeyExpired`], [`Error::KeyTermTooLong`], [`Error::BadKey`],
		/// [`Error::AlreadyBound`], [`Error::BadSignature`], and what the native token says when the
		/// caller lacks the deposit.
		///
		/// Events: [`Event::KeyBound`].
		#[pallet::call_index(6)]
		#[pallet::weight(match key {
			OutsideKey::Ed25519(_) => T::WeightInfo::bind_key_ed25519(),
			OutsideKey::P256(_) => T::WeightInfo::bind_key_p256(),
		})]
		pub fn bind_key(
			origin: OriginFor<T>,
			key: OutsideKey,
			expires_at: u64,
			signature: OutsideSignature,
		) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_bind_key(&account, key, expires_at, signature)
		}

		/// Ends the binding of an outside key: its deposit comes back. What it confirmed stays
		/// confirmed.
		///
		/// Origin: signed by the account that it is bound to. Costs the fee only.
		///
		/// Errors: [`Error::KeyNotBound`].
		///
		/// Events: [`Event::KeyUnbound`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::unbind_key())]
		pub fn unbind_key(origin: OriginFor<T>, fingerprint: Fingerprint) -> DispatchResult {
			let account = ensure_signed(origin)?;
			Self::do_unbind_key(&account, fingerprint)
		}

		/// Puts an outside key behind an anchor that was made without one.
		///
		/// Origin: signed by the anchor's issuer, to whom the key is bound. Costs
		/// [`Config::EntryPrice`] twice, three times where the digest was reserved, paid to the
		/// treasury.
		///
		/// Errors: [`Error::AnchorNotFound`], [`Error::NotIssuer`], [`Error::NotActive`],
		/// [`Error::AlreadyConfirmed`], [`Error::KeyNotBound`], [`Error::KeyExpired`],
		/// [`Error::TooManyAnchors`], and what the ledger says when the caller cannot pay.
		///
		/// Events: [`Event::Confirmed`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::confirm())]
		pub fn confirm(
			origin: OriginFor<T>,
			anchor: AnchorId,
			fingerprint: Fingerprint,
		) -> DispatchResult {
			let issuer = ensure_signed(origin)?;
			Self::do_confirm(&issuer, anchor, fingerprint)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An anchor.
		pub fn anchor_by_id(anchor: AnchorId) -> Option<AnchorView<T::AccountId>> {
			Self::view(anchor)
		}

		/// Those who claim a digest, confirmed ones first: the places from `start` on, at most `limit`
		/// and at most [`MAX_PAGE`] of them.
		pub fn anchors_of(digest: Digest, start: u32, limit: u32) -> ClaimantPage<T::AccountId> {
			Self::claimants(digest, start, limit)
		}

		/// The anchors of a list from number `start` on, at most `limit` and at most [`MAX_PAGE`] of
		/// them.
		pub fn anchors_by(
			key: IndexKey<T::AccountId>,
			start: u32,
			limit: u32,
		) -> AnchorPage<T::AccountId> {
			Self::page(&key, start, limit)
		}
	}
}
