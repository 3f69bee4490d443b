//! Every endpoint and every error, over HTTP, against a server in this process.

use reqwest::{header::CONTENT_TYPE, Client, Method, Response};
use serde_json::{json, Value};
use std::net::SocketAddr;
use tallystick_backend::{
	auth::ApiKey, error::MAX_BODY_BYTES, model::Models, serve, tokenizer, App,
};
use tokio::{net::TcpListener, sync::oneshot};

const BASE: &str = "breast-cancer-mlp";
const CLINIC: &str = "breast-cancer-mlp-clinic";

/// A running server. It stops when this is dropped.
struct Server {
	address: SocketAddr,
	client: Client,
	_stop: oneshot::Sender<()>,
}

impl Server {
	async fn start(key: Option<&str>) -> Self {
		let key = key.map(|key| ApiKey::new(key).unwrap());
		let app = App::new(Models::load(None, None).unwrap(), key);
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

	/// Posts bytes as JSON to the chat endpoint.
	async fn post_bytes(&self, body: impl Into<reqwest::Body>) -> Response {
		let request = self.request(Method::POST, "/v1/chat/completions");
		request.header(CONTENT_TYPE, "application/json").body(body).send().await.unwrap()
	}

	async fn post(&self, body: &Value) -> Response {
		self.post_bytes(body.to_string()).await
	}

	/// Posts a request that has to be answered.
	async fn ask(&self, body: &Value) -> Value {
		let response = self.post(body).await;
		let status = response.status();
		let body: Value = response.json().await.unwrap();
		assert_eq!(status, 200, "{body}");
		body
	}

	/// Posts a request that has to be refused with 400. Returns code, param and message.
	async fn refused(&self, body: &Value) -> (String, String, String) {
		let error = error(self.post(body).await, 400).await;
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
	assert!(error["code"].is_string(), "{body}");
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
	assert_eq!(list, json!({ "object": "list", "data": [base, clinic] }));
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

#[tokio::test]
async fn a_stream_is_refused() {
	let server = Server::start(None).await;
	let (code, param, message) = server.refused(&with("stream", json!(true))).await;
	assert_eq!((code.as_str(), param.as_str()), ("unsupported_value", "stream"));
	assert!(message.contains("whole answers only: leave 'stream' out"), "{message}");
}

#[tokio::test]
async fn more_than_one_choice_is_refused() {
	let server = Server::start(None).await;
	let (code, param, message) = server.refused(&with("n", json!(2))).await;
	assert_eq!((code.as_str(), param.as_str()), ("unsupported_value", "n"));
	assert!(message.contains("one only: leave 'n' out"), "{message}");
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
	for path in ["/", "/v1", "/v1/completions", "/v1/models/a/b", "/v1/chat/completions/"] {
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
