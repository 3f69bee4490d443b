//! What the tests are played on: a dataset and a model of Alice's that was trained on it, with a plan,
//! which she serves herself.
//!
//! Of what the model earns a quarter is the dataset's, 15 % are Charlie's, and Alice has the rest as
//! the provider: nothing is left to give away.

use crate::chain::{hex0x, Chain};
use pallet_credits::PlanTerms;
use pallet_registry::{Contributor, Derivation, Licence, Metadata, ParentClaim, Relation};
use serde_json::{json, Value};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{self, Alice, Charlie};
use sp_runtime::BoundedVec;
use tallystick_primitives::{
	service_key::{ownership_hash, ServicePair},
	ArtifactId, ArtifactKind, Balance, CurrencyId, Digest, PlanId, Share, Tariff,
};
use tallystick_runtime::{units::MILLI_TLY, BlockNumber, RuntimeCall};

/// The owner of all of it, and the provider.
pub const OWNER: Sr25519Keyring = Alice;
/// The secret of the provider's service key.
pub const SERVICE: &str = "//Alice//service";
/// The dataset.
pub const DATASET: ArtifactId = 0;
/// The model.
pub const MODEL: ArtifactId = 1;
/// The model's only version.
pub const VERSION: Digest = Digest::repeat_byte(0x11);
/// The plan by which the use of the model is sold.
pub const PLAN: PlanId = 1;
/// The price of a unit, in plancks.
pub const PRICE: Balance = 100 * MILLI_TLY;
/// A unit for the call, and one for each token.
pub const TARIFF: Tariff =
	Tariff { per_call: 1, per_1k_input: 1_000, per_1k_cached: 1_000, per_1k_output: 1_000 };
/// Longer than any test, so that nothing matures in one.
const DISPUTE_WINDOW: BlockNumber = 1_000;

/// Sets it all up, with a provider whose node is at `endpoint`: one block.
pub fn set(chain: &Chain, endpoint: &str) {
	set_with(chain, endpoint, plan_terms());
}

/// The same, with a plan of these terms.
pub fn set_with(chain: &Chain, endpoint: &str, terms: PlanTerms<BlockNumber>) {
	let calls = vec![
		register(ArtifactKind::Dataset, &[], &[]),
		register(
			ArtifactKind::Model,
			&[(DATASET, Share::from_percent(25))],
			&[(Charlie, Share::from_percent(15))],
		),
		publish(MODEL, VERSION),
		create_plan(MODEL, terms),
		register_provider(chain, OWNER, SERVICE, endpoint),
		offer(VERSION, Share::from_percent(60)),
	];
	chain.do_all(OWNER, vec![pallet_utility::Call::batch_all { calls }.into()]);
}

/// Hands the provider's service key to the node, so that its worker can sign.
pub fn insert_service_key(chain: &Chain) {
	let public = hex0x(service_pair(SERVICE).public());
	let inserted = chain.rpc::<Value>("author_insertKey", json!(["tlys", SERVICE, public]));
	inserted.expect("the node is for development, and takes keys");
}

/// A licence that allows everything.
fn licence() -> Licence<BlockNumber> {
	Licence {
		spdx: bounded("MIT"),
		terms: Digest::zero(),
		commercial_use: true,
		derivation: Derivation::Free,
		training_use: true,
		least_share: Share::zero(),
		least_amount: None,
		expires: None,
	}
}

/// Registers an artifact under a licence that allows everything.
pub fn register(
	kind: ArtifactKind,
	parents: &[(ArtifactId, Share)],
	contributors: &[(Sr25519Keyring, Share)],
) -> RuntimeCall {
	let relation =
		|parent| if parent == DATASET { Relation::TrainedOn } else { Relation::FineTunedFrom };
	let parents = parents.iter().map(|(artifact, share)| ParentClaim {
		artifact: *artifact,
		relation: relation(*artifact),
		share: *share,
		// All that is registered here has the same.
		terms: licence().agreed_hash(),
	});
	let contributors = contributors
		.iter()
		.map(|(who, share)| Contributor { account: who.to_account_id(), share: *share });
	pallet_registry::Call::register {
		kind,
		metadata: Metadata {
			name: bounded("artifact"),
			digest: Digest::repeat_byte(1),
			locators: Default::default(),
		},
		licence: licence(),
		parents: BoundedVec::truncate_from(parents.collect()),
		contributors: BoundedVec::truncate_from(contributors.collect()),
	}
	.into()
}

/// Publishes a version.
pub fn publish(artifact: ArtifactId, version: Digest) -> RuntimeCall {
	let info = pallet_registry::VersionInfo {
		format: bounded("gguf"),
		files: 1,
		bytes: 1_000,
		locators: Default::default(),
	};
	pallet_registry::Call::publish { artifact, version, info }.into()
}

/// The terms of [`PLAN`].
pub fn plan_terms() -> PlanTerms<BlockNumber> {
	PlanTerms {
		versions: Default::default(),
		tariff: TARIFF,
		currency: CurrencyId::Native,
		price: PRICE,
		dispute_window: DISPUTE_WINDOW,
		slots: 16,
	}
}

/// Puts the use of an artifact up for sale.
pub fn create_plan(artifact: ArtifactId, terms: PlanTerms<BlockNumber>) -> RuntimeCall {
	let (name, symbol) = (bounded("Tests"), bounded("TESTS"));
	pallet_credits::Call::create_plan { artifact, terms, name, symbol }.into()
}

/// Makes a provider of `who`, with the service key of the secret `service`.
pub fn register_provider(
	chain: &Chain,
	who: Sr25519Keyring,
	service: &str,
	endpoint: &str,
) -> RuntimeCall {
	let service = service_pair(service);
	pallet_providers::Call::register {
		service_key: service.public(),
		endpoints: BoundedVec::truncate_from(vec![bounded(endpoint)]),
		proof: service.sign(&ownership_hash(&chain.genesis(), &who.to_account_id())),
	}
	.into()
}

/// Offers to answer for a version of the model.
pub fn offer(version: Digest, share: Share) -> RuntimeCall {
	pallet_providers::Call::offer { artifact: MODEL, version, share, min_deadline: 3 }.into()
}

/// Buys credits of [`PLAN`], under the terms that it has.
pub fn buy(chain: &Chain, units: Balance) -> RuntimeCall {
	let plan: Value = chain.rpc("tallystick_plan", json!([PLAN])).expect("there is a plan");
	let terms = serde_json::from_value(plan["terms"].clone()).expect("it has terms");
	pallet_credits::Call::buy { plan: PLAN, units, terms }.into()
}

/// The service key of a secret.
pub fn service_pair(suri: &str) -> ServicePair {
	ServicePair::from_string(suri, None).expect("it is a secret URI")
}

fn bounded<L: sp_core::Get<u32>>(text: &str) -> BoundedVec<u8, L> {
	text.as_bytes().to_vec().try_into().expect("it is short")
}
