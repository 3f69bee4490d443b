use super::*;
use crate::configs::access::ProxyType;
use frame_support::{assert_ok, traits::InstanceFilter};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};

/// The types that may make a call, of those that may not make every call.
fn who_may(call: impl Into<RuntimeCall>) -> Vec<ProxyType> {
	let call = call.into();
	assert!(ProxyType::Any.filter(&call));
	[ProxyType::NonTransfer, ProxyType::Owner, ProxyType::Provider]
		.into_iter()
		.filter(|proxy| proxy.filter(&call))
		.collect()
}

/// A call of ours by its indices, with zeros for arguments.
fn call(pallet: usize, index: u8) -> RuntimeCall {
	let bytes = [u8::try_from(pallet).unwrap(), index];
	codec::Decode::decode(&mut sp_runtime::traits::TrailingZeroInput::new(&bytes)).unwrap()
}

#[test]
fn each_type_may_do_its_own_and_nothing_else() {
	use frame_support::traits::{GetCallIndex, GetCallName, PalletInfoAccess};
	use ProxyType::{NonTransfer, Owner, Provider};

	fn table<P: PalletInfoAccess, C: GetCallIndex + GetCallName>(
	) -> Vec<(&'static str, Vec<ProxyType>)> {
		C::get_call_names()
			.iter()
			.zip(C::get_call_indices())
			.map(|(name, index)| (*name, who_may(call(P::index(), *index))))
			.collect()
	}

	assert_eq!(
		table::<Registry, pallet_registry::Call<Runtime>>(),
		[
			("register", vec![Owner]),
			("publish", vec![Owner]),
			("confirm_parent", vec![NonTransfer, Owner]),
			("update_metadata", vec![NonTransfer, Owner]),
			("update_licence", vec![Owner]),
			("update_locators", vec![NonTransfer, Owner]),
			("set_deprecated", vec![NonTransfer, Owner]),
			("withdraw_version", vec![Owner]),
			("set_serving", vec![Owner]),
			("request_derivative", vec![NonTransfer, Owner]),
			("approve_derivative", vec![Owner]),
			("close_derivative_request", vec![NonTransfer, Owner]),
			("offer_gift", vec![]),
			("cancel_gift", vec![NonTransfer, Owner]),
			("accept_gift", vec![]),
			("add_contributor", vec![]),
			("renounce_share", vec![]),
			("transfer_share", vec![]),
		]
	);
	assert_eq!(
		table::<Credits, pallet_credits::Call<Runtime>>(),
		[
			("create_plan", vec![Owner]),
			("buy", vec![]),
			("close", vec![]),
			("retire_plan", vec![NonTransfer, Owner]),
		]
	);
	assert_eq!(
		table::<Inference, pallet_inference::Call<Runtime>>(),
		[("request", vec![]), ("submit_receipt", vec![]), ("decline", vec![NonTransfer, Provider]),]
	);
	assert_eq!(
		table::<Providers, pallet_providers::Call<Runtime>>(),
		[
			("register", vec![Provider]),
			("update", vec![Provider]),
			("leave", vec![Provider]),
			("offer", vec![Provider]),
			("accept_offering", vec![Owner]),
			("withdraw_offering", vec![NonTransfer, Owner, Provider]),
		]
	);
	assert_eq!(
		table::<Provenance, pallet_provenance::Call<Runtime>>(),
		[
			("anchor", vec![]),
			("revoke", vec![]),
			("anchor_batch", vec![]),
			("supersede", vec![]),
			("reserve", vec![]),
			("release_reservation", vec![NonTransfer]),
			("bind_key", vec![]),
			("unbind_key", vec![NonTransfer]),
			("confirm", vec![]),
		]
	);
	let nobody =
		|table: Vec<(&str, Vec<ProxyType>)>| table.iter().all(|(_, types)| types.is_empty());
	assert!(nobody(table::<Ledger, pallet_ledger::Call<Runtime>>()));
	assert!(nobody(table::<Royalties, pallet_royalties::Call<Runtime>>()));
	assert!(nobody(table::<Balances, pallet_balances::Call<Runtime>>()));
	assert!(nobody(table::<Assets, pallet_assets::Call<Runtime>>()));
	assert!(nobody(table::<ValidatorSet, pallet_validator_set::Call<Runtime>>()));
	assert!(nobody(table::<Sudo, pallet_sudo::Call<Runtime>>()));
	assert!(nobody(table::<Multisig, pallet_multisig::Call<Runtime>>()));
}

#[test]
fn what_acts_as_another_account_is_for_any_alone() {
	let remark = Box::new(RuntimeCall::System(frame_system::Call::remark { remark: vec![] }));
	let real = account(Charlie).into();
	let nested = pallet_proxy::Call::proxy { real, force_proxy_type: None, call: remark.clone() };
	assert!(who_may(nested).is_empty());
	assert!(who_may(pallet_utility::Call::as_derivative { index: 0, call: remark }).is_empty());
}

fn transfer(to: Sr25519Keyring) -> RuntimeCall {
	let dest = account(to).into();
	pallet_balances::Call::transfer_keep_alive { dest, value: units::TLY }.into()
}

fn as_proxy(call: RuntimeCall) -> DispatchResult {
	System::reset_events();
	let (real, call) = (account(Alice).into(), Box::new(call));
	assert_ok!(dispatch(Bob, pallet_proxy::Call::proxy { real, force_proxy_type: None, call }));
	System::events()
		.into_iter()
		.find_map(|record| match record.event {
			RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
			_ => None,
		})
		.expect("the proxy executes")
}

fn make_proxy(proxy_type: ProxyType) {
	let delegate = account(Bob).into();
	assert_ok!(dispatch(Alice, pallet_proxy::Call::add_proxy { delegate, proxy_type, delay: 0 }));
}

#[test]
fn a_batch_does_not_widen_what_a_proxy_may_do() {
	test(|| {
		make_proxy(ProxyType::NonTransfer);
		let before = Balances::free_balance(account(Charlie));
		assert_eq!(as_proxy(transfer(Charlie)), Err(filtered()));
		let calls = vec![transfer(Charlie)];
		let batch = pallet_utility::Call::batch_all { calls };
		assert_eq!(as_proxy(batch.into()), Err(filtered()));
		assert_eq!(Balances::free_balance(account(Charlie)), before);
	});
}

#[test]
fn a_proxy_cannot_give_away_more_than_it_has() {
	test(|| {
		make_proxy(ProxyType::NonTransfer);
		for proxy_type in [ProxyType::Any, ProxyType::NonTransfer] {
			let delegate = account(Charlie).into();
			let add = pallet_proxy::Call::add_proxy { delegate, proxy_type, delay: 0 };
			assert_eq!(as_proxy(add.into()), Err(filtered()));
		}
	});
}

#[test]
fn an_owners_proxy_registers_for_the_owner() {
	test(|| {
		make_proxy(ProxyType::Owner);
		let register = pallet_registry::Call::register {
			kind: ArtifactKind::Dataset,
			metadata: Metadata {
				name: bounded(b"set"),
				digest: Digest::repeat_byte(9),
				locators: Default::default(),
			},
			licence: free_licence(),
			parents: Default::default(),
			contributors: Default::default(),
		};
		let artifact = pallet_registry::NextArtifactId::<Runtime>::get();
		assert_ok!(as_proxy(register.into()));
		assert_eq!(Registry::artifact(artifact).unwrap().owner, account(Alice));
	});
}

#[test]
fn any_is_above_all_and_nothing_else_is_above_another() {
	use ProxyType::*;
	for (above, below, expected) in [
		(Any, NonTransfer, true),
		(Any, Provider, true),
		// An owner's proxy sets prices and accepts offerings.
		(NonTransfer, Owner, false),
		(NonTransfer, Provider, false),
		(NonTransfer, Any, false),
		(Owner, NonTransfer, false),
		(Owner, Provider, false),
		(Provider, Provider, true),
	] {
		assert_eq!(above.is_superset(&below), expected, "{above:?} {below:?}");
	}
}
