//! Jobs: requests, the receipts of a provider that is this tool itself, and what is settled.

use crate::{
	chain::Block,
	report::{Measure, Part, Tally},
	setup::Sale,
	sign::Transaction,
};
use anyhow::{anyhow, Result};
use pallet_inference::{Event, InlineInput, JobInput, RequestParams};
use sp_core::{sr25519, Pair as _, H256};
use sp_io::hashing::blake2_256;
use std::{
	collections::{BTreeMap, HashMap, HashSet},
	time::{SystemTime, UNIX_EPOCH},
};
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	CountedBy, Digest, EndpointKind, FinishReason, JobId, Receipt, Tokens,
};
use tallystick_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent};

/// The parameters of every job.
const PARAMETERS: &[u8] = b"{}";
/// The deadlines that are asked for are dealt out over so many blocks: each block has a bounded number
/// of them.
const DEADLINES: u32 = 600;
/// The soonest of them: a request is valid for about as long, and can wait in the pool.
const SOONEST: u32 = 120;

/// Who answers.
pub enum Provider {
	/// A node's off-chain worker.
	Worker(AccountId),
	/// This tool, with the provider's service key.
	Tool(AccountId, Box<sr25519::Pair>),
}

/// The jobs of one phase.
pub struct Jobs {
	sale: Sale,
	provider: Provider,
	genesis: H256,
	request: Vec<u8>,
	seed: u64,
	/// By the commitments to their requests.
	salts: HashMap<Digest, Salt>,
	/// Jobs of this phase that were requested, by their block.
	requested: HashMap<JobId, u32>,
	/// Jobs whose end was seen.
	ended: HashSet<JobId>,
	/// Those that failed to be requested, as seen.
	failures: HashSet<H256>,
	settled: Tally,
	/// Ended without a charge, in finalized blocks.
	failed: usize,
	reasons: BTreeMap<String, usize>,
}

impl Jobs {
	/// `count` jobs with a question of `bytes` bytes.
	pub fn new(
		sale: Sale,
		provider: Provider,
		genesis: H256,
		count: u32,
		bytes: usize,
	) -> Result<Self> {
		let question = "7".repeat(bytes.max(1));
		let request = format!(r#"{{"messages":[{{"role":"user","content":"{question}"}}]}}"#);
		let seed = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
		let mut jobs = Self {
			sale,
			provider,
			genesis,
			request: request.into_bytes(),
			seed: u64::try_from(seed & u128::from(u64::MAX))?,
			salts: HashMap::new(),
			requested: HashMap::new(),
			ended: HashSet::new(),
			failures: HashSet::new(),
			settled: Tally::default(),
			failed: 0,
			reasons: BTreeMap::new(),
		};
		// What does not fit on chain is found out now.
		jobs.input(0)?;
		if matches!(jobs.provider, Provider::Tool(..)) {
			let salts = (0..count).map(|number| jobs.salt(number));
			jobs.salts =
				salts.map(|salt| (commit(Kind::Request, &salt, &jobs.request), salt)).collect();
		}
		Ok(jobs)
	}

	/// Who answers.
	pub fn name(&self) -> &'static str {
		match self.provider {
			Provider::Worker(_) => "worker",
			Provider::Tool(..) => "tool",
		}
	}

	fn salt(&self, number: u32) -> Salt {
		blake2_256(&[&self.seed.to_le_bytes()[..], &number.to_le_bytes()].concat())
	}

	fn input(&self, number: u32) -> Result<InlineInput> {
		let long = |_| anyhow!("the question is too long to be on chain");
		Ok(InlineInput {
			salt: self.salt(number),
			request: self.request.clone().try_into().map_err(long)?,
			parameters: PARAMETERS.to_vec().try_into().map_err(long)?,
		})
	}

	/// The request of a job, signed at block `now`.
	pub fn request(&self, number: u32, now: u32) -> RuntimeCall {
		let deadline = SOONEST + number % DEADLINES;
		let provider = match &self.provider {
			Provider::Worker(account) | Provider::Tool(account, _) => account.clone(),
		};
		let input = self.input(number).expect("the input of job 0 fitted; qed");
		let params = RequestParams {
			plan: self.sale.plan,
			version: self.sale.version,
			provider: Some(provider),
			endpoint: EndpointKind::ChatCompletions,
			input: JobInput::Inline(input),
			max_units: 1,
			deadline,
			// As long as it can be.
			valid_until: now
				+ deadline.min(<Runtime as pallet_inference::Config>::MaxValidity::get()),
		};
		pallet_inference::Call::request { params }.into()
	}

	/// A block was seen: how many jobs ended in it, and the receipts of those that began.
	pub fn seen(&mut self, block: &Block) -> (usize, Vec<Transaction>) {
		let (mut ended, mut receipts) = (0, Vec::new());
		for (_, event) in &block.events {
			match event {
				RuntimeEvent::Inference(Event::Requested { job, plan, request, .. })
					if *plan == self.sale.plan =>
				{
					self.requested.insert(*job, block.number);
					receipts.extend(self.receipt(*job, request, block.time));
				}
				RuntimeEvent::Inference(
					Event::ReceiptAccepted { job, .. }
					| Event::Lapsed { job, .. }
					| Event::Declined { job, .. },
				) if self.requested.contains_key(job) && self.ended.insert(*job) => ended += 1,
				_ => {}
			}
		}
		let failed = block.events.iter().filter_map(|(at, event)| {
			crate::setup::failure_of(event)?;
			block.extrinsics.get((*at)?).copied()
		});
		ended += failed.filter(|hash| self.failures.insert(*hash)).count();
		(ended, receipts)
	}

	/// A block is final.
	pub fn finalized(&mut self, block: &Block, part: Part, before: u64) {
		let mut count = 0;
		for (_, event) in &block.events {
			match event {
				RuntimeEvent::Inference(Event::ReceiptAccepted { job, receipt, .. }) => {
					let Some(since) = self.requested.get(job) else { continue };
					if receipt.units > 0 {
						count += 1;
						self.settled.latencies.push(block.number.saturating_sub(*since));
					} else {
						self.fail("no charge");
					}
				}
				RuntimeEvent::Inference(Event::Lapsed { job, .. })
					if self.requested.contains_key(job) =>
				{
					self.fail("lapsed");
				}
				_ => {}
			}
		}
		self.settled.add(Part { count, ..part }, before);
	}

	fn fail(&mut self, reason: &str) {
		self.failed += 1;
		*self.reasons.entry(reason.into()).or_default() += 1;
	}

	/// How many have ended, in finalized blocks.
	pub fn ended(&self) -> usize {
		self.settled.count() + self.failed
	}

	/// What was settled, of `asked` jobs.
	pub fn measure(self, asked: usize) -> Measure {
		let what = format!("jobs settled ({})", self.name());
		let mut measure = self.settled.measure(&what, asked);
		measure.failed = self.failed;
		measure.missing = asked.saturating_sub(measure.succeeded + measure.failed);
		measure.reasons = self.reasons;
		measure
	}

	/// The receipt of a job, where this tool is the provider.
	fn receipt(&self, job: JobId, request: &Digest, requested_at: u64) -> Option<Transaction> {
		let Provider::Tool(provider, service) = &self.provider else { return None };
		let salt = self.salts.get(request)?;
		let response = crate::backend::ANSWER.as_bytes();
		let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
		let receipt = Receipt {
			job,
			artifact: self.sale.artifact,
			version: self.sale.version,
			provider: provider.clone(),
			endpoint: EndpointKind::ChatCompletions,
			request: *request,
			response: commit(Kind::Response, salt, response),
			parameters: commit(Kind::Parameters, salt, PARAMETERS),
			request_bytes: length(&self.request),
			response_bytes: length(response),
			tokens: Tokens { prompt: 3, completion: 1, ..Tokens::default() },
			counted_by: CountedBy::Backend,
			units: 1,
			finish: FinishReason::Stop,
			started_at: requested_at,
			ended_at: requested_at,
			previous: H256::zero(),
		};
		let signature = service.sign(&receipt.signing_hash(&self.genesis)).into();
		Some(Transaction::general(
			pallet_inference::Call::submit_receipt { receipt, signature }.into(),
		))
	}
}
