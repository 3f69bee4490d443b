//! The binary: its arguments, its line of output, and how it stops.

#![cfg(unix)]

use reqwest::{Client, StatusCode};
use serde_json::Value;
use std::{
	fs,
	io::{BufRead, BufReader, Read},
	path::Path,
	process::{Child, Command, Output, Stdio},
	time::{Duration, Instant},
};
use tallystick_backend::auth::KEY_VARIABLE;

fn command(arguments: &[&str]) -> Command {
	let mut command = Command::new(env!("CARGO_BIN_EXE_tallystick-backend"));
	command.args(arguments).env_remove(KEY_VARIABLE).env_remove("RUST_LOG");
	command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
	command
}

/// A running server. It is killed when this is dropped.
struct Server {
	process: Child,
	url: String,
}

impl Server {
	fn start(command: &mut Command) -> Self {
		let mut process = command.args(["--listen", "127.0.0.1:0"]).spawn().unwrap();
		let mut line = String::new();
		BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
		let url = line.trim_end().strip_prefix("tallystick-backend listening on ");
		let url = url.unwrap_or_else(|| panic!("{line:?}")).to_owned();
		assert!(url.starts_with("http://127.0.0.1:") && !url.ends_with(":0"), "{url}");
		Self { process, url }
	}

	async fn models(&self, key: Option<&str>) -> reqwest::Response {
		let client = Client::builder().no_proxy().build().unwrap();
		let request = client.get(format!("{}/v1/models", self.url));
		match key {
			Some(key) => request.bearer_auth(key),
			None => request,
		}
		.send()
		.await
		.unwrap()
	}

	/// Sends a signal. Returns what was logged, once the process has ended well.
	fn stop(mut self, signal: &str) -> String {
		// The shell's own: a small system has no program of that name.
		let kill = format!("kill {signal} {}", self.process.id());
		assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
		let start = Instant::now();
		let status = loop {
			if let Some(status) = self.process.try_wait().unwrap() {
				break status;
			}
			assert!(start.elapsed() < Duration::from_secs(20), "it does not stop");
			std::thread::sleep(Duration::from_millis(20));
		};
		assert!(status.success(), "{status}");
		let mut log = String::new();
		self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
		log
	}
}

impl Drop for Server {
	fn drop(&mut self) {
		let _ = self.process.kill();
		let _ = self.process.wait();
	}
}

/// Runs a command that has to fail. Returns its complaint.
fn fails(command: &mut Command) -> String {
	let Output { status, stdout, stderr } = command.output().unwrap();
	assert!(!status.success());
	assert!(stdout.is_empty());
	String::from_utf8(stderr).unwrap()
}

#[tokio::test]
async fn it_says_where_it_listens_and_stops_on_sigterm_and_sigint() {
	for signal in ["-TERM", "-INT"] {
		let server = Server::start(&mut command(&[]));
		assert_eq!(server.models(None).await.status(), StatusCode::OK);
		let log = server.stop(signal);
		assert!(log.contains("no API key is set: every local client is served"), "{log}");
		assert!(log.contains(&format!("stopping signal=\"SIG{}\"", &signal[1..])), "{log}");
	}
}

#[tokio::test]
async fn the_key_comes_from_the_file_or_else_from_the_environment() {
	let file = tempfile::NamedTempFile::new().unwrap();
	fs::write(file.path(), "from-file\n").unwrap();
	let path = file.path().to_str().unwrap();
	for (command, right, wrong) in [
		(&mut command(&["--api-key-file", path]), "from-file", "from-env"),
		(command(&[]).env(KEY_VARIABLE, "from-env"), "from-env", "from-file"),
		(command(&["--api-key-file", path]).env(KEY_VARIABLE, "from-env"), "from-file", "from-env"),
	] {
		let server = Server::start(command);
		assert_eq!(server.models(Some(right)).await.status(), StatusCode::OK);
		assert_eq!(server.models(Some(wrong)).await.status(), StatusCode::UNAUTHORIZED);
		assert_eq!(server.models(None).await.status(), StatusCode::UNAUTHORIZED);
		let log = server.stop("-TERM");
		assert!(log.contains("clients need the bearer key"), "{log}");
		assert!(!log.contains("from-"), "{log}");
	}
}

#[test]
fn an_empty_key_or_a_missing_key_file_is_an_error() {
	let log = fails(command(&[]).env(KEY_VARIABLE, ""));
	assert!(log.contains("cannot take the API key from TALLYSTICK_BACKEND_API_KEY"), "{log}");
	assert!(log.contains("the API key is empty"), "{log}");
	let log = fails(&mut command(&["--api-key-file", "/no/such/file"]));
	assert!(log.contains("cannot read the API key from /no/such/file"), "{log}");
}

#[tokio::test]
async fn folders_take_the_place_of_what_is_compiled_in() {
	let here = Path::new(env!("CARGO_MANIFEST_DIR"));
	let [model, adapter, chat] = ["model", "adapter", "chat"].map(|name| here.join(name));
	let [model, adapter, chat] = [&model, &adapter, &chat].map(|path| path.to_str().unwrap());
	for (arguments, count) in [
		(&[][..], 3),
		(&["--model-dir", model], 2),
		(&["--adapter-dir", adapter], 3),
		(&["--model-dir", model, "--adapter-dir", adapter, "--chat-dir", chat], 3),
	] {
		let server = Server::start(&mut command(arguments));
		let list: Value = server.models(None).await.json().await.unwrap();
		assert_eq!(list["data"].as_array().unwrap().len(), count, "{arguments:?}");
	}
}

#[test]
fn a_folder_without_a_model_is_an_error() {
	let empty = tempfile::tempdir().unwrap();
	let log = fails(&mut command(&["--model-dir", empty.path().to_str().unwrap()]));
	assert!(log.contains("config.json is missing"), "{log}");
	let log = fails(&mut command(&["--model-dir", "/no/such/folder"]));
	assert!(log.contains("cannot read the folder /no/such/folder"), "{log}");
}

#[test]
fn an_address_that_is_taken_or_nonsense_is_an_error() {
	let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
	let address = taken.local_addr().unwrap().to_string();
	for address in [address.as_str(), "nonsense"] {
		let log = fails(&mut command(&["--listen", address]));
		assert!(log.contains(&format!("cannot listen on {address}")), "{log}");
	}
}

#[test]
fn help_shows_an_example() {
	let output = command(&["--help"]).output().unwrap();
	assert!(output.status.success());
	let help = String::from_utf8(output.stdout).unwrap();
	for word in
		["Example:", "curl http://127.0.0.1:8080/v1/chat/completions", KEY_VARIABLE, "--listen"]
	{
		assert!(help.contains(word), "{help}");
	}
}
