//! A node, started and stopped as a service manager does it, or killed; and `tally` on it.

use serde_json::Value;
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	thread,
	time::{Duration, Instant},
};

/// How long anything may take that is waited for. A dozen nodes that start at once on two cores, each of which
/// compiles the runtime, take 100 s.
pub const PATIENCE: Duration = Duration::from_secs(240);

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

/// The raw specification of the development chain, as a node writes it.
pub fn specification() -> Value {
	let command = ["export-chain-spec", "--chain", "dev", "--raw"];
	let said = Command::new(program("tallystick")).args(command).output();
	let said = said.expect("the program starts").stdout;
	serde_json::from_slice(&said).expect("it writes JSON")
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
	/// Starts a node of a development chain in `folder`, where it has its database (`base`) and its log
	/// (`log`).
	pub fn start(folder: &Path, arguments: &[&str]) -> Self {
		// The node chooses free ports, and says which.
		Self::start_at(0, folder, arguments)
	}

	/// Starts a node of a development chain that answers at `port`.
	pub fn start_at(port: u16, folder: &Path, arguments: &[&str]) -> Self {
		Self::spawn(port, folder, &with_dev(arguments)).listening()
	}

	/// Starts a node of the chain, and in the role, that the arguments name. It knows no other nodes.
	pub fn start_apart(folder: &Path, arguments: &[&str]) -> Self {
		let alone = ["--no-mdns", "--reserved-only", "--unsafe-force-node-key-generation"];
		Self::spawn(0, folder, &[&alone, arguments].concat()).listening()
	}

	/// Starts a node of a development chain, and does not wait until there is somebody to talk to.
	pub fn launch(folder: &Path, arguments: &[&str]) -> Self {
		Self::spawn(0, folder, &with_dev(arguments))
	}

	/// Starts a node that has to end by itself, with a failure. Returns what it said.
	pub fn fail(folder: &Path, arguments: &[&str]) -> String {
		let mut node = Self::launch(folder, arguments);
		let status = node.wait();
		assert!(!status.success(), "the node ends with {status}: {}", node.log());
		node.log()
	}

	fn listening(mut self) -> Self {
		self.port = wait_for("the node's RPC", || {
			let ended = self.process.try_wait().expect("it is our child");
			assert!(ended.is_none(), "the node ended: {}", self.log());
			self.said_port("Running JSON-RPC server: addr=127.0.0.1:")
		});
		self
	}

	/// The port that it says it listens at, after `what`.
	fn said_port(&self, what: &str) -> Option<u16> {
		let log = self.log();
		let (_, port) = log.split_once(what)?;
		// Nothing yet where the rest of the line is not written.
		let (port, _) = port.split_once([',', '\n'])?;
		port.trim().parse().ok()
	}

	fn spawn(port: u16, folder: &Path, arguments: &[&str]) -> Self {
		let log = File::create(folder.join("log")).expect("the folder can be written to");
		let process = Command::new(program("tallystick"))
			.args(["--no-telemetry", "--listen-addr", "/ip4/127.0.0.1/tcp/0"])
			.args(["--prometheus-port", "0", "--rpc-port", &port.to_string(), "--base-path"])
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

	/// Ends it in the middle of whatever it does (`kill -9`), and returns its log.
	pub fn kill(mut self) -> String {
		self.process.kill().expect("it runs");
		self.wait();
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

	/// What it tells Prometheus.
	pub fn metrics(&self) -> String {
		let port = wait_for("the node's metrics", || {
			self.said_port("Prometheus exporter started at 127.0.0.1:")
		});
		let url = format!("http://127.0.0.1:{port}/metrics");
		let tasks = tokio::runtime::Runtime::new().expect("threads can be started");
		let read = async { reqwest::get(url).await?.text().await };
		tasks.block_on(read).expect("the node answers")
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

fn with_dev<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
	[&["--dev"], arguments].concat()
}

impl Drop for Node {
	fn drop(&mut self) {
		// Of no effect where it has ended.
		let _ = self.process.kill();
		let _ = self.process.wait();
	}
}
