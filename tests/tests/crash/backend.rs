//! A backend that does with each call what the test wants. On bare sockets, so that the test knows when
//! an answer is on its way.

use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	io::{BufRead, BufReader, Read, Write},
	net::{TcpListener, TcpStream},
	path::{Path, PathBuf},
	sync::{Arc, Condvar, Mutex},
	thread,
	time::Duration,
};
use tallystick_tests::node::PATIENCE;

/// What comes of a call.
pub enum Act {
	/// An answer, after so long.
	Answer(Duration),
	/// An answer, when the test lets go of the question.
	Hold,
	/// An answer that nobody has to pay for.
	Nothing,
	/// A failure that may pass.
	Fail,
	/// The end of the connection.
	HangUp,
}

/// A backend. It runs as long as the test.
#[derive(Clone)]
pub struct Backend {
	port: u16,
	shared: Arc<Shared>,
}

/// What comes of a question that is heard for the nth time.
type Script = dyn Fn(&str, u32) -> Act + Send + Sync;

struct Shared {
	script: Box<Script>,
	state: Mutex<State>,
	changed: Condvar,
}

#[derive(Default)]
struct State {
	/// How often each question came.
	heard: BTreeMap<String, u32>,
	/// How often an answer to it was sent off.
	answered: BTreeMap<String, u32>,
	/// Questions that are held no more.
	let_go: BTreeSet<String>,
	/// Calls under way, now and at most.
	calls: u32,
	most_calls: u32,
}

impl Backend {
	/// A backend that does what `script` says of a question that comes for the nth time, from 1 on.
	pub fn start(script: impl Fn(&str, u32) -> Act + Send + Sync + 'static) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let port = listener.local_addr().unwrap().port();
		let (state, changed) = Default::default();
		let shared = Arc::new(Shared { script: Box::new(script), state, changed });
		let this = Self { port, shared: shared.clone() };
		thread::spawn(move || {
			for stream in listener.incoming() {
				let shared = shared.clone();
				// A node that is killed breaks connections off.
				thread::spawn(move || shared.serve(stream?));
			}
		});
		this
	}

	/// Writes an inference config that names it.
	pub fn write_config(&self, folder: &Path, concurrency: u32) -> PathBuf {
		let config = format!(
			"[backends.crash]\nbase_url = \"http://127.0.0.1:{}/v1\"\napi = \"chat-completions\"\n\
			model = \"m\"\nconcurrency = {concurrency}\n",
			self.port
		);
		let path = folder.join("inference.toml");
		fs::write(&path, config).unwrap();
		path
	}

	/// How often it was asked a question.
	pub fn heard(&self, question: &str) -> u32 {
		self.shared.state.lock().unwrap().heard.get(question).copied().unwrap_or_default()
	}

	/// The most calls that were under way at once.
	pub fn most_calls(&self) -> u32 {
		self.shared.state.lock().unwrap().most_calls
	}

	/// Answers a question from now on.
	pub fn let_go(&self, question: &str) {
		self.shared.state.lock().unwrap().let_go.insert(question.into());
		self.shared.changed.notify_all();
	}

	/// Waits until the whole answer to a question is on its way.
	pub fn wait_for_answer(&self, question: &str) {
		let state = self.shared.state.lock().unwrap();
		let is_held = |state: &mut State| !state.answered.contains_key(question);
		let waited = self.shared.changed.wait_timeout_while(state, PATIENCE, is_held).unwrap();
		assert!(!waited.1.timed_out(), "waited in vain for the answer to {question}");
	}
}

/// What is answered to a question. Each has another, and another price.
pub fn answer_to(question: &str) -> String {
	format!("You asked: {question}")
}

impl Shared {
	fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
		let question = question(&stream)?;
		let nth = {
			let mut state = self.state.lock().unwrap();
			state.calls += 1;
			state.most_calls = state.most_calls.max(state.calls);
			let heard = state.heard.entry(question.clone()).or_default();
			*heard += 1;
			*heard
		};
		let content = match (self.script)(&question, nth) {
			Act::Answer(after) => {
				thread::sleep(after);
				Some(answer_to(&question))
			}
			Act::Hold => {
				let state = self.state.lock().unwrap();
				let is_held = |state: &mut State| !state.let_go.contains(&question);
				drop(self.changed.wait_while(state, is_held).unwrap());
				Some(answer_to(&question))
			}
			Act::Nothing => Some(String::new()),
			Act::Fail => None,
			Act::HangUp => {
				self.state.lock().unwrap().calls -= 1;
				return Ok(());
			}
		};
		let sent = send(&mut stream, content.as_deref());
		let mut state = self.state.lock().unwrap();
		state.calls -= 1;
		sent?;
		*state.answered.entry(question).or_default() += 1;
		self.changed.notify_all();
		Ok(())
	}
}

/// Reads a request, and what it asks.
fn question(stream: &TcpStream) -> std::io::Result<String> {
	let mut reader = BufReader::new(stream);
	let mut length = 0;
	loop {
		let mut line = String::new();
		reader.read_line(&mut line)?;
		let line = line.trim_end().to_ascii_lowercase();
		if let Some(number) = line.strip_prefix("content-length:") {
			length = number.trim().parse().unwrap();
		} else if line.is_empty() {
			break;
		}
	}
	let mut body = vec![0; length];
	reader.read_exact(&mut body)?;
	let body: Value = serde_json::from_slice(&body)?;
	Ok(body["messages"][0]["content"].as_str().unwrap().into())
}

/// Sends an answer with this content, or a failure.
fn send(stream: &mut TcpStream, content: Option<&str>) -> std::io::Result<()> {
	let (status, body) = match content {
		Some(content) => ("200 OK", completion(content)),
		None => ("500 Internal Server Error", json!({})),
	};
	let body = body.to_string();
	let head = "content-type: application/json\r\nconnection: close";
	let length = body.len();
	let whole = format!("HTTP/1.1 {status}\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}");
	stream.write_all(whole.as_bytes())
}

fn completion(content: &str) -> Value {
	// As many tokens as letters: what is charged tells the answers apart.
	let (prompt, completion) = (20, content.len());
	json!({
		"object": "chat.completion",
		"choices": [{
			"index": 0,
			"message": { "role": "assistant", "content": content },
			"finish_reason": "stop",
		}],
		"usage": {
			"prompt_tokens": prompt,
			"completion_tokens": completion,
			"total_tokens": prompt + completion,
		},
	})
}
