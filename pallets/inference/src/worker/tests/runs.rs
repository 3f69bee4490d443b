use super::{
	answer_body, backend, completion,
	host::{End, Host, Reply, Sent, BLOCK_MS, START},
	job, job_with, Takes, TestChain, View, API_KEY, REQUEST, SALT, USAGE,
};
use crate::{
	worker::{self, lease, lock, long_run, outbox, queue, verdict},
	Assignment,
};
use codec::Decode;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
};
use tallystick_primitives::{
	commitment::{commit, Kind},
	observation::{Observation, Outcome},
	offchain::{
		input_key, lock_key, output_key, receipt_key, Backend, Input, Output, LEASE, PREFIX,
	},
	service_key::ServiceSignature,
	CountedBy, FinishReason, JobId, Receipt,
};

const URL: &str = "http://backend/v1";
const MINUTE: u64 = 60_000;

/// A machine with one backend.
fn host(script: impl FnMut(&Sent) -> Reply + Send + 'static) -> Arc<Host> {
	Host::new(4, vec![backend("a", URL)], script)
}

/// One job, to a backend that does this with each of its calls in turn (and the last for ever), for
/// as long as it takes.
fn one_job(replies: Vec<Reply>) -> Arc<Host> {
	let host = host(in_turn(replies));
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(1, 100, |_| ());
	host
}

/// A backend's own failure.
fn failed() -> Reply {
	Reply::new(0, 503, "")
}

fn in_turn(replies: Vec<Reply>) -> impl FnMut(&Sent) -> Reply + Send + 'static {
	let mut at = 0;
	move |_| {
		at += 1;
		replies[(at - 1).min(replies.len() - 1)].clone()
	}
}

/// The one receipt of a job, and the output with it.
fn outcome(host: &Host, job: JobId) -> (Receipt<u64>, Vec<u8>) {
	let world = host.world.lock().unwrap();
	let receipts = world.receipts(job);
	assert!(!receipts.is_empty(), "job {job} has no receipt");
	let receipt = receipts[0].clone();
	let output: Output = host.get(&output_key(job)).unwrap();
	let (kept, _) =
		<(Receipt<u64>, ServiceSignature)>::decode(&mut output.receipt.as_slice()).unwrap();
	assert_eq!(kept, receipt);
	assert_eq!(u64::decode(&mut output.consumer.as_slice()).unwrap(), 11);
	assert_eq!(receipt.response, commit(Kind::Response, &SALT, &output.response));
	assert_eq!(receipt.response_bytes as usize, output.response.len());
	(receipt, output.response)
}

/// Checks that the job ended in an error that says this.
fn assert_error(host: &Host, says: &str) {
	let (receipt, response) = outcome(host, 5);
	assert_eq!((receipt.finish, receipt.units), (FinishReason::Error, 0));
	let value: serde_json::Value = serde_json::from_slice(&response).unwrap();
	assert_eq!(value["error"]["message"], says);
}

/// Checks that nobody is at anything any more.
fn assert_idle(host: &Host) {
	type Lease = (u64, u64, Option<(u64, u64, lease::Busy)>, Vec<(String, u64)>);
	let (_, until, draining, _): Lease = host.get(LEASE).unwrap_or_default();
	assert_eq!((until, draining), (0, None));
	assert_eq!(host.keys(b"tallystick/queue/"), usize::from(host.has(&bell())));
	let mut runs = BTreeMap::new();
	for observation in host.observed() {
		if let Observation::Run { run, calling, pausing, calls } = observation {
			runs.insert(run, (calling, pausing, calls));
		}
	}
	assert!(runs.values().all(|last| *last == (0, 0, vec![])), "each run says that it has ended");
}

/// What the node was told, without the states of jobs and runs.
fn told(host: &Host) -> Vec<Observation> {
	let is_state =
		|it: &Observation| matches!(it, Observation::Jobs { .. } | Observation::Run { .. });
	host.observed().into_iter().filter(|it| !is_state(it)).collect()
}

/// How calls ended, and why jobs failed.
fn outcomes(host: &Host) -> (Vec<Outcome>, Vec<Outcome>) {
	let (mut calls, mut failures) = (vec![], vec![]);
	for observation in host.observed() {
		match observation {
			Observation::Call { outcome, .. } => calls.push(outcome),
			Observation::Failure { cause } => failures.push(cause),
			_ => {}
		}
	}
	(calls, failures)
}

fn bell() -> Vec<u8> {
	tallystick_primitives::offchain::queue_key(queue::PLACES)
}

fn at(sent: &[Sent]) -> Vec<u64> {
	sent.iter().map(|sent| sent.at - START).collect()
}

/// The job that a call is for, by its messages.
fn asked(sent: &Sent) -> String {
	sent.json()["messages"][0]["content"].as_str().unwrap().into()
}

fn numbered(id: JobId, host: &Host) -> Assignment<u64> {
	let request = format!(r#"{{"messages":[{{"role":"user","content":"{id}"}}]}}"#);
	job_with(id, &host.key, request.as_bytes(), b"{}")
}

/// How often each job was called for.
fn calls(host: &Host) -> BTreeMap<String, usize> {
	let mut calls = BTreeMap::new();
	for sent in host.sent() {
		*calls.entry(asked(&sent)).or_default() += 1;
	}
	calls
}

#[test]
fn without_backends_the_worker_is_off() {
	let host = Host::new(4, vec![], |_| Reply::good(0));
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 3, |_| ());
	assert_eq!(host.keys(PREFIX), 0);
}

#[test]
fn jobs_of_other_keys_are_not_ours() {
	let host = host(|_| Reply::good(0));
	host.open(job(5, &super::no_key()), MINUTE);
	host.blocks(1, 3, |_| ());
	assert!(host.sent().is_empty());
	// Nothing to do leaves no trace but the newest block.
	assert_eq!(host.keys(PREFIX), 2);
}

#[test]
fn a_job_is_answered() {
	let host = one_job(vec![Reply::good(800)]);
	let (receipt, response) = outcome(&host, 5);
	assert_eq!(response, answer_body());
	assert_eq!((receipt.units, receipt.finish), (30, FinishReason::Stop));
	assert_eq!(receipt.counted_by, CountedBy::Backend);
	assert_eq!(receipt.request_bytes as usize, REQUEST.len());
	assert_eq!((receipt.started_at - START, receipt.ended_at - START), (0, 800));
	assert_eq!(host.world.lock().unwrap().submitted.len(), 1);
	assert_idle(&host);

	let sent = &host.sent()[0];
	assert_eq!(host.sent().len(), 1);
	assert_eq!(sent.url, "http://backend/v1/chat/completions");
	assert_eq!(sent.header("content-type"), Some("application/json"));
	assert_eq!(sent.header("accept"), Some("application/json"));
	assert_eq!(sent.header("content-length"), Some(&*sent.body.len().to_string()));
	assert_eq!(sent.header("authorization"), Some(&*format!("Bearer {API_KEY}")));
	let body = sent.json();
	assert_eq!(body["model"], "tally-1");
	assert_eq!(body["stream"], false);
	// 999 units beside the flat price, and 11 tokens by estimate for 47 bytes of input.
	assert_eq!(body["max_tokens"], 988);
}

#[test]
fn a_backend_without_a_key_is_called_without_one() {
	let host =
		Host::new(4, vec![Backend { api_key: None, ..backend("a", URL) }], |_| Reply::good(0));
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 2, |_| ());
	assert_eq!(host.sent()[0].header("authorization"), None);
	outcome(&host, 5);
}

#[test]
fn an_input_that_is_not_there_yet_is_waited_for() {
	let host = host(|_| Reply::good(0));
	let given = job(5, &host.key);
	let input = given.inline.clone().unwrap();
	host.open(Assignment { inline: None, ..given }, MINUTE);
	host.blocks(1, 5, |_| ());
	assert!(host.sent().is_empty());
	assert!(!host.has(LEASE), "there is no work for a long run");
	host.set(&input_key(&commit(Kind::Request, &SALT, REQUEST)), &input);
	host.blocks(6, 2, |_| ());
	assert_eq!(outcome(&host, 5).1, answer_body());
}

#[test]
fn an_input_that_is_not_what_was_committed_to_is_an_error_without_a_call() {
	for change in [
		|input: &mut Input| input.salt = [8; 32],
		|input: &mut Input| input.request.push(b' '),
		|input: &mut Input| input.parameters.push(b' '),
	] {
		let host = host(|_| Reply::good(0));
		let mut given = job(5, &host.key);
		change(given.inline.as_mut().unwrap());
		host.open(given, MINUTE);
		host.blocks(1, 3, |_| ());
		assert!(host.sent().is_empty());
		let world = host.world.lock().unwrap();
		assert_eq!(world.receipts(5)[0].finish, FinishReason::Error);
		assert_eq!(world.submitted.len(), 1);
	}
}

#[test]
fn a_commitment_that_was_copied_from_another_account_gets_nothing() {
	let host = host(|_| Reply::good(0));
	let given = job(5, &host.key);
	let input = given.inline.clone().unwrap();
	host.set(&input_key(&given.request), &input);
	host.open(Assignment { inline: None, consumer: 12, ..given.clone() }, MINUTE);
	host.blocks(1, 3, |_| ());
	assert!(host.sent().is_empty());
	assert_eq!(host.world.lock().unwrap().receipts(5)[0].finish, FinishReason::Error);
	// Whose input it is gets the answer.
	host.open(Assignment { job: 6, inline: None, ..given }, MINUTE);
	host.blocks(4, 3, |_| ());
	assert_eq!(outcome(&host, 6).1, answer_body());
}

#[test]
fn an_input_that_is_no_request_is_an_error_without_a_call() {
	let host = host(|_| Reply::good(0));
	host.open(job_with(5, &host.key, b"what is a tally stick?", b"{}"), MINUTE);
	host.blocks(1, 3, |_| ());
	assert!(host.sent().is_empty());
	assert_error(&host, "the request is not a JSON object");
}

#[test]
fn units_that_do_not_pay_for_the_input_are_an_error_without_a_call() {
	let host = host(|_| Reply::good(0));
	host.open(Assignment { units_held: 5, ..job(5, &host.key) }, MINUTE);
	host.blocks(1, 3, |_| ());
	assert!(host.sent().is_empty());
	assert_error(&host, "the units held do not pay for the call and its input");
}

#[test]
fn a_slow_answer_is_waited_for() {
	let host = one_job(vec![Reply::good(29_000)]);
	assert_eq!(host.sent().len(), 1);
	assert_eq!(outcome(&host, 5).0.ended_at - START, 29_000);
}

#[test]
fn an_answer_in_small_pieces_is_put_together() {
	let body = answer_body();
	let pieces = body.chunks(7).map(|piece| (500, piece.to_vec())).collect();
	let host = one_job(vec![Reply { pieces, ..Reply::good(100) }]);
	assert_eq!(outcome(&host, 5).1, body);
	assert_eq!(host.sent().len(), 1);
}

#[test]
fn a_backend_that_hangs_is_tried_four_times() {
	let host = one_job(vec![Reply::hangs()]);
	let sent = host.sent();
	assert_eq!(sent.len(), 4);
	let gaps: Vec<_> = at(&sent).windows(2).map(|two| two[1] - two[0]).collect();
	// 30 s each, a pause of 1, 4, 16 s, and the way through the queue again.
	for (gap, least) in gaps.iter().zip([31_000, 34_000, 46_000]) {
		assert!(*gap >= least && *gap < least + 3 * BLOCK_MS, "{gaps:?}");
	}
	// The abandoned ones were ended by the end of the run, when they took half of the concurrency.
	assert!(sent.iter().all(|sent| sent.at_once <= 2));
	assert_error(&host, "the backend did not answer in time");
	assert_idle(&host);
}

#[test]
fn a_backend_that_stops_in_the_middle_is_given_up() {
	let body = answer_body();
	let stops = Reply { end: End::Never, pieces: vec![(0, body[..50].to_vec())], ..Reply::good(0) };
	let host = one_job(vec![stops, Reply::good(0)]);
	assert_eq!(host.sent().len(), 2);
	assert!(at(&host.sent())[1] >= 31_000);
	assert_eq!(outcome(&host, 5).1, body);
}

#[test]
fn no_call_outlives_the_job() {
	let host = host(|_| Reply::hangs());
	host.open(job(5, &host.key), 20_000);
	host.blocks(1, 10, |_| ());
	assert_eq!(host.sent().len(), 1);
	assert_error(&host, "the backend did not answer in time");
	let ended = outcome(&host, 5).0.ended_at - START;
	assert!((15_000..17_000).contains(&ended), "the receipt needs a block: {ended}");
}

#[test]
fn a_job_that_is_nearly_over_is_not_begun() {
	let host = host(|_| Reply::good(0));
	host.open(job(5, &host.key), 4_000);
	host.blocks(1, 5, |_| ());
	assert!(host.sent().is_empty());
	assert!(host.world.lock().unwrap().submitted.is_empty());
}

#[test]
fn a_connection_that_fails_is_tried_again_with_pauses() {
	let host = one_job(vec![Reply::breaks(5)]);
	let gaps: Vec<_> = at(&host.sent()).windows(2).map(|two| two[1] - two[0]).collect();
	assert_eq!(gaps.len(), 3);
	for (gap, pause) in gaps.into_iter().zip([1_000, 4_000, 16_000]) {
		assert!((pause..pause + 100).contains(&gap), "{gap} {pause}");
	}
	assert_error(&host, "the connection to the backend failed");
}

#[test]
fn what_passes_is_answered_in_the_end() {
	let body = answer_body();
	let reset = Reply { end: End::Reset, pieces: vec![(0, body[..50].to_vec())], ..Reply::good(0) };
	let faults = vec![
		Reply::breaks(1),
		reset,
		Reply::new(0, 500, "oops"),
		Reply::new(0, 503, ""),
		Reply::new(0, 408, ""),
		Reply::new(0, 200, "<html>log in</html>").header("content-type", "text/html"),
		Reply::new(0, 200, ""),
		Reply::new(0, 200, &body[..100]),
		Reply::new(0, 200, r#"{"error":{"message":"overloaded"}}"#),
		Reply::new(0, 200, "data: {}\n\ndata: [DONE]\n\n")
			.header("content-type", "text/event-stream"),
	];
	for fault in faults {
		let host = one_job(vec![fault, Reply::good(10)]);
		assert_eq!(host.sent().len(), 2);
		let (receipt, response) = outcome(&host, 5);
		assert_eq!((receipt.units, response), (30, body.clone()));
		assert_eq!(receipt.started_at, host.sent()[1].at);
		assert_eq!(host.world.lock().unwrap().submitted.len(), 1);
	}
}

#[test]
fn what_does_not_pass_ends_in_an_error() {
	for (fault, says) in [
		(Reply::new(0, 500, "secret stack trace"), "the backend failed"),
		(Reply::new(0, 429, "slow down"), "the backend is busy"),
		(Reply::new(0, 200, "not JSON"), "the backend's answer is not a chat completion"),
	] {
		let host = one_job(vec![fault]);
		assert_eq!(host.sent().len(), 4);
		assert_error(&host, says);
	}
}

#[test]
fn what_is_final_is_called_once() {
	for (fault, says) in [
		(
			Reply::new(0, 401, "Incorrect API key: sk-0***f"),
			"the backend does not serve the provider",
		),
		(Reply::new(0, 403, ""), "the backend does not serve the provider"),
		(
			Reply::new(0, 302, "").header("location", "http://elsewhere/"),
			"the backend redirects, which is not followed",
		),
		(Reply::new(0, 204, ""), "the backend answered with an unexpected status"),
		(Reply::new(0, 200, completion(API_KEY, USAGE)), "the backend's answer is withheld"),
		(
			Reply::new(0, 200, vec![b'x'; 65_537]),
			"the backend's answer is larger than the provider allows",
		),
		(
			Reply { end: End::Endless, ..Reply::good(0) },
			"the backend's answer is larger than the provider allows",
		),
		(
			Reply::good(0).header("content-length", 65_537),
			"the backend's answer is larger than the provider allows",
		),
	] {
		let host = one_job(vec![fault]);
		assert_eq!(host.sent().len(), 1, "{says}");
		assert_error(&host, says);
		assert_idle(&host);
	}
}

#[test]
fn the_consumers_mistakes_are_told_in_the_backends_words() {
	let body = r#"{"error":{"message":"The model `gpt-0` does not exist"}}"#;
	let host = one_job(vec![Reply::new(0, 404, body)]);
	assert_eq!(host.sent().len(), 1);
	let (receipt, response) = outcome(&host, 5);
	assert_eq!((receipt.finish, receipt.units), (FinishReason::Error, 0));
	assert_eq!(response, body.as_bytes());
}

#[test]
fn a_body_of_exactly_the_cap_is_read() {
	let mut body = answer_body();
	body.resize(65_536, b' ');
	let host = one_job(vec![Reply::new(0, 200, body.clone()).header("content-length", 65_536)]);
	assert_eq!(outcome(&host, 5).1, body);
}

#[test]
fn no_usage_is_counted_here() {
	let host = one_job(vec![Reply::new(0, 200, completion("three little words", "null"))]);
	let (receipt, _) = outcome(&host, 5);
	assert_eq!((receipt.tokens.prompt, receipt.tokens.completion), (9, 3));
	assert_eq!((receipt.counted_by, receipt.units), (CountedBy::Gateway, 13));
}

#[test]
fn an_absurd_usage_is_counted_here() {
	let usage = r#"{"prompt_tokens":1000000000,"completion_tokens":1000000000}"#;
	let host = one_job(vec![Reply::new(0, 200, completion("three little words", usage))]);
	let (receipt, _) = outcome(&host, 5);
	assert_eq!((receipt.counted_by, receipt.units), (CountedBy::Gateway, 13));
}

#[test]
fn words_of_an_input_in_the_store_are_counted_too() {
	let host = host(|_| Reply::new(0, 200, completion("three little words", "null")));
	let given = job(5, &host.key);
	let input = given.inline.clone().unwrap();
	host.set(&input_key(&given.request), &input);
	host.open(Assignment { inline: None, ..given }, MINUTE);
	host.blocks(1, 3, |_| ());
	assert_eq!(outcome(&host, 5).0.units, 13);
}

#[test]
fn an_empty_answer_charges_nothing() {
	let body = completion("", USAGE);
	let host = one_job(vec![Reply::new(0, 200, body.clone())]);
	let (receipt, response) = outcome(&host, 5);
	assert_eq!((receipt.finish, receipt.units, response), (FinishReason::Error, 0, body));
	assert_eq!(host.sent().len(), 1);
}

#[test]
fn a_busy_backend_is_left_alone_as_long_as_it_asks() {
	let mut calls = 0;
	let host = host(move |_| {
		calls += 1;
		match calls {
			1 => Reply::new(0, 429, "").header("Retry-After", 20),
			_ => Reply::good(100),
		}
	});
	host.open(numbered(1, &host), MINUTE);
	// A second job does not call it in the meantime either.
	host.blocks(1, 10, |block| {
		if block == 3 {
			host.open(numbered(2, &host), MINUTE);
		}
	});
	let sent = host.sent();
	assert_eq!(sent.len(), 3);
	assert!(at(&sent)[1] >= 20_000 && at(&sent)[1] < 20_000 + 2 * BLOCK_MS, "{:?}", at(&sent));
	assert!(at(&sent)[2] >= 20_000);
	for id in [1, 2] {
		assert_eq!(outcome(&host, id).0.finish, FinishReason::Stop);
	}
}

#[test]
fn runs_after_the_one_that_was_told_leave_a_busy_backend_alone_too() {
	let mut calls = 0;
	let host = host(move |_| {
		calls += 1;
		match calls {
			1 => Reply::new(0, 429, "").header("retry-after", 60),
			_ => Reply::good(0),
		}
	});
	host.open(numbered(1, &host), 30_000);
	host.blocks(1, 30, |block| {
		if block == 2 {
			host.open(numbered(2, &host), 5 * MINUTE);
		}
	});
	let at = at(&host.sent());
	assert_eq!(at.len(), 2);
	assert!((60_000..66_000).contains(&at[1]), "{at:?}");
	assert_eq!(outcome(&host, 2).0.finish, FinishReason::Stop);
}

#[test]
fn a_pause_beyond_the_jobs_time_is_an_error_at_once() {
	let host = host(|_| Reply::new(0, 429, "").header("retry-after", 3_600));
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 3, |_| ());
	assert_eq!(host.sent().len(), 1);
	assert_error(&host, "the backend is busy");
}

#[test]
fn milliseconds_to_retry_after_are_understood_and_dates_are_not() {
	let host = one_job(vec![
		Reply::new(0, 429, "").header("retry-after-ms", 7_000).header("retry-after", 60),
		Reply::new(0, 503, "").header("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"),
		Reply::good(0),
	]);
	let at = at(&host.sent());
	assert!((7_000..7_100).contains(&(at[1] - at[0])), "{at:?}");
	assert!((4_000..4_100).contains(&(at[2] - at[1])), "{at:?}");
}

#[test]
fn a_bound_that_the_backend_refuses_is_lowered() {
	let host = host(|sent| match sent.json()["max_tokens"].as_u64() {
		Some(most) if most <= 2_048 => Reply::good(0),
		_ => Reply::new(
			0,
			400,
			r#"{"error":{"message":"max_tokens is too large: maximum context length is 2048 tokens"}}"#,
		),
	});
	host.open(Assignment { units_held: 1_000_000, ..job(5, &host.key) }, MINUTE);
	host.blocks(1, 3, |_| ());
	let bounds: Vec<_> =
		host.sent().iter().map(|sent| sent.json()["max_tokens"].as_u64().unwrap()).collect();
	assert_eq!(bounds, [999_988, 4_096, 1_024]);
	assert_eq!(outcome(&host, 5).0.units, 30);
}

#[test]
fn a_backend_that_refuses_every_bound_ends_in_its_refusal() {
	let host = host(|_| Reply::new(0, 400, "bad tokens"));
	host.open(Assignment { units_held: 1_000_000, ..job(5, &host.key) }, MINUTE);
	host.blocks(1, 3, |_| ());
	assert_eq!(host.sent().len(), 4);
	assert_eq!(outcome(&host, 5).1, b"bad tokens");
}

#[test]
fn backends_that_cannot_be_called_are_an_error() {
	for broken in [
		Backend { base_url: "not a url".into(), ..backend("a", "") },
		Backend { api_key: Some("two\nlines".into()), ..backend("a", URL) },
	] {
		let host = Host::new(4, vec![broken], |_| Reply::good(0));
		host.open(job(5, &host.key), MINUTE);
		host.blocks(1, 3, |_| ());
		assert!(host.sent().is_empty());
		assert_error(&host, "the provider's backend is misconfigured");
	}
}

#[test]
fn an_artifact_that_no_backend_serves_is_left_alone() {
	let host =
		Host::new(4, vec![Backend { artifacts: vec![9], ..backend("a", URL) }], |_| Reply::good(0));
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 10, |_| ());
	assert!(host.sent().is_empty());
	assert!(host.world.lock().unwrap().submitted.is_empty());
}

#[test]
fn a_backend_for_the_artifact_goes_before_one_for_all() {
	let backends = vec![
		backend("all", "http://all/v1"),
		Backend { artifacts: vec![3], ..backend("own", "http://own/v1") },
	];
	let host = Host::new(4, backends, |_| Reply::good(1_000));
	for id in 1..=4 {
		host.open(numbered(id, &host), MINUTE);
	}
	// The fifth finds the better one full.
	host.open(numbered(5, &host), MINUTE);
	host.blocks(1, 3, |_| ());
	let to = |url: &str| host.sent().iter().filter(|sent| sent.url.starts_with(url)).count();
	assert_eq!((to("http://own"), to("http://all")), (4, 1));
}

#[test]
fn another_backend_is_tried_where_one_fails() {
	let backends = vec![backend("a", "http://a/v1"), backend("b", "http://b/v1")];
	let host = Host::new(4, backends, |sent| match sent.url.starts_with("http://b") {
		true => Reply::new(0, 500, ""),
		false => Reply::good(0),
	});
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 3, |_| ());
	let urls: Vec<_> = host.sent().into_iter().map(|sent| sent.url).collect();
	assert!(urls.len() <= 2 && urls.last().unwrap().starts_with("http://a"), "{urls:?}");
	assert_eq!(outcome(&host, 5).0.finish, FinishReason::Stop);
}

#[test]
fn calls_at_once_are_bounded_and_each_job_is_called_once() {
	let host =
		Host::new(4, vec![Backend { concurrency: 3, ..backend("a", URL) }], |_| Reply::good(2_500));
	for id in 0..20 {
		host.open(numbered(id, &host), 5 * MINUTE);
	}
	host.blocks(1, 20, |_| ());
	assert_eq!(host.sent().iter().map(|sent| sent.at_once).max(), Some(3));
	assert_eq!(host.sent().len(), 20);
	(0..20).for_each(|id| assert_eq!(outcome(&host, id).0.finish, FinishReason::Stop));
	// Three at a time, without a gap: the long run does not wait for blocks.
	assert!(at(&host.sent())[19] < 7 * 2_600);
	assert_idle(&host);
}

#[test]
fn a_call_that_failed_by_its_status_keeps_its_place_until_its_end() {
	let backends = vec![Backend { concurrency: 2, ..backend("a", URL) }];
	let mut calls = 0;
	let host = Host::new(4, backends, move |_| {
		calls += 1;
		match calls {
			1..=6 => Reply { pieces: vec![(0, vec![b'x'; 40]), (900, vec![b'x'; 2])], ..failed() },
			_ => Reply::good(0),
		}
	});
	for id in 0..6 {
		host.open(numbered(id, &host), 5 * MINUTE);
	}
	host.blocks(1, 20, |_| ());
	assert_eq!(host.sent().iter().map(|sent| sent.at_once).max(), Some(2));
	assert_eq!(host.sent().len(), 12);
	(0..6).for_each(|id| assert_eq!(outcome(&host, id).0.finish, FinishReason::Stop));
	let failures = told(&host).into_iter().filter_map(|it| match it {
		Observation::Call { outcome: Outcome::Failed, ms, bytes, .. } => Some((ms, bytes)),
		_ => None,
	});
	for (ms, bytes) in failures {
		assert!((900..1_000).contains(&ms), "{ms}");
		assert_eq!(bytes, 42);
	}
	assert_idle(&host);
}

#[test]
fn the_rest_of_what_failed_by_its_status_is_not_waited_for_long() {
	let pieces = vec![(0, vec![b'x'; 40])];
	for (reply, waits, bytes) in [
		(Reply { end: End::Never, pieces, ..failed() }, long_run::REST_MS, 40),
		(Reply { end: End::Endless, ..failed() }, 0, verdict::ERROR_BODY as u32),
		(failed().header("content-length", verdict::ERROR_BODY + 1), 0, 0),
	] {
		let backends = vec![Backend { concurrency: 8, ..backend("a", URL) }];
		let host = Host::new(4, backends, in_turn(vec![reply, Reply::good(0)]));
		host.open(job(5, &host.key), MINUTE);
		host.blocks(1, 10, |_| ());
		let at = at(&host.sent());
		assert!((waits + 1_000..waits + 1_200).contains(&at[1]), "{at:?}");
		assert_eq!(outcome(&host, 5).0.finish, FinishReason::Stop);
		let Observation::Call { outcome: Outcome::Failed, bytes: told, .. } = told(&host)[0] else {
			panic!()
		};
		assert!((bytes - bytes.min(16_384)..=bytes).contains(&told), "{told}");
		// It is still open, and counted.
		assert_eq!(host.sent()[1].at_once, 2);
		let most = host.observed().into_iter().filter_map(|it| match it {
			Observation::Run { calls, .. } => calls.first().map(|(_, calls)| *calls),
			_ => None,
		});
		assert_eq!(most.max(), Some(2));
		assert_idle(&host);
	}
}

#[test]
fn a_busy_backend_that_does_not_end_its_answer_is_left_alone_as_long_as_it_asks() {
	let busy = Reply { end: End::Never, ..Reply::new(0, 429, "") }.header("retry-after", 20);
	let host = one_job(vec![busy, Reply::good(0)]);
	let at = at(&host.sent());
	assert_eq!(at.len(), 2);
	assert!((20_000..20_000 + long_run::REST_MS + 2 * BLOCK_MS).contains(&at[1]), "{at:?}");
}

#[test]
fn a_busy_backend_is_left_alone_from_the_head_of_its_answer_on() {
	let busy = Reply { end: End::Never, ..Reply::new(0, 429, "") }.header("retry-after", 20);
	let mut calls = 0;
	let backends = vec![Backend { concurrency: 2, ..backend("a", URL) }];
	let host = Host::new(4, backends, move |_| {
		calls += 1;
		match calls {
			1 => busy.clone(),
			2 => Reply::good(500),
			_ => Reply::good(0),
		}
	});
	for id in 1..=3 {
		host.open(numbered(id, &host), 2 * MINUTE);
	}
	host.blocks(1, 20, |_| ());
	// There is room for the third when the second ends, while the first is still being read.
	let at = at(&host.sent());
	assert_eq!(at.len(), 4);
	assert!(at[1] == 0 && at[2] >= 20_000, "{at:?}");
}

#[test]
fn jobs_that_come_while_others_run_are_taken_in() {
	let host = host(|sent| Reply::good(if asked(sent) == "0" { 25_000 } else { 500 }));
	host.blocks(1, 8, |block| {
		if block < 7 {
			host.open(numbered(block - 1, &host), MINUTE);
		}
	});
	let sent = host.sent();
	assert_eq!(sent.len(), 6);
	for (turn, at) in at(&sent).into_iter().enumerate() {
		let block = turn as u64 * BLOCK_MS;
		assert!((block..block + 200).contains(&at), "job {turn} at {at}");
	}
	(0..6).for_each(|id| assert_eq!(outcome(&host, id).0.finish, FinishReason::Stop));
	assert_idle(&host);
}

/// A steady stream of jobs for a while, on a machine with so many cores.
fn steady(
	cores: usize,
	blocks: u64,
	jobs_a_block: u64,
	concurrency: u32,
	takes_ms: u64,
) -> Arc<Host> {
	let backends = vec![Backend { concurrency, ..backend("a", URL) }];
	let mut calls = 0u64;
	let host = Host::new(cores, backends, move |_| {
		calls += 1;
		Reply::good(takes_ms + calls * 7_919 % takes_ms)
	});
	host.blocks(1, blocks + 120, |block| {
		if block <= blocks {
			(0..jobs_a_block)
				.for_each(|at| host.open(numbered(block * 100 + at, &host), 20 * MINUTE));
		}
	});
	let jobs = (blocks * jobs_a_block) as usize;
	assert_eq!(calls_of(&host), (jobs, 1), "each job once");
	let most = host.sent().iter().map(|sent| sent.at_once).max().unwrap();
	assert!(most <= concurrency as usize, "{most} at once");
	let world = host.world.lock().unwrap();
	assert!(world.open.is_empty(), "{} are left", world.open.len());
	let jobs_with_receipts: BTreeSet<_> = world.submitted.iter().map(|(it, _)| it.job).collect();
	assert_eq!(jobs_with_receipts.len(), jobs);
	drop(world);
	assert!(host.most_runs() <= cores);
	assert_idle(&host);
	host
}

/// How many jobs were called for, and how often at most.
fn calls_of(host: &Host) -> (usize, usize) {
	let calls = calls(host);
	(calls.len(), calls.values().copied().max().unwrap_or_default())
}

#[test]
fn a_long_run_hands_over_to_a_fresh_one() {
	// Ten minutes without a pause: two hand-overs at least.
	let host = steady(4, 220, 4, 8, 2_000);
	assert!(host.sent().last().unwrap().at > START + 2 * long_run::LONGEST_MS);
}

#[test]
fn a_run_and_the_one_before_it_are_within_the_concurrency_together() {
	// More than the backend can do, so that it is full when the run hands over.
	let host = steady(4, 100, 7, 4, 2_000);
	let sent = host.sent();
	let last = sent.last().unwrap().at;
	assert!(last > START + long_run::LONGEST_MS + MINUTE);
	// A hand-over costs a block at most, in which nothing is begun: 700 jobs of 3 s, 4 at a time.
	assert!(last < START + 700 * 3_000 / 4 + 3 * BLOCK_MS, "{}", last - START);
}

#[test]
fn two_cores_are_enough() {
	steady(2, 150, 2, 4, 2_000);
}

#[test]
fn one_core_is_enough() {
	// The fresh runs have to wait for the long one, which ends when nothing is left for it.
	steady(1, 100, 1, 2, 1_000);
}

#[test]
fn a_full_queue_is_filled_again() {
	let host = Host::new(4, vec![Backend { concurrency: 64, ..backend("a", URL) }], |_| {
		Reply::good(2_000)
	});
	// They all want the same few places, too.
	for id in 0..1_500 {
		host.open(numbered(id * 16, &host), 20 * MINUTE);
	}
	host.blocks(1, 60, |_| ());
	assert_eq!(calls_of(&host), (1_500, 1));
	assert!(host.world.lock().unwrap().open.is_empty());
}

#[test]
fn a_receipt_that_the_pool_refuses_is_handed_in_again_without_a_second_call() {
	let host = host(|_| Reply::good(100));
	host.world.lock().unwrap().takes = Takes::Nothing;
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(1, 10, |_| ());
	assert!(host.world.lock().unwrap().submitted.is_empty());
	host.world.lock().unwrap().takes = Takes::Newest;
	host.blocks(11, 5, |_| ());
	assert_eq!(host.sent().len(), 1);
	assert_eq!(host.world.lock().unwrap().submitted.len(), 1);
	assert_eq!(outcome(&host, 5).0.units, 30);
}

#[test]
fn a_pool_that_looks_at_the_state_of_the_run_gets_the_receipt_from_a_fresh_one() {
	let host = host(|sent| Reply::good(if asked(sent) == "1" { 20_000 } else { 500 }));
	host.world.lock().unwrap().takes = Takes::Runs;
	host.open(numbered(1, &host), MINUTE);
	host.blocks(1, 10, |block| {
		if block == 2 {
			host.open(numbered(2, &host), MINUTE);
		}
	});
	assert_eq!(calls_of(&host), (2, 1));
	for id in [1, 2] {
		outcome(&host, id);
	}
}

#[test]
fn a_receipt_in_time_is_not_handed_in_all_the_time() {
	let host = host(|_| Reply::good(0));
	host.open(job(5, &host.key), 10 * MINUTE);
	// It is in the pool, but blocks are full.
	host.blocks(1, 20, |_| host.world.lock().unwrap().pool.clear());
	let world = host.world.lock().unwrap();
	let most = 20 * BLOCK_MS / outbox::RESUBMIT_MS + 1;
	assert!((3..=most).contains(&(world.submitted.len() as u64)), "{}", world.submitted.len());
	// Each time as another transaction.
	let signatures: BTreeSet<Vec<u8>> =
		world.submitted.iter().map(|(_, it)| AsRef::<[u8]>::as_ref(it).to_vec()).collect();
	assert_eq!(signatures.len(), world.submitted.len());
	assert_eq!(host.sent().len(), 1);
}

#[test]
fn a_job_that_a_reorganisation_opens_again_is_not_called_again() {
	let host = one_job(vec![Reply::good(100)]);
	let first = outcome(&host, 5).0;
	// The same request in a later block.
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(101, 3, |_| ());
	assert_eq!(host.sent().len(), 1);
	let world = host.world.lock().unwrap();
	let again = world.receipts(5)[1].clone();
	assert!(again.started_at > first.started_at);
	assert_eq!(
		Receipt { started_at: 0, ended_at: 0, ..again.clone() },
		Receipt { started_at: 0, ended_at: 0, ..first }
	);
	// The consumer gets the receipt that the chain has.
	let output: Output = host.get(&output_key(5)).unwrap();
	let (kept, _) =
		<(Receipt<u64>, ServiceSignature)>::decode(&mut output.receipt.as_slice()).unwrap();
	assert_eq!(kept, again);
}

#[test]
fn a_job_that_was_finished_while_it_was_queued_is_not_called_again() {
	let host = one_job(vec![Reply::good(100)]);
	host.sleep_until(host.now() + MINUTE);
	// A fresh run looked before the receipt was there, and queued it after.
	let (assignment, expires_at) = (job(5, &host.key), host.now() + MINUTE);
	host.within(|| {
		let queue::Found::Free(place, before) = queue::find(&assignment, host.now()) else {
			panic!()
		};
		assert!(queue::put(place, before, &queue::Entry { assignment, expires_at }));
	});
	// What makes it look.
	host.open(numbered(6, &host), MINUTE);
	host.blocks(101, 2, |_| ());
	assert_eq!(host.sent().len(), 2);
	assert_eq!(asked(&host.sent()[1]), "6");
	assert_idle(&host);
}

#[test]
fn another_job_under_the_id_of_one_that_was_answered_is_called() {
	let host = one_job(vec![Reply::good(100)]);
	host.open(numbered(5, &host), 10 * MINUTE);
	host.blocks(101, 3, |_| ());
	assert_eq!(host.sent().len(), 2);
	assert_eq!(host.world.lock().unwrap().receipts(5).len(), 2);
}

#[test]
fn another_job_under_the_id_of_one_that_is_called_does_not_wait_for_it() {
	let host = host(|sent| Reply::good(if asked(sent) == "5" { 100 } else { 20_000 }));
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(1, 12, |block| {
		if block == 3 {
			host.world.lock().unwrap().open.clear();
			host.open(numbered(5, &host), 10 * MINUTE);
		}
	});
	let at = at(&host.sent());
	assert_eq!(at.len(), 2);
	assert!(at[1] <= 4 * BLOCK_MS, "{at:?}");
	// The late answer to the other job is nobody's.
	let world = host.world.lock().unwrap();
	let [receipt] = &world.receipts(5)[..] else { panic!("{:?}", world.receipts(5)) };
	assert_eq!(receipt.request, numbered(5, &host).request);
	drop(world);
	assert_idle(&host);
}

#[test]
fn a_node_that_was_killed_takes_its_jobs_up_again() {
	let host = host(|_| Reply::good(100));
	host.open(job(5, &host.key), 10 * MINUTE);
	// What a run leaves behind that never came back from its second call.
	host.within(|| {
		let now = host.now();
		lease::take(99, now).unwrap();
		let request = commit(Kind::Request, &SALT, REQUEST);
		lock::take(5, &request, 99, now).unwrap();
		lock::renew(5, &request, 99, now, 2);
	});
	host.blocks(1, 20, |_| ());
	let at = at(&host.sent());
	assert_eq!(at.len(), 1);
	assert!(at[0] >= lock::TERM_MS && at[0] <= lock::TERM_MS + 2 * BLOCK_MS, "{at:?}");
	assert_eq!(outcome(&host, 5).0.finish, FinishReason::Stop);
}

#[test]
fn a_job_that_keeps_killing_the_node_is_given_up() {
	let host = host(|_| Reply::good(100));
	host.open(job(5, &host.key), 10 * MINUTE);
	host.within(|| {
		let request = commit(Kind::Request, &SALT, REQUEST);
		lock::take(5, &request, 99, host.now()).unwrap();
		lock::renew(5, &request, 99, host.now(), 4);
	});
	host.blocks(1, 20, |_| ());
	assert!(host.sent().is_empty());
	assert_error(&host, "the backend did not answer");
}

#[test]
fn a_run_that_was_kept_waiting_does_nothing() {
	let host = host(|_| Reply::good(0));
	host.open(job(5, &host.key), MINUTE);
	let old = View::of(&host.world);
	host.world.lock().unwrap().open.clear();
	host.blocks(7, 1, |_| ());
	old.clone().enter();
	host.within(|| worker::run_at::<TestChain>(6));
	assert!(host.sent().is_empty());
	// But a chain that was begun anew is not waited for.
	host.sleep_until(host.now() + MINUTE);
	host.open(job(6, &host.key), MINUTE);
	View::of(&host.world).enter();
	host.blocks(1, 2, |_| ());
	assert_eq!(host.sent().len(), 1);
}

#[test]
fn a_run_that_lost_its_lease_finishes_what_it_has() {
	let host = host(|_| Reply::good(20_000));
	host.open(numbered(1, &host), 2 * MINUTE);
	host.blocks(1, 20, |block| {
		if block == 3 {
			let holder = host.get::<(u64, u64)>(LEASE).unwrap().0;
			host.within(|| {
				lease::end(holder);
				lease::take(77, host.now()).unwrap();
			});
			host.open(numbered(2, &host), 2 * MINUTE);
		}
	});
	assert_eq!(calls_of(&host), (2, 1));
	for id in [1, 2] {
		assert_eq!(outcome(&host, id).0.finish, FinishReason::Stop);
	}
}

#[test]
fn a_job_whose_lock_was_lost_is_left_to_the_other_run() {
	let host = host(|_| Reply::good(20_000));
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(1, 5, |block| {
		if block == 2 {
			let request = commit(Kind::Request, &SALT, REQUEST);
			host.forget(&lock_key(5));
			host.within(|| lock::take(5, &request, 99, host.now()).unwrap());
		}
	});
	// The other run never answers, so ours comes back to it when its lock is over.
	assert_eq!(host.sent().len(), 1);
	assert!(!host.has(&receipt_key(5)));
	host.blocks(6, 20, |_| ());
	assert_eq!(host.sent().len(), 2);
	outcome(&host, 5);
}

#[test]
fn an_answer_that_the_store_does_not_take_is_not_charged() {
	let host = host(|_| Reply::new(100, 200, completion(&"tally ".repeat(500), USAGE)));
	// The answer is too long for it, an error is not.
	host.bound(b"tallystick/output/", 1_000);
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(1, 5, |_| ());
	assert_eq!(host.sent().len(), 1);
	assert_error(&host, "the provider could not keep the answer");
}

#[test]
fn a_store_that_takes_nothing_costs_the_consumer_nothing() {
	let host = host(|_| Reply::good(100));
	host.bound(b"tallystick/output/", 0);
	host.open(job(5, &host.key), 10 * MINUTE);
	host.blocks(1, 5, |_| ());
	assert_eq!(host.sent().len(), 1);
	let world = host.world.lock().unwrap();
	assert_eq!(world.receipts(5)[0].finish, FinishReason::Error);
	assert!(world.open.is_empty());
}

#[test]
fn a_node_that_stops_says_nothing_of_the_calls_that_it_breaks_off() {
	// The store lets go of locks and lease first, then the connections break.
	let backends = vec![backend("a", URL)];
	let host = Host::new(4, backends, |sent| match asked(sent).as_str() {
		"1" => Reply::breaks(11_000),
		_ => Reply::good(11_000),
	});
	for id in [1, 2] {
		host.open(numbered(id, &host), 10 * MINUTE);
		host.within(|| {
			let request = numbered(id, &host).request;
			lock::take(id, &request, 99, host.now()).unwrap();
			lock::renew(id, &request, 99, host.now(), 3);
			lock::release(id, &request, 99, 0, 3);
		});
	}
	host.blocks(1, 4, |block| {
		if block == 4 {
			// Between two looks at the locks.
			host.sleep_until(START + 10_500);
			host.bound(b"tallystick/", 0);
			[1, 2].iter().for_each(|id| host.forget(&lock_key(*id)));
			host.forget(LEASE);
		}
	});
	assert_eq!(host.sent().len(), 2);
	assert!(host.world.lock().unwrap().submitted.is_empty());
}

#[test]
fn large_answers_share_the_memory() {
	let size = 1_048_576 - 1_000;
	let mut body = answer_body();
	body.resize(size, b' ');
	let backends =
		vec![Backend { concurrency: 64, max_body_bytes: 1_048_576, ..backend("a", URL) }];
	let host = Host::new(4, backends, move |_| Reply::new(100, 200, body.clone()));
	for id in 0..64 {
		host.open(numbered(id, &host), 5 * MINUTE);
	}
	host.blocks(1, 10, |_| ());
	assert_eq!(calls_of(&host), (64, 1));
	for id in 0..64 {
		assert_eq!(outcome(&host, id).1.len(), size);
	}
}

#[test]
fn a_body_cap_above_what_the_runtime_bears_is_lowered() {
	let backends = vec![Backend { max_body_bytes: u32::MAX, ..backend("a", URL) }];
	let host = Host::new(4, backends, |_| Reply { end: End::Endless, ..Reply::good(0) });
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 5, |_| ());
	assert_error(&host, "the backend's answer is larger than the provider allows");
}

#[test]
fn errors_of_a_backend_have_a_cap_of_their_own() {
	let host = one_job(vec![Reply::new(0, 400, vec![b'x'; verdict::ERROR_BODY + 1])]);
	assert_error(&host, "the backend's answer is larger than the provider allows");
}

#[test]
fn a_machine_whose_clock_is_behind_writes_times_that_the_chain_takes() {
	let host = host(|_| Reply::good(100));
	let now = host.now();
	let assignment = Assignment { requested_at_ms: now + 30_000, ..job(5, &host.key) };
	host.world.lock().unwrap().open.push((assignment, now + 10 * MINUTE));
	host.blocks(1, 2, |_| ());
	assert_eq!(outcome(&host, 5).0.started_at, now + 30_000);
}

#[test]
fn the_node_is_told_of_an_answer() {
	let host = one_job(vec![Reply::good(800)]);
	let bytes = answer_body().len() as u32;
	let call = |outcome, ms, bytes| Observation::Call { backend: "a".into(), outcome, ms, bytes };
	let (receipt, _) = outcome(&host, 5);
	let Receipt { finish, units, tokens, .. } = receipt;
	let receipt = Observation::Receipt { finish, units, tokens };
	assert_eq!(told(&host), [call(Outcome::Answer, 800, bytes), receipt.clone()]);
	assert_idle(&host);

	let host = one_job(vec![Reply::new(50, 503, ""), Reply::good(800)]);
	let calls = [call(Outcome::Failed, 50, 0), call(Outcome::Answer, 800, bytes)];
	assert_eq!(told(&host), [calls.as_slice(), &[receipt]].concat());
	assert_idle(&host);
}

#[test]
fn the_node_is_told_of_what_came_before_a_call_went_wrong() {
	let pieces = vec![(0, answer_body()[..50].to_vec())];
	for (end, expected) in [(End::Never, Outcome::TimedOut), (End::Reset, Outcome::Broken)] {
		let reply = Reply { end, pieces: pieces.clone(), ..Reply::good(0) };
		let host = one_job(vec![reply, Reply::good(0)]);
		let Observation::Call { outcome, bytes, .. } = told(&host)[0] else { panic!() };
		assert_eq!((outcome, bytes), (expected, 50));
	}
}

#[test]
fn the_node_is_told_why_there_is_no_answer() {
	let all = |outcome| vec![outcome; 4];
	let once = |outcome| vec![outcome];
	for (reply, calls, cause) in [
		(Reply::hangs(), all(Outcome::TimedOut), Outcome::TimedOut),
		(Reply::breaks(0), all(Outcome::Broken), Outcome::Broken),
		(Reply::new(0, 429, ""), all(Outcome::Busy), Outcome::Busy),
		(Reply::new(0, 500, ""), all(Outcome::Failed), Outcome::Failed),
		(Reply::new(0, 200, "hello"), all(Outcome::Unreadable), Outcome::Unreadable),
		(Reply::new(0, 302, ""), once(Outcome::Redirected), Outcome::Redirected),
		(Reply::new(0, 401, ""), once(Outcome::Credentials), Outcome::Credentials),
		(Reply::new(0, 204, ""), once(Outcome::Odd), Outcome::Odd),
		(Reply::new(0, 404, "{}"), once(Outcome::Refused), Outcome::Refused),
		(Reply::new(0, 200, vec![b' '; 65_537]), once(Outcome::TooLarge), Outcome::TooLarge),
		(Reply::new(0, 200, API_KEY), once(Outcome::Secret), Outcome::Secret),
		(Reply::new(0, 200, completion("", USAGE)), once(Outcome::Answer), Outcome::Empty),
	] {
		let host = one_job(vec![reply]);
		assert_eq!(outcomes(&host), (calls, vec![cause]));
		let is_receipt = |it: &Observation| {
			matches!(it, Observation::Receipt { finish: FinishReason::Error, units: 0, .. })
		};
		assert_eq!(told(&host).iter().filter(|it| is_receipt(it)).count(), 1);
		assert_idle(&host);
	}

	let host = self::host(|_| Reply::good(0));
	host.open(job_with(5, &host.key, b"[]", b"{}"), MINUTE);
	host.blocks(1, 5, |_| ());
	assert_eq!(outcomes(&host), (vec![], vec![Outcome::BadInput]));

	let host = Host::new(4, vec![backend("a", "file:///v1")], |_| Reply::good(0));
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 5, |_| ());
	assert_eq!(outcomes(&host), (once(Outcome::Misconfigured), once(Outcome::Misconfigured)));

	let host = self::host(|_| Reply::good(0));
	host.bound(&output_key(5), 300);
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 5, |_| ());
	assert_eq!(outcomes(&host), (once(Outcome::Answer), once(Outcome::NotKept)));
}

#[test]
fn the_node_is_told_where_jobs_are() {
	let at_artifact = |artifact| Backend { artifacts: vec![artifact], ..backend("a", URL) };
	let one_at_a_time = Backend { concurrency: 1, ..at_artifact(3) };
	let host = Host::new(4, vec![one_at_a_time], |_| Reply::good(5_000));
	for id in [1, 2] {
		host.open(numbered(id, &host), MINUTE);
	}
	host.open(Assignment { inline: None, ..numbered(3, &host) }, MINUTE);
	host.open(Assignment { artifact: 4, ..numbered(4, &host) }, MINUTE);
	host.blocks(1, 10, |_| ());
	let jobs: Vec<_> = host
		.observed()
		.into_iter()
		.filter_map(|it| match it {
			Observation::Jobs { open, no_input, unserved, queued } => {
				Some((open, no_input, unserved, queued))
			}
			_ => None,
		})
		.collect();
	assert_eq!(jobs.len(), 10);
	// Two are queued at first, and one of them has to wait. Two are never answered.
	assert_eq!((jobs[0], jobs[1], jobs[9]), ((4, 1, 1, 2), (4, 1, 1, 1), (2, 1, 1, 0)));
	let at_once = host.observed().into_iter().filter_map(|it| match it {
		Observation::Run { calling, pausing, calls, .. } => Some((calling, pausing, calls)),
		_ => None,
	});
	let at_once: BTreeSet<_> = at_once.collect();
	assert_eq!(at_once, [(0, 0, vec![]), (1, 0, vec![("a".into(), 1)])].into());
}

#[test]
fn calls_that_were_given_up_are_told_until_the_run_ends() {
	let host = one_job(vec![Reply::hangs()]);
	let most = host.observed().into_iter().filter_map(|it| match it {
		Observation::Run { pausing: 1, calls, .. } => Some(calls),
		_ => None,
	});
	// A second one clogs the backend, so that the run drains.
	assert_eq!(most.max(), Some(vec![("a".into(), 1)]));
	assert_idle(&host);
}

#[test]
fn a_receipt_that_is_handed_in_again_is_told() {
	let host = host(|_| Reply::good(0));
	host.world.lock().unwrap().takes = Takes::Nothing;
	host.open(job(5, &host.key), MINUTE);
	host.blocks(1, 10, |_| ());
	let resubmitted = told(&host).into_iter().filter(|it| *it == Observation::Resubmitted).count();
	assert!(resubmitted > 1, "{resubmitted}");
	let (calls, failures) = outcomes(&host);
	assert_eq!((calls, failures), (vec![Outcome::Answer], vec![]));
}

#[test]
fn the_node_is_told_no_content() {
	let marker = "a-marker-0123456789";
	let request = format!(r#"{{"messages":[{{"role":"user","content":"{marker}"}}]}}"#);
	for reply in [
		Reply::new(0, 200, completion(marker, USAGE)),
		Reply::new(0, 400, format!("{marker} {API_KEY}")),
		Reply::new(0, 500, marker),
	] {
		let host = host(in_turn(vec![reply]));
		host.open(job_with(5, &host.key, request.as_bytes(), b"{}"), MINUTE);
		host.blocks(1, 30, |_| ());
		assert!(!told(&host).is_empty());
		let bytes = codec::Encode::encode(&host.observed());
		for secret in [marker, API_KEY] {
			assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
		}
	}
}
