use super::*;
use frame_support::dispatch::GetDispatchInfo;

#[test]
fn each_call_costs_its_own_weight() {
	let weight = |call: Call<Test>| call.get_dispatch_info().call_weight;
	let create_plan = Call::create_plan {
		artifact: MODEL,
		terms: terms(),
		name: Default::default(),
		symbol: Default::default(),
	};
	assert_eq!(weight(create_plan), <() as WeightInfo>::create_plan());
	assert_eq!(
		weight(Call::buy { plan: PLAN, units: 1, terms: H256::zero() }),
		<() as WeightInfo>::buy()
	);
	assert_eq!(weight(Call::close { plan: PLAN }), <() as WeightInfo>::close());
	assert_eq!(weight(Call::retire_plan { plan: PLAN }), <() as WeightInfo>::retire_plan());
}
