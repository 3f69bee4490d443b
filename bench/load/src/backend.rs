//! A backend that answers at once: so that what is measured is the chain and the worker.

use anyhow::{Context, Result};
use axum::{http::header::CONTENT_TYPE, response::IntoResponse, routing::post, Router};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// The answer to everything.
pub const ANSWER: &str = concat!(
	r#"{"id":"load","object":"chat.completion","created":0,"model":"instant","#,
	r#""choices":[{"index":0,"message":{"role":"assistant","content":"benign"},"#,
	r#""finish_reason":"stop"}],"#,
	r#""usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}"#,
);

async fn answer() -> impl IntoResponse {
	([(CONTENT_TYPE, "application/json")], ANSWER)
}

/// Serves `POST /v1/chat/completions` at `address` until the program ends.
pub async fn start(address: SocketAddr) -> Result<()> {
	let listener =
		TcpListener::bind(address).await.with_context(|| format!("cannot listen at {address}"))?;
	let app = Router::new().route("/v1/chat/completions", post(answer));
	tokio::spawn(async move {
		if let Err(error) = axum::serve(listener, app).await {
			eprintln!("the backend has ended: {error}");
		}
	});
	Ok(())
}
