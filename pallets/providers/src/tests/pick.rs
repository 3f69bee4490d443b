//! What inference and the registry ask. That requests are answered by whom the chain picks is
//! tested with inference.

use super::*;
use sp_core::Pair;
use tallystick_primitives::ProviderInspect;

#[test]
fn a_named_provider_answers_for_its_share() {
	test_served(|| assert_eq!(pick(7, Some(PROVIDER), 5), Ok((PROVIDER, SHARE))));
}

#[test]
fn the_chain_picks_round_robin() {
	test_served(|| {
		for who in [RIVAL, THIRD] {
			register(who);
			activate(who, VERSION);
		}
		let picked = (0..6).map(|id| pick(id, None, 5).unwrap().0);
		assert_eq!(picked.collect::<Vec<_>>(), [PROVIDER, RIVAL, THIRD, PROVIDER, RIVAL, THIRD]);
	});
}

#[test]
fn the_chain_picks_who_has_time_enough() {
	test_served(|| {
		register(RIVAL);
		Providers::offer(signed(RIVAL), MODEL, VERSION, SHARE, 2).unwrap();
		Providers::accept_offering(signed(OWNER), MODEL, VERSION, RIVAL, SHARE, 2).unwrap();
		assert!((0..3).all(|id| pick(id, None, 3) == Ok((RIVAL, SHARE))));
	});
}

#[test]
fn a_pick_fails_when_nobody_offers_the_version() {
	test(|| {
		register(PROVIDER);
		assert_eq!(pick(0, None, 5), Err(Error::<Test>::NoProvider.into()));
		assert_eq!(pick(0, Some(PROVIDER), 5), Err(Error::<Test>::OfferingNotFound.into()));
		Providers::offer(signed(PROVIDER), MODEL, VERSION, SHARE, 5).unwrap();
		assert_eq!(pick(0, None, 5), Err(Error::<Test>::NoProvider.into()));
		assert_eq!(pick(0, Some(PROVIDER), 5), Err(Error::<Test>::OfferingNotActive.into()));
	});
}

#[test]
fn a_pick_fails_when_there_is_too_little_time() {
	test_served(|| {
		for named in [None, Some(PROVIDER)] {
			assert_eq!(pick(0, named, 4), Err(Error::<Test>::DeadlineTooShort.into()));
			assert_eq!(pick(0, named, 5), Ok((PROVIDER, SHARE)));
		}
	});
}

#[test]
fn a_provider_is_found_by_its_key_and_the_key_by_its_provider() {
	test_served(|| {
		let key = service_pair(PROVIDER, 0).public();
		assert_eq!(Providers::service_key(&PROVIDER), Some(key.clone()));
		assert_eq!(Providers::account_of(&key), Some(PROVIDER));
		assert_eq!(Providers::service_key(&RIVAL), None);
		assert_eq!(Providers::account_of(&service_pair(RIVAL, 0).public()), None);
	});
}
