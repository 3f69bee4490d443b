//! What somebody would try who wants money that is not theirs, or more than their part of each block.
//! Attacks on a single pallet are beside that pallet; docs/testing.md lists all of them.

use super::{market::*, *};
use frame_support::{
	assert_ok,
	dispatch::DispatchClass,
	storage::{with_transaction, TransactionOutcome},
	traits::Get,
};
use pallet_inference::{Consumers, SlotsTaken, SPREAD};
use sp_core::{sr25519, Pair};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{
	generic::Era,
	traits::AccountIdConversion,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
	},
	TokenError,
};
use tallystick_primitives::SettleRoyalties;

/// A transaction of an account that is none of the well-known ones, with this nonce.
fn signed_by(who: &sr25519::Pair, nonce: Nonce, call: RuntimeCall) -> UncheckedExtrinsic {
	let extension = configs::system::tx_extension(nonce, Era::Immortal, 0);
	let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
	let signature = codec::Encode::using_encoded(&payload, |payload| who.sign(payload));
	let who = AccountId::from(who.public());
	UncheckedExtrinsic::new_signed(call, who.into(), signature.into(), extension)
}

fn request(params: pallet_inference::RequestParams<AccountId, BlockNumber>) -> RuntimeCall {
	pallet_inference::Call::request { params }.into()
}

/// Alice's model, served by Bob for a tenth, and a plan for it.
fn market() -> Market {
	let model = model(Alice);
	let plan = plan_for(Alice, model.0);
	Market::open(Alice, model, plan, Bob, Share::from_percent(10))
}

/// Gives units to somebody who has nothing else, and needs nothing else.
fn give_units(plan: PlanId, to: &AccountId, units: Balance) {
	assert_ok!(buy(Alice, plan, units));
	let (id, target) = (codec::Compact(plan), to.clone().into());
	assert_ok!(dispatch(Alice, pallet_assets::Call::transfer { id, target, amount: units }));
}

/// A class of assets of `owner`, of whom it has `amount`.
fn asset(owner: Sr25519Keyring, amount: Balance) -> AssetId {
	let asset = pallet_assets::NextAssetId::<Runtime>::get().unwrap();
	let id = codec::Compact(asset);
	let admin = account(owner).into();
	assert_ok!(dispatch(owner, pallet_assets::Call::create { id, admin, min_balance: 1 }));
	let beneficiary = account(owner).into();
	assert_ok!(dispatch(owner, pallet_assets::Call::mint { id, beneficiary, amount }));
	asset
}

/// The units that the least balance of a class of [`plan`] has.
fn least_units(plan: PlanId) -> Balance {
	use frame_support::traits::fungibles::Inspect;
	<Assets as Inspect<AccountId>>::minimum_balance(plan)
}

/// What the pool is told of a transaction. Nothing of it stays, as nothing does in a node.
fn validate(transaction: UncheckedExtrinsic) -> TransactionValidity {
	with_transaction(|| {
		let (source, hash) = (TransactionSource::External, System::parent_hash());
		let validity = Executive::validate_transaction(source, transaction, hash);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(validity))
	})
	.unwrap()
}

fn is_refused_for_its_fee(outcome: &sp_runtime::ApplyExtrinsicResult) -> bool {
	*outcome == Err(TransactionValidityError::Invalid(InvalidTransaction::Payment))
}

#[test]
fn a_planck_and_a_unit_of_each_asset_donated_to_every_system_account_break_nothing() {
	test_in_blocks(|| {
		let market = market();
		let asset = asset(Alice, 1_000);
		assert_ok!(buy(Alice, market.plan, 100_000));
		let booked = Balances::free_balance(Ledger::vault_account());
		let collection = pallet_nfts::Collection::<Runtime>::iter().next().unwrap().0;
		let system = [
			Ledger::vault_account(),
			configs::credits::ClassOwnerId::get().into_account_truncating(),
			Nfts::collection_owner(collection).unwrap(),
		];
		for dest in system {
			// The vault alone has native tokens. An account can not begin with a planck, nor with an
			// asset that is not sufficient; with a credit, which is, it can.
			let is_vault = dest == Ledger::vault_account();
			let vault_only = |otherwise: TokenError| match is_vault {
				true => Ok(()),
				false => Err(DispatchError::from(otherwise)),
			};
			let has = || {
				let assets = [asset, market.plan].map(|class| Assets::balance(class, &dest));
				(Balances::free_balance(&dest), assets)
			};
			let (planck, assets) = has();
			let transfer =
				pallet_balances::Call::transfer_allow_death { dest: dest.clone().into(), value: 1 };
			assert_eq!(dispatch(Alice, transfer), vault_only(TokenError::BelowMinimum));
			let outcomes = [vault_only(TokenError::CannotCreate), Ok(())];
			for (class, outcome) in [asset, market.plan].into_iter().zip(outcomes) {
				let (id, target) = (codec::Compact(class), dest.clone().into());
				let transfer = pallet_assets::Call::transfer { id, target, amount: 1 };
				assert_eq!(dispatch(Alice, transfer), outcome, "class {class}, {dest}");
			}
			let came = Balance::from(is_vault);
			assert_eq!(has(), (planck + came, [assets[0] + came, assets[1] + 1]));
			check_all();
		}
		let vault = Balances::free_balance(Ledger::vault_account());
		assert_eq!(vault, booked + 1, "the planck is in the vault, and belongs to nobody");
		// All goes on as before.
		assert_ok!(buy(Charlie, market.plan, 100_000));
		let job = next_job();
		assert_ok!(dispatch(Charlie, request(market.params(0))));
		block(vec![market.submission(market.receipt(job))]);
		run_to_block(System::block_number() + DISPUTE_WINDOW + 3);
	});
}

#[test]
fn requests_of_an_account_that_died_and_came_back_are_no_good_when_sent_again() {
	test_in_blocks(|| {
		let market = market();
		let plan = market.plan;
		let units = least_units(plan) + 10_000;
		assert_ok!(buy(Ferdie, plan, units));
		let old = transactions::signed(Ferdie, request(market.params(0)));
		let job = next_job();
		assert_eq!(block(vec![old.clone()]), [Ok(Ok(()))]);
		assert_ok!(dispatch(Bob, pallet_inference::Call::decline { job }));

		// Ferdie leaves with everything, and the nonce goes with the account.
		assert_ok!(dispatch(Ferdie, pallet_credits::Call::close { plan }));
		let all =
			pallet_balances::Call::transfer_all { dest: account(Dave).into(), keep_alive: false };
		assert_ok!(dispatch(Ferdie, all));
		assert!(!System::account_exists(&account(Ferdie)));
		give_units(plan, &account(Ferdie), units);
		assert_eq!(System::account_nonce(account(Ferdie)), 0);

		// While it is valid its commitment is remembered, and later it is not valid.
		let open = next_job();
		assert!(is_refused_for_its_fee(&block(vec![old.clone()])[0]));
		run_to_block(System::block_number() + 40);
		assert!(is_refused_for_its_fee(&block(vec![old.clone()])[0]));
		// With money for the fee, it fails and holds nothing.
		let dest = account(Ferdie).into();
		let value = units::TLY;
		assert_ok!(dispatch(Dave, pallet_balances::Call::transfer_keep_alive { dest, value }));
		let not_valid = pallet_inference::Error::<Runtime>::NotValidNow;
		assert_eq!(block(vec![old]), [Ok(Err(not_valid.into()))]);
		assert_eq!((next_job(), Assets::balance(plan, account(Ferdie))), (open, units));
	});
}

/// The most slots that a plan can have.
fn max_slots() -> u32 {
	<Runtime as pallet_credits::Config>::MaxSlots::get()
}

/// Eve serves her own model for dust, with as many slots as there can be, and never answers.
fn dust_market() -> Market {
	let tariff = Tariff { per_call: 1, ..TARIFF };
	market_of(PlanTerms { tariff, price: 1, slots: max_slots(), ..terms() })
}

/// Eve serves her own model on these terms.
fn market_of(terms: PlanTerms<BlockNumber>) -> Market {
	let model = model(Eve);
	let plan = plan_on(Eve, model.0, terms);
	Market::open(Eve, model, plan, Eve, Share::zero())
}

/// Accounts that have units of `plan`, bought by Eve, and nothing else.
fn attackers(plan: PlanId, count: u32) -> Vec<sr25519::Pair> {
	let units = least_units(plan) + 1_000_000;
	let attackers = (0..count)
		.map(|n| sr25519::Pair::from_string(&format!("//attacker//{n}"), None).unwrap())
		.collect::<Vec<_>>();
	for attacker in &attackers {
		assert_ok!(buy(Eve, plan, units));
		let (id, target) = (codec::Compact(plan), AccountId::from(attacker.public()).into());
		let transfer = pallet_assets::Call::transfer { id, target, amount: units };
		assert_ok!(dispatch(Eve, transfer));
	}
	attackers
}

#[test]
fn slots_that_inputs_never_come_for_are_free_again_in_minutes() {
	test_in_blocks(|| {
		let market = dust_market();
		let plan = market.plan;
		// Dave has units, and a native token; Ferdie has units alone.
		for who in [Dave, Ferdie] {
			assert_ok!(buy(who, plan, least_units(plan) + 1_000_000));
		}
		let all =
			pallet_balances::Call::transfer_all { dest: account(Dave).into(), keep_alive: false };
		assert_ok!(dispatch(Ferdie, all));
		// Each of a few accounts takes all its places, for as long as it can.
		let brief = configs::inference::FeelessDeadline::get();
		let now = System::block_number();
		let places = <Runtime as pallet_inference::Config>::FeelessJobs::get();
		let longest = |n: u32, deadline| {
			let valid_until = now + deadline;
			let params = market.params(n.into());
			pallet_inference::RequestParams { deadline, valid_until, max_units: 1, ..params }
		};
		for attacker in attackers(plan, max_slots().div_ceil(places)) {
			let who = AccountId::from(attacker.public());
			for n in 0..places {
				assert!(!Inference::is_feeless_request(&who, &longest(n, brief + 1)));
				let params = longest(n, brief);
				if SlotsTaken::<Runtime>::get(plan) < max_slots() {
					assert!(Inference::is_feeless_request(&who, &params));
				}
				assert_ok!(Inference::request(RuntimeOrigin::signed(who.clone()), params));
			}
		}
		assert_eq!(SlotsTaken::<Runtime>::get(plan), max_slots());
		// Who pays the fee needs no slot.
		let asks = |who, n: u64| transactions::signed(who, request(market.params(n)));
		let outcomes = block(vec![asks(Ferdie, 0), asks(Dave, 0)]);
		assert!(is_refused_for_its_fee(&outcomes[0]));
		assert_eq!(outcomes[1], Ok(Ok(())));
		// The others have a slot in seven minutes.
		let last = now + brief + configs::inference::Grace::get() + SPREAD as u32;
		assert!(last - now <= 7 * time::MINUTES);
		run_to_block(last);
		assert_eq!(SlotsTaken::<Runtime>::get(plan), 0);
		assert_eq!(block(vec![asks(Ferdie, 1)]), [Ok(Ok(()))]);
	});
}

/// How long the keys and values of a pallet are, all together.
fn stored_by(pallet: &str) -> u64 {
	let prefix = sp_io::hashing::twox_128(pallet.as_bytes());
	let (mut key, mut bytes) = (prefix.to_vec(), 0);
	while let Some(next) = sp_io::storage::next_key(&key).filter(|next| next.starts_with(&prefix)) {
		bytes += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
		key = next;
	}
	bytes as u64
}

#[test]
fn slots_pay_for_all_that_they_settle_while_it_stays() {
	test_in_blocks(|| {
		// What Eve settles at once stays for as long as ten requests take, one after another.
		let turn = configs::inference::SlotTurn::get();
		let terms = PlanTerms { price: 1, dispute_window: 10 * turn, slots: 2, ..terms() };
		let market = market_of(terms.clone());
		assert_ok!(buy(Ferdie, market.plan, least_units(market.plan) + 10_000_000));
		let all =
			pallet_balances::Call::transfer_all { dest: account(Dave).into(), keep_alive: false };
		assert_ok!(dispatch(Ferdie, all));
		let stored = || stored_by("Inference") + stored_by("Ledger");
		let (before, mut most, mut jobs) = (stored(), 0, 0);
		let (mut asked, mut open) = (0, Vec::new());
		while System::block_number() < 30 * turn {
			let answers = open.drain(..).map(|job| market.submission(market.receipt(job)));
			let mut transactions: Vec<_> = answers.collect();
			for _ in SlotsTaken::<Runtime>::get(market.plan)..terms.slots {
				let nonce = System::account_nonce(account(Ferdie)) + open.len() as Nonce;
				let ferdie = Ferdie.pair();
				transactions.push(signed_by(&ferdie, nonce, request(market.params(asked))));
				open.push(next_job() + open.len() as u64);
				asked += 1;
			}
			let outcomes = block(transactions);
			assert_eq!(outcomes.iter().find(|outcome| **outcome != Ok(Ok(()))), None);
			most = most.max(stored() - before);
			jobs = jobs.max(pallet_inference::Jobs::<Runtime>::iter_keys().count());
		}
		// Those of ten turns stay beside one that is asked; a turn takes a block more, until somebody asks.
		assert!((2 * 10..=2 * 11).contains(&jobs), "{jobs}");
		let paid = Credits::stored_bytes(&terms);
		assert!(paid >= most && paid < 2 * most, "{paid} for {most}");
	});
}

/// What Bob, who serves Alice's model, Eve, who has a share in it, Dave, whose model it was made from, Alice,
/// and the treasury get of `settlements` jobs of `units` units each, at a planck a unit.
fn incomes(settlements: u64, units: Balance) -> [Balance; 5] {
	// As many as an account can have open.
	let at_once: u32 = <Runtime as pallet_inference::Config>::MaxOpenJobs::get();
	let mut result = [0; 5];
	test_in_blocks(|| {
		let (parent, _) = model(Dave);
		let shares = [33, 7, 19].map(Share::from_percent);
		let model = model_with(Alice, vec![(parent, shares[0])], vec![(Eve, shares[1])]);
		let tariff = Tariff { per_call: 1, per_1k_output: 1_000, ..Default::default() };
		let plan = plan_on(Alice, model.0, PlanTerms { tariff, price: 1, ..terms() });
		let market = Market::open(Alice, model, plan, Bob, shares[2]);
		assert_ok!(buy(Charlie, plan, least_units(plan) + 20_000));

		let treasury = || Ledger::balance(&CurrencyId::Native, &Bucket::Treasury);
		let has = || [wealth(Bob), wealth(Eve), wealth(Dave), wealth(Alice), treasury()];
		let before = has();
		let all = (0..settlements).collect::<Vec<_>>();
		for some in all.chunks(at_once as usize) {
			let receipts = some.iter().map(|n| {
				let job = next_job();
				let params =
					pallet_inference::RequestParams { max_units: units, ..market.params(*n) };
				assert_ok!(dispatch(Charlie, request(params)));
				let completion = u32::try_from(units).unwrap() - 1;
				let tokens = tallystick_primitives::Tokens { completion, ..Default::default() };
				let response_bytes = completion + 1;
				let receipt = market.receipt(job);
				market.submission(tallystick_primitives::Receipt {
					tokens,
					units,
					response_bytes,
					..receipt
				})
			});
			let outcomes = block(receipts.collect());
			assert_eq!(outcomes.iter().find(|outcome| **outcome != Ok(Ok(()))), None);
		}
		run_to_block(System::block_number() + DISPUTE_WINDOW + 3);
		assert_eq!(pallet_inference::Jobs::<Runtime>::iter_keys().count(), 0);
		// What is below the threshold, too.
		for artifact in [model.0, parent] {
			assert_ok!(<Royalties as SettleRoyalties>::settle(artifact));
		}
		let after = has();
		result = std::array::from_fn(|n| after[n] - before[n]);
	});
	result
}

#[test]
fn ten_thousand_settlements_of_one_unit_pay_what_one_large_one_does() {
	let large = incomes(1, 10_000);
	assert_eq!(incomes(10_000, 1), large, "provider, contributor, owners, treasury");
	// A hundredth is the protocol's; the rest is shared.
	let gross = 9_900;
	assert_eq!(large, [gross * 19 / 100, gross * 7 / 100, gross * 33 / 100, gross * 41 / 100, 100]);
}

#[test]
fn ten_thousand_requests_that_lapse_take_a_bounded_share_of_each_block() {
	const LOOPS: u32 = 10_000;
	test_in_blocks(|| {
		let idle = dust_market();
		let dust = idle.plan;
		let attackers = attackers(dust, 100);
		// Charlie has credits for Alice's model, and no native token.
		let honest = market();
		assert_ok!(buy(Charlie, honest.plan, 1_000_000));
		let all =
			pallet_balances::Call::transfer_all { dest: account(Dave).into(), keep_alive: false };
		assert_ok!(dispatch(Charlie, all));

		let (most, block_most) =
			(normal_weight(), configs::system::RuntimeBlockWeights::get().max_block);
		let (mut done, mut served, mut open) = (0u32, 0u64, None);
		let mut nonces = vec![0; attackers.len()];
		while done < LOOPS {
			// A block in which the session changes takes no transactions.
			if u64::from(System::block_number()).is_multiple_of(time::EPOCH_DURATION_IN_SLOTS) {
				block(vec![]);
				continue;
			}
			// They take what is free, at once and before everybody else.
			let mut transactions = Vec::new();
			let mut free_slots = max_slots() - SlotsTaken::<Runtime>::get(dust);
			for (attacker, nonce) in attackers.iter().zip(&mut nonces) {
				let who = AccountId::from(attacker.public());
				let places: u32 = <Runtime as pallet_inference::Config>::FeelessJobs::get();
				let places: u32 = places - Consumers::<Runtime>::get(who).places_taken;
				for _ in 0..places.min(free_slots) {
					let params = idle.params(u64::from(*nonce));
					let max_units = 1;
					let valid_until = System::block_number() + 2;
					let params =
						pallet_inference::RequestParams { max_units, valid_until, ..params };
					transactions.push(signed_by(attacker, *nonce, request(params)));
					*nonce += 1;
					free_slots -= 1;
				}
			}
			let attacks = transactions.len();
			assert!(attacks <= usize::try_from(max_slots()).unwrap());
			// Charlie asks when his last question was answered, about as often as he may for nothing.
			let job = next_job() + u64::try_from(attacks).unwrap();
			let asks = open.is_none() && System::block_number().is_multiple_of(2);
			if asks {
				let params = honest.params(served);
				transactions.push(transactions::signed(Charlie, request(params)));
			}
			if let Some(job) = open.take() {
				transactions.push(honest.submission(honest.receipt(job)));
				served += 1;
			}
			if asks {
				open = Some(job);
			}
			let outcomes = block(transactions);
			assert_eq!(outcomes.iter().find(|outcome| **outcome != Ok(Ok(()))), None);
			done += u32::try_from(attacks).unwrap();
			let taken = *System::block_weight().get(DispatchClass::Normal);
			assert!(
				taken.ref_time() <= most.ref_time() / 2,
				"{attacks} requests take {taken:?} of {most:?}"
			);
			// With what lapses, which the chain does by itself.
			let all = System::block_weight().total().ref_time();
			assert!(all <= block_most.ref_time() / 2, "{attacks} requests and lapses: {all}");
		}
		assert!(served >= 100, "{served}");
	});
}

#[test]
fn a_flood_of_wrongly_signed_receipts_for_an_open_job_changes_nothing() {
	test_in_blocks(|| {
		let market = market();
		assert_ok!(buy(Charlie, market.plan, 100_000));
		let job = next_job();
		assert_ok!(dispatch(Charlie, request(market.params(0))));
		let other = tallystick_primitives::service_key::ServicePair::from_string("//Eve", None);
		let other = other.unwrap();
		let good = market.receipt(job);
		let state = || {
			let units = Assets::balance(market.plan, account(Charlie));
			(pallet_inference::Jobs::<Runtime>::get(job), units, next_job())
		};
		let before = state();
		for n in 0..500u64 {
			let receipt =
				tallystick_primitives::Receipt { ended_at: good.ended_at + n, ..good.clone() };
			let wrong = submission(&other, receipt);
			assert!(validate(wrong.clone()).is_err());
			if n < 10 {
				assert!(Executive::apply_extrinsic(wrong).is_err());
			}
		}
		assert_eq!(state(), before);
		assert_eq!(block(vec![market.submission(good)]), [Ok(Ok(()))]);
	});
}

#[test]
fn of_two_good_receipts_for_a_job_one_counts() {
	test_in_blocks(|| {
		let market = market();
		assert_ok!(buy(Charlie, market.plan, 100_000));
		let job = next_job();
		assert_ok!(dispatch(Charlie, request(market.params(0))));
		let first = market.receipt(job);
		let tokens = tallystick_primitives::Tokens { prompt: 11, ..first.tokens };
		let units = TARIFF.charge(&tokens);
		let second = tallystick_primitives::Receipt { tokens, units, ..first.clone() };
		assert_ne!(first.units, second.units);
		let transactions = [&first, &second].map(|receipt| market.submission(receipt.clone()));
		// The pool keeps one of them: they provide the same.
		let provides =
			transactions.clone().map(|transaction| validate(transaction).unwrap().provides);
		assert_eq!(provides[0], provides[1]);
		// A block that has both, has one.
		let outcomes = block(transactions.to_vec());
		assert_eq!(outcomes[0], Ok(Ok(())));
		assert!(outcomes[1].is_err());
		assert_eq!(Assets::balance(market.plan, account(Charlie)), 100_000 - first.units);
	});
}

/// After this it has no native token, and can pay no fee.
fn give_away_native(who: Sr25519Keyring) {
	let all = pallet_balances::Call::transfer_all { dest: account(Dave).into(), keep_alive: false };
	assert_ok!(dispatch(who, all));
}

/// `who`, who can pay no fee, is refused with `failing`, and with `call` inside of other calls.
fn assert_free_only_by_itself(who: Sr25519Keyring, call: &RuntimeCall, failing: RuntimeCall) {
	let proxied = pallet_proxy::Call::proxy {
		real: account(who).into(),
		force_proxy_type: None,
		call: Box::new(call.clone()),
	};
	let never_free: [RuntimeCall; 5] = [
		failing,
		pallet_utility::Call::batch { calls: vec![call.clone()] }.into(),
		pallet_utility::Call::batch_all { calls: vec![call.clone()] }.into(),
		pallet_utility::Call::force_batch { calls: vec![call.clone()] }.into(),
		proxied.into(),
	];
	for call in never_free {
		let outcomes = block(vec![transactions::signed(who, call.clone())]);
		assert!(is_refused_for_its_fee(&outcomes[0]), "{call:?}");
	}
}

#[test]
fn a_request_is_free_only_by_itself_and_only_if_it_succeeds() {
	test_in_blocks(|| {
		let market = market();
		let plan = market.plan;
		// Ferdie has units for one job, and no native token.
		let params = market.params(0);
		give_units(plan, &account(Ferdie), least_units(plan) + params.max_units);
		give_away_native(Ferdie);

		let wrong = pallet_inference::RequestParams { plan: 999, ..params.clone() };
		let good = request(params.clone());
		assert_free_only_by_itself(Ferdie, &good, request(wrong));

		// The second in a block with the same units.
		let second = request(market.params(1));
		let ferdie = Ferdie.pair();
		let both = vec![signed_by(&ferdie, 0, good), signed_by(&ferdie, 1, second)];
		let outcomes = block(both);
		assert_eq!(outcomes[0], Ok(Ok(())));
		assert!(is_refused_for_its_fee(&outcomes[1]));
	});
}

#[test]
fn credits_are_closed_for_free_only_by_the_call_itself_and_only_if_it_succeeds() {
	test_in_blocks(|| {
		let plan = market().plan;
		// Ferdie has units, and no native token.
		give_units(plan, &account(Ferdie), least_units(plan) + 10);
		give_away_native(Ferdie);

		let close: RuntimeCall = pallet_credits::Call::close { plan }.into();
		assert_free_only_by_itself(
			Ferdie,
			&close,
			pallet_credits::Call::close { plan: 999 }.into(),
		);

		// The second in a block finds nothing to close, and pays for that out of the refund.
		let ferdie = Ferdie.pair();
		let both = vec![signed_by(&ferdie, 0, close.clone()), signed_by(&ferdie, 1, close)];
		let before = Balances::free_balance(account(Ferdie));
		let outcomes = block(both);
		assert_eq!((before, outcomes[0]), (0, Ok(Ok(()))));
		let price = pallet_credits::Plans::<Runtime>::get(plan).unwrap().terms.price;
		let refund = (least_units(plan) + 10) * price;
		assert!(outcomes[1].unwrap().is_err());
		assert!((1..refund).contains(&Balances::free_balance(account(Ferdie))));
		assert_eq!(Assets::balance(plan, account(Ferdie)), 0);
	});
}

#[test]
fn what_an_issuer_does_to_its_asset_hurts_that_asset_alone() {
	test_in_blocks(|| {
		// Dave's asset is a currency, and Alice sells one of two models for it.
		let asset = asset(Dave, 1_000_000_000);
		let id = codec::Compact(asset);
		let currency = CurrencyId::WithId(asset);
		let pay = |to: AccountId, amount| {
			dispatch(Dave, pallet_assets::Call::transfer { id, target: to.into(), amount })
		};
		assert_ok!(pay(Ledger::vault_account(), 1));
		assert_ok!(pay(account(Charlie), 500_000_000));
		let admit =
			pallet_ledger::Call::admit_currency { currency: currency.clone(), threshold: 1 };
		assert_ok!(RuntimeCall::from(admit).dispatch(RuntimeOrigin::root()));
		let native = market();
		let terms = PlanTerms { currency: currency.clone(), price: 1_000, slots: 1, ..terms() };
		let plan = plan_on(Alice, native.artifact, terms);
		let foreign = Market { plan, ..native };
		let native_plan = foreign.plan - 1;
		assert_ok!(buy(Charlie, plan, 100_000));
		assert_ok!(buy(Charlie, native_plan, 100_000));
		let in_native =
			|n| pallet_inference::RequestParams { plan: native_plan, ..foreign.params(n) };

		// One job in each currency is answered, while Dave freezes his.
		let serve = |n: u64| {
			let jobs = [next_job(), next_job() + 1];
			assert_ok!(dispatch(Charlie, request(foreign.params(2 * n))));
			assert_ok!(dispatch(Charlie, request(in_native(2 * n + 1))));
			let receipts = jobs.map(|job| foreign.submission(foreign.receipt(job)));
			assert_eq!(block(receipts.to_vec()), [Ok(Ok(())); 2]);
			run_to_block(System::block_number() + DISPUTE_WINDOW + 3);
			check_all();
		};
		let alices =
			|| (Assets::balance(asset, account(Alice)), Balances::free_balance(account(Alice)));
		let claimable = || Ledger::balance(&currency, &Bucket::Claimable(account(Alice)));
		assert_ok!(dispatch(Dave, pallet_assets::Call::freeze_asset { id }));
		let before = alices();
		serve(0);
		assert_eq!(alices().0, before.0);
		assert!(alices().1 > before.1, "the native token goes on");
		assert!(claimable() > 0, "and what is Alice's is hers when it is freed");
		assert_ok!(dispatch(Dave, pallet_assets::Call::thaw_asset { id }));
		let claim =
			pallet_ledger::Call::claim { currency: currency.clone(), account: account(Alice) };
		let owed = claimable();
		assert_ok!(dispatch(Bob, claim.clone()));
		assert_eq!(alices().0, before.0 + owed);

		// Dave burns a part of what lies in the vault. It is marked, and stands still.
		let who = Ledger::vault_account().into();
		assert_ok!(dispatch(Dave, pallet_assets::Call::burn { id, who, amount: 1_000 }));
		let report = pallet_ledger::Call::report_impaired { currency: currency.clone() };
		assert_ok!(dispatch(Bob, report.clone()));
		assert!(buy(Charlie, plan, 1_000).is_err());
		let before = alices();
		let job = next_job();
		assert_ok!(dispatch(Charlie, request(in_native(10))));
		assert_eq!(block(vec![foreign.submission(foreign.receipt(job))]), [Ok(Ok(()))]);
		run_to_block(System::block_number() + DISPUTE_WINDOW + 3);
		assert!(alices().1 > before.1);
		assert_eq!(alices().0, before.0);
		check_all();
		// Made whole, it is a currency again.
		assert_ok!(pay(Ledger::vault_account(), 1_000));
		assert_ok!(dispatch(Bob, report.clone()));
		let before = alices();
		serve(1);
		assert!(alices().0 > before.0 && alices().1 > before.1);

		// Dave destroys it. Nothing of it moves any more, all else does.
		assert_ok!(dispatch(Dave, pallet_assets::Call::start_destroy { id }));
		let before = alices();
		serve(2);
		assert_eq!(alices().0, before.0);
		assert!(alices().1 > before.1);
	});
}
