use super::*;
use sp_core::Pair;
use tallystick_primitives::{offchain::Input, service_key::ServiceKey};

fn key(account: AccountId) -> ServiceKey {
	service_pair(account, 0).public()
}

#[test]
fn a_worker_sees_its_open_jobs_oldest_first() {
	test_served(|| {
		register(RIVAL);
		activate(RIVAL, VERSION);
		MaxJobsPerBlock::set(100);
		for n in 0..10 {
			request(n);
		}
		request_with(CONSUMER, RequestParams { provider: Some(RIVAL), ..params(11) });
		settle(receipt(3));
		Inference::decline(signed(PROVIDER), 5).unwrap();

		let ids = |key, limit| {
			let list = Inference::assignments(&key, limit).into_iter();
			list.map(|assignment| assignment.job).collect::<Vec<_>>()
		};
		assert_eq!(ids(key(PROVIDER), 100), [0, 1, 2, 4, 6, 7, 8, 9]);
		assert_eq!(ids(key(RIVAL), 100), [10]);
		assert!(ids(key(STRANGER), 100).is_empty());
		// More than the worker takes at once: each block has another part.
		let parts = (0..3).map(|n| {
			System::set_block_number(8 + n);
			ids(key(PROVIDER), 3)
		});
		assert_eq!(parts.collect::<Vec<_>>(), [vec![0, 1, 2], vec![4, 6, 7], vec![0, 8, 9]]);
		System::set_block_number(1);
	});
}

#[test]
fn a_flood_of_jobs_without_inputs_hides_no_job_for_good() {
	test_served(|| {
		for n in 0..8_000 {
			ProviderJobs::<Test>::insert(PROVIDER, 1_000 + n, ());
		}
		let job = request(0);
		let seen = |block| {
			System::set_block_number(block);
			Inference::assignments(&key(PROVIDER), 1_024).iter().any(|seen| seen.job == job)
		};
		let blocks = (1..=60).filter(|block| seen(*block)).count();
		assert!(blocks > 0);
		System::set_block_number(1);
		for n in 0..8_000 {
			ProviderJobs::<Test>::remove(PROVIDER, 1_000 + n);
		}
	});
}

#[test]
fn an_assignment_has_all_that_a_worker_needs() {
	test_served(|| {
		settle(receipt(request(0)));
		let previous = Workloads::<Test>::get(PROVIDER).last_receipt;
		assert_ne!(previous, H256::zero());
		let input = inline_input();
		let params = RequestParams { input: JobInput::Inline(input.clone()), ..params(1) };
		let job = request_with(CONSUMER, params.clone());
		let requested_at_ms = Millis::get();
		run_to_block(System::block_number() + 2);

		let (request, parameters) = params.input.commitments();
		assert_eq!(
			Inference::assignments(&key(PROVIDER), 10),
			[Assignment {
				job,
				consumer: CONSUMER,
				provider: PROVIDER,
				service_key: key(PROVIDER),
				artifact: MODEL,
				version: VERSION,
				endpoint: params.endpoint,
				request,
				parameters,
				units_held: 100,
				tariff: TARIFF,
				requested_at_ms,
				// 10 blocks and 3 of grace, 2 of which are over.
				expires_in_ms: 11 * BLOCK_MS,
				inline: Some(Input {
					consumer: CONSUMER.encode(),
					salt: input.salt,
					request: input.request.into_inner(),
					parameters: input.parameters.into_inner(),
				}),
				previous,
			}]
		);
	});
}

#[test]
fn a_job_whose_time_is_over_is_no_work_even_if_the_lapse_is_late() {
	test_served(|| {
		let id = request(0);
		System::set_block_number(14);
		assert!(Inference::is_answerable(id));
		assert_eq!(Inference::assignments(&key(PROVIDER), 10)[0].expires_in_ms, 0);
		System::set_block_number(15);
		assert!(!Inference::is_answerable(id));
		assert!(Inference::assignments(&key(PROVIDER), 10).is_empty());
	});
}
