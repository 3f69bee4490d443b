//! The chain: its state, and what is in its blocks.

use crate::rpc::{from_hex, to_hex, Rpc};
use anyhow::{ensure, Context, Result};
use codec::Decode;
use frame_system::{ConsumedWeight, EventRecord, Phase};
use serde::Deserialize;
use serde_json::json;
use sp_core::H256;
use sp_io::hashing::{blake2_256, twox_128};
use std::collections::BTreeMap;
use tallystick_runtime::{Hash, Runtime, RuntimeEvent, VERSION};

/// A block, as far as it matters here.
pub struct Block {
	/// Its number.
	pub number: u32,
	/// Its hash.
	pub hash: H256,
	/// Its timestamp, in milliseconds since the Unix epoch.
	pub time: u64,
	/// The hashes of its extrinsics.
	pub extrinsics: Vec<H256>,
	/// Its events, with the extrinsic that each belongs to.
	pub events: Vec<(Option<usize>, RuntimeEvent)>,
	/// What it used.
	pub weight: ConsumedWeight,
}

impl Block {
	/// The events of one extrinsic.
	pub fn events_of(&self, at: usize) -> impl Iterator<Item = &RuntimeEvent> {
		self.events.iter().filter(move |(of, _)| *of == Some(at)).map(|(_, event)| event)
	}
}

#[derive(Deserialize)]
struct Header {
	number: String,
}

#[derive(Deserialize)]
struct Body {
	header: Header,
	extrinsics: Vec<String>,
}

#[derive(Deserialize)]
struct Signed {
	block: Body,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
	spec_version: u32,
	transaction_version: u32,
}

#[derive(Deserialize)]
struct Changes {
	changes: Vec<(String, Option<String>)>,
}

fn number(header: &Header) -> Result<u32> {
	Ok(u32::from_str_radix(header.number.trim_start_matches("0x"), 16)?)
}

/// The chain behind a node.
#[derive(Clone)]
pub struct Chain {
	/// The node.
	pub rpc: Rpc,
	/// The hash of the first block.
	pub genesis: H256,
}

impl Chain {
	/// Connects to a node whose runtime is the one that this tool was built with.
	pub async fn connect(url: &str) -> Result<Self> {
		let rpc = Rpc::new(url)?;
		let genesis = rpc.call("chain_getBlockHash", json!([0])).await?;
		let version: Version = rpc.call("state_getRuntimeVersion", json!([])).await?;
		ensure!(
			(version.spec_version, version.transaction_version)
				== (VERSION.spec_version, VERSION.transaction_version),
			"the chain's runtime is version {}, and this tool was built with {}: build both anew",
			version.spec_version,
			VERSION.spec_version,
		);
		Ok(Self { rpc, genesis })
	}

	/// The number of the best block.
	pub async fn best(&self) -> Result<u32> {
		number(&self.rpc.call("chain_getHeader", json!([])).await?)
	}

	/// The number of the newest finalized block.
	pub async fn finalized(&self) -> Result<u32> {
		let hash: H256 = self.rpc.call("chain_getFinalizedHead", json!([])).await?;
		number(&self.rpc.call("chain_getHeader", json!([hash])).await?)
	}

	/// The hash of a block on the best chain.
	pub async fn hash(&self, number: u32) -> Result<H256> {
		self.rpc.call("chain_getBlockHash", json!([number])).await
	}

	/// A value in the best block's state.
	pub async fn get<T: Decode>(&self, key: &[u8]) -> Result<Option<T>> {
		let value: Option<String> = self.rpc.call("state_getStorage", json!([to_hex(key)])).await?;
		value.map(|value| Ok(T::decode(&mut &*from_hex(&value)?)?)).transpose()
	}

	/// Values in the best block's state, in the order of `keys`.
	pub async fn get_all<T: Decode>(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<T>>> {
		let mut values = Vec::new();
		for some in keys.chunks(500) {
			let params = some.iter().map(|key| json!([to_hex(key)]));
			for value in self.rpc.batch("state_getStorage", params).await? {
				let raw = value.map_err(|error| anyhow::anyhow!(error.line()))?;
				let value: Option<String> = serde_json::from_str(raw.get())?;
				values.push(
					value
						.map(|value| anyhow::Ok(T::decode(&mut &*from_hex(&value)?)?))
						.transpose()?,
				);
			}
		}
		Ok(values)
	}

	/// A block.
	pub async fn block(&self, hash: H256) -> Result<Block> {
		let Signed { block } = self.rpc.call("chain_getBlock", json!([hash])).await?;
		let extrinsics = block
			.extrinsics
			.iter()
			.map(|extrinsic| Ok(H256(blake2_256(&from_hex(extrinsic)?))))
			.collect::<Result<_>>()?;

		let keys = [
			[twox_128(b"System"), twox_128(b"Events")].concat().to_vec(),
			pallet_timestamp::Now::<Runtime>::hashed_key().to_vec(),
			frame_system::BlockWeight::<Runtime>::hashed_key().to_vec(),
		]
		.map(|key| to_hex(&key));
		let state: Vec<Changes> =
			self.rpc.call("state_queryStorageAt", json!([keys, hash])).await?;
		let mut values: BTreeMap<String, Option<String>> =
			state.into_iter().flat_map(|state| state.changes).collect();
		let mut take = |key: &String| {
			values.remove(key).flatten().map_or(Ok(Vec::new()), |value| from_hex(&value))
		};
		let [events, time, weight] = &keys;
		let events = match take(events)?.as_slice() {
			[] => Vec::new(),
			mut bytes => Vec::<EventRecord<RuntimeEvent, Hash>>::decode(&mut bytes)
				.context("the events are not those of the runtime of this tool: build both anew")?,
		};
		let time = u64::decode(&mut &*take(time)?)?;
		let weight = ConsumedWeight::decode(&mut &*take(weight)?)?;
		let events = events
			.into_iter()
			.map(|record| {
				let of = match record.phase {
					Phase::ApplyExtrinsic(at) => usize::try_from(at).ok(),
					Phase::Initialization | Phase::Finalization => None,
				};
				(of, record.event)
			})
			.collect();
		Ok(Block { number: number(&block.header)?, hash, time, extrinsics, events, weight })
	}
}

/// What the follower has to tell.
pub enum News {
	/// A block on the best chain, for the first time.
	Seen,
	/// A block is final.
	Final,
}

/// Follows the chain: each block is fetched once, unless it was replaced before it was final.
pub struct Follower {
	chain: Chain,
	seen: u32,
	finalized: u32,
	blocks: BTreeMap<u32, Block>,
}

impl Follower {
	/// From the newest finalized block on.
	pub async fn new(chain: &Chain) -> Result<Self> {
		let finalized = chain.finalized().await?;
		Ok(Self { chain: chain.clone(), seen: finalized, finalized, blocks: BTreeMap::new() })
	}

	/// The number of the newest block that was seen.
	pub fn best(&self) -> u32 {
		self.seen
	}

	/// What is new. Each block is first seen, then final.
	pub async fn poll(&mut self, mut tell: impl FnMut(News, &Block)) -> Result<()> {
		let best = self.chain.best().await?;
		while self.seen < best {
			let next = self.seen.saturating_add(1);
			let block = self.chain.block(self.chain.hash(next).await?).await?;
			tell(News::Seen, &block);
			self.blocks.insert(next, block);
			self.seen = next;
		}
		let finalized = self.chain.finalized().await?.min(self.seen);
		while self.finalized < finalized {
			let next = self.finalized.saturating_add(1);
			let hash = self.chain.hash(next).await?;
			let block = match self.blocks.remove(&next) {
				Some(block) if block.hash == hash => block,
				// Another one has taken the place of the one that was seen.
				_ => {
					let block = self.chain.block(hash).await?;
					tell(News::Seen, &block);
					block
				}
			};
			tell(News::Final, &block);
			self.finalized = next;
		}
		Ok(())
	}
}
