use super::*;
use frame_support::dispatch::GetDispatchInfo;
use sp_core::Pair;

#[test]
fn each_call_costs_its_own_weight() {
	test(|| {
		let weight = |call: Call<Test>| call.get_dispatch_info().call_weight;
		let (artifact, version, provider, share) = (MODEL, VERSION, PROVIDER, SHARE);
		let pair = service_pair(PROVIDER, 0);
		let register = Call::register {
			service_key: pair.public(),
			endpoints: endpoints(),
			proof: proof(&pair, PROVIDER),
		};
		assert_eq!(weight(register), <() as WeightInfo>::register());
		let update = Call::update { new_key: None, endpoints: endpoints() };
		assert_eq!(weight(update), <() as WeightInfo>::update());
		assert_eq!(weight(Call::leave {}), <() as WeightInfo>::leave());
		let offer = Call::offer { artifact, version, share, min_deadline: 5 };
		assert_eq!(weight(offer), <() as WeightInfo>::offer());
		let accept = Call::accept_offering { artifact, version, provider, share, min_deadline: 5 };
		assert_eq!(weight(accept), <() as WeightInfo>::accept_offering());
		let withdraw = Call::withdraw_offering { artifact, version, provider };
		assert_eq!(weight(withdraw), <() as WeightInfo>::withdraw_offering());
	});
}
