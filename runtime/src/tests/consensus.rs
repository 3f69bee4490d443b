use super::*;
use codec::Encode;
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	EquivocationProof, Slot,
};
use sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring::{Alice, Bob, BobStash};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _, Header as _},
	DigestItem,
};

/// A header that Bob made for this slot.
fn header(slot: Slot, authority_index: u32, nonce: u8) -> Header {
	let pre_digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index, slot });
	let mut header = Header::new(
		1,
		BlakeTwo256::hash(&[nonce]),
		Default::default(),
		Default::default(),
		sp_runtime::Digest { logs: vec![DigestItem::babe_pre_digest(pre_digest)] },
	);
	let seal = Bob.sign(header.hash().as_ref());
	header.digest_mut().push(DigestItem::babe_seal(seal.into()));
	header
}

#[test]
fn an_equivocation_costs_the_bond_and_the_seat() {
	chain(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
		let slot = Slot::from(1);
		let offender: BabeId = Bob.public().into();
		let index = Babe::authorities().iter().position(|(id, _)| *id == offender).unwrap();
		let index = u32::try_from(index).unwrap();
		let equivocation_proof = Box::new(EquivocationProof {
			offender: offender.clone(),
			slot,
			first_header: header(slot, index, 1),
			second_header: header(slot, index, 2),
		});
		let key_owner_proof =
			Historical::prove((sp_consensus_babe::KEY_TYPE, offender.encode())).unwrap();

		let issued = Balances::total_issuance();
		let report = pallet_babe::Call::report_equivocation { equivocation_proof, key_owner_proof };
		assert_ok!(dispatch(Alice, report));

		// One of four: (3 × 1 / 4)² of the bond.
		let bond = configs::consensus::Bond::get();
		let slashed = bond * 9 / 16;
		assert_eq!(ValidatorSet::bond_of(&account(BobStash)), bond - slashed);
		assert_eq!(Balances::total_issuance(), issued - slashed);
		assert_eq!(pallet_validator_set::Validators::<Runtime>::count(), 3);
		// At most one of four is disabled at once: it is.
		assert_eq!(Session::disabled_validators().len(), 1);
		check_all();
	});
}

#[test]
fn session_keys_come_with_a_proof_for_their_owner_alone() {
	use sp_runtime::traits::OpaqueKeys;
	let mut ext = chain(DEV_RUNTIME_PRESET);
	ext.register_extension(sp_keystore());
	ext.execute_with(|| {
		let owner = account(Sr25519Keyring::Eve);
		let generated = SessionKeys::generate(&owner.encode(), None);
		let proof = generated.proof.encode();
		assert!(generated.keys.ownership_proof_is_valid(&owner.encode(), &proof));
		assert!(!generated.keys.ownership_proof_is_valid(&account(Alice).encode(), &proof));
	});
}

fn sp_keystore() -> sp_keystore::KeystoreExt {
	sp_keystore::KeystoreExt::new(sp_keystore::testing::MemoryKeystore::new())
}

#[test]
fn times_fit_together() {
	assert_eq!(time::EPOCH_DURATION_IN_SLOTS, 200);
	assert_eq!(Babe::slot_duration(), time::MILLISECS_PER_BLOCK);
	// An offence can be reported for as long as the bond is held.
	let sessions = u64::from(configs::consensus::BondingDuration::get());
	assert_eq!(configs::consensus::ReportLongevity::get(), sessions * 200);
	assert_eq!(sessions * 200 * time::MILLISECS_PER_BLOCK, 7 * 24 * 60 * 60 * 1_000);
}

#[test]
fn who_joins_is_an_authority_in_the_session_after_next() {
	let mut ext = before_the_first_block(DEV_RUNTIME_PRESET);
	ext.register_extension(sp_keystore());
	ext.execute_with(|| {
		block(vec![]);
		let bob = account(BobStash);
		let admit = RuntimeCall::from(pallet_validator_set::Call::admit { who: bob.clone() });
		assert!(admit.dispatch(RuntimeOrigin::root()).is_ok());
		let generated = SessionKeys::generate(&bob.encode(), None);
		let (keys, proof) = (generated.keys, generated.proof.encode());
		assert_ok!(dispatch(BobStash, pallet_session::Call::set_keys { keys, proof }));
		assert_ok!(dispatch(BobStash, pallet_validator_set::Call::join {}));

		let session = Session::current_index();
		while Session::current_index() < session + 2 {
			assert_eq!(Babe::authorities().len(), 1);
			block(vec![]);
		}
		assert_eq!(System::block_number(), 401);
		assert_eq!(Babe::authorities().len(), 2);
		assert!(Session::validators().contains(&bob));
		// GRANDPA hands over a block later.
		block(vec![]);
		assert_eq!(Grandpa::grandpa_authorities().len(), 2);
		check_all();
	});
}

#[test]
fn a_block_without_transactions_takes_little_of_its_room() {
	before_the_first_block(DEV_RUNTIME_PRESET).execute_with(|| {
		for _ in 0..5 {
			block(vec![]);
		}
		let used = System::block_weight().total();
		let most = configs::system::RuntimeBlockWeights::get().max_block;
		assert!(used.ref_time() < most.ref_time() / 100, "{used:?} of {most:?}");
		check_all();
	});
}
