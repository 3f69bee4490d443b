use super::*;
use tallystick_primitives::commitment::{commit, Kind};

type ProvidersError = pallet_providers::Error<Test>;

fn refused(change: impl FnOnce(&mut RequestParamsOf<Test>), error: impl Into<DispatchError>) {
	let mut params = params(0);
	change(&mut params);
	// A request that would fail is never free.
	assert!(!is_feeless(CONSUMER, params.clone()));
	assert_noop!(Inference::request(signed(CONSUMER), params), error);
}

#[test]
fn a_request_holds_units_and_freezes_what_it_was_agreed_on() {
	test_served(|| {
		run_to_block(5);
		let params = params(0);
		let id = request_with(CONSUMER, params.clone());

		let (request, parameters) = params.input.commitments();
		let job = Inference::job(id).unwrap();
		assert_eq!(
			job,
			Job {
				consumer: CONSUMER,
				plan: PLAN,
				artifact: MODEL,
				version: VERSION,
				provider: PROVIDER,
				share: SHARE,
				tariff: TARIFF,
				dispute_window: WINDOW,
				endpoint: params.endpoint,
				request,
				parameters,
				inline: None,
				units_held: 100,
				requested_at: 5,
				requested_time: Millis::get(),
				deadline: 15,
				expires: 18,
				due: 19,
				status: JobStatus::Open,
			}
		);
		assert_eq!(Books::held(PLAN, CONSUMER), 100);
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS - 100);
		assert!(Inference::is_answerable(id));
		assert_eq!(
			events(),
			[Event::Requested {
				job: id,
				consumer: CONSUMER,
				plan: PLAN,
				artifact: MODEL,
				version: VERSION,
				provider: PROVIDER,
				units: 100,
				request,
				deadline: 15,
			}]
		);
	});
}

#[test]
fn an_inline_input_is_committed_to_by_the_chain() {
	test_served(|| {
		let input = inline_input();
		let mut params = params(0);
		params.input = JobInput::Inline(input.clone());
		let id = request_with(CONSUMER, params);
		let job = Inference::job(id).unwrap();
		assert_eq!(job.request, commit(Kind::Request, &input.salt, &input.request));
		assert_eq!(job.parameters, commit(Kind::Parameters, &input.salt, &input.parameters));
		assert_eq!(job.request_bytes(), Some(52));
		assert_eq!(job.inline, Some(input));
	});
}

#[test]
fn a_request_is_not_for_root_or_receipts_origin() {
	test_served(|| {
		for origin in [RuntimeOrigin::root(), frame_system::RawOrigin::Authorized.into()] {
			assert_noop!(Inference::request(origin, params(0)), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn the_chain_picks_round_robin() {
	test_served(|| {
		for who in [RIVAL, STRANGER] {
			register(who);
			activate(who, VERSION);
		}
		let picked = (0..6).map(|n| {
			let id = request_with(CONSUMER, RequestParams { provider: None, ..params(n) });
			Inference::job(id).unwrap().provider
		});
		assert_eq!(
			picked.collect::<Vec<_>>(),
			[PROVIDER, RIVAL, STRANGER, PROVIDER, RIVAL, STRANGER]
		);
	});
}

#[test]
fn the_chain_picks_who_has_time_enough() {
	test_served(|| {
		register(RIVAL);
		Providers::offer(signed(RIVAL), MODEL, VERSION, SHARE, 2).unwrap();
		Providers::accept_offering(signed(OWNER), MODEL, VERSION, RIVAL, SHARE, 2).unwrap();
		for n in 0..3 {
			let params = RequestParams { provider: None, deadline: 3, ..params(n) };
			let id = request_with(CONSUMER, params);
			assert_eq!(Inference::job(id).unwrap().provider, RIVAL);
		}
	});
}

#[test]
fn the_pick_fails_when_nobody_has_so_little_time() {
	test_served(|| {
		refused(
			|params| (params.provider, params.deadline) = (None, 4),
			ProvidersError::DeadlineTooShort,
		);
	});
}

#[test]
fn the_pick_fails_when_nobody_offers_the_version() {
	test_served(|| {
		refused(
			|params| (params.provider, params.version) = (None, OTHER_VERSION),
			ProvidersError::NoProvider,
		);
	});
}

#[test]
fn naming_who_does_not_offer_the_version_fails() {
	test_served(|| {
		register(RIVAL);
		refused(|params| params.provider = Some(RIVAL), ProvidersError::OfferingNotFound);
		Providers::offer(signed(RIVAL), MODEL, VERSION, SHARE, 5).unwrap();
		refused(|params| params.provider = Some(RIVAL), ProvidersError::OfferingNotActive);
	});
}

#[test]
fn a_request_is_valid_until_its_last_block_and_not_for_too_long() {
	test_served(|| {
		run_to_block(10);
		refused(|params| params.valid_until = 9, Error::<Test>::NotValidNow);
		refused(|params| params.valid_until = BlockNumber::MAX, Error::<Test>::NotValidNow);
		// For as long as its job has time, and never for longer than the chain allows.
		for (deadline, last) in [(10, 23), (46, 59), (48, 60)] {
			let change = |params: &mut RequestParamsOf<Test>| {
				(params.deadline, params.valid_until) = (deadline, last + 1);
			};
			refused(change, Error::<Test>::NotValidNow);
		}
		for (n, deadline, valid_until) in [(0, 10, 10), (1, 10, 23), (2, 46, 59), (3, 48, 60)] {
			request_with(CONSUMER, RequestParams { deadline, valid_until, ..params(n) });
		}
	});
}

#[test]
fn a_request_for_no_units_fails() {
	test_served(|| refused(|params| params.max_units = 0, Error::<Test>::ZeroUnits));
}

#[test]
fn a_request_for_less_than_a_call_costs_fails() {
	test_served(|| {
		refused(|params| params.max_units = 1, Error::<Test>::TooFewUnits);
		request_with(CONSUMER, RequestParams { max_units: 2, ..params(0) });
	});
}

#[test]
fn a_request_with_more_units_than_are_free_fails() {
	test_served(|| {
		refused(|params| params.max_units = UNITS + 1, Error::<Test>::NotEnoughUnits);
		refused(|params| params.max_units = Balance::MAX, Error::<Test>::NotEnoughUnits);
		request_with(CONSUMER, RequestParams { max_units: UNITS, ..params(0) });
		refused(|params| params.max_units = 2, Error::<Test>::NotEnoughUnits);
	});
}

#[test]
fn a_request_with_a_deadline_that_is_too_short_fails() {
	test_served(|| {
		// The chain's least, and the offering's.
		refused(|params| params.deadline = 1, Error::<Test>::DeadlineTooShort);
		refused(|params| params.deadline = 4, ProvidersError::DeadlineTooShort);
		request_with(CONSUMER, RequestParams { deadline: 5, ..params(0) });
	});
}

#[test]
fn a_request_with_a_deadline_that_is_too_long_fails() {
	test_served(|| {
		refused(|params| params.deadline = 101, Error::<Test>::DeadlineTooLong);
		refused(|params| params.deadline = BlockNumber::MAX, Error::<Test>::DeadlineTooLong);
		request_with(CONSUMER, RequestParams { deadline: 100, ..params(0) });
	});
}

#[test]
fn a_request_under_an_unknown_plan_fails() {
	test_served(|| refused(|params| params.plan = 7, Error::<Test>::PlanNotFound));
}

#[test]
fn a_request_for_a_version_that_the_plan_does_not_cover_fails() {
	test_served(|| refused(|params| params.plan = NARROW_PLAN, Error::<Test>::VersionNotCovered));
}

#[test]
fn a_request_for_a_version_that_may_not_be_served_any_more_fails() {
	test_served(|| {
		books::Servable::<Test>::remove((MODEL, VERSION));
		refused(|_| (), Error::<Test>::VersionNotFound);
	});
}

#[test]
fn a_commitment_is_used_once_by_an_account() {
	test_served(|| {
		request(0);
		refused(|_| (), Error::<Test>::CommitmentUsed);
		// It can neither be used up for others, nor by others.
		request_with(PAUPER, params(0));
	});
}

#[test]
fn an_account_has_a_limit_of_open_jobs() {
	test_served(|| {
		MaxJobsPerBlock::set(100);
		let ids: Vec<_> = (1..=40).map(request).collect();
		refused(|_| (), Error::<Test>::TooManyOpenJobs);
		settle(receipt(ids[7]));
		request(0);
	});
}

#[test]
fn a_deadline_moves_to_the_next_block_with_room() {
	test_served(|| {
		MaxJobsPerBlock::set(2);
		run_to_block(3);
		let due = (0..6).map(|n| Inference::job(request(n)).unwrap());
		let due: Vec<_> = due.map(|job| (job.deadline, job.expires, job.due)).collect();
		// What is free takes the first half of each block's room, what is paid for the first block.
		assert_eq!(due[..3], [(13, 16, 17), (14, 17, 18), (15, 18, 19)]);
		assert_eq!(due[4..], [(13, 16, 17), (14, 17, 18)]);
		// A job that ends makes room.
		settle(receipt(0));
		assert_eq!(Inference::job(request(9)).unwrap().due, 17);
		assert_eq!(Inference::job(request(10)).unwrap().due, 19);
	});
}

#[test]
fn a_request_fails_where_no_block_has_room() {
	test_served(|| {
		MaxJobsPerBlock::set(2);
		for n in 0..2 * SPREAD as u64 {
			request(n + 1);
		}
		let last = Inference::job(2 * SPREAD as u64 - 1).unwrap();
		assert_eq!(last.due, 1 + 10 + 3 + 1 + 15);
		refused(|_| (), Error::<Test>::NoRoom);
		// A block further there is.
		request_with(CONSUMER, RequestParams { deadline: 11, ..params(0) });
	});
}

#[test]
fn a_request_fails_when_there_are_no_more_ids() {
	test_served(|| {
		NextJobId::<Test>::put(JobId::MAX);
		refused(|_| (), Error::<Test>::TooManyJobs);
	});
}
