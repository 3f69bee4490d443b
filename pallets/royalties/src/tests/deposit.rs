use super::*;
use tallystick_primitives::SettleRoyalties;

#[test]
fn a_deposit_takes_the_fee_and_pays_the_provider_of_the_gross() {
	test(|| {
		Lineage::register(1, &[], &[]);
		earn_in(&TLY, 1, 1_000, Some(30));
		assert_eq!(<Ledger as Books<_>>::balance(&TLY, &Bucket::Treasury), 10);
		assert_eq!(claimable(PROVIDER), 297);
		assert_eq!(pending(1), 693);
		System::assert_last_event(
			Event::Deposited {
				artifact: 1,
				currency: TLY,
				fee: 10,
				gross: 990,
				provider: Some((PROVIDER, 297)),
			}
			.into(),
		);
		let expected = Tally {
			deposited: 990,
			distributed: 297,
			unsplit: 990,
			for_owner: 693,
			..Default::default()
		};
		assert_eq!(Royalties::tally(1, TLY), expected);
		assert_eq!(Royalties::tally(1, USD), Tally::default());
		settle();
		assert_eq!(income(owner(1)), 693);
		assert_eq!(income(PROVIDER), 297);
	});
}

#[test]
fn a_provider_at_the_largest_share_leaves_parents_and_contributors_untouched() {
	let incomes = |provider| {
		let mut result = (0, 0);
		test(|| {
			Lineage::register(1, &[], &[]);
			Lineage::register(2, &[(1, 20)], &[(CONTRIBUTOR, 10)]);
			earn_in(&TLY, 2, 10_000, provider);
			settle();
			result = (income(owner(1)), income(CONTRIBUTOR));
			assert_eq!(income(owner(2)), if provider.is_some() { 0 } else { 6_930 });
		});
		result
	};
	assert_eq!(incomes(None), (1_980, 990));
	assert_eq!(incomes(Some(70)), (1_980, 990));
}

#[test]
fn ten_thousand_deposits_of_one_unit_pay_what_one_large_one_does() {
	let incomes = |deposits: Balance, amount: Balance| {
		let mut result = Vec::new();
		test(|| {
			Lineage::register(1, &[], &[]);
			Lineage::register(2, &[(1, 33)], &[(CONTRIBUTOR, 7)]);
			for _ in 0..deposits {
				earn_in(&TLY, 2, amount, Some(19));
			}
			settle();
			// What is below the threshold, too.
			for artifact in [2, 1] {
				assert_ok!(<Royalties as SettleRoyalties>::settle(artifact));
			}
			let treasury = <Ledger as Books<_>>::balance(&TLY, &Bucket::Treasury);
			result = [PROVIDER, CONTRIBUTOR, owner(1), owner(2)].map(income).to_vec();
			result.push(treasury);
			// What is left pending are remainders: less than a unit for each payee.
			assert!(pending(1) < 1 + 1 && pending(2) < 3 + 1);
			assert_eq!(result.iter().sum::<Balance>() + pending(1) + pending(2), 10_000);
		});
		result
	};
	let small = incomes(10_000, 1);
	let large = incomes(1, 10_000);
	assert_eq!(small, large, "provider, contributor, owners of parent and child, fee");
}

#[test]
fn deposit_should_fail_for_an_unknown_artifact() {
	test(|| {
		assert_ok!(<Ledger as Books<_>>::enter(&TLY, &PAYER, &SOURCE, 100));
		assert_noop!(
			frame_support::storage::with_storage_layer(|| {
				<Royalties as Distribute<_>>::deposit(9, &TLY, &SOURCE, 100, None)
			}),
			Error::<Test>::ArtifactNotFound
		);
	});
}

#[test]
fn deposit_should_fail_when_shares_exceed_the_whole() {
	test(|| {
		Lineage::register(1, &[], &[]);
		Lineage::register(2, &[(1, 60)], &[]);
		assert_ok!(<Ledger as Books<_>>::enter(&TLY, &PAYER, &SOURCE, 100));
		assert_noop!(
			frame_support::storage::with_storage_layer(|| {
				let provider = Some((&PROVIDER, Share::from_percent(41)));
				<Royalties as Distribute<_>>::deposit(2, &TLY, &SOURCE, 100, provider)
			}),
			Error::<Test>::SharesExceedWhole
		);
	});
}

#[test]
fn deposit_should_fail_when_the_source_holds_less() {
	test(|| {
		Lineage::register(1, &[], &[]);
		assert_ok!(<Ledger as Books<_>>::enter(&TLY, &PAYER, &SOURCE, 99));
		assert_noop!(
			frame_support::storage::with_storage_layer(|| {
				<Royalties as Distribute<_>>::deposit(1, &TLY, &SOURCE, 100, None)
			}),
			pallet_ledger::Error::<Test>::InsufficientBucket
		);
	});
}

#[test]
fn five_hundred_deposits_of_dust_queue_nothing() {
	test(|| {
		for artifact in 0..500 {
			Lineage::register(artifact, &[], &[]);
			earn(artifact, THRESHOLD - 1);
		}
		assert!(Due::<Test>::iter_keys().next().is_none());
		assert!(Payouts::<Test>::iter_keys().next().is_none());
		// One more unit of pending money makes one of them due.
		earn(7, 2);
		assert_eq!(Due::<Test>::iter_keys().count(), 1);
	});
}
