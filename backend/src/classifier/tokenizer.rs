//! How tokens are counted. Every implementation that follows these rules gets the same numbers.
//!
//! A text is read from left to right. ASCII white space (space, tab, line feed, form feed, carriage
//! return) separates and is never counted. Otherwise the longest of these that fits is one token:
//!
//! 1. a number: ASCII digits, then optionally `.` and digits, then optionally `e` or `E`, an
//!    optional sign, and digits (`17`, `17.99`, `2.5e-3`; a leading sign is a token of its own);
//! 2. a word: an ASCII letter or `_`, then ASCII letters, digits or `_`;
//! 3. any other character, by itself.
//!
//! **Prompt tokens** are the tokens of the contents of all messages, each text (or text part) by
//! itself; roles, names and JSON around them are not counted. **Completion tokens** are the tokens
//! of the answer's content. A token has at least one byte, so a count never exceeds the text's
//! bytes.

use crate::generation::Tokens;

/// The byte offset at which each token of `text` ends, in order.
pub fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
	let bytes = text.as_bytes();
	let mut at = 0;
	std::iter::from_fn(move || {
		at += run(&bytes[at..], |b| b.is_ascii_whitespace());
		let first = text[at..].chars().next()?;
		at += match first {
			'0'..='9' => number(&bytes[at..]),
			'a'..='z' | 'A'..='Z' | '_' => {
				run(&bytes[at..], |b| b.is_ascii_alphanumeric() || b == b'_')
			}
			other => other.len_utf8(),
		};
		Some(at)
	})
}

/// The tokens in `text`.
pub fn count(text: &str) -> usize {
	ends(text).count()
}

/// The tokens of `text` one after the other, each with the white space before it.
pub fn tokens(text: &str) -> Tokens {
	let mut from = 0;
	let tokens =
		ends(text).map(|end| text.as_bytes()[std::mem::replace(&mut from, end)..end].to_vec());
	Box::new(tokens.collect::<Vec<_>>().into_iter())
}

/// How many bytes at the start satisfy `is`.
fn run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
	bytes.iter().take_while(|b| is(**b)).count()
}

fn digits(bytes: &[u8]) -> usize {
	run(bytes, |b| b.is_ascii_digit())
}

/// The length of the number at the start, which is a digit.
fn number(bytes: &[u8]) -> usize {
	let mut end = digits(bytes);
	if bytes.get(end) == Some(&b'.') {
		let fraction = digits(&bytes[end + 1..]);
		if fraction > 0 {
			end += 1 + fraction;
		}
	}
	if matches!(bytes.get(end), Some(b'e' | b'E')) {
		let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
		let exponent = digits(&bytes[end + 1 + sign..]);
		if exponent > 0 {
			end += 1 + sign + exponent;
		}
	}
	end
}

#[cfg(test)]
mod tests {
	use super::*;

	fn tokens(text: &str) -> Vec<&str> {
		let mut from = 0;
		ends(text)
			.map(|end| {
				let token = text[from..end].trim_start_matches(|c: char| c.is_ascii_whitespace());
				from = end;
				token
			})
			.collect()
	}

	#[test]
	fn numbers_words_and_signs_are_told_apart() {
		assert_eq!(tokens(""), Vec::<&str>::new());
		assert_eq!(tokens(" \t\r\n\x0c"), Vec::<&str>::new());
		assert_eq!(tokens("17.99, 10.38"), ["17.99", ",", "10.38"]);
		assert_eq!(tokens("mean radius=-17"), ["mean", "radius", "=", "-", "17"]);
		assert_eq!(tokens("mean_radius2 2x"), ["mean_radius2", "2", "x"]);
		assert_eq!(tokens("breast-cancer-mlp"), ["breast", "-", "cancer", "-", "mlp"]);
	}

	#[test]
	fn a_number_takes_a_fraction_and_an_exponent_only_when_they_are_whole() {
		assert_eq!(tokens("2.5e-3 1E9 1e+2"), ["2.5e-3", "1E9", "1e+2"]);
		assert_eq!(tokens("5. .5 1.2.3"), ["5", ".", ".", "5", "1.2", ".", "3"]);
		assert_eq!(tokens("1e 1e- 1ex"), ["1", "e", "1", "e", "-", "1", "ex"]);
	}

	#[test]
	fn other_characters_are_single_tokens() {
		assert_eq!(tokens("é€🙂"), ["é", "€", "🙂"]);
		// A no-break space and a vertical tab are no ASCII white space.
		assert_eq!(tokens("a\u{a0}b\x0b"), ["a", "\u{a0}", "b", "\x0b"]);
		assert_eq!(tokens(r#"{"a":1}"#), ["{", "\"", "a", "\"", ":", "1", "}"]);
	}

	#[test]
	fn tokens_make_up_the_text() {
		let text = "mean radius = 17.99,  é";
		let all: Vec<u8> = super::tokens(text).flatten().collect();
		assert_eq!(all, text.as_bytes());
		assert_eq!(super::tokens(text).count(), count(text));
	}

	#[test]
	fn a_text_never_has_more_tokens_than_bytes() {
		for text in ["", "a", "1.e", "🙂🙂", "\u{2028}x", "{{{{", "1e5e5"] {
			assert!(count(text) <= text.len(), "{text}");
		}
	}
}
