//! Against a local server that does what it is told.

use super::*;
use std::{
	io::{BufRead, BufReader, Read, Write},
	net::{TcpListener, TcpStream},
	sync::{Arc, Mutex},
	thread,
};
use tallystick_primitives::EndpointKind;

const KEY: &str = "sk-0123456789abcdef0123456789abcdef";
const MODELS: &str = r#"{"object":"list","data":[{"id":"tally-1"},{"id":"tally-2"}]}"#;
const ANSWER: &str = r#"{"choices":[{"message":{"role":"assistant","content":"yes"},
	"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":1}}"#;

/// What a server does with a request.
#[derive(Clone)]
enum Does {
	Answers(u16, String),
	/// With one more header.
	Sends(u16, &'static str, String),
	/// Says that there are so many bytes, and sends fewer.
	BreaksOff,
	Closes,
	Hangs,
}

fn answers(status: u16, body: &str) -> Does {
	Does::Answers(status, body.into())
}

#[derive(Clone, Debug)]
struct Asked {
	line: String,
	headers: Vec<String>,
	body: String,
}

type Log = Arc<Mutex<Vec<Asked>>>;

/// Starts a server, and says where it is and what it was asked.
fn server(script: impl Fn(&Asked) -> Does + Send + Sync + 'static) -> (String, Log) {
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}/v1", listener.local_addr().unwrap());
	let (log, script) = (Log::default(), Arc::new(script));
	let asked = log.clone();
	thread::spawn(move || {
		for stream in listener.incoming().flatten() {
			let (script, asked) = (script.clone(), asked.clone());
			thread::spawn(move || serve(stream, &*script, &asked));
		}
	});
	(url, log)
}

fn serve(stream: TcpStream, script: &dyn Fn(&Asked) -> Does, log: &Log) -> Option<()> {
	let mut reader = BufReader::new(stream.try_clone().ok()?);
	loop {
		let mut lines = Vec::new();
		loop {
			let mut line = String::new();
			if reader.read_line(&mut line).ok()? == 0 {
				return None;
			}
			match line.trim_end() {
				"" => break,
				line => lines.push(line.to_owned()),
			}
		}
		let length = lines.iter().find_map(|line| {
			line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
		});
		let mut body = vec![0; length.unwrap_or(0)];
		reader.read_exact(&mut body).ok()?;
		let line = lines.remove(0);
		let asked = Asked { line, headers: lines, body: String::from_utf8(body).unwrap() };
		log.lock().unwrap().push(asked.clone());
		let mut out = &stream;
		let (status, header, body) = match script(&asked) {
			Does::Answers(status, body) => (status, "x: y", body),
			Does::Sends(status, header, body) => (status, header, body),
			Does::BreaksOff => {
				write!(out, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{{").ok()?;
				return None;
			}
			Does::Closes => return None,
			Does::Hangs => {
				thread::sleep(Duration::from_secs(5));
				return None;
			}
		};
		let length = body.len();
		write!(out, "HTTP/1.1 {status} X\r\n{header}\r\ncontent-length: {length}\r\n\r\n{body}")
			.ok()?;
	}
}

/// A server that lists its models and does this with a chat.
fn chats(chat: Does) -> (String, Log) {
	server(move |asked| match asked.line.as_str() {
		"GET /v1/models HTTP/1.1" => answers(200, MODELS),
		"POST /v1/chat/completions HTTP/1.1" => chat.clone(),
		_ => answers(404, "{}"),
	})
}

fn backend(base_url: &str) -> Backend {
	Backend {
		name: "one".into(),
		base_url: base_url.into(),
		api: EndpointKind::ChatCompletions,
		model: "tally-1".into(),
		api_key: Some(KEY.into()),
		timeout_ms: 10_000,
		concurrency: 1,
		max_body_bytes: 2_048,
		artifacts: vec![],
	}
}

fn check(backend: &Backend) -> Report {
	let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
	let mut reports = runtime.block_on(try_all(std::slice::from_ref(backend), MESSAGE));
	for text in [report::table(&reports), report::json(&reports)] {
		assert!(!text.contains(KEY) && !text.contains(&KEY[..PIECE]), "{text}");
	}
	assert_eq!(report::table(&reports).lines().count(), 2, "one line for a backend");
	reports.remove(0)
}

fn check_chat(chat: Does) -> Report {
	check(&backend(&chats(chat).0))
}

/// Checks that the backend fails, and so.
fn assert_fails(report: &Report, code: &str, says: &str) {
	let problem = report.problem.as_ref().expect("something is wrong");
	assert_eq!(problem.code(), code, "{problem}");
	assert!(problem.to_string().contains(says), "{problem}");
	assert!(report.has_failed() && !problem.advice().is_empty());
}

#[test]
fn a_good_backend_is_ok() {
	let (url, log) = chats(answers(200, ANSWER));
	let report = check(&backend(&url));
	assert_eq!((report.problem.as_ref(), &report.listed), (None, &Listed::Yes));
	assert_eq!((report.status, report.usage), (Some(200), Some(true)));
	assert!(report.ms.is_some() && !report.has_failed());

	let asked = log.lock().unwrap().clone();
	assert_eq!(asked.len(), 2);
	for asked in &asked {
		let key = format!("authorization: Bearer {KEY}");
		assert!(asked.headers.contains(&key), "{asked:?}");
	}
	let body: Value = serde_json::from_str(&asked[1].body).unwrap();
	assert_eq!((&body["model"], &body["max_tokens"]), (&"tally-1".into(), &16.into()));
	assert_eq!(body["messages"][0]["content"], MESSAGE);
}

#[test]
fn a_backend_without_a_key_is_called_without_one() {
	let (url, log) = chats(answers(200, ANSWER));
	let report = check(&Backend { api_key: None, ..backend(&url) });
	assert!(report.problem.is_none());
	let asked = log.lock().unwrap().clone();
	let has_key = |asked: &Asked| asked.headers.iter().any(|it| it.starts_with("authorization"));
	assert!(!asked.iter().any(has_key));
}

#[test]
fn a_backend_that_lists_nothing_can_be_good() {
	for list in [answers(404, "{}"), answers(200, "hello"), answers(200, "{}"), Does::Closes] {
		let (url, _) = server(move |asked| match asked.line.starts_with("GET") {
			true => list.clone(),
			false => answers(200, ANSWER),
		});
		let report = check(&backend(&url));
		assert_eq!((report.problem.as_ref(), &report.listed), (None, &Listed::Unknown));
	}
}

#[test]
fn a_model_that_is_served_but_not_listed_is_ok() {
	let (url, _) = chats(answers(200, ANSWER));
	let report = check(&Backend { model: "alias".into(), ..backend(&url) });
	let others = vec!["tally-1".into(), "tally-2".into()];
	assert_eq!((report.problem.as_ref(), &report.listed), (None, &Listed::No { others }));
}

#[test]
fn a_host_that_is_not_known_is_told() {
	let report = check(&backend("http://no-such-host.invalid/v1"));
	assert_fails(&report, "unknown_host", "no-such-host.invalid");
}

#[test]
fn a_port_where_nothing_listens_is_told() {
	let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
	let report = check(&backend(&format!("http://127.0.0.1:{port}/v1")));
	assert_fails(&report, "connection_refused", &format!("127.0.0.1:{port}"));
}

#[test]
fn tls_that_fails_is_told() {
	let (url, _) = chats(answers(200, ANSWER));
	let report = check(&backend(&url.replace("http:", "https:")));
	assert_fails(&report, "tls", "no TLS connection");
	assert!(report.problem.unwrap().advice().contains("http://"));
	// One that closes instead of shaking hands.
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let port = listener.local_addr().unwrap().port();
	thread::spawn(move || listener.incoming().for_each(drop));
	assert_fails(&check(&backend(&format!("https://127.0.0.1:{port}/v1"))), "tls", "");
}

#[test]
fn a_missing_key_and_a_wrong_one_are_told_apart() {
	for status in [401, 403] {
		let (url, _) = server(move |_| answers(status, &format!("wrong key {}", &KEY[..12])));
		assert_fails(&check(&backend(&url)), "wrong_key", &status.to_string());
		let report = check(&Backend { api_key: None, ..backend(&url) });
		assert_fails(&report, "no_key", &status.to_string());
	}
	assert_fails(&check_chat(answers(402, "{}")), "unpaid", "402");
}

#[test]
fn a_wrong_path_is_told() {
	for status in [404, 405] {
		let (url, _) = server(move |_| answers(status, r#"{"error":{"message":"no such URL"}}"#));
		assert_fails(&check(&backend(&url)), "no_path", &status.to_string());
	}
}

#[test]
fn a_wrong_model_is_told_with_what_there_is() {
	let other = |url: &str| Backend { model: "llama".into(), ..backend(url) };
	let (url, _) = chats(answers(404, "{}"));
	assert_fails(&check(&other(&url)), "no_model", "no model llama; it has tally-1, tally-2");
	let no_such_model = r#"{"error":{"message":"model 'llama' not found","code":404}}"#;
	let (url, _) = chats(answers(400, no_such_model));
	assert_fails(&check(&other(&url)), "no_model", "it has tally-1, tally-2");
	// Nothing is listed, but the backend says it.
	let (url, _) = server(move |_| answers(404, no_such_model));
	assert_fails(&check(&other(&url)), "no_model", "it has no model llama");
}

#[test]
fn a_refusal_is_told_in_the_backends_words_on_one_line() {
	let long = "x".repeat(300);
	for (body, says) in [
		(
			r#"{"error":{"message":"numbers,\n please\u001b[2J"}}"#.into(),
			": \"numbers, please [2J\"",
		),
		(r#"{"error":"numbers"}"#.into(), ": \"numbers\""),
		(r#"{"detail":"numbers"}"#.into(), ": \"numbers\""),
		(r#"{"detail":[1]}"#.into(), "(400)"),
		("numbers".into(), "(400)"),
		(format!(r#"{{"message":"{long}"}}"#), "…\""),
	] {
		let report = check_chat(Does::Answers(400, body));
		assert_fails(&report, "refused", says);
		assert!(report.problem.unwrap().to_string().len() < 250);
	}
	assert_fails(&check_chat(answers(422, "{}")), "refused", "422");
	assert_fails(&check_chat(answers(404, "{}")), "refused", "404");
}

#[test]
fn a_piece_of_the_key_is_never_shown() {
	for piece in [&KEY[..8], &KEY[10..20], &KEY[KEY.len() - 8..]] {
		let body = format!(r#"{{"error":{{"message":"the key {piece}*** is odd"}}}}"#);
		let report = check_chat(Does::Answers(400, body));
		assert_eq!(report.problem, Some(Problem::Refused { status: 400, said: None }));
	}
	let list = format!(r#"{{"data":[{{"id":"{KEY}"}},{{"id":"b"}}]}}"#);
	let (url, _) = server(move |asked| match asked.line.starts_with("GET") {
		true => answers(200, &list),
		false => answers(404, "{}"),
	});
	assert_fails(&check(&backend(&url)), "no_model", "it has b");
	assert_fails(&check_chat(answers(200, KEY)), "secret", "");
	let short = Backend { api_key: Some("EMPTY".into()), ..backend("http://a/v1") };
	assert_eq!(presentable("EMPTY is no key", &short), None);
	let none = Backend { api_key: None, ..short };
	assert_eq!(presentable("text", &none).as_deref(), Some("text"));
}

#[test]
fn a_bound_that_is_wanted_elsewhere_is_put_there() {
	let (url, log) = server(|asked| match asked.body.contains("max_completion_tokens") {
		_ if asked.line.starts_with("GET") => answers(200, MODELS),
		true => answers(200, ANSWER),
		false => answers(400, r#"{"error":{"message":"use 'max_completion_tokens' instead"}}"#),
	});
	assert!(check(&backend(&url)).problem.is_none());
	assert_eq!(log.lock().unwrap().len(), 3);
}

#[test]
fn a_backend_that_is_busy_or_fails_is_told() {
	assert_fails(&check_chat(answers(429, "{}")), "busy", "429");
	assert_fails(&check_chat(answers(408, "{}")), "busy", "408");
	for status in [500, 502, 503] {
		assert_fails(&check_chat(answers(status, "")), "failed", &status.to_string());
	}
	assert_fails(&check_chat(answers(204, "")), "odd_status", "204");
	assert_fails(&check_chat(answers(407, "")), "odd_status", "407");
}

#[test]
fn redirects_are_told_and_not_followed() {
	let (elsewhere, log) = chats(answers(200, ANSWER));
	let location: &'static str = format!("location: {elsewhere}/chat/completions").leak();
	for status in [301, 302, 307, 308] {
		let report = check_chat(Does::Sends(status, location, String::new()));
		assert_fails(&report, "redirected", &status.to_string());
	}
	assert!(log.lock().unwrap().is_empty());
}

#[test]
fn what_is_no_completion_is_told() {
	assert_fails(&check_chat(answers(200, "<html>log in</html>")), "not_json", "not JSON");
	assert_fails(&check_chat(answers(200, "")), "not_json", "not JSON");
	for body in ["{}", r#"{"choices":[]}"#, r#"{"error":{"message":"x"}}"#, "1"] {
		assert_fails(&check_chat(answers(200, body)), "not_a_completion", "no chat completion");
	}
}

#[test]
fn a_backend_that_does_not_count_is_a_warning() {
	let without = ANSWER.replace("usage", "used");
	let report = check_chat(Does::Answers(200, without));
	assert_eq!((report.problem.as_ref(), report.usage), (Some(&Problem::NoUsage), Some(false)));
	assert!(!report.has_failed());
	assert!(report::table(&[report]).contains("warning"));
}

#[test]
fn answers_have_the_configs_cap() {
	let padded = |length: usize| format!("{ANSWER}{}", " ".repeat(length - ANSWER.len()));
	assert!(check_chat(Does::Answers(200, padded(2_048))).problem.is_none());
	assert_fails(&check_chat(Does::Answers(200, padded(2_049))), "too_large", "2048 bytes");
	// Without a length that says so beforehand.
	let long: String = format!("1000\r\n{}\r\n0\r\n\r\n", "x".repeat(0x1000));
	let listener = TcpListener::bind("127.0.0.1:0").unwrap();
	let url = format!("http://{}/v1", listener.local_addr().unwrap());
	thread::spawn(move || {
		for mut stream in listener.incoming().flatten() {
			let _ = stream.read(&mut [0; 4_096]);
			let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n";
			let _ = stream.write_all(head.as_bytes());
			let _ = stream.write_all(long.as_bytes());
		}
	});
	assert_fails(&check(&backend(&url)), "too_large", "2048 bytes");
}

#[test]
fn a_backend_that_hangs_is_given_up() {
	let (url, _) = chats(Does::Hangs);
	let start = Instant::now();
	let report = check(&Backend { timeout_ms: 1_000, ..backend(&url) });
	assert_fails(&report, "timed_out", "within 1 s");
	assert!(start.elapsed() < Duration::from_secs(4));
	assert!(report.ms.unwrap() >= 1_000);
}

#[test]
fn a_connection_that_breaks_is_told() {
	assert_fails(&check_chat(Does::Closes), "broken", "broke");
	assert_fails(&check_chat(Does::BreaksOff), "broken", "broke");
}

#[test]
fn backends_are_tried_at_once_and_reported_in_order() {
	let (good, _) = chats(answers(200, ANSWER));
	let (hangs, _) = server(|_| Does::Hangs);
	let slow = |name: &str| Backend {
		name: name.into(),
		timeout_ms: 1_000,
		api_key: None,
		..backend(&hangs)
	};
	let backends = [slow("a"), Backend { name: "b".into(), ..backend(&good) }, slow("c")];
	let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
	let start = Instant::now();
	let reports = runtime.block_on(try_all(&backends, MESSAGE));
	// One second for the list and one for the chat, however many there are.
	assert!(start.elapsed() < Duration::from_millis(3_500));

	let table = report::table(&reports);
	let lines: Vec<Vec<&str>> =
		table.lines().map(|line| line.split_whitespace().take(3).collect()).collect();
	assert_eq!(lines[0], ["backend", "result", "listed"]);
	assert_eq!(lines[1], ["a", "failed", "-"]);
	assert_eq!(lines[2], ["b", "ok", "yes"]);
	assert_eq!(lines[3], ["c", "failed", "-"]);

	let json: Value = serde_json::from_str(&report::json(&reports)).unwrap();
	assert_eq!(json["ok"], false);
	let [a, b, _] = &json["backends"].as_array().unwrap()[..] else { panic!("three backends") };
	assert_eq!((&a["problem"]["code"], &a["listed"]), (&"timed_out".into(), &Value::Null));
	assert_eq!((&b["result"], &b["listed"]), (&"ok".into(), &true.into()));
	assert_eq!((&b["status"], &b["usage"]), (&200.into(), &true.into()));
	assert_eq!(b["problem"], Value::Null);
	assert!(b["ms"].is_u64());
}

#[test]
fn a_config_that_is_wrong_is_an_error_as_for_the_node() {
	let error = run(Path::new("/nowhere/at-all.toml"), MESSAGE, true).unwrap_err().to_string();
	assert!(error.contains("/nowhere/at-all.toml"), "{error}");
}

#[test]
fn the_command_line_takes_it() {
	use clap::Parser;
	let parse = |line: &str| crate::cli::Cli::try_parse_from(line.split(' '));
	parse("tallystick inference check --inference-config a.toml --json").unwrap();
	parse("tallystick inference check --inference-config a.toml --message 5").unwrap();
	parse("tallystick inference check").unwrap_err();
}
