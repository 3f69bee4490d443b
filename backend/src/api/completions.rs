//! `POST /v1/completions`: a text goes on, without a chat template.

use super::{
	boolean, embeddings::Input, events, field, object, positive, room, unsupported, whole, Head,
	Options, Usage,
};
use crate::{
	error::ApiError,
	generation::{start, Job, Limits, Said, Tokens},
	models::Model,
	App,
};
use axum::{
	response::{IntoResponse, Response},
	Json,
};
use serde::Serialize;

/// Most tokens where nothing else is said.
const DEFAULT_MAX_TOKENS: usize = 16;
/// Most prompts of a request.
const MAX_PROMPTS: usize = 64;

/// The body.
struct Request {
	options: Options,
	prompts: Vec<Input>,
	/// Whether the prompt is repeated before what follows it.
	echo: bool,
}

impl Request {
	fn parse(body: &[u8]) -> Result<Self, ApiError> {
		let fields = object(body)?;
		if field(&fields, "logprobs").is_some() {
			return Err(unsupported("logprobs", "This server does not tell probabilities."));
		}
		if field(&fields, "suffix").is_some_and(|suffix| suffix.as_str() != Some("")) {
			return Err(unsupported("suffix", "This server only goes on at the end."));
		}
		if positive(&fields, "best_of")?.is_some_and(|best_of| best_of > 1) {
			return Err(unsupported("best_of", "This server gives one answer."));
		}
		Ok(Self {
			options: Options::read(&fields)?,
			prompts: Input::read(&fields, "prompt", MAX_PROMPTS)?,
			echo: boolean(&fields, "echo")?,
		})
	}
}

/// Goes on.
pub async fn answer(app: &App, body: &[u8]) -> Result<Response, ApiError> {
	let Request { options, prompts, echo } = Request::parse(body)?;
	let card = app.model(&options.model)?;
	let Model::Language(model) = card else { return Err(ApiError::ChatOnly) };
	let mut jobs = Vec::new();
	let mut prompt_tokens = 0;
	let mut echoes = Vec::new();
	for (number, prompt) in prompts.into_iter().enumerate() {
		let prompt = prompt.tokens("prompt", model)?;
		prompt_tokens += prompt.len();
		let rest = room("prompt", model.context(), prompt.len(), options.max_tokens)?;
		let max_tokens = options.max_tokens.unwrap_or(DEFAULT_MAX_TOKENS.min(rest));
		echoes.push(if echo { model.text(&prompt) } else { String::new() });
		let mut sampling = options.sampling.clone();
		sampling.seed = sampling.seed.wrapping_add(number as u64);
		let tokens: Tokens = Box::new(model.generate(prompt, sampling));
		jobs.push(Job { tokens, limits: Limits { max_tokens, stop: options.stop.clone() } });
	}
	let count = jobs.len();
	let pieces = start(jobs, app.room.clone());
	let head = app.head(card, "cmpl", "text_completion");
	if options.stream {
		let first = echoes.into_iter().enumerate().filter(|(_, echo)| !echo.is_empty());
		let first = first.map(|(index, echo)| Choice::new(index, echo, None)).collect();
		let usage = options.include_usage.then_some(prompt_tokens);
		return Ok(events(head, first, Choice::of, pieces, count, usage));
	}
	let answers = whole(pieces, count).await?;
	let tokens = answers.iter().map(|(_, ending)| ending.tokens).sum();
	let choices = answers.into_iter().zip(echoes).enumerate();
	let choices = choices
		.map(|(index, ((text, ending), echo))| {
			Choice::new(index, echo + &text, Some(ending.reason))
		})
		.collect();
	let usage = Usage::new(prompt_tokens, tokens);
	Ok(Json(Completion { head, choices, usage }).into_response())
}

/// A whole answer.
#[derive(Debug, Serialize)]
struct Completion {
	#[serde(flatten)]
	head: Head,
	choices: Vec<Choice>,
	usage: Usage,
}

#[derive(Debug, Serialize)]
struct Choice {
	text: String,
	index: usize,
	logprobs: Option<()>,
	finish_reason: Option<&'static str>,
}

impl Choice {
	fn new(index: usize, text: String, finish_reason: Option<&'static str>) -> Self {
		Self { text, index, logprobs: None, finish_reason }
	}

	fn of(index: usize, said: Said) -> Self {
		match said {
			Said::Text(text) => Self::new(index, text, None),
			Said::Ending(ending) => Self::new(index, String::new(), Some(ending.reason)),
		}
	}
}
