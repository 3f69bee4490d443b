//! Each invariant, broken.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use sp_core::Pair;

/// What is wrong with a chain on which [`PROVIDER`] serves [`VERSION`], after `harm`.
fn found_after(harm: impl FnOnce()) -> Option<&'static str> {
	new_test_ext().execute_with(|| {
		register(PROVIDER);
		activate(PROVIDER, VERSION);
		assert_ok!(Providers::do_try_state());
		harm();
		Providers::do_try_state().err().map(Into::into)
	})
}

/// What is wrong after a change of [`PROVIDER`]'s record.
fn found_in_record(change: impl FnOnce(&mut Provider)) -> Option<&'static str> {
	found_after(|| crate::Providers::<Test>::mutate(PROVIDER, |p| change(p.as_mut().unwrap())))
}

/// What is wrong after a change of its offering.
fn found_in_offering(change: impl FnOnce(&mut Offering<u32>)) -> Option<&'static str> {
	let key = (MODEL, VERSION, PROVIDER);
	found_after(|| Offerings::<Test>::mutate(key, |offering| change(offering.as_mut().unwrap())))
}

#[test]
fn a_provider_that_cannot_be_reached_or_found_by_its_key_is_found() {
	let differ = Some("providers 1: keys and providers differ");
	let (own, other) = (service_pair(PROVIDER, 0).public(), service_pair(RIVAL, 0).public());
	assert_eq!(
		found_in_record(|provider| provider.endpoints = Default::default()),
		Some("providers 1: a provider without endpoints")
	);
	assert_eq!(found_in_record(|provider| provider.service_key = other.clone()), differ);
	assert_eq!(found_after(|| ProviderByKey::<Test>::remove(&own)), differ);
	assert_eq!(found_after(|| ProviderByKey::<Test>::insert(&own, RIVAL)), differ);
	assert_eq!(found_after(|| ProviderByKey::<Test>::insert(&other, PROVIDER)), differ);
}

#[test]
fn a_bond_that_is_not_held_is_found() {
	let release = || {
		let reason = HoldReason::ProviderBond.into();
		assert_ok!(Balances::release(&reason, &PROVIDER, 1, Precision::Exact));
	};
	assert_eq!(found_after(release), Some("providers 2: a provider's bond is not held"));
}

#[test]
fn offerings_that_are_miscounted_are_found() {
	let miscounted =
		Some("providers 3: offerings are miscounted, or their provider is not registered");
	assert_eq!(found_in_record(|provider| provider.offerings = 0), miscounted);
	assert_eq!(found_in_record(|provider| provider.offerings = 2), miscounted);
	let of_nobody = || {
		let offering = Offerings::<Test>::get((MODEL, VERSION, PROVIDER)).unwrap();
		Offerings::<Test>::insert((MODEL, OTHER_VERSION, RIVAL), offering);
	};
	assert_eq!(found_after(of_nobody), miscounted);
}

#[test]
fn candidates_that_are_not_the_active_offerings_are_found() {
	let other = Some("providers 4: candidates are not the active offerings");
	let insert = |list: Vec<Candidate<AccountId, u32>>, version: Digest| {
		Candidates::<Test>::insert(MODEL, version, CandidatesOf::<Test>::truncate_from(list))
	};
	let one = Candidate { provider: PROVIDER, min_deadline: 5 };
	assert_eq!(found_after(|| Candidates::<Test>::remove(MODEL, VERSION)), other);
	assert_eq!(found_in_offering(|offering| offering.min_deadline = 6), other);
	assert_eq!(found_in_offering(|offering| offering.status = OfferingStatus::Proposed), other);
	assert_eq!(
		found_after(|| insert(vec![one.clone(), one.clone()], VERSION)),
		Some("providers 4: a candidate is listed twice")
	);
	assert_eq!(
		found_after(|| insert(vec![], OTHER_VERSION)),
		Some("providers 4: an empty list of candidates is stored")
	);
}

#[test]
fn shares_that_are_more_than_the_dearest_or_the_whole_are_found() {
	assert_eq!(
		found_after(|| DearestShares::<Test>::remove(MODEL)),
		Some("providers 5: an offering is dearer than the dearest")
	);
	assert_eq!(
		found_after(|| DearestShares::<Test>::insert(MODEL, Share::from_percent(41))),
		Some("providers 5: the shares of a use are more than the whole")
	);
}
