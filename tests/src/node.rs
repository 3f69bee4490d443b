//! A node of a development chain, started and stopped as a service manager does it, and `tally` on it.

use serde_json::Value;
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	thread,
	time::{Duration, Instant},
};

/// How long anything may take that is waited for.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Looks until there is something to see.
///
/// # Panics
/// With `what`, where there is nothing for too long.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
	let began_at = Instant::now();
	loop {
		if let Some(seen) = look() {
			return seen;
		}
		assert!(began_at.elapsed() < PATIENCE, "waited in vain for {what}");
		thread::sleep(Duration::from_millis(50));
	}
}

/// A program of this workspace: it is built into the folder above that of the tests.
pub fn program(name: &str) -> PathBuf {
	let this = std::env::current_exe().expect("a test is a file");
	let path = this.ancestors().nth(2).expect("it is in target/release/deps").join(name);
	assert!(path.exists(), "there is no {name}: run cargo build --release --workspace first");
	path
}

/// What `tally --json` said.
#[derive(Debug)]
pub struct Said {
	/// Its exit code.
	pub code: Option<i32>,
	/// Its document.
	pub json: Value,
	/// Its words for people, on stderr.
	pub words: String,
}

impl Said {
	/// Its document, if it went well.
	pub fn good(self) -> Value {
		assert_eq!(self.code, Some(0), "{self:?}");
		self.json
	}
}

/// Runs `tally` on the node at `url`, for `account`, such as `//Alice`.
pub fn tally(url: &str, account: &str, arguments: &[&str]) -> Said {
	let output = Command::new(program("tally"))
		.args(["--json", "--url", url, "--account", account])
		.args(arguments)
		.env_remove("TALLY_ACCOUNT_FILE")
		.env_remove("TALLY_SERVICE_SURI")
		.output()
		.expect("the program starts");
	Said {
		code: output.status.code(),
		json: serde_json::from_slice(&output.stdout).unwrap_or_default(),
		words: String::from_utf8_lossy(&output.stderr).into_owned(),
	}
}

/// A running node. It ends with this, at the latest.
pub struct Node {
	process: Child,
	folder: PathBuf,
	port: u16,
}

impl Node {
	/// Starts a node in `folder`, where it has its database (`base`) and its log (`log`).
	pub fn start(folder: &Path, arguments: &[&str]) -> Self {
		// The node chooses free ports, and says which.
		Self::start_at(0, folder, arguments)
	}

	/// Starts a node that answers at `port`.
	pub fn start_at(port: u16, folder: &Path, arguments: &[&str]) -> Self {
		let mut node = Self::spawn(port, folder, arguments);
		node.port = wait_for("the node's RPC", || {
			let ended = node.process.try_wait().expect("it is our child");
			assert!(ended.is_none(), "the node ended: {}", node.log());
			let log = node.log();
			let (_, port) = log.split_once("Running JSON-RPC server: addr=127.0.0.1:")?;
			// Nothing yet where the rest of the line is not written.
			let (port, _) = port.split_once([',', '\n'])?;
			port.trim().parse().ok()
		});
		node
	}

	/// Starts a node that has to end by itself, with a failure. Returns what it said.
	pub fn fail(folder: &Path, arguments: &[&str]) -> String {
		let mut node = Self::spawn(0, folder, arguments);
		let status = node.wait();
		assert!(!status.success(), "the node ends with {status}: {}", node.log());
		node.log()
	}

	fn spawn(port: u16, folder: &Path, arguments: &[&str]) -> Self {
		let log = File::create(folder.join("log")).expect("the folder can be written to");
		let process = Command::new(program("tallystick"))
			.args(["--dev", "--no-prometheus", "--no-telemetry", "--port", "0"])
			.args(["--rpc-port", &port.to_string(), "--base-path"])
			.arg(folder.join("base"))
			.args(arguments)
			.stdout(Stdio::null())
			.stderr(log)
			.spawn()
			.expect("the program starts");
		Self { process, folder: folder.into(), port }
	}

	fn wait(&mut self) -> ExitStatus {
		wait_for("the node's end", || self.process.try_wait().expect("it is our child"))
	}

	/// Ends it as a service manager does, and returns its log.
	pub fn stop(mut self) -> String {
		let end = format!("kill -TERM {}", self.process.id());
		let told = Command::new("sh").args(["-c", &end]).status();
		assert!(told.expect("there is a shell").success(), "the node is gone: {}", self.log());
		let status = self.wait();
		assert!(status.success(), "the node ends with {status}: {}", self.log());
		self.log()
	}

	/// The port of its RPC.
	pub fn port(&self) -> u16 {
		self.port
	}

	/// The URL of its RPC.
	pub fn url(&self) -> String {
		format!("http://127.0.0.1:{}", self.port)
	}

	/// What it has logged since its start.
	pub fn log(&self) -> String {
		fs::read_to_string(self.folder.join("log")).unwrap_or_default()
	}

	/// Runs `tally` on it, for `account`.
	pub fn tally(&self, account: &str, arguments: &[&str]) -> Said {
		tally(&self.url(), account, arguments)
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// Of no effect where it has ended.
		let _ = self.process.kill();
		let _ = self.process.wait();
	}
}
