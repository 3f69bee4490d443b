//! What a load needs on chain: accounts with funds, a model for sale, two providers.

use crate::{
	chain::{Chain, Follower, News},
	rpc::to_hex,
	sign::{pair, Signer, Transaction},
};
use anyhow::{anyhow, bail, ensure, Context, Result};
use pallet_credits::PlanTerms;
use pallet_registry::{Derivation, Licence, Metadata, VersionInfo};
use serde_json::json;
use sp_core::{sr25519, Pair as _, H256};
use sp_io::hashing::blake2_256;
use sp_runtime::{DispatchError, MultiAddress};
use std::time::{Duration, Instant};
use tallystick_primitives::{
	service_key::ownership_hash, ArtifactId, ArtifactKind, CurrencyId, Digest, PlanId, Share,
	Tariff,
};
use tallystick_runtime::{
	units::{MILLI_TLY, TLY},
	AccountId, Balance, Nonce, Runtime, RuntimeCall, RuntimeEvent,
};

/// What each account has at least when the load begins.
const FUNDS: Balance = 50 * TLY;
/// The price of a unit. A thousandth of a TLY is what an account needs to exist, so the least balance
/// of the plan's credits is one unit.
const PRICE: Balance = MILLI_TLY;
/// Blocks from a receipt until its money matures: the least that the runtime allows.
const DISPUTE_WINDOW: u32 = 2;
/// Transfers in one transaction.
const BATCH: usize = 200;
/// How long a transaction of the set-up may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is for sale.
#[derive(Clone)]
pub struct Sale {
	/// The plan.
	pub plan: PlanId,
	/// The hash that purchases name.
	pub terms: H256,
	/// The model.
	pub artifact: ArtifactId,
	/// Its version.
	pub version: Digest,
}

/// A provider, and its service key.
pub struct Provider {
	/// The account.
	pub signer: Signer,
	/// What signs its receipts.
	pub service: sr25519::Pair,
}

impl Provider {
	/// The provider of a development path.
	pub async fn new(path: &str, service: &str, chain: &Chain) -> Result<Self> {
		Ok(Self { signer: Signer::named(path, chain).await?, service: pair(service)? })
	}

	/// The calls by which it becomes one and offers `sale`. If it is one already it has to have the
	/// same key.
	async fn offer(&self, chain: &Chain, artifact: ArtifactId, version: Digest) -> Result<Calls> {
		let account = &self.signer.account;
		let key = pallet_providers::Providers::<Runtime>::hashed_key_for(account);
		let service_key = self.service.public().into();
		let mut calls = Vec::new();
		match chain.get::<pallet_providers::Provider>(&key).await? {
			Some(provider) => ensure!(
				provider.service_key == service_key,
				"the provider {account} has another service key"
			),
			None => {
				let message = ownership_hash(&chain.genesis, account);
				let endpoint = bounded(b"http://127.0.0.1".to_vec())?;
				calls.push(
					pallet_providers::Call::register {
						service_key,
						endpoints: bounded(vec![endpoint])?,
						proof: self.service.sign(&message).into(),
					}
					.into(),
				);
			}
		}
		let share = Share::from_percent(30);
		calls.push(
			pallet_providers::Call::offer { artifact, version, share, min_deadline: 3 }.into(),
		);
		Ok(calls)
	}
}

type Calls = Vec<RuntimeCall>;

fn bounded<T, B: TryFrom<T>>(value: T) -> Result<B> {
	B::try_from(value).map_err(|_| anyhow!("too long"))
}

fn together(calls: Calls) -> RuntimeCall {
	pallet_utility::Call::batch_all { calls }.into()
}

/// A transfer of `value` to `to`.
pub fn transfer(to: &AccountId, value: Balance) -> RuntimeCall {
	let dest = MultiAddress::Id(to.clone());
	pallet_balances::Call::transfer_allow_death { dest, value }.into()
}

/// Gives those of `accounts` that have too little what they need, from `giver`.
pub async fn fund(chain: &Chain, giver: &mut Signer, accounts: &[Signer]) -> Result<()> {
	type Info = frame_system::AccountInfo<Nonce, pallet_balances::AccountData<Balance>>;
	let keys: Vec<_> = accounts
		.iter()
		.map(|signer| frame_system::Account::<Runtime>::hashed_key_for(&signer.account))
		.collect();
	let poor: Calls = accounts
		.iter()
		.zip(chain.get_all::<Info>(&keys).await?)
		.filter(|(_, info)| info.as_ref().is_none_or(|info| info.data.free < FUNDS))
		.map(|(signer, _)| transfer(&signer.account, FUNDS))
		.collect();
	let transactions: Vec<_> = poor
		.chunks(BATCH)
		.map(|calls| giver.sign(together(calls.to_vec()), chain.genesis))
		.collect();
	wait_for(chain, &transactions).await.map(|_| ())
}

/// Registers a model and puts it up for sale; `worker` and `other` answer for it. `owner` is also the
/// account of `worker`.
pub async fn sell(chain: &Chain, worker: &mut Provider, other: &mut Provider) -> Result<Sale> {
	let next = pallet_registry::NextArtifactId::<Runtime>::hashed_key();
	let artifact = chain.get::<ArtifactId>(&next).await?.unwrap_or_default();
	let version = H256(blake2_256(&artifact.to_le_bytes()));
	let mut calls: Calls = vec![
		pallet_registry::Call::register {
			kind: ArtifactKind::Model,
			metadata: Metadata {
				name: bounded(b"model".to_vec())?,
				digest: version,
				locators: Default::default(),
			},
			licence: Licence {
				spdx: bounded(b"Apache-2.0".to_vec())?,
				terms: H256::zero(),
				commercial_use: true,
				derivation: Derivation::Free,
				training_use: true,
				least_share: Share::zero(),
				least_amount: None,
				expires: None,
			},
			parents: bounded(Vec::new())?,
			contributors: bounded(Vec::new())?,
		}
		.into(),
		pallet_registry::Call::publish {
			artifact,
			version,
			info: VersionInfo {
				format: bounded(b"safetensors".to_vec())?,
				files: 1,
				bytes: 1,
				locators: Default::default(),
			},
		}
		.into(),
		pallet_credits::Call::create_plan {
			artifact,
			terms: PlanTerms {
				versions: bounded(Vec::new())?,
				tariff: Tariff { per_call: 1, ..Tariff::default() },
				currency: CurrencyId::Native,
				price: PRICE,
				dispute_window: DISPUTE_WINDOW,
				// None is free: what is measured are transactions that pay.
				slots: 0,
			},
			name: bounded(b"Load".to_vec())?,
			symbol: bounded(b"LOAD".to_vec())?,
		}
		.into(),
	];
	calls.extend(worker.offer(chain, artifact, version).await?);
	let transaction = worker.signer.sign(together(calls), chain.genesis);
	let events = wait_for(chain, &[transaction]).await?;
	let (plan, terms) = events
		.into_iter()
		.find_map(|event| match event {
			RuntimeEvent::Credits(pallet_credits::Event::PlanCreated { plan, terms, .. }) => {
				Some((plan, terms))
			}
			_ => None,
		})
		.context("no plan was created")?;

	let calls = other.offer(chain, artifact, version).await?;
	wait_for(chain, &[other.signer.sign(together(calls), chain.genesis)]).await?;
	let accept = pallet_providers::Call::accept_offering {
		artifact,
		version,
		provider: other.signer.account.clone(),
		share: Share::from_percent(30),
		min_deadline: 3,
	};
	wait_for(chain, &[worker.signer.sign(accept.into(), chain.genesis)]).await?;
	Ok(Sale { plan, terms, artifact, version })
}

/// Submits transactions and waits until all are in blocks. Their events.
async fn wait_for(chain: &Chain, transactions: &[Transaction]) -> Result<Vec<RuntimeEvent>> {
	let mut follower = Follower::new(chain).await?;
	let params = transactions.iter().map(|transaction| json!([to_hex(&transaction.bytes)]));
	for answer in chain.rpc.batch("author_submitExtrinsic", params).await? {
		answer.map_err(|error| anyhow!("the pool refuses the set-up: {}", error.line()))?;
	}
	let mut waiting: Vec<H256> = transactions.iter().map(|transaction| transaction.hash).collect();
	let (mut events, mut failure) = (Vec::new(), None);
	let began = Instant::now();
	while !waiting.is_empty() {
		ensure!(began.elapsed() < PATIENCE, "the set-up's transactions do not get into blocks");
		follower
			.poll(|news, block| {
				if !matches!(news, News::Seen) {
					return;
				}
				for (at, hash) in block.extrinsics.iter().enumerate() {
					if !waiting.contains(hash) {
						continue;
					}
					waiting.retain(|other| other != hash);
					for event in block.events_of(at) {
						if let Some(error) = failure_of(event) {
							failure = Some(*error);
						}
						events.push(event.clone());
					}
				}
			})
			.await?;
		tokio::time::sleep(Duration::from_millis(200)).await;
	}
	if let Some(error) = failure {
		bail!("the set-up failed: {error:?}");
	}
	Ok(events)
}

/// Why an extrinsic failed, if this event says that it did.
pub fn failure_of(event: &RuntimeEvent) -> Option<&DispatchError> {
	match event {
		RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }) => {
			Some(dispatch_error)
		}
		_ => None,
	}
}
