use super::*;
use frame_support::dispatch::GetDispatchInfo;

fn batch(anchors: impl IntoIterator<Item = (Digest, AnchorInfo)>) -> Call<Test> {
	let batch = anchors.into_iter().collect::<Vec<_>>().try_into().unwrap();
	Call::anchor_batch { batch, key: None }
}

#[test]
fn a_batch_makes_all_anchors_in_order() {
	new_test_ext().execute_and_check(|| {
		let digests = (1..=64).map(digest);
		assert_ok!(dispatch(ALICE, batch(digests.map(|digest| (digest, longest_info())))));
		for n in 1..=64 {
			assert_eq!(list(IndexKey::Digest(digest(n))), [AnchorId::from(n - 1)]);
		}
		assert_eq!(list(IndexKey::Issuer(ALICE)).len(), 64);
		let one = BASE_PRICE + (64 + 4 * 256) * BYTE_PRICE + ENTRY_PRICE;
		assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 64 * one);
	});
}

#[test]
fn a_batch_is_made_whole_or_not_at_all() {
	new_test_ext().execute_and_check(|| {
		let anchors = [1, 2, 1].map(|n| (digest(n), info(Other)));
		assert_noop!(dispatch(ALICE, batch(anchors)), Error::<Test>::AlreadyAnchored);
		assert_eq!(NextAnchorId::<Test>::get(), 0);
		// One anchor is affordable, two are not.
		let origin = RuntimeOrigin::signed(ALICE);
		assert_ok!(Balances::transfer_keep_alive(origin, PAUPER, 2 * BASE_PRICE));
		let anchors = [1, 2].map(|n| (digest(n), info(Other)));
		assert_noop!(dispatch(PAUPER, batch(anchors)), TokenError::NotExpendable);
	});
}

#[test]
fn an_empty_batch_is_refused() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(dispatch(ALICE, batch([])), Error::<Test>::EmptyBatch);
	});
}

#[test]
fn a_key_confirms_the_whole_batch() {
	new_test_ext().execute_and_check(|| {
		let key = bind(ALICE, &p256(1)).unwrap();
		let anchors = [1, 2].map(|n| (digest(n), info(Other))).to_vec().try_into().unwrap();
		assert_ok!(dispatch(ALICE, Call::anchor_batch { batch: anchors, key: Some(key) }));
		for n in [1, 2] {
			assert_eq!(list(IndexKey::ConfirmedBy(digest(n), key)), [AnchorId::from(n - 1)]);
		}
		let anchors = [3].map(|n| (digest(n), info(Other))).to_vec().try_into().unwrap();
		let foreign = Call::anchor_batch { batch: anchors, key: Some(p256(2).fingerprint()) };
		assert_noop!(dispatch(ALICE, foreign), Error::<Test>::KeyNotBound);
	});
}

#[test]
fn a_batch_weighs_what_its_anchors_add() {
	new_test_ext().execute_and_check(|| {
		let weight = |call: Call<Test>| call.get_dispatch_info().call_weight.ref_time();
		let plain = |n| (digest(n), info(Other));
		let one = weight(batch([plain(1)]));
		let two = weight(batch([plain(1), plain(2)]));
		assert_eq!(weight(batch((1..=64).map(plain))), one + 63 * (two - one));
		// A relation adds to a batch what it adds to an anchor.
		let related = AnchorInfo { relations: vec![(Used, 0)].try_into().unwrap(), ..info(Other) };
		let alone = |info| Call::anchor { digest: digest(1), info, key: None, reservation: None };
		assert_eq!(
			weight(batch([(digest(1), related.clone())])) - one,
			weight(alone(related)) - weight(alone(info(Other)))
		);
	});
}
