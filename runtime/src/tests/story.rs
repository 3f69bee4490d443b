//! One inference from its sale to its royalties, in blocks, by transactions.

use super::{market::*, *};
use frame_support::assert_ok;
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use tallystick_primitives::runtime_api::{
	runtime_decl_for_tallystick_api::TallystickApiV1, JobStatusView,
};

const UNITS: Balance = 100_000;

/// Signs a call and includes it in a block of its own. Returns the fee.
fn transact(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> Balance {
	let issued = Balances::total_issuance();
	let extrinsic = transactions::signed(who, call.into());
	for outcome in block(vec![extrinsic]) {
		assert_eq!(outcome, Ok(Ok(())));
	}
	issued - Balances::total_issuance()
}

fn free(who: Sr25519Keyring) -> Balance {
	Balances::free_balance(account(who))
}

/// Alice sells a model, Bob serves it for half, Dave had a part in it, Charlie asks.
#[test]
fn a_request_is_answered_settled_and_paid_out() {
	test_in_blocks(|| {
		let model = model_with(Alice, Vec::new(), vec![(Dave, Share::from_percent(20))]);
		let plan = plan_for(Alice, model.0);
		let market = Market::open(Alice, model, plan, Bob, Share::from_percent(50));
		assert_eq!(Runtime::provider_of(market.service.public()), Some(account(Bob)));

		// Charlie has the minimum balance of the class left when all is spent.
		assert_ok!(buy(Charlie, plan, UNITS));
		let before = [Alice, Bob, Charlie, Dave].map(free);
		let job = next_job();
		let params = market.inline_params();
		let fee = transact(Charlie, pallet_inference::Call::request { params });
		assert_eq!(fee, 0);
		let view = Runtime::job(job).unwrap();
		assert_eq!((view.provider, view.units_held), (account(Bob), 1_000));
		assert_eq!(view.status, JobStatusView::Open);
		check_all();

		let receipt = market.receipt(job);
		let (charge, hash) = (receipt.units, receipt.hash());
		let submission = market.submission(receipt);
		let issued = Balances::total_issuance();
		assert_eq!(block(vec![submission.clone()]), [Ok(Ok(()))]);
		assert_eq!(Balances::total_issuance(), issued, "a receipt costs no fee");
		let settled_at = System::block_number();
		let matures_at = settled_at + DISPUTE_WINDOW;
		assert_eq!(
			Runtime::job(job).unwrap().status,
			JobStatusView::Settled { receipt: hash, units: charge, matures_at }
		);
		assert_eq!(Assets::balance(plan, account(Charlie)), UNITS - charge);
		// The same receipt does not get in again.
		assert!(block(vec![submission]).iter().all(Result::is_err));
		check_all();

		while System::block_number() < matures_at + 2 {
			block(vec![]);
			check_all();
		}
		assert_eq!(Runtime::job(job), None);
		let paid = charge * PRICE;
		let fee = paid / 100;
		let gross = paid - fee;
		assert_eq!(Ledger::balance(&CurrencyId::Native, &Bucket::Treasury), fee);
		let gained: Vec<_> =
			[Alice, Bob, Charlie, Dave].map(free).iter().zip(before).map(|(a, b)| a - b).collect();
		// The provider's half comes out of what would be the owner's; the contributor has a fifth.
		assert_eq!(gained, [gross * 3 / 10, gross / 2, 0, gross / 5]);
	});
}

#[test]
fn a_job_without_a_receipt_lapses_and_costs_nothing() {
	test_in_blocks(|| {
		let model = model(Alice);
		let plan = plan_for(Alice, model.0);
		let market = Market::open(Alice, model, plan, Alice, Share::zero());
		assert_ok!(buy(Charlie, plan, UNITS));
		let job = next_job();
		let params = market.params(0);
		transact(Charlie, pallet_inference::Call::request { params });
		let expires = pallet_inference::Jobs::<Runtime>::get(job).unwrap().expires;
		run_to_block(expires + 2);
		assert_eq!(Runtime::job(job), None);
		assert_eq!(Assets::balance(plan, account(Charlie)), UNITS);
	});
}
