//! A small OpenAI-compatible inference server for development: real computation, no network.
//!
//! It serves a classifier over the chat API, so that metering, receipts and settlement have
//! something real behind them without a language model. `README.md` says what it is, and what it is
//! not.
//!
//! A request goes through [`auth`], [`api`] (the JSON), [`question`] (the numbers in the user's
//! words) and [`model`] (the forward pass); [`tokenizer`] counts, [`error`] says no, and [`files`]
//! names what is served by its root digest.

pub mod api;
pub mod auth;
pub mod error;
pub mod files;
pub mod model;
pub mod question;
pub mod tokenizer;

use api::{Answer, ChatCompletion, ChatRequest, Choice, ModelCard, ModelList, Said, Usage};
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
use model::{Model, Models};
use question::Question;
use serde_json::json;
use std::{
	future::Future,
	io,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::net::TcpListener;

/// What of a body that is too large is read and thrown away, so that the client gets to read the
/// error instead of a closed connection.
const MAX_DRAINED_BYTES: usize = 8 * MAX_BODY_BYTES;

/// What all requests share.
pub struct App {
	models: Models,
	key: Option<ApiKey>,
	started: Duration,
	answers: AtomicU64,
}

impl App {
	/// A server of these models, behind this key if there is one.
	pub fn new(models: Models, key: Option<ApiKey>) -> Self {
		Self { models, key, started: now(), answers: AtomicU64::new(0) }
	}

	/// An id that no answer of this or an earlier run has.
	fn next_id(&self) -> String {
		let number = self.answers.fetch_add(1, Ordering::Relaxed);
		format!("chatcmpl-{:x}-{number:x}", self.started.as_nanos())
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
		.route("/v1/chat/completions", post(complete_chat))
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
	Ok(Json(ModelCard::from(find(&app.models, &id)?)).into_response())
}

async fn complete_chat(
	State(app): State<Arc<App>>,
	headers: HeaderMap,
	body: Body,
) -> Result<Json<ChatCompletion>, ApiError> {
	let body = read(body).await?;
	if !is_json(&headers) {
		return Err(ApiError::MediaType);
	}
	let request = ChatRequest::parse(&body)?;
	let model = find(&app.models, &request.model)?;
	let answer = answer(model, &request)?;
	let (content, finish_reason) = cut(&answer, &request);
	let usage = Usage::new(request.prompt_tokens(), tokenizer::count(content));
	tracing::debug!(model = model.id, usage.total_tokens, finish_reason, "answered");
	Ok(Json(ChatCompletion {
		id: app.next_id(),
		object: "chat.completion",
		created: now().as_secs(),
		model: model.id.clone(),
		system_fingerprint: model.digest.replacen("0x", "fp_", 1).chars().take(3 + 16).collect(),
		choices: [Choice {
			index: 0,
			message: Said { role: "assistant", content: content.to_owned(), refusal: None },
			logprobs: None,
			finish_reason,
		}],
		usage,
	}))
}

fn find<'a>(models: &'a Models, id: &str) -> Result<&'a Model, ApiError> {
	models.get(id).ok_or_else(|| ApiError::ModelNotFound(id.chars().take(100).collect()))
}

/// Whether the body is said to be JSON.
fn is_json(headers: &HeaderMap) -> bool {
	let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
	let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
	essence.eq_ignore_ascii_case("application/json")
}

/// The whole body.
async fn read(body: Body) -> Result<Vec<u8>, ApiError> {
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
	Ok(bytes)
}

/// The whole answer of a model, as JSON.
fn answer(model: &Model, request: &ChatRequest) -> Result<String, ApiError> {
	let (index, text) = request.question();
	let invalid =
		|message| ApiError::Value { param: format!("messages[{index}].content"), message };
	let question = Question::parse(&text, model).map_err(invalid)?;
	let prediction = model
		.predict(&question.values)
		.ok_or_else(|| invalid("The numbers are too large to compute with.".into()))?;
	let answer = Answer {
		class: &model.classes[prediction.class],
		// Fewer digits than the arithmetic is sure of: the same answer on any machine.
		probability: (prediction.probability * 1e6).round() / 1e6,
		model: &model.id,
		assumed_mean: question.assumed.iter().map(|i| model.feature_names[*i].as_str()).collect(),
	};
	Ok(serde_json::to_string(&answer).expect("strings and a finite number are JSON"))
}

/// What of the answer the request lets through, and why it ends there.
fn cut<'a>(answer: &'a str, request: &ChatRequest) -> (&'a str, &'static str) {
	let end = request.stop.iter().filter_map(|stop| answer.find(stop)).min();
	let answer = &answer[..end.unwrap_or(answer.len())];
	match tokenizer::truncate(answer, request.max_tokens.unwrap_or(usize::MAX)) {
		(content, true) => (content, "length"),
		(content, false) => (content, "stop"),
	}
}
