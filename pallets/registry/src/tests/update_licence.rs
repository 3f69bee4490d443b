use super::*;
use crate::{Derivation::*, Relation::*};

fn update(who: AccountId, artifact: ArtifactId, licence: Licence) -> Result<(), DispatchError> {
	Registry::update_licence(by(who), artifact, licence)
}

#[test]
fn a_licence_binds_what_comes_after_it() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let before = held(&ALICE);
		let licence =
			Licence { derivation: Never, least_amount: Some(least_amount(1, 1)), ..open_licence() };
		assert_ok!(update(ALICE, artifact, licence.clone()));
		let terms = licence.agreed_hash();
		assert_last_event(Event::LicenceUpdated { artifact, terms });
		assert_eq!(Artifacts::<Test>::get(artifact).unwrap().licence, licence);
		assert!(held(&ALICE) > before, "the deposit follows");
		assert_noop!(
			child_of([claim(artifact, FineTunedFrom, 1)]).submit(&BOB),
			Error::<Test>::DerivationForbidden
		);
		assert_ok!(update(ALICE, artifact, open_licence()));
		assert_eq!(held(&ALICE), before);
		assert_ok!(child_of([claim(artifact, FineTunedFrom, 1)]).submit(&BOB));
	});
}

#[test]
fn a_parents_licence_that_is_raised_later_leaves_the_child_as_it_was() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let child = child_of([claim(parent, FineTunedFrom, 1)]).submit(&BOB).unwrap();
		let before = Artifacts::<Test>::get(child);
		let raised = Licence {
			commercial_use: false,
			derivation: Never,
			training_use: false,
			least_share: Share::from_percent(50),
			least_amount: Some(LeastAmount {
				currency: CurrencyId::WithId(7),
				per_call: 1_000_000,
				per_1k_tokens: 1_000_000,
			}),
			..open_licence()
		};
		assert_ok!(update(ALICE, parent, raised));
		assert_eq!(Artifacts::<Test>::get(child), before);
		let sell = || {
			let tariff = Tariff { per_call: 1, ..Default::default() };
			Registry::ensure_plan_allowed(child, &CurrencyId::Native, 1, &tariff)
		};
		assert_ok!(sell());
		assert_ok!(Registry::ensure_sellable(child));
		// The child's own licence can still change to what was agreed.
		assert_ok!(update(BOB, child, Licence { commercial_use: false, ..open_licence() }));
		assert_ok!(update(BOB, child, open_licence()));
		assert_ok!(sell());
	});
}

#[test]
fn a_parents_licence_that_expires_later_leaves_the_child_as_it_was() {
	new_test_ext().execute_and_check(|| {
		let parent = licensed(ALICE, Licence { expires: Some(5), ..open_licence() });
		let child = child_of([claim(parent, FineTunedFrom, 1)]).submit(&BOB).unwrap();
		System::set_block_number(5);
		assert_noop!(
			child_of([claim(parent, FineTunedFrom, 1)]).submit(&BOB),
			Error::<Test>::LicenceExpired
		);
		assert_ok!(Registry::ensure_sellable(child));
		assert_ok!(child_of([claim(child, FineTunedFrom, 1)]).submit(&CAROL));
	});
}

#[test]
fn a_child_of_what_may_not_be_sold_does_not_become_commercial_later() {
	new_test_ext().execute_and_check(|| {
		let closed = Licence { commercial_use: false, ..open_licence() };
		let parent = licensed(ALICE, closed.clone());
		let child =
			Registration { licence: closed.clone(), ..child_of([claim(parent, FineTunedFrom, 1)]) };
		let child = child.submit(&BOB).unwrap();
		assert_noop!(update(BOB, child, open_licence()), Error::<Test>::CommercialUseForbidden);
		// Not if the parent's licence is opened either: what was agreed stays.
		assert_ok!(update(ALICE, parent, open_licence()));
		assert_noop!(update(BOB, child, open_licence()), Error::<Test>::CommercialUseForbidden);
		assert_ok!(update(BOB, child, Licence { training_use: false, ..closed }));
	});
}

#[test]
fn a_licence_that_is_over_ends_sales_at_once() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_ok!(update(ALICE, artifact, Licence { expires: Some(1), ..open_licence() }));
		assert_noop!(Registry::ensure_sellable(artifact), Error::<Test>::LicenceExpired);
	});
}

#[test]
fn the_owner_alone_changes_it() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		assert_owner_only(
			|origin, id| Registry::update_licence(origin, id, open_licence()),
			artifact,
		);
	});
}

#[test]
fn who_cannot_pay_the_deposit_cannot_store_more() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let rest = Balances::free_balance(&ALICE) - 10;
		assert_ok!(Balances::transfer_keep_alive(by(ALICE), BOB, rest));
		let longer = Licence { least_amount: Some(least_amount(1, 1)), ..open_licence() };
		assert_noop!(update(ALICE, artifact, longer), TokenError::FundsUnavailable);
	});
}
