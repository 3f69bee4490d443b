//! Every endpoint and every error, over HTTP, against a server in this process.

use reqwest::{header::CONTENT_TYPE, Client, Method, Response};
use serde_json::{json, Value};
use std::net::SocketAddr;
use tallystick_backend::{
	auth::ApiKey,
	classifier::tokenizer,
	error::MAX_BODY_BYTES,
	models::{Folders, Models},
	serve, App,
};
use tokio::{net::TcpListener, sync::oneshot};

const BASE: &str = "breast-cancer-mlp";
const CLINIC: &str = "breast-cancer-mlp-clinic";
const CHAT: &str = "tally-chat";

/// A running server. It stops when this is dropped.
struct Server {
	address: SocketAddr,
	client: Client,
	_stop: oneshot::Sender<()>,
}

impl Server {
	async fn start(key: Option<&str>) -> Self {
		let key = key.map(|key| ApiKey::new(key).unwrap());
		let app = App::new(Models::load(Folders::default()).unwrap(), key);
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let (stop, stopped) = oneshot::channel();
		tokio::spawn(serve(listener, app, async {
			let _ = stopped.await;
		}));
		let client = Client::builder().no_proxy().build().unwrap();
		Self { address, client, _stop: stop }
	}

	fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
		self.client.request(method, format!("http://{}{path}", self.address))
	}

	async fn get(&self, path: &str) -> Response {
		self.request(Method::GET, path).send().await.unwrap()
	}

	/// Posts JSON.
	async fn post_to(&self, path: &str, body: impl Into<reqwest::Body>) -> Response {
		let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
		request.body(body).send().await.unwrap()
	}

	/// Posts bytes as JSON to the chat endpoint.
	async fn post_bytes(&self, body: impl Into<reqwest::Body>) -> Response {
		self.post_to("/v1/chat/completions", body).await
	}

	/// Posts a request for a stream. Returns its pieces, and checks that `[DONE]` ends it.
	async fn stream(&self, path: &str, body: &Value) -> Vec<Value> {
		let response = self.post_to(path, body.to_string()).await;
		assert_eq!(response.status(), 200);
		assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
		let text = response.text().await.unwrap();
		let mut events: Vec<_> = text.split_terminator("\n\n").collect();
		assert_eq!(events.pop(), Some("data: [DONE]"));
		let data = |event: &str| serde_json::from_str(event.strip_prefix("data: ").unwrap());
		events.into_iter().map(|event| data(event).unwrap()).collect()
	}

	async fn post(&self, body: &Value) -> Response {
		self.post_bytes(body.to_string()).await
	}

	/// Posts a request that has to be answered.
	async fn ask(&self, body: &Value) -> Value {
		self.ask_at("/v1/chat/completions", body).await
	}

	/// The same at another endpoint.
	async fn ask_at(&self, path: &str, body: &Value) -> Value {
		let response = self.post_to(path, body.to_string()).await;
		let status = response.status();
		let body: Value = response.json().await.unwrap();
		assert_eq!(status, 200, "{body}");
		body
	}

	/// Posts a request that has to be refused with 400. Returns code, param and message.
	async fn refused(&self, body: &Value) -> (String, String, String) {
		self.refused_at("/v1/chat/completions", body).await
	}

	/// The same at another endpoint.
	async fn refused_at(&self, path: &str, body: &Value) -> (String, String, String) {
		let error = error(self.post_to(path, body.to_string()).await, 400).await;
		let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
		(text("code"), text("param"), text("message"))
	}
}

/// The `error` of a response with this status, which has all four fields and no more.
async fn error(response: Response, status: u16) -> Value {
	assert_eq!(response.status(), status);
	let content_type = response.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
	assert_eq!(content_type, "application/json");
	let body: Value = response.json().await.unwrap();
	assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
	let error = body["error"].as_object().unwrap();
	assert_eq!(error.len(), 4, "{body}");
	assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
	assert_eq!(error["type"], "invalid_request_error", "{body}");
	assert!(error["param"].is_null() || error["param"].is_string(), "{body}");
	assert!(error["code"].is_null() || error["code"].is_string(), "{body}");
	body["error"].clone()
}

fn chat(model: &str, content: &str) -> Value {
	json!({ "model": model, "messages": [{ "role": "user", "content": content }] })
}

/// A chat request to the base, with one more field.
fn with(name: &str, value: Value) -> Value {
	let mut body = chat(BASE, "mean radius=12");
	body[name] = value;
	body
}

fn content(answer: &Value) -> &str {
	answer["choices"][0]["message"]["content"].as_str().unwrap()
}

fn expected() -> Vec<Value> {
	serde_json::from_str(include_str!("fixtures/expected.json")).unwrap()
}

fn numbers(case: &Value) -> String {
	let numbers = case["input"].as_array().unwrap().iter().map(Value::to_string);
	numbers.collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn health_is_ok_and_needs_no_key() {
	let response = Server::start(Some("secret")).await.get("/health").await;
	assert_eq!(response.status(), 200);
	assert_eq!(response.json::<Value>().await.unwrap(), json!({ "status": "ok" }));
}

#[tokio::test]
async fn models_are_listed_with_their_digests() {
	let server = Server::start(None).await;
	let list: Value = server.get("/v1/models").await.json().await.unwrap();
	let digests: Value = serde_json::from_str(include_str!("fixtures/digests.json")).unwrap();
	let card = |id: &str, parent: Value, folder: &str| {
		json!({
			"id": id, "object": "model", "created": 1795132800u64, "owned_by": "tallystick",
			"parent": parent, "digest": digests[folder],
		})
	};
	let base = card(BASE, Value::Null, "model");
	let clinic = card(CLINIC, json!(BASE), "adapter");
	let mut chat = card(CHAT, Value::Null, "chat");
	let fixture: Value = serde_json::from_str(include_str!("fixtures/chat.json")).unwrap();
	chat["digest"] = fixture["digest"].clone();
	assert_eq!(list, json!({ "object": "list", "data": [base, clinic, chat] }));
	for model in list["data"].as_array().unwrap() {
		let path = format!("/v1/models/{}", model["id"].as_str().unwrap());
		let response = server.get(&path).await;
		assert_eq!(response.status(), 200);
		assert_eq!(response.json::<Value>().await.unwrap(), *model);
	}
}

#[tokio::test]
async fn a_model_that_is_unknown_is_not_found() {
	let server = Server::start(None).await;
	for path in ["/v1/models/gpt-4", "/v1/models/%FF", "/v1/models/a%2Fb"] {
		let error = error(server.get(path).await, 404).await;
		assert_eq!(error["code"], "model_not_found", "{path}");
		assert_eq!(error["param"], "model", "{path}");
	}
	let error = error(server.post(&chat("gpt-4", "1")).await, 404).await;
	assert_eq!(error["code"], "model_not_found");
	assert!(error["message"].as_str().unwrap().contains("`gpt-4`"));
}

#[tokio::test]
async fn both_models_answer_with_the_probabilities_of_the_training_script() {
	let server = Server::start(None).await;
	let mut classes = std::collections::BTreeSet::new();
	for case in expected() {
		for (model, field) in [(BASE, "base"), (CLINIC, "clinic")] {
			let answer = server.ask(&chat(model, &numbers(&case))).await;
			let answer: Value = serde_json::from_str(content(&answer)).unwrap();
			let p: Vec<f64> = serde_json::from_value(case[field].clone()).unwrap();
			let (class, p) = if p[1] > p[0] { ("benign", p[1]) } else { ("malignant", p[0]) };
			assert_eq!(answer["class"], class);
			assert_eq!(answer["model"], model);
			assert!((answer["probability"].as_f64().unwrap() - p).abs() < 1e-6);
			assert_eq!(answer.as_object().unwrap().len(), 3);
			classes.insert(class);
		}
	}
	assert_eq!(classes.len(), 2);
}

#[tokio::test]
async fn an_answer_has_the_shape_of_the_chat_api() {
	let server = Server::start(None).await;
	let case = &expected()[0];
	let answer = server.ask(&chat(BASE, &numbers(case))).await;
	let text = content(&answer);
	assert_eq!(text, r#"{"class":"malignant","probability":0.999811,"model":"breast-cancer-mlp"}"#);
	let id = answer["id"].as_str().unwrap();
	assert!(id.starts_with("chatcmpl-"), "{id}");
	assert!(answer["created"].as_u64().unwrap() > 1_700_000_000);
	let digests: Value = serde_json::from_str(include_str!("fixtures/digests.json")).unwrap();
	let fingerprint = format!("fp_{}", &digests["model"].as_str().unwrap()[2..18]);
	// 30 numbers and 29 commas; and in the answer, by the rules of the tokenizer:
	// { "class" : "malignant" , "probability" : 0.999811 , "model" : "breast-cancer-mlp" }
	let completion = 1 + 3 + 1 + 3 + 1 + 3 + 1 + 1 + 1 + 3 + 1 + 7 + 1;
	assert_eq!(
		answer,
		json!({
			"id": id,
			"object": "chat.completion",
			"created": answer["created"],
			"model": BASE,
			"system_fingerprint": fingerprint,
			"choices": [{
				"index": 0,
				"message": { "role": "assistant", "content": text, "refusal": null },
				"logprobs": null,
				"finish_reason": "stop",
			}],
			"usage": {
				"prompt_tokens": 59,
				"completion_tokens": completion,
				"total_tokens": 59 + completion,
				"prompt_tokens_details": { "cached_tokens": 0 },
				"completion_tokens_details": { "reasoning_tokens": 0 },
			},
		})
	);
}

#[tokio::test]
async fn the_same_question_gets_the_same_answer_under_another_id() {
	let server = Server::start(None).await;
	let body = chat(CLINIC, "worst area = 500");
	let (mut one, mut two) = (server.ask(&body).await, server.ask(&body).await);
	assert_ne!(one["id"], two["id"]);
	for answer in [&mut one, &mut two] {
		answer["id"] = Value::Null;
		answer["created"] = Value::Null;
	}
	assert_eq!(one, two);
}

#[tokio::test]
async fn features_that_are_not_given_are_named_in_the_answer() {
	let server = Server::start(None).await;
	let answer = server.ask(&chat(BASE, "mean radius=17.99\nWorst_Texture: 17.33")).await;
	let answer: Value = serde_json::from_str(content(&answer)).unwrap();
	let assumed = answer["assumed_mean"].as_array().unwrap();
	assert_eq!(assumed.len(), 28);
	assert!(assumed.contains(&json!("mean texture")));
	assert!(!assumed.contains(&json!("mean radius")));
	assert!(!assumed.contains(&json!("worst texture")));
}

#[tokio::test]
async fn the_prompt_counts_all_messages_but_the_last_user_message_is_the_question() {
	let server = Server::start(None).await;
	let question = numbers(&expected()[2]);
	let alone = server.ask(&chat(BASE, &question)).await;
	let body = json!({
		"model": BASE,
		"messages": [
			{ "role": "system", "content": "You classify." },
			{ "role": "user", "content": "not a question", "name": "ann" },
			{ "role": "assistant", "content": null },
			{ "role": "user", "content": [{ "type": "text", "text": question }] },
			{ "role": "assistant", "content": "é 1.5" },
		],
	});
	let long = server.ask(&body).await;
	assert_eq!(content(&long), content(&alone));
	let tokens = |answer: &Value| answer["usage"]["prompt_tokens"].as_u64().unwrap();
	assert_eq!(tokens(&long), tokens(&alone) + 3 + 3 + 2);
}

#[tokio::test]
async fn texts_of_several_parts_are_one_question() {
	let server = Server::start(None).await;
	let part = |text: &str| json!({ "type": "text", "text": text });
	let parts = json!([part("mean radius=12"), part("mean texture=15")]);
	let body = json!({ "model": BASE, "messages": [{ "role": "user", "content": parts }] });
	let answer = server.ask(&body).await;
	assert_eq!(
		content(&answer),
		content(&server.ask(&chat(BASE, "mean radius=12 mean texture=15")).await)
	);
	assert_eq!(answer["usage"]["prompt_tokens"], 8);
}

#[tokio::test]
async fn max_tokens_cuts_the_answer_off() {
	let server = Server::start(None).await;
	let whole = server.ask(&with("max_tokens", json!(100_000))).await;
	let (all, total) = (content(&whole), whole["usage"]["completion_tokens"].as_u64().unwrap());
	assert_eq!(whole["choices"][0]["finish_reason"], "stop");
	for limit in [1, 2, 10, total - 1] {
		for field in ["max_tokens", "max_completion_tokens"] {
			let cut = server.ask(&with(field, json!(limit))).await;
			assert_eq!(cut["choices"][0]["finish_reason"], "length");
			assert_eq!(cut["usage"]["completion_tokens"], limit);
			assert!(all.starts_with(content(&cut)));
			assert_eq!(tokenizer::count(content(&cut)) as u64, limit);
		}
	}
	let exact = server.ask(&with("max_tokens", json!(total))).await;
	assert_eq!(exact["choices"][0]["finish_reason"], "stop");
	assert_eq!(content(&exact), all);
	let mut both = with("max_tokens", json!(5));
	both["max_completion_tokens"] = json!(3);
	assert_eq!(server.ask(&both).await["usage"]["completion_tokens"], 3);
}

#[tokio::test]
async fn stop_ends_the_answer_before_the_text() {
	let server = Server::start(None).await;
	let answer = server.ask(&with("stop", json!(["\"model\"", ",\"prob"]))).await;
	assert_eq!(content(&answer), r#"{"class":"benign""#);
	assert_eq!(answer["choices"][0]["finish_reason"], "stop");
	assert_eq!(answer["usage"]["completion_tokens"], 8);
	let answer = server.ask(&with("stop", json!("{"))).await;
	assert_eq!((content(&answer), &answer["usage"]["completion_tokens"]), ("", &json!(0)));
	let answer = server.ask(&with("stop", json!("nowhere"))).await;
	assert!(content(&answer).ends_with('}'));
}

#[tokio::test]
async fn parameters_without_effect_and_unknown_fields_are_accepted() {
	let server = Server::start(None).await;
	let mut body = chat(BASE, "mean radius=12");
	let plain = server.ask(&body).await;
	for (name, value) in [
		("temperature", json!(2)),
		("top_p", json!(0.5)),
		("seed", json!(-7)),
		("n", json!(1)),
		("stream", json!(false)),
		("stop", Value::Null),
		("max_tokens", Value::Null),
		("user", json!("ann")),
		("response_format", json!({ "type": "json_object" })),
		("no_such_field", json!([1, { "a": null }])),
	] {
		body[name] = value;
	}
	assert_eq!(content(&server.ask(&body).await), content(&plain));
}

/// The text of a stream's pieces.
fn streamed(pieces: &[Value]) -> String {
	let texts = pieces.iter().filter_map(|piece| piece["choices"][0]["delta"]["content"].as_str());
	texts.collect()
}

#[tokio::test]
async fn a_stream_says_the_same_in_pieces() {
	let server = Server::start(None).await;
	for (model, question) in [(BASE, "mean radius=12"), (CHAT, "What is a receipt?")] {
		let mut body = chat(model, question);
		body["temperature"] = json!(0);
		let whole = server.ask(&body).await;
		body["stream"] = json!(true);
		let pieces = server.stream("/v1/chat/completions", &body).await;
		assert!(pieces.len() > 10, "{model}");
		assert_eq!(streamed(&pieces), content(&whole));
		let (first, last) = (&pieces[0], pieces.last().unwrap());
		assert_eq!(
			*first,
			json!({
				"id": first["id"],
				"object": "chat.completion.chunk",
				"created": first["created"],
				"model": model,
				"system_fingerprint": whole["system_fingerprint"],
				"choices": [{
					"index": 0,
					"delta": { "role": "assistant", "content": "", "refusal": null },
					"logprobs": null,
					"finish_reason": null,
				}],
			})
		);
		assert!(first["id"].as_str().unwrap().starts_with("chatcmpl-"));
		assert!(pieces.iter().all(|piece| piece["id"] == first["id"]));
		assert_eq!(last["choices"][0]["delta"], json!({}));
		assert_eq!(last["choices"][0]["finish_reason"], "stop");
	}
}

#[tokio::test]
async fn a_stream_ends_with_the_usage_if_it_is_asked_for() {
	let server = Server::start(None).await;
	let mut body = chat(CHAT, "What is a receipt?");
	body["temperature"] = json!(0);
	body["max_tokens"] = json!(7);
	let whole = server.ask(&body).await;
	body["stream"] = json!(true);
	body["stream_options"] = json!({ "include_usage": true });
	let mut pieces = server.stream("/v1/chat/completions", &body).await;
	let last = pieces.pop().unwrap();
	assert_eq!(last["choices"], json!([]));
	assert_eq!(last["usage"], whole["usage"]);
	assert_eq!(whole["usage"]["completion_tokens"], 7);
	assert!(pieces.iter().all(|piece| piece.get("usage") == Some(&Value::Null)));
	assert_eq!(pieces.last().unwrap()["choices"][0]["finish_reason"], "length");
	body["stream"] = json!(false);
	let (code, param, _) = server.refused(&body).await;
	assert_eq!((code.as_str(), param.as_str()), ("invalid_value", "stream_options"));
}

#[tokio::test]
async fn a_request_for_a_stream_that_is_refused_is_no_stream() {
	let server = Server::start(None).await;
	let mut body = chat(BASE, "Is it benign?");
	body["stream"] = json!(true);
	assert_eq!(server.refused(&body).await.0, "invalid_value");
}

#[tokio::test]
async fn the_language_model_answers_with_counts_by_its_own_tokenizer() {
	let server = Server::start(None).await;
	let fixture: Value = serde_json::from_str(include_str!("fixtures/chat.json")).unwrap();
	for case in fixture["answers"].as_array().unwrap() {
		let mut body = chat(CHAT, case["question"].as_str().unwrap());
		body["temperature"] = json!(0);
		assert_eq!(content(&server.ask(&body).await), case["answer"]);
	}
	let mut body = chat(CHAT, "What is a receipt?");
	body["temperature"] = json!(0);
	let answer = server.ask(&body).await;
	assert_eq!(answer["usage"]["prompt_tokens"], fixture["prompt"].as_array().unwrap().len());
	// Going on from what it said, by its tokens, it has as many tokens.
	let said = json!({ "model": CHAT, "input": content(&answer) });
	let counted = server.ask_at("/v1/embeddings", &said).await;
	assert_eq!(counted["usage"]["prompt_tokens"], answer["usage"]["completion_tokens"]);
}

#[tokio::test]
async fn a_seed_and_a_temperature_of_nothing_make_answers_repeatable() {
	let server = Server::start(None).await;
	let ask = |temperature: f64, seed: Option<u64>| {
		let mut body = chat(CHAT, "Zebras, waves, and what else?");
		body["temperature"] = json!(temperature);
		body["seed"] = json!(seed);
		body["max_tokens"] = json!(40);
		let server = &server;
		async move { content(&server.ask(&body).await).to_owned() }
	};
	assert_eq!(ask(0.0, None).await, ask(0.0, Some(5)).await);
	assert_eq!(ask(2.0, Some(5)).await, ask(2.0, Some(5)).await);
	assert_ne!(ask(2.0, None).await, ask(2.0, None).await);
}

#[tokio::test]
async fn what_does_not_fit_into_the_context_is_refused() {
	let server = Server::start(None).await;
	let error = server.refused(&chat(CHAT, &"1 ".repeat(300))).await;
	let (code, param, message) = (error.0.as_str(), error.1.as_str(), error.2.as_str());
	assert_eq!((code, param), ("context_length_exceeded", "messages"));
	assert_eq!(
		message,
		"This model's maximum context length is 512 tokens. However, your messages resulted in 614 \
		 tokens. Please reduce the length of the messages."
	);
	let mut body = chat(CHAT, "Hello!");
	let prompt = server.ask(&body).await["usage"]["prompt_tokens"].as_u64().unwrap();
	body["max_tokens"] = json!(512 - prompt);
	server.ask(&body).await;
	body["max_tokens"] = json!(513 - prompt);
	let (code, _, message) = server.refused(&body).await;
	assert_eq!(code, "context_length_exceeded");
	let asked = format!(
		"you requested 513 tokens ({prompt} in the messages, {} in the completion). Please reduce the \
		 length of the messages or completion.",
		513 - prompt
	);
	assert!(message.ends_with(&asked), "{message}");
	// The tokens of an answer are bounded by the context, whatever the model says.
	let (code, param, _) = server
		.refused_at("/v1/embeddings", &json!({ "model": CHAT, "input": "1 ".repeat(300) }))
		.await;
	assert_eq!((code.as_str(), param.as_str()), ("context_length_exceeded", "input"));
}

#[tokio::test]
async fn a_completion_goes_on_from_the_prompt() {
	let server = Server::start(None).await;
	let path = "/v1/completions";
	let mut body = json!({ "model": CHAT, "prompt": "A receipt is", "temperature": 0 });
	let answer = server.ask_at(path, &body).await;
	let text = answer["choices"][0]["text"].as_str().unwrap().to_owned();
	assert!(text.starts_with(" what a provider signs"), "{text}");
	let counted =
		server.ask_at("/v1/embeddings", &json!({ "model": CHAT, "input": "A receipt is" })).await;
	let prompt = counted["usage"]["prompt_tokens"].as_u64().unwrap();
	assert_eq!(
		answer,
		json!({
			"id": answer["id"],
			"object": "text_completion",
			"created": answer["created"],
			"model": CHAT,
			"system_fingerprint": answer["system_fingerprint"],
			"choices": [{ "text": text, "index": 0, "logprobs": null, "finish_reason": "length" }],
			"usage": {
				"prompt_tokens": prompt,
				"completion_tokens": 16,
				"total_tokens": prompt + 16,
				"prompt_tokens_details": { "cached_tokens": 0 },
				"completion_tokens_details": { "reasoning_tokens": 0 },
			},
		})
	);
	assert!(answer["id"].as_str().unwrap().starts_with("cmpl-"));
	body["stop"] = json!(" provider");
	body["echo"] = json!(true);
	let answer = server.ask_at(path, &body).await;
	assert_eq!(answer["choices"][0]["text"], "A receipt is what a");
	assert_eq!(answer["choices"][0]["finish_reason"], "stop");
	body["stream"] = json!(true);
	body["stream_options"] = json!({ "include_usage": true });
	let pieces = server.stream(path, &body).await;
	let texts = pieces.iter().filter_map(|piece| piece["choices"][0]["text"].as_str());
	assert_eq!(texts.collect::<String>(), "A receipt is what a");
	assert_eq!(pieces.last().unwrap()["usage"], answer["usage"]);
}

#[tokio::test]
async fn some_prompts_get_some_completions() {
	let server = Server::start(None).await;
	let ask = |prompt: Value| {
		let body = json!({ "model": CHAT, "prompt": prompt, "temperature": 0 });
		let server = &server;
		async move { server.ask_at("/v1/completions", &body).await }
	};
	let both = ask(json!(["A receipt is", "The vault"])).await;
	let (one, two) = (ask(json!("A receipt is")).await, ask(json!("The vault")).await);
	for (index, alone) in [one, two].iter().enumerate() {
		assert_eq!(both["choices"][index]["text"], alone["choices"][0]["text"]);
		assert_eq!(both["choices"][index]["index"], index);
	}
	assert_eq!(both["usage"]["completion_tokens"], 32);
	let tokens = ask(json!([[35, 36], [37]])).await;
	assert_eq!(tokens["usage"]["prompt_tokens"], 3);
	assert_eq!(ask(json!([35, 36])).await["usage"]["prompt_tokens"], 2);
}

#[tokio::test]
async fn prompts_and_inputs_that_are_none_are_refused() {
	let server = Server::start(None).await;
	for (path, name) in [("/v1/completions", "prompt"), ("/v1/embeddings", "input")] {
		for (value, code) in [
			(Value::Null, "missing_required_parameter"),
			(json!(7), "invalid_type"),
			(json!({}), "invalid_type"),
			(json!(["a", [1], {}]), "invalid_type"),
			(json!([1, -1]), "invalid_type"),
			(json!([1, "a"]), "invalid_type"),
			(json!(""), "invalid_value"),
			(json!([]), "invalid_value"),
			(json!(["a", ""]), "invalid_value"),
			(json!([512]), "invalid_value"),
			(json!(vec!["a"; 2049]), "invalid_value"),
		] {
			let mut body = json!({ "model": CHAT });
			body[name] = value.clone();
			let (got, param, _) = server.refused_at(path, &body).await;
			assert_eq!((got.as_str(), param.as_str()), (code, name), "{path}: {value}");
		}
	}
	for (name, value) in [("logprobs", json!(2)), ("suffix", json!("x")), ("best_of", json!(2))] {
		let mut body = json!({ "model": CHAT, "prompt": "A" });
		body[name] = value;
		let (code, param, _) = server.refused_at("/v1/completions", &body).await;
		assert_eq!((code.as_str(), param.as_str()), ("unsupported_value", name));
	}
}

#[tokio::test]
async fn the_classifier_only_chats() {
	let server = Server::start(None).await;
	let body = json!({ "model": BASE, "prompt": "1", "input": "1" }).to_string();
	let one = error(server.post_to("/v1/completions", body.clone()).await, 404).await;
	assert_eq!((&one["param"], &one["code"]), (&json!("model"), &Value::Null));
	assert!(one["message"].as_str().unwrap().starts_with("This is a chat model and not supported"));
	let one = error(server.post_to("/v1/embeddings", body).await, 403).await;
	assert_eq!((&one["param"], &one["code"]), (&Value::Null, &Value::Null));
}

/// The numbers of each embedding.
fn vectors(answer: &Value) -> Vec<Vec<f32>> {
	let data = answer["data"].as_array().unwrap().iter();
	data.map(|one| serde_json::from_value(one["embedding"].clone()).unwrap()).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
	a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[tokio::test]
async fn embeddings_are_near_where_texts_are_about_the_same() {
	let server = Server::start(None).await;
	let body = json!({
		"model": CHAT,
		"input": ["What is a receipt?", "What do receipts say?", "How long is a slot?"],
	});
	let answer = server.ask_at("/v1/embeddings", &body).await;
	assert_eq!((&answer["object"], &answer["model"]), (&json!("list"), &json!(CHAT)));
	assert_eq!(answer["usage"]["prompt_tokens"], answer["usage"]["total_tokens"]);
	for (index, one) in answer["data"].as_array().unwrap().iter().enumerate() {
		assert_eq!((&one["object"], &one["index"]), (&json!("embedding"), &json!(index)));
	}
	let vectors = vectors(&answer);
	for vector in &vectors {
		assert_eq!(vector.len(), 128);
		assert!((dot(vector, vector) - 1.0).abs() < 1e-5);
	}
	assert!(dot(&vectors[0], &vectors[1]) > dot(&vectors[0], &vectors[2]));
}

#[tokio::test]
async fn embeddings_come_shorter_and_in_base64() {
	use base64::{engine::general_purpose::STANDARD, Engine};
	let server = Server::start(None).await;
	let mut body = json!({ "model": CHAT, "input": "What is a receipt?", "dimensions": 16 });
	let short = vectors(&server.ask_at("/v1/embeddings", &body).await).remove(0);
	assert_eq!(short.len(), 16);
	assert!((dot(&short, &short) - 1.0).abs() < 1e-5);
	body["encoding_format"] = json!("base64");
	let answer = server.ask_at("/v1/embeddings", &body).await;
	let bytes = STANDARD.decode(answer["data"][0]["embedding"].as_str().unwrap()).unwrap();
	let numbers = bytes.chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()));
	assert_eq!(numbers.collect::<Vec<_>>(), short);
	for (name, value) in [("encoding_format", json!("hex")), ("dimensions", json!(129))] {
		let mut body = body.clone();
		body[name] = value;
		let (code, param, _) = server.refused_at("/v1/embeddings", &body).await;
		assert_eq!((code.as_str(), param.as_str()), ("invalid_value", name));
	}
}

#[tokio::test]
async fn probabilities_are_refused() {
	let server = Server::start(None).await;
	let (code, param, _) = server.refused(&with("logprobs", json!(true))).await;
	assert_eq!((code.as_str(), param.as_str()), ("unsupported_value", "logprobs"));
	server.ask(&with("logprobs", json!(false))).await;
}

#[tokio::test]
async fn more_than_one_choice_is_refused() {
	let server = Server::start(None).await;
	let (code, param, message) = server.refused(&with("n", json!(2))).await;
	assert_eq!((code.as_str(), param.as_str()), ("unsupported_value", "n"));
	assert!(message.contains("one answer: leave 'n' out"), "{message}");
}

#[tokio::test]
async fn parameters_of_a_wrong_type_or_value_are_refused() {
	let server = Server::start(None).await;
	for (name, value, code) in [
		("model", json!(1), "invalid_type"),
		("stream", json!("yes"), "invalid_type"),
		("n", json!(0), "invalid_value"),
		("n", json!("1"), "invalid_type"),
		("temperature", json!("hot"), "invalid_type"),
		("temperature", json!(2.1), "invalid_value"),
		("top_p", json!(-0.1), "invalid_value"),
		("seed", json!(1.5), "invalid_type"),
		("max_tokens", json!(0), "invalid_value"),
		("max_tokens", json!(-1), "invalid_value"),
		("max_tokens", json!(1.5), "invalid_type"),
		("max_completion_tokens", json!("9"), "invalid_type"),
		("stop", json!(7), "invalid_type"),
		("stop", json!([7]), "invalid_type"),
		("stop", json!(""), "invalid_value"),
		("stop", json!(["a", "b", "c", "d", "e"]), "invalid_value"),
		("messages", json!("hello"), "invalid_type"),
		("messages", json!([]), "invalid_value"),
		("messages", json!([{ "role": "system", "content": "1" }]), "invalid_value"),
	] {
		let (got, param, _) = server.refused(&with(name, value.clone())).await;
		assert_eq!((got.as_str(), param.as_str()), (code, name), "{name}: {value}");
	}
}

#[tokio::test]
async fn required_fields_that_are_missing_are_named() {
	let server = Server::start(None).await;
	for name in ["model", "messages"] {
		for value in [None, Some(Value::Null)] {
			let mut body = chat(BASE, "mean radius=12");
			match value {
				None => drop(body.as_object_mut().unwrap().remove(name)),
				Some(value) => body[name] = value,
			}
			let (code, param, _) = server.refused(&body).await;
			assert_eq!((code.as_str(), param.as_str()), ("missing_required_parameter", name));
		}
	}
}

#[tokio::test]
async fn messages_that_are_malformed_are_named() {
	let server = Server::start(None).await;
	let user = |content: Value| json!({ "role": "user", "content": content });
	for (message, code, param) in [
		(json!("hi"), "invalid_type", "messages[1]"),
		(json!({ "content": "1" }), "missing_required_parameter", "messages[1].role"),
		(json!({ "role": 1, "content": "1" }), "invalid_type", "messages[1].role"),
		(json!({ "role": "robot", "content": "1" }), "invalid_value", "messages[1].role"),
		(json!({ "role": "user" }), "missing_required_parameter", "messages[1].content"),
		(user(json!(17.99)), "invalid_type", "messages[1].content"),
		(user(json!(["a"])), "invalid_type", "messages[1].content[0]"),
		(user(json!([{}])), "missing_required_parameter", "messages[1].content[0].type"),
		(
			user(json!([{ "type": "text" }])),
			"missing_required_parameter",
			"messages[1].content[0].text",
		),
		(
			user(json!([{ "type": "text", "text": 1 }])),
			"invalid_type",
			"messages[1].content[0].text",
		),
		(
			user(json!([{ "type": "image_url", "image_url": { "url": "http://localhost/" } }])),
			"unsupported_value",
			"messages[1].content[0].type",
		),
		(user(json!([])), "invalid_value", "messages[1].content"),
	] {
		let first = json!({ "role": "system", "content": "You classify." });
		let body = json!({ "model": BASE, "messages": [first, message.clone()] });
		let (got, at, _) = server.refused(&body).await;
		assert_eq!((got.as_str(), at.as_str()), (code, param), "{message}");
	}
}

#[tokio::test]
async fn a_question_that_is_not_numeric_is_refused_with_an_example_that_works() {
	let server = Server::start(None).await;
	for text in ["Is it benign?", "", "1, 2, 3", "mean radius=big", "radius=1"] {
		let (code, param, message) = server.refused(&chat(BASE, text)).await;
		assert_eq!((code.as_str(), param.as_str()), ("invalid_value", "messages[0].content"));
		let example = message.split_once("Examples: \"").unwrap().1.split('"').next().unwrap();
		server.ask(&chat(BASE, example)).await;
	}
	let huge = vec!["1e308"; 30].join(" ");
	let (code, _, message) = server.refused(&chat(BASE, &huge)).await;
	assert_eq!(code, "invalid_value");
	assert_eq!(message, "The numbers are too large to compute with.");
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
	let server = Server::start(None).await;
	let deep = "[".repeat(100_000);
	for body in ["", "{", "hello", "[]", "\"a\"", "null", "{\"model\": \"a\",}", deep.as_str()] {
		let error = error(server.post_bytes(body.to_owned()).await, 400).await;
		assert_eq!(error["code"], "invalid_json", "{body:.20}");
		assert!(error["param"].is_null());
	}
	let error = error(server.post_bytes(b"{\"model\": \"\xff\"}".to_vec()).await, 400).await;
	assert_eq!(error["code"], "invalid_json");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
	let server = Server::start(None).await;
	let padded = |size: usize| {
		let mut body = chat(BASE, "mean radius=12").to_string();
		body.extend(std::iter::repeat_n(' ', size - body.len()));
		body
	};
	assert_eq!(server.post_bytes(padded(MAX_BODY_BYTES)).await.status(), 200);
	for size in [MAX_BODY_BYTES + 1, 4 * MAX_BODY_BYTES] {
		let error = error(server.post_bytes(padded(size)).await, 413).await;
		assert_eq!(error["code"], "request_too_large");
	}
	// The connection still works, and so does the server.
	assert_eq!(server.get("/health").await.status(), 200);
}

#[tokio::test]
async fn a_body_of_another_media_type_is_refused() {
	let server = Server::start(None).await;
	let body = chat(BASE, "mean radius=12").to_string();
	let post = |content_type: Option<&str>| {
		let request = server.request(Method::POST, "/v1/chat/completions").body(body.clone());
		match content_type {
			Some(content_type) => request.header(CONTENT_TYPE, content_type),
			None => request,
		}
		.send()
	};
	for refused in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("")] {
		let error = error(post(refused).await.unwrap(), 415).await;
		assert_eq!(error["code"], "unsupported_media_type", "{refused:?}");
	}
	for accepted in ["application/json", "application/json; charset=utf-8", "Application/JSON"] {
		assert_eq!(post(Some(accepted)).await.unwrap().status(), 200, "{accepted}");
	}
}

#[tokio::test]
async fn a_path_that_is_unknown_is_not_found() {
	let server = Server::start(None).await;
	for path in ["/", "/v1", "/v1/edits", "/v1/models/a/b", "/v1/chat/completions/"] {
		let error = error(server.get(path).await, 404).await;
		assert_eq!(error["code"], "unknown_url", "{path}");
		assert_eq!(error["message"], format!("Invalid URL (GET {path})"));
	}
}

#[tokio::test]
async fn a_method_that_does_not_fit_is_not_allowed() {
	let server = Server::start(None).await;
	for (method, path, allowed) in [
		(Method::GET, "/v1/chat/completions", "POST"),
		(Method::GET, "/v1/completions", "POST"),
		(Method::GET, "/v1/embeddings", "POST"),
		(Method::DELETE, "/v1/models/breast-cancer-mlp", "GET,HEAD"),
		(Method::POST, "/v1/models", "GET,HEAD"),
		(Method::POST, "/health", "GET,HEAD"),
	] {
		let response = server.request(method, path).send().await.unwrap();
		assert_eq!(response.headers()["allow"], allowed, "{path}");
		assert_eq!(error(response, 405).await["code"], "method_not_allowed", "{path}");
	}
}

#[tokio::test]
async fn without_the_key_nothing_but_health_is_answered() {
	let server = Server::start(Some("secret-1")).await;
	let body = chat(BASE, "mean radius=12").to_string();
	let requests = || {
		[
			server.request(Method::GET, "/v1/models"),
			server.request(Method::GET, "/v1/models/breast-cancer-mlp"),
			server
				.request(Method::POST, "/v1/chat/completions")
				.header(CONTENT_TYPE, "application/json")
				.body(body.clone()),
		]
	};
	for request in requests() {
		assert_eq!(request.bearer_auth("secret-1").send().await.unwrap().status(), 200);
	}
	for key in [None, Some("secret-2"), Some("secret-11"), Some("")] {
		for request in requests() {
			let request = match key {
				Some(key) => request.bearer_auth(key),
				None => request,
			};
			let response = request.send().await.unwrap();
			assert_eq!(response.headers()["www-authenticate"], "Bearer");
			let error = error(response, 401).await;
			assert_eq!(error["code"], "invalid_api_key");
			assert!(!error["message"].as_str().unwrap().contains("secret"));
		}
	}
}

#[tokio::test]
async fn many_requests_at_once_are_all_answered() {
	let server = Server::start(None).await;
	let cases = expected();
	let asked = (0..200).map(|n| {
		let (server, case) = (&server, &cases[n % cases.len()]);
		async move { content(&server.ask(&chat(BASE, &numbers(case))).await).to_owned() }
	});
	let answers = futures::future::join_all(asked).await;
	for (n, answer) in answers.iter().enumerate() {
		assert_eq!(answer, &answers[n % cases.len()]);
	}
}
