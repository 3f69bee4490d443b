use super::*;
use frame_support::traits::fungible::Inspect as _;
use sp_runtime::traits::Dispatchable as _;
use tallystick_primitives::SettleRoyalties as _;

/// `who` offers the artifact to `to`.
fn offer(who: AccountId, artifact: ArtifactId, to: AccountId) -> Result<(), DispatchError> {
	Registry::offer_gift(by(who), artifact, to)
}

/// `who` accepts, whatever is stored.
fn accept(who: AccountId, artifact: ArtifactId) -> Result<(), DispatchError> {
	accept_up_to(who, artifact, u64::MAX)
}

fn accept_up_to(who: AccountId, artifact: ArtifactId, bytes: u64) -> Result<(), DispatchError> {
	Registry::accept_gift(by(who), artifact, bytes).map(|_| ()).map_err(|error| error.error)
}

#[test]
fn a_gift_changes_hands_with_its_deposit_when_it_is_accepted() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		assert_ok!(Registry::publish(by(ALICE), artifact, digest(2), version_info()));
		let (deposit, split) = (held(&ALICE), Registry::split(artifact).unwrap());
		assert_ok!(offer(ALICE, artifact, BOB));
		assert_last_event(Event::GiftOffered { artifact, from: ALICE, to: BOB });
		assert_eq!(Registry::artifact(artifact).unwrap().gift_to, Some(BOB));
		assert_eq!(Settlements::take(), []);

		assert_ok!(accept(BOB, artifact));
		assert_eq!(Registry::owner(artifact), Some(BOB));
		assert_eq!((held(&ALICE), held(&BOB)), (0, deposit));
		assert_eq!(Registry::artifact(artifact).unwrap().gift_to, None);
		assert_last_event(Event::HandedOver { artifact, from: ALICE, to: BOB });
		// What was pending was split while it was ALICE's.
		assert_eq!(Settlements::take(), [(artifact, split)]);
	});
}

#[test]
fn a_gift_that_is_not_accepted_stays_where_it_is() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let deposit = held(&ALICE);
		assert_ok!(offer(ALICE, artifact, BOB));
		System::set_block_number(1_000_000);
		assert_eq!(Registry::owner(artifact), Some(ALICE));
		assert_eq!((held(&ALICE), held(&BOB)), (deposit, 0));
		// The owner can do with it what owners can.
		assert_ok!(Registry::publish(by(ALICE), artifact, digest(1), version_info()));
		// Nobody else takes it, not for the receiver either.
		assert_noop!(accept(CAROL, artifact), Error::<Test>::NotReceiver);
		assert_noop!(accept(ALICE, artifact), Error::<Test>::NotReceiver);
		assert_noop!(Registry::accept_gift(RuntimeOrigin::root(), artifact, u64::MAX), BadOrigin);
		// Declined, it is over.
		assert_ok!(Registry::cancel_gift(by(BOB), artifact));
		assert_last_event(Event::GiftCancelled { artifact, to: BOB });
		assert_noop!(accept(BOB, artifact), Error::<Test>::GiftNotFound);
	});
}

#[test]
fn gifts_in_a_loop_keep_every_deposit_exact() {
	new_test_ext().execute_and_check(|| {
		let artifacts = [published(digest(1)), artifact_of(ALICE)];
		let [first, _] = artifacts.map(|id| Deposits::<Test>::get(id).unwrap());
		let issued = Balances::total_issuance();
		let all = held(&ALICE);
		let ring = [ALICE, BOB, CAROL, ALICE];
		for _ in 0..10 {
			for artifact in artifacts {
				for pair in ring.windows(2) {
					assert_ok!(offer(pair[0].clone(), artifact, pair[1].clone()));
					assert_ok!(accept(pair[1].clone(), artifact));
					Registry::do_try_state().unwrap();
				}
			}
		}
		assert_eq!([ALICE, BOB, CAROL].map(|who| held(&who)), [all, 0, 0]);
		assert_eq!(Deposits::<Test>::get(artifacts[0]), Some(first));
		assert_eq!(Balances::total_issuance(), issued);
		let free = [ALICE, BOB, CAROL].map(|who| Balances::total_balance(&who));
		assert_eq!(free, [ENDOWMENT; 3]);
	});
}

#[test]
fn an_offer_ends_when_the_artifact_moves_otherwise() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_ok!(offer(ALICE, artifact, BOB));
		assert_ok!(Registry::hand_over(artifact, &CAROL));
		assert_noop!(accept(BOB, artifact), Error::<Test>::GiftNotFound);
		assert_eq!(Registry::owner(artifact), Some(CAROL));
	});
}

#[test]
fn the_receiver_deposits_for_no_more_than_it_agreed_to() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_ok!(offer(ALICE, artifact, BOB));
		let seen = Registry::artifact(artifact).unwrap().stored_bytes;
		assert_ok!(Registry::publish(by(ALICE), artifact, digest(1), version_info()));
		assert_noop!(accept_up_to(BOB, artifact, seen), Error::<Test>::GiftTooLarge);
		let seen = Registry::artifact(artifact).unwrap().stored_bytes;
		assert_ok!(accept_up_to(BOB, artifact, seen));
	});
}

#[test]
fn what_is_refused_before_anything_is_split_costs_little() {
	use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_ok!(offer(ALICE, artifact, BOB));
		type W = ();
		let gift = <W as WeightInfo>::accept_gift();
		let add = <W as WeightInfo>::add_contributor();
		let give = contributor(BOB, 1);
		let none = contributor(BOB, 0);
		let refused: Vec<(AccountId, Call<Test>, Weight)> = vec![
			(CAROL, Call::accept_gift { artifact, max_bytes: u64::MAX }, gift),
			(BOB, Call::accept_gift { artifact: artifact + 1, max_bytes: u64::MAX }, gift),
			(BOB, Call::accept_gift { artifact, max_bytes: 1 }, gift),
			(BOB, Call::add_contributor { artifact, contributor: give }, add),
			(ALICE, Call::add_contributor { artifact, contributor: none }, add),
			(BOB, Call::renounce_share { artifact }, <W as WeightInfo>::renounce_share()),
			(
				BOB,
				Call::transfer_share { artifact, to: CAROL },
				<W as WeightInfo>::transfer_share(),
			),
		];
		for (who, call, own) in refused {
			let call = RuntimeCall::Registry(call);
			let most = call.get_dispatch_info().call_weight;
			let error = call.dispatch(by(who)).unwrap_err();
			assert_eq!(error.post_info.actual_weight, Some(own));
			assert_eq!(most, own.saturating_add(Settlements::max_weight()));
		}
		assert_eq!(Settlements::take(), []);
	});
}

#[test]
fn who_cannot_pay_the_deposit_is_given_nothing() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_ok!(offer(ALICE, artifact, PAUPER));
		assert_noop!(accept(PAUPER, artifact), TokenError::FundsUnavailable);
	});
}

#[test]
fn one_offer_at_a_time_by_the_owner_and_to_somebody_else() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_owner_only(|origin, id| Registry::offer_gift(origin, id, CAROL), artifact);
		assert_noop!(offer(ALICE, artifact, ALICE), Error::<Test>::GiftToOwner);
		assert_ok!(offer(ALICE, artifact, BOB));
		assert_noop!(offer(ALICE, artifact, CAROL), Error::<Test>::GiftPending);
		assert_ok!(Registry::cancel_gift(by(ALICE), artifact));
		assert_ok!(offer(ALICE, artifact, CAROL));
	});
}

#[test]
fn owner_and_receiver_alone_end_an_offer() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_noop!(Registry::cancel_gift(by(ALICE), artifact), Error::<Test>::GiftNotFound);
		assert_noop!(accept(BOB, artifact), Error::<Test>::GiftNotFound);
		assert_ok!(offer(ALICE, artifact, BOB));
		assert_noop!(Registry::cancel_gift(by(CAROL), artifact), Error::<Test>::NotAuthorized);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Registry::cancel_gift(origin, artifact), BadOrigin);
		}
	});
}
