use super::{answer_body, API_KEY};
use crate::worker::{
	answer::error_body,
	request::Bound,
	verdict::{by_status, cap, judge, Fault, Verdict, ERROR_BODY},
};

fn judged(status: u16, body: &[u8]) -> Verdict {
	judge(status, body.to_vec(), Bound::default(), None, Some(API_KEY))
}

#[test]
fn a_completion_is_the_answer() {
	assert!(
		matches!(judged(200, &answer_body()), Verdict::Answer(_, body) if body == answer_body())
	);
}

#[test]
fn a_success_without_a_completion_may_pass() {
	for body in [&b""[..], b"<html></html>", b"{}", b"{\"error\":{}}", b"\xff"] {
		assert_eq!(judged(200, body), Verdict::Fault(Fault::Unreadable));
	}
	assert!(Fault::Unreadable.may_pass());
}

#[test]
fn the_consumers_mistakes_come_back_with_the_backends_words() {
	for status in [400, 404, 405, 409, 410, 411, 413, 415, 422, 451] {
		let verdict = judged(status, b"{\"error\":\"no such model\"}");
		assert_eq!(
			verdict,
			Verdict::Refusal(b"{\"error\":\"no such model\"}".to_vec()),
			"{status}"
		);
	}
}

#[test]
fn the_providers_troubles_are_not_told_in_the_backends_words() {
	for status in [401, 402, 403, 407] {
		assert_eq!(
			judged(status, b"bad key sk-01***ef"),
			Verdict::Fault(Fault::Credentials(status))
		);
		assert!(!Fault::Credentials(status).may_pass());
	}
}

#[test]
fn what_may_pass_is_tried_again() {
	for status in [408, 429] {
		assert_eq!(judged(status, b""), Verdict::Fault(Fault::Busy(status)));
	}
	for status in [500, 501, 502, 503, 504, 520, 599] {
		assert_eq!(judged(status, b"oops"), Verdict::Fault(Fault::Failed(status)));
	}
	for fault in [Fault::TimedOut, Fault::Broken, Fault::Busy(429), Fault::Failed(503)] {
		assert!(fault.may_pass());
	}
}

#[test]
fn redirects_and_odd_statuses_are_final() {
	for status in [300, 301, 302, 303, 307, 308] {
		assert_eq!(judged(status, b""), Verdict::Fault(Fault::Redirected(status)));
	}
	for status in [0, 100, 199, 201, 202, 204, 206, 600, 999] {
		assert_eq!(judged(status, &answer_body()), Verdict::Fault(Fault::Odd(status)));
	}
	for fault in [
		Fault::Redirected(302),
		Fault::Odd(204),
		Fault::TooLarge,
		Fault::Secret,
		Fault::Misconfigured,
		Fault::Spent,
	] {
		assert!(!fault.may_pass());
	}
}

#[test]
fn the_backends_key_goes_nowhere() {
	let mut echo = answer_body();
	echo.extend_from_slice(b" ");
	let with_key = String::from_utf8(answer_body()).unwrap().replace("A stick", API_KEY);
	assert!(matches!(judged(200, &echo), Verdict::Answer(..)));
	assert_eq!(judged(200, with_key.as_bytes()), Verdict::Fault(Fault::Secret));
	assert_eq!(judged(400, with_key.as_bytes()), Verdict::Fault(Fault::Secret));
	// A placeholder is no secret.
	let body = String::from_utf8(answer_body()).unwrap().replace("A stick", "EMPTY");
	let verdict = judge(200, body.into_bytes(), Bound::default(), None, Some("EMPTY"));
	assert!(matches!(verdict, Verdict::Answer(..)));
	assert!(matches!(
		judge(200, answer_body(), Bound::default(), None, Some("")),
		Verdict::Answer(..)
	));
}

#[test]
fn a_bound_of_the_workers_own_is_lowered() {
	let refusal = b"max_tokens is too large".to_vec();
	let verdict = judge(400, refusal.clone(), Bound::default(), Some(100_000), None);
	assert!(matches!(verdict, Verdict::Again(Bound { most: 4_096, .. })));
	let verdict = judge(422, refusal.clone(), Bound::default(), Some(100_000), None);
	assert!(matches!(verdict, Verdict::Again(_)));
	// Not one of the consumer's, and not for other statuses.
	assert!(matches!(
		judge(400, refusal.clone(), Bound::default(), None, None),
		Verdict::Refusal(_)
	));
	assert!(matches!(
		judge(404, refusal, Bound::default(), Some(100_000), None),
		Verdict::Refusal(_)
	));
}

#[test]
fn bodies_are_read_where_they_say_something() {
	assert_eq!(by_status(200), None);
	assert_eq!(by_status(404), None);
	for status in [301, 401, 429, 500, 204] {
		assert!(by_status(status).is_some());
	}
	assert_eq!(cap(200, 1_000_000), 1_000_000);
	assert_eq!(cap(400, 1_000_000), ERROR_BODY);
	assert_eq!(cap(400, 10), 10);
}

#[test]
fn faults_are_told_as_json() {
	for fault in [
		Fault::TimedOut,
		Fault::Broken,
		Fault::Busy(429),
		Fault::Failed(500),
		Fault::Unreadable,
		Fault::Redirected(302),
		Fault::Credentials(401),
		Fault::Odd(204),
		Fault::TooLarge,
		Fault::Secret,
		Fault::Misconfigured,
		Fault::Spent,
		Fault::NotKept,
	] {
		let body = error_body(fault.message(), fault.status());
		let value: serde_json::Value = serde_json::from_slice(&body).unwrap();
		assert_eq!(value["error"]["message"], fault.message());
		assert_eq!(value["error"]["code"].as_u64(), fault.status().map(u64::from));
	}
}
