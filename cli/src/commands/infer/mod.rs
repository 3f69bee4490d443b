//! `tally infer`: ask a model, pay with credits, check the receipt.
//!
//! The order of things: question and parameters become bytes, bytes and a fresh salt become
//! commitments; the provider's node takes the bytes in and signs that it has them; the chain takes
//! the request; the provider's receipt appears on chain; the answer is fetched from the provider's
//! node and checked against that receipt. Nothing is believed that was not checked.

mod answer;
mod pending;
mod request;

use super::{parse_digest, Context};
use crate::{
	account::{self, parse_account, AccountId},
	amount::parse_units,
	client::Client,
	evidence::{all_hold, receipt_json, show_checks, Check, Evidence},
	output::{big, facts, hex0x, printable, Failure, Outcome, Report},
};
use clap::Args;
use pending::Pending;
use request::Request;
use serde_json::{json, Map, Value};
use std::path::{Path, PathBuf};
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	ArtifactId, Balance, Digest, FinishReason, JobId, PlanId, Tariff,
};

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

/// A job that was asked for: what the chain says of it.
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

/// Runs the command.
pub async fn run(options: Command, context: &Context) -> Outcome {
	let account = context.account()?;
	if let Some(dir) = &options.resume {
		let (pending, input) = Pending::load(dir)?;
		let client = context.connect().await?;
		let asked = pending.find(&client, &account, &input).await?;
		return answer::finish(&client, &account, input, asked, Some(dir)).await;
	}
	if let Some(dir) = &options.save {
		pending::refuse_used(dir)?;
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
	let request = Request::prepare(&client, &account, &options, &input).await?;
	if let Some(dir) = &options.save {
		// Before it is sent: whatever happens to this process, the salt that opens the commitments is
		// not lost.
		request.pending(&input).save(dir, &input)?;
	}
	let asked = request.send(&client, &account, &input).await?;
	answer::finish(&client, &account, input, asked, options.save.as_deref()).await
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
		(_, false) => {
			let why = error_text(&evidence.answer).unwrap_or("the backend failed".into());
			format!("no answer, and nothing is charged: {}\n\n", printable(&why))
		}
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
		"error": if answered { None } else { error_text(&evidence.answer) },
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

/// What a body in the shape of OpenAI's errors says.
fn error_text(response: &[u8]) -> Option<String> {
	let response: Value = serde_json::from_slice(response).ok()?;
	response.get("error")?.get("message")?.as_str().map(str::to_owned)
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
		let body = br#"{"error":{"message":"the backend is busy","code":429}}"#;
		assert_eq!(error_text(body), Some("the backend is busy".into()));
		assert_eq!(error_text(b"oops"), None);
	}
}
