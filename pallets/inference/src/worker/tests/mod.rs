//! Tests of the worker. The pure parts are tested alone; the runs against a host with a clock of its
//! own and scripted backends ([`host`]), and against the SDK's HTTP client with real sockets
//! ([`sockets`]).

mod answer;
mod host;
mod json;
mod receipt;
mod request;
mod runs;
mod sockets;
mod store;
mod trial;
mod verdict;

use super::Chain;
use crate::Assignment;
use codec::Encode;
use sp_application_crypto::RuntimeAppPublic;
use sp_core::H256;
use std::{
	cell::RefCell,
	sync::{Arc, Mutex},
};
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	offchain::{Backend, Input},
	service_key::{ServiceKey, ServiceSignature},
	EndpointKind, JobId, Receipt, Tariff,
};

/// The salt of all jobs in tests.
pub const SALT: Salt = [7; 32];
/// The request of all jobs in tests, unless said otherwise.
pub const REQUEST: &[u8] =
	br#"{"messages":[{"role":"user","content":"What is a tally stick, please, in one sentence?"}]}"#;
/// A key that a test finds again where it should not be.
pub const API_KEY: &str = "sk-0123456789abcdef0123456789abcdef";

/// A chain that is a list of jobs, at its newest block.
#[derive(Default)]
pub struct World {
	/// The time of the newest block.
	pub time: u64,
	/// Open jobs, with the time at which they expire.
	pub open: Vec<(Assignment<u64>, u64)>,
	/// Receipts that the pool has.
	pub pool: Vec<JobId>,
	/// Receipts that were handed in, in order.
	pub submitted: Vec<(Receipt<u64>, ServiceSignature)>,
	/// What the pool takes.
	pub takes: Takes,
}

/// What a pool takes.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Takes {
	/// Receipts of jobs that are open at the newest block, as the fork-aware pool does.
	#[default]
	Newest,
	/// Receipts of jobs that are open at the block of the run, as the single-state pool does.
	Runs,
	/// Nothing.
	Nothing,
}

impl World {
	/// A block: jobs whose receipts were in the pool, or whose time is over, are closed.
	pub fn next_block(&mut self, time: u64) {
		self.time = time;
		let pool = std::mem::take(&mut self.pool);
		self.open.retain(|(job, expires_at)| !pool.contains(&job.job) && *expires_at >= time);
	}

	/// Receipts of a job that were handed in.
	pub fn receipts(&self, job: JobId) -> Vec<&Receipt<u64>> {
		self.submitted.iter().map(|(receipt, _)| receipt).filter(|it| it.job == job).collect()
	}
}

/// What a run sees of the world: the state of its block, and the pool.
#[derive(Clone, Default)]
pub struct View {
	time: u64,
	open: Vec<(Assignment<u64>, u64)>,
	world: Arc<Mutex<World>>,
}

impl View {
	/// The newest block.
	pub fn of(world: &Arc<Mutex<World>>) -> Self {
		let now = world.lock().unwrap();
		Self { time: now.time, open: now.open.clone(), world: world.clone() }
	}

	/// Lets a run on this thread see it.
	pub fn enter(self) {
		VIEW.with(|view| *view.borrow_mut() = self);
	}
}

thread_local! {
	static VIEW: RefCell<View> = RefCell::default();
}

/// The chain of tests.
pub struct TestChain;

impl Chain for TestChain {
	type AccountId = u64;

	fn genesis() -> H256 {
		H256::repeat_byte(1)
	}

	fn time() -> u64 {
		VIEW.with(|view| view.borrow().time)
	}

	fn assignments(key: &ServiceKey, limit: u32) -> Vec<Assignment<u64>> {
		VIEW.with(|view| {
			let view = view.borrow();
			view.open
				.iter()
				.filter(|(assignment, _)| assignment.service_key == *key)
				.take(limit as usize)
				.map(|(assignment, expires_at)| Assignment {
					expires_in_ms: expires_at.saturating_sub(view.time),
					..assignment.clone()
				})
				.collect()
		})
	}

	fn is_answerable(job: JobId) -> bool {
		VIEW.with(|view| view.borrow().open.iter().any(|(open, _)| open.job == job))
	}

	fn submit(receipt: Receipt<u64>, signature: ServiceSignature) -> Result<(), ()> {
		VIEW.with(|view| {
			let view = view.borrow();
			let mut world = view.world.lock().unwrap();
			let open = match world.takes {
				Takes::Newest => &world.open,
				Takes::Runs => &view.open,
				Takes::Nothing => return Err(()),
			};
			let (job, _) = open.iter().find(|(open, _)| open.job == receipt.job).ok_or(())?;
			check(&receipt, &signature, job);
			world.pool.push(receipt.job);
			world.submitted.push((receipt, signature));
			Ok(())
		})
	}
}

/// A backend at `base_url`.
pub fn backend(name: &str, base_url: &str) -> Backend {
	Backend {
		name: name.into(),
		base_url: base_url.into(),
		api: EndpointKind::ChatCompletions,
		model: "tally-1".into(),
		api_key: Some(API_KEY.into()),
		timeout_ms: 30_000,
		concurrency: 4,
		max_body_bytes: 65_536,
		artifacts: vec![],
	}
}

/// A job with an inline input. One unit for each call and each token.
pub fn job(id: JobId, key: &ServiceKey) -> Assignment<u64> {
	job_with(id, key, REQUEST, b"{}")
}

/// A job with this input.
pub fn job_with(id: JobId, key: &ServiceKey, request: &[u8], parameters: &[u8]) -> Assignment<u64> {
	Assignment {
		job: id,
		consumer: 11,
		provider: 22,
		service_key: key.clone(),
		artifact: 3,
		version: H256::repeat_byte(4),
		endpoint: EndpointKind::ChatCompletions,
		request: commit(Kind::Request, &SALT, request),
		parameters: commit(Kind::Parameters, &SALT, parameters),
		units_held: 1_000,
		tariff: Tariff {
			per_call: 1,
			per_1k_input: 1_000,
			per_1k_cached: 500,
			per_1k_output: 1_000,
		},
		requested_at_ms: 0,
		expires_in_ms: 60_000,
		inline: Some(Input {
			consumer: 11u64.encode(),
			salt: SALT,
			request: request.to_vec(),
			parameters: parameters.to_vec(),
		}),
		previous: H256::zero(),
	}
}

/// A service key that nobody has: for what signs nothing.
pub fn no_key() -> ServiceKey {
	sp_core::sr25519::Public::from_raw([9; 32]).into()
}

/// A chat completion with `content` and this `usage`.
pub fn completion(content: &str, usage: &str) -> Vec<u8> {
	let content = serde_json::to_string(content).unwrap();
	format!(
		r#"{{"id":"x","object":"chat.completion","choices":[{{"index":0,"message":{{"role":"assistant","content":{content}}},"finish_reason":"stop"}}],"usage":{usage}}}"#
	)
	.into_bytes()
}

/// The usage of [`answer_body`].
pub const USAGE: &str = r#"{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}"#;

/// An answer as it should be.
pub fn answer_body() -> Vec<u8> {
	completion("A stick split in two, each half proving the other.", USAGE)
}

/// What the chain would check of every receipt (`Pallet::check_receipt`).
pub fn check(receipt: &Receipt<u64>, signature: &ServiceSignature, job: &Assignment<u64>) {
	use tallystick_primitives::FinishReason;
	assert_eq!(
		(receipt.job, receipt.artifact, receipt.version, receipt.provider, receipt.endpoint),
		(job.job, job.artifact, job.version, job.provider, job.endpoint)
	);
	assert_eq!((receipt.request, receipt.parameters), (job.request, job.parameters));
	assert!(receipt.started_at <= receipt.ended_at);
	assert!(receipt.started_at >= job.requested_at_ms);
	let tokens = receipt.tokens;
	assert!(tokens.cached <= tokens.prompt && tokens.reasoning <= tokens.completion);
	assert!(tokens.prompt <= receipt.request_bytes);
	assert!(tokens.completion - tokens.reasoning <= receipt.response_bytes);
	if receipt.finish == FinishReason::Error || receipt.response_bytes == 0 {
		assert_eq!(receipt.units, 0);
	} else {
		assert_eq!(receipt.units, job.tariff.charge(&tokens));
		assert!(receipt.units <= job.units_held);
	}
	let message = receipt.signing_hash(&TestChain::genesis());
	assert!(job.service_key.verify(&message, signature));
}
