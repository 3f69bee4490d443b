use super::*;
use frame_support::dispatch::GetDispatchInfo;

#[test]
fn each_call_costs_its_own_weight() {
	let weight = |call: Call<Test>| call.get_dispatch_info().call_weight;
	assert_eq!(weight(Call::claim { currency: TLY, account: BOB }), <() as WeightInfo>::claim());
	assert_eq!(
		weight(Call::admit_currency { currency: TLY, threshold: 10 }),
		<() as WeightInfo>::admit_currency()
	);
	assert_eq!(
		weight(Call::report_impaired { currency: TLY }),
		<() as WeightInfo>::report_impaired()
	);
	assert_eq!(
		weight(Call::spend { currency: TLY, to: BOB, amount: 1 }),
		<() as WeightInfo>::spend()
	);
}
