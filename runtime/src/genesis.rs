//! The states that a chain can start from.

use crate::{
	configs::{consensus::BABE_GENESIS_EPOCH_CONFIG, ledger::VaultId},
	time::MINUTES,
	units::{EXISTENTIAL_DEPOSIT, TLY},
	AccountId, AssetsConfig, BabeConfig, Balance, BalancesConfig, BlockNumber, CurrencyId,
	LedgerConfig, RegistryConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys, SudoConfig,
	ValidatorSetConfig,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::traits::AccountIdConversion;

/// What each well-known development account has.
const ENDOWMENT: Balance = 1_000_000 * TLY;

/// What of the native token is worth a payout: enough for a new account to exist.
const PAYOUT_THRESHOLD: Balance = EXISTENTIAL_DEPOSIT;

/// Blocks from a version's withdrawal until it is gone: half a minute, so that one can watch it.
const NOTICE_PERIOD: BlockNumber = MINUTES / 2;

/// A validator of a chain for development: its account is the keyring's stash account, its session
/// keys are those that a node has that is started with the keyring's flag (`--alice`).
struct DevValidator {
	account: AccountId,
	keys: SessionKeys,
}

impl DevValidator {
	fn new(stash: Sr25519Keyring, babe: Sr25519Keyring, grandpa: Ed25519Keyring) -> Self {
		Self {
			account: stash.to_account_id(),
			keys: SessionKeys { babe: babe.public().into(), grandpa: grandpa.public().into() },
		}
	}

	fn all() -> [Self; 4] {
		use Ed25519Keyring as Grandpa;
		use Sr25519Keyring as Sr;
		[
			Self::new(Sr::AliceStash, Sr::Alice, Grandpa::Alice),
			Self::new(Sr::BobStash, Sr::Bob, Grandpa::Bob),
			Self::new(Sr::CharlieStash, Sr::Charlie, Grandpa::Charlie),
			Self::new(Sr::DaveStash, Sr::Dave, Grandpa::Dave),
		]
	}
}

/// A chain with these validators, this floor, and Alice as root.
fn chain(validators: Vec<DevValidator>, min_validators: u32) -> Value {
	// The vault exists from the first block on, so that no payment has to bring it to life, and
	// nothing that leaves it can end it.
	let vault = (VaultId::get().into_account_truncating(), EXISTENTIAL_DEPOSIT);
	let accounts = Sr25519Keyring::well_known().map(|k| (k.to_account_id(), ENDOWMENT));
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances: accounts.chain([vault]).collect::<Vec<_>>() },
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
		validator_set: ValidatorSetConfig {
			validators: validators.iter().map(|v| v.account.clone()).collect::<Vec<_>>(),
			min_validators,
		},
		session: SessionConfig {
			keys: validators
				.into_iter()
				.map(|v| (v.account.clone(), v.account, v.keys))
				.collect::<Vec<_>>(),
		},
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
		// Without this the counter of asset ids does not count.
		assets: AssetsConfig { next_asset_id: Some(1) },
		registry: RegistryConfig { notice_period: Some(NOTICE_PERIOD) },
		ledger: LedgerConfig { currencies: vec![(CurrencyId::Native, PAYOUT_THRESHOLD)] },
	})
}

/// One validator, for one machine.
pub fn development() -> Value {
	chain(DevValidator::all().into_iter().take(1).collect(), 1)
}

/// Four validators, one of which may fail.
pub fn local_testnet() -> Value {
	chain(DevValidator::all().into(), 3)
}

/// A preset, as JSON.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// The names of the presets.
pub fn names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
