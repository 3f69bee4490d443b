//! `inference_*`: a consumer hands in an input, and fetches the output.

use super::error::Error;
use crate::{
	inference::{Local, PutError, LOG_TARGET},
	service::Client,
};
use codec::{DecodeAll, Encode};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::{crypto::ByteArray, ecdsa, ed25519, sr25519, Bytes, H256};
use sp_keystore::KeystorePtr;
use sp_runtime::{traits::Verify, MultiSignature};
use std::sync::Arc;
use tallystick_primitives::{
	offchain::Input,
	receipt::{acknowledgement_hash, output_claim_hash},
	runtime_api::{JobStatusView, TallystickApi},
	service_key::{ServiceKey, KEY_TYPE},
	Digest, JobId,
};
use tallystick_runtime::AccountId;

/// The largest request, in bytes.
const MAX_REQUEST: usize = 256 * 1_024;
/// The largest parameters, in bytes.
const MAX_PARAMETERS: usize = 16 * 1_024;

/// Input and output of jobs.
#[rpc(server)]
pub trait InferenceApi {
	/// Takes in the input of a job that is going to be asked for, and acknowledges it with the
	/// provider's service key: a promise that the input is at hand.
	#[method(name = "inference_submitInput", blocking)]
	fn submit_input(&self, input: HandedIn) -> RpcResult<Acknowledgement>;

	/// The output of a job, for its consumer: who shows that by a signature over
	/// `blake2_256(SCALE("tallystick/output", genesis hash, job))`.
	#[method(name = "inference_output", blocking)]
	fn output(&self, job: JobId, signature: Bytes) -> RpcResult<OutputView>;
}

/// What a consumer hands in. Bytes as hex with 0x, the account as SS58.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedIn {
	/// Who is going to ask for the job: nobody else's job gets this input.
	pub consumer: AccountId,
	/// The job's salt.
	pub salt: H256,
	/// The request: a JSON object with `messages`.
	pub request: Bytes,
	/// Generation parameters and seed: a JSON object.
	pub parameters: Bytes,
}

/// That an input is at hand.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Acknowledgement {
	/// The commitment to the request.
	pub request: Digest,
	/// The commitment to the parameters.
	pub parameters: Digest,
	/// Who acknowledges.
	pub service_key: H256,
	/// The signature over
	/// `blake2_256(SCALE("tallystick/acknowledgement", 1u8, genesis hash, consumer, request,
	/// parameters))`.
	pub signature: Bytes,
}

/// What the worker left for the consumer.
#[derive(Serialize, Clone)]
pub struct OutputView {
	/// The body of the backend's answer.
	pub response: Bytes,
	/// SCALE of the receipt and its signature.
	pub receipt: Bytes,
}

/// Answers `inference_*`.
pub struct Inference {
	client: Arc<Client>,
	service_keys: KeystorePtr,
	local: Option<Arc<Local>>,
}

impl Inference {
	/// Without `local`, every call is an error that says so.
	pub fn new(client: Arc<Client>, service_keys: KeystorePtr, local: Option<Arc<Local>>) -> Self {
		Self { client, service_keys, local }
	}

	fn local(&self) -> Result<&Local, Error> {
		self.local.as_deref().ok_or(Error::WorkerOff)
	}

	fn genesis(&self) -> H256 {
		self.client.info().genesis_hash
	}

	/// The key in the keystore with which a provider is registered. An unregistered key could not
	/// sign receipts that the chain takes.
	fn service_key(&self) -> Result<sr25519::Public, Error> {
		let keys = self.service_keys.sr25519_public_keys(KEY_TYPE);
		let first = *keys.first().ok_or(Error::NoServiceKey)?;
		let best = self.client.info().best_hash;
		for key in keys {
			let provider: Option<AccountId> =
				self.client.runtime_api().provider_of(best, ServiceKey::from(key))?;
			if provider.is_some() {
				return Ok(key);
			}
		}
		Err(Error::NotRegistered(format!("{:?}", H256(first.0))))
	}

	fn acknowledge(&self, input: HandedIn) -> Result<Acknowledgement, Error> {
		let local = self.local()?;
		check(&input)?;
		let key = self.service_key()?;
		let HandedIn { consumer, salt, request, parameters } = input;
		let input = Input {
			consumer: consumer.encode(),
			salt: salt.0,
			request: request.0,
			parameters: parameters.0,
		};
		let (request, parameters) = local.take_in(&input).map_err(|error| match error {
			PutError::TooLarge | PutError::Full => Error::StoreFull,
			PutError::Io(error) => {
				log::error!(target: LOG_TARGET, "event=not_stored key=input error={:?}", error.to_string());
				Error::Internal("this node cannot write to its disk: tell its operator".into())
			}
		})?;
		let message = acknowledgement_hash(&self.genesis(), &consumer, &request, &parameters);
		let signature = self
			.service_keys
			.sr25519_sign(KEY_TYPE, &key, &message)
			.ok()
			.flatten()
			.ok_or(Error::NoServiceKey)?;
		Ok(Acknowledgement {
			request,
			parameters,
			service_key: H256(key.0),
			signature: signature.0.to_vec().into(),
		})
	}

	fn fetch(&self, job: JobId, signature: &[u8]) -> Result<OutputView, Error> {
		let Some(output) = self.local()?.output(job) else {
			return Err(Error::NoOutput { job, reason: self.why_no_output(job)? });
		};
		let consumer = AccountId::decode_all(&mut &output.consumer[..])
			.map_err(|_| Error::Internal(format!("the output of job {job} names no consumer")))?;
		if !proves(signature, &output_claim_hash(&self.genesis(), job), &consumer) {
			return Err(Error::BadSignature);
		}
		Ok(OutputView { response: output.response.into(), receipt: output.receipt.into() })
	}

	fn why_no_output(&self, job: JobId) -> Result<String, Error> {
		let best = self.client.info().best_hash;
		let job: Option<tallystick_primitives::runtime_api::JobView<AccountId>> =
			self.client.runtime_api().job(best, job)?;
		let Some(job) = job else {
			return Ok(
				"the chain has no such job, or has it no more, and nothing is kept of it".into()
			);
		};
		let Some(key) = job.service_key else {
			return Ok(format!("its provider, {}, has left", job.provider));
		};
		let own = self.service_keys.has_keys(&[(key.to_raw_vec(), KEY_TYPE)]);
		Ok(match job.status {
			_ if !own => {
				format!("its provider is {}: ask one of the endpoints there", job.provider)
			}
			JobStatusView::Open => format!("it is open until block {}: try again", job.deadline),
			JobStatusView::Settled { .. } => {
				"it was answered, but the output is not kept here".into()
			}
		})
	}
}

impl InferenceApiServer for Inference {
	fn submit_input(&self, input: HandedIn) -> RpcResult<Acknowledgement> {
		Ok(self.acknowledge(input)?)
	}

	fn output(&self, job: JobId, signature: Bytes) -> RpcResult<OutputView> {
		Ok(self.fetch(job, &signature)?)
	}
}

/// Whether the worker can do anything with `input`.
fn check(input: &HandedIn) -> Result<(), Error> {
	let request = object("request", &input.request, MAX_REQUEST)?;
	object("parameters", &input.parameters, MAX_PARAMETERS)?;
	match request.get("messages") {
		Some(Value::Array(messages)) if !messages.is_empty() => Ok(()),
		_ => Err(Error::BadInput(
			"request has no messages: for chat completions it is a JSON object with a non-empty \
			array \"messages\""
				.into(),
		)),
	}
}

fn object(name: &str, bytes: &[u8], most: usize) -> Result<Map<String, Value>, Error> {
	if bytes.len() > most {
		return Err(Error::BadInput(format!(
			"{name} has {} bytes: it can have {most}",
			bytes.len()
		)));
	}
	serde_json::from_slice(bytes).map_err(|_| {
		Error::BadInput(format!(
			"{name} is not a JSON object: give the object's UTF-8 bytes in hex"
		))
	})
}

/// Whether `signature` is `account`'s over `message`.
///
/// Takes a SCALE `MultiSignature`, or the raw bytes that wallets hand out, over the message or over
/// the message as browser extensions wrap it (`<Bytes>…</Bytes>`).
fn proves(signature: &[u8], message: &[u8; 32], account: &AccountId) -> bool {
	let wrapped = [b"<Bytes>", &message[..], b"</Bytes>"].concat();
	readings(signature).iter().any(|signature| {
		signature.verify(&message[..], account) || signature.verify(&wrapped[..], account)
	})
}

/// All signatures that `bytes` can be.
fn readings(bytes: &[u8]) -> Vec<MultiSignature> {
	let mut readings = Vec::new();
	readings.extend(MultiSignature::decode_all(&mut &bytes[..]));
	if let Ok(raw) = <[u8; 64]>::try_from(bytes) {
		readings.push(sr25519::Signature::from_raw(raw).into());
		readings.push(ed25519::Signature::from_raw(raw).into());
	}
	if let Ok(raw) = <[u8; 65]>::try_from(bytes) {
		readings.push(ecdsa::Signature::from_raw(raw).into());
	}
	readings
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use sp_core::Pair;
	use sp_runtime::{traits::IdentifyAccount, MultiSigner};

	fn handed_in(request: &str, parameters: &str) -> HandedIn {
		HandedIn {
			consumer: AccountId::new([11; 32]),
			salt: H256::zero(),
			request: request.as_bytes().to_vec().into(),
			parameters: parameters.as_bytes().to_vec().into(),
		}
	}

	fn error(request: &str, parameters: &str) -> String {
		check(&handed_in(request, parameters)).unwrap_err().to_string()
	}

	const CHAT: &str = r#"{"messages":[{"role":"user","content":"hello"}]}"#;

	#[test]
	fn a_chat_is_taken() {
		check(&handed_in(CHAT, "{}")).unwrap();
		check(&handed_in(CHAT, r#"{"temperature":0,"seed":1}"#)).unwrap();
	}

	#[test]
	fn only_objects_are_taken() {
		for other in ["", "[]", "1", "null", "\"x\"", "{", "{}{}", "\u{0}"] {
			assert!(error(other, "{}").contains("request is not a JSON object"), "{other}");
			assert!(error(CHAT, other).contains("parameters is not a JSON object"), "{other}");
		}
	}

	#[test]
	fn a_chat_has_messages() {
		for other in ["{}", r#"{"messages":[]}"#, r#"{"messages":{}}"#, r#"{"prompt":"x"}"#] {
			assert!(error(other, "{}").contains("request has no messages"), "{other}");
		}
	}

	#[test]
	fn sizes_are_bounded() {
		let padded = |text: &str, len: usize| format!("{text}{}", " ".repeat(len - text.len()));
		check(&handed_in(&padded(CHAT, MAX_REQUEST), &padded("{}", MAX_PARAMETERS))).unwrap();
		let long = error(&padded(CHAT, MAX_REQUEST + 1), "{}");
		assert_eq!(long, "request has 262145 bytes: it can have 262144");
		let long = error(CHAT, &padded("{}", MAX_PARAMETERS + 1));
		assert_eq!(long, "parameters has 16385 bytes: it can have 16384");
	}

	#[test]
	fn deep_nesting_is_an_error_and_no_overflow() {
		let deep = format!("{{\"messages\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
		assert!(error(&deep, "{}").contains("not a JSON object"));
	}

	/// Checks that each of the forms of a signature by this key is taken, over exactly this claim.
	fn takes_forms_of<P>(pair: P)
	where
		P: Pair,
		MultiSigner: From<P::Public>,
		MultiSignature: From<P::Signature>,
	{
		let genesis = H256::repeat_byte(1);
		let claim = output_claim_hash(&genesis, 7);
		let account: AccountId = MultiSigner::from(pair.public()).into_account();
		let wrapped = [b"<Bytes>", &claim[..], b"</Bytes>"].concat();
		for message in [&claim[..], &wrapped[..]] {
			let signature = pair.sign(message);
			let raw = AsRef::<[u8]>::as_ref(&signature).to_vec();
			let typed = MultiSignature::from(signature).encode();
			for form in [&raw, &typed] {
				assert!(proves(form, &claim, &account));
				assert!(!proves(form, &output_claim_hash(&genesis, 8), &account));
				assert!(!proves(form, &output_claim_hash(&H256::zero(), 7), &account));
				assert!(!proves(form, &claim, &[9; 32].into()));
				assert!(!proves(&form[2..], &claim, &account));
				assert!(!proves(&[&form[..], &[0]].concat(), &claim, &account));
			}
		}
	}

	#[test]
	fn consumers_of_all_key_types_can_prove_themselves() {
		takes_forms_of(sr25519::Pair::from_seed(&[1; 32]));
		takes_forms_of(ed25519::Pair::from_seed(&[1; 32]));
		takes_forms_of(ecdsa::Pair::from_seed(&[1; 32]));
	}

	#[test]
	fn no_signature_proves_nothing() {
		let account = AccountId::from(sr25519::Pair::from_seed(&[1; 32]).public());
		for bytes in [&[][..], &[0; 64], &[0; 65], &[1; 65], &[2; 66], &[0; 1_000]] {
			assert!(!proves(bytes, &[0; 32], &account));
		}
	}
}
