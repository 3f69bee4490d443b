use super::*;

#[test]
fn retiring_stops_sales_and_nothing_else() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(Credits::retire_plan(RuntimeOrigin::signed(OWNER), PLAN));
		System::assert_last_event(Event::PlanRetired { plan: PLAN }.into());
		assert_ok!(<Credits as Meter<_, _>>::hold(PLAN, &BUYER, 10));
		assert_ok!(<Credits as Meter<_, _>>::settle(PLAN, &BUYER, 10, 10, 1));
	});
}

#[test]
fn retire_should_fail_for_an_unknown_plan() {
	test(|| {
		assert_noop!(
			Credits::retire_plan(RuntimeOrigin::signed(OWNER), PLAN),
			Error::<Test>::PlanNotFound
		);
	});
}

#[test]
fn retire_should_fail_for_anybody_but_the_owner() {
	test(|| {
		create_plan();
		assert_noop!(
			Credits::retire_plan(RuntimeOrigin::signed(BUYER), PLAN),
			Error::<Test>::NotOwner
		);
		assert_noop!(Credits::retire_plan(RuntimeOrigin::root(), PLAN), BadOrigin);
	});
}

#[test]
fn retire_should_fail_twice() {
	test(|| {
		create_plan();
		assert_ok!(Credits::retire_plan(RuntimeOrigin::signed(OWNER), PLAN));
		assert_noop!(
			Credits::retire_plan(RuntimeOrigin::signed(OWNER), PLAN),
			Error::<Test>::AlreadyRetired
		);
	});
}
