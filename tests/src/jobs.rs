//! Jobs from outside: what is asked, and what came of it by the blocks of a chain.

use crate::{
	chain::{hex0x, Chain},
	node::wait_for,
	stage::{OWNER, PLAN, PRICE, VERSION},
	state::within,
};
use codec::Decode;
use frame_support::{
	traits::{
		fungible::Inspect,
		fungibles::{Inspect as _, InspectHold},
	},
	Hashable, StoragePrefixedMap,
};
use pallet_inference::{InlineInput, JobInput, JobStatus, Jobs, RequestParams};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{self, Charlie};
use sp_runtime::{traits::AccountIdConversion, BoundedVec};
use std::collections::BTreeMap;
use tallystick_primitives::{
	commitment::{commit, Kind},
	receipt::output_claim_hash,
	service_key::ServiceSignature,
	Balance, Books, Bucket, CurrencyId, Digest, EndpointKind, JobId, Receipt,
};
use tallystick_runtime::{
	configs::{
		inference::{Grace, MaxValidity},
		ledger::VaultId,
	},
	invariants, AccountId, Assets, AssetsHolder, Balances, BlockNumber, Hash, Ledger, Runtime,
	RuntimeCall, RuntimeEvent,
};

/// The most units that a job may cost.
pub const HELD: Balance = 200;
/// The parameters of every job.
const PARAMETERS: &[u8] = b"{}";

/// A job.
pub type Job = pallet_inference::Job<AccountId, BlockNumber>;

/// What somebody asks, once.
#[derive(Clone, Debug)]
pub struct Question {
	/// Who asks.
	pub who: Sr25519Keyring,
	/// What the backend is asked. No two questions are the same.
	pub text: String,
	/// Whether all can read it on chain.
	pub is_inline: bool,
	/// Blocks until the answer is due.
	pub deadline: BlockNumber,
}

impl Question {
	/// The salt of its commitments.
	pub fn salt(&self) -> [u8; 32] {
		self.text.blake2_256()
	}

	fn request(&self) -> Vec<u8> {
		let message = json!({ "role": "user", "content": self.text });
		json!({ "messages": [message] }).to_string().into_bytes()
	}

	/// What stands for it on chain.
	pub fn commitment(&self) -> Digest {
		commit(Kind::Request, &self.salt(), &self.request())
	}

	/// Hands it in to the provider's node, where it is not on chain.
	pub fn hand_in(&self, chain: &Chain) {
		if self.is_inline {
			return;
		}
		let input = json!({
			"consumer": self.who.to_account_id(),
			"salt": hex0x(self.salt()),
			"request": hex0x(self.request()),
			"parameters": hex0x(PARAMETERS),
		});
		let taken: Value = chain.rpc("inference_submitInput", json!([input])).expect("it is taken");
		assert_eq!(taken["request"], json!(self.commitment()));
	}

	fn call(&self, best: BlockNumber) -> RuntimeCall {
		let input = if self.is_inline {
			JobInput::Inline(InlineInput {
				salt: self.salt(),
				request: BoundedVec::truncate_from(self.request()),
				parameters: BoundedVec::truncate_from(PARAMETERS.to_vec()),
			})
		} else {
			JobInput::Committed {
				request: self.commitment(),
				parameters: commit(Kind::Parameters, &self.salt(), PARAMETERS),
			}
		};
		let params = RequestParams {
			plan: PLAN,
			version: VERSION,
			provider: Some(OWNER.to_account_id()),
			endpoint: EndpointKind::ChatCompletions,
			input,
			max_units: HELD,
			deadline: self.deadline,
			// As long as it can be.
			valid_until: best + (self.deadline + Grace::get()).min(MaxValidity::get()),
		};
		pallet_inference::Call::request { params }.into()
	}

	/// Its job at the newest block, if that is open or matures.
	pub fn job(&self, chain: &Chain) -> Option<(JobId, Job)> {
		let all = chain.read_all(&Jobs::<Runtime>::final_prefix(), chain.best()).into_iter();
		let mut all = all.map(|(key, value)| {
			// The key ends in the id, after its hash.
			let id = JobId::decode(&mut &key[key.len() - 8..]).expect("8 bytes");
			(id, Job::decode(&mut &value[..]).expect("it is a job"))
		});
		let (who, commitment) = (self.who.to_account_id(), self.commitment());
		all.find(|(_, job)| job.consumer == who && job.request == commitment)
	}

	/// Its job, once that is in a block.
	pub fn wait_for_job(&self, chain: &Chain) -> (JobId, Job) {
		wait_for(&format!("the job of {:?}", self.text), || self.job(chain))
	}

	/// What the provider's node kept for who asked: the answer, and the receipt.
	pub fn answer(&self, chain: &Chain, job: JobId) -> (Vec<u8>, Receipt<AccountId>) {
		let claim = self.who.sign(&output_claim_hash(&chain.genesis(), job));
		let output: Value = chain
			.rpc("inference_output", json!([job, hex0x(claim)]))
			.unwrap_or_else(|refusal| panic!("no answer to {:?}: {refusal:?}", self.text));
		let bytes = |what: &str| {
			let text = output[what].as_str().expect("it is hexadecimal");
			hex::decode(text.trim_start_matches("0x")).expect("it is hexadecimal")
		};
		type Signed = (Receipt<AccountId>, ServiceSignature);
		let (receipt, _) = Signed::decode(&mut &bytes("receipt")[..]).expect("it is a receipt");
		(bytes("response"), receipt)
	}
}

/// Whether a job has its receipt.
pub fn is_settled(job: &Job) -> bool {
	matches!(job.status, JobStatus::Settled { .. })
}

/// Hands all these requests to the pool.
pub fn ask<'a>(chain: &Chain, questions: impl IntoIterator<Item = &'a Question>) {
	let best = chain.best_number();
	let mut calls = BTreeMap::<_, (Sr25519Keyring, Vec<_>)>::new();
	for question in questions {
		let of_account = calls.entry(question.who.to_account_id());
		let (_, calls) = of_account.or_insert_with(|| (question.who, vec![]));
		calls.push(question.call(best));
	}
	for (who, calls) in calls.into_values() {
		chain.send(who, calls);
	}
}

/// How a job ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ending {
	/// With a receipt.
	Receipt(Box<Receipt<AccountId>>),
	/// Without one: so many units came back.
	Lapsed(Balance),
	/// The provider did not want it.
	Declined,
}

/// A job, from its beginning to its end.
#[derive(Clone, Debug)]
pub struct Story {
	/// Who asked.
	pub who: AccountId,
	/// What stands for the question.
	pub commitment: Digest,
	/// Units held.
	pub held: Balance,
	/// The block of the request.
	pub asked_in: BlockNumber,
	/// The block by which the answer was due.
	pub deadline: BlockNumber,
	/// How it ended, and in which block. One at most, where all is well.
	pub endings: Vec<(BlockNumber, Ending)>,
	/// What it earned. Once at most.
	pub matured: Vec<Balance>,
}

impl Story {
	/// Units charged.
	pub fn charged(&self) -> Balance {
		let units = self.endings.iter().map(|(_, ending)| match ending {
			Ending::Receipt(receipt) => receipt.units,
			Ending::Lapsed(_) | Ending::Declined => 0,
		});
		units.sum()
	}

	/// Whether nothing more will come of it.
	fn is_over(&self) -> bool {
		!self.endings.is_empty() && (self.charged() == 0 || !self.matured.is_empty())
	}
}

/// What the blocks of a chain say of jobs and their money.
#[derive(Default)]
pub struct History {
	/// The newest block that was read.
	pub last: BlockNumber,
	/// All jobs there ever were.
	pub jobs: BTreeMap<JobId, Story>,
	/// Units that were bought.
	bought: BTreeMap<AccountId, Balance>,
	/// Fees that were paid.
	fees: BTreeMap<AccountId, Balance>,
}

impl History {
	/// The history up to a block.
	pub fn until(chain: &Chain, last: BlockNumber) -> Self {
		let mut this = Self::default();
		this.read_on(chain, last);
		this
	}

	/// Reads on up to a block. What was read before has to be final.
	pub fn read_on(&mut self, chain: &Chain, last: BlockNumber) {
		for number in self.last + 1..=last {
			let block = chain.hash_of(number).expect("there is the block");
			chain.events_of(block).into_iter().for_each(|event| self.note(number, event));
			self.last = number;
		}
	}

	fn note(&mut self, number: BlockNumber, event: RuntimeEvent) {
		use pallet_credits::Event::Bought;
		use pallet_inference::Event::*;
		use pallet_transaction_payment::Event::TransactionFeePaid;
		match event {
			RuntimeEvent::Inference(Requested {
				job, consumer, units, request, deadline, ..
			}) => {
				let story = Story {
					who: consumer,
					commitment: request,
					held: units,
					asked_in: number,
					deadline,
					endings: vec![],
					matured: vec![],
				};
				assert!(self.jobs.insert(job, story).is_none(), "job {job} is there twice");
			}
			RuntimeEvent::Inference(ReceiptAccepted { job, receipt, .. }) => {
				self.story(job).endings.push((number, Ending::Receipt(Box::new(receipt))))
			}
			RuntimeEvent::Inference(Lapsed { job, units, .. }) => {
				self.story(job).endings.push((number, Ending::Lapsed(units)))
			}
			RuntimeEvent::Inference(Declined { job, .. }) => {
				self.story(job).endings.push((number, Ending::Declined))
			}
			RuntimeEvent::Inference(Matured { job, amount, .. }) => {
				self.story(job).matured.push(amount)
			}
			RuntimeEvent::Credits(Bought { buyer, units, .. }) => {
				*self.bought.entry(buyer).or_default() += units
			}
			RuntimeEvent::TransactionPayment(TransactionFeePaid { who, actual_fee, tip }) => {
				*self.fees.entry(who).or_default() += actual_fee + tip
			}
			_ => {}
		}
	}

	fn story(&mut self, job: JobId) -> &mut Story {
		self.jobs.get_mut(&job).expect("it was asked for before")
	}

	/// The jobs of a question.
	fn of<'a>(&'a self, question: &Question) -> impl Iterator<Item = (JobId, &'a Story)> {
		let (who, commitment) = (question.who.to_account_id(), question.commitment());
		let all = self.jobs.iter().map(|(job, story)| (*job, story));
		all.filter(move |(_, story)| story.who == who && story.commitment == commitment)
	}

	/// Whether there is a job of a question.
	pub fn has(&self, question: &Question) -> bool {
		self.of(question).next().is_some()
	}

	/// The only job of a question.
	pub fn the(&self, question: &Question) -> (JobId, &Story) {
		let jobs: Vec<_> = self.of(question).collect();
		assert_eq!(jobs.len(), 1, "{:?} is so many jobs: {jobs:?}", question.text);
		jobs[0]
	}

	/// The only ending of a question.
	pub fn ending(&self, question: &Question) -> &Ending {
		let (job, story) = self.the(question);
		let endings = &story.endings;
		assert_eq!(endings.len(), 1, "job {job}, {:?}, ended so: {endings:?}", question.text);
		&endings[0].1
	}

	/// Waits until all these questions are jobs, all jobs are over, and what they earned is with those
	/// who earned it: all in final blocks.
	pub fn wait_for_the_end(chain: &Chain, asked: &[Question]) -> Self {
		let mut this = Self::default();
		wait_for("all jobs to be over and paid", || {
			let last = chain.finalized_number();
			if last == this.last {
				return None;
			}
			this.read_on(chain, last);
			let are_asked = asked.iter().all(|question| this.has(question));
			let are_over = are_asked && this.jobs.values().all(Story::is_over);
			(are_over && within(chain, this.block(chain), all_is_paid_out)).then_some(())
		});
		this
	}

	/// The newest block that was read.
	fn block(&self, chain: &Chain) -> Hash {
		chain.hash_of(self.last).expect("it was read")
	}

	fn charged(&self) -> Balance {
		self.jobs.values().map(Story::charged).sum()
	}

	/// So many percent of what all jobs earned, after the protocol's fee.
	fn earned(&self, percent: Balance) -> Balance {
		self.charged() * PRICE / 100 * 99 / 100 * percent
	}

	/// Checks that each of these questions is one job, and that there are no others; that each ended
	/// once; that each unit of each account is with it or was charged; that each account has to the
	/// planck what it had at the beginning, less what it paid, and what it earned; and whatever the
	/// runtime itself says has to be true of a state.
	pub fn assert_whole(&self, chain: &Chain, asked: &[Question]) {
		for question in asked {
			let (job, story) = self.the(question);
			if let Ending::Lapsed(units) = self.ending(question) {
				assert_eq!(*units, story.held, "job {job}");
			}
			assert!(story.charged() <= story.held, "job {job}");
			let earned = story.charged() * PRICE;
			let matured = if earned > 0 { vec![earned] } else { vec![] };
			assert_eq!(story.matured, matured, "job {job}");
		}
		assert_eq!(self.jobs.len(), asked.len());

		let before = within(chain, chain.genesis(), money);
		within(chain, self.block(chain), || {
			assert_eq!(invariants::check(), Ok(()));
			self.assert_units();
			self.assert_money(before);
		});
	}

	fn assert_units(&self) {
		for (who, bought) in &self.bought {
			let charged: Balance =
				self.jobs.values().filter(|story| story.who == *who).map(Story::charged).sum();
			assert_eq!(Assets::balance(PLAN, who), bought - charged, "units of {who}");
			assert_eq!(AssetsHolder::total_balance_on_hold(PLAN, who), 0, "units of {who}");
		}
		let in_issue = self.bought.values().sum::<Balance>() - self.charged();
		assert_eq!(Assets::total_issuance(PLAN), in_issue);
		let escrow = Ledger::balance(&CurrencyId::Native, &Bucket::Escrow(PLAN));
		assert_eq!(escrow, in_issue * PRICE);
	}

	fn assert_money(&self, before: BTreeMap<AccountId, Balance>) {
		let of =
			|map: &BTreeMap<AccountId, Balance>, who| map.get(who).copied().unwrap_or_default();
		let vault: AccountId = VaultId::get().into_account_truncating();
		let treasury = self.charged() * PRICE / 100;
		assert_eq!(Ledger::balance(&CurrencyId::Native, &Bucket::Treasury), treasury);
		let now = money();
		for who in before.keys().chain(now.keys()) {
			let mut has = of(&before, who) - of(&self.fees, who) - of(&self.bought, who) * PRICE;
			if *who == vault {
				has += self.bought.values().sum::<Balance>() * PRICE - self.earned(100);
			} else if *who == OWNER.to_account_id() {
				has += self.earned(85);
			} else if *who == Charlie.to_account_id() {
				has += self.earned(15);
			}
			assert_eq!(of(&now, who), has, "money of {who}");
		}
		let fees: Balance = self.fees.values().sum();
		assert_eq!(Balances::total_issuance(), now.values().sum());
		assert_eq!(Balances::total_issuance() + fees, before.values().sum());
	}
}

fn all_is_paid_out() -> bool {
	pallet_ledger::Balances::<Runtime>::iter_key_prefix(CurrencyId::Native)
		.all(|bucket| matches!(bucket, Bucket::Escrow(_) | Bucket::Treasury))
}

/// What each account has of the native token.
fn money() -> BTreeMap<AccountId, Balance> {
	frame_system::Account::<Runtime>::iter_keys()
		.map(|who| (who.clone(), Balances::total_balance(&who)))
		.collect()
}
