//! Configs of the worker.

use std::fs;
use tallystick_tests::Node;

const GOOD: &str = r#"[backends.local]
base_url = "http://127.0.0.1:9/v1"
api = "chat-completions"
model = "m"
"#;

/// Starts a node with a config, and returns the one line that it says before it ends.
fn refusal(config: &str) -> String {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("inference.toml");
	fs::write(&path, config).unwrap();
	let path = path.to_str().unwrap();
	let said = Node::fail(folder.path(), &["--inference-config", path]);
	assert!(!folder.path().join("base").exists(), "it has begun a chain: {said}");
	let said = said.strip_prefix("Error: inference config ").expect(&said);
	said.strip_prefix(path).expect(said).trim_end().into()
}

#[test]
fn a_config_that_is_wrong_starts_no_chain() {
	let unknown = refusal(&format!("{GOOD}timeout = 3\n"));
	assert!(unknown.starts_with(": line 5: unknown field `timeout`, expected one of"), "{unknown}");
	assert!(unknown.contains("`timeout_seconds`"), "{unknown}");

	let no_key = refusal(&format!("{GOOD}api_key_file = \"no.key\"\n"));
	assert!(no_key.starts_with(": [backends.local]: the key file "), "{no_key}");
	assert!(no_key.contains("/no.key cannot be read"), "{no_key}");
	assert!(no_key.contains("write the key into it, or correct api_key_file"), "{no_key}");

	for url in ["127.0.0.1:9/v1", "ftp://127.0.0.1/v1", "http://", ""] {
		let no_url = refusal(&GOOD.replace("http://127.0.0.1:9/v1", url));
		let expected = ": [backends.local]: base_url is not an http(s) URL: write it";
		assert!(no_url.starts_with(expected), "{no_url}");
	}

	let empty = refusal("");
	assert!(empty.starts_with(": no backends: add a section [backends.<name>]"), "{empty}");
	let leaked = refusal(&format!("{GOOD}api_key = \"sk-secret\"\n"));
	assert!(leaked.contains("api_key has no place in this file: put the key into"), "{leaked}");
	assert!(!leaked.contains("sk-secret"), "{leaked}");
}

#[test]
fn a_config_that_is_not_there_starts_no_chain() {
	let folder = tempfile::tempdir().unwrap();
	let said = Node::fail(folder.path(), &["--inference-config", "no.toml"]);
	assert!(said.starts_with("Error: inference config no.toml: cannot be read"), "{said}");
	assert!(said.contains("give --inference-config the path of a TOML file"), "{said}");
	assert!(!folder.path().join("base").exists(), "{said}");
}
