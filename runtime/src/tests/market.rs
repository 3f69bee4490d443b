//! A model on sale: who serves it, who asks, and the receipts of the answers.

use super::*;
use frame_support::assert_ok;
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_inference::{InlineInput, Job, JobInput, RequestParams};
use sp_core::Pair;
use tallystick_primitives::{
	commitment::{commit, Kind},
	genesis_hash,
	service_key::{ownership_hash, ServicePair},
	CountedBy, EndpointKind, FinishReason, JobId, Receipt, Tokens,
};

/// The salt of all jobs.
pub const SALT: [u8; 32] = [7; 32];
/// What is asked inline.
pub const REQUEST: &[u8] = br#"{"messages":[{"role":"user","content":"How many?"}]}"#;

/// A version of a model, its plan, and the key of the provider who serves it.
pub struct Market {
	pub artifact: ArtifactId,
	pub version: Digest,
	pub plan: PlanId,
	pub provider: Sr25519Keyring,
	pub service: ServicePair,
}

impl Market {
	/// `provider` serves `artifact` of `owner` for `share`.
	pub fn open(
		owner: Sr25519Keyring,
		(artifact, version): (ArtifactId, Digest),
		plan: PlanId,
		provider: Sr25519Keyring,
		share: Share,
	) -> Self {
		let service = register_provider(provider);
		let offer = pallet_providers::Call::offer { artifact, version, share, min_deadline: 3 };
		assert_ok!(dispatch(provider, offer));
		if owner != provider {
			let accept = pallet_providers::Call::accept_offering {
				artifact,
				version,
				provider: account(provider),
				share,
				min_deadline: 3,
			};
			assert_ok!(dispatch(owner, accept));
		}
		Self { artifact, version, plan, provider, service }
	}

	/// A request with a commitment to `n`, valid for ten blocks.
	pub fn params(&self, n: u64) -> RequestParams<AccountId, BlockNumber> {
		RequestParams {
			plan: self.plan,
			version: self.version,
			provider: Some(account(self.provider)),
			endpoint: EndpointKind::ChatCompletions,
			input: JobInput::Committed {
				request: commit(Kind::Request, &SALT, &n.to_be_bytes()),
				parameters: commit(Kind::Parameters, &SALT, b"{}"),
			},
			max_units: 1_000,
			deadline: 3,
			valid_until: System::block_number() + 10,
		}
	}

	/// A request with [`REQUEST`] inline; the chain picks the provider.
	pub fn inline_params(&self) -> RequestParams<AccountId, BlockNumber> {
		let request = bounded(REQUEST);
		let input =
			JobInput::Inline(InlineInput { salt: SALT, request, parameters: bounded(b"{}") });
		RequestParams { provider: None, input, ..self.params(0) }
	}

	/// A good receipt of a job, as of now.
	pub fn receipt(&self, id: JobId) -> Receipt<AccountId> {
		let job: Job<_, _> = pallet_inference::Jobs::<Runtime>::get(id).unwrap();
		let now = Timestamp::get();
		let request_bytes = job.request_bytes().unwrap_or(100);
		let tokens = Tokens { prompt: 10, completion: 5, ..Default::default() };
		Receipt {
			job: id,
			artifact: job.artifact,
			version: job.version,
			provider: job.provider,
			endpoint: job.endpoint,
			request: job.request,
			response: commit(Kind::Response, &SALT, b"Three."),
			parameters: job.parameters,
			request_bytes,
			response_bytes: 6,
			tokens,
			counted_by: CountedBy::Backend,
			units: TARIFF.charge(&tokens),
			finish: FinishReason::Stop,
			started_at: now,
			ended_at: now,
			previous: Default::default(),
		}
	}

	/// The transaction that hands in `receipt`, signed with the service key.
	pub fn submission(&self, receipt: Receipt<AccountId>) -> UncheckedExtrinsic {
		submission(&self.service, receipt)
	}
}

/// Makes an account a provider. Returns its service key.
pub fn register_provider(who: Sr25519Keyring) -> ServicePair {
	let service = ServicePair::from_string(&format!("//{who}//service"), None).unwrap();
	let proof = service.sign(&ownership_hash(&genesis_hash::<Runtime>(), &account(who)));
	let endpoints = vec![bounded(b"wss://provider.example")].try_into().unwrap();
	let register =
		pallet_providers::Call::register { service_key: service.public(), endpoints, proof };
	assert_ok!(dispatch(who, register));
	service
}

/// The transaction that hands in `receipt`, signed by `service`.
pub fn submission(service: &ServicePair, receipt: Receipt<AccountId>) -> UncheckedExtrinsic {
	let signature = service.sign(&receipt.signing_hash(&genesis_hash::<Runtime>()));
	let call = pallet_inference::Call::submit_receipt { receipt, signature };
	<Runtime as CreateAuthorizedTransaction<pallet_inference::Call<Runtime>>>::create_authorized_transaction(
		call.into(),
	)
}

/// The id that the next request gets.
pub fn next_job() -> JobId {
	pallet_inference::NextJobId::<Runtime>::get()
}

/// Runs a test on the development chain, in blocks from the first, and checks all invariants after it.
pub fn test_in_blocks(run: impl FnOnce()) {
	before_the_first_block(DEV_RUNTIME_PRESET).execute_with(|| {
		block(vec![]);
		run();
		check_all();
	});
}

/// Makes blocks without transactions up to number `last`.
pub fn run_to_block(last: BlockNumber) {
	while System::block_number() < last {
		block(vec![]);
	}
}
