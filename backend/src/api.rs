//! The shapes of OpenAI's API that this server speaks: what it reads, and what it writes.

use crate::{error::ApiError, model::Model, tokenizer};
use serde::Serialize;
use serde_json::{Map, Value};

/// The roles that a message can have.
const ROLES: [&str; 6] = ["developer", "system", "user", "assistant", "tool", "function"];
/// Most stop sequences.
const MAX_STOPS: usize = 4;

/// The body of `POST /v1/chat/completions`, as far as this server heeds it. Other fields are
/// ignored.
#[derive(Debug, PartialEq)]
pub struct ChatRequest {
	/// The model's id.
	pub model: String,
	/// The conversation. At least one message is the user's.
	pub messages: Vec<Message>,
	/// Most tokens of the answer: the lower one of `max_tokens` and `max_completion_tokens`.
	pub max_tokens: Option<usize>,
	/// Texts before which the answer ends.
	pub stop: Vec<String>,
}

/// One message.
#[derive(Debug, PartialEq)]
pub struct Message {
	/// Who speaks.
	pub role: String,
	/// The content: one text, or the texts of its parts.
	pub texts: Vec<String>,
}

impl ChatRequest {
	/// Reads a body.
	pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
		let body: Value = serde_json::from_slice(body)
			.map_err(|error| ApiError::InvalidJson(error.to_string()))?;
		let Value::Object(fields) = body else {
			return Err(ApiError::InvalidJson("it is not an object".into()));
		};
		let model = match field(&fields, "model") {
			None => return Err(ApiError::Missing("model".into())),
			Some(Value::String(model)) => model.clone(),
			Some(_) => return Err(wrong_type("model", "a string")),
		};
		let messages = messages(&fields)?;
		match field(&fields, "stream") {
			None | Some(Value::Bool(false)) => {}
			Some(Value::Bool(true)) => {
				return Err(ApiError::Unsupported {
					param: "stream".into(),
					message:
						"Unsupported value: 'stream'. This server sends whole answers only: leave \
					          'stream' out or set it to false."
							.into(),
				})
			}
			Some(_) => return Err(wrong_type("stream", "a boolean")),
		}
		match positive(&fields, "n")? {
			None | Some(1) => {}
			Some(_) => return Err(ApiError::Unsupported {
				param: "n".into(),
				message:
					"Unsupported value: 'n'. The answer is deterministic, so there is one only: \
					          leave 'n' out or set it to 1."
						.into(),
			}),
		}
		// Nothing is random here: these are checked, and change nothing.
		range(&fields, "temperature", 0.0, 2.0)?;
		range(&fields, "top_p", 0.0, 1.0)?;
		if field(&fields, "seed").is_some_and(|seed| !seed.is_i64() && !seed.is_u64()) {
			return Err(wrong_type("seed", "an integer"));
		}
		let limits =
			[positive(&fields, "max_tokens")?, positive(&fields, "max_completion_tokens")?];
		Ok(Self {
			model,
			messages,
			max_tokens: limits.into_iter().flatten().min(),
			stop: stop(&fields)?,
		})
	}

	/// The last message of the user: its index, and its texts one below the other.
	pub fn question(&self) -> (usize, String) {
		let mut messages = self.messages.iter().enumerate();
		let last = messages.rfind(|(_, message)| message.role == "user");
		last.map_or_else(Default::default, |(index, message)| (index, message.texts.join("\n")))
	}

	/// The tokens of all messages.
	pub fn prompt_tokens(&self) -> usize {
		let texts = self.messages.iter().flat_map(|message| &message.texts);
		texts.map(|text| tokenizer::count(text)).sum()
	}
}

/// A field's value. `null` is as good as nothing.
fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
	fields.get(name).filter(|value| !value.is_null())
}

fn wrong_type(param: impl Into<String>, expected: &'static str) -> ApiError {
	ApiError::Type { param: param.into(), expected }
}

fn messages(fields: &Map<String, Value>) -> Result<Vec<Message>, ApiError> {
	let invalid = |message: &str| {
		Err(ApiError::Value { param: "messages".into(), message: message.to_owned() })
	};
	let messages = match field(fields, "messages") {
		None => return Err(ApiError::Missing("messages".into())),
		Some(Value::Array(messages)) => messages,
		Some(_) => return Err(wrong_type("messages", "an array of objects")),
	};
	if messages.is_empty() {
		return invalid("Invalid 'messages': the array is empty.");
	}
	let messages =
		messages.iter().enumerate().map(message).collect::<Result<Vec<Message>, ApiError>>()?;
	if !messages.iter().any(|message| message.role == "user") {
		return invalid("Invalid 'messages': none has the role 'user'.");
	}
	Ok(messages)
}

fn message((index, message): (usize, &Value)) -> Result<Message, ApiError> {
	let at = format!("messages[{index}]");
	let Value::Object(message) = message else { return Err(wrong_type(at, "an object")) };
	let role = match field(message, "role") {
		None => return Err(ApiError::Missing(format!("{at}.role"))),
		Some(Value::String(role)) if ROLES.contains(&role.as_str()) => role.clone(),
		Some(Value::String(_)) => {
			return Err(ApiError::Value {
				param: format!("{at}.role"),
				message: format!("Invalid value for '{at}.role': not one of {}.", ROLES.join(", ")),
			})
		}
		Some(_) => return Err(wrong_type(format!("{at}.role"), "a string")),
	};
	let at = format!("{at}.content");
	let texts = match field(message, "content") {
		// An assistant's message can hold tool calls alone.
		None if role == "assistant" => Vec::new(),
		None => return Err(ApiError::Missing(at)),
		Some(Value::String(text)) => vec![text.clone()],
		Some(Value::Array(parts)) => {
			let part = |(n, part): (usize, &Value)| content_part(format!("{at}[{n}]"), part);
			parts.iter().enumerate().map(part).collect::<Result<_, _>>()?
		}
		Some(_) => return Err(wrong_type(at, "a string or an array of parts")),
	};
	Ok(Message { role, texts })
}

fn content_part(at: String, part: &Value) -> Result<String, ApiError> {
	match part.get("type").and_then(Value::as_str) {
		Some("text") => match part.get("text") {
			Some(Value::String(text)) => Ok(text.clone()),
			None => Err(ApiError::Missing(format!("{at}.text"))),
			Some(_) => Err(wrong_type(format!("{at}.text"), "a string")),
		},
		Some(_) => Err(ApiError::Unsupported {
			message: format!("Unsupported value: '{at}.type'. This server reads text only."),
			param: format!("{at}.type"),
		}),
		None if part.is_object() => Err(ApiError::Missing(format!("{at}.type"))),
		None => Err(wrong_type(at, "an object")),
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

/// Checks that a number is from `low` to `high`.
fn range(fields: &Map<String, Value>, name: &str, low: f64, high: f64) -> Result<(), ApiError> {
	let Some(value) = field(fields, name) else { return Ok(()) };
	match value.as_f64() {
		None => Err(wrong_type(name, "a number")),
		Some(number) if (low..=high).contains(&number) => Ok(()),
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

/// The answer of `POST /v1/chat/completions`.
#[derive(Debug, Serialize)]
pub struct ChatCompletion {
	/// A name for this answer, another one each time.
	pub id: String,
	/// `chat.completion`.
	pub object: &'static str,
	/// Now, in seconds since the Unix epoch.
	pub created: u64,
	/// The model that answered.
	pub model: String,
	/// `fp_` and the first 16 hex digits of the model's root digest.
	pub system_fingerprint: String,
	/// One choice.
	pub choices: [Choice; 1],
	/// What to charge for.
	pub usage: Usage,
}

/// A choice.
#[derive(Debug, Serialize)]
pub struct Choice {
	/// 0.
	pub index: u32,
	/// What the model says.
	pub message: Said,
	/// Always `null`.
	pub logprobs: Option<()>,
	/// `stop`, or `length` if `max_tokens` cut it off.
	pub finish_reason: &'static str,
}

/// What a model says.
#[derive(Debug, Serialize)]
pub struct Said {
	/// `assistant`.
	pub role: &'static str,
	/// [`Answer`] as JSON, unless it was cut off.
	pub content: String,
	/// Always `null`.
	pub refusal: Option<()>,
}

/// The content of an answer.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
	/// The likeliest class.
	pub class: &'a str,
	/// Its probability, rounded to 6 decimals.
	pub probability: f64,
	/// The model.
	pub model: &'a str,
	/// The features that were not given, so that their means were taken. Left out if there
	/// are none.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	pub assumed_mean: Vec<&'a str>,
}

/// Token counts. What counts as a token is said in [`crate::tokenizer`].
#[derive(Debug, Serialize)]
pub struct Usage {
	/// Tokens of all messages.
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
#[derive(Debug, Serialize)]
pub struct PromptDetails {
	/// 0.
	pub cached_tokens: usize,
}

/// A part of the answer's tokens.
#[derive(Debug, Serialize)]
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
			id: &model.id,
			object: "model",
			created: model.created,
			owned_by: "tallystick",
			parent: model.parent.as_deref(),
			digest: &model.digest,
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
