//! The connection to a node: reading state at a block, and sending transactions.
//!
//! Reads are at the best block, so that what was sent a moment ago is seen. Everything that says
//! whether it is final asks for the finalized block as well.

use crate::{
	account::{to_subxt, Account, AccountId},
	chain, hints, light,
	output::{utc, Failure, Progress},
};
use codec::{Decode, Encode};
use serde_json::{json, Value};
use std::{
	path::Path,
	sync::Arc,
	time::{Duration, Instant, SystemTime},
};
use subxt::{
	backend::LegacyBackend,
	client::OnlineClientAtBlockImpl,
	config::{substrate::SubstrateExtrinsicParamsBuilder, RpcConfigFor, SubstrateConfig},
	error::{
		BackendError, ConstantError, DispatchError, ExtrinsicError, OnlineClientError, RpcError,
		RuntimeApiError, StorageError,
	},
	events::DecodeAsEvent,
	extrinsics::ExtrinsicEvents,
	rpcs::{methods::LegacyRpcMethods, RpcClient},
	transactions::{Payload, TransactionProgress, TransactionStatus},
	utils::H256,
	OnlineClient, OnlineClientAtBlock,
};

/// State at a block.
pub type At = OnlineClientAtBlock<SubstrateConfig>;

/// The code of a failure that a new nonce can mend.
const NONCE_TAKEN: &str = "NonceTaken";
/// How often a transaction is signed again because its nonce was taken.
const ATTEMPTS: u32 = 20;
/// Blocks for which a transaction stays valid.
const MORTALITY: u64 = 64;

/// A connection to a node.
#[derive(Clone)]
pub struct Client {
	api: OnlineClient<SubstrateConfig>,
	rpc: LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>,
	sight: Sight,
	quiet: bool,
	finality: bool,
}

/// Which block is looked at.
#[derive(Clone, Copy)]
enum Sight {
	/// The newest: what was sent a moment ago is seen.
	Best,
	/// The newest that is final: nothing else is proved.
	Finalized,
}

/// The block that an answer is about.
pub struct Moment {
	/// Its number.
	pub block: u64,
	/// Its hash.
	pub hash: H256,
	/// The hash of the chain's first block: which chain it is.
	pub genesis: H256,
	/// Its time, in milliseconds since the Unix epoch, as its author says.
	pub time: u64,
	/// Whether a light client proved that it is final, and the answer.
	pub proved: bool,
}

impl Moment {
	/// How old the block is. Zero for one from the future.
	fn age(&self) -> Duration {
		let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
		now.saturating_sub(Duration::from_millis(self.time))
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"block": self.block,
			"block_hash": crate::output::hex0x(self.hash),
			"genesis": crate::output::hex0x(self.genesis),
			"time": self.time,
			"proved": self.proved,
		})
	}

	/// For people.
	pub fn words(&self) -> String {
		let trust = if self.proved { "final, and proved" } else { "as the node says" };
		let genesis = crate::output::hex0x(self.genesis);
		format!("block {} of chain {genesis}, {} ({trust})", self.block, utc(self.time))
	}
}

/// A transaction that is in a block and did what it should.
pub struct Included {
	/// The block's hash.
	pub block: H256,
	/// The block's number.
	pub number: u64,
	/// Whether it was waited for finality.
	pub finalized: bool,
	/// The transaction's hash.
	pub extrinsic: H256,
	/// What was paid for it, in plancks.
	pub fee: u128,
	/// Its events.
	pub events: ExtrinsicEvents<SubstrateConfig>,
}

impl Included {
	/// The event of this kind that the transaction must have.
	pub fn event<E: DecodeAsEvent>(&self) -> Result<E, Failure> {
		match self.events.find_first::<E>() {
			Some(event) => event.map_err(failed),
			None => Err(Failure::new("the transaction is in a block, and its event is missing")
				.hint("the chain may have been upgraded: get the tally that fits it")),
		}
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({
			"block": self.number,
			"block_hash": crate::output::hex0x(self.block),
			"extrinsic_hash": crate::output::hex0x(self.extrinsic),
			"finalized": self.finalized,
			"fee": crate::output::big(self.fee),
		})
	}

	/// For people.
	pub fn words(&self) -> String {
		let fee = match self.fee {
			0 => "no fee".to_owned(),
			fee => format!("fee {}", crate::amount::show_tly(fee)),
		};
		let finality = if self.finalized { "finalized" } else { "not finalized yet" };
		format!("#{} ({finality}, {fee})", self.number)
	}
}

impl Client {
	/// Connects to the node at `url` and makes sure that it serves a chain this tally can use. With
	/// `quiet`, nothing is said while waiting; with `finality`, transactions are waited for until they
	/// are finalized.
	pub async fn connect(url: &str, quiet: bool, finality: bool) -> Result<Self, Failure> {
		let unreachable = |why: String| {
			Failure::new(format!("no node answers at {url}: {why}")).code("NoNode").hint(
				"start one (`tallystick --dev --tmp`), or name another with --url or TALLY_URL",
			)
		};
		// A node serves both on the same port, and only one of them can subscribe.
		let socket = match url.split_once("://") {
			Some(("http", rest)) => format!("ws://{rest}"),
			Some(("https", rest)) => format!("wss://{rest}"),
			_ => url.to_owned(),
		};
		let client = RpcClient::from_insecure_url(&socket)
			.await
			.map_err(|error| unreachable(root_cause(&error)))?;
		let client = Self::over(client, Sight::Best, quiet, finality);
		client.await.map_err(|error| unreachable(root_cause(&error)))?.ensure_compatible().await
	}

	/// The same by a light client of the chain in the specification `spec`. Only what is final counts.
	pub async fn connect_light(
		spec: &Path,
		bootnodes: &[String],
		quiet: bool,
		finality: bool,
	) -> Result<Self, Failure> {
		let client = light::start(spec, bootnodes, quiet).await?;
		let client = Self::over(client, Sight::Finalized, quiet, finality);
		let client = client.await.map_err(failed)?.ensure_compatible().await?;
		let progress = client.progress("light client: waiting for a block that is final");
		let began_at = Instant::now();
		let fresh = loop {
			let age = client.moment(&client.best().await?).await?.age();
			if age <= light::STALE {
				break Ok(client);
			}
			if began_at.elapsed() > light::PATIENCE {
				let words = format!("the newest block that is final is {} s old", age.as_secs());
				break Err(Failure::new(words).code("Stale").hint(
					"the chain stands still, the nodes that were asked keep silent about what is newer, or \
					 this machine's clock is wrong",
				));
			}
			tokio::time::sleep(Duration::from_millis(500)).await;
		};
		progress.done();
		fresh
	}

	async fn over(
		client: RpcClient,
		sight: Sight,
		quiet: bool,
		finality: bool,
	) -> Result<Self, OnlineClientError> {
		let rpc = LegacyRpcMethods::new(client.clone());
		let backend = Arc::new(LegacyBackend::builder().storage_page_size(256).build(client));
		let api = OnlineClient::from_backend(backend).await?;
		Ok(Self { api, rpc, sight, quiet, finality })
	}

	/// Whether the chain has what this tally was built for.
	async fn ensure_compatible(self) -> Result<Self, Failure> {
		let version = self.rpc.state_get_runtime_version(None).await.map_err(failed)?;
		let name = version.other.get("specName").and_then(Value::as_str).unwrap_or_default();
		if name != chain::SPEC_NAME {
			return Err(Failure::new(format!(
				"this is no Tallystick chain: its runtime is `{name}`"
			))
			.code("WrongChain")
			.hint("name the RPC URL of a Tallystick node with --url or TALLY_URL"));
		}
		// The version's number alone says little on a chain that is being developed; and another version
		// is as good, as long as what tally uses has not changed.
		let ours = chain::built_for();
		let theirs = self.best().await?.metadata();
		if chain::fingerprint(&theirs) == ours.fingerprint {
			return Ok(self);
		}
		let (built, has) = (ours.spec_version, version.spec_version);
		let words = if built == has {
			format!("this tally is for spec {built}; the chain says the same, and has other calls")
		} else {
			format!("this tally is for spec {built}, the chain has {has}")
		};
		Err(Failure::new(words)
			.code("WrongSpec")
			.hint("get the tally of the release that the chain runs"))
	}

	/// The hash of the chain's first block: what tells one chain from another.
	pub fn genesis(&self) -> H256 {
		self.api.genesis_hash()
	}

	/// State at the newest block that counts: the best, or with a light client the finalized one.
	pub async fn best(&self) -> Result<At, Failure> {
		let hash = match self.sight {
			Sight::Best => self.rpc.chain_get_block_hash(None).await.map_err(failed)?,
			Sight::Finalized => Some(self.rpc.chain_get_finalized_head().await.map_err(failed)?),
		};
		let hash = hash.ok_or_else(|| Failure::new("the node has no blocks"))?;
		self.at(hash).await
	}

	/// What is known of the block that is looked at.
	pub async fn moment(&self, at: &At) -> Result<Moment, Failure> {
		let time = at.storage().fetch(chain::storage().timestamp().now(), ()).await;
		Ok(Moment {
			block: at.block_number(),
			hash: at.block_hash(),
			genesis: self.genesis(),
			time: time.map_err(failed)?.decode().map_err(failed)?,
			proved: matches!(self.sight, Sight::Finalized),
		})
	}

	/// State at a block.
	pub async fn at(&self, block: H256) -> Result<At, Failure> {
		self.api.at_block(block).await.map_err(failed)
	}

	/// The hash of the block with this number, on the best chain.
	pub async fn hash_of(&self, number: u32) -> Result<Option<H256>, Failure> {
		self.rpc.chain_get_block_hash(Some(number.into())).await.map_err(failed)
	}

	/// The number of the last finalized block.
	pub async fn finalized(&self) -> Result<u64, Failure> {
		let hash = self.rpc.chain_get_finalized_head().await.map_err(failed)?;
		let header = self.rpc.chain_get_header(Some(hash)).await.map_err(failed)?;
		Ok(header.map_or(0, |header| header.number))
	}

	/// The parent of a block.
	pub async fn parent_of(&self, block: H256) -> Result<Option<H256>, Failure> {
		let header = self.rpc.chain_get_header(Some(block)).await.map_err(failed)?;
		Ok(header.map(|header| header.parent_hash))
	}

	/// The values under many storage keys, in one request for each 1,000.
	pub async fn values(&self, at: &At, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Failure> {
		let mut values = Vec::with_capacity(keys.len());
		for page in keys.chunks(1_000) {
			let slices = page.iter().map(|key| key.as_slice());
			let sets = self
				.rpc
				.state_query_storage_at(slices, Some(at.block_hash()))
				.await
				.map_err(failed)?;
			let mut found: std::collections::HashMap<Vec<u8>, Vec<u8>> = sets
				.into_iter()
				.flat_map(|set| set.changes)
				.filter_map(|(key, value)| Some((key.0, value?.0)))
				.collect();
			values.extend(page.iter().map(|key| found.remove(key)));
		}
		Ok(values)
	}

	/// Asks the runtime's own reading interface, in the types of the project's crates.
	pub async fn ask<T: Decode>(
		&self,
		at: &At,
		method: &str,
		arguments: impl Encode,
	) -> Result<T, Failure> {
		let bytes = at
			.runtime_apis()
			.call_raw(&format!("TallystickApi_{method}"), Some(&arguments.encode()))
			.await
			.map_err(failed)?;
		T::decode(&mut &bytes[..]).map_err(|error| {
			Failure::new(format!("the chain's answer cannot be read: {error}"))
				.code("WrongSpec")
				.hint("get the tally of the release that the chain runs")
		})
	}

	/// A line of progress for people.
	pub fn progress(&self, message: impl Into<String>) -> Progress {
		Progress::spinner(self.quiet, message)
	}

	/// Signs `call` with `account`, sends it, and waits until it is in a block. `doing` says to people
	/// what is going on.
	pub async fn submit(
		&self,
		call: &impl Payload,
		account: &Account,
		doing: &str,
	) -> Result<Included, Failure> {
		let progress = self.progress(format!("{doing}: sending"));
		let result = self.send(call, account, doing, &progress).await;
		progress.done();
		result
	}

	async fn sign_and_watch(
		&self,
		call: &impl Payload,
		account: &Account,
	) -> Result<Watch, Failure> {
		// The next nonce counts what still waits in the pool, so that commands can follow each other
		// faster than blocks do.
		let who = to_subxt(&account.id());
		let nonce = self.rpc.system_account_next_index(&who).await.map_err(failed)?;
		let params = SubstrateExtrinsicParamsBuilder::<SubstrateConfig>::new()
			.nonce(nonce)
			.mortal(MORTALITY)
			.build();
		let at = self.api.at_current_block().await.map_err(failed)?;
		let mut transactions = at.transactions();
		transactions.sign_and_submit_then_watch(call, account, params).await.map_err(failed)
	}

	async fn send(
		&self,
		call: &impl Payload,
		account: &Account,
		doing: &str,
		progress: &Progress,
	) -> Result<Included, Failure> {
		let mut attempts = 0;
		let mut watch = loop {
			match self.sign_and_watch(call, account).await {
				// Another command of the same account took the nonce in between.
				Err(failure) if failure.is(NONCE_TAKEN) && attempts < ATTEMPTS => {
					attempts += 1;
					tokio::time::sleep(Duration::from_millis(250)).await;
				}
				result => break result?,
			}
		};
		progress.say(format!("{doing}: waiting for a block"));
		while let Some(status) = watch.next().await {
			let (block, finalized) = match status.map_err(failed)? {
				TransactionStatus::InBestBlock(block) if !self.finality => (block, false),
				TransactionStatus::InBestBlock(_) => {
					progress.say(format!("{doing}: waiting for finality"));
					continue;
				}
				TransactionStatus::InFinalizedBlock(block) => (block, true),
				TransactionStatus::Error { message }
				| TransactionStatus::Invalid { message }
				| TransactionStatus::Dropped { message } => return Err(refused(&message)),
				_ => continue,
			};
			let at = self.at(block.block_hash()).await?;
			let events = block.fetch_events().await.map_err(failed)?;
			if let Some(failure) = dispatch_failure(&events, &at)? {
				return Err(failure);
			}
			return Ok(Included {
				block: block.block_hash(),
				number: at.block_number(),
				finalized,
				extrinsic: block.extrinsic_hash(),
				fee: fee_of(&events, account),
				events,
			});
		}
		Err(Failure::new("the node stopped reporting on the transaction")
			.hint("it may still be included: look before you send it again"))
	}
}

/// A transaction on its way.
type Watch = TransactionProgress<SubstrateConfig, OnlineClientAtBlockImpl<SubstrateConfig>>;

/// What the account paid for the transaction.
fn fee_of(events: &ExtrinsicEvents<SubstrateConfig>, account: &Account) -> u128 {
	let who = to_subxt(&account.id());
	events
		.find::<chain::transaction_payment::events::TransactionFeePaid>()
		.filter_map(Result::ok)
		.filter(|event| event.who == who)
		.map(|event| event.actual_fee)
		.sum()
}

/// Why a transaction that is in a block failed, where it did.
fn dispatch_failure(
	events: &ExtrinsicEvents<SubstrateConfig>,
	at: &At,
) -> Result<Option<Failure>, Failure> {
	for event in events.iter() {
		let event = event.map_err(failed)?;
		if (event.pallet_name(), event.event_name()) == ("System", "ExtrinsicFailed") {
			let error = DispatchError::decode_from(event.field_bytes(), at.metadata());
			return Ok(Some(dispatch_words(&error.map_err(failed)?)));
		}
	}
	Ok(None)
}

/// An error of a call, in the words of the pallet that it comes from.
fn dispatch_words(error: &DispatchError) -> Failure {
	match error {
		DispatchError::Module(module) => match module.details() {
			Ok(details) => {
				let (pallet, error) = (details.pallet.name(), &details.variant.name);
				let docs: Vec<_> = details.variant.docs.iter().map(|line| line.trim()).collect();
				let name = format!("{pallet}.{error}");
				let words = docs.join(" ");
				let words = words.trim_end_matches('.');
				let message = if words.is_empty() {
					format!("the chain refuses: {name}")
				} else {
					format!("{words} ({name})")
				};
				Failure::new(lowercase_first(&message))
					.code(name)
					.maybe_hint(hints::for_error(pallet, error))
			}
			Err(_) => Failure::new(format!("the chain refuses: {error}")).code("Dispatch"),
		},
		DispatchError::Token(token) => {
			Failure::new(lowercase_first(&format!("{token} (Token.{token:?})")))
				.code(format!("Token.{token:?}"))
				.hint(hints::for_token_error(token))
		}
		other => Failure::new(lowercase_first(&other.to_string())).code(format!("{other:?}")),
	}
}

/// A transaction that the pool did not take.
fn refused(said: &str) -> Failure {
	match hints::for_refusal(said) {
		Some((words, hint)) => {
			let taken = hints::NONCE_TAKEN.iter().any(|part| said.contains(part));
			let code = if taken { NONCE_TAKEN } else { "Refused" };
			Failure::new(words).code(code).hint(hint)
		}
		None => Failure::new(format!("the node refuses the transaction: {said}")).code("Refused"),
	}
}

/// Any error of subxt, in words.
pub fn failed(error: impl Into<subxt::Error>) -> Failure {
	let error = error.into();
	let outdated = matches!(
		error,
		subxt::Error::StorageError(StorageError::IncompatibleCodegen)
			| subxt::Error::ExtrinsicError(ExtrinsicError::IncompatibleCodegen)
			| subxt::Error::ConstantError(ConstantError::IncompatibleCodegen)
			| subxt::Error::RuntimeApiError(RuntimeApiError::IncompatibleCodegen)
	);
	if outdated {
		return Failure::new("the chain's runtime is not the one that this tally was built for")
			.code("WrongSpec")
			.hint("get the tally of the release that the chain runs");
	}
	let backend = match &error {
		subxt::Error::ExtrinsicError(ExtrinsicError::ErrorSubmittingTransaction(backend)) => {
			Some(backend)
		}
		_ => None,
	};
	if let Some(BackendError::Rpc(RpcError::ClientError(subxt::rpcs::Error::User(said)))) = backend
	{
		let data = said.data.as_ref().map(|data| data.get().to_owned()).unwrap_or_default();
		return refused(&format!("{} {data}", said.message));
	}
	let words = root_cause(&error);
	if words.contains("State already discarded") || words.contains("UnknownBlock") {
		return Failure::new("the node does not have the state of that block any more")
			.code("StateGone")
			.hint("ask an archive node: --url");
	}
	if words.contains(light::SILENT) {
		return Failure::new(words)
			.code("NoNode")
			.hint("name another node of the chain with --bootnode, or try again");
	}
	Failure::new(words)
}

/// The innermost of an error's causes: the rest says where, and this says what.
fn root_cause(error: &dyn std::error::Error) -> String {
	let mut innermost = error;
	while let Some(source) = innermost.source() {
		innermost = source;
	}
	let (outer, inner) = (error.to_string(), innermost.to_string());
	let mut words = if outer.contains(&inner) { inner } else { format!("{outer}: {inner}") };
	// Layers that say only that they are layers.
	for layer in ["Backend error: ", "RPC error: ", "client error: ", "User error: "] {
		words = words.replace(layer, "");
	}
	words
}

fn lowercase_first(text: &str) -> String {
	let mut characters = text.chars();
	match characters.next() {
		Some(first) => first.to_lowercase().chain(characters).collect(),
		None => String::new(),
	}
}

/// What an account has of the native token, and may spend.
pub async fn free_balance(at: &At, who: &AccountId) -> Result<u128, Failure> {
	let account = at
		.storage()
		.fetch(chain::storage().system().account(), (to_subxt(who),))
		.await
		.map_err(failed)?;
	Ok(account.decode().map_err(failed)?.data.free)
}
