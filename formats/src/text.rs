//! Names that others chose: shown so that a terminal prints them and does not obey them, and held
//! against each other, because two names that look alike need not be the same.
//!
//! **Shown.** [`shown`] writes whatever a terminal would act on or hide as `\u{…}`: control
//! characters and with them every escape sequence, marks that turn the direction of text, characters
//! of no width, blanks other than the space, fillers, variation selectors, code points that nobody
//! has assigned, and marks that are piled up. A backslash in front of `u{` is doubled, so that no
//! name can pretend to have been escaped. [`json`] keeps the values as they are, in the JSON way of
//! writing the same characters.
//!
//! **Alike.** [`looks_like`] compares skeletons of [UTS #39](https://www.unicode.org/reports/tr39/),
//! section 4, after what is hidden is gone and with no regard for case. [`warnings`] says what is odd
//! about one name by itself. Both are hints for people, not proofs: fonts differ, and whoever has to
//! be sure looks at ids and keys.

use std::fmt;
use unicode_normalization::{char::is_combining_mark, UnicodeNormalization};
use unicode_security::{skeleton, MixedScript};

/// The most marks that stay on one character. Scripts that are in use need no more.
const MAX_MARKS: usize = 3;

/// `name`, safe to print: see the module.
pub fn shown(name: &str) -> String {
	let mut text = String::with_capacity(name.len());
	// A mark at the beginning would land on what is printed before the name.
	let mut marks = MAX_MARKS;
	let mut rest = name.chars();
	while let Some(character) = rest.next() {
		marks = if is_combining_mark(character) { marks + 1 } else { 0 };
		if is_hidden(character) || marks > MAX_MARKS {
			text.extend(character.escape_unicode());
		} else if character == '\\' && rest.as_str().starts_with("u{") {
			text.push_str("\\\\");
		} else {
			text.push(character);
		}
	}
	text
}

/// `value` as JSON, indented by two blanks, with every character that [`shown`] makes visible in its
/// `\uXXXX` form: programs read the same values, and a terminal that prints them obeys nothing.
pub fn json(value: &serde_json::Value) -> String {
	let mut text = String::new();
	// What lies outside of strings is ASCII without control characters, but for line feeds.
	for character in format!("{value:#}").chars() {
		if character != '\n' && (is_hidden(character) || is_combining_mark(character)) {
			for unit in character.encode_utf16(&mut [0; 2]) {
				text.push_str(&format!("\\u{unit:04x}"));
			}
		} else {
			text.push(character);
		}
	}
	text
}

/// Whether a terminal would act on the character, or show nothing for it.
fn is_hidden(character: char) -> bool {
	let filler = matches!(
		character,
		'\u{34f}'
			| '\u{115f}' | '\u{1160}'
			| '\u{17b4}' | '\u{17b5}'
			| '\u{180b}'..='\u{180f}'
			| '\u{2800}'
			| '\u{3164}'
			| '\u{fe00}'..='\u{fe0f}'
			| '\u{ffa0}'
			| '\u{e0000}'..='\u{e0fff}'
	);
	// The standard library escapes for `Debug` what is no letter, mark, number, punctuation or
	// symbol: Cc, Cf, Zl, Zp, Cn, Co, and Zs but for the space. In a string that does not begin with
	// them, it leaves marks alone.
	let unprintable = || {
		let mut buffer = [b'x', 0, 0, 0, 0];
		let length = 1 + character.encode_utf8(&mut buffer[1..]).len();
		let pair = std::str::from_utf8(&buffer[..length]).unwrap_or_default();
		!matches!(character, '\\' | '"' | '\'') && pair.escape_debug().nth(1) == Some('\\')
	};
	filler || unprintable()
}

/// What is odd about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
	/// It has characters that are not seen, or that a terminal obeys.
	Hidden(Vec<char>),
	/// It begins or ends with blanks, or has several in a row.
	Blanks,
	/// A word has letters of several scripts, as `pаypal` with a Cyrillic letter does.
	MixedScripts(String),
	/// It is not made of Latin letters, and looks like this name that is.
	LooksLikeLatin(String),
}

impl fmt::Display for Warning {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Hidden(characters) => {
				f.write_str("it has characters that are not seen:")?;
				characters.iter().try_for_each(|&c| write!(f, " U+{:04X}", u32::from(c)))
			}
			Self::Blanks => f.write_str("it has blanks that are easily overlooked"),
			Self::MixedScripts(word) => {
				write!(f, "{} has letters of several scripts", shown(word))
			}
			Self::LooksLikeLatin(name) => write!(f, "it looks like {}, and is not", shown(name)),
		}
	}
}

/// What is odd about `name`. Empty for a name that is what it looks like.
pub fn warnings(name: &str) -> Vec<Warning> {
	let mut warnings = Vec::new();
	let mut hidden: Vec<_> = name.chars().filter(|&c| is_hidden(c)).collect();
	hidden.sort_unstable();
	hidden.dedup();
	if !hidden.is_empty() {
		warnings.push(Warning::Hidden(hidden));
	}
	if name != name.trim() || name.contains("  ") {
		warnings.push(Warning::Blanks);
	}
	let seen = seen(name);
	// Word by word: a name of several languages imitates nothing.
	let words = seen.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
	for word in words.filter(|word| !word.is_single_script()) {
		warnings.push(Warning::MixedScripts(word.to_owned()));
	}
	let latin: String = skeleton(&seen).collect();
	if latin.is_ascii() && seen.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
		warnings.push(Warning::LooksLikeLatin(latin));
	}
	warnings
}

/// Whether two names are different and look alike.
pub fn looks_like(a: &str, b: &str) -> bool {
	if a == b {
		return false;
	}
	let (a, b) = (seen(a), seen(b));
	// A capital I looks like a small l, and is the capital of a small i: all ways to drop the case.
	let ways: [fn(&str) -> String; 2] =
		[|name| folded(&skeleton_of(name)), |name| skeleton_of(&folded(name))];
	ways.iter().any(|way| way(&a) == way(&b))
}

/// What one sees of a name: compatible forms of characters as one, blanks as one space.
fn seen(name: &str) -> String {
	let name: String = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
	let name: String = name.nfkc().filter(|&c| !is_hidden(c)).collect();
	name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folded(name: &str) -> String {
	name.to_lowercase()
}

fn skeleton_of(name: &str) -> String {
	skeleton(name).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, Value};

	#[test]
	fn ordinary_names_stay_as_they_are() {
		for name in [
			"tally-chat 1.0",
			"Größe",
			"模型",
			"модель",
			"mode\u{301}le",
			"C:\\models",
			"it's \"x\"",
			"नमस्ते",
			"🦙",
			"",
		] {
			assert_eq!(shown(name), name);
			assert_eq!(warnings(name), [], "{name}");
		}
	}

	#[test]
	fn what_a_terminal_obeys_or_hides_is_made_visible() {
		for (name, text) in [
			("\u{1b}[31mred", "\\u{1b}[31mred"),
			// CSI in one character, a bell, a carriage return, a tab, a line feed, delete.
			("\u{9b}2J\u{7}\r\t\n\u{7f}", "\\u{9b}2J\\u{7}\\u{d}\\u{9}\\u{a}\\u{7f}"),
			("gp\u{202e}exe.fdp", "gp\\u{202e}exe.fdp"),
			("a\u{2066}b\u{200b}c\u{feff}", "a\\u{2066}b\\u{200b}c\\u{feff}"),
			("no\u{a0}break", "no\\u{a0}break"),
			("\u{3164}", "\\u{3164}"),
			("v\u{fe01}\u{e0100}\u{e0041}", "v\\u{fe01}\\u{e0100}\\u{e0041}"),
			("\u{e000}\u{378}\u{2028}", "\\u{e000}\\u{378}\\u{2028}"),
			("\u{301}x", "\\u{301}x"),
			("a\u{301}\u{302}\u{303}\u{304}b", "a\u{301}\u{302}\u{303}\\u{304}b"),
			// What was escaped cannot be pretended.
			("\\u{1b}", "\\\\u{1b}"),
		] {
			assert_eq!(shown(name), text);
		}
	}

	#[test]
	fn no_character_that_is_shown_is_hidden() {
		for character in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
			let text = shown(&format!("x{character}x"));
			assert!(
				!text.chars().any(|c| c.is_control() || is_hidden(c)),
				"{character:?}: {text:?}"
			);
		}
	}

	#[test]
	fn json_keeps_the_value_and_obeys_nothing() {
		let value = json!({ "na\u{202e}me": ["\u{1b}[2J\u{9b}m", "ä\u{301}", "𝒳\u{e0041}", 1.5] });
		let text = json(&value);
		assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
		assert!(text.chars().all(|c| c == '\n' || !is_hidden(c)), "{text:?}");
		assert!(text.contains("\\u001b[2J\\u009bm") && text.contains("\\udb40\\udc41"));
	}

	#[test]
	fn names_that_look_alike_are_found() {
		for (a, b) in [
			("paypal", "p\u{430}yp\u{430}l"),
			("paypal", "paypaI"),
			("PAYPAL", "paypal"),
			("INTEL", "lntel"),
			("modern", "modem"),
			("llama-3", "llama\u{2010}3"),
			("llama", "lla\u{200b}ma"),
			("tally chat", "tally\u{a0} chat "),
			("scope", "ѕсоре"),
			("llama", "ｌｌａｍａ"),
			("0pen", "Open"),
		] {
			assert!(looks_like(a, b), "{a} {b}");
			assert!(looks_like(b, a), "{b} {a}");
		}
		for (a, b) in
			[("llama-2", "llama-3"), ("a", "b"), ("same", "same"), ("müller", "muller"), ("", "a")]
		{
			assert!(!looks_like(a, b), "{a} {b}");
		}
	}

	#[test]
	fn odd_names_are_warned_of_in_words() {
		let said = |name| {
			let warnings = warnings(name);
			warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
		};
		assert_eq!(said("a\u{202e}b"), "it has characters that are not seen: U+202E");
		assert_eq!(said(" a"), "it has blanks that are easily overlooked");
		assert_eq!(
			said("p\u{430}ypal"),
			"p\u{430}ypal has letters of several scripts; it looks like paypal, and is not"
		);
		assert_eq!(said("ѕсоре"), "it looks like scope, and is not");
		assert_eq!(said("llama модель"), "");
	}
}
