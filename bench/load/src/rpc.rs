//! JSON-RPC over HTTP, one call or many in one request.

use anyhow::{anyhow, ensure, Context, Result};
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, value::RawValue, Value};
use std::{net::IpAddr, time::Duration};

/// How long a call may take. A node under load answers late, but it answers.
const TIMEOUT: Duration = Duration::from_secs(120);

/// What a node says instead of a result.
#[derive(Clone, Debug, Deserialize)]
pub struct RpcError {
	/// The number of the error.
	pub code: i64,
	/// What it is.
	pub message: String,
	/// More about it.
	#[serde(default)]
	pub data: Value,
}

impl RpcError {
	/// In one line.
	pub fn line(&self) -> String {
		match &self.data {
			Value::Null => format!("{} {}", self.code, self.message),
			Value::String(data) => format!("{} {}: {data}", self.code, self.message),
			data => format!("{} {}: {data}", self.code, self.message),
		}
	}
}

#[derive(Deserialize)]
struct Answer {
	id: usize,
	result: Option<Box<RawValue>>,
	error: Option<RpcError>,
}

/// A node.
#[derive(Clone)]
pub struct Rpc {
	http: reqwest::Client,
	url: String,
}

impl Rpc {
	/// The node at `url`, which has to be on this machine: load is for nobody else.
	pub fn new(url: &str) -> Result<Self> {
		let url = url.replacen("ws://", "http://", 1);
		let parsed = reqwest::Url::parse(&url).with_context(|| format!("{url} is no URL"))?;
		let host = parsed.host_str().unwrap_or_default();
		let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
		let is_here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
		ensure!(is_here, "{url} is not on this machine: name a node at a loopback address");
		let http = reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build()?;
		Ok(Self { http, url })
	}

	/// One call.
	pub async fn call<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T> {
		let one = self.batch(method, [params]).await?.into_iter().next();
		let result = one.context("no answer")?;
		let raw = result.map_err(|error| anyhow!("{method}: {}", error.line()))?;
		serde_json::from_str(raw.get()).with_context(|| format!("{method}: an odd answer"))
	}

	/// The same method for each of `params`. Results are in their order.
	pub async fn batch(
		&self,
		method: &str,
		params: impl IntoIterator<Item = Value>,
	) -> Result<Vec<Result<Box<RawValue>, RpcError>>> {
		let calls: Vec<Value> = params
			.into_iter()
			.enumerate()
			.map(
				|(id, params)| json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}),
			)
			.collect();
		let bytes = self.http.post(&self.url).json(&calls).send().await?.bytes().await?;
		let answers: Vec<Answer> = serde_json::from_slice(&bytes).with_context(|| {
			let text = String::from_utf8_lossy(&bytes);
			format!("{method}: {}", text.chars().take(300).collect::<String>())
		})?;
		let mut results: Vec<Option<_>> = (0..calls.len()).map(|_| None).collect();
		for Answer { id, result, error } in answers {
			let place = results.get_mut(id).context("an answer to no question")?;
			*place = Some(match error {
				Some(error) => Err(error),
				// `null` is a result too.
				None => Ok(result.map_or_else(|| RawValue::from_string("null".into()), Ok)?),
			});
		}
		results.into_iter().map(|result| result.context("a call without an answer")).collect()
	}
}

/// Bytes as the RPC writes them.
pub fn to_hex(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Bytes as the RPC writes them.
pub fn from_hex(text: &str) -> Result<Vec<u8>> {
	Ok(hex::decode(text.strip_prefix("0x").context("no 0x")?)?)
}
