use super::*;
use frame_support::traits::fungibles::{metadata, roles::Inspect as _};

fn versions(digests: &[Digest]) -> BoundedVec<Digest, ConstU32<8>> {
	digests.to_vec().try_into().unwrap()
}

#[test]
fn a_plan_is_a_class_that_nobody_owns() {
	test(|| {
		create_plan();
		let nobody = Some(ClassOwnerId::get().into_account_truncating());
		assert_eq!(nobody, Some(Credits::class_owner()));
		assert_eq!(Assets::owner(PLAN), nobody);
		assert_eq!(Assets::issuer(PLAN), nobody);
		assert_eq!(Assets::admin(PLAN), nobody);
		assert_eq!(Assets::freezer(PLAN), nobody);
		let name = <Assets as metadata::Inspect<AccountId>>::name(PLAN);
		assert_eq!(name, b"Questions");
		assert_eq!(<Assets as Inspect<_>>::minimum_balance(PLAN), MIN_BALANCE);
		assert_eq!(pallet_assets::NextAssetId::<Test>::get(), Some(PLAN + 1));
		System::assert_last_event(
			Event::PlanCreated {
				plan: PLAN,
				artifact: MODEL,
				owner: OWNER,
				currency: TLY,
				price: PRICE,
				terms: Credits::terms(PLAN).unwrap(),
			}
			.into(),
		);
	});
}

#[test]
fn a_plan_and_its_slots_cost_the_owner_a_deposit() {
	let deposit = |slots| {
		let mut bytes = 0;
		test(|| {
			assert_ok!(create_plan_with(PlanTerms { slots, ..terms() }));
			bytes = Artifacts::stored_elsewhere(MODEL);
		});
		bytes
	};
	let (none, one, hundred) = (deposit(0), deposit(1), deposit(100));
	assert!(none > 0 && one > none);
	assert_eq!(hundred - none, 100 * (one - none));
}

#[test]
fn a_slot_pays_for_each_job_that_it_settles_while_others_stay() {
	let bytes =
		|dispute_window| Credits::stored_bytes(&PlanTerms { dispute_window, slots: 7, ..terms() });
	// A slot serves another request after four blocks.
	for (window, jobs) in [(2, 1), (4, 1), (5, 2), (400, 100)] {
		assert_eq!(bytes(window), 1_000 + 7 * (SLOT_BYTES + jobs * SETTLED_BYTES));
	}
}

#[test]
fn the_deposit_pays_for_all_that_a_plan_takes_of_the_state() {
	/// The bytes of all keys and values in the state.
	fn state() -> u64 {
		let (mut key, mut bytes) = (Vec::new(), 0);
		while let Some(next) = sp_io::storage::next_key(&key) {
			bytes += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
			key = next;
		}
		bytes as u64
	}
	test(|| {
		create_plan();
		System::reset_events();
		let (before, paid) = (state(), Artifacts::stored_elsewhere(MODEL));
		let all = versions(&[VERSION; 8]);
		let largest = PlanTerms { versions: all, currency: USD, slots: 0, ..terms() };
		let (name, symbol) = (vec![b'n'; 32], vec![b's'; 16]);
		assert_ok!(Credits::create_plan(
			RuntimeOrigin::signed(OWNER),
			MODEL,
			largest,
			name.try_into().unwrap(),
			symbol.try_into().unwrap(),
		));
		System::reset_events();
		let (grown, paid) = (state() - before, Artifacts::stored_elsewhere(MODEL) - paid);
		assert!(paid >= grown, "{paid} for {grown}");
		assert!(paid < 2 * grown, "{paid} for {grown}");
	});
}

#[test]
fn the_deposit_for_plans_is_one_however_many_there_are() {
	test(|| {
		for plans in 1..=3 {
			create_plan();
			let each = Credits::stored_bytes(&terms());
			assert_eq!(Artifacts::stored_elsewhere(MODEL), plans * each);
		}
	});
}

#[test]
fn a_plan_in_an_asset_is_not_sufficient() {
	test(|| {
		assert_ok!(create_plan_with(PlanTerms { currency: USD, ..terms() }));
		assert_eq!(Assets::balance(PLAN, BUYER), 0);
		buy(1);
		assert_eq!(System::account(BUYER).sufficients, 1, "USD alone is sufficient");
	});
}

#[test]
fn plans_of_the_same_artifact_have_terms_of_their_own() {
	test(|| {
		create_plan();
		create_plan();
		assert_ne!(Credits::terms(PLAN), Credits::terms(PLAN + 1));
	});
}

#[test]
fn create_should_fail_for_anybody_but_the_owner() {
	test(|| {
		let create = |origin, artifact| {
			Credits::create_plan(origin, artifact, terms(), Default::default(), Default::default())
		};
		assert_noop!(create(RuntimeOrigin::signed(BUYER), MODEL), Error::<Test>::NotOwner);
		assert_noop!(create(RuntimeOrigin::signed(OWNER), 9), Error::<Test>::ArtifactNotFound);
		assert_noop!(create(RuntimeOrigin::root(), MODEL), BadOrigin);
	});
}

#[test]
fn create_should_fail_when_the_licence_forbids_it() {
	test(|| {
		Artifacts::set_sellable(false);
		assert_noop!(create_plan_with(terms()), DispatchError::Other("the licence forbids it"));
	});
}

#[test]
fn create_should_fail_for_an_unknown_version() {
	test(|| {
		let wrong = PlanTerms { versions: versions(&[VERSION, H256([2; 32])]), ..terms() };
		assert_noop!(create_plan_with(wrong), Error::<Test>::VersionNotFound);
		assert_ok!(create_plan_with(PlanTerms { versions: versions(&[VERSION]), ..terms() }));
	});
}

#[test]
fn create_should_fail_for_a_currency_that_is_not_admitted() {
	test(|| {
		let wrong = PlanTerms { currency: CurrencyId::WithId(8), ..terms() };
		assert_noop!(create_plan_with(wrong), Error::<Test>::CurrencyNotAdmitted);
		// Credits of another plan are none either.
		create_plan();
		let wrong = PlanTerms { currency: CurrencyId::WithId(PLAN), ..terms() };
		assert_noop!(create_plan_with(wrong), Error::<Test>::CurrencyNotAdmitted);
	});
}

#[test]
fn create_should_fail_for_a_price_of_nothing_or_of_everything() {
	test(|| {
		let at = |price| create_plan_with(PlanTerms { price, ..terms() });
		assert_noop!(at(0), Error::<Test>::ZeroPrice);
		assert_noop!(at(Balance::MAX), Error::<Test>::PriceTooHigh);
		assert_noop!(at((Balance::MAX >> 64) + 1), Error::<Test>::PriceTooHigh);
		assert_ok!(at(Balance::MAX >> 64));
		assert_ok!(at(1));
	});
}

#[test]
fn create_should_fail_for_a_tariff_that_charges_nothing() {
	test(|| {
		let wrong = PlanTerms { tariff: Tariff::default(), ..terms() };
		assert_noop!(create_plan_with(wrong), Error::<Test>::FreeTariff);
	});
}

#[test]
fn create_should_fail_for_a_dispute_window_out_of_bounds() {
	test(|| {
		let with = |dispute_window| create_plan_with(PlanTerms { dispute_window, ..terms() });
		assert_noop!(with(1), Error::<Test>::DisputeWindowOutOfBounds);
		assert_noop!(with(1_001), Error::<Test>::DisputeWindowOutOfBounds);
		assert_ok!(with(1_000));
	});
}

#[test]
fn create_should_fail_for_too_many_slots() {
	test(|| {
		let wrong = PlanTerms { slots: 101, ..terms() };
		assert_noop!(create_plan_with(wrong), Error::<Test>::TooManySlots);
	});
}

#[test]
fn create_should_fail_when_no_ids_are_given_out() {
	test(|| {
		pallet_assets::NextAssetId::<Test>::kill();
		assert_noop!(create_plan_with(terms()), Error::<Test>::NoClassId);
	});
}

#[test]
fn create_should_fail_when_the_deposit_is_not_there() {
	test(|| {
		assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(OWNER), OTHER, true));
		let unpaid = pallet_balances::Error::<Test>::InsufficientBalance;
		assert_noop!(create_plan_with(terms()), unpaid);
	});
}
