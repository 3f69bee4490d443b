//! Taking a JSON object apart, and text out of JSON, without building a tree of it. An input can be
//! large and is a stranger's: a tree of it can take thirty times its memory, the worker's memory is
//! the runtime's, and what is passed on should be the very bytes that were committed to.

use alloc::{collections::BTreeMap, string::String};
use core::fmt;
use serde::{
	de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
	Deserialize, Deserializer,
};

/// The most members that an object can have.
const MEMBERS: usize = 256;
/// How deep values can be nested. Backends are written in many languages, not all of them bear more.
const DEPTH: u32 = 64;

/// The members of the JSON object in `bytes`: names, and values as they are written. Of members with
/// the same name the last one counts, as in most parsers. `None` if it is no JSON object, or has too
/// many members, or is nested too deeply.
pub fn members(bytes: &[u8]) -> Option<BTreeMap<String, &str>> {
	let text = core::str::from_utf8(bytes).ok()?;
	// From here on the text is known to be JSON: what follows only looks for separators.
	serde_json::from_str::<IgnoredAny>(text).ok()?;
	let mut rest = text.trim_matches(is_space).strip_prefix('{')?.strip_suffix('}')?;
	let mut members = BTreeMap::new();
	while !rest.trim_matches(is_space).is_empty() {
		let (member, next) = split(rest, b',')?;
		let (name, value) = split(member, b':')?;
		let name = serde_json::from_str::<String>(name).ok()?;
		members.insert(name, value.trim_matches(is_space));
		if members.len() > MEMBERS {
			return None;
		}
		rest = next;
	}
	Some(members)
}

fn is_space(c: char) -> bool {
	matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Splits `text` at the first `separator` that is in no string, object or array; after the whole if
/// there is none. `None` if it is nested too deeply.
fn split(text: &str, separator: u8) -> Option<(&str, &str)> {
	let (mut depth, mut in_string, mut escaped) = (0u32, false, false);
	for (at, byte) in text.bytes().enumerate() {
		match byte {
			_ if escaped => escaped = false,
			b'\\' if in_string => escaped = true,
			b'"' => in_string = !in_string,
			_ if in_string => {}
			b'{' | b'[' => {
				depth = depth.saturating_add(1);
				if depth > DEPTH {
					return None;
				}
			}
			b'}' | b']' => depth = depth.saturating_sub(1),
			_ if byte == separator && depth == 0 => {
				return Some((text.get(..at)?, text.get(at.saturating_add(1)..)?));
			}
			_ => {}
		}
	}
	Some((text, ""))
}

/// How much text there is in the messages of a request, or in the message of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Text {
	/// Words: what whitespace separates.
	pub words: u64,
	/// Bytes of UTF-8.
	pub bytes: u64,
	/// Parts that are not text: images, sound, files.
	pub others: u64,
}

impl Text {
	const OTHER: Self = Self { words: 0, bytes: 0, others: 1 };

	fn of(text: &str) -> Self {
		Self { words: count(text.split_whitespace().count()), bytes: count(text.len()), others: 0 }
	}

	fn add(&mut self, other: Self) {
		// Counts of what is in memory: nothing saturates.
		self.words = self.words.saturating_add(other.words);
		self.bytes = self.bytes.saturating_add(other.bytes);
		self.others = self.others.saturating_add(other.others);
	}
}

/// A length as a number that is the same on all machines.
pub fn count(length: usize) -> u64 {
	u64::try_from(length).unwrap_or(u64::MAX)
}

/// The names of the members that text is in.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Name {
	Text,
	Content,
	Refusal,
	#[serde(other)]
	Other,
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
	type Value = Text;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("text, or parts of a message")
	}

	fn visit_str<E>(self, text: &str) -> Result<Text, E> {
		Ok(Text::of(text))
	}

	fn visit_unit<E>(self) -> Result<Text, E> {
		Ok(Text::default())
	}

	fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
		Ok(Text::OTHER)
	}

	fn visit_u64<E>(self, _: u64) -> Result<Text, E> {
		Ok(Text::OTHER)
	}

	fn visit_i64<E>(self, _: i64) -> Result<Text, E> {
		Ok(Text::OTHER)
	}

	fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
		Ok(Text::OTHER)
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Text, A::Error> {
		let mut sum = Text::default();
		while let Some(part) = parts.next_element::<Text>()? {
			sum.add(part);
		}
		Ok(sum)
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Text, A::Error> {
		let mut sum = Text::default();
		let mut has_text = false;
		while let Some(name) = members.next_key::<Name>()? {
			if let Name::Other = name {
				members.next_value::<IgnoredAny>()?;
			} else {
				sum.add(members.next_value::<Text>()?);
				has_text = true;
			}
		}
		// With some features of serde_json a number comes as a map, too: it is the same here.
		Ok(if has_text { sum } else { Text::OTHER })
	}
}

impl<'de> Deserialize<'de> for Text {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(TextVisitor)
	}
}

/// How many elements something has: the length of an array, none for null, one for anything else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Elements(pub u64);

struct ElementsVisitor;

impl<'de> Visitor<'de> for ElementsVisitor {
	type Value = Elements;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("anything")
	}

	fn visit_str<E>(self, _: &str) -> Result<Elements, E> {
		Ok(Elements(1))
	}

	fn visit_unit<E>(self) -> Result<Elements, E> {
		Ok(Elements(0))
	}

	fn visit_bool<E>(self, _: bool) -> Result<Elements, E> {
		Ok(Elements(1))
	}

	fn visit_u64<E>(self, _: u64) -> Result<Elements, E> {
		Ok(Elements(1))
	}

	fn visit_i64<E>(self, _: i64) -> Result<Elements, E> {
		Ok(Elements(1))
	}

	fn visit_f64<E>(self, _: f64) -> Result<Elements, E> {
		Ok(Elements(1))
	}

	fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Elements, A::Error> {
		let mut sum = 0u64;
		while elements.next_element::<IgnoredAny>()?.is_some() {
			sum = sum.saturating_add(1);
		}
		Ok(Elements(sum))
	}

	fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Elements, A::Error> {
		while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
		Ok(Elements(1))
	}
}

impl<'de> Deserialize<'de> for Elements {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(ElementsVisitor)
	}
}
