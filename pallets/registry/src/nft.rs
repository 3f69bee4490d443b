//! The collection of artifacts in pallet-nfts: its creation, its items, and the lock on them.

use crate::*;
use core::marker::PhantomData;
use frame_support::{
	storage::with_storage_layer,
	traits::tokens::{
		nonfungibles_v2::{Create, Inspect, Mutate, Transfer},
		Locker,
	},
	weights::Weight,
	PalletId,
};
use pallet_nfts::ItemConfig;
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};
use tallystick_primitives::{ArtifactId, ArtifactKind, SettleRoyalties};

/// Names the keyless account that owns the collection.
pub const PALLET_ID: PalletId = PalletId(*b"tly/regy");

/// The item attribute that says what an artifact is.
const KIND: &[u8] = b"kind";
/// The item attribute with the artifact's name.
const NAME: &[u8] = b"name";
/// The item attribute with the SHA-256 of the metadata document.
const METADATA: &[u8] = b"metadata";

/// The `Locker` of pallet-nfts: every NFT is locked, but for the one that the registry itself is
/// handing over. So neither pallet-nfts's own calls nor other pallets can move or burn one.
pub struct RegistryLocker<T>(PhantomData<T>);

impl<T: Config> Locker<CollectionId, ArtifactId> for RegistryLocker<T> {
	// The collection does not matter: no other can be made, and while one artifact is unlocked
	// nothing runs but its own transfer.
	fn is_locked(_: CollectionId, item: ArtifactId) -> bool {
		Unlocked::<T>::get() != Some(item)
	}
}

impl<T: Config> Pallet<T> {
	/// The keyless account that owns the collection.
	pub fn account() -> T::AccountId {
		PALLET_ID.into_account_truncating()
	}

	/// Creates the collection, unless it is there.
	///
	/// By `create_collection`, which takes pallet-nfts's next id: `create_collection_with_id` would
	/// leave that counter behind.
	pub(crate) fn create_collection() -> DispatchResult {
		if Collection::<T>::exists() {
			return Ok(());
		}
		let account = Self::account();
		// The default lets nobody but the issuer, the keyless account, mint through pallet-nfts.
		let config = CollectionConfigOf::<T>::default();
		Collection::<T>::put(T::Nfts::create_collection(&account, &account, &config)?);
		Ok(())
	}

	/// Mints the NFT of `artifact` to `owner`.
	pub(crate) fn mint(
		artifact: ArtifactId,
		owner: &T::AccountId,
		kind: ArtifactKind,
		metadata: &Metadata,
	) -> DispatchResult {
		let collection = Collection::<T>::get().ok_or(Error::<T>::CollectionNotFound)?;
		// The deposit, which is zero, is the collection owner's: as the first owner's it would be
		// theirs for ever.
		T::Nfts::mint_into(&collection, &artifact, owner, &ItemConfig::default(), true)?;
		T::Nfts::set_attribute(&collection, &artifact, KIND, kind_name(kind))?;
		Self::describe(artifact, metadata, None)
	}

	/// Shows `metadata` on the NFT of `artifact`, in the place of `old`: its first locator is the
	/// item's metadata, its name and digest are attributes.
	pub(crate) fn describe(
		artifact: ArtifactId,
		metadata: &Metadata,
		old: Option<&Metadata>,
	) -> DispatchResult {
		let collection = Collection::<T>::get().ok_or(Error::<T>::CollectionNotFound)?;
		if old.is_none_or(|old| old.name != metadata.name) {
			T::Nfts::set_attribute(&collection, &artifact, NAME, &metadata.name)?;
		}
		if old.is_none_or(|old| old.digest != metadata.digest) {
			T::Nfts::set_attribute(&collection, &artifact, METADATA, metadata.digest.as_bytes())?;
		}
		let shown = old.and_then(|old| old.locators.first());
		match metadata.locators.first() {
			Some(locator) if shown != Some(locator) => {
				T::Nfts::set_item_metadata(None, &collection, &artifact, locator)
			}
			None if shown.is_some() => T::Nfts::clear_item_metadata(None, &collection, &artifact),
			_ => Ok(()),
		}
	}

	/// Hands `artifact` to `to`: splits what it has earned while it was its old owner's, and moves the
	/// deposit for it, its versions and its plans. The only way in which an NFT of the collection ever moves.
	/// Returns what splitting cost.
	///
	/// For gifts, and for pallets that trade artifacts. An offer of it as a gift ends. What the old
	/// owner granted stays: contributors' shares, approvals of derivatives that are not used up (which
	/// `to` can close), and the room for the largest share that any provider ever had
	/// ([`ProviderShares::dearest`](tallystick_primitives::ProviderShares::dearest)), which never gets
	/// smaller. So whoever trades artifacts shows these to the buyer.
	///
	/// Fails with [`Error::ArtifactNotFound`], or with what the deposit says when `to` cannot pay
	/// it; then nothing changed.
	pub fn hand_over(artifact: ArtifactId, to: &T::AccountId) -> Result<Weight, DispatchError> {
		with_storage_layer(|| -> Result<Weight, DispatchError> {
			let collection = Collection::<T>::get().ok_or(Error::<T>::CollectionNotFound)?;
			let from =
				T::Nfts::owner(&collection, &artifact).ok_or(Error::<T>::ArtifactNotFound)?;
			let spent = T::Royalties::settle(artifact)?;
			Self::move_deposit(artifact, &from, to)?;
			GiftOffers::<T>::remove(artifact);

			Unlocked::<T>::put(artifact);
			T::Nfts::transfer(&collection, &artifact, to)?;
			Unlocked::<T>::kill();
			Self::deposit_event(Event::HandedOver { artifact, from, to: to.clone() });
			Ok(spent)
		})
	}
}

/// The kind, as the NFT's attribute says it.
fn kind_name(kind: ArtifactKind) -> &'static [u8] {
	match kind {
		ArtifactKind::Model => b"model",
		ArtifactKind::Adapter => b"adapter",
		ArtifactKind::Dataset => b"dataset",
		ArtifactKind::Code => b"code",
	}
}
