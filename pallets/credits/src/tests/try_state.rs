//! Each invariant, broken.

use super::*;
use frame_support::traits::fungibles::Mutate as _;

/// What is wrong with a chain on which BUYER has 100 units of [`PLAN`], after `harm`.
fn found_after(harm: impl FnOnce()) -> Option<&'static str> {
	new_test_ext().execute_with(|| {
		create_plan();
		buy(100);
		assert_ok!(Credits::do_try_state());
		harm();
		Credits::do_try_state().err().map(Into::into)
	})
}

#[test]
fn an_escrow_that_is_not_issuance_times_price_is_found() {
	let unequal = Some("credits 1: escrow is not the units in issue times the price");
	let mint = || assert!(Assets::mint_into(PLAN, &BUYER, 1).is_ok());
	assert_eq!(found_after(mint), unequal);
	let shift = |from: Bucket<_>, to: Bucket<_>| {
		assert_ok!(<Ledger as Books<_>>::enter(&TLY, &OTHER, &Bucket::Treasury, 1));
		assert_ok!(<Ledger as Books<_>>::shift(&TLY, &from, &to, 1));
	};
	assert_eq!(found_after(|| shift(Bucket::Escrow(PLAN), Bucket::Treasury)), unequal);
	assert_eq!(found_after(|| shift(Bucket::Treasury, Bucket::Escrow(PLAN))), unequal);
}

#[test]
fn a_role_that_somebody_holds_over_a_class_is_found() {
	let nobody = Credits::class_owner();
	for place in 0..4 {
		let mut team = [nobody; 4];
		team[place] = OTHER;
		let [owner, issuer, admin, freezer] = team;
		let appoint = || {
			assert_ok!(Assets::force_asset_status(
				RuntimeOrigin::root(),
				PLAN,
				owner,
				issuer,
				admin,
				freezer,
				MIN_BALANCE,
				true,
				false
			));
		};
		assert_eq!(
			found_after(appoint),
			Some("credits 2: somebody holds a role over a class of credits")
		);
	}
}

#[test]
fn a_deposit_that_is_not_for_the_plans_is_found() {
	let differs = Some("credits 3: the deposit for an artifact's plans is not for their bytes");
	assert_eq!(found_after(|| Artifacts::store_more(MODEL, 1).unwrap()), differs);
}
