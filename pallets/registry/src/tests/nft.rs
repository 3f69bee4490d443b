use super::*;
use frame_support::{
	assert_storage_noop,
	traits::{
		tokens::nonfungibles_v2::{Inspect, InspectEnumerable, Mutate, Transfer},
		Locker,
	},
};

type NftsError = pallet_nfts::Error<Test>;

#[test]
fn genesis_creates_the_collection_for_the_keyless_account() {
	new_test_ext().execute_and_check(|| {
		let collection = Collection::<Test>::get().unwrap();
		assert_eq!(Nfts::collection_owner(collection), Some(Registry::account()));
		// The counter went on, so that pallet-nfts never gives the id away again.
		assert_eq!(pallet_nfts::NextCollectionId::<Test>::get(), Some(collection + 1));
	});
}

#[test]
fn the_collection_is_created_once() {
	new_test_ext().execute_and_check(|| {
		assert_storage_noop!(assert_ok!(Registry::create_collection()));
	});
}

#[test]
fn an_nft_shows_its_metadata_and_kind() {
	new_test_ext().execute_and_check(|| {
		let collection = Collection::<Test>::get().unwrap();
		for (kind, name) in [
			(ArtifactKind::Model, "model"),
			(ArtifactKind::Adapter, "adapter"),
			(ArtifactKind::Dataset, "dataset"),
			(ArtifactKind::Code, "code"),
		] {
			let id = Registration { kind, ..Default::default() }.submit(&ALICE).unwrap();
			let attribute = |key: &[u8]| Nfts::system_attribute(&collection, Some(&id), key);
			assert_eq!(attribute(b"kind"), Some(name.as_bytes().to_vec()));
			assert_eq!(attribute(b"name"), Some(b"model".to_vec()));
			assert_eq!(attribute(b"metadata"), Some(digest(7).as_bytes().to_vec()));
			assert_eq!(Nfts::attribute(&collection, &id, b""), Some(b"ipfs://metadata".to_vec()));
		}
	});
}

/// What the NFT of an artifact with these locators shows.
fn shown<const N: usize>(all: [impl AsRef<[u8]>; N]) -> Option<Vec<u8>> {
	let metadata = Metadata { locators: locators(all), ..Registration::default().metadata };
	let id = Registration { metadata, ..Default::default() }.submit(&ALICE).unwrap();
	Nfts::attribute(&Collection::<Test>::get().unwrap(), &id, b"")
}

#[test]
fn metadata_without_a_place_leaves_the_nft_without_metadata() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(shown::<0>([] as [[u8; 0]; 0]), None);
	});
}

#[test]
fn the_preferred_place_is_what_the_nft_shows() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(shown([b"ipfs://a", b"http://b"]), Some(b"ipfs://a".to_vec()));
	});
}

#[test]
fn the_longest_locator_fits_the_nft() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(shown([[b'u'; 256]]), Some(vec![b'u'; 256]));
	});
}

#[test]
fn no_call_or_trait_of_pallet_nfts_moves_or_burns_an_artifact() {
	new_test_ext().execute_and_check(|| {
		let item = artifact_of(ALICE);
		let collection = Collection::<Test>::get().unwrap();
		assert!(RegistryLocker::<Test>::is_locked(collection, item));

		let alice = || RuntimeOrigin::signed(ALICE);
		assert_noop!(Nfts::transfer(alice(), collection, item, BOB), NftsError::ItemLocked);
		assert_noop!(Nfts::burn(alice(), collection, item), NftsError::ItemLocked);
		assert_noop!(
			<Nfts as Transfer<AccountId>>::transfer(&collection, &item, &BOB),
			NftsError::ItemLocked
		);
		assert_noop!(
			<Nfts as Mutate<AccountId, _>>::burn(&collection, &item, Some(&ALICE)),
			NftsError::ItemLocked
		);

		// Whatever an owner agrees to beforehand comes to nothing.
		assert_ok!(Nfts::approve_transfer(alice(), collection, item, BOB, None));
		assert_ok!(Nfts::set_price(alice(), collection, item, Some(1), None));
		let bob = || RuntimeOrigin::signed(BOB);
		assert_noop!(Nfts::transfer(bob(), collection, item, BOB), NftsError::ItemLocked);
		assert_noop!(Nfts::buy_item(bob(), collection, item, 1), NftsError::ItemLocked);
		assert_eq!(Registry::owner(item), Some(ALICE));
	});
}

#[test]
fn nobody_mints_into_the_collection() {
	new_test_ext().execute_and_check(|| {
		let collection = Collection::<Test>::get().unwrap();
		assert_noop!(
			Nfts::mint(RuntimeOrigin::signed(ALICE), collection, 7, ALICE, None),
			NftsError::NoPermission
		);
		assert_eq!(Nfts::items(&collection).count(), 0);
	});
}
