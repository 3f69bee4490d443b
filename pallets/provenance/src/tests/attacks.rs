//! What somebody would try who wants to be taken for another, or to be in the way.

use super::*;

/// Another account, with money.
const MALLORY: AccountId = AccountId::new([66; 32]);

fn fund(who: AccountId) {
	assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(BOB), who, ENDOWMENT / 2));
}

#[test]
fn a_digest_and_bundle_copied_and_published_first_is_shown_behind_the_confirmed_one() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		let copied = anchor(MALLORY, digest(1), longest_info()).unwrap();
		let key = bind(ALICE, &p256(1)).unwrap();
		let own = anchor_with(ALICE, digest(1), longest_info(), Some(key), None).unwrap();
		assert_eq!(claimants(digest(1)), [own, copied]);
		assert_eq!(list(IndexKey::ConfirmedBy(digest(1), key)), [own]);
		// Nor does the copy become one of the key's.
		let confirm = Call::confirm { anchor: copied, fingerprint: key };
		assert_noop!(dispatch(MALLORY, confirm), Error::<Test>::KeyNotBound);
	});
}

#[test]
fn a_claim_seen_in_the_pool_and_copied_is_shown_behind_the_reserved_one() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		reserve(ALICE, digest(1)).unwrap();
		wait();
		// The claim waits in the pool. Whoever sees it reserves, and anchors, in front of it; neither
		// together nor alone does it help.
		reserve(MALLORY, digest(1)).unwrap();
		System::set_block_number(System::block_number() + RESERVATION_AGE - 1);
		let too_young = anchor_with(MALLORY, digest(1), info(Other), None, Some(SALT));
		assert_noop!(too_young, Error::<Test>::ReservationTooYoung);
		let copied = anchor(MALLORY, digest(1), info(Other)).unwrap();
		let own = anchor_with(ALICE, digest(1), info(Other), None, Some(SALT)).unwrap();
		assert_eq!(claimants(digest(1)), [own, copied]);
		// Later the copied reservation is old enough, and comes behind.
		wait();
		let late = anchor_with(MALLORY, digest(1), info(Content), None, Some(SALT)).unwrap();
		assert_eq!(claimants(digest(1)), [own, late, copied]);
	});
}

#[test]
fn a_copier_with_a_key_of_its_own_is_not_in_front_of_who_had_reserved() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		let own_key = bind(ALICE, &p256(1)).unwrap();
		// Bound long before, to nobody that anybody knows.
		let any_key = bind(MALLORY, &p256(2)).unwrap();
		reserve(ALICE, digest(1)).unwrap();
		wait();
		// The claim waits in the pool: MALLORY copies it, confirmed, in front of it, and reserves.
		reserve(MALLORY, digest(1)).unwrap();
		let copied = anchor_with(MALLORY, digest(1), info(Other), Some(any_key), None).unwrap();
		let own = anchor_with(ALICE, digest(1), info(Other), Some(own_key), Some(SALT)).unwrap();
		assert_eq!(claimants(digest(1)), [own, copied]);
		assert_eq!(list(IndexKey::Confirmed(digest(1))), [copied, own]);
		assert_eq!(list(IndexKey::ReservedAndConfirmed(digest(1))), [own]);
		// With the late reservation it comes behind.
		wait();
		let late =
			anchor_with(MALLORY, digest(1), info(Content), Some(any_key), Some(SALT)).unwrap();
		assert_eq!(claimants(digest(1)), [own, late, copied]);
	});
}

#[test]
fn a_victims_salt_and_commitment_are_of_no_use_to_another() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		let commitment = reserve(ALICE, digest(1)).unwrap();
		assert_ok!(dispatch(MALLORY, Call::reserve { commitment }));
		wait();
		let stolen = anchor_with(MALLORY, digest(1), info(Other), None, Some(SALT));
		assert_noop!(stolen, Error::<Test>::ReservationNotFound);
	});
}

#[test]
fn nobody_revokes_supersedes_or_confirms_anothers_anchor() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		let victim = anchor(ALICE, digest(1), longest_info()).unwrap();
		let own = anchor(MALLORY, digest(2), longest_info()).unwrap();
		let key = bind(MALLORY, &p256(1)).unwrap();
		let before = Anchors::<Test>::get(victim);
		for call in [
			Call::revoke { anchor: victim, reason: Default::default() },
			Call::supersede { old: victim, new: own },
			Call::confirm { anchor: victim, fingerprint: key },
		] {
			assert_noop!(dispatch(MALLORY, call), Error::<Test>::NotIssuer);
		}
		assert_eq!(Anchors::<Test>::get(victim), before);
	});
}

#[test]
fn a_relation_to_anothers_anchor_says_nothing_in_anothers_name() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		let victim = anchor(ALICE, digest(1), longest_info()).unwrap();
		let before = Provenance::anchor_by_id(victim);
		let info = AnchorInfo {
			relations: vec![(WasRevisionOf, victim)].try_into().unwrap(),
			..info(Other)
		};
		let own = anchor(MALLORY, digest(2), info).unwrap();
		// The victim's record, and who claims the digest, are as before. The relation is found from the
		// victim's anchor, and is MALLORY's.
		assert_eq!(Provenance::anchor_by_id(victim), before);
		assert_eq!(claimants(digest(1)), [victim]);
		let page = Provenance::anchors_by(IndexKey::RelatedTo(victim), 0, 10);
		assert_eq!(
			page.anchors.iter().map(|anchor| (anchor.id, &anchor.issuer)).collect::<Vec<_>>(),
			[(own, &MALLORY)]
		);
	});
}

#[test]
fn a_confirmation_cannot_be_taken_back_by_unbinding_and_binding_elsewhere() {
	new_test_ext().execute_and_check(|| {
		fund(MALLORY);
		let key = bind(ALICE, &p256(1)).unwrap();
		let own = anchor_with(ALICE, digest(1), info(Other), Some(key), None).unwrap();
		// The key is stolen, and signs for the thief. Who was there first is shown first.
		let stolen = bind(MALLORY, &p256(1)).unwrap();
		let thiefs = anchor_with(MALLORY, digest(1), info(Other), Some(stolen), None).unwrap();
		assert_ok!(dispatch(ALICE, Call::unbind_key { fingerprint: key }));
		assert_eq!(claimants(digest(1)), [own, thiefs]);
		assert_eq!(list(IndexKey::ConfirmedBy(digest(1), key)), [own, thiefs]);
	});
}
