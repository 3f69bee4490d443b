use super::*;
use crate::filter::CallFilter;
use codec::Decode;
use frame_support::{
	assert_noop, assert_ok,
	traits::{Contains, GetCallIndex, GetCallName, PalletInfoAccess},
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use sp_runtime::traits::TrailingZeroInput;

/// Every call of a pallet with these arguments, and zeros for the rest.
fn calls<P: PalletInfoAccess, C: GetCallIndex + GetCallName>(
	arguments: &[u8],
) -> Vec<(&'static str, RuntimeCall)> {
	let pallet = u8::try_from(P::index()).unwrap();
	C::get_call_indices()
		.iter()
		.zip(C::get_call_names())
		.map(|(&index, &name)| {
			let bytes = [&[pallet, index], arguments].concat();
			let call = RuntimeCall::decode(&mut TrailingZeroInput::new(&bytes));
			(name, call.unwrap_or_else(|_| panic!("{name} decodes")))
		})
		.collect()
}

#[test]
fn every_call_of_pallet_nfts_is_refused() {
	test(|| {
		let calls = calls::<Nfts, pallet_nfts::Call<Runtime>>(&[]);
		assert_eq!(calls.len(), 39);
		for (name, call) in calls {
			assert!(!CallFilter::contains(&call), "{name}");
			assert_noop!(dispatch(Alice, call), filtered());
		}
	});
}

#[test]
fn a_call_that_is_refused_is_refused_in_a_batch() {
	test(|| {
		for (_, call) in calls::<Nfts, pallet_nfts::Call<Runtime>>(&[]) {
			let calls = vec![call];
			assert_noop!(
				dispatch(Alice, pallet_utility::Call::batch_all { calls: calls.clone() }),
				filtered()
			);
			System::reset_events();
			assert_ok!(dispatch(Alice, pallet_utility::Call::batch { calls: calls.clone() }));
			System::assert_has_event(
				pallet_utility::Event::BatchInterrupted { index: 0, error: filtered() }.into(),
			);
			System::reset_events();
			assert_ok!(dispatch(Alice, pallet_utility::Call::force_batch { calls }));
			System::assert_has_event(
				pallet_utility::Event::ItemFailed { error: filtered() }.into(),
			);
		}
	});
}

#[test]
fn a_call_that_is_refused_is_refused_through_a_proxy() {
	test(|| {
		assert_ok!(dispatch(
			Alice,
			pallet_proxy::Call::add_proxy {
				delegate: account(Bob).into(),
				proxy_type: configs::access::ProxyType::Any,
				delay: 0,
			}
		));
		for (_, call) in calls::<Nfts, pallet_nfts::Call<Runtime>>(&[]) {
			System::reset_events();
			let (real, call) = (account(Alice).into(), Box::new(call));
			let proxy = pallet_proxy::Call::proxy { real, force_proxy_type: None, call };
			assert_ok!(dispatch(Bob, proxy));
			System::assert_has_event(
				pallet_proxy::Event::ProxyExecuted { result: Err(filtered()) }.into(),
			);
		}
	});
}

#[test]
fn a_call_that_is_refused_is_refused_through_a_multisig() {
	test(|| {
		for (_, call) in calls::<Nfts, pallet_nfts::Call<Runtime>>(&[]) {
			let call = Box::new(call);
			let other_signatories = vec![account(Bob)];
			let multisig = pallet_multisig::Call::as_multi_threshold_1 { other_signatories, call };
			assert_noop!(dispatch(Alice, multisig), filtered());
		}
	});
}

#[test]
fn a_call_that_is_refused_is_refused_as_a_derivative() {
	test(|| {
		for (_, call) in calls::<Nfts, pallet_nfts::Call<Runtime>>(&[]) {
			let call = Box::new(call);
			assert_noop!(
				dispatch(Alice, pallet_utility::Call::as_derivative { index: 0, call }),
				filtered()
			);
		}
	});
}

#[test]
fn keys_of_a_validator_cannot_be_purged_by_itself() {
	test(|| {
		let call = pallet_session::Call::purge_keys {};
		assert_noop!(dispatch(Sr25519Keyring::AliceStash, call), filtered());
	});
}

#[test]
fn credits_can_be_moved_but_not_burnt_or_administered_by_calls_of_pallet_assets() {
	test(|| {
		let credit = plan(Alice);
		let other = 7u32;
		assert_ne!(credit, other);
		let allowed = |class: u32| {
			let class = codec::Compact(class);
			calls::<Assets, pallet_assets::Call<Runtime>>(&codec::Encode::encode(&class))
				.into_iter()
				.filter(|(_, call)| CallFilter::contains(call))
				.map(|(name, _)| name)
				.collect::<Vec<_>>()
		};
		assert_eq!(
			allowed(credit),
			[
				"create",
				"transfer",
				"transfer_keep_alive",
				"approve_transfer",
				"cancel_approval",
				"transfer_approved",
				"touch",
				"refund",
				"refund_other",
				"transfer_all",
			]
		);
		// All but `set_reserves`.
		let all = pallet_assets::Call::<Runtime>::get_call_names().len();
		assert_eq!(allowed(other).len(), all - 1);
	});
}

#[test]
fn a_refund_that_burns_is_refused_for_credits_alone() {
	test(|| {
		let credit = plan(Alice);
		let refund = |id: u32, allow_burn| {
			RuntimeCall::from(pallet_assets::Call::refund { id: id.into(), allow_burn })
		};
		assert!(!CallFilter::contains(&refund(credit, true)));
		assert!(CallFilter::contains(&refund(credit, false)));
		assert!(CallFilter::contains(&refund(7, true)));
	});
}

#[test]
fn no_call_of_pallet_assets_changes_how_many_credits_there_are() {
	test(|| {
		let credit = plan(Alice);
		assert_ok!(buy(Bob, credit, 100_000));
		// Holders, the plan's owner, and everybody else, with every call.
		let calls = calls::<Assets, pallet_assets::Call<Runtime>>(&codec::Encode::encode(
			&codec::Compact(credit),
		));
		for who in [Alice, Bob, Charlie] {
			for (_, call) in calls.clone() {
				let _ = dispatch(who, call);
			}
			let refund = pallet_assets::Call::refund { id: credit.into(), allow_burn: true };
			let _ = dispatch(who, refund);
		}
		assert_eq!(Assets::total_supply(credit), 100_000);
	});
}

#[test]
fn a_holder_who_touches_and_buys_burns_nothing() {
	test(|| {
		let credit = plan(Alice);
		let id = codec::Compact(credit);
		assert_ok!(dispatch(Bob, pallet_assets::Call::touch { id }));
		assert_ok!(buy(Bob, credit, 100_000));
		let burn = |amount| pallet_assets::Call::burn { id, who: account(Bob).into(), amount };
		let burns: [RuntimeCall; 7] = [
			burn(1).into(),
			burn(100_000).into(),
			pallet_assets::Call::refund { id, allow_burn: true }.into(),
			pallet_assets::Call::start_destroy { id }.into(),
			pallet_assets::Call::destroy_accounts { id }.into(),
			pallet_assets::Call::destroy_approvals { id }.into(),
			pallet_assets::Call::finish_destroy { id }.into(),
		];
		// The holder, and the plan's owner.
		for who in [Bob, Alice] {
			for call in burns.clone() {
				assert!(dispatch(who, call.clone()).is_err(), "{call:?}");
				let batch = pallet_utility::Call::batch_all { calls: vec![call.clone()] };
				assert!(dispatch(who, batch).is_err(), "{call:?}");
			}
			// This burns native tokens, of who calls it.
			assert_ok!(dispatch(who, pallet_balances::Call::burn { value: 1, keep_alive: true }));
		}
		assert_eq!(Assets::balance(credit, account(Bob)), 100_000);
		assert_eq!(Assets::total_supply(credit), 100_000);
		// All of it has its backing still.
		assert_ok!(dispatch(Bob, pallet_credits::Call::close { plan: credit }));
		assert_eq!(Assets::total_supply(credit), 0);
	});
}

#[test]
fn credits_move_between_accounts() {
	test(|| {
		let credit = plan(Alice);
		assert_ok!(buy(Bob, credit, 100_000));
		let id = codec::Compact(credit);
		let target = account(Charlie).into();
		assert_ok!(dispatch(Bob, pallet_assets::Call::transfer { id, target, amount: 40_000 }));
		assert_eq!(Assets::balance(credit, account(Charlie)), 40_000);

		// An account that has nothing else can live on credits.
		let dest: AccountId = [9; 32].into();
		let transfer_all =
			pallet_assets::Call::transfer_all { id, dest: dest.clone().into(), keep_alive: false };
		assert_ok!(dispatch(Bob, transfer_all));
		assert_eq!(Assets::balance(credit, &dest), 60_000);
		assert_eq!(Assets::total_supply(credit), 100_000);
	});
}

#[test]
fn users_have_classes_of_their_own() {
	test(|| {
		let id = codec::Compact(pallet_assets::NextAssetId::<Runtime>::get().unwrap());
		let admin = account(Alice);
		let create =
			pallet_assets::Call::create { id, admin: admin.clone().into(), min_balance: 1 };
		let free = Balances::free_balance(&admin);
		assert_ok!(dispatch(Alice, create));
		assert_eq!(Balances::free_balance(&admin), free - configs::money::AssetDeposit::get());
		let beneficiary = admin.into();
		assert_ok!(dispatch(Alice, pallet_assets::Call::mint { id, beneficiary, amount: 10 }));
		assert_ok!(dispatch(
			Alice,
			pallet_assets::Call::burn { id, who: account(Alice).into(), amount: 10 }
		));
	});
}
