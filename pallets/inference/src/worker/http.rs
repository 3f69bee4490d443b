//! HTTP, as the SDK gives it to off-chain workers: a thin layer over `sp_io::offchain`.
//!
//! What its source (sc-offchain, `api/http.rs`) says, and the worker relies on:
//! - A deadline that is reached leaves the request as it is: waiting and reading can go on later. A
//!   deadline that has passed makes the call a poll, which still takes in what has arrived.
//! - Waiting for several requests ends when all of them have an answer, or at the deadline.
//! - The first write of a body is put into a channel and does not wait for the connection; a second
//!   one would. So a body is written in one piece.
//! - A body is a stream of unknown length, which HTTP/1.1 sends in chunks, and some servers answer
//!   411 to that. With a `Content-Length` header hyper sends it plain.
//! - Redirects are not followed, and nothing is retried but what was not yet sent.
//! - There is no way to cancel a request. One that is abandoned, or whose body is not read to its end,
//!   stays open until the run ends; the host reads a few chunks ahead, and no more.
//! - A request that ends (body read to its end, or an error) is gone; so are its headers.

use super::clock;
use alloc::{string::String, vec::Vec};
use sp_core::offchain::{HttpError, HttpRequestId, HttpRequestStatus};

/// How long writing a request can take, in milliseconds. It does not wait for the network.
const WRITE_MS: u64 = 1_000;
/// The longest pause that a backend can ask for, in milliseconds.
pub const LONGEST_PAUSE_MS: u64 = 300_000;

/// Starts `POST url` with a JSON body. `None` if the URL or the key is nothing that HTTP could send.
pub fn post(url: &str, key: Option<&str>, body: &[u8]) -> Option<HttpRequestId> {
	let id = sp_io::offchain::http_request_start("POST", url, &[]).ok()?;
	let header =
		|name: &str, value: &str| sp_io::offchain::http_request_add_header(id, name, value).ok();
	header("content-type", "application/json")?;
	header("accept", "application/json")?;
	header("accept-encoding", "identity")?;
	header("content-length", &alloc::format!("{}", body.len()))?;
	if let Some(key) = key {
		header("authorization", &alloc::format!("Bearer {key}"))?;
	}
	let deadline = Some(clock::timestamp(clock::now().saturating_add(WRITE_MS)));
	// An error of the connection shows itself again when the answer is waited for.
	sp_io::offchain::http_request_write_body(id, body, deadline)
		.and_then(|()| sp_io::offchain::http_request_write_body(id, &[], deadline))
		.or_else(|error| match error {
			HttpError::IoError => Ok(()),
			other => Err(other),
		})
		.ok()?;
	Some(id)
}

/// Where requests stand at `until` at the latest, in their order.
pub fn wait(ids: &[HttpRequestId], until: u64) -> Vec<HttpRequestStatus> {
	sp_io::offchain::http_response_wait(ids, Some(clock::timestamp(until)))
}

/// What came of reading a body.
pub enum Read {
	/// So many bytes are in the buffer.
	Some(usize),
	/// Nothing has come yet.
	Nothing,
	/// The body is at its end.
	End,
	/// The connection broke.
	Broken,
}

/// Reads what there is of a body, without waiting.
pub fn read(id: HttpRequestId, buffer: &mut [u8], now: u64) -> Read {
	match sp_io::offchain::http_response_read_body(id, buffer, Some(clock::timestamp(now))) {
		Ok(0) => Read::End,
		Ok(bytes) => usize::try_from(bytes).map_or(Read::Broken, Read::Some),
		Err(HttpError::DeadlineReached) => Read::Nothing,
		Err(_) => Read::Broken,
	}
}

/// The headers that the worker looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Headers {
	/// How long to wait before the next call, in milliseconds.
	pub pause_ms: Option<u64>,
	/// Bytes of the body.
	pub length: Option<u64>,
}

/// The headers of an answer. They have to be read before the body.
pub fn headers(id: HttpRequestId) -> Headers {
	let all = sp_io::offchain::http_response_headers(id);
	let number = |name: &str| {
		let (_, value) = all.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))?;
		String::from_utf8_lossy(value).trim().parse::<u64>().ok()
	};
	// A `Retry-After` can also be a date. Then the worker's own pause has to do.
	let pause_ms = number("retry-after-ms")
		.or_else(|| number("retry-after").map(|seconds| seconds.saturating_mul(1_000)))
		.map(|pause| pause.min(LONGEST_PAUSE_MS));
	Headers { pause_ms, length: number("content-length") }
}
