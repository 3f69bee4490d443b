//! From a consumer's input to the body of the call. Pure.
//!
//! The call is `POST {base_url}/chat/completions` with one JSON object: the members of the
//! consumer's *request*, then those of its *parameters* (which win, but cannot bring `messages`),
//! then what the worker decides: `model`, `stream: false`, `n: 1`. Members that the worker does not
//! know pass through as they are written.
//!
//! ## The bound on output tokens
//! A receipt can charge what is held and no more, so the worker asks for no more output than what
//! is held pays for: `max_tokens` and `max_completion_tokens` are lowered to it, and where the
//! consumer gives neither, `max_tokens` is added. Backends refuse a bound beyond their context
//! window, whose size the worker does not know; then a bound *of the worker's own* is lowered in
//! [`STEPS`] ([`Bound::after_refusal`]). It is never dropped: a consumer could provoke that, and
//! get more than it holds units for.
//!
//! What the input costs is estimated as a token for four bytes of messages and tools, and
//! [`OTHER_TOKENS`] for each part of a message that is no text, all of it as if nothing were in the
//! backend's cache. If the flat price and that are not held, the backend is not called.

use super::json::{self, count, Text};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use tallystick_primitives::{Balance, Tariff};

/// What only the worker decides. `stream_options` makes no sense without `stream`.
const DECIDED: [&str; 4] = ["model", "stream", "stream_options", "n"];
/// Tokens that an image, or another part that is not text, is estimated at: the least that OpenAI
/// counts for an image.
const OTHER_TOKENS: u64 = 85;
/// Bytes of text to a token, in estimates.
const BYTES_PER_TOKEN: u64 = 4;
/// The bounds that are tried when a backend refuses the worker's own.
const STEPS: [u64; 3] = [4_096, 1_024, 256];

/// Why there is no call for an input. It is the consumer's to mend, so it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadInput {
	/// The bytes are not what the job commits to.
	WrongCommitment,
	/// The input was handed in for the jobs of another account.
	OtherConsumer,
	/// The request is no JSON object.
	RequestNotAnObject,
	/// The parameters are no JSON object.
	ParametersNotAnObject,
	/// The request has no array of messages.
	NoMessages,
	/// The messages are in the parameters.
	MessagesInParameters,
	/// `max_tokens` or `max_completion_tokens` is no whole number.
	BadMaxTokens,
	/// The units held do not pay for the call and its input.
	TooFewUnits,
}

impl BadInput {
	/// What the consumer is told.
	pub const fn message(self) -> &'static str {
		match self {
			Self::WrongCommitment => "the input does not match the commitments of the job",
			Self::OtherConsumer => "the input was handed in for another account's jobs",
			Self::RequestNotAnObject => "the request is not a JSON object",
			Self::ParametersNotAnObject => "the parameters are not a JSON object",
			Self::NoMessages => "the request has no array of messages",
			Self::MessagesInParameters => "messages belong in the request, not in the parameters",
			Self::BadMaxTokens => "max_tokens and max_completion_tokens are whole numbers",
			Self::TooFewUnits => "the units held do not pay for the call and its input",
		}
	}
}

/// A member by which output is bounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Member {
	/// `max_tokens`: what nearly every backend knows.
	MaxTokens,
	/// `max_completion_tokens`: what some models of OpenAI want in its place.
	MaxCompletionTokens,
}

impl Member {
	const ALL: [Self; 2] = [Self::MaxTokens, Self::MaxCompletionTokens];

	const fn name(self) -> &'static str {
		match self {
			Self::MaxTokens => "max_tokens",
			Self::MaxCompletionTokens => "max_completion_tokens",
		}
	}
}

/// The bound that the worker adds where the consumer gives none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bound {
	/// Where it is put.
	pub member: Member,
	/// It is not above this.
	pub most: u64,
}

impl Default for Bound {
	fn default() -> Self {
		Self { member: Member::MaxTokens, most: u64::MAX }
	}
}

impl Bound {
	/// The bound to try after a backend answered a call with the bound `added` by a refusal (400 or
	/// 422) with this body. `None` if the bound does not seem to be what it refuses.
	pub fn after_refusal(self, added: u64, body: &[u8]) -> Option<Self> {
		let other = Member::MaxCompletionTokens;
		// A backend that wants the other member names it. vLLM names both, and says "too large".
		if self.member != other
			&& contains(body, other.name().as_bytes())
			&& !contains(body, b"too large")
		{
			return Some(Self { member: other, ..self });
		}
		if !contains(body, b"token") && !contains(body, b"context") {
			return None;
		}
		let most = STEPS.into_iter().find(|step| *step < added)?;
		Some(Self { most, ..self })
	}
}

/// Whether `needle` is in `bytes`.
pub fn contains(bytes: &[u8], needle: &[u8]) -> bool {
	!needle.is_empty() && bytes.windows(needle.len()).any(|window| window == needle)
}

/// The body of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
	/// JSON.
	pub bytes: Vec<u8>,
	/// The bound on output tokens that the worker added.
	pub added: Option<u64>,
}

/// What the units held pay for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Allowance {
	/// Output costs nothing.
	Unlimited,
	/// So many tokens of output.
	Tokens(u64),
}

/// The output that `held` units pay for beside the flat price and `input` tokens. `None` if that is
/// not a token.
fn allowance(tariff: &Tariff, held: Balance, input: u64) -> Option<Allowance> {
	// In thousandths of a unit. Exact: a charge is at most `held` if and only if the thousandths
	// beside the flat price are at most these. Saturates for holds that pay for anything.
	let budget = held.checked_sub(tariff.per_call.into())?.saturating_mul(1_000);
	let cost = Balance::from(input).saturating_mul(tariff.per_1k_input.into());
	let left = budget.checked_sub(cost)?;
	match left.checked_div(tariff.per_1k_output.into()) {
		None => Some(Allowance::Unlimited),
		Some(0) => None,
		Some(tokens) => Some(Allowance::Tokens(u64::try_from(tokens).unwrap_or(u64::MAX))),
	}
}

/// The text of the messages of a request. `None` if it is no request.
pub fn text_of(request: &[u8]) -> Option<Text> {
	let members = json::members(request)?;
	serde_json::from_str(members.get("messages")?).ok()
}

/// The body of the call for an input, with which `held` units pay by `tariff`.
pub fn body(
	model: &str,
	request: &[u8],
	parameters: &[u8],
	tariff: &Tariff,
	held: Balance,
	bound: Bound,
) -> Result<Body, BadInput> {
	let mut members = json::members(request).ok_or(BadInput::RequestNotAnObject)?;
	let parameters = match parameters {
		[] => BTreeMap::new(),
		bytes => json::members(bytes).ok_or(BadInput::ParametersNotAnObject)?,
	};
	if parameters.contains_key("messages") {
		return Err(BadInput::MessagesInParameters);
	}
	members.extend(parameters);

	let messages = members.get("messages").filter(|value| value.starts_with('['));
	let text: Text = messages
		.and_then(|messages| serde_json::from_str(messages).ok())
		.ok_or(BadInput::NoMessages)?;
	let tools = members.get("tools").map_or(0, |tools| count(tools.len()));
	let input = (text.bytes.saturating_add(tools) / BYTES_PER_TOKEN)
		.saturating_add(text.others.saturating_mul(OTHER_TOKENS));
	let allowance = allowance(tariff, held, input).ok_or(BadInput::TooFewUnits)?;

	for decided in DECIDED {
		members.remove(decided);
	}
	let mut bounds = Vec::new();
	for member in Member::ALL {
		let Some(value) = members.remove(member.name()) else { continue };
		if value == "null" {
			continue;
		}
		let wanted = value.parse::<u64>().map_err(|_| BadInput::BadMaxTokens)?;
		bounds.push((
			member,
			match allowance {
				Allowance::Unlimited => wanted,
				Allowance::Tokens(most) => wanted.min(most),
			},
		));
	}
	let mut added = None;
	if let (true, Allowance::Tokens(most)) = (bounds.is_empty(), allowance) {
		let most = most.min(bound.most);
		bounds.push((bound.member, most));
		added = Some(most);
	}

	let mut json = String::with_capacity(request.len().saturating_add(256));
	json.push('{');
	for (name, value) in members {
		push_member(&mut json, &name, value);
	}
	for (member, most) in bounds {
		push_member(&mut json, member.name(), &alloc::format!("{most}"));
	}
	push_member(&mut json, "model", &quote(model));
	push_member(&mut json, "stream", "false");
	push_member(&mut json, "n", "1");
	json.push('}');
	Ok(Body { bytes: json.into_bytes(), added })
}

fn push_member(json: &mut String, name: &str, value: &str) {
	if json.len() > 1 {
		json.push(',');
	}
	json.push_str(&quote(name));
	json.push(':');
	json.push_str(value);
}

/// A JSON string.
fn quote(text: &str) -> String {
	// Strings are always written: there is nothing in them that JSON cannot say.
	serde_json::to_string(text).unwrap_or_default()
}
