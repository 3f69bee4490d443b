use super::{answer_body, backend, completion, API_KEY, REQUEST};
use crate::worker::trial::{Reading, Trial};
use tallystick_primitives::observation::Outcome;

fn json(body: &[u8]) -> serde_json::Value {
	serde_json::from_slice(body).unwrap()
}

#[test]
fn a_trial_is_called_as_a_job_is() {
	let backend = backend("a", "http://backend/v1");
	let mut trial = Trial::new(&backend, 16);
	assert_eq!(trial.url(), "http://backend/v1/chat/completions");
	let body = json(&trial.body(REQUEST).unwrap());
	assert_eq!(body["messages"], json(REQUEST)["messages"]);
	assert_eq!((&body["model"], &body["max_tokens"]), (&"tally-1".into(), &16.into()));
	assert_eq!((&body["stream"], &body["n"]), (&false.into(), &1.into()));
	assert_eq!(trial.cap(200), 65_536);
}

#[test]
fn a_request_that_is_none_is_told() {
	let backend = backend("a", "http://backend/v1");
	let error = Trial::new(&backend, 16).body(b"{}").unwrap_err();
	assert_eq!(error, "the request has no array of messages");
}

#[test]
fn a_trial_is_judged_as_a_job_is() {
	let backend = backend("a", "http://backend/v1");
	let judge = |status, body: &[u8]| {
		let mut trial = Trial::new(&backend, 16);
		trial.body(REQUEST).unwrap();
		trial.judge(status, body.to_vec())
	};
	assert_eq!(judge(200, &answer_body()), Reading::Answer { has_usage: true });
	for usage in ["null", "{}", r#"{"prompt_tokens":1}"#, r#"{"completion_tokens":1}"#] {
		let without = completion("yes", usage);
		assert_eq!(judge(200, &without), Reading::Answer { has_usage: false });
	}
	assert_eq!(judge(200, b"hello"), Reading::Fault(Outcome::Unreadable));
	assert_eq!(judge(200, API_KEY.as_bytes()), Reading::Fault(Outcome::Secret));
	assert_eq!(judge(401, b""), Reading::Fault(Outcome::Credentials));
	assert_eq!(judge(404, b"x"), Reading::Refused(b"x".to_vec()));
}

#[test]
fn a_backend_that_wants_the_bound_elsewhere_is_called_again() {
	let backend = backend("a", "http://backend/v1");
	let mut trial = Trial::new(&backend, 16);
	trial.body(REQUEST).unwrap();
	let refusal = b"use max_completion_tokens";
	assert_eq!(trial.judge(400, refusal.to_vec()), Reading::Again);
	let body = json(&trial.body(REQUEST).unwrap());
	assert_eq!(body["max_completion_tokens"], 16);
	assert!(body.get("max_tokens").is_none());
	assert_eq!(trial.judge(400, refusal.to_vec()), Reading::Refused(refusal.to_vec()));
}
