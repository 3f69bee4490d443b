use super::*;

/// The payouts there were.
fn paid_out() -> Vec<(AccountId, Balance)> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Royalties(Event::PaidOut { account, amount, .. }) => {
				Some((account, amount))
			}
			_ => None,
		})
		.collect()
}

/// Artifact 1 earns, and half of it is a contributor's whom the asset's issuer has blocked.
fn earn_while_blocked() {
	Lineage::register(1, &[], &[(CONTRIBUTOR, 50)]);
	assert_ok!(Assets::mint(RuntimeOrigin::signed(PAYER), 7, CONTRIBUTOR, 1));
	assert_ok!(Assets::block(RuntimeOrigin::signed(PAYER), 7, CONTRIBUTOR));
	earn_in(&USD, 1, 1_000, None);
	settle();
}

#[test]
fn an_account_is_paid_without_a_claim() {
	test(|| {
		Lineage::register(1, &[], &[]);
		earn(1, 1_000);
		next_block();
		assert_eq!(Balances::balance(&owner(1)), 990);
		assert_eq!(claimable(owner(1)), 0);
		System::assert_last_event(
			Event::PaidOut { account: owner(1), currency: TLY, amount: 990 }.into(),
		);
	});
}

#[test]
fn earnings_of_one_account_from_many_artifacts_are_one_payout() {
	test(|| {
		for artifact in 0..10 {
			Lineage::register(artifact, &[], &[(CONTRIBUTOR, 100)]);
			earn(artifact, 1_000);
		}
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 10));
		assert_eq!(Payouts::<Test>::iter_keys().count(), 1);
		settle();
		assert_eq!(Balances::balance(&CONTRIBUTOR), 9_900);
	});
}

#[test]
fn a_claim_before_the_payout_leaves_nothing_to_pay() {
	test(|| {
		Lineage::register(1, &[], &[]);
		earn(1, 1_000);
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 1));
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(PAYER), TLY, owner(1)));
		settle();
		assert_eq!(Balances::balance(&owner(1)), 990);
		assert!(paid_out().is_empty());
	});
}

#[test]
fn a_payee_who_cannot_take_it_holds_nobody_up() {
	test(|| {
		earn_while_blocked();
		assert_eq!(Assets::balance(7, owner(1)), 495);
		assert_eq!(paid_out(), [(owner(1), 495)]);
		let waits = || <Ledger as Books<_>>::balance(&USD, &Bucket::Claimable(CONTRIBUTOR));
		assert_eq!(waits(), 495);
		// Freed, it is claimable, and the next earning pays all of it.
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(PAYER), 7, CONTRIBUTOR));
		earn_in(&USD, 1, 1_000, None);
		settle();
		assert_eq!((waits(), Assets::balance(7, CONTRIBUTOR)), (0, 991));
		assert!(paid_out().contains(&(CONTRIBUTOR, 990)));
	});
}

#[test]
fn a_frozen_payee_is_paid_all_the_same() {
	test(|| {
		Lineage::register(1, &[], &[(CONTRIBUTOR, 50)]);
		assert_ok!(Assets::mint(RuntimeOrigin::signed(PAYER), 7, CONTRIBUTOR, 1));
		// It can receive, and not send.
		assert_ok!(Assets::freeze(RuntimeOrigin::signed(PAYER), 7, CONTRIBUTOR));
		assert!(Assets::transfer(RuntimeOrigin::signed(CONTRIBUTOR), 7, PAYER, 1).is_err());
		earn_in(&USD, 1, 1_000, None);
		settle();
		assert_eq!((Assets::balance(7, CONTRIBUTOR), Assets::balance(7, owner(1))), (496, 495));
		assert!(paid_out().contains(&(CONTRIBUTOR, 495)));
	});
}

#[test]
fn who_earns_nothing_is_not_tried_again() {
	test(|| {
		earn_while_blocked();
		// What waits for it is enough for a payout, but it has no share any more.
		Lineage::register(1, &[], &[(CONTRIBUTOR, 0)]);
		earn_in(&USD, 1, 1_000, None);
		// A wave begins in a block of its own.
		System::set_block_number(System::block_number() + 1);
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 1));
		assert_eq!(<Ledger as Books<_>>::balance(&USD, &Bucket::Claimable(CONTRIBUTOR)), 495);
		assert!(QueuedPayouts::<Test>::contains_key(&USD, owner(1)));
		assert!(!QueuedPayouts::<Test>::contains_key(&USD, CONTRIBUTOR));
	});
}

#[test]
fn what_just_reaches_the_threshold_flows_and_what_does_not_waits() {
	test(|| {
		Lineage::register(1, &[], &[]);
		Lineage::register(2, &[], &[(CONTRIBUTOR, 90)]);
		earn(1, THRESHOLD);
		earn(2, THRESHOLD);
		settle();
		assert_eq!(Balances::balance(&owner(1)), THRESHOLD);
		assert_eq!((claimable(CONTRIBUTOR), claimable(owner(2))), (THRESHOLD - 1, 1));
		assert_eq!(paid_out(), [(owner(1), THRESHOLD)]);
	});
}

#[test]
fn a_dead_payee_is_revived_by_a_payout_above_the_existential_deposit() {
	test(|| {
		Lineage::register(1, &[], &[]);
		Balances::set_balance(&owner(1), 0);
		earn(1, 20);
		settle();
		assert_eq!(Balances::balance(&owner(1)), 20);
	});
}

// With debug assertions what cannot be stops a test.
#[test]
#[cfg_attr(debug_assertions, should_panic = "could not be paid")]
fn a_payout_from_broken_books_moves_nothing_and_stops_nobody() {
	test(|| {
		Lineage::register(1, &[], &[(CONTRIBUTOR, 50)]);
		earn(1, 1_000);
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 1));
		let booked = pallet_ledger::Booked::<Test>::get(TLY);
		pallet_ledger::Booked::<Test>::insert(TLY, 494);
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 2));
		assert_eq!((Balances::balance(&CONTRIBUTOR), Balances::balance(&owner(1))), (0, 0));
		assert_eq!((claimable(CONTRIBUTOR), claimable(owner(1))), (495, 495));
		assert!(Payouts::<Test>::iter_keys().next().is_none());
		pallet_ledger::Booked::<Test>::insert(TLY, booked);
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(PAYER), TLY, owner(1)));
		assert_eq!(Balances::balance(&owner(1)), 495);
	});
}
