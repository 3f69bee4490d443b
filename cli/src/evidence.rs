//! What a consumer keeps of an inference: the bytes of question, parameters and answer, the salt that
//! opens the commitments, and the signed receipt. All checks here are arithmetic and signatures over
//! these bytes: no node is asked, and none has to be trusted for them.

use crate::{
	account,
	account::AccountId,
	output::{big, hex0x, parse_hash, parse_hex, Failure},
};
use codec::{Decode, DecodeAll, Encode};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use sp_core::{sr25519, Pair, H256};
use std::path::Path;
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	receipt::acknowledgement_hash,
	Balance, Digest, FinishReason, PlanId, Receipt, Tariff,
};

/// The request, byte for byte.
pub const QUESTION: &str = "question.json";
/// The generation parameters, byte for byte.
pub const PARAMETERS: &str = "parameters.json";
/// The backend's answer, byte for byte.
pub const ANSWER: &str = "answer.json";
/// The receipt and what opens it.
pub const RECEIPT: &str = "receipt.json";
const FORMAT: &str = "tallystick/receipt/1";

/// A receipt and its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedReceipt {
	/// What is signed.
	pub receipt: Receipt<AccountId>,
	/// By the provider's service key.
	pub signature: [u8; 64],
}

impl SignedReceipt {
	/// Reads the SCALE encoding in which a provider hands it out.
	pub fn decode(bytes: &[u8]) -> Result<Self, Failure> {
		let (receipt, signature) = <(Receipt<AccountId>, [u8; 64])>::decode_all(&mut &bytes[..])
			.map_err(|error| Failure::new(format!("this is no signed receipt: {error}")))?;
		Ok(Self { receipt, signature })
	}

	/// Whether `key` signed it, for the chain with this genesis.
	pub fn is_signed_by(&self, key: &[u8; 32], genesis: &H256) -> bool {
		verify(&self.signature, &self.receipt.signing_hash(genesis), key)
	}
}

/// Whether a provider's service key promised that it has the input.
pub fn is_acknowledged(
	key: &[u8; 32],
	signature: &[u8; 64],
	genesis: &H256,
	consumer: &AccountId,
	request: &Digest,
	parameters: &Digest,
) -> bool {
	verify(signature, &acknowledgement_hash(genesis, consumer, request, parameters), key)
}

fn verify(signature: &[u8; 64], message: &[u8], key: &[u8; 32]) -> bool {
	let signature = sr25519::Signature::from_raw(*signature);
	sr25519::Pair::verify(&signature, message, &sr25519::Public::from_raw(*key))
}

/// The block in which the chain took a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
	/// Its number.
	pub number: u32,
	/// Its hash.
	pub hash: H256,
}

/// All that a consumer keeps of one inference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
	/// The request, byte for byte.
	pub question: Vec<u8>,
	/// The generation parameters, byte for byte.
	pub parameters: Vec<u8>,
	/// The backend's answer, byte for byte.
	pub answer: Vec<u8>,
	/// What opens the commitments.
	pub salt: Salt,
	/// The chain.
	pub genesis: H256,
	/// The key that signed the receipt.
	pub service_key: [u8; 32],
	/// The receipt.
	pub signed: SignedReceipt,
	/// Whose credits paid.
	pub plan: PlanId,
	/// The plan's price list.
	pub tariff: Tariff,
	/// The most that the job could have cost.
	pub units_held: Balance,
	/// Where the chain took it.
	pub block: Option<Place>,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
	/// What is claimed, as a sentence.
	pub what: String,
	/// Whether it holds.
	pub ok: bool,
	/// Why not.
	pub why: Option<String>,
}

impl Check {
	/// A claim that holds, or the reason why it does not.
	pub fn new(what: impl Into<String>, ok: bool, why: impl FnOnce() -> String) -> Self {
		Self { what: what.into(), ok, why: (!ok).then(why) }
	}
}

/// Whether all hold.
pub fn all_hold(checks: &[Check]) -> bool {
	checks.iter().all(|check| check.ok)
}

/// The checks as lines for people.
pub fn show_checks(checks: &[Check]) -> String {
	let line = |check: &Check| match &check.why {
		None => format!("  yes  {}", check.what),
		Some(why) => format!("  NO   {}: {why}", check.what),
	};
	checks.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl Evidence {
	/// Checks the receipt against the bytes and against itself.
	pub fn check(&self) -> Vec<Check> {
		let receipt = &self.signed.receipt;
		let tokens = &receipt.tokens;
		let opens = |kind, bytes: &[u8], stated| commit(kind, &self.salt, bytes) == stated;
		let length = |bytes: &[u8], stated: u32| bytes.len() as u64 == u64::from(stated);
		let other = || "these are other bytes, or another salt".to_owned();
		let lengths = |bytes: &[u8], stated: u32| {
			format!("there are {}, and the receipt says {stated}", bytes.len())
		};
		let charge = if receipt.finish == FinishReason::Error || receipt.response_bytes == 0 {
			0
		} else {
			self.tariff.charge(tokens)
		};
		vec![
			Check::new(
				"the receipt is signed by the service key, for this chain",
				self.signed.is_signed_by(&self.service_key, &self.genesis),
				|| "the signature is not of this key over this receipt".into(),
			),
			Check::new(
				"the question is the one that was answered",
				opens(Kind::Request, &self.question, receipt.request),
				other,
			),
			Check::new(
				"the parameters are the ones that were used",
				opens(Kind::Parameters, &self.parameters, receipt.parameters),
				other,
			),
			Check::new(
				"the answer is the one that was given",
				opens(Kind::Response, &self.answer, receipt.response),
				other,
			),
			Check::new(
				"the question has as many bytes as the receipt says",
				length(&self.question, receipt.request_bytes),
				|| lengths(&self.question, receipt.request_bytes),
			),
			Check::new(
				"the answer has as many bytes as the receipt says",
				length(&self.answer, receipt.response_bytes),
				|| lengths(&self.answer, receipt.response_bytes),
			),
			Check::new(
				"the token counts are possible for these bytes",
				tokens.cached <= tokens.prompt
					&& tokens.reasoning <= tokens.completion
					&& tokens.prompt <= receipt.request_bytes
					&& tokens.completion - tokens.reasoning <= receipt.response_bytes,
				|| "there are more tokens than bytes, or parts larger than the whole".into(),
			),
			Check::new(
				"the charge is what the plan's tariff says",
				charge == receipt.units,
				|| format!("the tariff says {charge} units, the receipt {}", receipt.units),
			),
			Check::new(
				"the charge is within what was held",
				receipt.units <= self.units_held,
				|| format!("{} units were held", self.units_held),
			),
			Check::new(
				"the answer was complete after the call began",
				receipt.started_at <= receipt.ended_at,
				|| "it ends before it starts".into(),
			),
		]
	}

	/// Writes the files of this evidence into `dir`, which is made where it does not exist.
	pub fn save(&self, dir: &Path) -> Result<(), Failure> {
		let write = |name: &str, bytes: &[u8]| std::fs::write(dir.join(name), bytes);
		let all = || {
			std::fs::create_dir_all(dir)?;
			write(QUESTION, &self.question)?;
			write(PARAMETERS, &self.parameters)?;
			write(ANSWER, &self.answer)?;
			let record = serde_json::to_string_pretty(&self.record()).unwrap_or_default();
			write(RECEIPT, format!("{record}\n").as_bytes())
		};
		all().map_err(|error| Failure::new(format!("cannot write to {}: {error}", dir.display())))
	}

	/// Reads evidence from its four files.
	pub fn load(files: &Files) -> Result<Self, Failure> {
		let read = |path: &Path| {
			std::fs::read(path).map_err(|error| {
				Failure::new(format!("cannot read {}: {error}", path.display()))
					.hint("`tally infer --save DIR` writes all files that are needed into DIR")
			})
		};
		let record = read(&files.receipt)?;
		let record: Record = serde_json::from_slice(&record).map_err(|error| {
			Failure::new(format!("{} is no receipt file: {error}", files.receipt.display()))
				.code("BadReceiptFile")
		})?;
		let (question, parameters, answer) =
			(read(&files.question)?, read(&files.parameters)?, read(&files.answer)?);
		Self::from_record(record, question, parameters, answer).map_err(|why| {
			Failure::new(format!("{} is no receipt file: {why}", files.receipt.display()))
				.code("BadReceiptFile")
		})
	}

	fn record(&self) -> Record {
		Record {
			format: FORMAT.into(),
			genesis: hex0x(self.genesis),
			salt: hex0x(self.salt),
			receipt: hex0x(self.signed.receipt.encode()),
			signature: hex0x(self.signed.signature),
			service_key: hex0x(self.service_key),
			plan: self.plan,
			tariff: self.tariff,
			units_held: self.units_held.to_string(),
			block: self
				.block
				.map(|block| RecordedBlock { number: block.number, hash: hex0x(block.hash) }),
			readable: receipt_json(&self.signed.receipt),
		}
	}

	fn from_record(
		record: Record,
		question: Vec<u8>,
		parameters: Vec<u8>,
		answer: Vec<u8>,
	) -> Result<Self, String> {
		if record.format != FORMAT {
			return Err(format!("its format is {}, and this tally reads {FORMAT}", record.format));
		}
		let receipt = Receipt::<AccountId>::decode(&mut &parse_hex(&record.receipt)?[..])
			.map_err(|error| format!("its receipt cannot be decoded: {error}"))?;
		// The signed bytes are what counts: whoever reads the rest must not be told otherwise.
		if record.readable != receipt_json(&receipt) {
			return Err("its readable part says something else than what is signed".into());
		}
		let signature = parse_hex(&record.signature)?;
		let signature = <[u8; 64]>::try_from(signature).map_err(|_| "its signature is cut off")?;
		let block = match record.block {
			Some(block) => {
				Some(Place { number: block.number, hash: parse_hash(&block.hash)?.into() })
			}
			None => None,
		};
		Ok(Self {
			question,
			parameters,
			answer,
			salt: parse_hash(&record.salt)?,
			genesis: parse_hash(&record.genesis)?.into(),
			service_key: parse_hash(&record.service_key)?,
			signed: SignedReceipt { receipt, signature },
			plan: record.plan,
			tariff: record.tariff,
			units_held: crate::amount::parse_units(&record.units_held)?,
			block,
		})
	}
}

/// Where the four files are.
#[derive(Clone, Debug)]
pub struct Files {
	/// See [`QUESTION`].
	pub question: std::path::PathBuf,
	/// See [`PARAMETERS`].
	pub parameters: std::path::PathBuf,
	/// See [`ANSWER`].
	pub answer: std::path::PathBuf,
	/// See [`RECEIPT`].
	pub receipt: std::path::PathBuf,
}

impl Files {
	/// The files that [`Evidence::save`] writes.
	pub fn inside(dir: &Path) -> Self {
		Self {
			question: dir.join(QUESTION),
			parameters: dir.join(PARAMETERS),
			answer: dir.join(ANSWER),
			receipt: dir.join(RECEIPT),
		}
	}
}

/// The receipt file.
#[derive(Serialize, Deserialize)]
struct Record {
	format: String,
	genesis: String,
	salt: String,
	/// SCALE: what is signed.
	receipt: String,
	signature: String,
	service_key: String,
	plan: PlanId,
	tariff: Tariff,
	units_held: String,
	block: Option<RecordedBlock>,
	/// The same as `receipt`, for people.
	readable: Value,
}

#[derive(Serialize, Deserialize)]
struct RecordedBlock {
	number: u32,
	hash: String,
}

/// A receipt, for reading.
pub fn receipt_json(receipt: &Receipt<AccountId>) -> Value {
	json!({
		"hash": hex0x(receipt.hash()),
		"job": receipt.job,
		"artifact": receipt.artifact,
		"version": hex0x(receipt.version),
		"provider": account::show(&receipt.provider),
		"endpoint": format!("{:?}", receipt.endpoint),
		"request": hex0x(receipt.request),
		"response": hex0x(receipt.response),
		"parameters": hex0x(receipt.parameters),
		"request_bytes": receipt.request_bytes,
		"response_bytes": receipt.response_bytes,
		"tokens": receipt.tokens,
		"counted_by": format!("{:?}", receipt.counted_by),
		"units": big(receipt.units),
		"finish": format!("{:?}", receipt.finish),
		"started_at": receipt.started_at,
		"ended_at": receipt.ended_at,
		"previous": hex0x(receipt.previous),
	})
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use tallystick_primitives::{CountedBy, EndpointKind, Tokens};

	/// Evidence of an inference that never was, in order.
	pub fn sample() -> (Evidence, sr25519::Pair) {
		let pair = sr25519::Pair::from_string("//Alice//service", None).unwrap();
		let (salt, genesis) = ([9; 32], H256([1; 32]));
		let question = br#"{"messages":[{"role":"user","content":"2+2?"}]}"#.to_vec();
		let parameters = br#"{"temperature":0}"#.to_vec();
		let answer = br#"{"choices":[{"message":{"content":"4"}}]}"#.to_vec();
		let tokens = Tokens { prompt: 10, cached: 2, completion: 3, reasoning: 1 };
		let tariff =
			Tariff { per_call: 5, per_1k_input: 100, per_1k_cached: 10, per_1k_output: 1_000 };
		let receipt = Receipt {
			job: 7,
			artifact: 1,
			version: Digest::repeat_byte(3),
			provider: account::parse_account("//Bob").unwrap(),
			endpoint: EndpointKind::ChatCompletions,
			request: commit(Kind::Request, &salt, &question),
			response: commit(Kind::Response, &salt, &answer),
			parameters: commit(Kind::Parameters, &salt, &parameters),
			request_bytes: question.len() as u32,
			response_bytes: answer.len() as u32,
			tokens,
			counted_by: CountedBy::Backend,
			units: tariff.charge(&tokens),
			finish: FinishReason::Stop,
			started_at: 1_000,
			ended_at: 2_000,
			previous: H256::zero(),
		};
		let signature = pair.sign(&receipt.signing_hash(&genesis)).0;
		let evidence = Evidence {
			question,
			parameters,
			answer,
			salt,
			genesis,
			service_key: pair.public().0,
			signed: SignedReceipt { receipt, signature },
			plan: 4,
			tariff,
			units_held: 1_000,
			block: Some(Place { number: 12, hash: H256([8; 32]) }),
		};
		(evidence, pair)
	}

	fn broken(evidence: &Evidence) -> Vec<String> {
		let checks = evidence.check().into_iter().filter(|check| !check.ok);
		checks.map(|check| check.what).collect()
	}

	#[test]
	fn evidence_in_order_passes_every_check() {
		assert_eq!(broken(&sample().0), Vec::<String>::new());
	}

	#[test]
	fn a_change_of_any_byte_is_found_and_named() {
		let mut evidence = sample().0;
		evidence.question[3] ^= 1;
		assert_eq!(broken(&evidence), ["the question is the one that was answered"]);
		let mut evidence = sample().0;
		evidence.answer[3] ^= 1;
		assert_eq!(broken(&evidence), ["the answer is the one that was given"]);
		let mut evidence = sample().0;
		evidence.parameters[3] ^= 1;
		assert_eq!(broken(&evidence), ["the parameters are the ones that were used"]);
		let mut evidence = sample().0;
		evidence.answer.push(b' ');
		assert_eq!(broken(&evidence).len(), 2);
		let mut evidence = sample().0;
		evidence.signed.signature[5] ^= 1;
		assert_eq!(broken(&evidence), ["the receipt is signed by the service key, for this chain"]);
		let mut evidence = sample().0;
		evidence.genesis = H256::zero();
		assert_eq!(broken(&evidence), ["the receipt is signed by the service key, for this chain"]);
		let mut evidence = sample().0;
		evidence.signed.receipt.units -= 1;
		assert_eq!(broken(&evidence).len(), 2);
		let mut evidence = sample().0;
		evidence.units_held = 1;
		assert_eq!(broken(&evidence), ["the charge is within what was held"]);
	}

	#[test]
	fn a_signed_receipt_that_overcharges_is_found() {
		let (mut evidence, pair) = sample();
		evidence.signed.receipt.units += 1;
		let hash = evidence.signed.receipt.signing_hash(&evidence.genesis);
		evidence.signed.signature = pair.sign(&hash).0;
		assert_eq!(broken(&evidence), ["the charge is what the plan's tariff says"]);
		let (mut evidence, pair) = sample();
		evidence.signed.receipt.tokens.cached = 11;
		evidence.signed.receipt.ended_at = 1;
		let hash = evidence.signed.receipt.signing_hash(&evidence.genesis);
		evidence.signed.signature = pair.sign(&hash).0;
		assert_eq!(broken(&evidence).len(), 2);
	}

	#[test]
	fn files_read_back_as_they_were_written() {
		let dir = tempfile::tempdir().unwrap();
		let evidence = sample().0;
		let place = dir.path().join("deep/er");
		evidence.save(&place).unwrap();
		assert_eq!(Evidence::load(&Files::inside(&place)).unwrap(), evidence);
	}

	#[test]
	fn the_readable_part_cannot_lie() {
		let dir = tempfile::tempdir().unwrap();
		sample().0.save(dir.path()).unwrap();
		let path = dir.path().join(RECEIPT);
		let text = std::fs::read_to_string(&path).unwrap();
		std::fs::write(&path, text.replace("\"finish\": \"Stop\"", "\"finish\": \"Length\""))
			.unwrap();
		let failure = Evidence::load(&Files::inside(dir.path())).unwrap_err();
		assert!(failure.to_string().contains("something else than what is signed"));
		std::fs::write(&path, "{}").unwrap();
		assert_eq!(
			Evidence::load(&Files::inside(dir.path())).unwrap_err().name(),
			"BadReceiptFile"
		);
	}

	#[test]
	fn a_providers_encoding_is_read() {
		let evidence = sample().0;
		let bytes = (&evidence.signed.receipt, evidence.signed.signature).encode();
		assert_eq!(SignedReceipt::decode(&bytes).unwrap(), evidence.signed);
		assert!(SignedReceipt::decode(&bytes[1..]).is_err());
	}

	#[test]
	fn an_acknowledgement_binds_key_chain_consumer_and_commitments() {
		let (evidence, pair) = sample();
		let receipt = &evidence.signed.receipt;
		let (request, parameters) = (receipt.request, receipt.parameters);
		let [eve, dave] = ["//Eve", "//Dave"].map(|who| account::parse_account(who).unwrap());
		let hash = acknowledgement_hash(&evidence.genesis, &eve, &request, &parameters);
		let (key, signature) = (pair.public().0, pair.sign(&hash).0);
		let holds = |genesis: H256, consumer, request: Digest| {
			is_acknowledged(&key, &signature, &genesis, consumer, &request, &parameters)
		};
		assert!(holds(evidence.genesis, &eve, request));
		assert!(!holds(H256::zero(), &eve, request));
		assert!(!holds(evidence.genesis, &dave, request));
		assert!(!holds(evidence.genesis, &eve, parameters));
	}
}
