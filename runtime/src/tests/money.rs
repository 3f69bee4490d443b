use super::{market::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

#[test]
fn credits_are_backed_in_the_vault() {
	test(|| {
		let credit = plan(Alice);
		let vault = Balances::free_balance(Ledger::vault_account());
		assert_ok!(buy(Bob, credit, 100_000));
		let backing = 100_000 * PRICE;
		assert_eq!(Balances::free_balance(Ledger::vault_account()), vault + backing);
		assert_eq!(Ledger::balance(&CurrencyId::Native, &Bucket::Escrow(credit)), backing);
		assert_ok!(dispatch(Bob, pallet_credits::Call::close { plan: credit }));
		assert_eq!(Balances::free_balance(Ledger::vault_account()), vault);
	});
}

#[test]
fn a_credit_never_becomes_a_currency() {
	test(|| {
		let credit = plan(Alice);
		let currency = CurrencyId::WithId(credit);
		let admit =
			RuntimeCall::from(pallet_ledger::Call::admit_currency { currency, threshold: 1 });
		assert_noop!(
			admit.dispatch(RuntimeOrigin::root()).map_err(|failure| failure.error),
			pallet_ledger::Error::<Runtime>::NotACurrency
		);
	});
}

#[test]
fn a_plan_has_the_next_class_id_and_users_classes_take_the_ones_after_it() {
	test(|| {
		let first = plan(Alice);
		let id = codec::Compact(first + 1);
		let create = pallet_assets::Call::create { id, admin: account(Bob).into(), min_balance: 1 };
		assert_ok!(dispatch(Bob, create));
		assert_eq!(plan(Alice), first + 2);
	});
}

#[test]
fn the_chains_own_work_leaves_room_in_a_block() {
	let limits = configs::system::RuntimeBlockWeights::get();
	let own = configs::inference::InferenceSlice::get() + configs::royalties::RoyaltiesSlice::get();
	assert!((own + normal_weight() + limits.base_block).all_lte(limits.max_block));
}

#[test]
fn a_job_is_shown_while_its_money_matures_though_its_provider_has_left() {
	test_in_blocks(|| {
		let (artifact, version) = model(Alice);
		let plan = plan_for(Alice, artifact);
		let share = Share::from_percent(10);
		let market = Market::open(Alice, (artifact, version), plan, Bob, share);
		assert_ok!(buy(Charlie, plan, 100_000));
		let job = next_job();
		let params = market.params(0);
		assert_ok!(dispatch(Charlie, pallet_inference::Call::request { params }));
		assert_eq!(views::job(job).unwrap().service_key, Some(market.service.public()));
		assert_eq!(block(vec![market.submission(market.receipt(job))]), [Ok(Ok(()))]);
		let provider = account(Bob);
		let withdraw = pallet_providers::Call::withdraw_offering { artifact, version, provider };
		assert_ok!(dispatch(Bob, withdraw));
		assert_ok!(dispatch(Bob, pallet_providers::Call::leave {}));
		assert_eq!(views::job(job).unwrap().service_key, None);
		check_all();
	});
}
