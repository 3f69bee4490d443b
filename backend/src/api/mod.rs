//! The shapes of OpenAI's API that this server speaks: what it reads, and what it writes.

pub mod chat;
pub mod completions;
pub mod embeddings;

use crate::{
	error::ApiError,
	generation::{any_seed, Ending, Said},
	language::sampler::Sampling,
	models::Model,
};
use axum::response::{sse, IntoResponse, Response, Sse};
use futures::{stream, StreamExt};
use serde::Serialize;
use serde_json::{Map, Value};
use std::convert::Infallible;
use tokio::sync::mpsc;

/// Most stop sequences.
const MAX_STOPS: usize = 4;

/// What chat and completions have in common. Other fields are ignored.
#[derive(Debug, PartialEq)]
pub struct Options {
	/// The model's id.
	pub model: String,
	/// Most tokens of the answer: the lower one of `max_tokens` and `max_completion_tokens`.
	pub max_tokens: Option<usize>,
	/// Texts before which the answer ends.
	pub stop: Vec<String>,
	/// How to choose.
	pub sampling: Sampling,
	/// Whether the answer comes in pieces.
	pub stream: bool,
	/// Whether the last piece says what to charge for.
	pub include_usage: bool,
}

impl Options {
	fn read(fields: &Map<String, Value>) -> Result<Self, ApiError> {
		let model = match field(fields, "model") {
			None => return Err(ApiError::Missing("model".into())),
			Some(Value::String(model)) => model.clone(),
			Some(_) => return Err(wrong_type("model", "a string")),
		};
		let stream = boolean(fields, "stream")?;
		let include_usage = match field(fields, "stream_options") {
			None => false,
			Some(Value::Object(_)) if !stream => {
				return Err(ApiError::Value {
					param: "stream_options".into(),
					message: "The 'stream_options' parameter is only allowed when 'stream' is \
					          enabled."
						.into(),
				})
			}
			Some(Value::Object(options)) => boolean(options, "include_usage")?,
			Some(_) => return Err(wrong_type("stream_options", "an object")),
		};
		if positive(fields, "n")?.is_some_and(|n| n > 1) {
			return Err(unsupported(
				"n",
				"This server gives one answer: leave 'n' out or set it to 1.",
			));
		}
		let sampling = Sampling {
			temperature: range(fields, "temperature", 0.0, 2.0)?.unwrap_or(1.0) as f32,
			top_p: range(fields, "top_p", 0.0, 1.0)?.unwrap_or(1.0) as f32,
			seed: match field(fields, "seed") {
				None => any_seed(),
				Some(seed) => seed
					.as_u64()
					.or_else(|| seed.as_i64().map(i64::cast_unsigned))
					.ok_or_else(|| wrong_type("seed", "an integer"))?,
			},
		};
		let limits = [positive(fields, "max_tokens")?, positive(fields, "max_completion_tokens")?];
		Ok(Self {
			model,
			max_tokens: limits.into_iter().flatten().min(),
			stop: stop(fields)?,
			sampling,
			stream,
			include_usage,
		})
	}
}

/// A body, which is an object.
fn object(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
	match serde_json::from_slice(body) {
		Ok(Value::Object(fields)) => Ok(fields),
		Ok(_) => Err(ApiError::InvalidJson("it is not an object".into())),
		Err(error) => Err(ApiError::InvalidJson(error.to_string())),
	}
}

/// A field's value. `null` is as good as nothing.
fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
	fields.get(name).filter(|value| !value.is_null())
}

fn wrong_type(param: impl Into<String>, expected: &'static str) -> ApiError {
	ApiError::Type { param: param.into(), expected }
}

fn unsupported(param: &str, message: &str) -> ApiError {
	ApiError::Unsupported {
		param: param.to_owned(),
		message: format!("Unsupported value: '{param}'. {message}"),
	}
}

/// `true`, or else `false`.
fn boolean(fields: &Map<String, Value>, name: &str) -> Result<bool, ApiError> {
	match field(fields, name) {
		None => Ok(false),
		Some(Value::Bool(value)) => Ok(*value),
		Some(_) => Err(wrong_type(name, "a boolean")),
	}
}

/// An integer of 1 or more.
fn positive(fields: &Map<String, Value>, name: &str) -> Result<Option<usize>, ApiError> {
	let Some(value) = field(fields, name) else { return Ok(None) };
	if !value.is_i64() && !value.is_u64() {
		return Err(wrong_type(name, "an integer"));
	}
	match value.as_u64() {
		Some(number) if number > 0 => Ok(Some(usize::try_from(number).unwrap_or(usize::MAX))),
		_ => Err(ApiError::Value {
			param: name.to_owned(),
			message: format!("Invalid '{name}': expected 1 or more."),
		}),
	}
}

/// A number from `low` to `high`.
fn range(
	fields: &Map<String, Value>,
	name: &str,
	low: f64,
	high: f64,
) -> Result<Option<f64>, ApiError> {
	let Some(value) = field(fields, name) else { return Ok(None) };
	match value.as_f64() {
		None => Err(wrong_type(name, "a number")),
		Some(number) if (low..=high).contains(&number) => Ok(Some(number)),
		Some(_) => Err(ApiError::Value {
			param: name.to_owned(),
			message: format!("Invalid '{name}': expected {low} to {high}."),
		}),
	}
}

fn stop(fields: &Map<String, Value>) -> Result<Vec<String>, ApiError> {
	let expected = || wrong_type("stop", "a string or an array of strings");
	let stops = match field(fields, "stop") {
		None => Vec::new(),
		Some(Value::String(stop)) => vec![stop.clone()],
		Some(Value::Array(stops)) => stops
			.iter()
			.map(|stop| stop.as_str().map(str::to_owned).ok_or_else(expected))
			.collect::<Result<_, _>>()?,
		Some(_) => return Err(expected()),
	};
	if stops.len() > MAX_STOPS || stops.iter().any(String::is_empty) {
		return Err(ApiError::Value {
			param: "stop".into(),
			message: format!(
				"Invalid 'stop': expected up to {MAX_STOPS} texts, none of them empty."
			),
		});
	}
	Ok(stops)
}

/// How many tokens an answer can have; the error if that is none, or fewer than asked for.
fn room(
	param: &'static str,
	context: usize,
	prompt: usize,
	max_tokens: Option<usize>,
) -> Result<usize, ApiError> {
	let room = context.saturating_sub(prompt);
	match max_tokens {
		_ if room == 0 => Err(ApiError::too_long(param, context, prompt)),
		Some(most) if most > room => Err(ApiError::Context {
			param,
			context,
			asked: format!(
				"you requested {} tokens ({prompt} in the {param}, {most} in the completion).",
				most.saturating_add(prompt),
			),
			or_completion: " or completion",
		}),
		_ => Ok(room),
	}
}

/// What every answer, and every piece of one, begins with.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
	/// A name for this answer, another one each time.
	pub id: String,
	/// The kind of answer.
	pub object: &'static str,
	/// Now, in seconds since the Unix epoch.
	pub created: u64,
	/// The model that answered.
	pub model: String,
	/// `fp_` and the first 16 hex digits of the model's root digest.
	pub system_fingerprint: String,
}

/// Some of an answer's text, or its end.
#[derive(Debug, Serialize)]
struct Piece<'a, C> {
	#[serde(flatten)]
	head: &'a Head,
	choices: &'a [C],
	/// Left out where nobody asked for it, and null but in the last piece.
	#[serde(skip_serializing_if = "Option::is_none")]
	usage: Option<Option<Usage>>,
}

/// What a model said, and why it ended there.
async fn whole(
	mut pieces: mpsc::Receiver<(usize, Said)>,
	jobs: usize,
) -> Result<Vec<(String, Ending)>, ApiError> {
	let mut texts = vec![String::new(); jobs];
	let mut endings = Vec::new();
	while let Some((job, said)) = pieces.recv().await {
		match said {
			Said::Text(text) => texts[job].push_str(&text),
			Said::Ending(ending) => endings.push(ending),
		}
	}
	if endings.len() < jobs {
		return Err(ApiError::Internal);
	}
	Ok(texts.into_iter().zip(endings).collect())
}

/// Pieces as server-sent events: the `first` ones, then one for each that is said, the usage if it
/// was asked for (then `prompt` is its tokens), and `[DONE]`. What broke off ends without that.
fn events<C: Serialize + Send + 'static>(
	head: Head,
	first: Vec<C>,
	piece: impl Fn(usize, Said) -> C + Send + 'static,
	mut pieces: mpsc::Receiver<(usize, Said)>,
	mut jobs: usize,
	prompt: Option<usize>,
) -> Response {
	let show = move |choices: &[C], usage| {
		let usage = prompt.map(|_| usage);
		serde_json::to_string(&Piece { head: &head, choices, usage }).expect("it is JSON")
	};
	let first: Vec<_> = first.iter().map(|one| show(std::slice::from_ref(one), None)).collect();
	let mut tokens = 0;
	let rest = stream::poll_fn(move |context| pieces.poll_recv(context));
	let rest = rest.flat_map(move |(job, said)| {
		if let Said::Ending(ending) = &said {
			jobs -= 1;
			tokens += ending.tokens;
		}
		let mut texts = vec![show(&[piece(job, said)], None)];
		if jobs == 0 {
			texts.extend(prompt.map(|prompt| show(&[], Some(Usage::new(prompt, tokens)))));
			texts.push("[DONE]".into());
		}
		stream::iter(texts)
	});
	let events = stream::iter(first).chain(rest);
	let events = events.map(|text| Ok::<_, Infallible>(sse::Event::default().data(text)));
	Sse::new(events).into_response()
}

/// Token counts. What counts as a token is said in [`crate::classifier::tokenizer`] and
/// [`crate::language::tokenizer`].
#[derive(Debug, Clone, Serialize)]
pub struct Usage {
	/// Tokens of the prompt.
	pub prompt_tokens: usize,
	/// Tokens of the answer.
	pub completion_tokens: usize,
	/// Both.
	pub total_tokens: usize,
	/// Nothing is cached.
	pub prompt_tokens_details: PromptDetails,
	/// Nothing is reasoning.
	pub completion_tokens_details: CompletionDetails,
}

impl Usage {
	/// Counts for a prompt and an answer.
	pub fn new(prompt_tokens: usize, completion_tokens: usize) -> Self {
		Self {
			prompt_tokens,
			completion_tokens,
			total_tokens: prompt_tokens + completion_tokens,
			prompt_tokens_details: PromptDetails { cached_tokens: 0 },
			completion_tokens_details: CompletionDetails { reasoning_tokens: 0 },
		}
	}
}

/// A part of the prompt's tokens.
#[derive(Debug, Clone, Serialize)]
pub struct PromptDetails {
	/// 0.
	pub cached_tokens: usize,
}

/// A part of the answer's tokens.
#[derive(Debug, Clone, Serialize)]
pub struct CompletionDetails {
	/// 0.
	pub reasoning_tokens: usize,
}

/// A model in `GET /v1/models`.
#[derive(Debug, Serialize)]
pub struct ModelCard<'a> {
	/// Its name.
	pub id: &'a str,
	/// `model`.
	pub object: &'static str,
	/// When it was made, in seconds since the Unix epoch.
	pub created: u64,
	/// `tallystick`.
	pub owned_by: &'static str,
	/// The base, of a fine-tune. Not OpenAI's; vLLM has it too.
	pub parent: Option<&'a str>,
	/// The root digest of its files: the version's name on chain. Not OpenAI's.
	pub digest: &'a str,
}

impl<'a> From<&'a Model> for ModelCard<'a> {
	fn from(model: &'a Model) -> Self {
		Self {
			id: model.id(),
			object: "model",
			created: model.created(),
			owned_by: "tallystick",
			parent: model.parent(),
			digest: model.digest(),
		}
	}
}

/// The answer of `GET /v1/models`.
#[derive(Debug, Serialize)]
pub struct ModelList<'a> {
	/// `list`.
	pub object: &'static str,
	/// The base first.
	pub data: Vec<ModelCard<'a>>,
}
