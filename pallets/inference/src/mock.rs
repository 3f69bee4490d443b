//! A chain with balances, providers, the pallet, and [`books`]: a double of registry, credits, ledger
//! and royalties in one, which keeps real books. The real ones meet in the runtime's tests.

use crate as pallet_inference;
use crate::*;
use core::time::Duration;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU64, Hooks},
};
use frame_system::AuthorizeCall;
use sp_core::Pair;
use sp_runtime::{
	generic,
	testing::UintAuthorityId,
	traits::{BlakeTwo256, Dispatchable, IdentityLookup},
	BuildStorage, Perbill,
};
use tallystick_primitives::{
	commitment::{commit, Kind},
	genesis_hash,
	service_key::{ownership_hash, ServicePair},
	CountedBy, CurrencyId, EndpointKind, FinishReason, Share, Tariff, Tokens,
};

pub type AccountId = u64;
pub type BlockNumber = u32;
type TxExtension = (AuthorizeCall<Test>,);
pub type Extrinsic =
	generic::UncheckedExtrinsic<AccountId, RuntimeCall, UintAuthorityId, TxExtension>;
type Block = generic::Block<generic::Header<BlockNumber, BlakeTwo256>, Extrinsic>;

/// Owns [`MODEL`].
pub const OWNER: AccountId = 1;
/// Asks.
pub const CONSUMER: AccountId = 2;
/// Answers.
pub const PROVIDER: AccountId = 3;
/// Answers too.
pub const RIVAL: AccountId = 4;
/// Has nothing to do with anything.
pub const STRANGER: AccountId = 5;
/// Has credits and nothing else.
pub const PAUPER: AccountId = 6;

pub const MODEL: ArtifactId = 10;
pub const VERSION: Digest = H256([1; 32]);
pub const OTHER_VERSION: Digest = H256([2; 32]);
/// Sells use of all versions of [`MODEL`].
pub const PLAN: PlanId = 100;
/// Sells use of [`OTHER_VERSION`] of [`MODEL`] alone.
pub const NARROW_PLAN: PlanId = 101;
pub const PRICE: Balance = 7;
pub const UNITS: Balance = 1_000_000;
pub const WINDOW: BlockNumber = 5;
pub const TARIFF: Tariff =
	Tariff { per_call: 2, per_1k_input: 10, per_1k_cached: 1, per_1k_output: 20 };
pub const SHARE: Share = Perbill::from_percent(30);
pub const BOND: Balance = 500;
pub const BLOCK_MS: u64 = 3_000;
pub const GENESIS_TIME: u64 = 1_800_000_000_000;

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
	pub type Books = books;
	#[runtime::pallet_index(3)]
	pub type Providers = pallet_providers;
	#[runtime::pallet_index(4)]
	pub type Inference = pallet_inference;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

impl books::Config for Test {}

impl<LocalCall> frame_system::offchain::CreateTransactionBase<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Extrinsic;
}

impl<LocalCall> frame_system::offchain::CreateTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = TxExtension;
	fn create_transaction(call: RuntimeCall, extension: Self::Extension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> frame_system::offchain::CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> Self::Extension {
		(AuthorizeCall::new(),)
	}
}

/// Entries of the agenda that are surely done in a block.
pub const SLICE_ENTRIES: u64 = 10;

parameter_types! {
	pub static Millis: u64 = GENESIS_TIME;
	pub static MaxJobsPerBlock: u32 = 8;
	pub SliceWeight: Weight = Inference::next_job_id_weight()
		+ <() as WeightInfo>::agenda()
		+ <() as WeightInfo>::agenda_block() * 2
		+ <() as WeightInfo>::lapse() * SLICE_ENTRIES;
}

pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_millis(Millis::get())
	}
}

impl pallet_providers::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Artifacts = Books;
	type Work = Inference;
	type ProviderBond = ConstU128<BOND>;
	type MaxDeadline = ConstU32<100>;
	type MaxProvidersPerVersion = ConstU32<3>;
	type MaxOfferings = ConstU32<2>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Books;
}

impl Config for Test {
	type Versions = Books;
	type Providers = Providers;
	type Meter = Books;
	type Royalties = Books;
	type UnixTime = Clock;
	type MinDeadline = ConstU32<2>;
	type MaxDeadline = ConstU32<100>;
	type Grace = ConstU32<3>;
	type MaxValidity = ConstU32<50>;
	type FeelessDeadline = ConstU32<40>;
	type MaxOpenJobs = ConstU32<40>;
	type FeelessJobs = ConstU32<4>;
	type MaxJobsPerBlock = MaxJobsPerBlock;
	type SliceWeight = SliceWeight;
	type BlockMillis = ConstU64<BLOCK_MS>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Books;
}

/// A double of registry, credits, ledger and royalties: what the traits of the primitives promise,
/// in the simplest way that keeps books. Credits are bought into existence by [`books::mint`].
#[frame_support::pallet(dev_mode)]
pub mod books {
	use crate::{mock::AccountId, *};
	use tallystick_primitives::{
		job::{Backing, MeteredPlan},
		ArtifactInspect, Bucket, CurrencyId, JobId, Share, Split, Tariff,
	};

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> {}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What a plan sells.
	#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
	pub struct Plan {
		pub artifact: ArtifactId,
		pub versions: Vec<Digest>,
		pub tariff: Tariff,
		pub currency: CurrencyId,
		pub price: Balance,
		pub dispute_window: u32,
		pub slots: u32,
	}

	/// A deposit as royalties got it.
	#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
	pub struct Deposit {
		pub artifact: ArtifactId,
		pub currency: CurrencyId,
		pub amount: Balance,
		pub provider: AccountId,
		pub share: Share,
	}

	/// Owner, and the sum of the shares of parents and contributors.
	#[pallet::storage]
	pub type Artifacts<T> = StorageMap<_, Twox64Concat, ArtifactId, (AccountId, Share)>;
	#[pallet::storage]
	pub type Servable<T> = StorageMap<_, Twox64Concat, (ArtifactId, Digest), ()>;
	/// Artifacts that the licence does not let anybody offer.
	#[pallet::storage]
	pub type Forbidden<T> = StorageMap<_, Twox64Concat, ArtifactId, ()>;
	#[pallet::storage]
	pub type Plans<T> = StorageMap<_, Twox64Concat, PlanId, Plan>;
	/// Free and held units.
	#[pallet::storage]
	pub type Units<T> =
		StorageMap<_, Twox64Concat, (PlanId, AccountId), (Balance, Balance), ValueQuery>;
	#[pallet::storage]
	pub type Escrow<T> = StorageMap<_, Twox64Concat, PlanId, Balance, ValueQuery>;
	#[pallet::storage]
	pub type Maturing<T> = StorageMap<_, Twox64Concat, JobId, Balance>;
	#[pallet::storage]
	pub type Deposits<T> = StorageValue<_, Vec<Deposit>, ValueQuery>;
	/// Faults: deposits fail, releases fail, for these artifacts and plans.
	#[pallet::storage]
	pub type Faulty<T> = StorageValue<_, (Vec<ArtifactId>, Vec<PlanId>), ValueQuery>;

	#[pallet::error]
	pub enum Error<T> {
		NotEnough,
		Impaired,
		LicenceForbids,
	}

	impl<T: Config> Pallet<T> {
		/// `who` buys units.
		pub fn mint(plan: PlanId, who: AccountId, units: Balance) {
			let price = Plans::<T>::get(plan).unwrap().price;
			Units::<T>::mutate((plan, who), |(free, _)| *free += units);
			Escrow::<T>::mutate(plan, |escrow| *escrow += units * price);
		}

		pub fn free(plan: PlanId, who: AccountId) -> Balance {
			Units::<T>::get((plan, who)).0
		}

		pub fn held(plan: PlanId, who: AccountId) -> Balance {
			Units::<T>::get((plan, who)).1
		}

		/// That escrow backs what is in issue.
		pub fn check() {
			for (plan, info) in Plans::<T>::iter() {
				let units: Balance = Units::<T>::iter()
					.filter(|((of, _), _)| *of == plan)
					.map(|(_, (free, held))| free + held)
					.sum();
				assert_eq!(Escrow::<T>::get(plan), units * info.price);
			}
		}

		pub fn held_in(plan: PlanId) -> Balance {
			Units::<T>::iter().filter(|((of, _), _)| *of == plan).map(|(_, units)| units.1).sum()
		}

		pub fn maturing() -> Balance {
			Maturing::<T>::iter_values().sum()
		}
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

	impl<T: Config> Meter<AccountId, u32> for Pallet<T> {
		fn plan(plan: PlanId) -> Option<MeteredPlan<u32>> {
			Plans::<T>::get(plan).map(|plan| MeteredPlan {
				artifact: plan.artifact,
				versions: plan.versions,
				tariff: plan.tariff,
				dispute_window: plan.dispute_window,
				slots: plan.slots,
			})
		}
		fn can_hold(plan: PlanId, who: &AccountId, units: Balance) -> bool {
			Self::free(plan, *who) >= units
		}
		fn hold(plan: PlanId, who: &AccountId, units: Balance) -> DispatchResult {
			Units::<T>::try_mutate((plan, who), |(free, held)| {
				*free = free.checked_sub(units).ok_or(Error::<T>::NotEnough)?;
				*held += units;
				Ok(())
			})
		}
		fn settle(
			plan: PlanId,
			who: &AccountId,
			held: Balance,
			charge: Balance,
			job: JobId,
		) -> Result<Backing, DispatchError> {
			assert!(charge <= held);
			let Plan { currency, price, .. } =
				Plans::<T>::get(plan).ok_or(Error::<T>::NotEnough)?;
			let amount = charge * price;
			Self::release(plan, who, held)?;
			Units::<T>::mutate((plan, who), |(free, _)| *free -= charge);
			Escrow::<T>::mutate(plan, |escrow| *escrow -= amount);
			assert!(Maturing::<T>::get(job).is_none(), "a job is settled once");
			Maturing::<T>::insert(job, amount);
			Ok(Backing { currency, amount })
		}
		fn release(plan: PlanId, who: &AccountId, units: Balance) -> DispatchResult {
			ensure!(!Faulty::<T>::get().1.contains(&plan), Error::<T>::Impaired);
			Units::<T>::try_mutate((plan, who), |(free, held)| {
				*held = held.checked_sub(units).ok_or(Error::<T>::NotEnough)?;
				*free += units;
				Ok(())
			})
		}
	}

	impl<T: Config> Distribute<AccountId> for Pallet<T> {
		fn deposit(
			artifact: ArtifactId,
			currency: &CurrencyId,
			from: &Bucket<AccountId>,
			amount: Balance,
			provider: Option<(&AccountId, Share)>,
		) -> DispatchResult {
			let Bucket::Maturing(job) = from else { panic!("jobs deposit what matures") };
			// Before the fault, so that a test sees that it is undone.
			assert_eq!(Maturing::<T>::take(job), Some(amount), "all of it, once");
			ensure!(!Faulty::<T>::get().0.contains(&artifact), Error::<T>::Impaired);
			let (provider, share) = provider.expect("jobs have a provider");
			let (provider, currency) = (*provider, currency.clone());
			Deposits::<T>::append(Deposit { artifact, currency, amount, provider, share });
			Ok(())
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl<T: Config> pallet_providers::benchmarking::BenchmarkHelper<AccountId> for Pallet<T> {
		fn endow(account: &AccountId) {
			use frame_support::traits::fungible::Mutate;
			super::Balances::set_balance(account, 10_000);
		}
		fn artifact(owner: &AccountId) -> (ArtifactId, Digest) {
			super::add_model(*owner);
			(super::MODEL, super::VERSION)
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl<T: Config> benchmarking::BenchmarkHelper<AccountId> for Pallet<T> {
		fn prepare(owner: &AccountId, consumer: &AccountId, units: Balance) -> (Digest, PlanId) {
			super::add_model(*owner);
			let served = pallet_providers::benchmarking::serve::<super::Test>(
				owner,
				super::MODEL,
				super::VERSION,
			);
			assert!(served.is_ok());
			Self::mint(super::PLAN, *consumer, units);
			(super::VERSION, super::PLAN)
		}

		fn in_memory() -> Vec<Vec<u8>> {
			Vec::new()
		}
	}
}

/// Artifact, versions, and plans with the given owner.
pub fn add_model(owner: AccountId) {
	books::Artifacts::<Test>::insert(MODEL, (owner, Perbill::from_percent(60)));
	books::Servable::<Test>::insert((MODEL, VERSION), ());
	books::Servable::<Test>::insert((MODEL, OTHER_VERSION), ());
	let plan = books::Plan {
		artifact: MODEL,
		versions: vec![],
		tariff: TARIFF,
		currency: CurrencyId::Native,
		price: PRICE,
		dispute_window: WINDOW,
		slots: 6,
	};
	books::Plans::<Test>::insert(PLAN, plan.clone());
	let versions = vec![OTHER_VERSION];
	books::Plans::<Test>::insert(NARROW_PLAN, books::Plan { versions, ..plan });
}

/// A model with plans, a consumer with credits; no providers yet. Block 1.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [OWNER, CONSUMER, PROVIDER, RIVAL, STRANGER].map(|who| (who, 10_000)).into(),
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
		Millis::set(GENESIS_TIME);
		MaxJobsPerBlock::set(8);
		add_model(OWNER);
		for who in [CONSUMER, PAUPER] {
			Books::mint(PLAN, who, UNITS);
			Books::mint(NARROW_PLAN, who, UNITS);
		}
		run_to_block(1);
	});
	ext
}

/// Runs a test on a new chain, and checks all books and invariants after it.
pub fn test(run: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		run();
		check_state();
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

/// The pallet's invariants, and those in which it meets others (1 and 2 of the module's docs).
pub fn check_state() {
	Providers::do_try_state().unwrap();
	Inference::do_try_state().unwrap();
	Books::check();
	for plan in [PLAN, NARROW_PLAN] {
		assert_eq!(Inference::units_held(plan), Books::held_in(plan));
	}
	assert_eq!(Inference::maturing_total(&CurrencyId::Native), Books::maturing());
}

/// Goes to block `n`, the time of a block for each, with the pallet's hooks but an idle rest.
pub fn run_to_block(n: BlockNumber) {
	while System::block_number() < n {
		System::set_block_number(System::block_number() + 1);
		Millis::mutate(|millis| *millis += BLOCK_MS);
		Inference::on_initialize(System::block_number());
	}
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

pub fn endpoints() -> pallet_providers::Endpoints {
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

/// A request for the `n`th input, by commitment, valid for 20 blocks.
pub fn params(n: u64) -> RequestParamsOf<Test> {
	RequestParams {
		plan: PLAN,
		version: VERSION,
		provider: Some(PROVIDER),
		endpoint: EndpointKind::ChatCompletions,
		input: JobInput::Committed {
			request: commit(Kind::Request, &[0; 32], &n.to_be_bytes()),
			parameters: commit(Kind::Parameters, &[0; 32], b"{}"),
		},
		max_units: 100,
		deadline: 10,
		valid_until: System::block_number() + 5,
	}
}

pub fn inline_input() -> InlineInput {
	InlineInput {
		salt: [7; 32],
		request:
			br#"{"messages":[{"role":"user","content":"How many?"}]}"#.to_vec().try_into().unwrap(),
		parameters: br#"{"seed":1}"#.to_vec().try_into().unwrap(),
	}
}

/// [`CONSUMER`] asks for the `n`th inference.
pub fn request(n: u64) -> JobId {
	request_with(CONSUMER, params(n))
}

pub fn request_with(who: AccountId, params: RequestParamsOf<Test>) -> JobId {
	let id = NextJobId::<Test>::get();
	Inference::request(signed(who), params).unwrap();
	id
}

/// A good receipt for a job, as of now.
pub fn receipt(id: JobId) -> Receipt<AccountId> {
	let job = Jobs::<Test>::get(id).unwrap();
	let tokens = Tokens { prompt: 40, cached: 10, completion: 30, reasoning: 5 };
	Receipt {
		job: id,
		artifact: job.artifact,
		version: job.version,
		provider: job.provider,
		endpoint: job.endpoint,
		request: job.request,
		response: commit(Kind::Response, &[0; 32], b"answer"),
		parameters: job.parameters,
		request_bytes: job.request_bytes().unwrap_or(300),
		response_bytes: 200,
		tokens,
		counted_by: CountedBy::Backend,
		units: job.tariff.charge(&tokens),
		finish: FinishReason::Stop,
		started_at: job.requested_time,
		ended_at: Millis::get(),
		previous: H256::zero(),
	}
}

pub fn sign(receipt: &Receipt<AccountId>) -> ServiceSignature {
	let hash = receipt.signing_hash(&genesis_hash::<Test>());
	service_pair(receipt.provider, 0).sign(&hash)
}

pub fn submission(receipt: Receipt<AccountId>) -> RuntimeCall {
	let signature = sign(&receipt);
	Call::<Test>::submit_receipt { receipt, signature }.into()
}

/// What the pool answers to a call that needs authorization.
pub fn authorize(call: &RuntimeCall) -> TransactionValidity {
	use frame_support::traits::Authorize;
	call.authorize(TransactionSource::External).unwrap().map(|(validity, _)| validity)
}

/// Includes a transaction of an authorized call, as a block does.
pub fn include(call: RuntimeCall) -> Result<DispatchResultWithPostInfo, TransactionValidityError> {
	use frame_support::dispatch::GetDispatchInfo;
	use sp_runtime::traits::{Applyable, Checkable};
	let xt =
		<Test as CreateAuthorizedTransaction<RuntimeCall>>::create_authorized_transaction(call);
	let info = xt.get_dispatch_info();
	let len = xt.encode().len();
	xt.check(&IdentityLookup::default()).unwrap().apply::<Test>(&info, len)
}

/// Authorizes and includes a receipt, both of which have to succeed.
pub fn settle(receipt: Receipt<AccountId>) {
	include(submission(receipt)).unwrap().unwrap();
}

/// Whether the call is free for `account`.
pub fn is_feeless(account: AccountId, params: RequestParamsOf<Test>) -> bool {
	use frame_support::dispatch::CheckIfFeeless;
	let call: RuntimeCall = Call::<Test>::request { params }.into();
	call.is_feeless(&signed(account))
}

/// Events of the pallet, and forgets them.
pub fn events() -> Vec<Event<Test>> {
	let events = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::Inference(event) => Some(event),
		_ => None,
	});
	let events = events.collect();
	System::reset_events();
	events
}

/// The pallet has no jobs, and nothing of one.
pub fn assert_no_jobs() {
	assert_eq!(Jobs::<Test>::iter().count(), 0);
	assert_eq!(ProviderJobs::<Test>::iter().count(), 0);
	assert!(Consumers::<Test>::iter_values().all(|consumer| consumer.open_jobs == 0));
	assert_eq!(LapseCounts::<Test>::iter().count(), 0);
	assert!(Workloads::<Test>::iter_values().all(|work| work.open_jobs == 0));
}

/// Dispatches a call as a transaction does: in a storage layer of its own.
pub fn dispatch(call: impl Into<RuntimeCall>, account: AccountId) -> DispatchResultWithPostInfo {
	call.into().dispatch(signed(account))
}
