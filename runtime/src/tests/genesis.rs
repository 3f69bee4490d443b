use super::*;
use frame_support::traits::fungible::Inspect;
use sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
use sp_keyring::Ed25519Keyring;

#[test]
fn every_preset_builds_a_state_in_which_all_invariants_hold() {
	for name in crate::genesis::names() {
		chain(name.as_ref()).execute_with(check_all);
	}
}

#[test]
fn there_is_no_other_preset() {
	assert_eq!(crate::genesis::names().len(), 2);
	assert_eq!(crate::genesis::preset(&"production".into()), None);
}

#[test]
fn the_development_chain_has_one_validator_with_alices_keys() {
	chain(DEV_RUNTIME_PRESET).execute_with(|| {
		let validator = account(Sr25519Keyring::AliceStash);
		assert_eq!(Session::validators(), std::slice::from_ref(&validator));
		let keys = pallet_session::NextKeys::<Runtime>::get(&validator).unwrap();
		assert_eq!(keys.babe, Sr25519Keyring::Alice.public().into());
		assert_eq!(keys.grandpa, Ed25519Keyring::Alice.public().into());
		assert_eq!(Babe::authorities().len(), 1);
		assert_eq!(Grandpa::grandpa_authorities().len(), 1);
		let bond = configs::consensus::Bond::get();
		assert_eq!(ValidatorSet::bond_of(&validator), bond);
		assert_eq!(pallet_sudo::Key::<Runtime>::get(), Some(account(Sr25519Keyring::Alice)));
	});
}

#[test]
fn the_local_testnet_has_four_validators_and_can_lose_one() {
	chain(LOCAL_TESTNET_RUNTIME_PRESET).execute_with(|| {
		use Sr25519Keyring::*;
		let mut stashes = [AliceStash, BobStash, CharlieStash, DaveStash].map(account);
		stashes.sort();
		assert_eq!(Session::validators(), stashes);
		assert_eq!(Babe::authorities().len(), 4);
		assert_eq!(Grandpa::grandpa_authorities().len(), 4);
		for validator in &stashes {
			assert!(pallet_session::NextKeys::<Runtime>::contains_key(validator));
		}
		assert!(dispatch(BobStash, pallet_validator_set::Call::leave {}).is_ok());
		assert_eq!(
			dispatch(CharlieStash, pallet_validator_set::Call::leave {}),
			Err(pallet_validator_set::Error::<Runtime>::TooFewValidators.into())
		);
	});
}

#[test]
fn development_accounts_are_endowed_and_the_vault_lives() {
	chain(DEV_RUNTIME_PRESET).execute_with(|| {
		for who in Sr25519Keyring::well_known() {
			assert_eq!(
				<Balances as Inspect<_>>::total_balance(&account(who)),
				1_000_000 * units::TLY
			);
		}
		let vault = Ledger::vault_account();
		assert_eq!(Balances::free_balance(vault), units::EXISTENTIAL_DEPOSIT);
		assert_eq!(
			pallet_ledger::Currencies::<Runtime>::get(CurrencyId::Native).map(|c| c.impaired),
			Some(false)
		);
		assert_eq!(pallet_assets::NextAssetId::<Runtime>::get(), Some(1));
		assert!(pallet_registry::Collection::<Runtime>::get().is_some());
	});
}
