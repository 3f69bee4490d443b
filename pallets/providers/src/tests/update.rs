use super::*;
use sp_core::Pair;

fn new_key(account: AccountId) -> (ServiceKey, ServiceSignature) {
	let pair = service_pair(account, 1);
	(pair.public(), proof(&pair, account))
}

#[test]
fn endpoints_change_and_the_key_stays() {
	test_served(|| {
		let urls: Endpoints = vec![b"ws://other".to_vec().try_into().unwrap()].try_into().unwrap();
		assert_ok!(Providers::update(signed(PROVIDER), None, urls.clone()));

		let service_key = service_pair(PROVIDER, 0).public();
		let provider = Providers::provider(PROVIDER).unwrap();
		assert_eq!(provider.endpoints, urls);
		assert_eq!(provider.service_key, service_key);
		assert_eq!(events(), [Event::Updated { provider: PROVIDER, service_key }]);
	});
}

#[test]
fn a_new_key_replaces_the_old_one() {
	test_served(|| {
		let (key, proof) = new_key(PROVIDER);
		assert_ok!(Providers::update(signed(PROVIDER), Some((key.clone(), proof)), endpoints()));
		assert_eq!(ProviderByKey::<Test>::get(&key), Some(PROVIDER));
		assert_eq!(ProviderByKey::<Test>::get(service_pair(PROVIDER, 0).public()), None);
	});
}

#[test]
fn the_own_key_can_be_named_again() {
	test_served(|| {
		let pair = service_pair(PROVIDER, 0);
		let same = (pair.public(), proof(&pair, PROVIDER));
		assert_ok!(Providers::update(signed(PROVIDER), Some(same), endpoints()));
	});
}

#[test]
fn updating_fails_for_who_is_no_provider() {
	test_served(|| {
		assert_noop!(
			Providers::update(signed(STRANGER), None, endpoints()),
			Error::<Test>::NotProvider
		);
	});
}

#[test]
fn updating_to_no_endpoint_fails() {
	test_served(|| {
		assert_noop!(
			Providers::update(signed(PROVIDER), None, Endpoints::default()),
			Error::<Test>::NoEndpoint
		);
	});
}

#[test]
fn updating_to_a_key_in_use_fails() {
	test_served(|| {
		register(RIVAL);
		let pair = service_pair(PROVIDER, 0);
		let taken = (pair.public(), proof(&pair, RIVAL));
		assert_noop!(
			Providers::update(signed(RIVAL), Some(taken), endpoints()),
			Error::<Test>::ServiceKeyInUse
		);
	});
}

#[test]
fn updating_to_a_key_without_proof_fails() {
	test_served(|| {
		let (key, _) = new_key(PROVIDER);
		let (_, proof) = new_key(RIVAL);
		assert_noop!(
			Providers::update(signed(PROVIDER), Some((key, proof)), endpoints()),
			Error::<Test>::BadProof
		);
	});
}
