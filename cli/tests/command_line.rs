//! The binary as a shell sees it: exit codes, stdout, stderr. No node is needed.

use serde_json::Value;
use std::{
	path::Path,
	process::{Command, Output},
};

/// Runs `tally` with nothing of the caller's environment that would change what it does.
fn tally(dir: &Path, line: &[&str]) -> Output {
	Command::new(env!("CARGO_BIN_EXE_tally"))
		.args(line)
		.current_dir(dir)
		.env_remove("TALLY_URL")
		.env_remove("TALLY_ACCOUNT")
		.env_remove("TALLY_ACCOUNT_FILE")
		.env_remove("TALLY_SERVICE_SURI")
		.output()
		.expect("the binary runs")
}

fn code(output: &Output) -> i32 {
	output.status.code().expect("it was not killed")
}

fn stdout(output: &Output) -> String {
	String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
	String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(output: &Output) -> Value {
	serde_json::from_slice(&output.stdout).expect("stdout is one JSON document")
}

#[test]
fn help_is_no_failure_and_a_wrong_command_line_is_two() {
	let dir = tempfile::tempdir().unwrap();
	let help = tally(dir.path(), &["artifact", "publish", "--help"]);
	assert_eq!(code(&help), 0);
	assert!(stdout(&help).contains("Examples:"));
	for line in [
		&["no-such-command"][..],
		&["plan", "create", "--artifact", "0"],
		&["plan", "create", "--artifact", "0", "--price", "1.5"],
		&["provider", "accept", "--artifact", "0", "--provider", "//Bob", "--share", "120%"],
		&["credits", "buy", "--plan", "1", "--units", "-3"],
	] {
		let output = tally(dir.path(), line);
		assert_eq!(code(&output), 2, "{line:?}");
		assert_eq!(stdout(&output), "", "{line:?}");
		assert!(!stderr(&output).is_empty(), "{line:?}");
	}
}

#[test]
fn with_json_a_wrong_command_line_is_a_document_too() {
	let dir = tempfile::tempdir().unwrap();
	let output = tally(dir.path(), &["plan", "create", "--artifact", "0", "--json"]);
	assert_eq!(code(&output), 2);
	let document = json(&output);
	assert_eq!(document["error"]["code"], "Usage");
	assert!(document["error"]["message"].as_str().unwrap().contains("--price"));
}

#[test]
fn without_a_node_the_words_say_what_to_do() {
	let dir = tempfile::tempdir().unwrap();
	let output = tally(dir.path(), &["artifact", "list", "--url", "ws://127.0.0.1:1"]);
	assert_eq!(code(&output), 1);
	assert_eq!(stdout(&output), "");
	assert!(stderr(&output).contains("no node answers at ws://127.0.0.1:1"));
	assert!(stderr(&output).contains("what to do:"));
	let output = tally(dir.path(), &["artifact", "list", "--json", "--url", "ws://127.0.0.1:1"]);
	assert_eq!(code(&output), 1);
	assert_eq!(json(&output)["error"]["code"], "NoNode");
}

#[test]
fn a_command_that_signs_asks_for_an_account() {
	let dir = tempfile::tempdir().unwrap();
	let output = tally(dir.path(), &["credits", "close", "--plan", "1"]);
	assert_eq!(code(&output), 2);
	assert!(stderr(&output).contains("--account"));
}

#[test]
fn a_key_file_can_be_made_and_used_and_is_not_overwritten() {
	let dir = tempfile::tempdir().unwrap();
	let made = tally(dir.path(), &["key", "new", "--out", "owner.key", "--json"]);
	assert_eq!(code(&made), 0, "{}", stderr(&made));
	let account = json(&made)["account"].clone();
	assert!(json(&made).get("secret_phrase").is_none());
	for line in [
		&["key", "inspect", "--account", "owner.key", "--json"][..],
		&["key", "inspect", "--account-file", "owner.key", "--json"],
		&["key", "inspect", "--suri", "owner.key", "--json"],
	] {
		let output = tally(dir.path(), line);
		assert_eq!(json(&output)["account"], account, "{line:?}");
		let phrase = std::fs::read_to_string(dir.path().join("owner.key")).unwrap();
		assert!(!stdout(&output).contains(phrase.trim()), "the secret is shown");
	}
	assert_eq!(code(&tally(dir.path(), &["key", "new", "--out", "owner.key"])), 1);
}

#[test]
fn a_development_key_has_the_address_that_everybody_knows() {
	let dir = tempfile::tempdir().unwrap();
	let output = tally(dir.path(), &["key", "inspect", "--suri", "//Alice"]);
	assert!(stdout(&output).contains("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"));
}

#[test]
fn a_receipt_that_is_missing_or_broken_is_said_in_words() {
	let dir = tempfile::tempdir().unwrap();
	let output = tally(dir.path(), &["receipt", "verify", ".", "--offline"]);
	assert_eq!(code(&output), 1);
	assert!(stderr(&output).contains("tally infer --save"));
	for name in ["question.json", "parameters.json", "answer.json", "receipt.json"] {
		std::fs::write(dir.path().join(name), "{}").unwrap();
	}
	let output = tally(dir.path(), &["receipt", "verify", ".", "--offline", "--json"]);
	assert_eq!(
		(code(&output), json(&output)["error"]["code"].as_str()),
		(1, Some("BadReceiptFile"))
	);
}

#[test]
fn a_broken_manifest_is_found_before_anything_is_hashed_or_asked() {
	let dir = tempfile::tempdir().unwrap();
	std::fs::create_dir(dir.path().join("model")).unwrap();
	std::fs::write(dir.path().join("model/weights.bin"), "x").unwrap();
	std::fs::write(dir.path().join("model.manifest.json"), "{}").unwrap();
	let output = tally(dir.path(), &["verify", "model", "--json", "--url", "ws://127.0.0.1:1"]);
	assert_eq!((code(&output), json(&output)["error"]["code"].as_str()), (1, Some("BadManifest")));
}

#[test]
fn whoever_stops_reading_is_no_failure() {
	let dir = tempfile::tempdir().unwrap();
	let mut child = Command::new(env!("CARGO_BIN_EXE_tally"))
		.args(["key", "new"])
		.current_dir(dir.path())
		.stdout(std::process::Stdio::piped())
		.spawn()
		.unwrap();
	drop(child.stdout.take());
	assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_croissant_file_is_described_without_a_node() {
	let dir = tempfile::tempdir().unwrap();
	let croissant = r#"{
		"@context": { "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
			"dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo" },
		"@type": "Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1",
		"name": "Tiny \u001b[2Jrows", "description": "Rows.", "url": "https://example.org/rows",
		"license": "https://creativecommons.org/licenses/by/4.0/",
		"distribution": [{ "@type": "cr:FileObject", "@id": "rows.csv", "name": "rows.csv",
			"contentUrl": "https://example.org/rows.csv", "encodingFormat": "text/csv",
			"sha256": "0000000000000000000000000000000000000000000000000000000000000000" }]
	}"#;
	std::fs::write(dir.path().join("croissant.json"), croissant).unwrap();
	let line = ["dataset", "describe", "croissant.json", "--out", "card.json"];
	let output = tally(dir.path(), &line);
	assert_eq!(code(&output), 0, "{}", stderr(&output));
	assert!(stdout(&output).contains("--licence CC-BY-4.0"), "{}", stdout(&output));
	assert!(!stdout(&output).contains('\u{1b}'));
	let output = tally(dir.path(), &[&line[..], &["--json"]].concat());
	assert!(!stdout(&output).contains('\u{1b}'));
	assert_eq!(json(&output)["document"]["name"], "Tiny \u{1b}[2Jrows");
	let card = std::fs::read(dir.path().join("card.json")).unwrap();
	assert!(!card.contains(&0x1b));
}

#[test]
fn what_is_wrong_with_a_picture_a_bundle_or_a_name_is_said_before_a_node_is_asked() {
	let dir = tempfile::tempdir().unwrap();
	std::fs::write(dir.path().join("file"), "no picture").unwrap();
	for (line, error) in [
		(&["content", "verify", "file"][..], "BadPicture"),
		(&["verify", "file", "--bundle", "file"], "BadBundle"),
		(&["verify", "file", "--key", "file"], "BadKey"),
		(&["verify", "file", "--by", "Google"], "Usage"),
		(&["verify", "file", "--manifest", "file"], "BadManifest"),
	] {
		let output = tally(dir.path(), &[line, &["--json", "--url", "ws://127.0.0.1:1"]].concat());
		assert_eq!(json(&output)["error"]["code"], error, "{line:?}");
		assert_eq!(code(&output), if error == "Usage" { 2 } else { 1 }, "{line:?}");
	}
}
