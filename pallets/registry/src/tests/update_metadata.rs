use super::*;
use frame_support::traits::tokens::nonfungibles_v2::Inspect;

fn update(who: AccountId, artifact: ArtifactId, metadata: Metadata) -> Result<(), DispatchError> {
	Registry::update_metadata(by(who), artifact, metadata)
}

#[test]
fn name_document_nft_and_deposit_follow() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let before = held(&ALICE);
		assert_ok!(update(ALICE, artifact, longest_metadata()));
		assert_last_event(Event::MetadataUpdated { artifact, metadata_digest: digest(8) });
		let stored = Artifacts::<Test>::get(artifact).unwrap();
		assert_eq!(stored.metadata, longest_metadata());
		assert_eq!(held(&ALICE), DepositBase::get() + Balance::from(stored.stored_bytes()));
		assert!(held(&ALICE) > before);

		let collection = Collection::<Test>::get().unwrap();
		let attribute = |key: &[u8]| Nfts::system_attribute(&collection, Some(&artifact), key);
		assert_eq!(attribute(b"name"), Some(vec![b'n'; 64]));
		assert_eq!(attribute(b"metadata"), Some(digest(8).as_bytes().to_vec()));
		let shown = || Nfts::attribute(&collection, &artifact, b"");
		assert_eq!(shown(), Some(vec![b'u'; 256]));

		// And back: what is freed comes back, and the NFT shows no document where there is none.
		let metadata = Registration::default().metadata;
		assert_ok!(update(ALICE, artifact, metadata.clone()));
		assert_eq!((held(&ALICE), shown()), (before, Some(b"ipfs://metadata".to_vec())));
		let nowhere = Metadata { locators: Locators::default(), ..metadata };
		assert_ok!(update(ALICE, artifact, nowhere.clone()));
		assert_eq!(shown(), None);
		assert!(held(&ALICE) < before);
		assert_ok!(update(ALICE, artifact, nowhere));
		assert_eq!(shown(), None);
	});
}

#[test]
fn the_owner_alone_updates() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_owner_only(
			|origin, id| Registry::update_metadata(origin, id, longest_metadata()),
			artifact,
		);
	});
}

#[test]
fn what_cannot_be_registered_cannot_be_updated_to() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let good = longest_metadata;
		for (metadata, error) in [
			(Metadata { name: Name::default(), ..good() }, Error::<Test>::BadName),
			(Metadata { digest: Digest::zero(), ..good() }, Error::MissingMetadata),
			(Metadata { locators: locators([""]), ..good() }, Error::EmptyLocator),
		] {
			assert_noop!(update(ALICE, artifact, metadata), error);
		}
	});
}

#[test]
fn who_cannot_pay_the_deposit_cannot_store_more() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let rest = Balances::free_balance(&ALICE) - 10;
		assert_ok!(Balances::transfer_keep_alive(by(ALICE), BOB, rest));
		assert_noop!(update(ALICE, artifact, longest_metadata()), TokenError::FundsUnavailable);
	});
}
