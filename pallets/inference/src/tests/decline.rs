use super::*;

#[test]
fn a_declined_job_gives_its_units_back_and_is_gone() {
	test_served(|| {
		let mut params = params(0);
		params.input = JobInput::Inline(inline_input());
		let id = request_with(CONSUMER, params);
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS - 100);
		System::reset_events();

		assert_ok!(Inference::decline(signed(PROVIDER), id));
		assert_eq!(Books::free(PLAN, CONSUMER), UNITS);
		assert_no_jobs();
		assert_eq!(
			events(),
			[Event::Declined { job: id, provider: PROVIDER, consumer: CONSUMER, units: 100 }]
		);
		// The agenda has the commitment alone.
		assert_eq!(Agenda::<Test>::iter().count(), 1);
	});
}

#[test]
fn declining_what_is_not_there_fails() {
	test_served(|| {
		assert_noop!(Inference::decline(signed(PROVIDER), 0), Error::<Test>::JobNotFound);
	});
}

#[test]
fn declining_what_is_settled_fails() {
	test_served(|| {
		let id = request(0);
		settle(receipt(id));
		assert_noop!(Inference::decline(signed(PROVIDER), id), Error::<Test>::JobNotOpen);
	});
}

#[test]
fn declining_fails_for_anybody_else_and_for_the_consumer() {
	test_served(|| {
		register(RIVAL);
		let id = request(0);
		for who in [RIVAL, CONSUMER, OWNER] {
			assert_noop!(Inference::decline(signed(who), id), Error::<Test>::NotJobProvider);
		}
	});
}
