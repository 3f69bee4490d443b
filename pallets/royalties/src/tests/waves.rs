use super::*;

#[test]
fn wave_keys_sort_the_highest_id_first() {
	let mut ids = [3, 0, u32::MAX, 256, 255, 65_536];
	ids.sort_by_key(|id| WaveKey::from(*id).encode());
	assert_eq!(ids, [u32::MAX, 65_536, 256, 255, 3, 0]);
	assert_eq!(ArtifactId::from(WaveKey::from(77)), 77);
}

#[test]
fn earnings_flow_up_the_lineage() {
	test(|| {
		// The story: a dataset, a base model trained on it, an adapter of the model.
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[(0, 5)], &[]);
		Lineage::register(2, &[(1, 20)], &[(CONTRIBUTOR, 10)]);
		earn_in(&TLY, 2, 100_000, Some(30));
		settle();
		let gross = 99_000;
		assert_eq!(income(PROVIDER), gross * 30 / 100);
		assert_eq!(income(CONTRIBUTOR), gross / 10);
		assert_eq!(income(owner(2)), gross * 40 / 100);
		let base = gross / 5;
		assert_eq!(income(owner(1)), base * 95 / 100);
		assert_eq!(income(owner(0)), base * 5 / 100);
		assert_eq!((pending(0), pending(1), pending(2)), (0, 0, 0));
	});
}

#[test]
fn a_diamond_of_depth_64_visits_each_artifact_once() {
	test(|| {
		// Two artifacts a level, each the child of both of the level above: 2^64 paths.
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[], &[]);
		for level in 1..64 {
			let parents = [(2 * level - 2, 48), (2 * level - 1, 48)];
			Lineage::register(2 * level, &parents, &[]);
			Lineage::register(2 * level + 1, &parents, &[]);
		}
		earn(127, 1_000_000_000);
		earn(126, 1_000_000_000);
		settle();
		let visited = visits();
		assert_eq!(visited, (0..128).rev().collect::<Vec<_>>());
		let total: Balance = (0..128).map(|id| income(owner(id)) + pending(id)).sum();
		let fees = <Ledger as Books<_>>::balance(&TLY, &Bucket::Treasury);
		assert_eq!(total + fees, 2_000_000_000);
	});
}

#[test]
fn what_arrives_behind_the_wave_joins_the_next_one() {
	test(|| {
		for artifact in 0..3 {
			Lineage::register(artifact, &[], &[]);
		}
		earn(2, 1_000);
		earn(1, 1_000);
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 1));
		// The wave is at 2 now. A deposit there waits for 1, and for 0 that comes meanwhile.
		earn(2, 1_000);
		earn(0, 1_000);
		assert_ok!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 2));
		assert_eq!(visits(), [2, 1, 0]);
		next_block();
		next_block();
		assert_eq!(visits(), [2, 1, 0, 2]);
	});
}

#[test]
fn no_wave_begins_in_the_block_in_which_one_ended() {
	test(|| {
		for artifact in 0..3 {
			Lineage::register(artifact, &[], &[]);
			earn(artifact, 1_000);
		}
		let distribute = |steps| Royalties::distribute(RuntimeOrigin::signed(PAYER), steps);
		// Three visits, and two of three payouts.
		assert_ok!(distribute(5));
		let now = System::block_number();
		assert_eq!(WavePosition::<Test>::get(), Some(Position::Over(now)));
		earn(2, 1_000);
		let only_the_payout = <() as WeightInfo>::look() + <() as WeightInfo>::payout();
		assert_eq!(distribute(9).unwrap().actual_weight, Some(only_the_payout));
		assert!(distribute(9).is_err());
		assert_eq!(visits(), [2, 1, 0]);
		System::set_block_number(now + 1);
		assert_ok!(distribute(1));
		assert_eq!(visits(), [2, 1, 0, 2]);
	});
}

#[test]
fn nothing_of_what_comes_after_what_is_due_is_removed() {
	use frame_support::storage::StoragePrefixedMap;
	// Where nothing is due any more, the search goes on into the maps whose names' hashes come next, up
	// to a key that there is. So of those before the tallies, which stay, nothing may be removed.
	let between = Due::<Test>::final_prefix()..Tallies::<Test>::final_prefix();
	assert!(!between.is_empty());
	for removed in [Payouts::<Test>::final_prefix(), QueuedPayouts::<Test>::final_prefix()] {
		assert!(!between.contains(&removed));
	}
}

#[test]
fn below_the_threshold_an_artifact_waits() {
	test(|| {
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[(0, 5)], &[]);
		earn(1, 101);
		settle();
		assert_eq!(pending(0), 5);
		assert_eq!(visits(), [1]);
		earn(1, 101);
		settle();
		assert_eq!(visits(), [1, 1, 0]);
		assert_eq!(income(owner(0)), 10);
	});
}

#[test]
fn currencies_do_not_mix() {
	test(|| {
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[(0, 50)], &[]);
		earn_in(&TLY, 1, 1_000, None);
		earn_in(&USD, 1, 4_000, None);
		settle();
		assert_eq!(Balances::balance(&owner(0)), 495);
		assert_eq!(Assets::balance(7, owner(0)), 1_980);
	});
}

#[test]
fn a_block_does_no_more_than_its_slice() {
	test(|| {
		for artifact in 0..500 {
			Lineage::register(artifact, &[], &[]);
			earn(artifact, 1_000);
		}
		next_block();
		let visited = visits().len();
		assert!(visited > 0 && visited < 500, "{visited}");
		settle();
		assert_eq!(visits().len(), 500);
	});
}

// With debug assertions what cannot be stops a test.
#[test]
#[cfg_attr(debug_assertions, should_panic = "could not be split")]
fn a_split_that_fails_leaves_the_money_pending_and_costs_the_most() {
	test(|| {
		Lineage::register(1, &[], &[]);
		Lineage::register(2, &[(1, 50)], &[]);
		earn(2, 1_000);
		Lineage::forget(2);
		let done = Royalties::distribute(RuntimeOrigin::signed(PAYER), 1).unwrap();
		let expected = <() as WeightInfo>::look() + <() as WeightInfo>::visit(32);
		assert_eq!(done.actual_weight, Some(expected));
		assert_eq!((pending(1), pending(2)), (0, 990));
		assert!(Due::<Test>::iter_keys().next().is_none());
		// A call marks it again.
		Lineage::register(2, &[(1, 50)], &[]);
		assert_ok!(Royalties::mark(RuntimeOrigin::signed(PAYER), 2, TLY));
		settle();
		assert_eq!((income(owner(1)), income(owner(2))), (495, 495));
	});
}
