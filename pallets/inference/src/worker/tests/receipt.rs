use super::{answer_body, completion, job, no_key, REQUEST, SALT};
use crate::{
	worker::{
		answer,
		receipt::{renew, write, Ending},
	},
	Assignment,
};
use tallystick_primitives::{
	commitment::{commit, Kind},
	CountedBy, FinishReason, Receipt,
};

fn ending(assignment: &Assignment<u64>, body: Vec<u8>) -> Ending {
	let answer = answer::parse(&body).unwrap();
	Ending::answer(assignment, &answer, body, REQUEST.len() as u32, || 9)
}

fn receipt(assignment: &Assignment<u64>, body: Vec<u8>) -> Receipt<u64> {
	let ending = ending(assignment, body);
	write(assignment, &SALT, REQUEST.len() as u32, &ending, 1_000, 2_500)
}

#[test]
fn an_answer_is_charged_by_the_tariff() {
	let receipt = receipt(&job(5, &no_key()), answer_body());
	assert_eq!(receipt.units, 1 + 20 + 9);
	assert_eq!(receipt.finish, FinishReason::Stop);
	assert_eq!(receipt.counted_by, CountedBy::Backend);
	assert_eq!(receipt.response, commit(Kind::Response, &SALT, &answer_body()));
	assert_eq!(receipt.response_bytes as usize, answer_body().len());
	assert_eq!((receipt.started_at, receipt.ended_at), (1_000, 2_500));
	assert_eq!(receipt.job, 5);
}

#[test]
fn an_empty_answer_charges_nothing_and_keeps_its_body() {
	let body = completion(" ", super::USAGE);
	let receipt = receipt(&job(5, &no_key()), body.clone());
	assert_eq!((receipt.units, receipt.finish), (0, FinishReason::Error));
	assert_eq!(receipt.response, commit(Kind::Response, &SALT, &body));
	assert_eq!(receipt.tokens, Default::default());
}

#[test]
fn an_answer_that_was_aborted_charges_nothing() {
	let body = String::from_utf8(answer_body()).unwrap().replace("\"stop\"", "\"abort\"");
	let receipt = receipt(&job(5, &no_key()), body.into_bytes());
	assert_eq!((receipt.units, receipt.finish), (0, FinishReason::Error));
}

#[test]
fn a_charge_above_the_hold_is_lowered_and_says_so() {
	let assignment = Assignment { units_held: 24, ..job(5, &no_key()) };
	let receipt = receipt(&assignment, answer_body());
	assert_eq!(receipt.units, 24);
	assert_eq!((receipt.tokens.prompt, receipt.tokens.completion), (20, 3));
	assert_eq!(receipt.counted_by, CountedBy::Gateway);
}

#[test]
fn a_flat_price_above_the_hold_charges_nothing() {
	let assignment = Assignment { units_held: 0, ..job(5, &no_key()) };
	let receipt = receipt(&assignment, answer_body());
	assert_eq!((receipt.units, receipt.finish), (0, FinishReason::Error));
}

#[test]
fn an_error_charges_nothing() {
	let assignment = job(5, &no_key());
	let receipt = write(&assignment, &SALT, 10, &Ending::error(b"{}".to_vec()), 5, 6);
	assert_eq!((receipt.units, receipt.response_bytes), (0, 2));
	assert_eq!(receipt.counted_by, CountedBy::Gateway);
}

#[test]
fn times_are_not_before_the_requests() {
	let assignment = Assignment { requested_at_ms: 2_000, ..job(5, &no_key()) };
	let early = receipt(&assignment, answer_body());
	assert_eq!((early.started_at, early.ended_at), (2_000, 2_500));
	let assignment = Assignment { requested_at_ms: 9_000, ..assignment };
	let earlier = receipt(&assignment, answer_body());
	assert_eq!((earlier.started_at, earlier.ended_at), (9_000, 9_000));
}

#[test]
fn a_kept_receipt_is_good_for_the_same_job_alone() {
	let assignment = job(5, &no_key());
	let kept = receipt(&assignment, answer_body());
	assert_eq!(renew(&assignment, &kept), Some(kept.clone()));

	let later = Assignment { requested_at_ms: 2_000, ..assignment.clone() };
	let renewed = renew(&later, &kept).unwrap();
	assert_eq!((renewed.started_at, renewed.ended_at), (2_000, 2_500));
	assert_eq!(Receipt { started_at: 1_000, ..renewed }, kept);

	let other = |change: fn(&mut Assignment<u64>)| {
		let mut other = assignment.clone();
		change(&mut other);
		renew(&other, &kept)
	};
	assert_eq!(other(|job| job.request = Default::default()), None);
	assert_eq!(other(|job| job.parameters = Default::default()), None);
	assert_eq!(other(|job| job.version = Default::default()), None);
	assert_eq!(other(|job| job.artifact = 99), None);
	assert_eq!(other(|job| job.provider = 99), None);
	assert_eq!(other(|job| job.job = 6), None);
	assert_eq!(other(|job| job.units_held = 5), None);
	assert_eq!(other(|job| job.tariff.per_call = 2), None);
	// Whose key it is now does not matter: it is signed again.
	assert!(
		other(|job| job.service_key = sp_core::sr25519::Public::from_raw([1; 32]).into()).is_some()
	);
}
