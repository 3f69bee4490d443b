//! All that the chain knows at a block.

use crate::chain::Chain;
use codec::Decode;
use frame_support::{storage::storage_prefix, traits::PalletsInfoAccess, StorageHasher, Twox128};
use frame_system::AccountInfo;
use sp_core::storage::Storage;
use sp_state_machine::BasicExternalities;
use std::collections::{BTreeMap, BTreeSet};
use tallystick_runtime::{
	units::MILLI_TLY, AccountId, AllPalletsWithSystem, Balance, Hash, Nonce, Runtime,
};

/// What each block changes by itself.
const OF_THE_BLOCK: [&str; 8] = [
	"System",
	"Timestamp",
	"Babe",
	"Authorship",
	"TransactionPayment",
	"Session",
	"Historical",
	"Grandpa",
];
/// More than any call of a test costs.
const DEAREST: Balance = 20 * MILLI_TLY;

/// Looks at the state at a block by the pallets' own functions: as if this process were the chain.
pub fn within<R>(chain: &Chain, block: Hash, look: impl FnOnce() -> R) -> R {
	let top = chain.read_all(&[], block).into_iter().collect();
	let storage = Storage { top, ..Default::default() };
	BasicExternalities::new(storage).execute_with(look)
}

type Account = AccountInfo<Nonce, pallet_balances::AccountData<Balance>>;

/// The state of all accounts and of all pallets, but for what each block changes by itself.
pub struct State {
	accounts: BTreeMap<AccountId, Account>,
	issued: Balance,
	entries: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// What is different between two states.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
	/// Who sent something, and how often: it cost them a fee, which was burnt.
	pub senders: BTreeMap<AccountId, Nonce>,
	/// All the rest, in words.
	pub others: Vec<String>,
}

impl State {
	/// The state at the newest block.
	pub fn now(chain: &Chain) -> Self {
		Self::at(chain, chain.best())
	}

	/// The state at a block.
	pub fn at(chain: &Chain, block: Hash) -> Self {
		let mut entries: BTreeMap<_, _> = AllPalletsWithSystem::infos()
			.into_iter()
			.filter(|pallet| !OF_THE_BLOCK.contains(&pallet.name))
			.flat_map(|pallet| chain.read_all(&Twox128::hash(pallet.name.as_bytes()), block))
			.collect();
		entries.remove(&pallet_inference::AgendaCursor::<Runtime>::hashed_key()[..]);
		let issued = pallet_balances::TotalIssuance::<Runtime>::hashed_key();
		let issued = entries.remove(&issued[..]).expect("there is money");

		let prefix = storage_prefix(b"System", b"Account");
		let accounts = chain.read_all(&prefix, block).into_iter().map(|(key, value)| {
			// The key ends in the account, after its hash.
			let who = AccountId::decode(&mut &key[key.len() - 32..]).expect("32 bytes");
			(who, Account::decode(&mut &value[..]).expect("it is an account"))
		});
		Self {
			accounts: accounts.collect(),
			issued: Balance::decode(&mut &issued[..]).expect("it is a number"),
			entries,
		}
	}

	/// What is different from an earlier state.
	pub fn since(&self, before: &Self) -> Changes {
		let mut changes = Changes::default();
		let mut burnt = 0;
		for who in keys(&self.accounts, &before.accounts) {
			let (old, new) = (before.accounts.get(who), self.accounts.get(who));
			if old == new {
				continue;
			}
			match old.zip(new).and_then(|(old, new)| fee(old, new)) {
				Some((sent, fee)) => {
					changes.senders.insert(who.clone(), sent);
					burnt += fee;
				}
				None => changes.others.push(format!("account {who}: {old:?} is now {new:?}")),
			}
		}
		if self.issued != before.issued - burnt {
			let (old, new) = (before.issued, self.issued);
			changes.others.push(format!("in circulation were {old}, are {new}, burnt {burnt}"));
		}
		for key in keys(&self.entries, &before.entries) {
			let (old, new) = (before.entries.get(key), self.entries.get(key));
			if old != new {
				let key = name(key);
				changes.others.push(format!("{key}: {old:02x?} is now {new:02x?}"));
			}
		}
		changes
	}
}

/// How often somebody sent something, and for how much, if that is all that happened to the account.
fn fee(old: &Account, new: &Account) -> Option<(Nonce, Balance)> {
	let mut like_old = new.clone();
	(like_old.nonce, like_old.data.free) = (old.nonce, old.data.free);
	let sent = new.nonce.checked_sub(old.nonce)?;
	let paid = old.data.free.checked_sub(new.data.free)?;
	(like_old == *old && paid <= DEAREST * Balance::from(sent)).then_some((sent, paid))
}

fn keys<'a, K: Ord, V>(one: &'a BTreeMap<K, V>, other: &'a BTreeMap<K, V>) -> BTreeSet<&'a K> {
	one.keys().chain(other.keys()).collect()
}

/// A key, with the name of its pallet.
fn name(key: &[u8]) -> String {
	let infos = AllPalletsWithSystem::infos();
	let pallet = infos.iter().find(|info| key.starts_with(&Twox128::hash(info.name.as_bytes())));
	format!("{} {}", pallet.map_or("?", |info| info.name), hex::encode(key))
}
