//! Where models and pictures come from, end to end: others' tools sign them, `tally` puts them on a real
//! chain, and finds out what they are; and it is not fooled by those who claim what is not theirs.
//!
//! The tools are those of [`tallystick_outside_tools`]; `tools.py` says what they do.

mod bundles;
mod claims;
mod crowded;
mod handing_over;
mod lineages;
mod names;
mod pictures;
mod refusals;

use serde_json::Value;
use std::{
	ffi::OsStr,
	fs,
	path::{Path, PathBuf},
	process::Command,
};
use tallystick_tests::{node::program, Node};

/// A chain, and a folder to work in.
struct World {
	folder: tempfile::TempDir,
	node: Node,
}

impl World {
	fn new() -> Self {
		let folder = tempfile::tempdir().unwrap();
		let node = Node::start(folder.path(), &[]);
		Self { folder, node }
	}

	fn path(&self, name: &str) -> PathBuf {
		self.folder.path().join(name)
	}

	/// The path as a command line has it.
	fn at(&self, name: &str) -> String {
		self.path(name).to_str().unwrap().to_owned()
	}

	fn write(&self, name: &str, content: &str) -> String {
		let path = self.path(name);
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(&path, content).unwrap();
		self.at(name)
	}

	/// Runs a tool of others, in the folder.
	fn tool(&self, arguments: &[&str]) -> String {
		let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provenance/tools.py");
		let script = script.to_str().unwrap();
		tallystick_outside_tools::printed([script].iter().chain(arguments))
	}

	/// A model of a few files in the folder `name`.
	fn model(&self, name: &str) -> String {
		for (file, content) in [
			("config.json", "{}\n"),
			("weights.safetensors", "weights\n"),
			("tokenizer/vocab.txt", "a\nb\n"),
		] {
			self.write(&format!("{name}/{file}"), content);
		}
		self.at(name)
	}

	/// Has OpenSSF's tool sign the model in `model` with the key `signer`.
	fn sign(&self, model: &str, signer: &str, bundle: &str) -> String {
		let (key, bundle) = (self.at(&format!("{signer}.pem")), self.at(bundle));
		let words = ["-m", "model_signing", "sign", "key", model, "--private_key", &key];
		tallystick_outside_tools::printed(words.into_iter().chain(["--signature", &bundle]));
		bundle
	}

	/// Binds the key `signer` to an account, and returns its fingerprint.
	fn bind(&self, account: &str, signer: &str) -> String {
		let key = self.at(&format!("{signer}.pem"));
		let said = self.node.tally(account, &["key", "bind", "--private-key", &key]).good();
		said["fingerprint"].as_str().unwrap().to_owned()
	}

	/// Registers an artifact, and returns its number.
	fn register(&self, account: &str, name: &str, more: &[&str]) -> String {
		let card = self.write("card.json", "{}\n");
		let words = ["artifact", "register", "--name", name, "--metadata", &card];
		let said = self.node.tally(account, &[&words, more].concat()).good();
		said["artifact"].to_string()
	}
}

/// What people see of `tally`, and its exit code.
fn seen<S: AsRef<OsStr>>(node: &Node, arguments: impl IntoIterator<Item = S>) -> (i32, String) {
	let output = Command::new(program("tally"))
		.args(["--url", &node.url(), "--account", "//Alice"])
		.args(arguments)
		.env_remove("TALLY_ACCOUNT_FILE")
		.output()
		.expect("the program starts");
	let text = [output.stdout, output.stderr].concat();
	(output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// The claimants in a verdict: who, and what each lacks.
fn lacks(verdict: &Value) -> Vec<(&str, Option<&str>)> {
	let claimants = verdict["claimants"].as_array().unwrap().iter();
	claimants
		.map(|claimant| (claimant["account"].as_str().unwrap(), claimant["lack"].as_str()))
		.collect()
}

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const EVE: &str = "5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw";
