//! Receipts.

use crate::{only_fees, BOUGHT, HELD, UNKNOWN, UNKNOWN_DIGEST};
use codec::Encode;
use pallet_inference::{InvalidReceipt, Jobs};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{Bob, Eve};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError, UnknownTransaction},
	DispatchError,
};
use tallystick_primitives::{
	commitment::{commit, Kind},
	service_key::ServiceSignature,
	Balance, Bucket, CountedBy, CurrencyId, FinishReason, JobId, Tokens,
};
use tallystick_runtime::{
	AccountId, BlockNumber, Hash, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic,
};
use tallystick_tests::{
	stage::{service_pair, PLAN, PRICE, SERVICE, TARIFF},
	state::State,
	Chain, Node,
};

/// Eve's jobs: one that is answered, one that is answered with an error, one that nobody answers.
const ANSWERED: JobId = 0;
const FAILED: JobId = 1;
const LATE: JobId = 2;

type Receipt = tallystick_primitives::Receipt<AccountId>;
type Job = pallet_inference::Job<AccountId, BlockNumber>;

/// What the good receipt charges: the call, and its tokens.
const TOKENS: Tokens = Tokens { prompt: 20, cached: 5, completion: 9, reasoning: 2 };
const CHARGE: Balance = 30;

fn job(chain: &Chain, id: JobId) -> Job {
	chain.read(Jobs::<Runtime>::hashed_key_for(id), chain.best()).expect("there is a job")
}

/// The receipt that a job can have.
fn receipt(chain: &Chain, id: JobId) -> Receipt {
	let job = job(chain, id);
	let response = b"{}".repeat(500);
	assert_eq!(TARIFF.charge(&TOKENS), CHARGE);
	Receipt {
		job: id,
		artifact: job.artifact,
		version: job.version,
		provider: job.provider,
		endpoint: job.endpoint,
		request: job.request,
		response: commit(Kind::Response, &[id as u8; 32], &response),
		parameters: job.parameters,
		request_bytes: 1_000,
		response_bytes: 1_000,
		tokens: TOKENS,
		counted_by: CountedBy::Backend,
		units: CHARGE,
		finish: FinishReason::Stop,
		started_at: job.requested_time,
		ended_at: job.requested_time + 1_000,
		previous: Hash::zero(),
	}
}

fn sign(receipt: &Receipt, secret: &str, genesis: Hash) -> ServiceSignature {
	service_pair(secret).sign(&receipt.signing_hash(&genesis))
}

/// The transaction that the provider's node would send.
fn transaction(chain: &Chain, receipt: Receipt) -> Vec<u8> {
	let signature = sign(&receipt, SERVICE, chain.genesis());
	Chain::general(receipt, signature)
}

/// That a transaction is refused for this reason: by the chain, and by the pool in as many words.
fn assert_refused(what: &str, chain: &Chain, transaction: &[u8], reason: InvalidReceipt) {
	let error = TransactionValidityError::from(reason);
	assert_eq!(chain.validate(transaction, chain.best()), Err(error), "{what}");
	let refusal = chain.submit(transaction).expect_err(what);
	let said = (refusal.code, refusal.message.as_str(), refusal.data.as_str().unwrap());
	let code = reason.code();
	match error {
		TransactionValidityError::Invalid(_) => {
			assert_eq!(said, (1010, "Invalid Transaction", &*format!("Custom error: {code}")))
		}
		TransactionValidityError::Unknown(_) => {
			assert_eq!(said, (1011, "Unknown Transaction Validity", &*format!("Custom({code})")))
		}
	}
}

pub fn are_refused(chain: &Chain) {
	let good = receipt(chain, ANSWERED);
	let sent = only_fees(chain, || {
		wrong_receipts(chain, &good);
		wrong_signatures(chain, &good);
	});
	assert_eq!(sent, 0);
	let sent = only_fees(chain, || wrong_transactions(chain, &good));
	assert_eq!(sent, 3);
	// Nothing of it is in the way of the good one.
	assert!(job(chain, ANSWERED).is_open());
}

/// What the provider itself signs.
fn wrong_receipts(chain: &Chain, good: &Receipt) {
	use InvalidReceipt::*;
	type Change = fn(&mut Receipt);
	let cases: [(Change, InvalidReceipt); 12] = [
		(|receipt| receipt.job = UNKNOWN.into(), JobUnknown),
		(|receipt| receipt.job = FAILED, WrongRequest),
		(|receipt| receipt.provider = Bob.to_account_id(), WrongProvider),
		(|receipt| receipt.artifact = UNKNOWN, WrongArtifact),
		(|receipt| receipt.version = UNKNOWN_DIGEST, WrongVersion),
		(|receipt| receipt.started_at -= 4_000, StartsBeforeRequest),
		(|receipt| receipt.ended_at += 3_600_000, EndsInFuture),
		(|receipt| receipt.units += 1, WrongCharge),
		(|receipt| receipt.units = Balance::MAX, WrongCharge),
		// As the tariff says, and more than is held.
		(
			|receipt| {
				receipt.tokens.completion += (HELD - CHARGE) as u32 + 1;
				receipt.units = HELD + 1;
			},
			ChargeExceedsHold,
		),
		// More tokens than there are bytes.
		(|receipt| receipt.tokens.prompt = 1_001, PromptExceedsRequest),
		(|receipt| receipt.finish = FinishReason::Error, ChargeForNothing),
	];
	for (change, reason) in cases {
		let mut bad = good.clone();
		change(&mut bad);
		assert_refused(&format!("{reason:?}"), chain, &transaction(chain, bad), reason);
	}
}

/// What others sign, and what is for another chain.
fn wrong_signatures(chain: &Chain, good: &Receipt) {
	let genesis = chain.genesis();
	let other_chain = Hash::repeat_byte(9);
	let other_receipt = Receipt { ended_at: good.ended_at + 1, ..good.clone() };
	for (what, signature) in [
		("another provider's service key", sign(good, "//Bob//service", genesis)),
		("the provider's account", sign(good, "//Alice", genesis)),
		("another chain", sign(good, SERVICE, other_chain)),
		("another receipt", sign(&other_receipt, SERVICE, genesis)),
	] {
		let transaction = Chain::general(good.clone(), signature);
		assert_refused(what, chain, &transaction, InvalidReceipt::BadSignature);
	}
}

/// A good receipt comes in by itself, not in an account's transaction.
fn wrong_transactions(chain: &Chain, good: &Receipt) {
	let signature = sign(good, SERVICE, chain.genesis());
	let submit: RuntimeCall =
		pallet_inference::Call::submit_receipt { receipt: good.clone(), signature }.into();
	let calls = vec![submit.clone()];
	let batch = pallet_utility::Call::batch_all { calls: calls.clone() }.into();
	let as_derivative =
		pallet_utility::Call::as_derivative { index: 0, call: Box::new(submit.clone()) }.into();
	for included in chain.call(Eve, vec![submit.clone(), batch, as_derivative]) {
		assert_eq!(included.result, Err(DispatchError::BadOrigin));
	}
	// Nor without what checks it.
	let bare = UncheckedExtrinsic::new_bare(submit).encode();
	let refusal = chain.submit(&bare).unwrap_err();
	assert_eq!(refusal.code, 1011, "{refusal:?}");
	let error = UnknownTransaction::NoUnsignedValidator.into();
	assert_eq!(chain.validate(&bare, chain.best()), Err(error));
}

// ---------------------------------------------------------------------------------------------------
// The ends of jobs.

/// Eve's units, and the money that is behind them.
#[derive(Debug, PartialEq, Eq)]
struct Books {
	free: Balance,
	held: Balance,
	in_issue: Balance,
	escrow: Balance,
	maturing: Balance,
}

impl Books {
	fn now(node: &Node, chain: &Chain) -> Self {
		let number = |value: &serde_json::Value| value.as_str().unwrap().parse().unwrap();
		let plan = PLAN.to_string();
		let units = node.tally("//Eve", &["credits", "balance", "--plan", &plan]).good();
		let plan = node.tally("//Eve", &["plan", "show", &plan]).good();
		let bucket = |bucket| {
			let native = CurrencyId::Native;
			let key = pallet_ledger::Balances::<Runtime>::hashed_key_for(native, bucket);
			chain.read(key, chain.best()).unwrap_or_default()
		};
		Self {
			free: number(&units["credits"][0]["free"]),
			held: number(&units["credits"][0]["held"]),
			in_issue: number(&plan["units_in_issue"]),
			escrow: bucket(Bucket::Escrow(PLAN)),
			maturing: bucket(Bucket::Maturing(ANSWERED)),
		}
	}

	/// With so many units charged, and so many held.
	fn with(charged: Balance, held: Balance) -> Self {
		let in_issue = BOUGHT - charged;
		Self {
			free: in_issue - held,
			held,
			in_issue,
			escrow: in_issue * PRICE,
			maturing: charged * PRICE,
		}
	}
}

/// Hands in a receipt that has to be taken, and nobody pays for that.
fn assert_accepted(chain: &Chain, receipt: &Receipt) -> Vec<u8> {
	let first = chain.best_number();
	let before = State::at(chain, chain.best());
	let transaction = transaction(chain, receipt.clone());
	chain.submit(&transaction).expect("it is good");
	let included = chain.wait_for_inclusion(&transaction, first);
	assert_eq!(included.result, Ok(()));
	let accepted = included.events.iter().any(|event| {
		let RuntimeEvent::Inference(pallet_inference::Event::ReceiptAccepted {
			receipt: taken,
			hash,
			..
		}) = event
		else {
			return false;
		};
		taken == receipt && *hash == receipt.hash()
	});
	assert!(accepted, "{:?}", included.events);
	let changes = State::at(chain, included.block).since(&before);
	assert!(changes.senders.is_empty() && !changes.others.is_empty(), "{changes:?}");
	transaction
}

pub fn settle_a_job_once(node: &Node, chain: &Chain) {
	assert_eq!(Books::now(node, chain), Books::with(0, 3 * HELD));
	let good = receipt(chain, ANSWERED);
	let accepted = assert_accepted(chain, &good);
	assert_eq!(Books::now(node, chain), Books::with(CHARGE, 2 * HELD));
	let status = &node.tally("//Eve", &["job", "show", "0"]).good()["status"];
	assert_eq!((&status["state"], &status["units"]), (&"settled".into(), &"30".into()));

	let sent = only_fees(chain, || {
		// The same bytes. What the pool says depends on how long it remembers them.
		let refused = InvalidTransaction::Custom(InvalidReceipt::JobNotOpen.code());
		assert_eq!(chain.validate(&accepted, chain.best()), Err(refused.into()));
		let refusal = chain.submit(&accepted).unwrap_err();
		assert!((1010..=1014).contains(&refusal.code), "{refusal:?}");
		let reason = InvalidReceipt::JobNotOpen;
		assert_refused("signed anew", chain, &transaction(chain, good.clone()), reason);
		let other = Receipt { units: 0, finish: FinishReason::Error, ..good };
		assert_refused("another", chain, &transaction(chain, other), reason);
	});
	assert_eq!(sent, 0);
}

pub fn end_a_job_without_a_charge(node: &Node, chain: &Chain) {
	let good = receipt(chain, FAILED);
	let error = Receipt { units: 0, finish: FinishReason::Error, ..good.clone() };
	assert_accepted(chain, &error);
	assert_eq!(Books::now(node, chain), Books::with(CHARGE, HELD));
	let sent = only_fees(chain, || {
		let reason = InvalidReceipt::JobEnded;
		assert_refused("the same", chain, &transaction(chain, error), reason);
		assert_refused("a charge after all", chain, &transaction(chain, good), reason);
	});
	assert_eq!(sent, 0);
}

/// A job that nobody answers in time: its receipt, and the last block that can have it.
pub struct Late {
	receipt: Receipt,
	expires: BlockNumber,
}

impl Late {
	pub fn of(chain: &Chain) -> Self {
		Self { receipt: receipt(chain, LATE), expires: job(chain, LATE).expires }
	}
}

pub fn are_refused_after_the_grace(node: &Node, chain: &Chain, late: Late) {
	let Late { receipt, expires } = late;
	let late = transaction(chain, receipt);
	// What comes after the block before is in time.
	let before = chain.wait_for_block(expires - 1);
	assert!(chain.validate(&late, before).is_ok());
	let last = chain.wait_for_block(expires);
	let reason = InvalidReceipt::Expired;
	assert_eq!(chain.validate(&late, last), Err(reason.into()));
	// Then the job lapses, and its units are free.
	chain.wait_for_block(expires + 1);
	assert_eq!(Books::now(node, chain), Books::with(CHARGE, 0));
	let sent = only_fees(chain, || {
		assert_refused("too late", chain, &late, InvalidReceipt::JobEnded);
	});
	assert_eq!(sent, 0);
}
