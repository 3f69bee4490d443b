//! A small OpenAI-compatible inference server for development: real computation, no network.
//!
//! It serves a classifier and a small language model, so that metering, receipts and settlement have
//! something real behind them. `README.md` says what they are, and what they are not.
//!
//! A request goes through [`auth`] and [`api`] (the JSON) to a model: the [`classifier`] or the
//! [`language`] model. [`generation`] makes text of its tokens, whole or in pieces; [`error`] says
//! no, and [`files`] names what is served by its root digest.

pub mod api;
pub mod auth;
pub mod classifier;
pub mod error;
pub mod files;
pub mod generation;
pub mod language;
pub mod models;
mod tensors;

use api::{Head, ModelCard, ModelList};
use auth::ApiKey;
use axum::{
	body::Body,
	extract::{rejection::PathRejection, Path, Request, State},
	http::{header, HeaderMap, Method, Uri},
	middleware::{self, Next},
	response::{IntoResponse, Response},
	routing::{get, post},
	serve::ListenerExt,
	Json, Router,
};
use error::{ApiError, MAX_BODY_BYTES};
use futures::StreamExt;
use models::{Model, Models};
use serde_json::json;
use std::{
	future::Future,
	io,
	num::NonZero,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{net::TcpListener, sync::Semaphore};

/// What of a body that is too large is read and thrown away, so that the client gets to read the
/// error instead of a closed connection.
const MAX_DRAINED_BYTES: usize = 8 * MAX_BODY_BYTES;

/// What all requests share.
pub struct App {
	models: Models,
	key: Option<ApiKey>,
	/// Bounds how many answers are computed at once.
	room: Arc<Semaphore>,
	started: Duration,
	answers: AtomicU64,
}

impl App {
	/// A server of these models, behind this key if there is one.
	pub fn new(models: Models, key: Option<ApiKey>) -> Self {
		let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
		let room = Arc::new(Semaphore::new(cores));
		Self { models, key, room, started: now(), answers: AtomicU64::new(0) }
	}

	/// The model with this name.
	fn model(&self, id: &str) -> Result<&Model, ApiError> {
		self.models.get(id).ok_or_else(|| ApiError::ModelNotFound(id.chars().take(100).collect()))
	}

	/// What an answer begins with. Its id is one that no answer of this or an earlier run has.
	fn head(&self, model: &Model, prefix: &str, object: &'static str) -> Head {
		let number = self.answers.fetch_add(1, Ordering::Relaxed);
		Head {
			id: format!("{prefix}-{:x}-{number:x}", self.started.as_nanos()),
			object,
			created: now().as_secs(),
			model: model.id().to_owned(),
			system_fingerprint: model.digest().replacen("0x", "fp_", 1).chars().take(19).collect(),
		}
	}
}

/// The time since the Unix epoch.
fn now() -> Duration {
	SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The routes.
pub fn router(app: App) -> Router {
	let app = Arc::new(app);
	Router::new()
		.route("/v1/models", get(list_models))
		.route("/v1/models/{id}", get(show_model))
		.route("/v1/chat/completions", post(chat))
		.route("/v1/completions", post(completions))
		.route("/v1/embeddings", post(embeddings))
		.route_layer(middleware::from_fn_with_state(app.clone(), authenticate))
		.route("/health", get(|| async { Json(json!({ "status": "ok" })) }))
		.fallback(|method: Method, uri: Uri| async move {
			ApiError::UnknownUrl(method, uri.path().to_owned())
		})
		.method_not_allowed_fallback(|method: Method, uri: Uri| async move {
			ApiError::MethodNotAllowed(method, uri.path().to_owned())
		})
		.with_state(app)
}

/// Serves until `stop` is done and the requests under way are answered.
pub async fn serve(
	listener: TcpListener,
	app: App,
	stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
	// Answers are small and written at once: waiting for more to send only delays them.
	let listener = listener.tap_io(|stream| {
		if let Err(error) = stream.set_nodelay(true) {
			tracing::debug!(%error, "cannot set TCP_NODELAY");
		}
	});
	axum::serve(listener, router(app)).with_graceful_shutdown(stop).await
}

async fn authenticate(
	State(app): State<Arc<App>>,
	request: Request,
	next: Next,
) -> Result<Response, ApiError> {
	if let Some(key) = &app.key {
		key.check(request.headers())?;
	}
	Ok(next.run(request).await)
}

async fn list_models(State(app): State<Arc<App>>) -> Response {
	let data = app.models.iter().map(ModelCard::from).collect();
	Json(ModelList { object: "list", data }).into_response()
}

async fn show_model(
	State(app): State<Arc<App>>,
	id: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
	// What is no UTF-8 after decoding is no model's name either.
	let id = id.map_or_else(|_| String::from("?"), |Path(id)| id);
	Ok(Json(ModelCard::from(app.model(&id)?)).into_response())
}

async fn chat(
	State(app): State<Arc<App>>,
	headers: HeaderMap,
	body: Body,
) -> Result<Response, ApiError> {
	api::chat::answer(&app, &read(&headers, body).await?).await
}

async fn completions(
	State(app): State<Arc<App>>,
	headers: HeaderMap,
	body: Body,
) -> Result<Response, ApiError> {
	api::completions::answer(&app, &read(&headers, body).await?).await
}

async fn embeddings(
	State(app): State<Arc<App>>,
	headers: HeaderMap,
	body: Body,
) -> Result<Response, ApiError> {
	api::embeddings::answer(&app, &read(&headers, body).await?).await
}

/// Whether the body is said to be JSON.
fn is_json(headers: &HeaderMap) -> bool {
	let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
	let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
	essence.eq_ignore_ascii_case("application/json")
}

/// The whole body, which is said to be JSON.
async fn read(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, ApiError> {
	let mut chunks = body.into_data_stream();
	let mut bytes = Vec::new();
	let mut seen = 0;
	while let Some(chunk) = chunks.next().await {
		let chunk =
			chunk.map_err(|_| ApiError::InvalidJson("the body broke off before its end".into()))?;
		seen += chunk.len();
		if seen <= MAX_BODY_BYTES {
			bytes.extend_from_slice(&chunk);
		} else if seen > MAX_DRAINED_BYTES {
			break;
		}
	}
	if seen > MAX_BODY_BYTES {
		return Err(ApiError::TooLarge);
	}
	if !is_json(headers) {
		return Err(ApiError::MediaType);
	}
	Ok(bytes)
}
