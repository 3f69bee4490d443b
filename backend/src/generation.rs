//! From the tokens of a model to the text that is sent, whole or in pieces.

use std::{sync::Arc, time::SystemTime};
use tokio::sync::{mpsc, Semaphore};

/// The bytes of one token after the other, until the model ends its answer.
pub type Tokens = Box<dyn Iterator<Item = Vec<u8>> + Send>;

/// Where an answer ends at the latest.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
	/// Most tokens.
	pub max_tokens: usize,
	/// Texts before which it ends.
	pub stop: Vec<String>,
}

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
	/// `stop`, or `length` if `max_tokens` cut it off.
	pub reason: &'static str,
	/// The tokens of which something was sent.
	pub tokens: usize,
}

/// An answer to be made.
pub struct Job {
	/// What the model says.
	pub tokens: Tokens,
	/// Where it ends.
	pub limits: Limits,
}

/// What becomes of a job.
#[derive(Debug, PartialEq)]
pub enum Said {
	/// More text, not empty.
	Text(String),
	/// Nothing more.
	Ending(Ending),
}

/// Makes answers one after the other, on a thread of their own: a model computes for long, and must
/// not hold up those who only wait. Each comes with the number of its job. Dropping the receiver
/// ends it. `room` bounds how many compute at once.
pub fn start(jobs: Vec<Job>, room: Arc<Semaphore>) -> mpsc::Receiver<(usize, Said)> {
	let (sender, receiver) = mpsc::channel(64);
	tokio::spawn(async move {
		let Ok(permit) = room.acquire_owned().await else { return };
		tokio::task::spawn_blocking(move || {
			for (number, job) in jobs.into_iter().enumerate() {
				let send = |said| sender.blocking_send((number, said)).is_ok();
				let ending = write(job, |text| send(Said::Text(text.to_owned())));
				if !send(Said::Ending(ending)) {
					break;
				}
			}
			drop(permit);
		});
	});
	receiver
}

/// Runs a job. `say` gets each piece of text as soon as nothing can take it back, and returns
/// whether somebody still listens.
fn write(job: Job, mut say: impl FnMut(&str) -> bool) -> Ending {
	let Job { mut tokens, limits } = job;
	let mut text = String::new();
	// Where in the text each token starts; and the bytes of a character that is not complete.
	let (mut starts, mut rest) = (Vec::new(), Vec::new());
	let mut said = 0;
	let reason = loop {
		let Some(token) = tokens.next() else { break "stop" };
		if starts.len() == limits.max_tokens {
			break "length";
		}
		starts.push(text.len());
		rest.extend(token);
		decode(&mut rest, &mut text);
		// A stop that ends in this token starts in what has not been said.
		let found = limits.stop.iter().filter_map(|stop| text[said..].find(stop)).min();
		if let Some(at) = found {
			text.truncate(said + at);
			rest.clear();
			break "stop";
		}
		let sure = text.len() - held_back(&text[said..], &limits.stop);
		if sure > said && !say(&text[said..sure]) {
			return Ending { reason: "stop", tokens: starts.len() };
		}
		said = sure;
	};
	// What is left over is no UTF-8.
	text.push_str(&String::from_utf8_lossy(&rest));
	if text.len() > said {
		say(&text[said..]);
	}
	Ending { reason, tokens: starts.iter().filter(|start| **start < text.len()).count() }
}

/// Moves what is complete from `bytes` to `text`.
fn decode(bytes: &mut Vec<u8>, text: &mut String) {
	let complete = match std::str::from_utf8(bytes) {
		Ok(_) => bytes.len(),
		Err(error) if error.error_len().is_none() => error.valid_up_to(),
		// The last character may be incomplete besides.
		Err(_) => (bytes.len().saturating_sub(3)..bytes.len())
			.find(|at| {
				let tail = std::str::from_utf8(&bytes[*at..]);
				tail.is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
			})
			.unwrap_or(bytes.len()),
	};
	text.push_str(&String::from_utf8_lossy(&bytes[..complete]));
	bytes.drain(..complete);
}

/// How many bytes at the end of a text could be the start of a stop.
fn held_back(text: &str, stops: &[String]) -> usize {
	let starts = |stop: &String| {
		let ends = stop.char_indices().map(|(at, _)| at).rev();
		ends.into_iter().find(|end| text.ends_with(&stop[..*end])).unwrap_or(0)
	};
	stops.iter().map(starts).max().unwrap_or(0)
}

/// A number that nobody foretells, for who gives no seed.
pub fn any_seed() -> u64 {
	use std::hash::{BuildHasher, RandomState};
	RandomState::new().hash_one(SystemTime::now())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn run(tokens: &[&[u8]], max_tokens: usize, stop: &[&str]) -> (Vec<String>, Ending) {
		let tokens: Vec<Vec<u8>> = tokens.iter().map(|token| token.to_vec()).collect();
		let stop = stop.iter().map(|stop| (*stop).to_owned()).collect();
		let job = Job { tokens: Box::new(tokens.into_iter()), limits: Limits { max_tokens, stop } };
		let mut pieces = Vec::new();
		let ending = write(job, |text| {
			pieces.push(text.to_owned());
			true
		});
		(pieces, ending)
	}

	fn ended(reason: &'static str, tokens: usize) -> Ending {
		Ending { reason, tokens }
	}

	#[test]
	fn each_token_is_said_at_once() {
		let (pieces, ending) = run(&[b"a", b" b", b"c"], 9, &[]);
		assert_eq!(
			(pieces.as_slice(), ending),
			(&["a", " b", "c"].map(String::from)[..], ended("stop", 3))
		);
	}

	#[test]
	fn a_limit_that_cuts_nothing_off_is_none() {
		assert_eq!(run(&[b"a", b"b"], 2, &[]).1, ended("stop", 2));
		assert_eq!(run(&[b"a", b"b"], 1, &[]), (vec!["a".into()], ended("length", 1)));
		assert_eq!(run(&[], 1, &[]), (vec![], ended("stop", 0)));
	}

	#[test]
	fn a_stop_is_found_across_tokens_and_never_said() {
		let (pieces, ending) = run(&[b"one E", b"N", b"D two"], 9, &["END"]);
		assert_eq!((pieces.concat().as_str(), ending), ("one ", ended("stop", 1)));
		let (pieces, ending) = run(&[b"E", b"N", b"x"], 9, &["END"]);
		assert_eq!((pieces, ending), (vec!["ENx".into()], ended("stop", 3)));
		assert_eq!(run(&[b"a E", b"N"], 9, &["END"]).0.concat(), "a EN");
		assert_eq!(run(&[b"{"], 9, &["{"]), (vec![], ended("stop", 0)));
		assert_eq!(run(&[b"abcd"], 9, &["cd", "b"]).0.concat(), "a");
		assert_eq!(run(&[b"aa", b"ab"], 9, &["aab"]).0.concat(), "a");
	}

	#[test]
	fn a_character_is_said_when_it_is_complete() {
		let (pieces, ending) = run(&[b"\xc3", b"\xa9", b"\xf0\x9f", b"\x99\x82!"], 9, &[]);
		assert_eq!(pieces, ["é", "🙂!"]);
		assert_eq!(ending, ended("stop", 4));
	}

	#[test]
	fn bytes_that_are_no_text_are_replaced() {
		assert_eq!(run(&[b"a\xff", b"b", b"\xc3"], 9, &[]).0.concat(), "a\u{fffd}b\u{fffd}");
		assert_eq!(run(&[b"\xff\xc3", b"\xa9"], 9, &[]).0.concat(), "\u{fffd}é");
	}

	#[test]
	fn who_does_not_listen_ends_it() {
		let tokens: Tokens = Box::new(std::iter::repeat(b"x".to_vec()));
		let mut heard = 0;
		write(Job { tokens, limits: Limits { max_tokens: usize::MAX, stop: vec![] } }, |_| {
			heard += 1;
			heard < 3
		});
		assert_eq!(heard, 3);
	}
}
