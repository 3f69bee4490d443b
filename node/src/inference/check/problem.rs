//! What can be wrong with a backend, and what to do about it.

/// Names of models that are shown.
const MODELS: usize = 5;

/// What is wrong with a backend.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
	#[error("the HTTP client does not start ({0})")]
	NoClient(String),
	#[error("the message cannot be asked: {0}")]
	BadMessage(&'static str),
	#[error("the host {0} is not known")]
	UnknownHost(String),
	#[error("nothing listens at {0}")]
	Refuses(String),
	#[error("no connection to {address} ({reason})")]
	Unreachable { address: String, reason: String },
	#[error("no TLS connection ({0})")]
	Tls(String),
	#[error("no answer within {seconds} s")]
	TimedOut { seconds: u64 },
	#[error("the connection broke before the answer was complete")]
	Broken,
	#[error("it redirects ({status}), which the worker does not follow")]
	Redirects { status: u16 },
	#[error("it asks for a key ({status}), and the config has none for it")]
	NoKey { status: u16 },
	#[error("it does not take the key ({status})")]
	WrongKey { status: u16 },
	#[error("it wants to be paid first (402)")]
	Unpaid,
	#[error("it has no model {model}{}", list(others))]
	NoModel { model: String, others: Vec<String> },
	#[error("it has no chat completions at this URL ({status})")]
	NoPath { status: u16 },
	#[error("it refuses the request ({status}){}", quoted(said))]
	Refused { status: u16, said: Option<String> },
	#[error("it is busy, or a quota is used up ({status})")]
	Busy { status: u16 },
	#[error("it failed ({status})")]
	Failed { status: u16 },
	#[error("it answers with the status {status}, which is none of a chat completion")]
	Odd { status: u16 },
	#[error("its answer is not JSON")]
	NotJson,
	#[error("its answer is JSON, but no chat completion")]
	NotACompletion,
	#[error("its answer has more than {most} bytes")]
	TooLarge { most: usize },
	#[error("its answer has the key in it")]
	Secret,
	#[error("it does not count tokens: usage has no prompt_tokens or no completion_tokens")]
	NoUsage,
}

fn list(models: &[String]) -> String {
	let more = if models.len() > MODELS { ", …" } else { "" };
	match models.iter().take(MODELS).map(String::as_str).collect::<Vec<_>>() {
		shown if shown.is_empty() => String::new(),
		shown => format!("; it has {}{more}", shown.join(", ")),
	}
}

fn quoted(said: &Option<String>) -> String {
	said.as_ref().map_or_else(String::new, |said| format!(": \"{said}\""))
}

impl Problem {
	/// Whether jobs are answered all the same.
	pub const fn is_bearable(&self) -> bool {
		matches!(self, Self::NoUsage)
	}

	/// What programs call it.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::NoClient(_) => "no_client",
			Self::BadMessage(_) => "bad_message",
			Self::UnknownHost(_) => "unknown_host",
			Self::Refuses(_) => "connection_refused",
			Self::Unreachable { .. } => "unreachable",
			Self::Tls(_) => "tls",
			Self::TimedOut { .. } => "timed_out",
			Self::Broken => "broken",
			Self::Redirects { .. } => "redirected",
			Self::NoKey { .. } => "no_key",
			Self::WrongKey { .. } => "wrong_key",
			Self::Unpaid => "unpaid",
			Self::NoModel { .. } => "no_model",
			Self::NoPath { .. } => "no_path",
			Self::Refused { .. } => "refused",
			Self::Busy { .. } => "busy",
			Self::Failed { .. } => "failed",
			Self::Odd { .. } => "odd_status",
			Self::NotJson => "not_json",
			Self::NotACompletion => "not_a_completion",
			Self::TooLarge { .. } => "too_large",
			Self::Secret => "secret",
			Self::NoUsage => "no_usage",
		}
	}

	/// What to do about it.
	pub const fn advice(&self) -> &'static str {
		match self {
			Self::NoClient(_) => {
				"install the system's CA certificates (on Debian the package ca-certificates)"
			}
			Self::BadMessage(_) => "give another one with --message",
			Self::UnknownHost(_) => "correct the host in base_url, or this machine's DNS",
			Self::Refuses(_) => "start the backend, or correct host and port in base_url",
			Self::Unreachable { .. } => "look at routes and firewalls between here and the backend",
			Self::Tls(_) => {
				"if it speaks plain HTTP write http:// in base_url; else it needs a certificate for \
				this host that this machine's CA certificates vouch for"
			}
			Self::TimedOut { .. } => {
				"look whether it is loading a model or overloaded, or raise timeout_seconds"
			}
			Self::Broken => {
				"look at the backend's log; if it speaks TLS, write https:// in base_url"
			}
			Self::Redirects { .. } => "write the URL that it redirects to in base_url",
			Self::NoKey { .. } => "put the key into a file and name it in api_key_file",
			Self::WrongKey { .. } => {
				"put a key that may use this model into api_key_file or api_key_env"
			}
			Self::Unpaid => "look at the account at the backend",
			Self::NoModel { .. } => "write what the backend calls the model in model",
			Self::NoPath { .. } => {
				"base_url goes up to and including the version, for example http://127.0.0.1:8080/v1"
			}
			Self::Refused { .. } => {
				"if it is about the message, give one that the model takes with --message"
			}
			Self::Busy { .. } => "wait, lower concurrency, or raise the limits at the backend",
			Self::Failed { .. } => "look at the backend's log",
			Self::Odd { .. } => "look whether base_url is that of an OpenAI-compatible API",
			Self::NotJson | Self::NotACompletion => {
				"look whether base_url is that of an OpenAI-compatible API, and not of a web page"
			}
			Self::TooLarge { .. } => "raise max_body_bytes, or look what it answers with",
			Self::Secret => {
				"the backend, or a proxy before it, shows keys: take it out of use and change the key"
			}
			Self::NoUsage => {
				"jobs are answered, but the worker counts words, which are fewer than tokens: turn \
				usage on at the backend"
			}
		}
	}
}
