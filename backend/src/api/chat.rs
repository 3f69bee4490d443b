//! `POST /v1/chat/completions`.

use super::{events, field, object, room, unsupported, whole, wrong_type, Head, Options, Usage};
use crate::{
	classifier,
	error::ApiError,
	generation::{start, Job, Limits, Said},
	models::Model,
	App,
};
use axum::{
	response::{IntoResponse, Response},
	Json,
};
use serde::Serialize;
use serde_json::{Map, Value};

/// The roles that a message can have.
const ROLES: [&str; 6] = ["developer", "system", "user", "assistant", "tool", "function"];

/// The body.
#[derive(Debug, PartialEq)]
pub struct Request {
	/// What is not the conversation.
	pub options: Options,
	/// The conversation. At least one message is the user's.
	pub messages: Vec<Message>,
}

/// One message.
#[derive(Debug, PartialEq)]
pub struct Message {
	/// Who speaks.
	pub role: String,
	/// The content: one text, or the texts of its parts.
	pub texts: Vec<String>,
}

impl Message {
	/// The texts one below the other.
	pub fn text(&self) -> String {
		self.texts.join("\n")
	}
}

impl Request {
	/// Reads a body.
	pub fn parse(body: &[u8]) -> Result<Self, ApiError> {
		let fields = object(body)?;
		if field(&fields, "logprobs").is_some_and(|value| *value != Value::Bool(false)) {
			return Err(unsupported("logprobs", "This server does not tell probabilities."));
		}
		Ok(Self { options: Options::read(&fields)?, messages: messages(&fields)? })
	}

	/// The last message of the user, and its index.
	pub fn question(&self) -> (usize, String) {
		let mut messages = self.messages.iter().enumerate();
		let last = messages.rfind(|(_, message)| message.role == "user");
		last.map_or_else(Default::default, |(index, message)| (index, message.text()))
	}
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

/// Answers.
pub async fn answer(app: &App, body: &[u8]) -> Result<Response, ApiError> {
	let request = Request::parse(body)?;
	let options = &request.options;
	let model = app.model(&options.model)?;
	let (prompt, most, tokens) = match model {
		Model::Classifier(model) => {
			let texts = request.messages.iter().flat_map(|message| &message.texts);
			let prompt = texts.map(|text| classifier::tokenizer::count(text)).sum();
			let (index, question) = request.question();
			let answer = model.answer(&question).map_err(|message| ApiError::Value {
				param: format!("messages[{index}].content"),
				message,
			})?;
			(prompt, usize::MAX, classifier::tokenizer::tokens(&answer))
		}
		Model::Language(model) => {
			let prompt = model.prompt(&request.messages);
			let most = room("messages", model.context(), prompt.len(), options.max_tokens)?;
			(prompt.len(), most, Box::new(model.generate(prompt, options.sampling.clone())) as _)
		}
	};
	let max_tokens = options.max_tokens.unwrap_or(most);
	let limits = Limits { max_tokens, stop: options.stop.clone() };
	let pieces = start(vec![Job { tokens, limits }], app.room.clone());
	if options.stream {
		let head = app.head(model, "chatcmpl", "chat.completion.chunk");
		let first =
			vec![PieceChoice::new(Delta::Begin { role: "assistant", content: "", refusal: None })];
		let usage = options.include_usage.then_some(prompt);
		return Ok(events(head, first, PieceChoice::of, pieces, 1, usage));
	}
	let [(content, ending)] = whole(pieces, 1).await?.try_into().map_err(|_| ApiError::Internal)?;
	Ok(Json(Completion {
		head: app.head(model, "chatcmpl", "chat.completion"),
		choices: [Choice {
			index: 0,
			message: Answer { role: "assistant", content, refusal: None },
			logprobs: None,
			finish_reason: ending.reason,
		}],
		usage: Usage::new(prompt, ending.tokens),
	})
	.into_response())
}

/// A whole answer.
#[derive(Debug, Serialize)]
struct Completion {
	#[serde(flatten)]
	head: Head,
	choices: [Choice; 1],
	usage: Usage,
}

#[derive(Debug, Serialize)]
struct Choice {
	index: usize,
	message: Answer,
	logprobs: Option<()>,
	finish_reason: &'static str,
}

#[derive(Debug, Serialize)]
struct Answer {
	role: &'static str,
	content: String,
	refusal: Option<()>,
}

/// The choice in a piece of an answer.
#[derive(Debug, Serialize)]
struct PieceChoice {
	index: usize,
	delta: Delta,
	logprobs: Option<()>,
	finish_reason: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Delta {
	Begin { role: &'static str, content: &'static str, refusal: Option<()> },
	More { content: String },
	End {},
}

impl PieceChoice {
	fn new(delta: Delta) -> Self {
		Self { index: 0, delta, logprobs: None, finish_reason: None }
	}

	fn of(_: usize, said: Said) -> Self {
		match said {
			Said::Text(content) => Self::new(Delta::More { content }),
			Said::Ending(ending) => {
				Self { finish_reason: Some(ending.reason), ..Self::new(Delta::End {}) }
			}
		}
	}
}
