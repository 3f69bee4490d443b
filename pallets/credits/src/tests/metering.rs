use super::*;

type CreditsMeter = Credits;
const JOB: tallystick_primitives::JobId = 77;

fn maturing() -> Balance {
	<Ledger as Books<_>>::balance(&TLY, &Bucket::Maturing(JOB))
}

fn settle(held: Balance, charge: Balance) -> Result<Balance, DispatchError> {
	let backing = <CreditsMeter as Meter<_, _>>::settle(PLAN, &BUYER, held, charge, JOB)?;
	assert_eq!(backing.currency, TLY);
	Ok(backing.amount)
}

fn hold(units: Balance) -> DispatchResult {
	assert_eq!(
		<CreditsMeter as Meter<_, _>>::can_hold(PLAN, &BUYER, units),
		<CreditsMeter as Meter<_, _>>::hold(PLAN, &BUYER, units).is_ok()
	);
	Ok(())
}

/// What wallets were told of units that were burned, and of units that are free again.
fn told() -> (Vec<Balance>, Vec<Balance>) {
	use pallet_assets_holder::Event::*;
	let (mut burned, mut released) = (vec![], vec![]);
	for record in System::events() {
		match record.event {
			RuntimeEvent::AssetsHolder(Burned { amount, .. }) => burned.push(amount),
			RuntimeEvent::AssetsHolder(Released { amount, .. }) => released.push(amount),
			_ => (),
		}
	}
	(burned, released)
}

#[test]
fn settling_burns_the_charge_and_frees_the_rest() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(hold(60));
		assert_eq!(units(BUYER), 40);
		assert_eq!(settle(60, 25), Ok(25 * PRICE));
		assert_eq!(told(), (vec![25], vec![35]));
		assert_eq!((units(BUYER), escrow(), maturing()), (75, 75 * PRICE, 25 * PRICE));
		assert_eq!(Assets::total_supply(PLAN), 75);
	});
}

#[test]
fn the_whole_hold_can_be_charged() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(hold(97));
		assert_eq!(settle(97, 97), Ok(97 * PRICE));
		assert_eq!((units(BUYER), escrow()), (3, 3 * PRICE));
		assert_eq!(told(), (vec![97], vec![]));
	});
}

#[test]
fn a_charge_of_nothing_frees_all() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(hold(60));
		assert_eq!(settle(60, 0), Ok(0));
		assert_eq!((units(BUYER), maturing()), (100, 0));
		assert_eq!(told(), (vec![], vec![60]));
	});
}

#[test]
fn a_hold_always_leaves_the_minimum_balance() {
	test(|| {
		create_plan();
		buy(100);
		let can = |units| <CreditsMeter as Meter<_, _>>::can_hold(PLAN, &BUYER, units);
		assert!(can(97));
		assert!(!can(98));
		leave_native_token();
		assert_ok!(hold(97));
		assert_eq!(units(BUYER), MIN_BALANCE);
	});
}

#[test]
fn holds_of_several_jobs_add_up() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(hold(30));
		assert_ok!(hold(30));
		assert_eq!(settle(30, 10), Ok(10 * PRICE));
		assert_eq!(units(BUYER), 60);
		assert_ok!(<CreditsMeter as Meter<_, _>>::release(PLAN, &BUYER, 30));
		assert_eq!(units(BUYER), 90);
	});
}

#[test]
fn settle_should_fail_beyond_the_hold() {
	test(|| {
		create_plan();
		buy(100);
		assert_ok!(hold(10));
		assert_noop!(settle(10, 11), Error::<Test>::ChargeExceedsHold);
		assert_noop!(
			<CreditsMeter as Meter<_, _>>::settle(PLAN + 1, &BUYER, 10, 1, JOB),
			Error::<Test>::PlanNotFound
		);
		// What was never held cannot be settled or released.
		assert!(frame_support::storage::with_storage_layer(|| settle(11, 11)).is_err());
		assert!(<CreditsMeter as Meter<_, _>>::release(PLAN, &BUYER, 11).is_err());
	});
}

#[test]
fn a_plan_covers_its_versions() {
	test(|| {
		create_plan();
		let versions = BoundedVec::truncate_from(vec![VERSION]);
		assert_ok!(create_plan_with(PlanTerms { versions, ..terms() }));
		let covers =
			|plan, version| <CreditsMeter as Meter<_, _>>::plan(plan).unwrap().covers(&version);
		assert!(covers(PLAN, VERSION) && covers(PLAN, H256([9; 32])));
		assert!(covers(PLAN + 1, VERSION) && !covers(PLAN + 1, H256([9; 32])));
	});
}

#[test]
fn metering_reads_the_plan() {
	test(|| {
		create_plan();
		let plan = <CreditsMeter as Meter<_, _>>::plan(PLAN).unwrap();
		assert_eq!((plan.artifact, plan.slots, plan.dispute_window), (MODEL, 4, 2));
		assert_eq!(plan.tariff, terms().tariff);
		assert_eq!(<CreditsMeter as Meter<_, _>>::plan(PLAN + 1), None);
	});
}

#[test]
fn the_last_of_a_plan_of_one_unit_is_refunded() {
	test(|| {
		// At this price one unit is worth the existential deposit.
		assert_ok!(create_plan_with(PlanTerms { price: ED, ..terms() }));
		buy(1);
		assert!(!<CreditsMeter as Meter<_, _>>::can_hold(PLAN, &BUYER, 1));
		assert_ok!(Credits::close(RuntimeOrigin::signed(BUYER), PLAN));
		assert_eq!(Balances::balance(&BUYER), FUNDS);
	});
}
