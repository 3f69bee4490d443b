//! A call that no job asks for, by which an operator tries a backend. Pure: the same body as in a
//! worker's call, and the same judgement of what comes back; the call itself is the tool's.

use super::{
	backends,
	request::{self, Bound},
	verdict::{self, Verdict},
};
use alloc::{string::String, vec::Vec};
use tallystick_primitives::{observation::Outcome, offchain::Backend, Balance, Tariff};

/// A tariff by which so many units pay for so many tokens of output, and nothing else costs anything.
const TARIFF: Tariff =
	Tariff { per_call: 0, per_1k_input: 0, per_1k_cached: 0, per_1k_output: 1_000 };

/// A trial of one backend.
pub struct Trial<'a> {
	backend: &'a Backend,
	most_tokens: Balance,
	bound: Bound,
	added: Option<u64>,
}

/// What the worker would make of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
	/// An answer. Says whether the backend counted its tokens.
	Answer {
		/// Whether `usage` is there.
		has_usage: bool,
	},
	/// Nothing yet: call again, with the body that [`Trial::body`] then gives.
	Again,
	/// The backend refuses the request. Its own words, in which its key is not, but parts of it can be.
	Refused(Vec<u8>),
	/// Anything else that is no answer.
	Fault(Outcome),
}

impl<'a> Trial<'a> {
	/// A trial that asks for `most_tokens` tokens of output at most.
	pub fn new(backend: &'a Backend, most_tokens: u32) -> Self {
		Self { backend, most_tokens: most_tokens.into(), bound: Bound::default(), added: None }
	}

	/// The URL of calls.
	pub fn url(&self) -> String {
		backends::url(self.backend)
	}

	/// The body of the next call for `request`, a JSON object with `messages`. `Err` says in words why
	/// `request` is none.
	pub fn body(&mut self, request: &[u8]) -> Result<Vec<u8>, &'static str> {
		let body =
			request::body(&self.backend.model, request, b"", &TARIFF, self.most_tokens, self.bound)
				.map_err(request::BadInput::message)?;
		self.added = body.added;
		Ok(body.bytes)
	}

	/// Whether the body of an answer with this status matters.
	pub fn reads(&self, status: u16) -> bool {
		verdict::by_status(status).is_none()
	}

	/// The most bytes that are read of an answer with this status.
	pub fn cap(&self, status: u16) -> usize {
		backends::cap(self.backend, status)
	}

	/// What an answer means.
	pub fn judge(&mut self, status: u16, body: Vec<u8>) -> Reading {
		let key = self.backend.api_key.as_deref();
		match verdict::judge(status, body, self.bound, self.added, key) {
			Verdict::Answer(answer, _) => Reading::Answer { has_usage: answer.usage.is_there() },
			Verdict::Refusal(body) => Reading::Refused(body),
			Verdict::Again(bound) => {
				self.bound = bound;
				Reading::Again
			}
			Verdict::Fault(fault) => Reading::Fault(fault.outcome()),
		}
	}
}
