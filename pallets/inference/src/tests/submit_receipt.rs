use super::*;
use sp_core::Pair;
use tallystick_primitives::{genesis_hash, CurrencyId, FinishReason, Tokens};

/// A receipt with one change is refused: by the pool with the reason's code, by a block, and by the
/// call, but for what is about its signature: that is the authorization's alone. Nothing is booked.
fn refused(change: impl FnOnce(&mut Receipt<AccountId>), reason: InvalidReceipt) {
	use InvalidReceipt::{BadSignature, ProviderNotFound};
	let mut receipt = receipt(0);
	change(&mut receipt);
	let call = submission(receipt.clone());
	assert_eq!(authorize(&call), Err(reason.into()));
	assert_eq!(include(call), Err(reason.into()));
	if !matches!(reason, BadSignature | ProviderNotFound) {
		assert_noop!(
			Inference::submit_receipt(
				frame_system::RawOrigin::Authorized.into(),
				receipt.clone(),
				sign(&receipt)
			),
			Error::<Test>::InvalidReceipt
		);
	}
}

/// Like [`test_served`], with one open job.
fn test_open(run: impl FnOnce()) {
	test_served(|| {
		run_to_block(3);
		request(0);
		run_to_block(5);
		System::reset_events();
		run();
	});
}

#[test]
fn a_receipt_settles_its_job_and_the_money_matures() {
	test_open(|| {
		let receipt = receipt(0);
		// 30 × 10 + 10 × 1 + 30 × 20 thousandths, rounded up, and 2 for the call.
		assert_eq!(receipt.units, 3);
		let hash = receipt.hash();
		settle(receipt.clone());

		let job = Inference::job(0).unwrap();
		assert_eq!(
			job.status,
			JobStatus::Settled {
				receipt: hash,
				units: 3,
				amount: 3 * PRICE,
				currency: CurrencyId::Native
			}
		);
		assert_eq!((job.units_held, job.due), (0, 5 + WINDOW));
		assert!(!Inference::is_answerable(0));
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS - 3);
		assert_eq!(Books::maturing(), 3 * PRICE);
		assert_eq!(Inference::maturing_total(&CurrencyId::Native), 3 * PRICE);
		assert_eq!(Workloads::<Test>::get(PROVIDER).last_receipt, hash);
		assert_eq!(events(), [Event::ReceiptAccepted { job: 0, receipt, hash }]);
		check_state();

		run_to_block(5 + WINDOW - 1);
		assert!(books::Deposits::<Test>::get().is_empty());
		run_to_block(5 + WINDOW);
		assert_eq!(
			books::Deposits::<Test>::get(),
			[books::Deposit {
				artifact: MODEL,
				currency: CurrencyId::Native,
				amount: 3 * PRICE,
				provider: PROVIDER,
				share: SHARE
			}]
		);
		assert_no_jobs();
		assert_eq!(events(), [Event::Matured { job: 0, artifact: MODEL, amount: 3 * PRICE }]);
	});
}

#[test]
fn a_good_receipt_is_valid_with_a_tag_of_its_job() {
	test_open(|| {
		let validity = authorize(&submission(receipt(0))).unwrap();
		assert_eq!(
			validity,
			ValidTransaction {
				priority: RECEIPT_PRIORITY,
				requires: vec![],
				provides: vec![("tallystick/receipt", 0u64).encode()],
				// The job expires at 3 + 10 + 3.
				longevity: 11,
				propagate: true,
			}
		);
	});
}

#[test]
fn a_receipt_has_one_place_in_the_pool_and_in_the_chain() {
	test_open(|| {
		let one = receipt(0);
		let mut other = one.clone();
		other.response = Digest::repeat_byte(1);
		let tag = |receipt| authorize(&submission(receipt)).unwrap().provides;
		assert_eq!(tag(one.clone()), tag(other.clone()));
		settle(one.clone());
		for receipt in [one, other] {
			let reason = InvalidReceipt::JobNotOpen;
			assert_eq!(include(submission(receipt)), Err(reason.into()));
		}
	});
}

#[test]
fn no_other_origin_can_hand_in_a_receipt() {
	test_open(|| {
		let receipt = receipt(0);
		let signature = sign(&receipt);
		for origin in [signed(PROVIDER), RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Inference::submit_receipt(origin, receipt.clone(), signature.clone()),
				DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn a_receipt_counts_until_the_end_of_the_grace() {
	test_open(|| {
		run_to_block(16);
		let receipt = receipt(0);
		assert_eq!(authorize(&submission(receipt.clone())).unwrap().longevity, 1);
		settle(receipt);
		check_state();
		run_to_block(17);
		assert!(events().iter().all(|event| !matches!(event, Event::Lapsed { .. })));
	});
}

#[test]
fn the_whole_hold_can_be_charged() {
	test_served(|| {
		let id = request_with(CONSUMER, RequestParams { max_units: 3, ..params(0) });
		settle(receipt(id));
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS - 3);
		assert_eq!(Books::held(PLAN, CONSUMER), 0);
	});
}

#[test]
fn an_error_charges_nothing_and_ends_the_job() {
	test_open(|| {
		let mut receipt = receipt(0);
		(receipt.finish, receipt.units) = (FinishReason::Error, 0);
		let hash = receipt.hash();
		settle(receipt.clone());
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS);
		assert_no_jobs();
		assert_eq!(Workloads::<Test>::get(PROVIDER).last_receipt, hash);
		assert_eq!(events(), [Event::ReceiptAccepted { job: 0, receipt: receipt.clone(), hash }]);
		let ended = InvalidReceipt::JobEnded;
		assert_eq!(authorize(&submission(receipt)), Err(ended.into()));
	});
}

#[test]
fn an_empty_answer_charges_nothing_and_ends_the_job() {
	test_open(|| {
		let mut receipt = receipt(0);
		receipt.response_bytes = 0;
		receipt.tokens = Tokens { prompt: 40, ..Default::default() };
		receipt.units = 0;
		settle(receipt);
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS);
		assert_no_jobs();
	});
}

#[test]
fn a_free_call_of_a_free_tariff_ends_the_job() {
	test_served(|| {
		books::Plans::<Test>::mutate(PLAN, |plan| plan.as_mut().unwrap().tariff = <_>::default());
		let receipt = receipt(request(0));
		assert_eq!(receipt.units, 0);
		settle(receipt);
		assert_no_jobs();
	});
}

#[test]
fn what_a_job_was_agreed_on_stays_when_its_plan_or_offering_does_not() {
	test_open(|| {
		let receipt = receipt(0);
		books::Plans::<Test>::mutate(PLAN, |plan| {
			let plan = plan.as_mut().unwrap();
			(plan.tariff.per_call, plan.dispute_window) = (50, 90);
		});
		Providers::withdraw_offering(signed(OWNER), MODEL, VERSION, PROVIDER).unwrap();
		settle(receipt);
		assert_eq!(Inference::job(0).unwrap().due, 5 + WINDOW);
		run_to_block(5 + WINDOW);
		assert_eq!(books::Deposits::<Test>::get()[0].share, SHARE);
	});
}

#[test]
fn without_a_dispute_window_the_money_goes_at_the_next_block() {
	test_served(|| {
		books::Plans::<Test>::mutate(PLAN, |plan| plan.as_mut().unwrap().dispute_window = 0);
		settle(receipt(request(0)));
		check_state();
		run_to_block(System::block_number() + 1);
		assert_no_jobs();
		assert_eq!(books::Deposits::<Test>::get().len(), 1);
	});
}

#[test]
fn what_is_authorized_does_not_fail() {
	test_served(|| {
		MaxJobsPerBlock::set(100);
		for n in 0..20 {
			let mut receipt = receipt(request(n));
			receipt.tokens.completion = 10 * n as u32;
			receipt.tokens.reasoning = n as u32;
			receipt.units = TARIFF.charge(&receipt.tokens);
			let call = submission(receipt);
			assert_eq!(authorize(&call).is_ok(), include(call).is_ok_and(|r| r.is_ok()));
		}
	});
}

#[test]
fn a_receipt_of_an_ended_job_is_refused() {
	test_open(|| {
		let receipt = receipt(0);
		Inference::decline(signed(PROVIDER), 0).unwrap();
		let reason = InvalidReceipt::JobEnded;
		assert_eq!(include(submission(receipt)), Err(reason.into()));
	});
}

#[test]
fn a_receipt_of_a_job_that_is_not_there_yet_can_become_good() {
	test_open(|| {
		refused(|receipt| receipt.job = 1, InvalidReceipt::JobUnknown);
		assert!(InvalidReceipt::JobUnknown.may_become_good());
	});
}

#[test]
fn a_receipt_of_a_settled_job_is_refused() {
	test_open(|| {
		settle(receipt(0));
		let mut again = receipt(0);
		again.response = Digest::repeat_byte(7);
		let reason = InvalidReceipt::JobNotOpen;
		assert_eq!(include(submission(again)), Err(reason.into()));
	});
}

#[test]
fn a_receipt_after_the_grace_is_refused_even_if_the_lapse_is_late() {
	test_open(|| {
		// Blocks without a slice: the agenda is behind.
		System::set_block_number(17);
		refused(|_| (), InvalidReceipt::Expired);
	});
}

#[test]
fn a_receipt_of_another_provider_is_refused() {
	test_open(|| {
		register(RIVAL);
		refused(|receipt| receipt.provider = RIVAL, InvalidReceipt::WrongProvider);
	});
}

#[test]
fn a_receipt_for_another_artifact_is_refused() {
	test_open(|| refused(|receipt| receipt.artifact += 1, InvalidReceipt::WrongArtifact));
}

#[test]
fn a_receipt_for_another_version_is_refused() {
	test_open(|| refused(|receipt| receipt.version = OTHER_VERSION, InvalidReceipt::WrongVersion));
}

#[test]
fn a_receipt_for_another_request_is_refused() {
	test_open(|| refused(|receipt| receipt.request.0[0] ^= 1, InvalidReceipt::WrongRequest));
}

#[test]
fn a_receipt_for_other_parameters_is_refused() {
	test_open(|| refused(|receipt| receipt.parameters.0[0] ^= 1, InvalidReceipt::WrongParameters));
}

#[test]
fn a_receipt_with_another_length_of_an_inline_request_is_refused() {
	test_served(|| {
		let input = JobInput::Inline(inline_input());
		request_with(CONSUMER, RequestParams { input, ..params(0) });
		refused(|receipt| receipt.request_bytes += 1, InvalidReceipt::WrongRequestBytes);
		settle(receipt(0));
	});
}

#[test]
fn a_receipt_of_a_provider_that_is_gone_is_refused() {
	test_open(|| {
		// It cannot leave with an open job, so by hand.
		let provider = pallet_providers::Providers::<Test>::take(PROVIDER).unwrap();
		refused(|_| (), InvalidReceipt::ProviderNotFound);
		pallet_providers::Providers::<Test>::insert(PROVIDER, provider);
	});
}

#[test]
fn a_receipt_that_ends_before_it_starts_is_refused() {
	test_open(|| {
		refused(
			|receipt| receipt.started_at = receipt.ended_at + 1,
			InvalidReceipt::EndsBeforeStart,
		);
	});
}

#[test]
fn a_receipt_that_starts_more_than_a_slot_before_its_request_is_refused() {
	test_open(|| {
		refused(|receipt| receipt.started_at -= BLOCK_MS + 1, InvalidReceipt::StartsBeforeRequest);
		let mut receipt = receipt(0);
		receipt.started_at -= BLOCK_MS;
		settle(receipt);
	});
}

#[test]
fn a_receipt_that_ends_more_than_two_slots_from_now_can_become_good() {
	test_open(|| {
		let late = Millis::get() + 2 * BLOCK_MS + 1;
		refused(|receipt| receipt.ended_at = late, InvalidReceipt::EndsInFuture);
		let mut receipt = receipt(0);
		receipt.ended_at = late;
		run_to_block(System::block_number() + 1);
		settle(receipt);
	});
}

#[test]
fn a_receipt_with_more_cached_than_input_tokens_is_refused() {
	test_open(|| {
		refused(|receipt| receipt.tokens.cached = 41, InvalidReceipt::CachedExceedsPrompt);
	});
}

#[test]
fn a_receipt_with_more_reasoning_than_output_tokens_is_refused() {
	test_open(|| {
		refused(
			|receipt| receipt.tokens.reasoning = 31,
			InvalidReceipt::ReasoningExceedsCompletion,
		);
	});
}

#[test]
fn a_receipt_with_more_input_tokens_than_bytes_is_refused() {
	test_open(|| {
		refused(|receipt| receipt.request_bytes = 39, InvalidReceipt::PromptExceedsRequest);
	});
}

#[test]
fn a_receipt_with_more_visible_output_tokens_than_bytes_is_refused() {
	test_open(|| {
		refused(|receipt| receipt.response_bytes = 24, InvalidReceipt::CompletionExceedsResponse);
		let mut receipt = receipt(0);
		receipt.response_bytes = 25;
		settle(receipt);
	});
}

#[test]
fn a_receipt_that_charges_for_an_error_or_nothing_is_refused() {
	test_open(|| {
		refused(|receipt| receipt.finish = FinishReason::Error, InvalidReceipt::ChargeForNothing);
		refused(
			|receipt| {
				receipt.tokens.completion = 0;
				receipt.tokens.reasoning = 0;
				receipt.response_bytes = 0;
			},
			InvalidReceipt::ChargeForNothing,
		);
	});
}

#[test]
fn a_receipt_that_does_not_follow_the_tariff_is_refused() {
	test_open(|| {
		refused(|receipt| receipt.units += 1, InvalidReceipt::WrongCharge);
		refused(|receipt| receipt.units -= 1, InvalidReceipt::WrongCharge);
		refused(|receipt| receipt.units = 0, InvalidReceipt::WrongCharge);
	});
}

#[test]
fn a_receipt_that_charges_more_than_is_held_is_refused() {
	test_open(|| {
		refused(
			|receipt| {
				receipt.response_bytes = 5_000;
				receipt.tokens.completion = 5_000;
				receipt.units = TARIFF.charge(&receipt.tokens);
				assert_eq!(receipt.units, 103);
			},
			InvalidReceipt::ChargeExceedsHold,
		);
	});
}

#[test]
fn a_receipt_signed_by_another_key_or_for_another_chain_is_refused() {
	test_open(|| {
		let receipt = receipt(0);
		let genesis = genesis_hash::<Test>();
		let by_other = service_pair(RIVAL, 0).sign(&receipt.signing_hash(&genesis));
		let other_chain = H256::repeat_byte(0xaa);
		let for_other = service_pair(PROVIDER, 0).sign(&receipt.signing_hash(&other_chain));
		for signature in [by_other, for_other] {
			let receipt = receipt.clone();
			let call: RuntimeCall = Call::submit_receipt { receipt, signature }.into();
			assert_eq!(authorize(&call), Err(InvalidReceipt::BadSignature.into()));
			assert_eq!(include(call), Err(InvalidReceipt::BadSignature.into()));
		}
	});
}
