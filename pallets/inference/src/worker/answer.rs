//! From a backend's answer to token counts. Pure.
//!
//! ## Who counts
//! The backend's `usage` is taken as it is if it is possible: no more input tokens than bytes of the
//! request, no more output tokens (reasoning aside, which need not be in the answer) than bytes of
//! the answer, no more cached than input tokens, no more reasoning than output tokens. A number that
//! is missing or impossible is replaced by the worker's own count, and the receipt says so. That
//! count is the number of words, as whitespace separates them, of the messages or of the answer:
//! tokenizers end tokens at whitespace, so there are at least as many tokens, and the consumer is
//! not charged for more than there was.
//!
//! In the end the counts are lowered, output first, until their charge is within what is held. The
//! receipt says that too, by naming the worker as the one who counted.

use super::json::{count, Elements, Text};
use alloc::vec::Vec;
use core::fmt;
use serde::{
	de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};
use tallystick_primitives::{Balance, CountedBy, FinishReason, Tariff, Tokens};

/// What the worker reads of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
	/// Why it ended.
	pub finish: FinishReason,
	/// Whether there is nothing in it: no text, no refusal, no call of a tool.
	pub is_empty: bool,
	/// Words in it.
	pub words: u64,
	/// What the backend counted.
	pub usage: Usage,
}

/// What a backend counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
pub struct Usage {
	prompt_tokens: Option<u64>,
	completion_tokens: Option<u64>,
	prompt_tokens_details: Option<PromptDetails>,
	completion_tokens_details: Option<CompletionDetails>,
}

impl Usage {
	/// Whether the backend counted input and output.
	pub const fn is_there(&self) -> bool {
		self.prompt_tokens.is_some() && self.completion_tokens.is_some()
	}
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
struct PromptDetails {
	cached_tokens: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
struct CompletionDetails {
	reasoning_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct Completion {
	choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
	message: Message,
	#[serde(default)]
	finish_reason: Finish,
}

#[derive(Deserialize)]
struct Message {
	#[serde(default)]
	content: Text,
	#[serde(default)]
	refusal: Text,
	#[serde(default)]
	tool_calls: Elements,
	#[serde(default)]
	function_call: Elements,
	#[serde(default)]
	audio: Elements,
}

/// Apart from the rest, because an answer with an odd `usage` is still an answer.
#[derive(Deserialize)]
struct WithUsage {
	usage: Usage,
}

/// A `finish_reason`, whatever it is.
struct Finish(FinishReason);

impl Default for Finish {
	/// Backends that say nothing have said all they had to say.
	fn default() -> Self {
		Self(FinishReason::Stop)
	}
}

struct FinishVisitor;

impl<'de> Visitor<'de> for FinishVisitor {
	type Value = Finish;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a reason")
	}

	fn visit_str<E>(self, reason: &str) -> Result<Finish, E> {
		Ok(Finish(match reason {
			"length" | "max_tokens" => FinishReason::Length,
			"content_filter" | "safety" => FinishReason::ContentFilter,
			"tool_calls" | "tool_use" | "function_call" => FinishReason::ToolCalls,
			"error" | "abort" | "cancelled" => FinishReason::Error,
			// "stop", and what backends of their own making call it: "eos", "end_turn", …
			_ => FinishReason::Stop,
		}))
	}

	fn visit_unit<E>(self) -> Result<Finish, E> {
		Ok(Finish::default())
	}

	fn visit_bool<E>(self, _: bool) -> Result<Finish, E> {
		Ok(Finish::default())
	}

	fn visit_u64<E>(self, _: u64) -> Result<Finish, E> {
		Ok(Finish::default())
	}

	fn visit_i64<E>(self, _: i64) -> Result<Finish, E> {
		Ok(Finish::default())
	}

	fn visit_f64<E>(self, _: f64) -> Result<Finish, E> {
		Ok(Finish::default())
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Finish, A::Error> {
		while elements.next_element::<IgnoredAny>()?.is_some() {}
		Ok(Finish::default())
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Finish, A::Error> {
		while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
		Ok(Finish::default())
	}
}

impl<'de> Deserialize<'de> for Finish {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(FinishVisitor)
	}
}

/// Reads the body of a chat completion. `None` if it is none.
pub fn parse(body: &[u8]) -> Option<Answer> {
	let completion: Completion = serde_json::from_slice(body).ok()?;
	let Choice { message, finish_reason: Finish(finish) } =
		completion.choices.into_iter().next()?;
	let usage = serde_json::from_slice(body).map(|WithUsage { usage }| usage).unwrap_or_default();
	let words = message.content.words.saturating_add(message.refusal.words);
	let others = [message.tool_calls, message.function_call, message.audio];
	let is_empty = words == 0
		&& message.content.others == 0
		&& others.into_iter().all(|elements| elements == Elements(0));
	Some(Answer { finish, is_empty, words, usage })
}

/// The token counts of an answer of `response_bytes` bytes to a request of `request_bytes` bytes.
/// `request_words` counts the words of the request's messages; it is asked only if it is needed.
pub fn tokens(
	answer: &Answer,
	request_bytes: u32,
	response_bytes: u32,
	request_words: impl FnOnce() -> u64,
) -> (Tokens, CountedBy) {
	let Usage {
		prompt_tokens,
		completion_tokens,
		prompt_tokens_details,
		completion_tokens_details,
	} = answer.usage;
	let cached = prompt_tokens_details.and_then(|details| details.cached_tokens).unwrap_or(0);
	let reasoning =
		completion_tokens_details.and_then(|details| details.reasoning_tokens).unwrap_or(0);

	let prompt = small(prompt_tokens).filter(|prompt| *prompt <= request_bytes);
	let output = small(completion_tokens)
		.map(|completion| (completion, clamp(reasoning, completion)))
		// The reasoning is clamped to the completion: nothing saturates.
		.filter(|(all, reasoning)| all.saturating_sub(*reasoning) <= response_bytes);

	// Words are separated by bytes, so there are no more of them than bytes: the clamps do nothing.
	let of_prompt = prompt.unwrap_or_else(|| clamp(request_words(), request_bytes));
	let (completion, of_reasoning) =
		output.unwrap_or_else(|| (clamp(answer.words, response_bytes), 0));
	let tokens = Tokens {
		prompt: of_prompt,
		cached: clamp(cached, of_prompt),
		completion,
		reasoning: of_reasoning,
	};
	let is_the_backends = prompt.is_some()
		&& output.is_some()
		&& u64::from(tokens.cached) == cached
		&& u64::from(tokens.reasoning) == reasoning;
	(tokens, if is_the_backends { CountedBy::Backend } else { CountedBy::Gateway })
}

fn small(count: Option<u64>) -> Option<u32> {
	count.and_then(|count| u32::try_from(count).ok())
}

fn clamp(count: u64, most: u32) -> u32 {
	u32::try_from(count).unwrap_or(u32::MAX).min(most)
}

/// Lowers `tokens` until their charge is at most `held`: output first, then input that was not
/// cached, then cached input. `None` if the flat price alone is more.
pub fn fit(tariff: &Tariff, held: Balance, tokens: Tokens) -> Option<Tokens> {
	if tariff.charge(&tokens) <= held {
		return Some(tokens);
	}
	// In thousandths of a unit. A saturated budget is above every charge, so it does not come here.
	let mut budget = held.checked_sub(tariff.per_call.into())?.saturating_mul(1_000);
	let mut buy = |wanted: u32, rate: u64| -> u32 {
		let rate = Balance::from(rate);
		let affordable = budget.checked_div(rate).unwrap_or(Balance::MAX);
		let bought = u32::try_from(affordable).unwrap_or(u32::MAX).min(wanted);
		// At most the budget, because it was divided by the rate.
		budget = budget.saturating_sub(Balance::from(bought).saturating_mul(rate));
		bought
	};
	let cached = buy(tokens.cached, tariff.per_1k_cached);
	// `tokens` comes from `tokens()`, which keeps cached within prompt: nothing saturates.
	let fresh = buy(tokens.prompt.saturating_sub(tokens.cached), tariff.per_1k_input);
	let completion = buy(tokens.completion, tariff.per_1k_output);
	Some(Tokens {
		prompt: fresh.saturating_add(cached),
		cached,
		completion,
		reasoning: tokens.reasoning.min(completion),
	})
}

/// A JSON object by which the worker says that there is no answer: OpenAI's shape of an error.
/// `message` is one of the worker's own sentences, never a backend's.
pub fn error_body(message: &'static str, status: Option<u16>) -> Vec<u8> {
	let code = status.map_or_else(|| "null".into(), |status| alloc::format!("{status}"));
	alloc::format!(
		r#"{{"error":{{"message":"{message}","type":"provider_error","param":null,"code":{code}}}}}"#
	)
	.into_bytes()
}

/// The length of a body. Bodies are capped far below this.
pub fn length(bytes: &[u8]) -> u32 {
	u32::try_from(count(bytes.len())).unwrap_or(u32::MAX)
}
