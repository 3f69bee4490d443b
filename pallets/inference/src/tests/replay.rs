//! An account that dies loses its nonce: a signed request can come again.

use super::*;

#[test]
fn a_request_that_comes_again_is_refused_while_it_is_valid_and_after() {
	test_served(|| {
		// As long as it can be: while its job has time.
		let params = RequestParams { valid_until: 14, ..params(0) };
		let id = request_with(CONSUMER, params.clone());
		assert_eq!(Inference::job(id).unwrap().expires, 14);
		Inference::decline(signed(PROVIDER), id).unwrap();
		check_state();

		for block in [2, 13, 14] {
			run_to_block(block);
			assert!(!is_feeless(CONSUMER, params.clone()));
			assert_noop!(
				Inference::request(signed(CONSUMER), params.clone()),
				Error::<Test>::CommitmentUsed
			);
		}
		// From here on the commitment is not remembered, and need not be.
		run_to_block(15);
		assert_eq!(Commitments::<Test>::iter().count(), 0);
		assert_noop!(Inference::request(signed(CONSUMER), params), Error::<Test>::NotValidNow);
	});
}

#[test]
fn a_request_is_refused_as_invalid_even_if_the_agenda_is_behind() {
	test_served(|| {
		let params = params(0);
		let id = request_with(CONSUMER, params.clone());
		Inference::decline(signed(PROVIDER), id).unwrap();
		System::set_block_number(15);
		assert_eq!(Commitments::<Test>::iter().count(), 1);
		assert_noop!(Inference::request(signed(CONSUMER), params), Error::<Test>::NotValidNow);
	});
}

#[test]
fn an_inline_input_cannot_come_again_either() {
	test_served(|| {
		let inline = RequestParams { input: JobInput::Inline(inline_input()), ..params(0) };
		settle(receipt(request_with(CONSUMER, inline.clone())));
		assert_noop!(
			Inference::request(signed(CONSUMER), inline.clone()),
			Error::<Test>::CommitmentUsed
		);
		// Nor as a commitment to the same.
		let (request, parameters) = inline.input.commitments();
		let input = JobInput::Committed { request, parameters };
		assert_noop!(
			Inference::request(signed(CONSUMER), RequestParams { input, ..inline }),
			Error::<Test>::CommitmentUsed
		);
	});
}
