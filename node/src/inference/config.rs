//! The inference config: a TOML file that names the backends by which a node answers jobs.
//!
//! Read once, at start. Every mistake in it is an error that says what to do. No error holds a
//! value from the file that could be a key, because errors reach logs.

use super::store::Limits;
use serde::{de::IgnoredAny, Deserialize};
use std::{
	collections::BTreeMap,
	env, fs, io,
	ops::RangeInclusive,
	path::{Path, PathBuf},
	time::Duration,
};
use tallystick_primitives::{offchain::Backend, ArtifactId, EndpointKind};
use url::Url;

/// Backends that one config can name.
const MAX_BACKENDS: usize = 64;
/// Characters of a backend's name.
const MAX_NAME: usize = 64;
/// Seconds that a call may take. Jobs are not open for much longer.
const TIMEOUT_SECONDS: RangeInclusive<u64> = 1..=600;
/// Calls under way at once, per backend.
const CONCURRENCY: RangeInclusive<u64> = 1..=1_024;
/// The largest answer, in bytes. The worker reads no more than that, whatever a config says.
const BODY_BYTES: RangeInclusive<u64> = 1_024..=(8 << 20);
/// The size of the store, in bytes.
const STORE_BYTES: RangeInclusive<u64> = (4 << 20)..=(1 << 50);
/// How long the store keeps an entry, in hours. The longest deadline of a job is an hour, and another
/// is for grace and clocks.
const STORE_HOURS: RangeInclusive<u64> = 2..=(24 * 366);

/// What the config says, checked and with its keys read.
pub struct InferenceConfig {
	/// The backends, by name. At least one.
	pub backends: Vec<Backend>,
	/// How much the store keeps.
	pub limits: Limits,
	/// What is allowed, but should not be so: for the log.
	pub warnings: Vec<String>,
}

impl InferenceConfig {
	/// Reads `path` and the files and variables that it names.
	pub fn load(path: &Path) -> Result<Self, ConfigError> {
		let at = |problem| ConfigError { path: path.to_owned(), problem };
		let text = fs::read_to_string(path).map_err(|error| at(Problem::Unreadable(error)))?;
		// Keys lie beside the config unless their paths are absolute.
		let folder = path.parent().unwrap_or(Path::new("."));
		Self::parse(&text, folder).map_err(at)
	}

	fn parse(text: &str, folder: &Path) -> Result<Self, Problem> {
		let file: File = toml::from_str(text).map_err(|error| Problem::syntax(text, &error))?;
		if file.backends.is_empty() {
			return Err(Problem::NoBackends);
		}
		if file.backends.len() > MAX_BACKENDS {
			return Err(Problem::TooManyBackends);
		}
		let limits = file.store.check()?;
		let mut warnings = Vec::new();
		let backends = file
			.backends
			.into_iter()
			.map(|(name, section)| {
				let backend = section.check(&name, folder, &mut warnings);
				backend.map_err(|problem| Problem::Backend { name, problem })
			})
			.collect::<Result<Vec<_>, _>>()?;
		if let Some(large) =
			backends.iter().find(|b| !limits.holds_output(u64::from(b.max_body_bytes)))
		{
			return Err(Problem::StoreTooSmall { name: large.name.clone() });
		}
		Ok(Self { backends, limits, warnings })
	}
}

/// What is wrong with a config.
#[derive(Debug, thiserror::Error)]
#[error("inference config {}: {problem}", path.display())]
pub struct ConfigError {
	path: PathBuf,
	problem: Problem,
}

#[derive(Debug, thiserror::Error)]
enum Problem {
	#[error("cannot be read ({0}): give --inference-config the path of a TOML file")]
	Unreadable(io::Error),
	#[error("line {line}: {message}")]
	Syntax { line: usize, message: String },
	#[error("no backends: add a section [backends.<name>] with base_url, api and model")]
	NoBackends,
	#[error("more than {MAX_BACKENDS} backends: leave some out")]
	TooManyBackends,
	#[error("[backends.{name}]: {problem}")]
	Backend { name: String, problem: BackendProblem },
	#[error("[store]: {0}")]
	Store(OutOfRange),
	#[error(
		"[store]: an answer of backend {name} can be larger than what the store keeps of answers: \
		raise max_bytes, or lower the backend's max_body_bytes"
	)]
	StoreTooSmall { name: String },
}

#[derive(Debug, thiserror::Error)]
enum BackendProblem {
	#[error("a backend's name is 1 to {MAX_NAME} letters, digits, '-' or '_': choose another")]
	Name,
	#[error(
		"base_url is not an http(s) URL: write it up to and including the version, for example \
		base_url = \"http://127.0.0.1:8080/v1\""
	)]
	NotAUrl,
	#[error("base_url has a user or a password in it: put the key into a file, and name it in api_key_file")]
	UrlWithSecret,
	#[error("base_url has a query or a fragment: leave it out")]
	UrlWithQuery,
	#[error("model is empty: write what the backend calls the model")]
	NoModel,
	#[error(transparent)]
	OutOfRange(OutOfRange),
	#[error(
		"api_key has no place in this file: put the key into a file of its own and name it in \
		api_key_file, or into an environment variable and name it in api_key_env"
	)]
	KeyInConfig,
	#[error("both api_key_file and api_key_env are given: leave one out")]
	TwoKeys,
	#[error(
		"the key file {} cannot be read ({error}): write the key into it, or correct api_key_file; \
		a relative path starts at the config's folder",
		path.display()
	)]
	KeyFile { path: PathBuf, error: io::Error },
	#[error(
		"the environment variable {0} is not set, or not UTF-8: set it to the key, or correct \
		api_key_env"
	)]
	KeyVariable(String),
	#[error(
		"the key in {0} is empty, or has a space or a control character in it: write it again"
	)]
	BadKey(String),
}

/// A number that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{field} = {value}: it must be from {} to {}", range.start(), range.end())]
struct OutOfRange {
	field: &'static str,
	value: u64,
	range: RangeInclusive<u64>,
}

fn within(field: &'static str, value: u64, range: RangeInclusive<u64>) -> Result<u64, OutOfRange> {
	if range.contains(&value) {
		Ok(value)
	} else {
		Err(OutOfRange { field, value, range })
	}
}

impl Problem {
	/// What the parser says, without what it quotes of the file.
	fn syntax(text: &str, error: &toml::de::Error) -> Self {
		let start = error.span().map_or(0, |span| span.start.min(text.len()));
		let line = text.as_bytes().iter().take(start).filter(|byte| **byte == b'\n').count() + 1;
		Self::Syntax { line, message: without_quotes(error.message()) }
	}
}

/// `message` on one line, with "…" for what stands in double quotes: serde quotes strings of the
/// file so, and names of fields in backticks.
fn without_quotes(message: &str) -> String {
	let mut quoted = false;
	let mut plain = String::with_capacity(message.len());
	for c in message.chars() {
		match c {
			'"' => {
				quoted = !quoted;
				if quoted {
					plain.push('…');
				}
			}
			_ if quoted => {}
			'\n' => plain.push(' '),
			c => plain.push(c),
		}
	}
	plain
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
	#[serde(default)]
	backends: BTreeMap<String, BackendSection>,
	#[serde(default)]
	store: StoreSection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BackendSection {
	base_url: String,
	api: Api,
	model: String,
	/// Here to be refused by name.
	api_key: Option<IgnoredAny>,
	api_key_file: Option<PathBuf>,
	api_key_env: Option<String>,
	#[serde(default = "default_timeout_seconds")]
	timeout_seconds: u64,
	#[serde(default = "default_concurrency")]
	concurrency: u64,
	#[serde(default = "default_max_body_bytes")]
	max_body_bytes: u64,
	#[serde(default)]
	artifacts: Vec<ArtifactId>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Api {
	ChatCompletions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StoreSection {
	max_bytes: u64,
	max_age_hours: u64,
}

fn default_timeout_seconds() -> u64 {
	120
}

fn default_concurrency() -> u64 {
	16
}

fn default_max_body_bytes() -> u64 {
	1 << 20
}

impl Default for StoreSection {
	fn default() -> Self {
		Self { max_bytes: 256 << 20, max_age_hours: 24 }
	}
}

impl StoreSection {
	fn check(self) -> Result<Limits, Problem> {
		let max_bytes = within("max_bytes", self.max_bytes, STORE_BYTES).map_err(Problem::Store)?;
		let hours =
			within("max_age_hours", self.max_age_hours, STORE_HOURS).map_err(Problem::Store)?;
		Ok(Limits { max_bytes, max_age: Duration::from_secs(hours * 3_600) })
	}
}

impl BackendSection {
	fn check(
		self,
		name: &str,
		folder: &Path,
		warnings: &mut Vec<String>,
	) -> Result<Backend, BackendProblem> {
		if name.is_empty()
			|| name.len() > MAX_NAME
			|| !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
		{
			return Err(BackendProblem::Name);
		}
		if self.api_key.is_some() {
			return Err(BackendProblem::KeyInConfig);
		}
		let base_url = base_url(&self.base_url)?;
		if self.model.trim().is_empty() {
			return Err(BackendProblem::NoModel);
		}
		let number =
			|field, value, range| within(field, value, range).map_err(BackendProblem::OutOfRange);
		let seconds = number("timeout_seconds", self.timeout_seconds, TIMEOUT_SECONDS)?;
		let concurrency = number("concurrency", self.concurrency, CONCURRENCY)?;
		let max_body_bytes = number("max_body_bytes", self.max_body_bytes, BODY_BYTES)?;
		let api_key = match (self.api_key_file, self.api_key_env) {
			(None, None) => None,
			(Some(path), None) => Some(key_from_file(&folder.join(path), warnings)?),
			(None, Some(variable)) => Some(key_from_variable(variable)?),
			(Some(_), Some(_)) => return Err(BackendProblem::TwoKeys),
		};
		// The ranges above fit 32 bits.
		let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
		Ok(Backend {
			name: name.into(),
			base_url,
			api: match self.api {
				Api::ChatCompletions => EndpointKind::ChatCompletions,
			},
			model: self.model,
			api_key,
			timeout_ms: seconds * 1_000,
			concurrency: narrow(concurrency),
			max_body_bytes: narrow(max_body_bytes),
			artifacts: self.artifacts,
		})
	}
}

/// The URL without a slash at its end.
fn base_url(text: &str) -> Result<String, BackendProblem> {
	let url = Url::parse(text.trim()).map_err(|_| BackendProblem::NotAUrl)?;
	if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
		return Err(BackendProblem::NotAUrl);
	}
	if !url.username().is_empty() || url.password().is_some() {
		return Err(BackendProblem::UrlWithSecret);
	}
	if url.query().is_some() || url.fragment().is_some() {
		return Err(BackendProblem::UrlWithQuery);
	}
	Ok(url.as_str().trim_end_matches('/').into())
}

fn key_from_file(path: &Path, warnings: &mut Vec<String>) -> Result<String, BackendProblem> {
	let unreadable = |error| BackendProblem::KeyFile { path: path.to_owned(), error };
	let key = fs::read_to_string(path).map_err(unreadable)?;
	if is_open(&fs::metadata(path).map_err(unreadable)?) {
		// No error: secrets that are mounted into a container look like this.
		warnings.push(format!(
			"every user of this machine can read the key file {}: run chmod 600 on it",
			path.display()
		));
	}
	checked_key(&key).ok_or_else(|| BackendProblem::BadKey(path.display().to_string()))
}

#[cfg(unix)]
fn is_open(file: &fs::Metadata) -> bool {
	use std::os::unix::fs::PermissionsExt;
	file.permissions().mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn is_open(_: &fs::Metadata) -> bool {
	false
}

fn key_from_variable(variable: String) -> Result<String, BackendProblem> {
	match env::var(&variable) {
		Ok(key) => checked_key(&key).ok_or(BackendProblem::BadKey(variable)),
		Err(_) => Err(BackendProblem::KeyVariable(variable)),
	}
}

/// The key without the line end that editors add, where it can stand in an HTTP header.
fn checked_key(key: &str) -> Option<String> {
	let key = key.trim();
	(!key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic())).then(|| key.into())
}

#[cfg(test)]
mod tests {
	use super::*;
	use tempfile::TempDir;

	const MINIMAL: &str = r#"
		[backends.embedded]
		base_url = "http://127.0.0.1:8080/v1/"
		api = "chat-completions"
		model = "breast-cancer-mlp"
	"#;

	fn parse(text: &str) -> Result<InferenceConfig, String> {
		InferenceConfig::parse(text, Path::new("/nowhere")).map_err(|problem| problem.to_string())
	}

	fn error(text: &str) -> String {
		parse(text).err().expect("the config is wrong")
	}

	/// `MINIMAL` with more lines in its backend's section.
	fn with(lines: &str) -> String {
		format!("{MINIMAL}\n{lines}")
	}

	/// `MINIMAL` with another URL.
	fn with_url(url: &str) -> String {
		MINIMAL.replace("http://127.0.0.1:8080/v1/", url)
	}

	fn write_key(folder: &TempDir, text: &str, mode: u32) {
		use std::os::unix::fs::PermissionsExt;
		let path = folder.path().join("backend.key");
		fs::write(&path, text).unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
	}

	fn parse_in(folder: &TempDir, text: &str) -> Result<InferenceConfig, String> {
		InferenceConfig::parse(text, folder.path()).map_err(|problem| problem.to_string())
	}

	#[test]
	fn defaults_fill_what_is_left_out() {
		let config = parse(MINIMAL).unwrap();
		let [backend] = &config.backends[..] else { panic!("one backend") };
		assert_eq!(backend.name, "embedded");
		assert_eq!(backend.base_url, "http://127.0.0.1:8080/v1");
		assert_eq!(backend.timeout_ms, 120_000);
		assert_eq!(backend.concurrency, 16);
		assert_eq!(backend.max_body_bytes, 1_048_576);
		assert!(backend.api_key.is_none() && backend.artifacts.is_empty());
		assert_eq!(config.limits.max_bytes, 268_435_456);
		assert_eq!(config.limits.max_age, Duration::from_secs(24 * 3_600));
	}

	#[test]
	fn every_field_is_read() {
		let folder = TempDir::new().unwrap();
		write_key(&folder, "sk-secret\n", 0o600);
		let text = with(
			"api_key_file = \"backend.key\"\ntimeout_seconds = 7\nconcurrency = 2\n\
			max_body_bytes = 2048\nartifacts = [3, 4]\n[store]\nmax_bytes = 8388608\nmax_age_hours = 2",
		);
		let config = parse_in(&folder, &text).unwrap();
		let backend = &config.backends[0];
		assert_eq!(backend.api_key.as_deref(), Some("sk-secret"));
		assert_eq!(backend.timeout_ms, 7_000);
		assert_eq!(backend.concurrency, 2);
		assert_eq!(backend.max_body_bytes, 2_048);
		assert_eq!(backend.artifacts, [3, 4]);
		assert_eq!(config.limits.max_bytes, 8_388_608);
		assert_eq!(config.limits.max_age, Duration::from_secs(7_200));
	}

	#[test]
	fn a_file_that_cannot_be_read_is_named() {
		let error = InferenceConfig::load(Path::new("/nowhere/at-all.toml")).err().unwrap();
		let error = error.to_string();
		assert!(error.contains("/nowhere/at-all.toml"), "{error}");
		assert!(error.contains("--inference-config"), "{error}");
	}

	#[test]
	fn an_unknown_field_is_named_with_its_line() {
		let error = error(&with("timeout = 3"));
		assert!(error.starts_with("line 7: unknown field `timeout`"), "{error}");
		assert!(error.contains("timeout_seconds"), "{error}");
	}

	#[test]
	fn an_unknown_section_is_named() {
		assert!(error(&format!("{MINIMAL}\n[stores]")).contains("unknown field `stores`"));
		assert!(error(&format!("{MINIMAL}\n[store]\nbytes = 1")).contains("unknown field `bytes`"));
	}

	#[test]
	fn a_missing_field_is_named() {
		let error = error("[backends.a]\napi = \"chat-completions\"\nmodel = \"m\"");
		assert!(error.contains("missing field `base_url`"), "{error}");
	}

	#[test]
	fn an_unknown_api_is_refused_with_what_there_is() {
		let error = error(&MINIMAL.replace("chat-completions", "telepathy"));
		assert!(error.contains("chat-completions"), "{error}");
	}

	#[test]
	fn no_backends_says_what_to_add() {
		assert!(error("").contains("add a section [backends.<name>]"));
		assert!(error("[backends]").contains("add a section [backends.<name>]"));
	}

	#[test]
	fn too_many_backends_are_refused() {
		let section = "base_url = \"http://a/v1\"\napi = \"chat-completions\"\nmodel = \"m\"";
		let text: String =
			(0..=MAX_BACKENDS).map(|n| format!("[backends.b{n}]\n{section}\n")).collect();
		assert!(error(&text).contains("more than 64 backends"));
	}

	#[test]
	fn a_backends_name_is_plain() {
		let error = error(&MINIMAL.replace("embedded", "\"a b\""));
		assert!(error.contains("name is 1 to 64"), "{error}");
	}

	#[test]
	fn a_url_that_is_none_is_refused() {
		for url in
			["", "localhost:8080", "/v1", "ftp://host/v1", "http://", "file:///v1", "sk-secret"]
		{
			let error = error(&with_url(url));
			assert!(error.contains("not an http(s) URL"), "{url}: {error}");
		}
	}

	#[test]
	fn a_url_holds_no_secret_and_no_query() {
		let error = error(&with_url("https://user:hunter2@host/v1"));
		assert!(error.contains("api_key_file") && !error.contains("hunter2"), "{error}");
		assert!(self::error(&with_url("https://host/v1?key=x")).contains("query"));
	}

	#[test]
	fn slashes_at_the_end_of_a_url_do_not_matter() {
		for url in ["https://host/v1", "https://host/v1/", "https://host/v1//"] {
			assert_eq!(parse(&with_url(url)).unwrap().backends[0].base_url, "https://host/v1");
		}
	}

	#[test]
	fn an_empty_model_is_refused() {
		assert!(error(&MINIMAL.replace("breast-cancer-mlp", " ")).contains("model is empty"));
	}

	#[test]
	fn zero_is_no_limit() {
		for field in ["timeout_seconds", "concurrency", "max_body_bytes"] {
			let error = error(&with(&format!("{field} = 0")));
			assert!(error.contains(&format!("{field} = 0: it must be from")), "{error}");
		}
		for field in ["max_bytes", "max_age_hours"] {
			let error = error(&format!("{MINIMAL}\n[store]\n{field} = 0"));
			assert!(error.contains(&format!("[store]: {field} = 0: it must be from")), "{error}");
		}
	}

	#[test]
	fn a_timeout_that_outlives_every_job_is_refused() {
		assert!(error(&with("timeout_seconds = 601")).contains("from 1 to 600"));
	}

	#[test]
	fn a_store_too_small_for_one_answer_is_refused() {
		let text = format!("{}\n[store]\nmax_bytes = 8388608", with("max_body_bytes = 8388608"));
		let error = error(&text);
		assert!(error.contains("raise max_bytes"), "{error}");
	}

	#[test]
	fn a_key_in_the_config_is_refused_and_not_shown() {
		for value in ["\"sk-secret\"", "1", "[\"sk-secret\"]"] {
			let error = error(&with(&format!("api_key = {value}")));
			assert!(error.contains("api_key_file"), "{error}");
			assert!(!error.contains("sk-secret"), "{error}");
		}
	}

	#[test]
	fn no_error_quotes_the_file() {
		for line in [
			"concurrency = \"sk-secret\"",
			"artifacts = [\"sk-secret\"]",
			"api_key = sk-secret",
			"api_key_file = [\"sk-secret\"]",
			"\"unknown\" = \"sk-secret\"",
		] {
			let error = error(&with(line));
			assert!(error.starts_with("line 7: "), "{error}");
			assert!(!error.contains("sk-secret"), "{error}");
		}
		let unknown_api = error(&MINIMAL.replace("\"chat-completions\"", "1"));
		assert!(unknown_api.starts_with("line 4: "), "{unknown_api}");
	}

	#[test]
	fn two_places_for_a_key_are_refused() {
		let error = error(&with("api_key_file = \"a\"\napi_key_env = \"B\""));
		assert!(error.contains("leave one out"), "{error}");
	}

	#[test]
	fn a_missing_key_file_is_named() {
		let error = error(&with("api_key_file = \"backend.key\""));
		assert!(error.contains("/nowhere/backend.key"), "{error}");
		assert!(error.contains("write the key into it"), "{error}");
	}

	#[test]
	fn a_key_file_that_others_can_read_is_warned_of() {
		let folder = TempDir::new().unwrap();
		for (mode, warnings) in [(0o644, 1), (0o600, 0)] {
			write_key(&folder, "sk-secret", mode);
			let config = parse_in(&folder, &with("api_key_file = \"backend.key\"")).unwrap();
			assert_eq!(config.warnings.len(), warnings);
			assert!(config.warnings.iter().all(|w| w.contains("chmod 600")));
		}
	}

	#[test]
	fn a_key_that_fits_no_header_is_refused_and_not_shown() {
		let folder = TempDir::new().unwrap();
		for key in ["", " \n", "sk-secret\nsecond line", "sk secret", "sk-sécret"] {
			write_key(&folder, key, 0o600);
			let error = parse_in(&folder, &with("api_key_file = \"backend.key\"")).err().unwrap();
			assert!(error.contains("write it again"), "{error}");
			assert!(!error.contains("cret"), "{error}");
		}
	}

	#[test]
	fn an_environment_variable_that_is_not_set_is_named() {
		let error = error(&with("api_key_env = \"TALLYSTICK_TEST_NOT_SET\""));
		assert!(error.contains("TALLYSTICK_TEST_NOT_SET is not set"), "{error}");
	}

	#[test]
	fn a_key_comes_from_an_environment_variable() {
		// Cargo sets this one for every test.
		let config = parse(&with("api_key_env = \"CARGO_PKG_NAME\"")).unwrap();
		assert_eq!(config.backends[0].api_key.as_deref(), Some("tallystick-node"));
	}
}
