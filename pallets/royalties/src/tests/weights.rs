use super::*;
use frame_support::dispatch::GetDispatchInfo;

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
