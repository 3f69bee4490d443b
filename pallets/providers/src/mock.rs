//! A chain with balances, the pallet, and [`others`]: a double of registry and inference in one.
//! The real inference meets the pallet in inference's tests, and all meet in the runtime's.

use crate as pallet_providers;
use crate::*;
use frame_support::{derive_impl, traits::ConstU128};
use sp_core::Pair;
use sp_runtime::{BuildStorage, Perbill};
use tallystick_primitives::{
	genesis_hash,
	service_key::{ownership_hash, ServicePair},
};

pub type AccountId = u64;

/// Owns [`MODEL`].
pub const OWNER: AccountId = 1;
/// Answers.
pub const PROVIDER: AccountId = 2;
/// Answers too.
pub const RIVAL: AccountId = 3;
/// Answers too, in some tests.
pub const THIRD: AccountId = 4;
/// Has nothing to do with anything.
pub const STRANGER: AccountId = 5;
/// Has no tokens.
pub const PAUPER: AccountId = 6;

pub const MODEL: ArtifactId = 10;
pub const VERSION: Digest = H256([1; 32]);
pub const OTHER_VERSION: Digest = H256([2; 32]);
pub const SHARE: Share = Perbill::from_percent(30);
pub const BOND: Balance = 500;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Others = others;
	#[runtime::pallet_index(3)]
	pub type Providers = pallet_providers;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlockU32<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

impl others::Config for Test {}

impl Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Artifacts = Others;
	type Work = Others;
	type ProviderBond = ConstU128<BOND>;
	type MaxDeadline = ConstU32<100>;
	type MaxProvidersPerVersion = ConstU32<3>;
	type MaxOfferings = ConstU32<2>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Others;
}

/// A double of registry and inference: what the traits of the primitives promise, in the simplest
/// way.
#[frame_support::pallet(dev_mode)]
pub mod others {
	use crate::{mock::AccountId, *};
	use tallystick_primitives::{CurrencyId, Split, Tariff};

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> {}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Owner, and the sum of the shares of parents and contributors.
	#[pallet::storage]
	pub type Artifacts<T> = StorageMap<_, Twox64Concat, ArtifactId, (AccountId, Share)>;
	#[pallet::storage]
	pub type Servable<T> = StorageMap<_, Twox64Concat, (ArtifactId, Digest), ()>;
	/// Artifacts that the licence does not let anybody offer.
	#[pallet::storage]
	pub type Forbidden<T> = StorageMap<_, Twox64Concat, ArtifactId, ()>;
	/// The open jobs of providers. One that has none and is here has had some.
	#[pallet::storage]
	pub type Jobs<T> = StorageMap<_, Twox64Concat, AccountId, u32>;

	#[pallet::error]
	pub enum Error<T> {
		LicenceForbids,
		JobsOpen,
	}

	impl<T: Config> ArtifactInspect<AccountId> for Pallet<T> {
		fn owner(artifact: ArtifactId) -> Option<AccountId> {
			Artifacts::<T>::get(artifact).map(|(owner, _)| owner)
		}
		fn upstream_share(artifact: ArtifactId) -> Option<Share> {
			Artifacts::<T>::get(artifact).map(|(_, share)| share)
		}
		fn split(_: ArtifactId) -> Option<Split<AccountId>> {
			unimplemented!("not used by this pallet")
		}
		fn ensure_sellable(_: ArtifactId) -> DispatchResult {
			unimplemented!("not used by this pallet")
		}
		fn ensure_offerable(artifact: ArtifactId) -> DispatchResult {
			ensure!(!Forbidden::<T>::contains_key(artifact), Error::<T>::LicenceForbids);
			Ok(())
		}
		fn ensure_plan_allowed(
			_: ArtifactId,
			_: &CurrencyId,
			_: Balance,
			_: &Tariff,
		) -> DispatchResult {
			unimplemented!("not used by this pallet")
		}
	}

	impl<T: Config> VersionInspect for Pallet<T> {
		fn is_servable(artifact: ArtifactId, version: &Digest) -> bool {
			Servable::<T>::contains_key((artifact, version))
		}
	}

	impl<T: Config> ProviderWork<AccountId> for Pallet<T> {
		fn leave(provider: &AccountId) -> DispatchResult {
			let open = Jobs::<T>::get(provider).unwrap_or_default();
			ensure!(open == 0, Error::<T>::JobsOpen);
			Jobs::<T>::remove(provider);
			Ok(())
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl<T: Config + pallet_balances::Config<Balance = Balance>>
		benchmarking::BenchmarkHelper<AccountId> for Pallet<T>
	{
		fn endow(account: &AccountId) {
			use frame_support::traits::fungible::Mutate;
			pallet_balances::Pallet::<T>::set_balance(account, 10_000);
		}
		fn artifact(owner: &AccountId) -> (ArtifactId, Digest) {
			super::add_model(*owner);
			(super::MODEL, super::VERSION)
		}
	}
}

/// Artifact and versions with the given owner.
pub fn add_model(owner: AccountId) {
	others::Artifacts::<Test>::insert(MODEL, (owner, Perbill::from_percent(60)));
	others::Servable::<Test>::insert((MODEL, VERSION), ());
	others::Servable::<Test>::insert((MODEL, OTHER_VERSION), ());
}

/// A model, and no providers yet. Block 1.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [OWNER, PROVIDER, RIVAL, THIRD, STRANGER].map(|who| (who, 10_000)).into(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	#[cfg(feature = "runtime-benchmarks")]
	ext.register_extension(sp_keystore::KeystoreExt::new(
		sp_keystore::testing::MemoryKeystore::new(),
	));
	ext.execute_with(|| {
		System::set_block_number(1);
		add_model(OWNER);
	});
	ext
}

/// Runs a test on a new chain, and checks all invariants after it.
pub fn test(run: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		run();
		Providers::do_try_state().unwrap();
	});
}

/// Like [`test`], with [`PROVIDER`] registered and its offering of [`VERSION`] active.
pub fn test_served(run: impl FnOnce()) {
	test(|| {
		register(PROVIDER);
		activate(PROVIDER, VERSION);
		System::reset_events();
		run();
	});
}

/// The service key of an account. `generation` tells its keys apart.
pub fn service_pair(account: AccountId, generation: u8) -> ServicePair {
	let mut seed = [generation; 32];
	seed[..8].copy_from_slice(&account.to_le_bytes());
	ServicePair::from_seed(&seed)
}

pub fn proof(pair: &ServicePair, account: AccountId) -> ServiceSignature {
	pair.sign(&ownership_hash(&genesis_hash::<Test>(), &account))
}

pub fn endpoints() -> Endpoints {
	vec![b"wss://provider.example".to_vec().try_into().unwrap()].try_into().unwrap()
}

pub fn register(account: AccountId) {
	let pair = service_pair(account, 0);
	let proof = proof(&pair, account);
	Providers::register(signed(account), pair.public(), endpoints(), proof).unwrap();
}

/// An offering for 30 %, with at least 5 blocks of time, accepted by the owner.
pub fn activate(provider: AccountId, version: Digest) {
	Providers::offer(signed(provider), MODEL, version, SHARE, 5).unwrap();
	Providers::accept_offering(signed(OWNER), MODEL, version, provider, SHARE, 5).unwrap();
}

pub fn signed(account: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(account)
}

/// Who answers the `id`th job for [`VERSION`] within `deadline` blocks, and for what share.
pub fn pick(
	id: u64,
	named: Option<AccountId>,
	deadline: u32,
) -> Result<(AccountId, Share), DispatchError> {
	use tallystick_primitives::ProviderInspect;
	Providers::pick(id, MODEL, VERSION, named.as_ref(), deadline)
}

/// Events of the pallet, and forgets them.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Providers(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}
