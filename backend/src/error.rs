//! Errors as OpenAI's API shapes them: `{"error": {"message", "type", "param", "code"}}`.

use axum::{
	http::{header, HeaderValue, Method, StatusCode},
	response::{IntoResponse, Response},
	Json,
};
use serde::Serialize;

/// Most bytes that a request's body may have.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Why a request gets no answer. The text is the `message` of the body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
	/// No bearer key.
	#[error("You did not provide an API key. Send it as \"Authorization: Bearer <key>\".")]
	MissingKey,
	/// Another bearer key. The message does not repeat it.
	#[error("Incorrect API key provided.")]
	WrongKey,
	/// No such path.
	#[error("Invalid URL ({0} {1})")]
	UnknownUrl(Method, String),
	/// The path is there, but not with this method.
	#[error("Not allowed to {0} on {1}")]
	MethodNotAllowed(Method, String),
	/// No model of this name.
	#[error("The model `{0}` does not exist. GET /v1/models lists those that do.")]
	ModelNotFound(String),
	/// The body is longer than [`MAX_BODY_BYTES`].
	#[error("The request's body is larger than {MAX_BODY_BYTES} bytes.")]
	TooLarge,
	/// The body is not said to be JSON.
	#[error("Unsupported media type. Send JSON with \"Content-Type: application/json\".")]
	MediaType,
	/// The body is not JSON, or broke off.
	#[error("We could not parse the JSON body of your request: {0}")]
	InvalidJson(String),
	/// A field is missing.
	#[error("Missing required parameter: '{0}'.")]
	Missing(String),
	/// A field has another type than it should.
	#[error("Invalid type for '{param}': expected {expected}.")]
	Type {
		/// The field.
		param: String,
		/// What it should be.
		expected: &'static str,
	},
	/// A field has a value that it cannot have.
	#[error("{message}")]
	Value {
		/// The field.
		param: String,
		/// What is wrong, and what would be right.
		message: String,
	},
	/// A field asks for something that this server cannot do.
	#[error("{message}")]
	Unsupported {
		/// The field.
		param: String,
		/// What this server does instead.
		message: String,
	},
	/// Prompt and answer are longer than what the model takes.
	#[error(
		"This model's maximum context length is {context} tokens. However, {asked} Please reduce \
		 the length of the {param}{or_completion}."
	)]
	Context {
		/// The field with the prompt.
		param: &'static str,
		/// Most tokens.
		context: usize,
		/// How many were asked for.
		asked: String,
		/// Whether it is `max_tokens` that is too large.
		or_completion: &'static str,
	},
	/// A completion by a model that only chats.
	#[error(
		"This is a chat model and not supported in the v1/completions endpoint. Did you mean to use \
		 v1/chat/completions?"
	)]
	ChatOnly,
	/// Embeddings by a model that has none.
	#[error("You are not allowed to generate embeddings from this model")]
	NoEmbeddings,
	/// The server's own fault.
	#[error("The server had an error while processing your request.")]
	Internal,
}

impl ApiError {
	/// Says no to a prompt of more tokens than the model takes.
	pub fn too_long(param: &'static str, context: usize, tokens: usize) -> Self {
		Self::Context {
			param,
			context,
			asked: format!("your {param} resulted in {tokens} tokens."),
			or_completion: "",
		}
	}

	/// The HTTP status.
	pub fn status(&self) -> StatusCode {
		match self {
			Self::MissingKey | Self::WrongKey => StatusCode::UNAUTHORIZED,
			Self::UnknownUrl(..) | Self::ModelNotFound(_) | Self::ChatOnly => StatusCode::NOT_FOUND,
			Self::NoEmbeddings => StatusCode::FORBIDDEN,
			Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
			Self::MethodNotAllowed(..) => StatusCode::METHOD_NOT_ALLOWED,
			Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
			Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
			Self::InvalidJson(_)
			| Self::Missing(_)
			| Self::Type { .. }
			| Self::Value { .. }
			| Self::Unsupported { .. }
			| Self::Context { .. } => StatusCode::BAD_REQUEST,
		}
	}

	/// `code`: what programs look at. OpenAI has none for some.
	pub fn code(&self) -> Option<&'static str> {
		Some(match self {
			Self::MissingKey | Self::WrongKey => "invalid_api_key",
			Self::UnknownUrl(..) => "unknown_url",
			Self::MethodNotAllowed(..) => "method_not_allowed",
			Self::ModelNotFound(_) => "model_not_found",
			Self::TooLarge => "request_too_large",
			Self::MediaType => "unsupported_media_type",
			Self::InvalidJson(_) => "invalid_json",
			Self::Missing(_) => "missing_required_parameter",
			Self::Type { .. } => "invalid_type",
			Self::Value { .. } => "invalid_value",
			Self::Unsupported { .. } => "unsupported_value",
			Self::Context { .. } => "context_length_exceeded",
			Self::ChatOnly | Self::NoEmbeddings | Self::Internal => return None,
		})
	}

	/// `param`: the field of the request that is at fault.
	pub fn param(&self) -> Option<&str> {
		match self {
			Self::ModelNotFound(_) | Self::ChatOnly => Some("model"),
			Self::Context { param, .. } => Some(param),
			Self::Missing(param)
			| Self::Type { param, .. }
			| Self::Value { param, .. }
			| Self::Unsupported { param, .. } => Some(param),
			_ => None,
		}
	}
}

#[derive(Serialize)]
struct Body<'a> {
	error: Fields<'a>,
}

#[derive(Serialize)]
struct Fields<'a> {
	message: String,
	r#type: &'static str,
	param: Option<&'a str>,
	code: Option<&'static str>,
}

impl IntoResponse for ApiError {
	fn into_response(self) -> Response {
		tracing::debug!(status = self.status().as_u16(), code = self.code(), "refused");
		let error = Fields {
			message: self.to_string(),
			r#type: match self {
				Self::Internal => "server_error",
				_ => "invalid_request_error",
			},
			param: self.param(),
			code: self.code(),
		};
		let mut response = (self.status(), Json(Body { error })).into_response();
		if self.status() == StatusCode::UNAUTHORIZED {
			let scheme = HeaderValue::from_static("Bearer");
			response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
		}
		response
	}
}
