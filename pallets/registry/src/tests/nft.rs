use super::*;
use frame_support::{
	assert_storage_noop,
	traits::{
		tokens::nonfungibles_v2::{Inspect, InspectEnumerable, Mutate, Transfer},
		Locker,
	},
};
use frame_system::RawOrigin;

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
			let attribute = Nfts::system_attribute(&collection, Some(&id), b"kind");
			assert_eq!(attribute, Some(name.as_bytes().to_vec()));
			assert_eq!(Nfts::attribute(&collection, &id, b""), Some(b"ipfs://metadata".to_vec()));
		}
	});
}

#[test]
fn metadata_without_a_place_leaves_the_nft_without_metadata() {
	new_test_ext().execute_and_check(|| {
		let metadata = Metadata { digest: digest(1), uri: Uri::default() };
		let id = Registration { metadata, ..Default::default() }.submit(&ALICE).unwrap();
		assert_eq!(Nfts::attribute(&Collection::<Test>::get().unwrap(), &id, b""), None);
	});
}

#[test]
fn the_longest_metadata_uri_fits_the_nft() {
	new_test_ext().execute_and_check(|| {
		let metadata = Metadata { digest: digest(1), uri: longest_uri() };
		let id = Registration { metadata, ..Default::default() }.submit(&ALICE).unwrap();
		let shown = Nfts::attribute(&Collection::<Test>::get().unwrap(), &id, b"");
		assert_eq!(shown, Some(longest_uri().into_inner()));
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

#[test]
fn handing_over_moves_the_nft_and_the_deposit_and_locks_again() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let deposit = held(&ALICE);
		assert_ok!(Registry::hand_over(artifact, &BOB));

		assert_eq!(Registry::owner(artifact), Some(BOB));
		assert_eq!((held(&ALICE), held(&BOB)), (0, deposit));
		assert_eq!(Unlocked::<Test>::get(), None);
		assert_last_event(Event::HandedOver { artifact, from: ALICE, to: BOB });
		let collection = Collection::<Test>::get().unwrap();
		assert_noop!(
			Nfts::transfer(RawOrigin::Signed(BOB).into(), collection, artifact, ALICE),
			NftsError::ItemLocked
		);
	});
}

#[test]
fn handing_over_to_the_owner_changes_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let (before, deposit) = (Artifacts::<Test>::get(artifact), held(&ALICE));
		assert_ok!(Registry::hand_over(artifact, &ALICE));
		assert_eq!((Artifacts::<Test>::get(artifact), held(&ALICE)), (before, deposit));
		assert_eq!(Registry::owner(artifact), Some(ALICE));
	});
}

#[test]
fn who_cannot_pay_the_deposit_is_handed_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_noop!(Registry::hand_over(artifact, &PAUPER), TokenError::FundsUnavailable);
	});
}

#[test]
fn an_unknown_artifact_is_not_handed_over() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(Registry::hand_over(0, &BOB), Error::<Test>::ArtifactNotFound);
		Collection::<Test>::kill();
		assert_noop!(Registry::hand_over(0, &BOB), Error::<Test>::CollectionNotFound);
	});
}
