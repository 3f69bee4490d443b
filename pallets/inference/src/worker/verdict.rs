//! What a backend's answer, or its absence, means for the job. Pure.
//!
//! | what came | what it means |
//! |---|---|
//! | 200 with a chat completion | the answer |
//! | 200 with anything else | a fault that may pass |
//! | 400, 422, with a bound of the worker's own | another call with a lower bound |
//! | 401, 402, 403, 407 | the provider's own trouble with the backend: an error, the body withheld |
//! | 408, 429, 5xx | a fault that may pass, after the pause that the backend asks for |
//! | other 4xx | the consumer's to mend: an error, with the backend's body |
//! | redirects, other statuses | an error |
//! | nothing in time, a broken connection | a fault that may pass |
//! | more bytes than allowed | an error |
//!
//! A body that has the backend's key in it goes nowhere.

use super::{
	answer::{self, Answer},
	request::{contains, Bound},
};
use alloc::vec::Vec;
use tallystick_primitives::observation::Outcome;

/// The most of an error's body that is read, in bytes.
pub const ERROR_BODY: usize = 65_536;
/// Keys below this length, in bytes, are not looked for in bodies: they are placeholders, such as
/// `EMPTY`, that can be in any text.
const SECRET: usize = 16;

/// What went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
	/// No answer in time.
	TimedOut,
	/// No connection, or one that broke.
	Broken,
	/// The backend has no time now: 408, 429.
	Busy(u16),
	/// The backend failed: 5xx.
	Failed(u16),
	/// A success that is no answer.
	Unreadable,
	/// The backend wants the call elsewhere.
	Redirected(u16),
	/// The backend does not serve the provider.
	Credentials(u16),
	/// A status that is none of a completion.
	Odd(u16),
	/// More bytes than are read.
	TooLarge,
	/// The body has the backend's key in it.
	Secret,
	/// The backend cannot be called as it is configured.
	Misconfigured,
	/// All tries were spent by runs before this one.
	Spent,
	/// The node could not keep the answer.
	NotKept,
}

impl Fault {
	/// Whether another try makes sense.
	pub const fn may_pass(self) -> bool {
		matches!(
			self,
			Self::TimedOut | Self::Broken | Self::Busy(_) | Self::Failed(_) | Self::Unreadable
		)
	}

	/// The HTTP status, where there was one.
	pub const fn status(self) -> Option<u16> {
		match self {
			Self::Busy(status)
			| Self::Failed(status)
			| Self::Redirected(status)
			| Self::Credentials(status)
			| Self::Odd(status) => Some(status),
			_ => None,
		}
	}

	/// What logs and metrics call it.
	pub const fn outcome(self) -> Outcome {
		match self {
			Self::TimedOut => Outcome::TimedOut,
			Self::Broken => Outcome::Broken,
			Self::Busy(_) => Outcome::Busy,
			Self::Failed(_) => Outcome::Failed,
			Self::Unreadable => Outcome::Unreadable,
			Self::Redirected(_) => Outcome::Redirected,
			Self::Credentials(_) => Outcome::Credentials,
			Self::Odd(_) => Outcome::Odd,
			Self::TooLarge => Outcome::TooLarge,
			Self::Secret => Outcome::Secret,
			Self::Misconfigured => Outcome::Misconfigured,
			Self::Spent => Outcome::Spent,
			Self::NotKept => Outcome::NotKept,
		}
	}

	/// What the consumer is told.
	pub const fn message(self) -> &'static str {
		match self {
			Self::TimedOut => "the backend did not answer in time",
			Self::Broken => "the connection to the backend failed",
			Self::Busy(_) => "the backend is busy",
			Self::Failed(_) => "the backend failed",
			Self::Unreadable => "the backend's answer is not a chat completion",
			Self::Redirected(_) => "the backend redirects, which is not followed",
			Self::Credentials(_) => "the backend does not serve the provider",
			Self::Odd(_) => "the backend answered with an unexpected status",
			Self::TooLarge => "the backend's answer is larger than the provider allows",
			Self::Secret => "the backend's answer is withheld",
			Self::Misconfigured => "the provider's backend is misconfigured",
			Self::Spent => "the backend did not answer",
			Self::NotKept => "the provider could not keep the answer",
		}
	}
}

/// What to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// The job is answered.
	Answer(Answer, Vec<u8>),
	/// The consumer has to mend the request: an error with the backend's body.
	Refusal(Vec<u8>),
	/// Call again at once, with this bound.
	Again(Bound),
	/// Something went wrong.
	Fault(Fault),
}

/// What a status says, if it says all, whatever the body is.
pub fn by_status(status: u16) -> Option<Fault> {
	match status {
		200 => None,
		401 | 402 | 403 | 407 => Some(Fault::Credentials(status)),
		408 | 429 => Some(Fault::Busy(status)),
		400..=499 => None,
		500..=599 => Some(Fault::Failed(status)),
		300..=399 => Some(Fault::Redirected(status)),
		_ => Some(Fault::Odd(status)),
	}
}

/// The most bytes of a body that are read: of an error's, fewer than of an answer.
pub fn cap(status: u16, largest: usize) -> usize {
	if status == 200 {
		largest
	} else {
		largest.min(ERROR_BODY)
	}
}

/// What an answer means. `added` is the bound on output tokens that the worker added to the call by
/// `bound`, `key` what the backend is called with.
pub fn judge(
	status: u16,
	body: Vec<u8>,
	bound: Bound,
	added: Option<u64>,
	key: Option<&str>,
) -> Verdict {
	if let Some(fault) = by_status(status) {
		return Verdict::Fault(fault);
	}
	let secret = key.map(str::as_bytes).filter(|key| key.len() >= SECRET);
	if secret.is_some_and(|key| contains(&body, key)) {
		return Verdict::Fault(Fault::Secret);
	}
	if status == 200 {
		return match answer::parse(&body) {
			Some(answer) => Verdict::Answer(answer, body),
			None => Verdict::Fault(Fault::Unreadable),
		};
	}
	let again = added
		.filter(|_| matches!(status, 400 | 422))
		.and_then(|added| bound.after_refusal(added, &body));
	match again {
		Some(bound) => Verdict::Again(bound),
		None => Verdict::Refusal(body),
	}
}
