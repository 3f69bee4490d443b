use super::REQUEST;
use crate::worker::request::{body, text_of, BadInput, Body, Bound, Member};
use serde_json::{json, Value};
use tallystick_primitives::{Balance, Tariff};

const FREE: Tariff = Tariff { per_call: 0, per_1k_input: 0, per_1k_cached: 0, per_1k_output: 0 };
/// A unit for each token of output.
const OUTPUT: Tariff =
	Tariff { per_call: 0, per_1k_input: 0, per_1k_cached: 0, per_1k_output: 1_000 };

fn build(request: &str, parameters: &str, tariff: Tariff, held: Balance) -> Result<Body, BadInput> {
	body("m", request.as_bytes(), parameters.as_bytes(), &tariff, held, Bound::default())
}

fn value(body: &Body) -> Value {
	serde_json::from_slice(&body.bytes).unwrap()
}

#[test]
fn request_and_parameters_are_one_object() {
	let body = build(
		r#"{"messages":[{"role":"user","content":"hi"}],"temperature":1,"tools":[]}"#,
		r#"{"temperature":2,"seed":7,"top_p":0.50}"#,
		FREE,
		0,
	)
	.unwrap();
	let mut value = value(&body);
	assert!(value.as_object_mut().unwrap().remove("top_p").is_some());
	assert_eq!(
		value,
		json!({
			"messages": [{"role": "user", "content": "hi"}],
			"temperature": 2,
			"seed": 7,
			"tools": [],
			"model": "m",
			"stream": false,
			"n": 1,
		})
	);
	assert_eq!(body.added, None);
	// Not 0.5: the bytes are what was committed to.
	assert!(String::from_utf8(body.bytes).unwrap().contains(r#""top_p":0.50"#));
}

#[test]
fn model_stream_and_number_are_the_workers() {
	let body = build(
		r#"{"messages":[],"model":"dear","str\u0065am":true,"n":50,"stream_options":{"include_usage":true}}"#,
		r#"{"model":"dearer","stream":true,"n":60,"logprobs":true}"#,
		FREE,
		0,
	)
	.unwrap();
	let expected = json!({"messages": [], "model": "m", "stream": false, "n": 1, "logprobs": true});
	assert_eq!(value(&body), expected);
	assert_eq!(String::from_utf8(body.bytes).unwrap().matches("\"model\"").count(), 1);
}

#[test]
fn names_of_models_are_quoted() {
	let body = super::super::request::body(
		"a\"b\\c\n",
		br#"{"messages":[]}"#,
		b"",
		&FREE,
		0,
		Bound::default(),
	);
	assert_eq!(value(&body.unwrap())["model"], "a\"b\\c\n");
}

#[test]
fn no_parameters_are_fine() {
	assert!(build(r#"{"messages":[]}"#, "", FREE, 0).is_ok());
	assert!(build(r#"{"messages":[]}"#, "{}", FREE, 0).is_ok());
}

#[test]
fn bad_input_has_a_name() {
	let bad = |request: &str, parameters: &str| build(request, parameters, FREE, 0).unwrap_err();
	assert_eq!(bad("", "{}"), BadInput::RequestNotAnObject);
	assert_eq!(bad("[]", "{}"), BadInput::RequestNotAnObject);
	assert_eq!(bad(r#"{"messages":[]"#, "{}"), BadInput::RequestNotAnObject);
	assert_eq!(bad(r#"{"messages":[]}"#, "[]"), BadInput::ParametersNotAnObject);
	assert_eq!(bad(r#"{"messages":[]}"#, "temperature=1"), BadInput::ParametersNotAnObject);
	assert_eq!(bad(r#"{"prompt":"hi"}"#, "{}"), BadInput::NoMessages);
	assert_eq!(bad(r#"{"messages":"hi"}"#, "{}"), BadInput::NoMessages);
	assert_eq!(bad(r#"{"messages":null}"#, "{}"), BadInput::NoMessages);
	assert_eq!(bad(r#"{"messages":[]}"#, r#"{"messages":[]}"#), BadInput::MessagesInParameters);
	for bound in ["\"10\"", "-1", "1.5", "[]", "true", "1e3"] {
		let parameters = format!(r#"{{"max_tokens":{bound}}}"#);
		assert_eq!(bad(r#"{"messages":[]}"#, &parameters), BadInput::BadMaxTokens, "{bound}");
	}
}

#[test]
fn output_is_bounded_by_what_is_held() {
	let bounds = |parameters: &str, held| {
		let body = build(r#"{"messages":[]}"#, parameters, OUTPUT, held).unwrap();
		let value = value(&body);
		(value["max_tokens"].as_u64(), value["max_completion_tokens"].as_u64(), body.added)
	};
	assert_eq!(bounds("{}", 50), (Some(50), None, Some(50)));
	assert_eq!(bounds(r#"{"max_tokens":null}"#, 50), (Some(50), None, Some(50)));
	assert_eq!(bounds(r#"{"max_tokens":20}"#, 50), (Some(20), None, None));
	assert_eq!(bounds(r#"{"max_tokens":99}"#, 50), (Some(50), None, None));
	assert_eq!(bounds(r#"{"max_completion_tokens":99}"#, 50), (None, Some(50), None));
	assert_eq!(
		bounds(r#"{"max_completion_tokens":99,"max_tokens":10}"#, 50),
		(Some(10), Some(50), None)
	);
	assert_eq!(bounds(r#"{"max_tokens":99999999999999999999}"#.replace("99999999999999999999", "18446744073709551615").as_str(), 50), (Some(50), None, None));
}

#[test]
fn output_that_costs_nothing_is_not_bounded() {
	let body = build(r#"{"messages":[]}"#, r#"{"max_tokens":77}"#, FREE, 0).unwrap();
	assert_eq!(value(&body)["max_tokens"], 77);
	let body = build(r#"{"messages":[]}"#, "{}", FREE, 0).unwrap();
	assert_eq!(value(&body).get("max_tokens"), None);
}

#[test]
fn what_is_held_has_to_pay_for_the_call_and_its_input() {
	// 40 bytes of text: 10 tokens. A unit each, and 5 for the call.
	let request = format!(r#"{{"messages":[{{"role":"user","content":"{}"}}]}}"#, "x".repeat(40));
	let tariff =
		Tariff { per_call: 5, per_1k_input: 1_000, per_1k_cached: 1, per_1k_output: 2_000 };
	let added = |held| build(&request, "{}", tariff, held).map(|body| body.added);
	assert_eq!(added(0), Err(BadInput::TooFewUnits));
	assert_eq!(added(4), Err(BadInput::TooFewUnits));
	assert_eq!(added(15), Err(BadInput::TooFewUnits));
	assert_eq!(added(16), Err(BadInput::TooFewUnits));
	assert_eq!(added(17), Ok(Some(1)));
	assert_eq!(added(115), Ok(Some(50)));
	assert_eq!(added(Balance::MAX), Ok(Some(u64::MAX)));
	// Where output is free, the input alone has to be paid for.
	let tariff = Tariff { per_1k_output: 0, ..tariff };
	assert_eq!(build(&request, "{}", tariff, 14).unwrap_err(), BadInput::TooFewUnits);
	assert_eq!(build(&request, "{}", tariff, 15).unwrap().added, None);
}

#[test]
fn images_and_tools_are_input_too() {
	let tariff = Tariff { per_1k_input: 1_000, ..FREE };
	let image = r#"{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}]}]}"#;
	assert_eq!(build(image, "{}", tariff, 84).unwrap_err(), BadInput::TooFewUnits);
	assert!(build(image, "{}", tariff, 85).is_ok());
	let tools = format!(r#"{{"messages":[],"tools":["{}"]}}"#, "x".repeat(396));
	assert_eq!(build(&tools, "{}", tariff, 99).unwrap_err(), BadInput::TooFewUnits);
	assert!(build(&tools, "{}", tariff, 100).is_ok());
}

#[test]
fn the_workers_bound_steps_down_and_never_goes_away() {
	let vllm = b"'max_tokens' or 'max_completion_tokens' is too large: 90000. This model's maximum context length is 8192 tokens";
	let mut bound = Bound::default();
	let mut added = 90_000;
	let mut seen = vec![];
	while let Some(next) = bound.after_refusal(added, vllm) {
		bound = next;
		added = added.min(bound.most);
		seen.push(added);
		assert_eq!(bound.member, Member::MaxTokens);
	}
	assert_eq!(seen, [4_096, 1_024, 256]);
	assert_eq!(Bound::default().after_refusal(2_000, vllm).unwrap().most, 1_024);
	assert_eq!(Bound::default().after_refusal(256, vllm), None);
}

#[test]
fn the_workers_bound_changes_its_name_where_asked_to() {
	let openai = b"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
	let bound = Bound::default().after_refusal(100, openai).unwrap();
	assert_eq!(bound, Bound { member: Member::MaxCompletionTokens, most: u64::MAX });
	let body = body("m", br#"{"messages":[]}"#, b"", &OUTPUT, 100, bound).unwrap();
	assert_eq!(value(&body)["max_completion_tokens"], 100);
	assert_eq!(value(&body).get("max_tokens"), None);
	// Not back and forth.
	let next = bound.after_refusal(100, openai);
	assert_eq!(next, None);
}

#[test]
fn a_refusal_of_something_else_changes_no_bound() {
	assert_eq!(Bound::default().after_refusal(9_000, b"messages.0.role: unknown role"), None);
	assert_eq!(Bound::default().after_refusal(9_000, b""), None);
}

#[test]
fn words_of_a_request_are_those_of_its_messages() {
	assert_eq!(text_of(REQUEST).unwrap().words, 9);
	assert_eq!(text_of(b"{}"), None);
	assert_eq!(text_of(b"\xff"), None);
}

#[test]
fn no_message_of_bad_input_breaks_json() {
	for bad in [
		BadInput::WrongCommitment,
		BadInput::OtherConsumer,
		BadInput::RequestNotAnObject,
		BadInput::ParametersNotAnObject,
		BadInput::NoMessages,
		BadInput::MessagesInParameters,
		BadInput::BadMaxTokens,
		BadInput::TooFewUnits,
	] {
		let body = crate::worker::answer::error_body(bad.message(), None);
		let value: Value = serde_json::from_slice(&body).unwrap();
		assert_eq!(value["error"]["message"], bad.message());
	}
}
