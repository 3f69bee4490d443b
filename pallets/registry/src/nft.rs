//! The collection of artifacts in pallet-nfts: its creation, its items, and the lock on them.

use crate::*;
use core::marker::PhantomData;
use frame_support::{
	storage::with_storage_layer,
	traits::{
		tokens::{
			nonfungibles_v2::{Create, Inspect, Mutate, Transfer},
			Locker,
		},
		Consideration,
	},
	PalletId,
};
use pallet_nfts::ItemConfig;
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};
use tallystick_primitives::{ArtifactId, ArtifactKind};

/// Names the keyless account that owns the collection.
pub const PALLET_ID: PalletId = PalletId(*b"tly/regy");

/// The item attribute that says what an artifact is.
const KIND: &[u8] = b"kind";

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
		T::Nfts::set_attribute(&collection, &artifact, KIND, name(kind))?;
		if !metadata.uri.is_empty() {
			T::Nfts::set_item_metadata(None, &collection, &artifact, &metadata.uri)?;
		}
		Ok(())
	}

	/// Hands `artifact` to `to`, and moves the deposit for it: released to the old owner, held from
	/// the new one. The only way in which an NFT of the collection ever moves.
	///
	/// For pallets that trade artifacts; no call leads here yet. Whoever calls it sees first to what
	/// belongs to the old owner, such as money that waits to be split. Versions stay deposited by
	/// their publishers.
	///
	/// Fails with [`Error::ArtifactNotFound`], or with what the deposit says when `to` cannot pay
	/// it; then nothing changed.
	pub fn hand_over(artifact: ArtifactId, to: &T::AccountId) -> DispatchResult {
		with_storage_layer(|| -> Result<(), DispatchError> {
			let collection = Collection::<T>::get().ok_or(Error::<T>::CollectionNotFound)?;
			let from =
				T::Nfts::owner(&collection, &artifact).ok_or(Error::<T>::ArtifactNotFound)?;
			let stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
			let footprint = stored.footprint();
			stored.deposit.drop(&from)?;
			let deposit = T::Deposit::new(to, footprint)?;
			Artifacts::<T>::insert(artifact, Artifact { deposit, ..stored });

			Unlocked::<T>::put(artifact);
			T::Nfts::transfer(&collection, &artifact, to)?;
			Unlocked::<T>::kill();
			Self::deposit_event(Event::HandedOver { artifact, from, to: to.clone() });
			Ok(())
		})
	}
}

/// The kind, as the NFT's attribute says it.
fn name(kind: ArtifactKind) -> &'static [u8] {
	match kind {
		ArtifactKind::Model => b"model",
		ArtifactKind::Adapter => b"adapter",
		ArtifactKind::Dataset => b"dataset",
		ArtifactKind::Code => b"code",
	}
}
