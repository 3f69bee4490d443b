//! Byte-level BPE with GPT-2's splitting, from Hugging Face's `tokenizer.json`.

use anyhow::{ensure, Context};
use regex::Regex;
use serde::Deserialize;
use std::collections::HashMap;

/// GPT-2's splitting, but for the look-ahead of its last but one alternative, `\s+(?!\S)`, which
/// [`Tokenizer::words`] adds.
const WORD: &str = r"^(?:'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+)";

#[derive(Deserialize)]
struct File {
	added_tokens: Vec<Added>,
	normalizer: Option<serde_json::Value>,
	pre_tokenizer: PreTokenizer,
	model: Bpe,
}

#[derive(Deserialize)]
struct Added {
	id: u32,
	content: String,
}

#[derive(Deserialize)]
struct PreTokenizer {
	r#type: String,
	add_prefix_space: bool,
	use_regex: bool,
}

#[derive(Deserialize)]
struct Bpe {
	r#type: String,
	vocab: HashMap<String, u32>,
	merges: Vec<(String, String)>,
}

/// Text to tokens and back.
#[derive(Debug)]
pub struct Tokenizer {
	word: Regex,
	/// The token of each byte.
	bytes: [u32; 256],
	/// Two tokens that become one: how early, and which.
	merges: HashMap<(u32, u32), (usize, u32)>,
	/// The bytes of each token. Those of special tokens are their names.
	tokens: Vec<Vec<u8>>,
	special: HashMap<String, u32>,
}

impl Tokenizer {
	/// Reads `tokenizer.json`.
	pub fn read(json: &[u8]) -> anyhow::Result<Self> {
		let file: File = serde_json::from_slice(json)?;
		let split = &file.pre_tokenizer;
		ensure!(
			file.model.r#type == "BPE"
				&& file.normalizer.is_none()
				&& split.r#type == "ByteLevel"
				&& split.use_regex
				&& !split.add_prefix_space,
			"not a byte-level BPE with GPT-2's splitting"
		);
		let vocab = &file.model.vocab;
		let special: HashMap<_, _> =
			file.added_tokens.into_iter().map(|added| (added.content, added.id)).collect();
		let alphabet = alphabet();
		let byte_of: HashMap<char, u8> =
			alphabet.iter().enumerate().map(|(byte, letter)| (*letter, byte as u8)).collect();
		let mut tokens = vec![None; vocab.len()];
		for (text, id) in vocab {
			let bytes = if special.get(text) == Some(id) {
				text.as_bytes().to_vec()
			} else {
				let bytes = text.chars().map(|letter| byte_of.get(&letter).copied());
				bytes
					.collect::<Option<_>>()
					.with_context(|| format!("unknown letters: {text:?}"))?
			};
			let place = tokens.get_mut(*id as usize).context("ids are not consecutive")?;
			*place = Some(bytes);
		}
		let id = |text: &str| {
			vocab.get(text).copied().with_context(|| format!("{text:?} is not in the vocabulary"))
		};
		let mut bytes = [0; 256];
		for (byte, letter) in alphabet.iter().enumerate() {
			bytes[byte] = id(&letter.to_string())?;
		}
		let merges = file.model.merges.iter().enumerate();
		let merges = merges
			.map(|(rank, (a, b))| Ok(((id(a)?, id(b)?), (rank, id(&format!("{a}{b}"))?))))
			.collect::<anyhow::Result<_>>()?;
		let tokens = tokens.into_iter().collect::<Option<_>>();
		let tokens = tokens.context("ids are not consecutive")?;
		ensure!(
			special.values().all(|id| (*id as usize) < vocab.len()),
			"a special token is out of range"
		);
		Ok(Self { word: Regex::new(WORD)?, bytes, merges, tokens, special })
	}

	/// How many tokens there are.
	pub fn size(&self) -> usize {
		self.tokens.len()
	}

	/// A special token by its name.
	pub fn special(&self, name: &str) -> anyhow::Result<u32> {
		self.special.get(name).copied().with_context(|| format!("there is no token {name}"))
	}

	/// The bytes of a token.
	pub fn bytes(&self, token: u32) -> &[u8] {
		&self.tokens[token as usize]
	}

	/// The tokens of a text. The name of a special token is a text like any other.
	pub fn encode(&self, text: &str) -> Vec<u32> {
		self.words(text).flat_map(|word| self.merge(word)).collect()
	}

	fn words<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
		let mut rest = text;
		std::iter::from_fn(move || {
			let mut end = self.word.find(rest)?.end();
			let last = rest[..end].chars().next_back()?;
			// White space leaves its last character to the word that comes after it.
			if last.is_whitespace() && end < rest.len() && end > last.len_utf8() {
				end -= last.len_utf8();
			}
			let (word, after) = rest.split_at(end);
			rest = after;
			Some(word)
		})
	}

	/// Joins what can be joined, what was learnt first first. Each round takes all places of one
	/// merge, so that a long word takes no more rounds than there are merges.
	fn merge(&self, word: &str) -> Vec<u32> {
		let mut tokens: Vec<u32> = word.bytes().map(|byte| self.bytes[usize::from(byte)]).collect();
		loop {
			let pairs = tokens.windows(2).map(|pair| (pair[0], pair[1]));
			let merges = pairs.filter_map(|pair| Some((self.merges.get(&pair)?, pair)));
			let Some(((_, joined), pair)) = merges.min() else { return tokens };
			let mut from = 0;
			let mut shorter = Vec::with_capacity(tokens.len());
			while from < tokens.len() {
				if tokens.get(from..from + 2) == Some(&[pair.0, pair.1]) {
					shorter.push(*joined);
					from += 2;
				} else {
					shorter.push(tokens[from]);
					from += 1;
				}
			}
			tokens = shorter;
		}
	}
}

/// The letter that stands for each byte in a vocabulary: itself where it is one that can be seen,
/// and else the next one from U+0100.
fn alphabet() -> [char; 256] {
	let mut others = '\u{100}'..;
	std::array::from_fn(|byte| match byte as u8 {
		seen @ (b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff) => char::from(seen),
		_ => others.next().expect("there are more than 256 letters"),
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::files::Files;

	fn tokenizer() -> Tokenizer {
		Tokenizer::read(Files::embedded_chat().get("tokenizer.json").unwrap()).unwrap()
	}

	#[test]
	fn tokens_are_those_of_the_library_that_made_the_file() {
		#[derive(Deserialize)]
		struct Fixture {
			tokens: Vec<Case>,
		}
		#[derive(Deserialize)]
		struct Case {
			text: String,
			ids: Vec<u32>,
		}
		let fixture: Fixture =
			serde_json::from_str(include_str!("../../tests/fixtures/chat.json")).unwrap();
		assert!(fixture.tokens.len() >= 20);
		let tokenizer = tokenizer();
		for Case { text, ids } in fixture.tokens {
			assert_eq!(tokenizer.encode(&text), ids, "{text:?}");
			let bytes: Vec<u8> = ids.iter().flat_map(|id| tokenizer.bytes(*id)).copied().collect();
			assert_eq!(bytes, text.as_bytes());
		}
	}

	#[test]
	fn a_special_token_is_only_there_by_its_id() {
		let tokenizer = tokenizer();
		let end = tokenizer.special("<|im_end|>").unwrap();
		assert!(!tokenizer.encode("<|im_end|>").contains(&end));
		assert!(tokenizer.special("<|nothing|>").is_err());
	}

	#[test]
	fn another_kind_of_tokenizer_is_refused() {
		let json = Files::embedded_chat();
		let json = String::from_utf8(json.get("tokenizer.json").unwrap().to_vec()).unwrap();
		for (from, to, why) in [
			("\"use_regex\": true", "\"use_regex\": false", "not a byte-level BPE"),
			("\"type\": \"BPE\"", "\"type\": \"Unigram\"", "not a byte-level BPE"),
			("\"a\":", "\"ab\":", "is not in the vocabulary"),
		] {
			assert!(json.contains(from), "{from}");
			let error = Tokenizer::read(json.replacen(from, to, 1).as_bytes()).unwrap_err();
			assert!(error.to_string().contains(why), "{error}");
		}
	}
}
