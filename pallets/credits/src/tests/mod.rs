mod buy;
mod close;
mod create_plan;
mod metering;
mod retire_plan;
mod try_state;
mod weights;

use crate::{mock::*, *};
use frame_support::{
	assert_noop, assert_ok, dispatch::CheckIfFeeless, traits::fungible::Inspect as _,
};
use sp_runtime::traits::BadOrigin;
use tallystick_primitives::{Digest, Tariff};

const PLAN: PlanId = FIRST_PLAN;
const PRICE: Balance = 400;
/// The existential deposit is 1,000: three units of 400 are worth it.
const MIN_BALANCE: Balance = 3;

fn terms() -> PlanTerms<u64> {
	PlanTerms {
		versions: Default::default(),
		tariff: Tariff { per_call: 1, ..Default::default() },
		currency: TLY,
		price: PRICE,
		dispute_window: 2,
		slots: 4,
	}
}

fn create_plan_with(terms: PlanTerms<u64>) -> DispatchResult {
	let name = BoundedVec::truncate_from(b"Questions".to_vec());
	let symbol = BoundedVec::truncate_from(b"Q".to_vec());
	Credits::create_plan(RuntimeOrigin::signed(OWNER), MODEL, terms, name, symbol)
}

/// Creates [`PLAN`].
fn create_plan() {
	assert_ok!(create_plan_with(terms()));
}

/// BUYER buys `units` of [`PLAN`].
fn buy(units: Balance) {
	let terms = Credits::terms(PLAN).unwrap();
	assert_ok!(Credits::buy(RuntimeOrigin::signed(BUYER), PLAN, units, terms));
}

fn units(who: AccountId) -> Balance {
	Assets::balance(PLAN, who)
}

fn escrow() -> Balance {
	<Ledger as Books<_>>::balance(&TLY, &Bucket::Escrow(PLAN))
}

/// BUYER sends all native tokens away, and lives on credits.
fn leave_native_token() {
	assert_ok!(Balances::transfer_all(RuntimeOrigin::signed(BUYER), OTHER, false));
	assert_eq!(Balances::total_balance(&BUYER), 0);
	assert!(System::account_exists(&BUYER));
}
