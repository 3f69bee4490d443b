//! From what came of a call to the receipt. Pure. What is written here has to pass
//! [`check_receipt`](crate::Pallet::check_receipt).

use super::answer::{self, Answer};
use crate::Assignment;
use alloc::vec::Vec;
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	Balance, CountedBy, FinishReason, Receipt, Tariff, Tokens,
};

/// What came of a job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ending {
	/// What the consumer gets.
	pub response: Vec<u8>,
	/// Token counts.
	pub tokens: Tokens,
	/// Who counted them.
	pub counted_by: CountedBy,
	/// Why it ended.
	pub finish: FinishReason,
}

impl Ending {
	/// No answer: nothing is charged. `response` says why.
	pub fn error(response: Vec<u8>) -> Self {
		Self {
			response,
			tokens: Tokens::default(),
			counted_by: CountedBy::Gateway,
			finish: FinishReason::Error,
		}
	}

	/// An answer, with the backend's body. One with nothing in it, or that says itself that it went
	/// wrong, is an error: the consumer gets the body, and pays nothing.
	pub fn answer<AccountId>(
		assignment: &Assignment<AccountId>,
		answer: &Answer,
		response: Vec<u8>,
		request_bytes: u32,
		request_words: impl FnOnce() -> u64,
	) -> Self {
		if answer.is_empty || answer.finish == FinishReason::Error {
			return Self::error(response);
		}
		let response_bytes = answer::length(&response);
		let (counted, counted_by) =
			answer::tokens(answer, request_bytes, response_bytes, request_words);
		let Some(tokens) = answer::fit(&assignment.tariff, assignment.units_held, counted) else {
			// The flat price alone is more than is held. The chain takes no such request.
			return Self::error(response);
		};
		let counted_by = if tokens == counted { counted_by } else { CountedBy::Gateway };
		Self { response, tokens, counted_by, finish: answer.finish }
	}
}

/// The receipt for `ending`, called for at `started_at` and complete at `ended_at`.
///
/// The job was asked for before the backend was called, whatever the node's clock says: times are
/// not before the request's.
pub fn write<AccountId: Clone>(
	assignment: &Assignment<AccountId>,
	salt: &Salt,
	request_bytes: u32,
	ending: &Ending,
	started_at: u64,
	ended_at: u64,
) -> Receipt<AccountId> {
	let response_bytes = answer::length(&ending.response);
	let started_at = started_at.max(assignment.requested_at_ms);
	Receipt {
		job: assignment.job,
		artifact: assignment.artifact,
		version: assignment.version,
		provider: assignment.provider.clone(),
		endpoint: assignment.endpoint,
		request: assignment.request,
		response: commit(Kind::Response, salt, &ending.response),
		parameters: assignment.parameters,
		request_bytes,
		response_bytes,
		tokens: ending.tokens,
		counted_by: ending.counted_by,
		units: units(&assignment.tariff, ending.finish, response_bytes, &ending.tokens),
		finish: ending.finish,
		started_at,
		ended_at: ended_at.max(started_at),
		previous: assignment.previous,
	}
}

/// The units that an answer costs: none if it is an error or empty.
fn units(tariff: &Tariff, finish: FinishReason, response_bytes: u32, tokens: &Tokens) -> Balance {
	if finish == FinishReason::Error || response_bytes == 0 {
		0
	} else {
		tariff.charge(tokens)
	}
}

/// A receipt that was written before, for the job as the chain has it now. After a reorganisation
/// the same id can stand for another job: then `None`, and the receipt is worth nothing. Or for the
/// same request in a later block: then the answer is good, and its times move behind the request's.
pub fn renew<AccountId: Clone + PartialEq>(
	assignment: &Assignment<AccountId>,
	receipt: &Receipt<AccountId>,
) -> Option<Receipt<AccountId>> {
	let units = units(&assignment.tariff, receipt.finish, receipt.response_bytes, &receipt.tokens);
	let fits = receipt.job == assignment.job
		&& receipt.artifact == assignment.artifact
		&& receipt.version == assignment.version
		&& receipt.provider == assignment.provider
		&& receipt.endpoint == assignment.endpoint
		&& receipt.request == assignment.request
		&& receipt.parameters == assignment.parameters
		&& receipt.units == units
		&& units <= assignment.units_held;
	if !fits {
		return None;
	}
	let started_at = receipt.started_at.max(assignment.requested_at_ms);
	let ended_at = receipt.ended_at.max(started_at);
	Some(Receipt { started_at, ended_at, ..receipt.clone() })
}
