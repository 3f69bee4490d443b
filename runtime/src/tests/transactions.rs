use super::*;
use crate::configs::system::{immortal_implicit, tx_extension};
use codec::Encode;
use frame_support::{assert_ok, dispatch::GetDispatchInfo};
use frame_system::offchain::CreateAuthorizedTransaction;
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::{generic::Era, traits::TransactionExtension};

/// A transaction signed by `who`, with its next nonce.
pub fn signed(who: Sr25519Keyring, call: RuntimeCall) -> UncheckedExtrinsic {
	let extension = tx_extension(System::account_nonce(account(who)), Era::Immortal, 0);
	let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
	let signature = payload.using_encoded(|payload| who.sign(payload));
	UncheckedExtrinsic::new_signed(call, account(who).into(), signature.into(), extension)
}

#[test]
fn the_extensions_are_those_that_stock_clients_know() {
	let extensions = <TxExtension as TransactionExtension<RuntimeCall>>::metadata();
	let names: Vec<_> = extensions.iter().map(|extension| extension.identifier).collect();
	assert_eq!(
		names,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			"WeightReclaim",
		]
	);
	// Era, nonce, tip, and whether there is a metadata hash: a byte each.
	assert_eq!(tx_extension(0, Era::Immortal, 0).encode().len(), 4);
}

#[test]
fn what_a_client_signs_and_does_not_send_is_what_the_chain_knows() {
	test(|| {
		let known = tx_extension(7, Era::Immortal, 1).implicit().unwrap();
		assert_eq!(immortal_implicit(System::block_hash(0)), known);
		assert_ne!(immortal_implicit(Hash::repeat_byte(1)), known);
	});
}

#[test]
fn a_transfer_burns_its_fee_and_nothing_else() {
	test(|| {
		let dest = account(Bob).into();
		let call = pallet_balances::Call::transfer_keep_alive { dest, value: units::TLY };
		let extrinsic = signed(Alice, call.into());
		let length = extrinsic.encoded_size().try_into().unwrap();
		let info = TransactionPayment::query_info(extrinsic.clone(), length);
		let issued = Balances::total_issuance();
		let (alice, bob) = (account(Alice), account(Bob));
		let before = (Balances::free_balance(&alice), Balances::free_balance(&bob));

		assert_ok!(Executive::apply_extrinsic(extrinsic).unwrap());

		let fee = issued - Balances::total_issuance();
		assert!(fee > 0 && fee <= info.partial_fee);
		assert_eq!(Balances::free_balance(&alice), before.0 - units::TLY - fee);
		assert_eq!(Balances::free_balance(&bob), before.1 + units::TLY);
		// Some tenths of a thousandth of the token: neither free nor dear.
		assert!(fee > 100 * units::MICRO_TLY && fee < units::MILLI_TLY, "{fee}");
	});
}

#[test]
fn a_refused_call_is_charged_and_fails() {
	test(|| {
		let call = pallet_session::Call::purge_keys {};
		let outcome = Executive::apply_extrinsic(signed(Alice, call.into())).unwrap();
		assert_eq!(outcome, Err(filtered()));
	});
}

#[test]
fn a_call_that_authorizes_itself_goes_without_a_signature() {
	let call = RuntimeCall::from(frame_system::Call::remark { remark: vec![] });
	let extrinsic = <Runtime as CreateAuthorizedTransaction<
		frame_system::Call<Runtime>,
	>>::create_authorized_transaction(call.clone());
	assert_eq!(extrinsic.function, call);
	assert!(matches!(extrinsic.preamble, sp_runtime::generic::Preamble::General(..)));
	// A call that does not authorize itself does not get in this way.
	test(|| assert!(Executive::apply_extrinsic(extrinsic).is_err()));
}

#[test]
fn every_call_of_ours_fits_in_a_block() {
	use frame_support::dispatch::DispatchClass;
	let weights = configs::system::RuntimeBlockWeights::get();
	let most = weights.get(DispatchClass::Normal).max_extrinsic.unwrap();
	let calls: [RuntimeCall; 3] = [
		pallet_royalties::Call::distribute { steps: 32 }.into(),
		pallet_validator_set::Call::set_min_validators { min: 1 }.into(),
		pallet_registry::Call::confirm_parent { child: 0, parent: 0 }.into(),
	];
	for call in calls {
		let weight = call.get_dispatch_info().call_weight;
		assert!(weight.all_lte(most), "{call:?}: {weight:?} of {most:?}");
	}
}

#[test]
fn metadata_comes_in_all_versions_that_clients_ask_for() {
	assert_eq!(Runtime::metadata_versions(), [14, 15, 16]);
	for version in [14, 15, 16] {
		assert!(Runtime::metadata_at_version(version).is_some());
	}
}
