use super::*;
use frame_support::dispatch::GetDispatchInfo;

/// Checks a slice whose halves have `room`.
fn check_slice(room: Weight) {
	SliceWeight::set(room.saturating_mul(2));
	Royalties::integrity_test();
}

#[test]
fn half_a_slice_can_have_room_for_just_one_step() {
	check_slice(<() as WeightInfo>::look() + Royalties::step_weight());
}

#[test]
#[should_panic = "each half of the slice must have room for a step"]
fn half_a_slice_must_have_room_for_a_step() {
	let enough = <() as WeightInfo>::look() + Royalties::step_weight();
	check_slice(enough - Weight::from_parts(1, 0));
}

#[test]
fn a_call_costs_the_steps_it_asks_for() {
	let weight = |call: Call<Test>| call.get_dispatch_info().call_weight;
	let dearest = <() as WeightInfo>::visit(32);
	assert!(dearest.ref_time() > <() as WeightInfo>::payout().ref_time());
	assert_eq!(
		weight(Call::distribute { steps: 7 }),
		<() as WeightInfo>::look() + dearest.saturating_mul(7)
	);
	assert_eq!(weight(Call::mark { artifact: 1, currency: TLY }), <() as WeightInfo>::mark());
}
