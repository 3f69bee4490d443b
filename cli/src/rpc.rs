//! JSON-RPC to a provider's node: handing in what is asked, and fetching the answer.
//!
//! A provider names its endpoints on chain, as URLs with `http`, `https`, `ws` or `wss`. They are
//! tried in turn.

use crate::{
	account::{self, AccountId},
	output::{hex0x, parse_hash, parse_hex, Failure},
};
use serde::Deserialize;
use serde_json::{json, Value};
use std::time::Duration;
use subxt::rpcs::{client::RpcParams, RpcClient};
use tallystick_primitives::{commitment::Salt, Digest, JobId};

/// The most that one call may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What a provider's node answers to an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
	/// The commitment to the request.
	pub request: Digest,
	/// The commitment to the parameters.
	pub parameters: Digest,
	/// The key that promises to have the input.
	pub service_key: [u8; 32],
	/// Its signature.
	pub signature: [u8; 64],
}

/// What a provider's node keeps of an answered job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
	/// The backend's answer, byte for byte.
	pub response: Vec<u8>,
	/// SCALE of the receipt and its signature.
	pub receipt: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AcknowledgementJson {
	request: String,
	parameters: String,
	service_key: String,
	signature: String,
}

#[derive(Deserialize)]
struct OutputJson {
	response: String,
	receipt: String,
}

/// Hands in an input. The first endpoint that takes it is enough.
pub async fn submit_input(
	endpoints: &[String],
	consumer: &AccountId,
	salt: &Salt,
	request: &[u8],
	parameters: &[u8],
) -> Result<Acknowledgement, Failure> {
	let input = json!({
		"consumer": account::show(consumer),
		"salt": hex0x(salt),
		"request": hex0x(request),
		"parameters": hex0x(parameters),
	});
	let answer = first_answer(endpoints, "inference_submitInput", &[input]).await?;
	let read = || -> Result<Acknowledgement, String> {
		let json: AcknowledgementJson =
			serde_json::from_value(answer.clone()).map_err(|error| error.to_string())?;
		Ok(Acknowledgement {
			request: parse_hash(&json.request)?.into(),
			parameters: parse_hash(&json.parameters)?.into(),
			service_key: parse_hash(&json.service_key)?,
			signature: signature(&json.signature)?,
		})
	};
	read().map_err(|why| {
		Failure::new(format!("the provider's acknowledgement cannot be read: {why}"))
			.code("BadAcknowledgement")
			.hint("choose another provider with --provider")
	})
}

/// Fetches the output of a job. `proof` is the SCALE encoding of the consumer's signature.
pub async fn output(endpoints: &[String], job: JobId, proof: &[u8]) -> Result<Output, Failure> {
	let answer =
		first_answer(endpoints, "inference_output", &[json!(job), json!(hex0x(proof))]).await?;
	let read = || -> Result<Output, String> {
		let json: OutputJson =
			serde_json::from_value(answer.clone()).map_err(|error| error.to_string())?;
		Ok(Output { response: parse_hex(&json.response)?, receipt: parse_hex(&json.receipt)? })
	};
	read().map_err(|why| Failure::new(format!("the provider's output cannot be read: {why}")))
}

fn signature(text: &str) -> Result<[u8; 64], String> {
	parse_hex(text)?.try_into().map_err(|_| "a signature has 64 bytes".to_owned())
}

/// Asks the endpoints in turn, and says what went wrong with each where none answers.
async fn first_answer(
	endpoints: &[String],
	method: &str,
	params: &[Value],
) -> Result<Value, Failure> {
	let mut said = Vec::new();
	for url in endpoints {
		match tokio::time::timeout(TIMEOUT, call(url, method, params)).await {
			Ok(Ok(answer)) => return Ok(answer),
			Ok(Err(why)) => said.push(format!("{url}: {why}")),
			Err(_) => said.push(format!("{url}: no answer within {} s", TIMEOUT.as_secs())),
		}
	}
	Err(Failure::new(format!("no endpoint of the provider answers {method}: {}", said.join("; ")))
		.code("ProviderUnreachable")
		.hint(
			"choose another provider with --provider; if this is yours, `tally provider status` shows \
			 its endpoints, and the node needs an inference config for these methods",
		))
}

async fn call(url: &str, method: &str, params: &[Value]) -> Result<Value, String> {
	if url.starts_with("ws://") || url.starts_with("wss://") {
		let client = RpcClient::from_insecure_url(url).await.map_err(|error| error.to_string())?;
		let mut list = RpcParams::new();
		for param in params {
			list.push(param).map_err(|error| error.to_string())?;
		}
		return client.request(method, list).await.map_err(|error| match error {
			subxt::rpcs::Error::User(error) => error.message,
			other => other.to_string(),
		});
	}
	if !url.starts_with("http://") && !url.starts_with("https://") {
		return Err("its scheme is none of http, https, ws, wss".into());
	}
	let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
	let client = reqwest::Client::builder().timeout(TIMEOUT).build();
	let client = client.map_err(|error| error.to_string())?;
	let answer = client.post(url).json(&body).send().await.map_err(|error| error.to_string())?;
	let mut answer: Value = answer.json().await.map_err(|error| error.to_string())?;
	match answer.get("error") {
		Some(error) => {
			Err(error.get("message").and_then(Value::as_str).unwrap_or("an error").to_owned())
		}
		None => Ok(answer["result"].take()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{
		io::{Read, Write},
		net::TcpListener,
	};

	/// A server that answers one HTTP request with `body`.
	fn serve_once(body: &'static str) -> String {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let url = format!("http://{}", listener.local_addr().unwrap());
		std::thread::spawn(move || {
			let (mut stream, _) = listener.accept().unwrap();
			let mut request = [0; 65_536];
			let _ = stream.read(&mut request).unwrap();
			write!(
				stream,
				"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
				 Connection: close\r\n\r\n{body}",
				body.len()
			)
			.unwrap();
		});
		url
	}

	#[tokio::test]
	async fn the_second_endpoint_is_asked_where_the_first_is_silent() {
		let closed = "http://127.0.0.1:1".to_owned();
		let url = serve_once(
			r#"{"jsonrpc":"2.0","id":1,"result":{"response":"0x6869","receipt":"0x00"}}"#,
		);
		let output = output(&[closed, url], 3, &[1]).await.unwrap();
		assert_eq!((output.response, output.receipt), (b"hi".to_vec(), vec![0]));
	}

	#[tokio::test]
	async fn what_each_endpoint_said_is_told() {
		let url = serve_once(
			r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#,
		);
		let failure = output(&[url, "ftp://x".into()], 3, &[]).await.unwrap_err();
		assert_eq!(failure.name(), "ProviderUnreachable");
		assert!(failure.to_string().contains("Method not found"));
		assert!(failure.to_string().contains("ftp://x: its scheme"));
	}
}
