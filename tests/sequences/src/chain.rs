//! The runtime in memory: its genesis, its blocks, and calls as they come from outside.

use frame_support::{
	traits::{Authorize, OnFinalize, OnIdle},
	weights::Weight,
};
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_ledger::Pallet as LedgerOf;
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	Slot,
};
use sp_core::{storage::Storage, Pair};
use sp_runtime::{
	traits::{AccountIdConversion, Dispatchable, Header as _},
	transaction_validity::{TransactionSource, TransactionValidityError},
	Digest, DigestItem, DispatchResult,
};
use sp_state_machine::BasicExternalities;
use std::{collections::BTreeMap, sync::OnceLock};
use tallystick_primitives::service_key::ServicePair;
use tallystick_runtime::{
	configs, genesis, time, AccountId, AllPalletsWithSystem, Executive, Header, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, RuntimeOrigin, System,
};

/// An account, by its place in [`Accounts`].
pub type Who = u8;
/// The accounts of people.
pub const PEOPLE: Who = 50;
/// The vault.
pub const VAULT: Who = PEOPLE;
/// The keyless account that owns all classes of credits.
pub const CLASS_OWNER: Who = PEOPLE + 1;
/// The keyless account that owns the collection of artifacts.
pub const COLLECTION_OWNER: Who = PEOPLE + 2;
/// All accounts that ever have to do with money here.
pub const ACCOUNTS: Who = PEOPLE + 3;

/// The accounts and their places.
pub struct Accounts {
	ids: Vec<AccountId>,
	places: BTreeMap<AccountId, Who>,
}

impl Accounts {
	fn new() -> Self {
		let mut ids: Vec<AccountId> =
			(0..PEOPLE).map(|who| AccountId::new([who + 1; 32])).collect();
		ids.push(LedgerOf::<Runtime>::vault_account());
		ids.push(configs::credits::ClassOwnerId::get().into_account_truncating());
		ids.push(pallet_registry::Pallet::<Runtime>::account());
		let places = ids.iter().cloned().zip(0..).collect();
		Self { ids, places }
	}

	/// The account at a place.
	pub fn id(&self, who: Who) -> AccountId {
		self.ids[usize::from(who)].clone()
	}

	/// The place of an account.
	pub fn place(&self, id: &AccountId) -> Option<Who> {
		self.places.get(id).copied()
	}
}

/// The accounts.
pub fn accounts() -> &'static Accounts {
	static ACCOUNTS: OnceLock<Accounts> = OnceLock::new();
	ACCOUNTS.get_or_init(Accounts::new)
}

/// The account at a place.
pub fn account(who: Who) -> AccountId {
	accounts().id(who)
}

/// The `generation`th service key of an account.
pub fn service_pair(who: Who, generation: u8) -> ServicePair {
	let mut seed = [generation; 32];
	seed[0] = who;
	ServicePair::from_seed(&seed)
}

/// A chain in memory. Storage is a plain map: there is no trie, so that a check after each step is
/// affordable. Nothing here asks for a storage root.
pub struct Chain {
	ext: BasicExternalities,
}

impl Chain {
	/// A chain in its first block, from the development preset.
	pub fn new() -> Self {
		static GENESIS: OnceLock<Storage> = OnceLock::new();
		let genesis = GENESIS.get_or_init(|| {
			let mut storage = Storage::default();
			BasicExternalities::execute_with_storage(&mut storage, || {
				let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
				merge(&mut config, genesis::development());
				let config = serde_json::to_vec(&config).unwrap();
				frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config)
					.unwrap();
			});
			storage
		});
		let mut chain = Self { ext: BasicExternalities::new(genesis.clone()) };
		chain.run(begin_block);
		chain
	}

	/// Runs something on the chain's state.
	pub fn run<R>(&mut self, what: impl FnOnce() -> R) -> R {
		self.ext.execute_with(what)
	}

	/// Forgets what was deleted: the map keeps a mark for each key that ever was.
	pub fn compact(&mut self) {
		let ext = std::mem::take(&mut self.ext);
		self.ext = BasicExternalities::new(ext.into_storages());
	}
}

impl Default for Chain {
	fn default() -> Self {
		Self::new()
	}
}

/// What a chain spec does with a patch.
fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	use serde_json::Value;
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(Value::Null), value);
			}
		}
		(into, patch) => *into = patch,
	}
}

/// Begins the block after the one that the state is in, as the first authority does.
pub fn begin_block() {
	let number = System::block_number() + 1;
	// The first slot of the chain is any but zero.
	let slot = Slot::from(u64::from(number));
	let pre_digest =
		PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index: 0, slot });
	let logs = vec![<DigestItem as CompatibleDigestItem>::babe_pre_digest(pre_digest)];
	let parent = System::block_hash(number - 1);
	let header =
		Header::new(number, Default::default(), Default::default(), parent, Digest { logs });
	Executive::initialize_block(&header);
	let now = u64::from(number) * time::MILLISECS_PER_BLOCK;
	let timestamp = RuntimeCall::from(pallet_timestamp::Call::set { now });
	timestamp.dispatch(RuntimeOrigin::none()).expect("time goes on");
}

/// Ends the block, but for its storage root.
pub fn end_block() {
	let number = System::block_number();
	let most = configs::system::RuntimeBlockWeights::get().max_block;
	let left: Weight = most.saturating_sub(System::block_weight().total());
	AllPalletsWithSystem::on_idle(number, left);
	AllPalletsWithSystem::on_finalize(number);
}

/// Makes a call as a signed transaction does, filter included, but for its fee.
pub fn dispatch(who: Who, call: impl Into<RuntimeCall>) -> DispatchResult {
	dispatch_from(RuntimeOrigin::signed(account(who)), call)
}

/// Makes a call with an origin.
pub fn dispatch_from(origin: RuntimeOrigin, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into().dispatch(origin).map(|_| ()).map_err(|failure| failure.error)
}

/// What a pool says of a call that authorizes itself.
pub fn authorize(call: &RuntimeCall) -> Result<(), TransactionValidityError> {
	let verdict = call.authorize(TransactionSource::External).expect("it authorizes itself");
	verdict.map(|_| ())
}

/// Includes a transaction of a call that authorizes itself, as a block does.
pub fn include(call: RuntimeCall) -> Result<DispatchResult, TransactionValidityError> {
	let transaction = <Runtime as CreateAuthorizedTransaction<
		pallet_inference::Call<Runtime>,
	>>::create_authorized_transaction(call);
	Executive::apply_extrinsic(transaction)
}

/// The events since the last look.
pub fn take_events() -> Vec<RuntimeEvent> {
	let events = System::read_events_no_consensus().map(|record| record.event).collect();
	System::reset_events();
	events
}
