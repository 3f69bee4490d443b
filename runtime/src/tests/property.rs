//! Artifacts as property, with everything that is joined to them: what they earned when they change
//! hands or shares, versions that go, and licences that plans obey.

use super::{market::*, *};
use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use pallet_registry::{LeastAmount, WithdrawalKind};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};

type Call = pallet_registry::Call<Runtime>;
type Error = pallet_registry::Error<Runtime>;

const UNITS: Balance = 100_000;

fn pending(artifact: ArtifactId) -> Balance {
	Ledger::balance(&CurrencyId::Native, &Bucket::Pending(artifact))
}

/// Hands the next job to the market's provider, and answers it. Returns what its money comes to,
/// fee taken off, when it matures.
fn use_once(market: &Market, n: u64) -> Balance {
	let job = next_job();
	assert_ok!(dispatch(Ferdie, pallet_inference::Call::request { params: market.params(n) }));
	let receipt = market.receipt(job);
	let paid = receipt.units * PRICE;
	assert_eq!(block(vec![market.submission(receipt)]), [Ok(Ok(()))]);
	paid - paid / 100
}

/// Alice's model in which Dave has a fifth, which Bob serves for half, and for which Ferdie has units.
fn shared_market() -> Market {
	let model = model_with(Alice, Vec::new(), vec![(Dave, Share::from_percent(20))]);
	let plan = plan_for(Alice, model.0);
	let market = Market::open(Alice, model, plan, Bob, Share::from_percent(50));
	assert_ok!(buy(Ferdie, plan, UNITS));
	market
}

/// Lets money that has matured wait: it is worth a payout, but not for this artifact.
fn raise_the_threshold() {
	let admit = pallet_ledger::Call::admit_currency {
		currency: CurrencyId::Native,
		threshold: 1_000_000 * units::TLY,
	};
	assert_ok!(RuntimeCall::from(admit).dispatch(RuntimeOrigin::root()));
}

/// Runs on until the money of all jobs has matured.
fn mature() {
	run_to_block(System::block_number() + DISPUTE_WINDOW + 1);
}

#[test]
fn what_is_pending_at_a_gift_is_the_old_owners_and_the_deposit_is_the_new_ones() {
	test_in_blocks(|| {
		let market = shared_market();
		raise_the_threshold();
		let artifact = market.artifact;
		let before = [Alice, Charlie, Dave].map(wealth);
		let first = use_once(&market, 1);
		mature();
		assert!(pending(artifact) > 0, "it waits below the threshold");

		assert_ok!(dispatch(Alice, Call::offer_gift { artifact, to: account(Charlie) }));
		let held = |who| Balances::reserved_balance(account(who));
		let (deposits, own) = (held(Alice), held(Charlie));
		let bytes = Registry::artifact(artifact).unwrap().stored_bytes;
		assert_ok!(dispatch(Charlie, Call::accept_gift { artifact, max_bytes: bytes }));
		check_all();
		assert!(held(Charlie) > own && held(Alice) < deposits);
		assert_eq!(held(Alice) + held(Charlie), deposits + own);

		let second = use_once(&market, 2);
		mature();
		assert_ok!(dispatch(Charlie, Call::offer_gift { artifact, to: account(Alice) }));
		assert_ok!(dispatch(Alice, Call::accept_gift { artifact, max_bytes: bytes }));
		assert_eq!((held(Alice), held(Charlie)), (deposits, own));
		let gained = [Alice, Charlie, Dave].map(wealth).into_iter().zip(before);
		let gained: Vec<_> = gained.map(|(now, before)| now - before).collect();
		// Three tenths are the owner's, and a fifth is Dave's, whoever owns it.
		assert_eq!(gained, [first * 3 / 10, second * 3 / 10, (first + second) / 5]);
	});
}

#[test]
fn the_deposit_for_plans_changes_hands_with_the_artifact() {
	test(|| {
		let held = |who| Balances::reserved_balance(account(who));
		let hand = |from, artifact, to| {
			assert_ok!(dispatch(from, Call::offer_gift { artifact, to: account(to) }));
			let max_bytes = Registry::artifact(artifact).unwrap().stored_bytes;
			assert_ok!(dispatch(to, Call::accept_gift { artifact, max_bytes }));
			check_all();
		};
		let before = [Alice, Charlie, Dave].map(held);
		let (artifact, _) = model(Alice);
		let seen = Registry::artifact(artifact).unwrap().stored_bytes;
		let for_the_model = held(Alice) - before[0];
		let plans = [plan_for(Alice, artifact), plan_for(Alice, artifact)];
		let deposit = held(Alice) - before[0];
		assert!(deposit > for_the_model + 2 * 16 * units::deposit(0, 3_300), "slots are dear");

		// Plans that were opened after a look at the gift are not taken along unseen.
		assert_ok!(dispatch(Alice, Call::offer_gift { artifact, to: account(Charlie) }));
		let unseen = Call::accept_gift { artifact, max_bytes: seen };
		assert_eq!(dispatch(Charlie, unseen), Err(Error::GiftTooLarge.into()));
		assert_ok!(dispatch(Charlie, Call::cancel_gift { artifact }));

		// In a loop, whoever has the artifact has the deposit for its plans, and nobody else.
		for _ in 0..3 {
			hand(Alice, artifact, Charlie);
			assert_eq!([Alice, Dave].map(held), [before[0], before[2]]);
			assert_eq!(held(Charlie), before[1] + deposit);
			hand(Charlie, artifact, Dave);
			hand(Dave, artifact, Alice);
			assert_eq!([Charlie, Dave].map(held), [before[1], before[2]]);
			assert_eq!(held(Alice), before[0] + deposit);
		}

		// The old owner has no part in the plans any more, and the new one pays for more of them.
		hand(Alice, artifact, Charlie);
		let not_owner = pallet_credits::Error::<Runtime>::NotOwner;
		let retire = |plan| pallet_credits::Call::retire_plan { plan };
		assert_eq!(dispatch(Alice, retire(plans[0])), Err(not_owner.into()));
		assert_ok!(dispatch(Charlie, retire(plans[0])));
		plan_for(Charlie, artifact);
		let for_a_plan = (deposit - for_the_model) / 2;
		assert_eq!(held(Charlie), before[1] + deposit + for_a_plan);
		assert_eq!(held(Alice), before[0]);
	});
}

#[test]
fn what_is_on_its_way_when_an_artifact_changes_hands_is_the_new_owners() {
	test_in_blocks(|| {
		let market = shared_market();
		let artifact = market.artifact;
		let before = [Alice, Charlie].map(wealth);
		let gross = use_once(&market, 1);
		assert_ok!(dispatch(Alice, Call::offer_gift { artifact, to: account(Charlie) }));
		assert_ok!(dispatch(Charlie, Call::accept_gift { artifact, max_bytes: u64::MAX }));
		mature();
		mature();
		assert_eq!([Alice, Charlie].map(wealth), [before[0], before[1] + gross * 3 / 10]);
	});
}

#[test]
fn a_share_earns_from_when_it_is_had_until_it_is_given_up() {
	test_in_blocks(|| {
		let market = shared_market();
		raise_the_threshold();
		let artifact = market.artifact;
		let before = [Alice, Dave, Eve].map(wealth);
		let mut gross = Vec::new();
		let mut next = |n| {
			gross.push(use_once(&market, n));
			mature();
		};
		next(1);
		let contributor = Contributor { account: account(Eve), share: Share::from_percent(10) };
		assert_ok!(dispatch(Alice, Call::add_contributor { artifact, contributor }));
		next(2);
		assert_ok!(dispatch(Dave, Call::renounce_share { artifact }));
		next(3);
		assert_ok!(dispatch(Eve, Call::transfer_share { artifact, to: account(Dave) }));
		next(4);
		assert_ok!(dispatch(Dave, Call::renounce_share { artifact }));
		check_all();
		let part = |n: usize, tenths: Balance| gross[n] * tenths / 10;
		let gained = [Alice, Dave, Eve].map(wealth).into_iter().zip(before);
		let gained: Vec<_> = gained.map(|(now, before)| now - before).collect();
		assert_eq!(
			gained,
			[
				part(0, 3) + part(1, 2) + part(2, 4) + part(3, 4),
				part(0, 2) + part(1, 2) + part(3, 1),
				part(1, 1) + part(2, 1),
			]
		);
	});
}

#[test]
fn shares_leave_room_for_the_dearest_provider_that_there_was() {
	test(|| {
		let market = shared_market();
		let (artifact, version) = (market.artifact, market.version);
		let give = |percent| {
			let share = Share::from_percent(percent);
			let contributor = Contributor { account: account(Eve), share };
			dispatch(Alice, Call::add_contributor { artifact, contributor })
		};
		assert_eq!(give(31), Err(Error::SharesExceedWhole.into()));
		// Gone, but jobs of it can be open.
		let provider = account(Bob);
		let withdraw = pallet_providers::Call::withdraw_offering { artifact, version, provider };
		assert_ok!(dispatch(Alice, withdraw));
		assert_eq!(give(31), Err(Error::SharesExceedWhole.into()));
		assert_ok!(give(30));
	});
}

#[test]
fn a_withdrawn_version_is_neither_offered_nor_requested_nor_in_a_plan_and_its_jobs_end() {
	test_in_blocks(|| {
		let market = shared_market();
		let (artifact, version) = (market.artifact, market.version);
		let named = pallet_assets::NextAssetId::<Runtime>::get().unwrap();
		assert_ok!(open_plan(Alice, artifact, vec![version]));
		assert_ok!(buy(Ferdie, named, 1_000));
		let (answered, lapses) = (next_job(), next_job() + 1);
		for n in [1, 2] {
			let params = market.params(n);
			assert_ok!(dispatch(Ferdie, pallet_inference::Call::request { params }));
		}
		let kind = WithdrawalKind::Safety;
		let note = Default::default();
		assert_ok!(dispatch(Alice, Call::withdraw_version { artifact, version, kind, note }));

		let not_found = pallet_inference::Error::<Runtime>::VersionNotFound;
		let request = pallet_inference::Call::request { params: market.params(3) };
		assert_eq!(dispatch(Ferdie, request), Err(not_found.into()));
		let not_found = pallet_providers::Error::<Runtime>::VersionNotFound;
		register_provider(Charlie);
		let share = Share::zero();
		let offer = pallet_providers::Call::offer { artifact, version, share, min_deadline: 3 };
		assert_eq!(dispatch(Charlie, offer), Err(not_found.into()));
		let other = Digest::repeat_byte(4);
		let info = VersionInfo {
			format: bounded(b"gguf"),
			files: 1,
			bytes: 1,
			locators: Default::default(),
		};
		// With its only version withdrawn it sells nothing at all; with another, not this one.
		let withdrawn = Err(Error::ArtifactWithdrawn.into());
		assert_eq!(buy(Ferdie, market.plan, 1), withdrawn);
		assert_eq!(open_plan(Alice, artifact, vec![]), withdrawn);
		assert_ok!(dispatch(Alice, Call::publish { artifact, version: other, info }));
		let not_found = pallet_credits::Error::<Runtime>::VersionNotFound;
		assert_eq!(open_plan(Alice, artifact, vec![version]), Err(not_found.into()));
		assert_ok!(open_plan(Alice, artifact, vec![other]));
		assert_ok!(buy(Ferdie, market.plan, 1));
		// A plan that names this one alone has nothing to sell any more.
		let not_found = pallet_credits::Error::<Runtime>::VersionNotFound;
		assert_eq!(buy(Ferdie, named, 1), Err(not_found.into()));

		// What was asked before is answered and paid for, or lapses.
		let receipt = market.receipt(answered);
		assert_eq!(block(vec![market.submission(receipt)]), [Ok(Ok(()))]);
		let expires = pallet_inference::Jobs::<Runtime>::get(lapses).unwrap().expires;
		run_to_block(expires + 2);
		assert!(pallet_inference::Jobs::<Runtime>::iter().next().is_none());
		assert!(wealth(Dave) > 0);
	});
}

#[test]
fn a_version_is_served_until_its_notice_is_over() {
	test_in_blocks(|| {
		let market = shared_market();
		let (artifact, version) = (market.artifact, market.version);
		let kind = WithdrawalKind::Superseded;
		let note = bounded(b"take 2");
		assert_ok!(dispatch(Alice, Call::withdraw_version { artifact, version, kind, note }));
		let from = System::block_number() + pallet_registry::NoticePeriod::<Runtime>::get();
		run_to_block(from - 1);
		let request = |n| pallet_inference::Call::request { params: market.params(n) };
		assert_ok!(dispatch(Ferdie, request(1)));
		run_to_block(from);
		let not_found = pallet_inference::Error::<Runtime>::VersionNotFound;
		assert_eq!(dispatch(Ferdie, request(2)), Err(not_found.into()));
	});
}

/// Opens a plan for these versions, as [`plan_for`] does.
fn open_plan(owner: Sr25519Keyring, artifact: ArtifactId, versions: Vec<Digest>) -> DispatchResult {
	let terms = PlanTerms { versions: bounded_list(versions), slots: 0, ..terms() };
	create_plan(owner, artifact, terms)
}

#[test]
fn a_plan_pays_a_parent_the_least_amount_of_its_licence() {
	test(|| {
		let (parent, _) = model(Alice);
		let licence = |per_1k_tokens| Licence {
			least_amount: Some(LeastAmount {
				currency: CurrencyId::Native,
				per_call: 10 * PRICE,
				per_1k_tokens,
			}),
			..free_licence()
		};
		let child = |artifact, licence: &Licence<BlockNumber>| Call::register {
			kind: ArtifactKind::Adapter,
			metadata: pallet_registry::Artifacts::<Runtime>::get(parent).unwrap().metadata,
			licence: free_licence(),
			parents: bounded_list(vec![ParentClaim {
				artifact,
				relation: Relation::FineTunedFrom,
				share: Share::from_percent(10),
				terms: licence.agreed_hash(),
			}]),
			contributors: Default::default(),
		};
		// A tenth of a call's 100 units, and of the 100 units of 1,000 cached tokens.
		for (asked, outcome) in
			[(10 * PRICE, Ok(())), (10 * PRICE + 1, Err(Error::AmountBelowLeast.into()))]
		{
			let licence = licence(asked);
			let update = Call::update_licence { artifact: parent, licence: licence.clone() };
			assert_ok!(dispatch(Alice, update));
			let id = pallet_registry::NextArtifactId::<Runtime>::get();
			let unseen = Err(Error::LicenceChanged.into());
			assert_eq!(dispatch(Bob, child(parent, &free_licence())), unseen);
			assert_ok!(dispatch(Bob, child(parent, &licence)));
			assert_eq!(open_plan(Bob, id, vec![]), outcome);
			// What the parent asks for later changes nothing.
			let licence = free_licence();
			assert_ok!(dispatch(Alice, Call::update_licence { artifact: parent, licence }));
			assert_eq!(open_plan(Bob, id, vec![]), outcome);
		}
	});
}

#[test]
fn every_call_of_the_registry_fits_a_block_however_many_currencies_there_are() {
	use frame_support::dispatch::DispatchClass;
	let weights = configs::system::RuntimeBlockWeights::get();
	let most = weights.get(DispatchClass::Normal).max_extrinsic.unwrap();
	let accept = Call::accept_gift { artifact: 0, max_bytes: 0 };
	let weight = RuntimeCall::from(accept).get_dispatch_info().call_weight;
	// So that many fit.
	assert!((weight * 4).all_lte(most), "{weight:?} of {most:?}");
}

#[test]
fn a_deposit_that_is_held_and_owed_by_nothing_is_found() {
	use frame_support::traits::fungible::MutateHold;
	test(|| {
		model(Alice);
		let reason = RuntimeHoldReason::Registry(pallet_registry::HoldReason::Storage);
		let found =
			Err("other deposits are held for the registry than its artifacts and requests say");
		for who in [Alice, Bob] {
			invariants::check().unwrap();
			assert_ok!(Balances::hold(&reason, &account(who), 1));
			assert_eq!(invariants::check().map_err(<&str>::from), found);
			let exact = frame_support::traits::tokens::Precision::Exact;
			assert_ok!(Balances::release(&reason, &account(who), 1, exact));
		}
	});
}
