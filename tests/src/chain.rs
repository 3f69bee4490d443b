//! The chain itself: JSON-RPC, and transactions in the runtime's own types.

use crate::node::{wait_for, Node};
use codec::{Decode, DecodeAll, Encode};
use frame_support::storage::storage_prefix;
use frame_system::{offchain::CreateAuthorizedTransaction, EventRecord, Phase};
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era,
	transaction_validity::{TransactionSource, TransactionValidity},
	DispatchError,
};
use tallystick_primitives::{service_key::ServiceSignature, Receipt};
use tallystick_runtime::{
	configs::system::{immortal_implicit, tx_extension},
	AccountId, BlockNumber, Hash, Nonce, Runtime, RuntimeCall, RuntimeEvent, SignedPayload,
	UncheckedExtrinsic,
};

/// What a node says where it refuses.
#[derive(Debug, Deserialize)]
pub struct Refusal {
	/// JSON-RPC's number.
	pub code: i64,
	/// What went wrong.
	pub message: String,
	/// What exactly.
	#[serde(default)]
	pub data: Value,
}

/// A transaction that is in a block.
pub struct Included {
	/// The block.
	pub block: Hash,
	/// What came of the call.
	pub result: Result<(), DispatchError>,
	/// All that it did.
	pub events: Vec<RuntimeEvent>,
}

/// A node's chain.
pub struct Chain {
	url: String,
	http: reqwest::Client,
	tasks: tokio::runtime::Runtime,
	genesis: Hash,
}

impl Chain {
	/// The chain of `node`.
	pub fn of(node: &Node) -> Self {
		let tasks = tokio::runtime::Runtime::new().expect("threads can be started");
		let http = reqwest::Client::new();
		let mut chain = Self { url: node.url(), http, tasks, genesis: Hash::zero() };
		chain.genesis = chain.hash_of(0).expect("a chain begins somewhere");
		chain
	}

	/// Calls a JSON-RPC method.
	pub fn rpc<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T, Refusal> {
		let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let answer = self.tasks.block_on(async {
			self.http.post(&self.url).json(&body).send().await?.json::<Value>().await
		});
		let mut answer = answer.expect("the node answers");
		let read = |value| serde_json::from_value(value).expect("it is as documented");
		match answer.get_mut("error") {
			Some(error) => Err(serde_json::from_value(error.take()).expect("it is an error")),
			None => Ok(read(answer["result"].take())),
		}
	}

	/// The hash of the first block.
	pub fn genesis(&self) -> Hash {
		self.genesis
	}

	/// The hash of a block, if it is there already.
	pub fn hash_of(&self, number: BlockNumber) -> Option<Hash> {
		self.rpc("chain_getBlockHash", json!([number])).expect("a hash or none")
	}

	/// The newest block.
	pub fn best(&self) -> Hash {
		self.rpc("chain_getBlockHash", json!([])).expect("there is a block")
	}

	/// The number of the newest block.
	pub fn best_number(&self) -> BlockNumber {
		number_in(&self.rpc("chain_getHeader", json!([])).expect("there is a block"))
	}

	/// The newest block that is final.
	pub fn finalized(&self) -> Hash {
		self.rpc("chain_getFinalizedHead", json!([])).expect("the first block is final")
	}

	/// The number of the newest block that is final.
	pub fn finalized_number(&self) -> BlockNumber {
		self.number_of(self.finalized())
	}

	/// The number of a block.
	pub fn number_of(&self, block: Hash) -> BlockNumber {
		number_in(&self.rpc("chain_getHeader", json!([block])).expect("there is the block"))
	}

	/// When the making of a block began, in milliseconds since the Unix epoch.
	pub fn time_of(&self, block: Hash) -> u64 {
		self.read(storage_prefix(b"Timestamp", b"Now"), block).expect("a block has a time")
	}

	/// Waits for a block, however far it is, and returns its hash.
	pub fn wait_for_block(&self, number: BlockNumber) -> Hash {
		for next in self.best_number()..number {
			wait_for(&format!("a block after {next}"), || self.hash_of(next + 1));
		}
		self.hash_of(number).expect("it is there")
	}

	/// The value under a storage key.
	pub fn read<T: Decode>(&self, key: impl AsRef<[u8]>, at: Hash) -> Option<T> {
		let value: Option<String> =
			self.rpc("state_getStorage", json!([hex0x(key), at])).expect("a value or none");
		value.map(|value| decoded(&value))
	}

	/// All keys and values under a prefix.
	pub fn read_all(&self, prefix: &[u8], at: Hash) -> Vec<(Vec<u8>, Vec<u8>)> {
		let pairs: Vec<(String, String)> =
			self.rpc("state_getPairs", json!([hex0x(prefix), at])).expect("pairs");
		pairs.iter().map(|(key, value)| (bytes(key), bytes(value))).collect()
	}

	/// A transaction of `who`.
	pub fn signed(&self, who: Sr25519Keyring, nonce: Nonce, call: RuntimeCall) -> Vec<u8> {
		let extension = tx_extension(nonce, Era::Immortal, 0);
		let implicit = immortal_implicit(self.genesis);
		let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
		let signature = payload.using_encoded(|payload| who.sign(payload)).into();
		UncheckedExtrinsic::new_signed(call, who.to_account_id().into(), signature, extension)
			.encode()
	}

	/// The transaction of a receipt: nobody's, and free.
	pub fn general(receipt: Receipt<AccountId>, signature: ServiceSignature) -> Vec<u8> {
		let call = pallet_inference::Call::submit_receipt { receipt, signature }.into();
		type Inference = pallet_inference::Call<Runtime>;
		<Runtime as CreateAuthorizedTransaction<Inference>>::create_authorized_transaction(call)
			.encode()
	}

	/// The transactions that wait for a block.
	pub fn pending(&self) -> Vec<UncheckedExtrinsic> {
		let all: Vec<String> =
			self.rpc("author_pendingExtrinsics", json!([])).expect("there is a pool");
		all.iter().map(|one| decoded(one)).collect()
	}

	/// Hands a transaction to the pool.
	pub fn submit(&self, transaction: &[u8]) -> Result<Hash, Refusal> {
		self.rpc("author_submitExtrinsic", json!([hex0x(transaction)]))
	}

	/// What the chain would say of a transaction in the block after `at`.
	pub fn validate(&self, transaction: &[u8], at: Hash) -> TransactionValidity {
		// A transaction is on the wire as it is in the arguments: its length comes first.
		let arguments = [&TransactionSource::External.encode(), transaction, at.as_ref()].concat();
		let method = "TaggedTransactionQueue_validate_transaction";
		let answer: String =
			self.rpc("state_call", json!([method, hex0x(arguments), at])).expect("a verdict");
		decoded(&answer)
	}

	/// Sends calls of `who`, all at once, and waits until all are in blocks.
	pub fn call(&self, who: Sr25519Keyring, calls: Vec<RuntimeCall>) -> Vec<Included> {
		let first = self.best_number();
		let sent = self.send(who, calls);
		sent.iter().map(|transaction| self.wait_for_inclusion(transaction, first)).collect()
	}

	/// Hands calls of `who` to the pool, all at once. Returns the transactions.
	pub fn send(&self, who: Sr25519Keyring, calls: Vec<RuntimeCall>) -> Vec<Vec<u8>> {
		let account = who.to_account_id();
		let nonce: Nonce =
			self.rpc("system_accountNextIndex", json!([account])).expect("there is an account");
		let transactions = (nonce..).zip(calls).map(|(nonce, call)| {
			let transaction = self.signed(who, nonce, call);
			self.submit(&transaction).expect("the pool takes what is signed and paid");
			transaction
		});
		transactions.collect()
	}

	/// Sends calls of `who` of which each has to go well.
	pub fn do_all(&self, who: Sr25519Keyring, calls: Vec<RuntimeCall>) {
		for included in self.call(who, calls) {
			assert_eq!(included.result, Ok(()));
		}
	}

	/// Waits until a transaction is in a block that is not before `first`.
	pub fn wait_for_inclusion(&self, transaction: &[u8], first: BlockNumber) -> Included {
		let mut number = first;
		let (block, index) = wait_for("a transaction to be in a block", || loop {
			let block = self.hash_of(number)?;
			let found = self.transactions(block).iter().position(|other| other == transaction);
			if let Some(index) = found {
				return Some((block, index));
			}
			number += 1;
		});
		let events = self.events(block, index);
		let result = events.iter().find_map(|event| match event {
			RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { .. }) => Some(Ok(())),
			RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
				dispatch_error, ..
			}) => Some(Err(*dispatch_error)),
			_ => None,
		});
		Included { block, result: result.expect("it went well, or not"), events }
	}

	fn transactions(&self, block: Hash) -> Vec<Vec<u8>> {
		let block: Value = self.rpc("chain_getBlock", json!([block])).expect("there is a block");
		let all = block["block"]["extrinsics"].as_array().expect("it has transactions").iter();
		all.map(|one| bytes(one.as_str().expect("it is hexadecimal"))).collect()
	}

	/// All that happened in a block.
	pub fn events_of(&self, block: Hash) -> Vec<RuntimeEvent> {
		self.records(block).into_iter().map(|record| record.event).collect()
	}

	fn events(&self, block: Hash, index: usize) -> Vec<RuntimeEvent> {
		let records = self.records(block).into_iter();
		let ours = |phase| matches!(phase, Phase::ApplyExtrinsic(at) if at as usize == index);
		records.filter(|record| ours(record.phase.clone())).map(|record| record.event).collect()
	}

	fn records(&self, block: Hash) -> Vec<EventRecord<RuntimeEvent, Hash>> {
		self.read(storage_prefix(b"System", b"Events"), block).unwrap_or_default()
	}

	// --- other nodes ---

	/// Where other nodes reach this one.
	pub fn address(&self) -> String {
		let all: Vec<String> =
			self.rpc("system_localListenAddresses", json!([])).expect("it listens");
		all.into_iter().next().expect("somewhere")
	}

	/// Connects the node with another one, and for good: each is told of the other.
	pub fn connect(&self, other: &Self) {
		for (one, other) in [(self, other), (other, self)] {
			let told: Result<Value, _> =
				one.rpc("system_addReservedPeer", json!([other.address()]));
			told.expect("it takes an address");
		}
	}
}

/// The number in a header.
fn number_in(header: &Value) -> BlockNumber {
	let number = header["number"].as_str().expect("it has a number");
	BlockNumber::from_str_radix(number.trim_start_matches("0x"), 16).expect("it is a number")
}

/// Bytes, as JSON-RPC has them.
pub fn hex0x(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn bytes(text: &str) -> Vec<u8> {
	hex::decode(text.trim_start_matches("0x")).expect("it is hexadecimal")
}

fn decoded<T: Decode>(text: &str) -> T {
	T::decode_all(&mut &bytes(text)[..]).expect("it is what the runtime of this checkout says")
}
