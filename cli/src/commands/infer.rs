//! `tally infer`: ask a model, pay with credits, check the receipt.
//!
//! The order of things: question and parameters become bytes, bytes and a fresh salt become
//! commitments; the provider's node takes the bytes in and signs that it has them; the chain takes
//! the request; the provider's receipt appears on chain; the answer is fetched from the provider's
//! node and checked against that receipt. Nothing is believed that was not checked.

use super::{credits, job, parse_digest, plan, provider, Context};
use crate::{
	account::{self, parse_account, to_subxt, Account, AccountId},
	amount::parse_units,
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec,
			pallet_inference::types::{InlineInput, JobInput, RequestParams},
		},
	},
	client::{failed, At, Client, Included},
	evidence::{
		all_hold, is_acknowledged, receipt_json, show_checks, Check, Evidence, Place,
		SignedReceipt, PARAMETERS, QUESTION,
	},
	output::{big, facts, hex0x, parse_hash, printable, Failure, Outcome, Report},
	rpc,
};
use clap::Args;
use codec::Encode;
use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value};
use std::{
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use subxt::utils::Static;
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	receipt::output_claim_hash,
	runtime_api::{JobStatusView, PlanView},
	ArtifactId, Balance, Digest, EndpointKind, FinishReason, JobId, PlanId, Receipt, Tariff,
	Tokens,
};

/// Blocks in which a request can be included.
const VALIDITY: u32 = 20;
/// Blocks in which an answer is due, where neither the user nor the offering asks for more.
const DEADLINE: u32 = 40;
/// Output tokens that are paid for, where the user names no limit.
const MAX_TOKENS: u32 = 1_024;
/// How long the provider's node may take to hand out an answer whose receipt is on chain.
const FETCH_PATIENCE: Duration = Duration::from_secs(20);
/// The file that lets an interrupted `infer --save` go on.
const PENDING: &str = "pending.json";

/// Options of `infer`.
#[derive(Args)]
#[command(after_help = "\
Only credits are needed: the request is free of fees while the plan has a free slot. What the provider answers is \
checked against its signed receipt on chain; with --save, all of it is kept for `tally receipt verify`.
Examples:
  tally infer --account //Bob --plan 1 --question 'What is a tally stick?'
  tally infer --plan 1 --question 'Say hello.' --system 'Answer in Latin.' --temperature 0 --seed 1 --save answer-1
  tally infer --plan 1 --inline --question 'Is this public? Yes.'
  tally infer --resume answer-1")]
pub struct Command {
	/// The plan whose credits pay.
	#[arg(long, required_unless_present = "resume")]
	plan: Option<PlanId>,
	/// What you ask.
	#[arg(
		long,
		short,
		value_name = "TEXT",
		required_unless_present_any = ["question_file", "resume"]
	)]
	question: Option<String>,
	/// A file with what you ask: text, or a JSON object with `messages`, which is sent as it is.
	#[arg(long, value_name = "FILE", conflicts_with_all = ["question", "system"])]
	question_file: Option<PathBuf>,
	/// What the model is told before the question.
	#[arg(long, value_name = "TEXT")]
	system: Option<String>,
	/// The sampling temperature.
	#[arg(long, value_parser = parse_number)]
	temperature: Option<serde_json::Number>,
	/// The seed, for backends that know one.
	#[arg(long)]
	seed: Option<u64>,
	/// The most tokens of the answer.
	#[arg(long, value_name = "TOKENS")]
	max_tokens: Option<u32>,
	/// The most units that the answer may cost. They are held until it is there. Without it: what the tariff
	/// says of the question and of --max-tokens (or 1,024), as far as you have it.
	#[arg(long, value_name = "UNITS", value_parser = parse_units)]
	max_units: Option<Balance>,
	/// Who answers. Without it: a provider of the version whose node can be reached.
	#[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
	provider: Option<AccountId>,
	/// The version that answers. Without it: the newest that the plan covers and somebody serves.
	#[arg(long = "version-digest", value_name = "HEX", value_parser = parse_digest)]
	version: Option<Digest>,
	/// Put question and parameters on chain, for everybody to read. At most 2,048 and 512 bytes.
	#[arg(long)]
	inline: bool,
	/// Blocks in which the answer is due.
	#[arg(long, value_name = "BLOCKS")]
	deadline: Option<u32>,
	/// Keep question, parameters, answer and receipt in this directory.
	#[arg(long, value_name = "DIR")]
	save: Option<PathBuf>,
	/// Go on with what an interrupted `infer --save DIR` asked.
	#[arg(long, value_name = "DIR", conflicts_with_all = ["plan", "question", "question_file", "save"])]
	resume: Option<PathBuf>,
}

/// Reads a JSON number, so that what the user wrote is what is committed to.
fn parse_number(text: &str) -> Result<serde_json::Number, String> {
	serde_json::from_str(text).map_err(|_| format!("`{text}` is not a number"))
}

/// The bytes that are committed to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Input {
	salt: Salt,
	question: Vec<u8>,
	parameters: Vec<u8>,
}

impl Input {
	fn request(&self) -> Digest {
		commit(Kind::Request, &self.salt, &self.question)
	}

	fn parameters_commitment(&self) -> Digest {
		commit(Kind::Parameters, &self.salt, &self.parameters)
	}
}

/// A job that was asked for.
struct Asked {
	job: JobId,
	plan: PlanId,
	tariff: Tariff,
	units_held: Balance,
	version: Digest,
	artifact: ArtifactId,
	provider: AccountId,
	request_block: u64,
}

/// What `--resume` needs besides question and parameters.
#[derive(Serialize, Deserialize)]
struct Pending {
	job: JobId,
	salt: String,
	plan: PlanId,
	units_held: String,
	provider: String,
	request_block: u64,
}

/// Runs the command.
pub async fn run(options: Command, context: &Context) -> Outcome {
	let account = context.account()?;
	if let Some(dir) = &options.resume {
		return resume(dir, &account, context).await;
	}
	let input = Input {
		salt: account::random_salt(),
		question: question_bytes(&options)?,
		parameters: parameter_bytes(&options),
	};
	if options.inline && (input.question.len() > 2_048 || input.parameters.len() > 512) {
		return Err(Failure::usage("the question is too long to be on chain")
			.hint("leave --inline out: then only commitments go on chain"));
	}
	let client = context.connect().await?;
	let asked = ask(&client, &account, &options, &input).await?;
	if let Some(dir) = &options.save {
		save_pending(dir, &input, &asked)?;
	}
	finish(&client, &account, input, asked, options.save.as_deref()).await
}

/// The request as bytes: a JSON object with `messages`.
fn question_bytes(options: &Command) -> Result<Vec<u8>, Failure> {
	let text = match (&options.question, &options.question_file) {
		(Some(question), _) => question.clone(),
		(None, Some(path)) => std::fs::read_to_string(path)
			.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?,
		(None, None) => String::new(),
	};
	if options.question_file.is_some() {
		if let Ok(Value::Object(object)) = serde_json::from_str::<Value>(&text) {
			if object.get("messages").is_some_and(Value::is_array) {
				return Ok(text.into_bytes());
			}
		}
	}
	if text.trim().is_empty() {
		return Err(Failure::usage("the question is empty").hint("give --question TEXT"));
	}
	let mut messages = Vec::new();
	if let Some(system) = &options.system {
		messages.push(json!({ "role": "system", "content": system }));
	}
	messages.push(json!({ "role": "user", "content": text }));
	Ok(json!({ "messages": messages }).to_string().into_bytes())
}

/// The generation parameters as bytes: a JSON object, with what was asked for and nothing else.
fn parameter_bytes(options: &Command) -> Vec<u8> {
	let mut object = Map::new();
	if let Some(temperature) = &options.temperature {
		object.insert("temperature".into(), temperature.clone().into());
	}
	if let Some(seed) = options.seed {
		object.insert("seed".into(), seed.into());
	}
	if let Some(tokens) = options.max_tokens {
		object.insert("max_tokens".into(), tokens.into());
	}
	Value::Object(object).to_string().into_bytes()
}

/// Finds who answers, hands in the input, and sends the request.
async fn ask(
	client: &Client,
	account: &Account,
	options: &Command,
	input: &Input,
) -> Result<Asked, Failure> {
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
					.code("Inference.OfferingNotActive")
					.hint("`tally provider status PROVIDER` lists what a provider serves")
			})?;
			vec![found]
		}
		None => candidates,
	};
	let (chosen, least_deadline) = if options.inline {
		// Nobody has to be reached now, because the input is in the request: the chain can pick.
		let least = candidates.iter().map(|(_, least)| *least).max().unwrap_or_default();
		(options.provider.clone(), least)
	} else {
		let (who, least) = hand_in(client, &at, input, candidates).await?;
		(Some(who), least)
	};
	let limits = Limits::of(&at)?;
	let deadline = DEADLINE.clamp(limits.min_deadline, limits.max_deadline).max(least_deadline);
	let request = RequestParams {
		plan: plan_id,
		version,
		provider: chosen.as_ref().map(to_subxt),
		endpoint: Static(EndpointKind::ChatCompletions),
		input: if options.inline {
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
		max_units,
		deadline: options.deadline.unwrap_or(deadline),
		valid_until: u32::try_from(at.block_number())
			.unwrap_or(u32::MAX)
			.saturating_add(VALIDITY.min(limits.max_validity)),
	};
	let call = chain::transactions().inference().request(request);
	let included: Included = client.submit(&call, account, "ask").await?;
	let event: chain::inference::events::Requested = included.event()?;
	client.progress("").note(format!(
		"job {} is asked of {} in block {}; the answer is due by block {}",
		event.job,
		account::show(&account::from_subxt(&event.provider)),
		included.words(),
		event.deadline
	));
	Ok(Asked {
		job: event.job,
		plan: plan_id,
		tariff: plan.tariff,
		units_held: event.units,
		version: event.version,
		artifact: event.artifact,
		provider: account::from_subxt(&event.provider),
		request_block: included.number,
	})
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
		.code("Inference.NoProvider")
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
			let view = super::artifact::view(client, at, plan.artifact).await?;
			view.versions.into_iter().rev().collect()
		}
		None => plan.versions.iter().rev().copied().collect(),
	};
	for version in versions {
		let entry = chain::storage().inference().candidates();
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
	input: &Input,
	mut candidates: Candidates,
) -> Result<(AccountId, u32), Failure> {
	let mut last = no_provider();
	let start = usize::from(input.salt[0]) % candidates.len().max(1);
	candidates.rotate_left(start);
	for (who, least_deadline) in candidates {
		match hand_in_to(client, at, input, &who).await {
			Ok(()) => return Ok((who, least_deadline)),
			Err(failure) => last = failure,
		}
	}
	Err(last)
}

async fn hand_in_to(
	client: &Client,
	at: &At,
	input: &Input,
	who: &AccountId,
) -> Result<(), Failure> {
	let stored = provider::provider(at, who).await?;
	let progress = client.progress("handing in the question");
	let endpoints = provider::endpoints(&stored);
	let answer =
		rpc::submit_input(&endpoints, &input.salt, &input.question, &input.parameters).await;
	progress.done();
	let answer = answer?;
	let (request, parameters) = (input.request(), input.parameters_commitment());
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
	if !is_acknowledged(&key, &answer.signature, &client.genesis(), &request, &parameters) {
		return Err(refused("its signature does not hold"));
	}
	Ok(())
}

fn save_pending(dir: &Path, input: &Input, asked: &Asked) -> Result<(), Failure> {
	let pending = Pending {
		job: asked.job,
		salt: hex0x(input.salt),
		plan: asked.plan,
		units_held: asked.units_held.to_string(),
		provider: account::show(&asked.provider),
		request_block: asked.request_block,
	};
	let all = || {
		std::fs::create_dir_all(dir)?;
		std::fs::write(dir.join(QUESTION), &input.question)?;
		std::fs::write(dir.join(PARAMETERS), &input.parameters)?;
		std::fs::write(dir.join(PENDING), serde_json::to_vec_pretty(&pending).unwrap_or_default())
	};
	all().map_err(|error| {
		Failure::new(format!(
			"job {} is asked, and {} cannot be written: {error}",
			asked.job,
			dir.display()
		))
	})
}

/// Goes on where an interrupted command stopped.
async fn resume(dir: &Path, account: &Account, context: &Context) -> Outcome {
	let read = |name: &str| {
		std::fs::read(dir.join(name)).map_err(|error| {
			Failure::new(format!("cannot read {}: {error}", dir.join(name).display())).hint(
				"only what `tally infer --save DIR` began, and did not finish, can be resumed",
			)
		})
	};
	let broken = |why: String| {
		Failure::new(format!("{} cannot be used: {why}", dir.join(PENDING).display()))
	};
	let pending: Pending =
		serde_json::from_slice(&read(PENDING)?).map_err(|error| broken(error.to_string()))?;
	let input = Input {
		salt: parse_hash(&pending.salt).map_err(broken)?,
		question: read(QUESTION)?,
		parameters: read(PARAMETERS)?,
	};
	let client = context.connect().await?;
	let at = client.best().await?;
	let plan = plan::view(&client, &at, pending.plan).await?;
	let asked = Asked {
		job: pending.job,
		plan: pending.plan,
		tariff: plan.tariff,
		units_held: parse_units(&pending.units_held).map_err(broken)?,
		version: Digest::zero(),
		artifact: plan.artifact,
		provider: parse_account(&pending.provider).map_err(broken)?,
		request_block: pending.request_block,
	};
	finish(&client, account, input, asked, Some(dir)).await
}

/// Waits for the receipt, fetches the answer, checks everything, and reports.
async fn finish(
	client: &Client,
	account: &Account,
	input: Input,
	asked: Asked,
	save: Option<&Path>,
) -> Outcome {
	let (receipt, place) = wait(client, &asked).await?;
	let at = client.at(place.hash).await?;
	let stored = provider::provider(&at, &asked.provider).await?;
	let service_key = provider::service_key(&stored);
	// The provider may have moved since.
	let now = provider::provider(&client.best().await?, &asked.provider).await;
	let endpoints = provider::endpoints(now.as_ref().unwrap_or(&stored));
	let fetched = fetch(client, account, &asked, &endpoints).await.map_err(|failure| {
		failure.context(format!(
			"the receipt of job {} is in block {}, the answer is not fetched",
			asked.job, place.number
		))
	})?;
	let signed = SignedReceipt::decode(&fetched.receipt)?;
	let evidence = Evidence {
		question: input.question,
		parameters: input.parameters,
		answer: fetched.response,
		salt: input.salt,
		genesis: client.genesis(),
		service_key,
		signed,
		plan: asked.plan,
		tariff: asked.tariff,
		units_held: asked.units_held,
		block: Some(place),
	};
	let mut checks = evidence.check();
	checks.push(Check::new(
		"the receipt is the one that the chain took",
		evidence.signed.receipt == receipt,
		|| "the provider hands out another one".into(),
	));
	checks.push(Check::new(
		"job, artifact, version and provider are those that were asked",
		receipt.job == asked.job
			&& receipt.artifact == asked.artifact
			&& receipt.provider == asked.provider
			&& (asked.version == Digest::zero() || receipt.version == asked.version),
		|| "it is about something else".into(),
	));
	if let Some(dir) = save {
		evidence.save(dir)?;
		let _ = std::fs::remove_file(dir.join(PENDING));
	}
	report(client, &evidence, &checks, save).await
}

async fn report(
	client: &Client,
	evidence: &Evidence,
	checks: &[Check],
	save: Option<&Path>,
) -> Outcome {
	let receipt = &evidence.signed.receipt;
	let answer = answer_text(&evidence.answer);
	let block = evidence.block.map_or(0, |block| block.number);
	let finalized = client.finalized().await? >= u64::from(block);
	let finality = if finalized { "finalized" } else { "not finalized yet" };
	let answered = receipt.finish != FinishReason::Error;
	let ok = all_hold(checks) && answered;
	let mut text = match (&answer, answered) {
		(Some(answer), true) => format!("{}\n\n", printable(answer)),
		(None, true) => format!("{}\n\n", printable(&String::from_utf8_lossy(&evidence.answer))),
		(_, false) => "the provider's backend failed; nothing is charged\n\n".to_owned(),
	};
	text.push_str(&facts([
		("job", receipt.job.to_string()),
		("units", format!("{} (held {})", receipt.units, evidence.units_held)),
		(
			"tokens",
			format!(
				"{} in ({} cached), {} out ({} reasoning), counted by the {}",
				receipt.tokens.prompt,
				receipt.tokens.cached,
				receipt.tokens.completion,
				receipt.tokens.reasoning,
				format!("{:?}", receipt.counted_by).to_lowercase()
			),
		),
		("finish", format!("{:?}", receipt.finish).to_lowercase()),
		("provider", account::show(&receipt.provider)),
		("receipt", hex0x(receipt.hash())),
		("block", format!("#{block} ({finality})")),
	]));
	if all_hold(checks) {
		text.push_str(&format!("\nchecked: {} of {} hold", checks.len(), checks.len()));
	} else {
		text.push_str(&format!("\nNOT everything holds:\n{}", show_checks(checks)));
	}
	if let Some(dir) = save {
		text.push_str(&format!("\nkept for `tally receipt verify {}`", dir.display()));
	}
	let json = json!({
		"answer": answer,
		"response": serde_json::from_slice::<Value>(&evidence.answer).unwrap_or(Value::Null),
		"job": receipt.job,
		"units": big(receipt.units),
		"units_held": big(evidence.units_held),
		"receipt": receipt_json(receipt),
		"service_key": hex0x(evidence.service_key),
		"block": block,
		"block_hash": evidence.block.map(|block| hex0x(block.hash)),
		"finalized": finalized,
		"verified": all_hold(checks),
		"checks": checks,
		"saved": save.map(|dir| dir.display().to_string()),
	});
	Ok(Report::new(text, json).with_ok(ok))
}

/// The text of the answer, in the shape of chat completions.
fn answer_text(response: &[u8]) -> Option<String> {
	let response: Value = serde_json::from_slice(response).ok()?;
	let content = response.get("choices")?.get(0)?.get("message")?.get("content")?;
	content.as_str().map(str::to_owned)
}

/// Waits until the job has ended, and hands back its receipt.
async fn wait(client: &Client, asked: &Asked) -> Result<(Receipt<AccountId>, Place), Failure> {
	let progress = client.progress(format!("job {}: waiting for the answer", asked.job));
	let result = wait_for_end(client, asked).await;
	progress.done();
	match result? {
		job::End::Receipt(receipt, place) => Ok((*receipt, place)),
		job::End::Declined => Err(Failure::new(format!(
			"the provider declined job {}; its units are free again",
			asked.job
		))
		.code("Declined")
		.hint("choose another provider with --provider")),
		job::End::Lapsed => Err(Failure::new(format!(
			"no answer came in time; the units of job {} are free again",
			asked.job
		))
		.code("Lapsed")
		.hint("choose another provider with --provider, or give more time with --deadline")),
	}
}

async fn wait_for_end(client: &Client, asked: &Asked) -> Result<job::End, Failure> {
	// The last block of the best chain in which the job was seen open.
	let mut open_at = asked.request_block.saturating_sub(1);
	loop {
		let at = client.best().await?;
		let view = job::view(client, &at, asked.job).await?;
		let open = view.is_some_and(|view| matches!(view.status, JobStatusView::Open));
		if open {
			open_at = at.block_number();
		} else if at.block_number() > open_at {
			if let Some(end) = find_end(client, &at, asked, open_at).await? {
				return Ok(end);
			}
			return Err(Failure::new(format!("the end of job {} is not in the chain", asked.job))
				.hint("the request may have been on a fork: `tally job show` says more"));
		}
		tokio::time::sleep(Duration::from_millis(500)).await;
	}
}

/// Looks for the job's end in the blocks from `at` down to the one in which it was open.
async fn find_end(
	client: &Client,
	at: &At,
	asked: &Asked,
	open_at: u64,
) -> Result<Option<job::End>, Failure> {
	let (mut block, mut number) = (at.block_hash(), at.block_number());
	while number > open_at {
		if let Some(end) = job::end_in(client, block, asked.job).await? {
			return Ok(Some(end));
		}
		let Some(parent) = client.parent_of(block).await? else { return Ok(None) };
		(block, number) = (parent, number - 1);
	}
	Ok(None)
}

/// Fetches the output from the provider's node. The receipt can be on chain a moment before another of
/// the provider's endpoints has the output.
async fn fetch(
	client: &Client,
	account: &Account,
	asked: &Asked,
	endpoints: &[String],
) -> Result<rpc::Output, Failure> {
	let proof = account.sign(&output_claim_hash(&client.genesis(), asked.job)).encode();
	let started = Instant::now();
	loop {
		match rpc::output(endpoints, asked.job, &proof).await {
			Ok(output) => return Ok(output),
			Err(failure) if started.elapsed() > FETCH_PATIENCE => return Err(failure),
			Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	#[derive(Parser)]
	struct Line {
		#[command(flatten)]
		command: Command,
	}

	fn options(line: &[&str]) -> Command {
		Line::try_parse_from(std::iter::once(&"infer").chain(line)).unwrap().command
	}

	#[test]
	fn the_question_is_a_chat() {
		let options = options(&["--plan", "1", "--question", "2+2?", "--system", "Be brief."]);
		let sent: Value = serde_json::from_slice(&question_bytes(&options).unwrap()).unwrap();
		let messages = json!([
			{ "role": "system", "content": "Be brief." },
			{ "role": "user", "content": "2+2?" },
		]);
		assert_eq!(sent, json!({ "messages": messages }));
	}

	#[test]
	fn parameters_are_what_was_written() {
		let line =
			["--plan", "1", "-q", "x", "--temperature", "0.7", "--seed", "9", "--max-tokens", "5"];
		let sent: Value = serde_json::from_slice(&parameter_bytes(&options(&line))).unwrap();
		assert_eq!(sent, json!({ "temperature": 0.7, "seed": 9, "max_tokens": 5 }));
		assert_eq!(parameter_bytes(&options(&["--plan", "1", "-q", "x"])), b"{}");
	}

	#[test]
	fn a_file_with_messages_is_sent_as_it_is() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("q.json");
		let text = "{ \"messages\": [ {\"role\":\"user\",\"content\":\"x\"} ] }\n";
		std::fs::write(&path, text).unwrap();
		let line = ["--plan", "1", "--question-file", path.to_str().unwrap()];
		assert_eq!(question_bytes(&options(&line)).unwrap(), text.as_bytes());
		std::fs::write(&path, "plain words").unwrap();
		let bytes = question_bytes(&options(&line)).unwrap();
		assert!(String::from_utf8(bytes).unwrap().contains("plain words"));
		std::fs::write(&path, "  ").unwrap();
		assert!(question_bytes(&options(&line)).is_err());
	}

	#[test]
	fn the_answer_is_read_from_a_chat_completion() {
		let body = br#"{"choices":[{"message":{"role":"assistant","content":"4"}}]}"#;
		assert_eq!(answer_text(body), Some("4".into()));
		assert_eq!(answer_text(b"oops"), None);
	}
}
