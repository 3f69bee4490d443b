//! `tallystick inference check`: tries each backend of a config, and says what is wrong with it.
//!
//! A trial is what the worker would do for a job, and is judged by the worker's own rules
//! (`pallet_inference::worker::trial`): no redirects, no proxies, the backend's time-out and its cap
//! on answers. Before it, `GET {base_url}/models` is asked whether the model is listed; a backend
//! need not have that. All backends are tried at once.
//!
//! Nothing that is printed holds a key or a part of one. A backend's own words are shown where it
//! refuses the request, on one line and shortened, unless there is a piece of the key in them.

mod problem;
mod report;
#[cfg(test)]
mod tests;

use super::InferenceConfig;
use futures::future::join_all;
use pallet_inference::worker::trial::{Reading, Trial};
use problem::Problem;
use report::{Listed, Report};
use reqwest::{header, redirect, Client, Response};
use serde::Deserialize;
use serde_json::{json, Value};
use std::{
	error::Error as _,
	io,
	path::Path,
	time::{Duration, Instant},
};
use tallystick_primitives::{observation::Outcome, offchain::Backend};
use url::Url;

/// What is asked unless the operator says otherwise: the development backend, which takes numbers
/// only, answers it, and so does a language model.
pub const MESSAGE: &str = "mean radius=14.13";
/// Tokens of output that are asked for.
const TOKENS: u32 = 16;
/// Calls to one backend: one for each bound on output that it may refuse.
const CALLS: u32 = 3;
/// How long a list of models may take.
const LIST_TIME: Duration = Duration::from_secs(10);
/// The largest list of models that is read, in bytes.
const LIST_BYTES: usize = 8 << 20;
/// The part of a key that makes a text of a backend unfit to be shown, in bytes.
const PIECE: usize = 8;
/// Characters of a backend's own words that are shown.
const SHOWN: usize = 160;

/// Checks the config at `path` and its backends. Prints what was found; `Err` if a backend would not
/// answer jobs.
pub fn run(
	path: &Path,
	message: &str,
	as_json: bool,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
	let config = InferenceConfig::load(path)?;
	for warning in &config.warnings {
		eprintln!("Warning: {warning}");
	}
	let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
	let reports = runtime.block_on(try_all(&config.backends, message));
	// A resolver that hangs must not be waited for.
	runtime.shutdown_background();
	println!("{}", if as_json { report::json(&reports) } else { report::table(&reports) });
	match reports.iter().filter(|report| report.has_failed()).count() {
		0 => Ok(()),
		failed => {
			Err(format!("{failed} of {} backends would not answer jobs", reports.len()).into())
		}
	}
}

/// Tries all of `backends` at once.
async fn try_all(backends: &[Backend], message: &str) -> Vec<Report> {
	join_all(backends.iter().map(|backend| try_one(backend, message))).await
}

async fn try_one(backend: &Backend, message: &str) -> Report {
	let mut report = Report::new(backend);
	let client = match client() {
		Ok(client) => client,
		Err(error) => {
			report.problem = Some(Problem::NoClient(innermost(&error)));
			return report;
		}
	};
	if let Err(problem) = resolve(backend).await {
		report.problem = Some(problem);
		return report;
	}
	report.listed = list(&client, backend).await;
	let start = Instant::now();
	let limit = Duration::from_millis(backend.timeout_ms);
	let outcome = tokio::time::timeout(limit, chat(&client, backend, message, &mut report)).await;
	report.ms = Some(start.elapsed().as_millis());
	report.problem = match outcome {
		Ok(problem) => problem,
		Err(_) => Some(Problem::TimedOut { seconds: limit.as_secs() }),
	};
	report
}

/// An HTTP client with the worker's rules. No connection is used twice: one that the backend has
/// closed after the list would look like a backend that breaks off.
fn client() -> reqwest::Result<Client> {
	Client::builder()
		.redirect(redirect::Policy::none())
		.no_proxy()
		.pool_max_idle_per_host(0)
		.build()
}

/// Whether the backend's host has an address.
async fn resolve(backend: &Backend) -> Result<(), Problem> {
	let url = Url::parse(&backend.base_url).ok();
	let host = url.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
	let Some((host, port)) = host else { return Err(Problem::UnknownHost(String::new())) };
	// Addresses of version 6 stand in brackets in a URL.
	let bare = host.trim_matches(['[', ']']);
	let found = tokio::time::timeout(LIST_TIME, tokio::net::lookup_host((bare, port))).await;
	let is_known = found.is_ok_and(|addresses| addresses.is_ok());
	is_known.then_some(()).ok_or_else(|| Problem::UnknownHost(host.into()))
}

/// Whether the backend lists the model.
async fn list(client: &Client, backend: &Backend) -> Listed {
	#[derive(Deserialize)]
	struct List {
		data: Vec<Model>,
	}
	#[derive(Deserialize)]
	struct Model {
		id: String,
	}

	let request = with_key(client.get(format!("{}/models", backend.base_url)), backend);
	let answer = async {
		let response = request.send().await.ok()?;
		let status = response.status().as_u16();
		let body = if status == 200 { read(response, LIST_BYTES).await.ok()? } else { Vec::new() };
		Some((status, body))
	};
	let limit = LIST_TIME.min(Duration::from_millis(backend.timeout_ms));
	match tokio::time::timeout(limit, answer).await {
		Ok(Some((200, body))) => match serde_json::from_slice::<List>(&body) {
			Ok(List { data }) if data.iter().any(|model| model.id == backend.model) => Listed::Yes,
			Ok(List { data }) => Listed::No {
				others: data.iter().filter_map(|model| presentable(&model.id, backend)).collect(),
			},
			Err(_) => Listed::Unknown,
		},
		_ => Listed::Unknown,
	}
}

/// A chat completion. Returns what is wrong.
async fn chat(
	client: &Client,
	backend: &Backend,
	message: &str,
	report: &mut Report,
) -> Option<Problem> {
	let request = json!({ "messages": [{ "role": "user", "content": message }] }).to_string();
	let mut trial = Trial::new(backend, TOKENS);
	for _ in 0..CALLS {
		let body = match trial.body(request.as_bytes()) {
			Ok(body) => body,
			Err(reason) => return Some(Problem::BadMessage(reason)),
		};
		let call = client
			.post(trial.url())
			.header(header::CONTENT_TYPE, "application/json")
			.header(header::ACCEPT_ENCODING, "identity")
			.body(body);
		let response = match with_key(call, backend).send().await {
			Ok(response) => response,
			Err(error) => return Some(of_connection(&error, backend)),
		};
		let status = response.status().as_u16();
		report.status = Some(status);
		let body = if trial.reads(status) {
			match read(response, trial.cap(status)).await {
				Ok(body) => body,
				Err(NotRead::TooLarge) => {
					return Some(Problem::TooLarge { most: trial.cap(status) });
				}
				Err(NotRead::Broken) => return Some(Problem::Broken),
			}
		} else {
			Vec::new()
		};
		let is_json = serde_json::from_slice::<Value>(&body).is_ok();
		match trial.judge(status, body) {
			Reading::Answer { has_usage } => {
				report.usage = Some(has_usage);
				return (!has_usage).then_some(Problem::NoUsage);
			}
			Reading::Again => {}
			Reading::Refused(body) => {
				return Some(of_refusal(status, &body, backend, &report.listed));
			}
			Reading::Fault(outcome) => return Some(of_fault(outcome, status, is_json, backend)),
		}
	}
	Some(Problem::Refused { status: report.status.unwrap_or_default(), said: None })
}

fn with_key(request: reqwest::RequestBuilder, backend: &Backend) -> reqwest::RequestBuilder {
	let request = request.header(header::ACCEPT, "application/json");
	match &backend.api_key {
		Some(key) => request.bearer_auth(key),
		None => request,
	}
}

enum NotRead {
	TooLarge,
	Broken,
}

/// The body of an answer, if it has `most` bytes at most.
async fn read(mut response: Response, most: usize) -> Result<Vec<u8>, NotRead> {
	let stated = response.content_length().and_then(|length| usize::try_from(length).ok());
	if stated.is_some_and(|length| length > most) {
		return Err(NotRead::TooLarge);
	}
	let mut body = Vec::new();
	while let Some(chunk) = response.chunk().await.map_err(|_| NotRead::Broken)? {
		if body.len() + chunk.len() > most {
			return Err(NotRead::TooLarge);
		}
		body.extend_from_slice(&chunk);
	}
	Ok(body)
}

/// What an error of the connection means.
fn of_connection(error: &reqwest::Error, backend: &Backend) -> Problem {
	let mut kind = None;
	let mut cause = error.source();
	while let Some(inner) = cause {
		kind = inner.downcast_ref::<io::Error>().map(io::Error::kind).or(kind);
		cause = inner.source();
	}
	let address = || {
		let url = Url::parse(&backend.base_url).ok();
		let address = url
			.and_then(|url| Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?)));
		address.unwrap_or_default()
	};
	let is_tls = backend.base_url.starts_with("https:");
	match kind {
		_ if !error.is_connect() => Problem::Broken,
		Some(io::ErrorKind::ConnectionRefused) => Problem::Refuses(address()),
		// What fails then, with a connection, is the handshake.
		Some(kind) if is_tls && !is_of_the_network(kind) => Problem::Tls(innermost(error)),
		_ => Problem::Unreachable { address: address(), reason: innermost(error) },
	}
}

fn is_of_the_network(kind: io::ErrorKind) -> bool {
	matches!(
		kind,
		io::ErrorKind::HostUnreachable
			| io::ErrorKind::NetworkUnreachable
			| io::ErrorKind::NetworkDown
			| io::ErrorKind::AddrNotAvailable
			| io::ErrorKind::PermissionDenied
			| io::ErrorKind::TimedOut
	)
}

/// The cause behind all others, in its own words: without the URL, and on one line.
fn innermost(error: &reqwest::Error) -> String {
	let mut cause = error.source();
	let mut text = String::from("no reason is given");
	while let Some(inner) = cause {
		text = inner.to_string();
		cause = inner.source();
	}
	on_one_line(&text)
}

/// What it means that the backend does not take the request.
fn of_refusal(status: u16, body: &[u8], backend: &Backend, listed: &Listed) -> Problem {
	let words = words_of(body);
	let names_the_model = words.as_deref().is_some_and(|words| words.contains(&backend.model));
	let said = words.and_then(|words| presentable(&words, backend));
	let others = match listed {
		Listed::No { others } => Some(others.clone()),
		_ => None,
	};
	match (status, others) {
		(404, Some(others)) => Problem::NoModel { model: backend.model.clone(), others },
		(400 | 422, Some(others)) if names_the_model => {
			Problem::NoModel { model: backend.model.clone(), others }
		}
		(404, None) if names_the_model => {
			Problem::NoModel { model: backend.model.clone(), others: Vec::new() }
		}
		(404 | 405, _) if *listed != Listed::Yes => Problem::NoPath { status },
		_ => Problem::Refused { status, said },
	}
}

/// What it means that there is no answer.
fn of_fault(outcome: Outcome, status: u16, is_json: bool, backend: &Backend) -> Problem {
	match outcome {
		Outcome::Credentials if status == 402 => Problem::Unpaid,
		Outcome::Credentials if status == 407 => Problem::Odd { status },
		Outcome::Credentials if backend.api_key.is_none() => Problem::NoKey { status },
		Outcome::Credentials => Problem::WrongKey { status },
		Outcome::Busy => Problem::Busy { status },
		Outcome::Failed => Problem::Failed { status },
		Outcome::Redirected => Problem::Redirects { status },
		Outcome::Secret => Problem::Secret,
		Outcome::Unreadable if is_json => Problem::NotACompletion,
		Outcome::Unreadable => Problem::NotJson,
		_ => Problem::Odd { status },
	}
}

/// What a backend says in the body of an error.
fn words_of(body: &[u8]) -> Option<String> {
	let value: Value = serde_json::from_slice(body).ok()?;
	let places = ["/error/message", "/error", "/message", "/detail"];
	places.iter().find_map(|place| Some(value.pointer(place)?.as_str()?.to_owned()))
}

/// Words of a backend for the terminal: on one line, shortened. `None` if a piece of the key is in
/// them.
fn presentable(words: &str, backend: &Backend) -> Option<String> {
	let key = backend.api_key.as_deref().unwrap_or_default().as_bytes();
	let piece = key.len().min(PIECE);
	let is_shown = |piece: &[u8]| words.as_bytes().windows(piece.len()).any(|part| part == piece);
	if piece > 0 && key.windows(piece).any(is_shown) {
		return None;
	}
	let line = on_one_line(words);
	Some(match line.char_indices().nth(SHOWN) {
		Some((at, _)) => format!("{}…", &line[..at]),
		None => line,
	})
}

fn on_one_line(words: &str) -> String {
	let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
	plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
