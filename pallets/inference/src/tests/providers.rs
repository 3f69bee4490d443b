//! Where jobs and providers meet: keys that change, offerings that go, and leaving.

use super::*;
use sp_core::Pair;
use tallystick_primitives::genesis_hash;

#[test]
fn a_new_key_replaces_the_old_one_for_running_jobs_too() {
	test_served(|| {
		let id = request(0);
		let pair = service_pair(PROVIDER, 1);
		let new_key = Some((pair.public(), proof(&pair, PROVIDER)));
		assert_ok!(Providers::update(signed(PROVIDER), new_key, endpoints()));

		let receipt = receipt(id);
		assert_eq!(
			Inference::check_receipt(&receipt, Some(&sign(&receipt))),
			Err(InvalidReceipt::BadSignature)
		);
		let signature = pair.sign(&receipt.signing_hash(&genesis_hash::<Test>()));
		assert_ok!(Inference::check_receipt(&receipt, Some(&signature)));
	});
}

#[test]
fn a_provider_withdraws_and_its_jobs_go_on() {
	test_served(|| {
		let id = request(0);
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_noop!(
			Inference::request(signed(CONSUMER), params(1)),
			pallet_providers::Error::<Test>::OfferingNotFound
		);
		check_state();
		settle(receipt(id));
	});
}

#[test]
fn leaving_fails_with_open_jobs_and_goes_when_they_are_settled() {
	test_served(|| {
		let id = request(0);
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_noop!(Providers::leave(signed(PROVIDER)), Error::<Test>::JobsOpen);

		settle(receipt(id));
		assert_ok!(Providers::leave(signed(PROVIDER)));
		check_state();
		// Its share comes all the same.
		run_to_block(System::block_number() + WINDOW);
		assert_eq!(books::Deposits::<Test>::get().len(), 1);
		assert_eq!(books::Deposits::<Test>::get()[0].provider, PROVIDER);
	});
}

#[test]
fn nothing_is_known_of_a_provider_that_left() {
	test_served(|| {
		settle(receipt(request(0)));
		let last_receipt = Workloads::<Test>::get(PROVIDER).last_receipt;
		assert_ne!(last_receipt, H256::zero());
		assert_ok!(Providers::withdraw_offering(signed(PROVIDER), MODEL, VERSION, PROVIDER));
		assert_ok!(Providers::leave(signed(PROVIDER)));
		assert_eq!(Workloads::<Test>::iter().count(), 0);
		// Who comes back begins anew.
		register(PROVIDER);
		activate(PROVIDER, VERSION);
		request(1);
		let workload = Workload { open_jobs: 1, last_receipt: H256::zero() };
		assert_eq!(Workloads::<Test>::get(PROVIDER), workload);
	});
}

#[test]
fn work_of_who_is_no_provider_and_shares_above_the_dearest_are_found() {
	test_served(|| {
		let found = || Inference::do_try_state().err().map(<&str>::from);
		Workloads::<Test>::insert(RIVAL, Workload::default());
		assert_eq!(found(), Some("inference 6: work is kept of who is no provider"));
		Workloads::<Test>::remove(RIVAL);

		request(0);
		pallet_providers::DearestShares::<Test>::remove(MODEL);
		assert_eq!(found(), Some("inference 6: a job is dearer than the dearest"));
		pallet_providers::DearestShares::<Test>::insert(MODEL, SHARE);
	});
}
