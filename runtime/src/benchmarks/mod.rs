//! The benchmarks of all pallets, as this runtime has them configured, and the artifacts and plans that
//! some of them need.

mod babe;
mod consensus;
mod grandpa;
pub mod nfts;
mod session;

use crate::*;
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{
	account, baseline::Pallet as Baseline, BenchmarkBatch, BenchmarkConfig, BenchmarkList,
};
use frame_support::{
	assert_ok,
	traits::{
		fungible::Mutate as _, fungibles::Inspect as _, StorageInfo, StorageInfoTrait,
		WhitelistedStorageKeys,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use frame_system_benchmarking::{extensions::Pallet as SystemExtensions, Pallet as SystemBench};
use pallet_registry::{
	Contributor, Contributors, Derivation, Licence, Locators, Metadata, ParentClaim, Relation,
	VersionInfo, MAX_CONTRIBUTORS, MAX_PARENTS,
};
use tallystick_primitives::{
	licence::LeastAmount, money::BenchmarkMoney, ArtifactId, ArtifactKind, Digest, PlanId, Share,
	Tariff,
};

frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, Baseline::<Runtime>]
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensions::<Runtime>]
	[pallet_assets, Assets]
	[pallet_babe, babe::Pallet::<Runtime>]
	[pallet_balances, Balances]
	[pallet_credits, Credits]
	[pallet_grandpa, grandpa::Pallet::<Runtime>]
	[pallet_inference, Inference]
	[pallet_ledger, Ledger]
	[pallet_multisig, Multisig]
	[pallet_nfts, Nfts]
	[pallet_provenance, Provenance]
	[pallet_providers, Providers]
	[pallet_proxy, Proxy]
	[pallet_registry, Registry]
	[pallet_royalties, Royalties]
	[pallet_session, session::Pallet::<Runtime>]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_utility, Utility]
	[pallet_validator_set, ValidatorSet]
);

impl frame_system_benchmarking::Config for Runtime {}
impl frame_benchmarking::baseline::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// Which benchmarks there are.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs one.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let mut whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	// When a fee is taken, CheckNonce has read the payer's account, and weighs what that costs.
	if config.pallet == b"pallet_transaction_payment" {
		let payer: AccountId = account("caller", 0, 0);
		whitelist.push(frame_system::Account::<Runtime>::hashed_key_for(payer).into());
	}
	nfts::note_pallet(&config.pallet);
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// The newest artifacts of `line`, as many as an artifact has parents.
fn newest(line: &[ArtifactId]) -> &[ArtifactId] {
	&line[line.len().saturating_sub(16)..]
}

/// As many locators as there can be, each as long as it can be.
fn longest_locators() -> Locators {
	let longest = BoundedVec::truncate_from([1; 256].into());
	BoundedVec::truncate_from([longest.clone(), longest.clone(), longest.clone(), longest].into())
}

/// Artifacts, plans and money for benchmarks, made by the calls that users make.
pub struct Lineage;

impl Lineage {
	fn endow(account: &AccountId, amount: Balance) {
		assert_ok!(Balances::mint_into(account, amount.saturating_add(units::TLY)));
	}

	fn register(
		owner: &AccountId,
		least_amount: Option<LeastAmount>,
		parents: Vec<ParentClaim>,
		contributors: Contributors<AccountId>,
	) -> ArtifactId {
		Self::endow(owner, 1_000 * units::TLY);
		let artifact = pallet_registry::NextArtifactId::<Runtime>::get();
		let metadata = Metadata {
			name: BoundedVec::truncate_from([b'm'; 64].into()),
			digest: Digest::repeat_byte(1),
			locators: longest_locators(),
		};
		let licence = Licence {
			spdx: BoundedVec::truncate_from([1; 64].into()),
			terms: Digest::repeat_byte(1),
			commercial_use: true,
			derivation: Derivation::Free,
			training_use: true,
			least_share: Share::zero(),
			least_amount,
			expires: None,
		};
		assert_ok!(Registry::register(
			RawOrigin::Signed(owner.clone()).into(),
			ArtifactKind::Model,
			metadata,
			licence,
			BoundedVec::truncate_from(parents),
			contributors,
		));
		artifact
	}

	/// So many artifacts, each of an owner of its own.
	fn parents(count: u32, least_amount: Option<LeastAmount>) -> Vec<ArtifactId> {
		let register = |n| {
			let owner = account("parent", n, 0);
			Self::register(&owner, least_amount.clone(), Vec::new(), Default::default())
		};
		(0..count).map(register).collect()
	}

	fn child_of(
		parents: &[ArtifactId],
		owner: &AccountId,
		contributors: Contributors<AccountId>,
	) -> ArtifactId {
		let terms = |artifact: &ArtifactId| {
			let parent = pallet_registry::Artifacts::<Runtime>::get(artifact);
			parent.map(|parent| parent.licence.agreed_hash()).unwrap_or_default()
		};
		let claim = |artifact: &ArtifactId| ParentClaim {
			artifact: *artifact,
			relation: Relation::MergedFrom,
			share: Share::from_percent(1),
			terms: terms(artifact),
		};
		Self::register(owner, None, parents.iter().map(claim).collect(), contributors)
	}

	/// An artifact of `owner` with as many parents and contributors as there can be, and least amounts
	/// with each parent.
	fn fullest_artifact(owner: &AccountId, currency: CurrencyId) -> ArtifactId {
		let least = LeastAmount { currency, per_call: 1, per_1k_tokens: 1 };
		let contributor = |n| Contributor {
			account: account("contributor", n, 0),
			share: Share::from_percent(1),
		};
		let contributors = (0..MAX_CONTRIBUTORS).map(contributor).collect();
		let parents = Self::parents(MAX_PARENTS, Some(least));
		Self::child_of(&parents, owner, Contributors::truncate_from(contributors))
	}

	fn publish(artifact: ArtifactId, n: u8) -> Digest {
		let version = Digest::repeat_byte(n.saturating_add(1));
		if let Some(view) = Registry::artifact(artifact) {
			let info = VersionInfo {
				format: BoundedVec::truncate_from([1; 32].into()),
				files: 1,
				bytes: 1,
				locators: longest_locators(),
			};
			let owner = RawOrigin::Signed(view.owner);
			assert_ok!(Registry::publish(owner.into(), artifact, version, info));
		}
		version
	}
}

impl tallystick_primitives::lineage::BenchmarkLineage<AccountId> for Lineage {
	fn artifact_with_parents(parents: u32) -> ArtifactId {
		Self::child_of(&Self::parents(parents, None), &account("child", 0, 0), Default::default())
	}

	fn artifact_with_ancestors(ancestors: u32, others: u32) -> ArtifactId {
		let owner = account("child", 0, 0);
		let child_of = |line: &[_]| Self::child_of(newest(line), &owner, Default::default());
		let line = |length| {
			let mut line = Vec::new();
			for _ in 0..length {
				line.push(child_of(&line));
			}
			line
		};
		line(others);
		child_of(&line(ancestors))
	}

	fn fullest_artifact(currency: &CurrencyId) -> ArtifactId {
		Self::fullest_artifact(&account("child", 0, 0), currency.clone())
	}

	fn publish(artifact: ArtifactId, n: u8) -> Digest {
		Self::publish(artifact, n)
	}
}

impl BenchmarkMoney<AccountId> for Lineage {
	fn dearest_currency() -> CurrencyId {
		let issuer: AccountId = account("issuer", 0, 0);
		Self::endow(&issuer, 10 * units::TLY);
		let class = pallet_assets::NextAssetId::<Runtime>::get().unwrap_or_default();
		let sufficient = true;
		assert_ok!(Assets::force_create(
			RawOrigin::Root.into(),
			class.into(),
			issuer.into(),
			sufficient,
			1
		));
		let currency = CurrencyId::WithId(class);
		<Self as BenchmarkMoney<_>>::endow(&currency, &Ledger::vault_account(), 1);
		assert_ok!(Ledger::admit_currency(RawOrigin::Root.into(), currency.clone(), 1));
		currency
	}

	fn endow(currency: &CurrencyId, account: &AccountId, amount: Balance) {
		use frame_support::traits::fungibles::Mutate;
		let amount = amount.saturating_add(units::TLY);
		assert_ok!(configs::money::Tokens::mint_into(currency.clone(), account, amount));
	}
}

impl pallet_providers::benchmarking::BenchmarkHelper<AccountId> for Lineage {
	fn endow(account: &AccountId) {
		Self::endow(account, 10 * configs::providers::ProviderBond::get());
	}

	fn artifact(owner: &AccountId) -> (ArtifactId, Digest) {
		let artifact = Self::fullest_artifact(owner, CurrencyId::Native);
		(artifact, Self::publish(artifact, 0))
	}
}

impl pallet_inference::benchmarking::BenchmarkHelper<AccountId> for Lineage {
	fn prepare(owner: &AccountId, consumer: &AccountId, units: Balance) -> (Digest, PlanId) {
		use pallet_providers::benchmarking::{serve, BenchmarkHelper};
		let (artifact, version) = <Self as BenchmarkHelper<_>>::artifact(owner);
		assert!(serve::<Runtime>(owner, artifact, version).is_ok());
		let plan = pallet_assets::NextAssetId::<Runtime>::get().unwrap_or_default();
		let terms = pallet_credits::PlanTerms {
			versions: BoundedVec::truncate_from([version].into()),
			tariff: Tariff { per_call: 1, per_1k_input: 1, per_1k_cached: 1, per_1k_output: 1 },
			currency: CurrencyId::Native,
			price: units::TLY,
			dispute_window: configs::credits::MinDisputeWindow::get(),
			slots: 1,
		};
		let name = BoundedVec::truncate_from([b'c'; 32].into());
		let symbol = BoundedVec::truncate_from([b'c'; 16].into());
		let signed = |who: &AccountId| RawOrigin::Signed(who.clone()).into();
		assert_ok!(Credits::create_plan(signed(owner), artifact, terms, name, symbol));
		// A hold leaves the minimum balance.
		let units = units.saturating_add(Assets::minimum_balance(plan));
		Self::endow(consumer, units.saturating_mul(units::TLY));
		let terms = Credits::terms(plan).unwrap_or_default();
		assert_ok!(Credits::buy(signed(consumer), plan, units, terms));
		(version, plan)
	}

	fn in_memory() -> Vec<Vec<u8>> {
		let time = pallet_timestamp::Now::<Runtime>::hashed_key().to_vec();
		let genesis_hash = frame_system::BlockHash::<Runtime>::hashed_key_for(0);
		[time, genesis_hash].into()
	}
}
