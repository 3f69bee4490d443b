//! The worker as a part of the real runtime, in a real node, against a backend that misbehaves on
//! purpose. The consumer is `tally infer`, all questions are asked at once, and what a question begins
//! with is what the backend does with it.
//!
//! What needs raw sockets (resets, answers that are cut off) is tested beside the worker.

use axum::{
	body::Body,
	extract::State,
	http::{HeaderMap, StatusCode},
	response::{IntoResponse, Redirect, Response},
	routing::post,
	Json, Router,
};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::Eve;
use std::{
	collections::BTreeMap,
	fs,
	path::Path,
	sync::{Arc, Mutex},
	thread,
	time::Duration,
};
use tallystick_primitives::offchain;
use tallystick_tests::{
	chain::hex0x,
	node::{tally, wait_for},
	stage, Chain, Node, Said,
};

/// The backend's key: what must be found nowhere.
const KEY: &str = "sk-tests-0123456789abcdef0123456789";
/// What the backend answers.
const ANSWER: &str = "A stick, split in two.";
/// What is in each question, and must be found in no log, no database and no answer to a stranger.
const SECRET: &str = "unlikely-in-logs";

// ---------------------------------------------------------------------------------------------------
// The backend.

/// How often each question came.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<BTreeMap<String, u32>>>);

impl Calls {
	fn of(&self, question: &str) -> u32 {
		self.0.lock().unwrap().get(question).copied().unwrap_or_default()
	}
}

fn completion(content: &str, usage: Value) -> Response {
	Json(json!({
		"object": "chat.completion",
		"choices": [{
			"index": 0,
			"message": { "role": "assistant", "content": content },
			"finish_reason": "stop",
		}],
		"usage": usage,
	}))
	.into_response()
}

fn good() -> Response {
	let usage = json!({ "prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29 });
	completion(ANSWER, usage)
}

async fn answer(State(calls): State<Calls>, headers: HeaderMap, body: Json<Value>) -> Response {
	let bearer = headers.get("authorization").and_then(|value| value.to_str().ok());
	assert_eq!(bearer, Some(&*format!("Bearer {KEY}")));
	assert!(headers.contains_key("content-length") && !headers.contains_key("transfer-encoding"));
	let question = body["messages"][0]["content"].as_str().unwrap().to_string();
	let is_first = {
		let mut calls = calls.0.lock().unwrap();
		let count = calls.entry(question.clone()).or_default();
		*count += 1;
		*count == 1
	};
	match question.split(' ').next().unwrap() {
		"slow" => tokio::time::sleep(Duration::from_secs(2)).await,
		"hang" if is_first => tokio::time::sleep(Duration::MAX).await,
		"fail" if is_first => return (StatusCode::BAD_GATEWAY, "trace").into_response(),
		"busy" if is_first => {
			return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "2")], "{}").into_response()
		}
		"html" if is_first => return "<html></html>".into_response(),
		"unknown" => return (StatusCode::NOT_FOUND, "no such model").into_response(),
		"key" => return (StatusCode::UNAUTHORIZED, bearer.unwrap().to_string()).into_response(),
		"moved" => return Redirect::temporary("/v1/elsewhere").into_response(),
		"endless" => {
			let more = || Ok::<_, std::convert::Infallible>(vec![b' '; 65_536]);
			return Body::from_stream(futures::stream::repeat_with(more)).into_response();
		}
		"echo" => return completion(KEY, Value::Null),
		"empty" => return completion("", json!({ "prompt_tokens": 20, "completion_tokens": 1 })),
		"uncounted" => return completion("three little words", Value::Null),
		"absurd" => {
			let usage = json!({ "prompt_tokens": 1_000_000_000, "completion_tokens": -1 });
			return completion("three little words", usage);
		}
		_ => {}
	}
	good()
}

/// Runs the backend for as long as the runtime that is returned, and writes the config for it.
fn serve(folder: &Path) -> (Calls, tokio::runtime::Runtime) {
	let runtime = tokio::runtime::Runtime::new().unwrap();
	let calls = Calls::default();
	let router =
		Router::new().route("/v1/chat/completions", post(answer)).with_state(calls.clone());
	let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
	let port = listener.local_addr().unwrap().port();
	runtime.spawn(async move { axum::serve(listener, router).await });

	fs::write(folder.join("key"), KEY).unwrap();
	let config = format!(
		"[backends.faulty]\nbase_url = \"http://127.0.0.1:{port}/v1\"\napi = \"chat-completions\"\n\
		model = \"m\"\napi_key_file = \"key\"\ntimeout_seconds = 6\n"
	);
	fs::write(folder.join("inference.toml"), config).unwrap();
	(calls, runtime)
}

// ---------------------------------------------------------------------------------------------------
// The consumer.

/// Asks, and waits for the answer.
fn ask(url: &str, question: &str, more: &[&str]) -> Said {
	let plan = stage::PLAN.to_string();
	let what = ["infer", "--plan", &plan, "--question", question, "--max-tokens", "64"];
	let what = [&what[..], &["--max-units", "200", "--deadline", "40"], more].concat();
	tally(url, "//Eve", &what)
}

/// Whether a file below `folder`, other than in a folder of the name `but`, has `text` in it.
fn is_in_files(folder: &Path, but: &str, text: &str) -> bool {
	fs::read_dir(folder).unwrap().map(Result::unwrap).any(|entry| {
		let path = entry.path();
		if path.is_dir() {
			return entry.file_name() != but && is_in_files(&path, but, text);
		}
		fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
	})
}

/// Whether `said` has `text` in it, as it is or as hex.
fn is_said(said: &str, text: &str) -> bool {
	said.contains(text) || said.contains(hex0x(text).trim_start_matches("0x"))
}

/// Everything that a node tells who is not the consumer: all state, all blocks, all jobs, their receipts,
/// what is under the worker's keys, and what it says to who asks for outputs without a right to them.
fn answers_to_a_stranger(chain: &Chain) -> String {
	let mut all = String::new();
	let mut refusals = String::new();
	let mut ask = |method: &str, params: Value| {
		let answer = chain.rpc::<Value>(method, params).expect("everybody may ask that");
		all.push_str(&answer.to_string());
		answer
	};
	let keys = ask("state_getKeysPaged", json!(["0x", 1_000]));
	assert!((100..1_000).contains(&keys.as_array().unwrap().len()), "all keys, on one page");
	ask("state_queryStorageAt", json!([keys]));
	for number in 0.. {
		let hash = ask("chain_getBlockHash", json!([number]));
		if hash.is_null() {
			break;
		}
		ask("chain_getBlock", json!([hash]));
	}
	ask("author_pendingExtrinsics", json!([]));
	let mut receipts = 0;
	for job in 0..20u64 {
		ask("tallystick_job", json!([job]));
		let receipt = ask("tallystick_receipt", json!([job]));
		let request = receipt["receipt"]["request"].as_str().and_then(|hash| hash.parse().ok());
		let signature = hex0x([0; 65]);
		let output = chain.rpc::<Value>("inference_output", json!([job, signature]));
		refusals.push_str(&format!("{:?}", output.expect_err("it is no consumer's signature")));
		let input = request.map(|request| offchain::input_key(&request));
		receipts += usize::from(input.is_some());
		let keys = [offchain::output_key(job), offchain::receipt_key(job), offchain::lock_key(job)];
		for key in keys.into_iter().chain(input) {
			ask("offchain_localStorageGet", json!(["PERSISTENT", hex0x(key)]));
		}
	}
	assert!(receipts >= 12, "{receipts}");
	for place in 0..64 {
		ask("offchain_localStorageGet", json!(["PERSISTENT", hex0x(offchain::queue_key(place))]));
	}
	all + &refusals
}

/// The worker's metric of this name that has `label` as a value.
fn metric<'a>(metrics: &str, name: &str, label: impl Into<Option<&'a str>>) -> f64 {
	let begin = format!("tallystick_inference_{name}{{");
	let label = label.into().map(|label| format!("\"{label}\"")).unwrap_or_default();
	let mut lines =
		metrics.lines().filter(|line| line.starts_with(&begin) && line.contains(&label));
	let line = lines.next().unwrap_or_else(|| panic!("{name} {label} is in {metrics}"));
	assert_eq!(lines.next(), None, "there is one {name} {label}");
	line.rsplit_once(' ').unwrap().1.parse().unwrap()
}

#[test]
fn a_node_survives_a_backend_that_misbehaves_and_a_restart() {
	let folder = tempfile::tempdir().unwrap();
	let (calls, _backend) = serve(folder.path());
	let config = folder.path().join("inference.toml");
	let log_all_of = "offchain-worker=trace,rpc=trace,rpc_metrics=trace,jsonrpsee-http=trace,\
		jsonrpsee-server=trace,txpool=trace,inference=trace,inference-worker=trace";
	let arguments = ["--inference-config", config.to_str().unwrap(), "--log", log_all_of];
	let node = Node::start(folder.path(), &arguments);
	let chain = Chain::of(&node);
	let (url, port) = (node.url(), node.port());
	stage::insert_service_key(&chain);
	stage::set(&chain, &url);
	chain.do_all(Eve, vec![stage::buy(&chain, 5_000)]);

	// What is asked, how often the backend hears it, and what comes of it: units, and who counted, or
	// an error. A unit for the call, and one for each token.
	let expected = [
		("hang", 2, Some((30, "Backend"))),
		("good", 1, Some((30, "Backend"))),
		("slow", 1, Some((30, "Backend"))),
		("fail", 2, Some((30, "Backend"))),
		("busy", 2, Some((30, "Backend"))),
		("html", 2, Some((30, "Backend"))),
		("uncounted", 1, Some((7, "Gateway"))),
		("absurd", 1, Some((7, "Gateway"))),
		("unknown", 1, None),
		("key", 1, None),
		("moved", 1, None),
		("endless", 1, None),
		("echo", 1, None),
		("empty", 1, None),
	];
	let question = |kind: &str| format!("{kind} question {SECRET}");
	let answers: Vec<_> = thread::scope(|scope| {
		let asked: Vec<_> = expected
			.iter()
			.map(|(kind, ..)| scope.spawn(|| ask(&url, &question(kind), &[])))
			.collect();
		asked.into_iter().map(|asked| asked.join().unwrap()).collect()
	});
	for ((kind, heard, outcome), said) in expected.iter().zip(answers) {
		let receipt = &said.json["receipt"];
		assert_eq!(calls.of(&question(kind)), *heard, "{kind}: {said:?}");
		assert_eq!(said.code, Some(i32::from(outcome.is_none())), "{kind}: {said:?}");
		match outcome {
			Some((units, counted_by)) => {
				assert_eq!(receipt["units"], units.to_string(), "{kind}: {said:?}");
				assert_eq!(receipt["counted_by"], *counted_by, "{kind}: {said:?}");
			}
			None => {
				assert_eq!(receipt["units"], "0", "{kind}: {said:?}");
				assert_eq!(receipt["finish"], "Error", "{kind}: {said:?}");
			}
		}
		assert_eq!(said.json["verified"], true, "{kind}: {said:?}");
		assert!(!format!("{said:?}").contains(KEY), "{kind}: {said:?}");
	}

	// Operators see all of it.
	let metrics = node.metrics();
	let causes = ["refused", "credentials", "redirected", "too_large", "secret", "empty"];
	let once = ["timed_out", "failed", "busy", "unreadable"];
	for outcome in causes[..5].iter().chain(&once) {
		assert_eq!(metric(&metrics, "calls_total", *outcome), 1.0, "{outcome}");
	}
	assert_eq!(metric(&metrics, "calls_total", "answer"), 9.0, "one is empty");
	assert_eq!(metric(&metrics, "call_duration_seconds_count", "faulty"), 9.0);
	for cause in causes {
		assert_eq!(metric(&metrics, "failures_total", cause), 1.0, "{cause}");
	}
	assert_eq!(metric(&metrics, "receipts_total", "stop"), 8.0);
	assert_eq!(metric(&metrics, "receipts_total", "error"), 6.0);
	assert_eq!(metric(&metrics, "units_total", None), 6.0 * 30.0 + 2.0 * 7.0);
	assert_eq!(metric(&metrics, "backend_concurrency", "faulty"), 16.0);

	// A restart in the middle of a call: it is made again, and its end is not taken for an answer.
	let hang = format!("hang while the node stops {SECRET}");
	let saved = folder.path().join("saved");
	let saved = saved.to_str().unwrap();
	let mut log = thread::scope(|scope| {
		let asked = scope.spawn(|| ask(&url, &hang, &["--save", saved]));
		wait_for("the backend to be called", || (calls.of(&hang) == 1).then_some(()));
		let log = node.stop();
		assert_eq!(asked.join().unwrap().code, Some(1));
		log
	});
	// Where consumers look for it.
	let node = Node::start_at(port, folder.path(), &arguments);
	let answer = node.tally("//Eve", &["infer", "--resume", saved]).good();
	assert_eq!((&answer["units"], &answer["verified"]), (&json!("30"), &json!(true)));
	assert_eq!(calls.of(&hang), 2);

	// The worker reads its backends, with their keys, from there; an operator's RPC does not.
	let chain = Chain::of(&node);
	let key = json!(["PERSISTENT", hex0x(offchain::BACKENDS)]);
	let value = chain.rpc::<Value>("offchain_localStorageGet", key).unwrap();
	assert_eq!(value, Value::Null);
	let answers = answers_to_a_stranger(&chain);
	assert!(is_said(&answers, &url), "an endpoint is on chain");
	for text in [KEY, SECRET, ANSWER] {
		assert!(!is_said(&answers, text), "{text} is in an answer by RPC");
		assert!(!is_said(&metrics, text), "{text} is in a metric");
	}

	log.push_str(&node.stop());
	for text in [KEY, SECRET, ANSWER] {
		assert!(!is_said(&log, text), "{text} is in the log");
	}
	assert!(log.contains("backend=faulty"));
	assert!(log.contains("TRACE"), "the log is as detailed as was asked for");

	// What the chain knows is in its database, and there is nothing else; what consumers handed in and
	// fetch lies in a folder of its own, and there is no key in that.
	let base = folder.path().join("base");
	assert!(is_in_files(&base, "inference", &url), "an endpoint is on chain");
	for text in [SECRET, ANSWER] {
		assert!(!is_in_files(&base, "inference", text), "{text} is in the database");
		assert!(is_in_files(&base, "", text), "{text} is in the inference store");
	}
	assert!(!is_in_files(&base, "", KEY), "the key is in a file");
}
