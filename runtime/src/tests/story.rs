//! One inference from its sale to its royalties, in blocks, by transactions.

use super::*;
use frame_support::assert_ok;
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_inference::{InlineInput, JobInput, RequestParams};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use tallystick_primitives::{
	commitment::{commit, Kind},
	runtime_api::{runtime_decl_for_tallystick_api::TallystickApiV1, JobStatusView},
	service_key::{ownership_hash, ServicePair},
	Books, Bucket, CountedBy, EndpointKind, FinishReason, Receipt, Share, Tokens,
};

const SALT: [u8; 32] = [7; 32];
const REQUEST: &[u8] = br#"{"messages":[{"role":"user","content":"How many?"}]}"#;
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
	before_the_first_block(DEV_RUNTIME_PRESET).execute_with(|| {
		block(vec![]);
		let (artifact, version) = model_with(Alice, vec![(Dave, Share::from_percent(20))]);
		let plan = plan_for(Alice, artifact);
		let genesis = System::block_hash(0);
		let pair = ServicePair::from_string("//Bob//service", None).unwrap();
		let proof = pair.sign(&ownership_hash(&genesis, &account(Bob)));
		let endpoints = vec![bounded(b"wss://bob.example")].try_into().unwrap();
		let service_key = pair.public();
		transact(
			Bob,
			pallet_inference::Call::register_provider {
				service_key: service_key.clone(),
				endpoints,
				proof,
			},
		);
		let share = Share::from_percent(50);
		transact(Bob, pallet_inference::Call::offer { artifact, version, share, min_deadline: 3 });
		let provider = account(Bob);
		transact(
			Alice,
			pallet_inference::Call::accept_offering { artifact, version, provider, share },
		);
		assert_eq!(Runtime::provider_of(service_key), Some(account(Bob)));

		// Charlie has the minimum balance of the class left when all is spent.
		assert_ok!(buy(Charlie, plan, UNITS));
		let before = [Alice, Bob, Charlie, Dave].map(free);
		let input =
			InlineInput { salt: SALT, request: bounded(REQUEST), parameters: bounded(b"{}") };
		let params = RequestParams {
			plan,
			version,
			provider: None,
			endpoint: EndpointKind::ChatCompletions,
			input: JobInput::Inline(input),
			max_units: 50_000,
			deadline: 10,
			valid_until: System::block_number() + 10,
		};
		let job = pallet_inference::NextJobId::<Runtime>::get();
		let fee = transact(Charlie, pallet_inference::Call::request { params });
		assert_eq!(fee, 0);
		let view = Runtime::job(job).unwrap();
		assert_eq!((view.provider, view.units_held), (account(Bob), 50_000));
		assert_eq!(view.status, JobStatusView::Open);
		check_all();

		let now = Timestamp::get();
		let tokens = Tokens { prompt: 10, completion: 5, ..Default::default() };
		let receipt = Receipt {
			job,
			artifact,
			version,
			provider: account(Bob),
			endpoint: EndpointKind::ChatCompletions,
			request: commit(Kind::Request, &SALT, REQUEST),
			response: commit(Kind::Response, &SALT, b"Three."),
			parameters: commit(Kind::Parameters, &SALT, b"{}"),
			request_bytes: REQUEST.len().try_into().unwrap(),
			response_bytes: 6,
			tokens,
			counted_by: CountedBy::Backend,
			units: TARIFF.charge(&tokens),
			finish: FinishReason::Stop,
			started_at: now,
			ended_at: now,
			previous: Default::default(),
		};
		let signature = pair.sign(&receipt.signing_hash(&genesis));
		let charge = receipt.units;
		let hash = receipt.hash();
		let call = pallet_inference::Call::submit_receipt { receipt, signature };
		let submission = <Runtime as CreateAuthorizedTransaction<
			pallet_inference::Call<Runtime>,
		>>::create_authorized_transaction(call.into());
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
	before_the_first_block(DEV_RUNTIME_PRESET).execute_with(|| {
		block(vec![]);
		let (artifact, version) = model(Alice);
		let plan = plan_for(Alice, artifact);
		let pair = ServicePair::from_string("//Alice//service", None).unwrap();
		let proof = pair.sign(&ownership_hash(&System::block_hash(0), &account(Alice)));
		let endpoints = vec![bounded(b"wss://alice.example")].try_into().unwrap();
		let register = pallet_inference::Call::register_provider {
			service_key: pair.public(),
			endpoints,
			proof,
		};
		transact(Alice, register);
		let share = Share::zero();
		transact(
			Alice,
			pallet_inference::Call::offer { artifact, version, share, min_deadline: 3 },
		);
		assert_ok!(buy(Charlie, plan, UNITS));
		let input = JobInput::Committed {
			request: commit(Kind::Request, &SALT, REQUEST),
			parameters: commit(Kind::Parameters, &SALT, b"{}"),
		};
		let params = RequestParams {
			plan,
			version,
			provider: Some(account(Alice)),
			endpoint: EndpointKind::ChatCompletions,
			input,
			max_units: 1_000,
			deadline: 3,
			valid_until: System::block_number() + 10,
		};
		let job = pallet_inference::NextJobId::<Runtime>::get();
		transact(Charlie, pallet_inference::Call::request { params });
		let expires = pallet_inference::Jobs::<Runtime>::get(job).unwrap().expires;
		while System::block_number() <= expires + 1 {
			block(vec![]);
		}
		assert_eq!(Runtime::job(job), None);
		assert_eq!(Assets::balance(plan, account(Charlie)), UNITS);
		check_all();
	});
}
