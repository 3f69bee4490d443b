//! What the benchmarks of BABE, GRANDPA and sessions need: validators with keys, and what one of them
//! signs when it cheats.

use super::{babe, grandpa, session};
use crate::*;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_benchmarking::{account, whitelisted_caller};
use frame_support::{
	assert_ok,
	traits::{fungible::Mutate as _, KeyOwnerProofSystem},
};
use frame_system::RawOrigin;
use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
use sp_core::H256;
use sp_runtime::{traits::Header as _, DigestItem, RuntimeAppPublic};
use sp_session::MembershipProof;

impl session::Config for Runtime {
	fn candidate(who: &AccountId) -> (SessionKeys, Vec<u8>) {
		// What is left when the deposit for keys is held.
		assert_ok!(Balances::mint_into(who, units::TLY));
		assert_ok!(ValidatorSet::admit(RawOrigin::Root.into(), who.clone()));
		let generated = SessionKeys::generate(&who.encode(), None);
		(generated.keys, generated.proof.encode())
	}
}

/// A session that began with `validators` of them, the one of the preset among them: its number, and
/// the keys of one.
fn session_of(validators: u32) -> (sp_staking::SessionIndex, SessionKeys) {
	let mut last = None;
	for n in 1..validators {
		let who: AccountId = account("validator", n, 0);
		assert_ok!(Balances::mint_into(&who, 2 * configs::consensus::Bond::get()));
		let (keys, proof) = <Runtime as session::Config>::candidate(&who);
		let signed = || RawOrigin::Signed(who.clone()).into();
		assert_ok!(Session::set_keys(signed(), keys.clone(), proof));
		assert_ok!(ValidatorSet::join(signed()));
		last = Some(keys);
	}
	// They are chosen for the session after next.
	Session::rotate_session();
	Session::rotate_session();
	assert_eq!(Session::validators().len() as u32, validators);
	let Some(keys) = last else { unreachable!("there are two at least") };
	(Session::current_index(), keys)
}

/// The proof of who had `key` in this session, which then ends: a proof of a session before is dearer
/// to check.
fn prove(key: (sp_core::crypto::KeyTypeId, Vec<u8>)) -> MembershipProof {
	let Some(proof) = Historical::prove(key) else { unreachable!("it is a validator's") };
	Session::rotate_session();
	// Somebody who pays for a report that turns out not to be one.
	let reporter: AccountId = whitelisted_caller();
	assert_ok!(Balances::mint_into(&reporter, units::TLY));
	proof
}

impl babe::Config for Runtime {
	fn equivocation(
		validators: u32,
	) -> (sp_consensus_babe::EquivocationProof<Header>, MembershipProof) {
		let (session, SessionKeys { babe: offender, .. }) = session_of(validators);
		let slot = (u64::from(session) * time::EPOCH_DURATION_IN_SLOTS).into();
		let header = |nonce: u8| {
			let pre_digest = SecondaryPlainPreDigest { authority_index: 1, slot };
			let pre_digest = DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(pre_digest));
			let digest = sp_runtime::Digest { logs: [pre_digest].into() };
			let [root, parent] = [H256::repeat_byte(nonce), H256::zero()];
			let mut header = Header::new(1, root, root, parent, digest);
			let Some(seal) = offender.sign(&header.hash()) else { unreachable!("the key is here") };
			header.digest_mut().push(DigestItem::babe_seal(seal));
			header
		};
		let proof = sp_consensus_babe::EquivocationProof {
			offender: offender.clone(),
			slot,
			first_header: header(1),
			second_header: header(2),
		};
		(proof, prove((sp_consensus_babe::KEY_TYPE, offender.encode())))
	}

	fn offences() -> usize {
		pallet_offences::Reports::<Runtime>::iter_keys().count()
	}
}

impl grandpa::Config for Runtime {
	fn equivocation(
		validators: u32,
	) -> (sp_consensus_grandpa::EquivocationProof<Hash, BlockNumber>, MembershipProof) {
		let (_, SessionKeys { grandpa: offender, .. }) = session_of(validators);
		let (set, round) = (Grandpa::current_set_id(), 1u64);
		let vote = |nonce: u8| {
			let prevote = sp_consensus_grandpa::Prevote::<Header> {
				target_hash: Hash::repeat_byte(nonce),
				target_number: 1,
			};
			let message = sp_consensus_grandpa::Message::<Header>::Prevote(prevote.clone());
			let payload = sp_consensus_grandpa::localized_payload(round, set, &message);
			let Some(seal) = offender.sign(&payload) else { unreachable!("the key is here") };
			(prevote, seal)
		};
		// An equivocation of prevotes, the first kind there is. Its type is of a crate that the runtime
		// does not name.
		let proof = (set, 0u8, round, &offender, vote(1), vote(2)).encode();
		let Ok(proof) = Decode::decode(&mut &proof[..]) else { unreachable!("it is one") };
		(proof, prove((sp_consensus_grandpa::KEY_TYPE, offender.encode())))
	}

	fn offences() -> usize {
		pallet_offences::Reports::<Runtime>::iter_keys().count()
	}
}
