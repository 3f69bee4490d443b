//! `POST /v1/embeddings`: texts to vectors that are near where the texts are about the same.

use super::{field, object, positive, wrong_type};
use crate::{error::ApiError, language::Language, models::Model, App};
use axum::{
	response::{IntoResponse, Response},
	Json,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::Serialize;
use serde_json::{Map, Value};

/// Most inputs of a request, as OpenAI has it.
const MAX_INPUTS: usize = 2048;

/// A text, or the tokens of one.
pub enum Input {
	/// A text.
	Text(String),
	/// Tokens.
	Tokens(Vec<u32>),
}

impl Input {
	/// One text, some texts, the tokens of one text, or the tokens of some.
	pub fn read(
		fields: &Map<String, Value>,
		name: &'static str,
		most: usize,
	) -> Result<Vec<Self>, ApiError> {
		let one = |value: &Value| match value {
			Value::String(text) => Some(Self::Text(text.clone())),
			Value::Array(tokens) => tokens
				.iter()
				.map(|token| u32::try_from(token.as_u64()?).ok())
				.collect::<Option<_>>()
				.map(Self::Tokens),
			_ => None,
		};
		let value = field(fields, name).ok_or_else(|| ApiError::Missing(name.into()))?;
		let inputs = match value {
			Value::Array(values) if !values.iter().any(Value::is_number) => {
				values.iter().map(one).collect()
			}
			value => one(value).map(|input| vec![input]),
		};
		let inputs: Vec<Self> = inputs.ok_or_else(|| {
			wrong_type(name, "a string, an array of strings, or an array of tokens")
		})?;
		if inputs.is_empty() || inputs.len() > most {
			return Err(ApiError::Value {
				param: name.into(),
				message: format!("Invalid '{name}': expected 1 to {most} texts."),
			});
		}
		Ok(inputs)
	}

	/// The tokens, of which there is one or more.
	pub fn tokens(self, name: &str, model: &Language) -> Result<Vec<u32>, ApiError> {
		let invalid = |message| ApiError::Value { param: name.into(), message };
		let tokens = match self {
			Self::Text(text) => model.tokens(&text),
			Self::Tokens(tokens) => tokens,
		};
		if tokens.is_empty() {
			return Err(invalid(format!("Invalid '{name}': it is empty.")));
		}
		match tokens.iter().find(|token| !model.knows(**token)) {
			Some(token) => Err(invalid(format!("Invalid '{name}': there is no token {token}."))),
			None => Ok(tokens),
		}
	}
}

/// Embeds.
pub async fn answer(app: &App, body: &[u8]) -> Result<Response, ApiError> {
	let fields = object(body)?;
	let id = match field(&fields, "model") {
		None => return Err(ApiError::Missing("model".into())),
		Some(Value::String(id)) => id,
		Some(_) => return Err(wrong_type("model", "a string")),
	};
	let Model::Language(model) = app.model(id)? else { return Err(ApiError::NoEmbeddings) };
	let base64 = match field(&fields, "encoding_format").map(Value::as_str) {
		None | Some(Some("float")) => false,
		Some(Some("base64")) => true,
		Some(_) => {
			return Err(ApiError::Value {
				param: "encoding_format".into(),
				message: "Invalid 'encoding_format': expected 'float' or 'base64'.".into(),
			})
		}
	};
	let size = positive(&fields, "dimensions")?.unwrap_or(model.width());
	if size > model.width() {
		return Err(ApiError::Value {
			param: "dimensions".into(),
			message: format!("Invalid 'dimensions': expected 1 to {}.", model.width()),
		});
	}
	let (mut inputs, mut count) = (Vec::new(), 0);
	for input in Input::read(&fields, "input", MAX_INPUTS)? {
		let tokens = input.tokens("input", model)?;
		count += tokens.len();
		let prompt = model.embedding_prompt(&tokens);
		if prompt.len() > model.context() {
			return Err(ApiError::too_long("input", model.context(), prompt.len()));
		}
		inputs.push(prompt);
	}
	let permit = app.room.clone().acquire_owned().await.map_err(|_| ApiError::Internal)?;
	let language = model.clone();
	let vectors = tokio::task::spawn_blocking(move || {
		let vectors: Vec<_> = inputs.iter().map(|prompt| language.embed(prompt)).collect();
		drop(permit);
		vectors
	});
	let vectors = vectors.await.map_err(|_| ApiError::Internal)?;
	let data = vectors.into_iter().enumerate().map(|(index, mut vector)| {
		vector.truncate(size);
		let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
		vector.iter_mut().for_each(|x| *x /= length);
		let embedding = if base64 {
			let bytes: Vec<u8> = vector.into_iter().flat_map(f32::to_le_bytes).collect();
			Vector::Base64(STANDARD.encode(bytes))
		} else {
			Vector::Float(vector)
		};
		Embedding { object: "embedding", index, embedding }
	});
	Ok(Json(Embeddings {
		object: "list",
		data: data.collect(),
		model: model.id.clone(),
		usage: Usage { prompt_tokens: count, total_tokens: count },
	})
	.into_response())
}

#[derive(Debug, Serialize)]
struct Embeddings {
	object: &'static str,
	data: Vec<Embedding>,
	model: String,
	usage: Usage,
}

#[derive(Debug, Serialize)]
struct Embedding {
	object: &'static str,
	index: usize,
	embedding: Vector,
}

/// Numbers; or f32 in little endian, in base64.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Vector {
	Float(Vec<f32>),
	Base64(String),
}

#[derive(Debug, Serialize)]
struct Usage {
	prompt_tokens: usize,
	total_tokens: usize,
}
