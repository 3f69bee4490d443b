//! The request: who is asked, for how much, and how it gets to the chain.

use super::{Asked, Command, Input, Pending};
use crate::{
	account::{self, to_subxt, Account, AccountId},
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_inference::types::{InlineInput, JobInput, RequestParams},
		},
	},
	client::{failed, At, Client},
	commands::{artifact, credits, plan, provider},
	evidence::is_acknowledged,
	output::Failure,
	rpc,
};
use subxt::utils::Static;
use tallystick_primitives::{runtime_api::PlanView, Balance, Digest, EndpointKind, PlanId, Tokens};

/// Blocks in which a request can be included.
const VALIDITY: u32 = 20;
/// Blocks in which an answer is due, where neither the user nor the offering asks for more.
const DEADLINE: u32 = 40;
/// Output tokens that are paid for, where the user names no limit.
const MAX_TOKENS: u32 = 1_024;

/// A request that a provider has the input of, and that is not sent yet.
pub struct Request {
	plan_id: PlanId,
	plan: PlanView,
	version: Digest,
	/// Who answers. `None`: the chain picks.
	provider: Option<AccountId>,
	inline: bool,
	max_units: Balance,
	deadline: u32,
	/// The block at which it was prepared.
	block: u32,
	valid_until: u32,
}

impl Request {
	/// Finds who answers and for how much, and hands the input in.
	pub async fn prepare(
		client: &Client,
		account: &Account,
		options: &Command,
		input: &Input,
	) -> Result<Self, Failure> {
		let at = client.best().await?;
		let plan_id = options.plan.unwrap_or_default();
		let plan = plan::view(client, &at, plan_id).await?;
		let max_units = units_to_hold(&at, account, plan_id, &plan, options, input).await?;
		let (version, candidates) = choose_version(client, &at, &plan, options.version).await?;
		let candidates = match &options.provider {
			Some(wanted) => {
				let found = candidates.into_iter().find(|(who, _)| who == wanted);
				let found = found.ok_or_else(|| {
					Failure::new(format!("{} does not serve this version", account::show(wanted)))
						.code("Providers.OfferingNotActive")
						.hint("`tally provider status PROVIDER` lists what a provider serves")
				})?;
				vec![found]
			}
			None => candidates,
		};
		let (provider, least_deadline) = if options.inline {
			// Nobody has to be reached now, because the input is in the request: the chain can pick.
			let least = candidates.iter().map(|(_, least)| *least).max().unwrap_or_default();
			(options.provider.clone(), least)
		} else {
			let (who, least) = hand_in(client, &at, &account.id(), input, candidates).await?;
			(Some(who), least)
		};
		let limits = Limits::of(&at)?;
		let deadline = DEADLINE.clamp(limits.min_deadline, limits.max_deadline).max(least_deadline);
		let block = u32::try_from(at.block_number()).unwrap_or(u32::MAX);
		Ok(Self {
			plan_id,
			plan,
			version,
			provider,
			inline: options.inline,
			max_units,
			deadline: options.deadline.unwrap_or(deadline),
			block,
			valid_until: block.saturating_add(VALIDITY.min(limits.max_validity)),
		})
	}

	/// What is needed to find the job again.
	pub fn pending(&self, input: &Input) -> Pending {
		Pending::new(self.plan_id, input, self.block, self.valid_until)
	}

	/// Sends it, and waits until it is in a block.
	pub async fn send(
		self,
		client: &Client,
		account: &Account,
		input: &Input,
	) -> Result<Asked, Failure> {
		let params = RequestParams {
			plan: self.plan_id,
			version: self.version,
			provider: self.provider.as_ref().map(to_subxt),
			endpoint: Static(EndpointKind::ChatCompletions),
			input: if self.inline {
				JobInput::Inline(InlineInput {
					salt: input.salt,
					request: BoundedVec(input.question.clone()),
					parameters: BoundedVec(input.parameters.clone()),
				})
			} else {
				JobInput::Committed {
					request: input.request(),
					parameters: input.parameters_commitment(),
				}
			},
			max_units: self.max_units,
			deadline: self.deadline,
			valid_until: self.valid_until,
		};
		let call = chain::transactions().inference().request(params);
		let included = client.submit(&call, account, "ask").await?;
		let event: chain::inference::events::Requested = included.event()?;
		let asked = asked(event, self.plan.tariff, included.number);
		client.progress("").note(format!(
			"job {} is asked of {} in block {}",
			asked.job,
			account::show(&asked.provider),
			included.words(),
		));
		Ok(asked)
	}
}

/// What the chain says of a request that it took.
pub fn asked(
	event: chain::inference::events::Requested,
	tariff: tallystick_primitives::Tariff,
	block: u64,
) -> Asked {
	Asked {
		job: event.job,
		plan: event.plan,
		tariff,
		units_held: event.units,
		version: event.version,
		artifact: event.artifact,
		provider: account::from_subxt(&event.provider),
		request_block: block,
	}
}

/// How many units the request holds.
async fn units_to_hold(
	at: &At,
	account: &Account,
	plan_id: PlanId,
	plan: &PlanView,
	options: &Command,
	input: &Input,
) -> Result<Balance, Failure> {
	let units = credits::units_of(at, plan_id, &account.id()).await?;
	// A hold leaves the class's minimum balance.
	let spendable = units.free.saturating_sub(plan.min_balance);
	let not_enough = |needed: Balance| {
		Failure::new(format!(
			"{needed} units are needed, and {spendable} can be spent ({} free, of which {} stay)",
			units.free, plan.min_balance
		))
		.code("Inference.NotEnoughUnits")
		.hint(format!("tally credits buy --plan {plan_id} --units {}", needed - spendable))
	};
	if let Some(units) = options.max_units {
		return if units <= spendable { Ok(units) } else { Err(not_enough(units)) };
	}
	let tokens = |prompt, completion| Tokens { prompt, completion, ..Default::default() };
	// No more input tokens than bytes: that is what the chain lets a receipt say.
	let prompt = u32::try_from(input.question.len()).unwrap_or(u32::MAX);
	let dearest = plan.tariff.charge(&tokens(prompt, options.max_tokens.unwrap_or(MAX_TOKENS)));
	let least = plan.tariff.charge(&tokens(prompt, 1));
	if spendable < least {
		return Err(not_enough(least));
	}
	Ok(dearest.min(spendable))
}

fn no_provider() -> Failure {
	Failure::new("nobody serves a version that this plan covers")
		.code("Providers.NoProvider")
		.hint("ask the artifact's owner, or serve it yourself: `tally provider offer`")
}

/// Who serves a version, with the least deadline of each.
type Candidates = Vec<(AccountId, u32)>;

/// The version that answers, and who serves it.
async fn choose_version(
	client: &Client,
	at: &At,
	plan: &PlanView,
	wanted: Option<Digest>,
) -> Result<(Digest, Candidates), Failure> {
	let versions = match wanted {
		Some(version) => vec![version],
		None if plan.versions.is_empty() => {
			artifact::usable(&artifact::view(client, at, plan.artifact).await?)
		}
		None => plan.versions.iter().rev().copied().collect(),
	};
	for version in versions {
		let entry = chain::storage().providers().candidates();
		let candidates =
			at.storage().fetch(entry, (plan.artifact, version)).await.map_err(failed)?;
		let candidates: Candidates = candidates
			.decode()
			.map_err(failed)?
			.0
			.iter()
			.map(|one| (account::from_subxt(&one.provider), one.min_deadline))
			.collect();
		if !candidates.is_empty() {
			return Ok((version, candidates));
		}
	}
	Err(no_provider())
}

/// What the chain allows of a request.
struct Limits {
	min_deadline: u32,
	max_deadline: u32,
	max_validity: u32,
}

impl Limits {
	fn of(at: &At) -> Result<Self, Failure> {
		let (constants, names) = (at.constants(), chain::constants().inference());
		Ok(Self {
			min_deadline: constants.entry(names.min_deadline()).map_err(failed)?,
			max_deadline: constants.entry(names.max_deadline()).map_err(failed)?,
			max_validity: constants.entry(names.max_validity()).map_err(failed)?,
		})
	}
}

/// Hands the input to a provider whose node takes it and signs that it has it. Which one is tried first
/// is by chance, so that the first on chain does not get all.
async fn hand_in(
	client: &Client,
	at: &At,
	consumer: &AccountId,
	input: &Input,
	mut candidates: Candidates,
) -> Result<(AccountId, u32), Failure> {
	let mut last = no_provider();
	let start = usize::from(input.salt[0]) % candidates.len().max(1);
	candidates.rotate_left(start);
	for (who, least_deadline) in candidates {
		match hand_in_to(client, at, consumer, input, &who).await {
			Ok(()) => return Ok((who, least_deadline)),
			Err(failure) => last = failure,
		}
	}
	Err(last)
}

async fn hand_in_to(
	client: &Client,
	at: &At,
	consumer: &AccountId,
	input: &Input,
	who: &AccountId,
) -> Result<(), Failure> {
	let stored = provider::provider(at, who).await?;
	let progress = client.progress("handing in the question");
	let endpoints = provider::endpoints(&stored);
	let Input { salt, question, parameters } = input;
	let answer = rpc::submit_input(&endpoints, consumer, salt, question, parameters).await;
	progress.done();
	let answer = answer?;
	let (request, parameters) = (input.request(), input.parameters_commitment());
	let genesis = client.genesis();
	let key = provider::service_key(&stored);
	let refused = |why: &str| {
		Failure::new(format!("{} acknowledges wrongly: {why}", account::show(who)))
			.code("BadAcknowledgement")
			.hint("choose another provider with --provider")
	};
	if (answer.request, answer.parameters) != (request, parameters) {
		return Err(refused("it has other commitments than what was handed in"));
	}
	if answer.service_key != key {
		return Err(refused("the node's service key is not the one on chain"));
	}
	if !is_acknowledged(&key, &answer.signature, &genesis, consumer, &request, &parameters) {
		return Err(refused("its signature does not hold"));
	}
	Ok(())
}
