//! `tally dataset`: datasets, as others describe them.

use super::Context;
use crate::{
	digest::sha256,
	names,
	output::{facts, hex0x, printable, Failure, Outcome, Report},
};
use clap::{Args, Subcommand};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use tallystick_formats::{
	croissant::{self, Description},
	text,
};

/// The most bytes of a name on chain.
const MAX_NAME: usize = 64;
/// The most bytes of a licence's id on chain.
const MAX_SPDX: usize = 64;
/// The longest Croissant file that is read.
const MOST_BYTES: u64 = 64 << 20;

/// Describe datasets as others do.
#[derive(Subcommand)]
pub enum Command {
	Describe(Describe),
}

/// Read a Croissant file, and write the metadata document of a dataset.
#[derive(Args)]
#[command(after_help = "\
Says with which options `tally artifact register` registers the dataset. No node is asked.
Examples:
  tally dataset describe croissant.json --out dataset.json
  tally dataset describe croissant.json --json")]
pub struct Describe {
	/// The Croissant file, of version 1.0 or 1.1.
	file: PathBuf,
	/// Write the metadata document to this file.
	#[arg(long, value_name = "FILE")]
	out: Option<PathBuf>,
}

/// Runs a command of this group.
pub async fn run(command: Command, _: &Context) -> Outcome {
	match command {
		Command::Describe(options) => describe(&options),
	}
}

fn describe(options: &Describe) -> Outcome {
	let bytes = read(&options.file)?;
	let description = Description::read(&bytes).map_err(|error| {
		Failure::new(format!("{}: {error}", options.file.display()))
			.code(format!("Croissant.{}", error.code()))
			.hint(error.hint())
	})?;
	let document = document(&description, &bytes);
	let written = format!("{}\n", text::json(&document));
	let metadata = match &options.out {
		Some(path) => {
			std::fs::write(path, &written).map_err(|error| {
				Failure::new(format!("cannot write {}: {error}", path.display()))
			})?;
			path.clone()
		}
		None => PathBuf::from("METADATA.json"),
	};
	let register = register_options(&description, &metadata);
	let advice = advice(&description);
	let mut words = format!(
		"{} is described\n{}",
		names::show(description.name.as_bytes()),
		facts([
			("croissant", format!("{} (version {})", hex0x(sha256(&bytes)), description.croissant)),
			("licence", names::show(licence(&description).as_bytes())),
			("files", description.files.len().to_string()),
			(
				"metadata",
				options.out.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
			),
			("its digest", hex0x(sha256(written.as_bytes()))),
		])
	);
	for advice in &advice {
		words.push_str(&format!("\nnote: {}", printable(advice)));
	}
	if options.out.is_none() {
		words.push_str(&format!("\n\n{written}"));
	}
	words.push_str(&format!("\nnext: tally artifact register {}", shell(&register)));
	words.push_str(&format!(
		"\nthen: tally anchor create --kind dataset --document {} --document-kind croissant DIR",
		quoted(&options.file.to_string_lossy())
	));
	let json = json!({
		"document": document,
		"metadata_digest": hex0x(sha256(written.as_bytes())),
		"file": options.out.as_ref().map(|path| path.display().to_string()),
		"croissant_digest": hex0x(sha256(&bytes)),
		"register": register,
		"advice": advice,
	});
	Ok(Report::new(words, json))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
	let unreadable = |why: String| Failure::new(format!("cannot read {}: {why}", path.display()));
	let length = path.metadata().map_err(|error| unreadable(error.to_string()))?.len();
	if length > MOST_BYTES {
		return Err(unreadable(format!("it has {length} bytes, and {MOST_BYTES} are read")));
	}
	std::fs::read(path).map_err(|error| unreadable(error.to_string()))
}

/// The metadata document: what NFT viewers read, and all that the Croissant file says of files.
fn document(description: &Description, bytes: &[u8]) -> Value {
	json!({
		"name": description.name,
		"description": description.description,
		"external_url": description.url,
		"properties": {
			"kind": "dataset",
			"croissant": {
				"sha256": hex::encode(sha256(bytes)),
				"media_type": croissant::MEDIA_TYPE,
			},
			"dataset": description,
		},
	})
}

/// The licence's name on chain.
fn licence(description: &Description) -> String {
	let named = description.licences.iter().map(|licence| match &licence.spdx {
		Some(spdx) => spdx.clone(),
		None => licence.text.clone(),
	});
	let all: Vec<_> = named.collect();
	match all.as_slice() {
		[one] => one.clone(),
		// Whoever uses it has to keep to each of them.
		many => many.join(" AND "),
	}
}

/// What the file implies for `artifact register`.
fn register_options(description: &Description, metadata: &Path) -> Vec<String> {
	let licence = match licence(description) {
		long if long.len() > MAX_SPDX => "LicenseRef-croissant".into(),
		short => short,
	};
	let metadata = metadata.to_string_lossy();
	let all = [
		"--kind",
		"dataset",
		"--name",
		cut(description.name.trim(), MAX_NAME),
		"--metadata",
		&metadata,
		"--licence",
		&licence,
	];
	all.map(str::to_owned).into()
}

/// As much of a text as fits, without cutting a character in two.
fn cut(text: &str, bytes: usize) -> &str {
	let mut end = text.len().min(bytes);
	while !text.is_char_boundary(end) {
		end -= 1;
	}
	&text[..end]
}

/// What to look at before registering.
fn advice(description: &Description) -> Vec<String> {
	let mut advice = description.advice();
	if description.licences.iter().any(|licence| licence.spdx.is_none()) {
		advice.push(
			"its licence is no SPDX id: give the full text with --terms, and say what it allows \
			 (--no-commercial-use, --no-training-use, --derivation)"
				.into(),
		);
	}
	if description.name.len() > MAX_NAME {
		advice.push(format!("its name has {} bytes, and {MAX_NAME} fit", description.name.len()));
	}
	for warning in names::warnings(description.name.as_bytes(), []) {
		advice.push(warning);
	}
	advice
}

/// Words as a shell takes them.
fn shell(words: &[String]) -> String {
	words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
	let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=".contains(c);
	if !word.is_empty() && word.chars().all(plain) {
		return word.to_owned();
	}
	// What a terminal would obey is not for it, and cannot be typed either.
	format!("'{}'", names::show(word.as_bytes()).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
	use super::*;

	const CROISSANT: &str = r#"{
		"@context": { "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
			"dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo" },
		"@type": "Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1",
		"name": "Tiny rows", "description": "Rows.", "url": "https://example.org/rows",
		"license": "https://creativecommons.org/licenses/by/4.0/",
		"creator": { "@type": "Person", "name": "A" }, "datePublished": "2026-01-01",
		"distribution": [{ "@type": "cr:FileObject", "@id": "rows.csv", "name": "rows.csv",
			"contentUrl": "https://example.org/rows.csv", "encodingFormat": "text/csv",
			"sha256": "0000000000000000000000000000000000000000000000000000000000000000" }]
	}"#;

	#[test]
	fn a_croissant_file_says_how_to_register() {
		let dir = tempfile::tempdir().unwrap();
		let (file, out) = (dir.path().join("croissant.json"), dir.path().join("card.json"));
		std::fs::write(&file, CROISSANT).unwrap();
		let report = describe(&Describe { file: file.clone(), out: Some(out.clone()) }).unwrap();
		let written = std::fs::read(&out).unwrap();
		assert_eq!(report.json["metadata_digest"], hex0x(sha256(&written)));
		let register = report.json["register"].as_array().unwrap();
		assert_eq!(register[3], "Tiny rows");
		assert_eq!(register[7], "CC-BY-4.0");
		let document: Value = serde_json::from_slice(&written).unwrap();
		assert_eq!(document["properties"]["dataset"]["files"][0]["id"], "rows.csv");
		std::fs::write(&file, "{}").unwrap();
		let failure = describe(&Describe { file, out: None }).unwrap_err();
		assert!(failure.name().starts_with("Croissant."), "{failure}");
	}

	#[test]
	fn words_are_quoted_for_a_shell() {
		let words = ["--name", "it's \x1b x", ""].map(str::to_owned);
		assert_eq!(shell(&words), "--name 'it'\\''s \\u{1b} x' ''");
		assert_eq!(cut("aé", 2), "a");
	}
}
