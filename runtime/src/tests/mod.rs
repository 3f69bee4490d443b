//! The runtime as a whole: what composition has to get right.

mod attacks;
mod consensus;
mod docs;
mod filter;
mod genesis;
mod market;
mod money;
mod property;
mod proxies;
mod story;
mod transactions;
mod weights;

use crate::*;
use frame_support::{dispatch::DispatchClass, weights::Weight};
use pallet_credits::PlanTerms;
use pallet_registry::{Contributor, Licence, Metadata, ParentClaim, Relation, VersionInfo};
use serde_json::Value;
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::Dispatchable, BoundedVec, DispatchError, DispatchResult};
use tallystick_primitives::{
	ArtifactId, ArtifactKind, Books, Bucket, Digest, PlanId, Share, Tariff,
};

/// A chain in its first block, from a preset.
pub fn chain(preset: &str) -> sp_io::TestExternalities {
	let mut ext = before_the_first_block(preset);
	ext.execute_with(|| {
		System::set_block_number(1);
		let slot = sp_consensus_babe::Slot::from(1);
		pallet_babe::GenesisSlot::<Runtime>::put(slot);
		pallet_babe::CurrentSlot::<Runtime>::put(slot);
		Timestamp::set_timestamp(time::MILLISECS_PER_BLOCK);
	});
	ext
}

/// A chain without any block, from a preset.
pub fn before_the_first_block(preset: &str) -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::default();
	ext.execute_with(|| {
		let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
		let patch = crate::genesis::preset(&preset.into()).expect("a preset of this name");
		merge(&mut config, serde_json::from_slice(&patch).unwrap());
		let config = serde_json::to_vec(&config).unwrap();
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config).unwrap();
	});
	ext
}

/// Runs a test on the development chain, and checks all invariants after it.
pub fn test(run: impl FnOnce()) {
	chain(DEV_RUNTIME_PRESET).execute_with(|| {
		run();
		check_all();
	});
}

/// All invariants: ours, and those of the SDK's pallets where the build has them.
pub fn check_all() {
	invariants::check().unwrap();
	#[cfg(feature = "try-runtime")]
	<AllPalletsWithSystem as frame_support::traits::TryState<BlockNumber>>::try_state(
		System::block_number(),
		frame_support::traits::TryStateSelect::All,
	)
	.unwrap();
}

/// What a chain spec does with a patch.
fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(Value::Null), value);
			}
		}
		(into, patch) => *into = patch,
	}
}

pub fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

/// Makes a call as a signed transaction would, filter included.
pub fn dispatch(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResult {
	call.into()
		.dispatch(RuntimeOrigin::signed(account(who)))
		.map(|_| ())
		.map_err(|failure| failure.error)
}

/// Native tokens at an account's disposal, held, or waiting to be claimed.
pub fn wealth(who: Sr25519Keyring) -> Balance {
	use frame_support::traits::fungible::Inspect;
	let claimable = Bucket::Claimable(account(who));
	Balances::total_balance(&account(who)) + Ledger::balance(&CurrencyId::Native, &claimable)
}

pub fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

/// A model of `owner`, with a published version.
pub fn model(owner: Sr25519Keyring) -> (ArtifactId, Digest) {
	model_with(owner, Vec::new(), Vec::new())
}

/// A model of `owner` in which parents and others have shares, with a published version.
pub fn model_with(
	owner: Sr25519Keyring,
	parents: Vec<(ArtifactId, Share)>,
	contributors: Vec<(Sr25519Keyring, Share)>,
) -> (ArtifactId, Digest) {
	let artifact = pallet_registry::NextArtifactId::<Runtime>::get();
	let metadata = Metadata {
		name: bounded(b"model"),
		digest: Digest::repeat_byte(1),
		locators: bounded_list(vec![bounded(b"https://example.org/m")]),
	};
	let parents = parents
		.into_iter()
		.map(|(artifact, share)| {
			let terms = free_licence().agreed_hash();
			ParentClaim { artifact, relation: Relation::FineTunedFrom, share, terms }
		})
		.collect();
	let contributors = contributors
		.into_iter()
		.map(|(who, share)| Contributor { account: account(who), share })
		.collect();
	let register = pallet_registry::Call::register {
		kind: ArtifactKind::Model,
		metadata,
		licence: free_licence(),
		parents: bounded_list(parents),
		contributors: bounded_list(contributors),
	};
	dispatch(owner, register).unwrap();
	let version = Digest::repeat_byte(3);
	let info = VersionInfo {
		format: bounded(b"gguf"),
		files: 1,
		bytes: 1_000,
		locators: Default::default(),
	};
	dispatch(owner, pallet_registry::Call::publish { artifact, version, info }).unwrap();
	(artifact, version)
}

/// A licence that forbids nothing.
pub fn free_licence() -> Licence<BlockNumber> {
	Licence {
		spdx: bounded(b"Apache-2.0"),
		terms: Digest::repeat_byte(2),
		commercial_use: true,
		derivation: pallet_registry::Derivation::Free,
		training_use: true,
		least_share: Default::default(),
		least_amount: None,
		expires: None,
	}
}

/// What a unit of [`plan`] costs.
pub const PRICE: Balance = units::MILLI_TLY;
/// What a call costs in units of [`plan`].
pub const TARIFF: Tariff =
	Tariff { per_call: 100, per_1k_input: 1_000, per_1k_cached: 100, per_1k_output: 2_000 };
/// Blocks from a receipt under [`plan`] until its money matures.
pub const DISPUTE_WINDOW: BlockNumber = 2;

/// A plan for a model of `owner`.
pub fn plan(owner: Sr25519Keyring) -> PlanId {
	let (artifact, _) = model(owner);
	plan_for(owner, artifact)
}

/// The terms of [`plan`].
pub fn terms() -> PlanTerms<BlockNumber> {
	PlanTerms {
		versions: Default::default(),
		tariff: TARIFF,
		currency: CurrencyId::Native,
		price: PRICE,
		dispute_window: DISPUTE_WINDOW,
		slots: 16,
	}
}

/// Opens a plan for `artifact` of `owner`, if it can be.
pub fn create_plan(
	owner: Sr25519Keyring,
	artifact: ArtifactId,
	terms: PlanTerms<BlockNumber>,
) -> DispatchResult {
	let (name, symbol) = (bounded(b"Model calls"), bounded(b"CALL"));
	dispatch(owner, pallet_credits::Call::create_plan { artifact, terms, name, symbol })
}

/// A plan for `artifact` of `owner`, on these terms.
pub fn plan_on(
	owner: Sr25519Keyring,
	artifact: ArtifactId,
	terms: PlanTerms<BlockNumber>,
) -> PlanId {
	let plan = pallet_assets::NextAssetId::<Runtime>::get().unwrap();
	create_plan(owner, artifact, terms).unwrap();
	plan
}

/// A plan for `artifact` of `owner`.
pub fn plan_for(owner: Sr25519Keyring, artifact: ArtifactId) -> PlanId {
	plan_on(owner, artifact, terms())
}

/// What normal transactions of a block may weigh.
pub fn normal_weight() -> Weight {
	let limits = configs::system::RuntimeBlockWeights::get();
	limits.get(DispatchClass::Normal).max_total.unwrap()
}

/// Buys units of a plan.
pub fn buy(who: Sr25519Keyring, plan: PlanId, units: Balance) -> DispatchResult {
	let terms = pallet_credits::Plans::<Runtime>::get(plan).unwrap().terms_hash(plan);
	dispatch(who, pallet_credits::Call::buy { plan, units, terms })
}

/// Makes a block with these transactions, as the first authority, and returns its outcomes.
pub fn block(extrinsics: Vec<UncheckedExtrinsic>) -> Vec<sp_runtime::ApplyExtrinsicResult> {
	use frame_system::offchain::CreateBare;
	use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
	use sp_runtime::{traits::Header as _, DigestItem};

	let number = System::block_number() + 1;
	// The first slot of the chain is any but zero.
	let slot = sp_consensus_babe::Slot::from(u64::from(number));
	let authority_index = 0;
	let pre_digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index, slot });
	let logs = vec![<DigestItem as CompatibleDigestItem>::babe_pre_digest(pre_digest)];
	let parent = System::block_hash(number - 1);
	let digest = sp_runtime::Digest { logs };
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent,
		digest,
	));
	let now = u64::from(number) * time::MILLISECS_PER_BLOCK;
	let timestamp = <Runtime as CreateBare<pallet_timestamp::Call<Runtime>>>::create_bare(
		pallet_timestamp::Call::set { now }.into(),
	);
	Executive::apply_extrinsic(timestamp).unwrap().unwrap();
	let outcomes = extrinsics.into_iter().map(Executive::apply_extrinsic).collect();
	Executive::finalize_block();
	outcomes
}

pub fn bounded<L: sp_runtime::traits::Get<u32>>(bytes: &[u8]) -> BoundedVec<u8, L> {
	bounded_list(bytes.to_vec())
}

pub fn bounded_list<X, L: sp_runtime::traits::Get<u32>>(list: Vec<X>) -> BoundedVec<X, L> {
	BoundedVec::try_from(list).unwrap_or_else(|_| panic!("too long"))
}
