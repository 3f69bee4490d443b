use super::*;
use sp_core::Pair;
use sp_runtime::TokenError;

#[test]
fn a_provider_bonds_and_is_found_by_its_key() {
	test(|| {
		register(PROVIDER);

		let service_key = service_pair(PROVIDER, 0).public();
		let provider = Providers::provider(PROVIDER).unwrap();
		assert_eq!(provider.service_key, service_key);
		assert_eq!(provider.endpoints, endpoints());
		assert_eq!(provider.bond, BOND);
		assert_eq!(provider.offerings, 0);
		assert_eq!(ProviderByKey::<Test>::get(&service_key), Some(PROVIDER));
		assert_eq!(Balances::free_balance(PROVIDER), 10_000 - BOND);
		assert_eq!(events(), [Event::Registered { provider: PROVIDER, service_key }]);
	});
}

fn try_register(
	account: AccountId,
	key_of: AccountId,
	endpoints: Endpoints,
	proof_for: AccountId,
) -> DispatchResult {
	let pair = service_pair(key_of, 0);
	let proof = proof(&pair, proof_for);
	Providers::register(signed(account), pair.public(), endpoints, proof)
}

#[test]
fn registering_twice_fails() {
	test(|| {
		register(PROVIDER);
		assert_noop!(
			try_register(PROVIDER, PROVIDER, endpoints(), PROVIDER),
			Error::<Test>::AlreadyProvider
		);
	});
}

#[test]
fn registering_without_an_endpoint_fails() {
	test(|| {
		for endpoints in [vec![], vec![b"".to_vec().try_into().unwrap()]] {
			let endpoints = Endpoints::try_from(endpoints).unwrap();
			assert_noop!(
				try_register(PROVIDER, PROVIDER, endpoints, PROVIDER),
				Error::<Test>::NoEndpoint
			);
		}
	});
}

#[test]
fn registering_a_key_in_use_fails() {
	test(|| {
		register(PROVIDER);
		assert_noop!(
			try_register(RIVAL, PROVIDER, endpoints(), RIVAL),
			Error::<Test>::ServiceKeyInUse
		);
	});
}

#[test]
fn registering_with_a_proof_for_another_account_fails() {
	test(|| {
		assert_noop!(try_register(RIVAL, PROVIDER, endpoints(), PROVIDER), Error::<Test>::BadProof);
	});
}

#[test]
fn registering_with_a_proof_of_another_key_fails() {
	test(|| {
		let key = service_pair(PROVIDER, 0).public();
		let proof = proof(&service_pair(RIVAL, 0), PROVIDER);
		assert_noop!(
			Providers::register(signed(PROVIDER), key, endpoints(), proof),
			Error::<Test>::BadProof
		);
	});
}

#[test]
fn registering_without_the_bond_fails() {
	test(|| {
		assert_noop!(
			try_register(PAUPER, PAUPER, endpoints(), PAUPER),
			TokenError::FundsUnavailable
		);
	});
}
