//! What a provider signs about one inference.

use crate::{ArtifactId, Balance, Digest, JobId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_io::hashing::blake2_256;

/// The tag that keeps a receipt's signature from standing for anything else.
const RECEIPT_TAG: &[u8] = b"tallystick/receipt";
/// The version of the signed format.
const RECEIPT_FORMAT: u8 = 1;
/// The tag of acknowledgements.
const ACKNOWLEDGEMENT_TAG: &[u8] = b"tallystick/acknowledgement";
/// The tag of a consumer's claim to an output.
const OUTPUT_TAG: &[u8] = b"tallystick/output";

/// An endpoint of the OpenAI API: which one a backend serves, and a job calls.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum EndpointKind {
	/// OpenAI's `POST /v1/chat/completions`.
	ChatCompletions,
}

/// Token counts, as in OpenAI's `usage`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct Tokens {
	/// All input tokens.
	pub prompt: u32,
	/// The part of `prompt` that came from the backend's cache.
	pub cached: u32,
	/// All output tokens.
	pub completion: u32,
	/// The part of `completion` that was reasoning.
	pub reasoning: u32,
}

/// Who counted the tokens.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum CountedBy {
	/// The backend, in `usage`.
	Backend,
	/// The provider's worker, because the backend said nothing or something impossible.
	Gateway,
}

/// Why the answer ended.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum FinishReason {
	/// The model came to an end.
	Stop,
	/// A length limit was reached.
	Length,
	/// A filter held content back.
	ContentFilter,
	/// The model asks for a tool.
	ToolCalls,
	/// No answer: the backend failed, or sent something that is none. Charges nothing.
	Error,
}

impl FinishReason {
	/// All of them.
	pub const ALL: [Self; 5] =
		[Self::Stop, Self::Length, Self::ContentFilter, Self::ToolCalls, Self::Error];

	/// What logs and metrics call it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Stop => "stop",
			Self::Length => "length",
			Self::ContentFilter => "content_filter",
			Self::ToolCalls => "tool_calls",
			Self::Error => "error",
		}
	}
}

/// What a provider signs about one inference.
///
/// Signed is `blake2_256` of the SCALE encoding of (tag, format version, genesis hash, receipt).
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct Receipt<AccountId> {
	/// The job that is answered.
	pub job: JobId,
	/// The artifact that was asked.
	pub artifact: ArtifactId,
	/// The root digest of the version that answered.
	pub version: Digest,
	/// Who answered.
	pub provider: AccountId,
	/// Which endpoint of the OpenAI API is called.
	pub endpoint: EndpointKind,
	/// Commitment to the request.
	pub request: Digest,
	/// Commitment to the response.
	pub response: Digest,
	/// Commitment to generation parameters and seed.
	pub parameters: Digest,
	/// Bytes of the request.
	pub request_bytes: u32,
	/// Bytes of the response.
	pub response_bytes: u32,
	/// Token counts.
	pub tokens: Tokens,
	/// Who counted them.
	pub counted_by: CountedBy,
	/// Units charged: what the plan's tariff says of `tokens`.
	pub units: Balance,
	/// Why the answer ended.
	pub finish: FinishReason,
	/// When the backend was called, in milliseconds since the Unix epoch.
	pub started_at: u64,
	/// When its answer was complete, in milliseconds since the Unix epoch.
	pub ended_at: u64,
	/// The hash of the provider's receipt before this one, as far as its node knew. Zero for the
	/// first.
	pub previous: H256,
}

impl<AccountId: Encode> Receipt<AccountId> {
	/// The 32 bytes that the service key signs.
	pub fn signing_hash(&self, genesis: &H256) -> [u8; 32] {
		(RECEIPT_TAG, RECEIPT_FORMAT, genesis, self).using_encoded(blake2_256)
	}

	/// The hash by which the chain remembers the receipt.
	pub fn hash(&self) -> H256 {
		self.using_encoded(blake2_256).into()
	}
}

/// The 32 bytes that a provider's service key signs when it has taken in an input: a promise that
/// the input with commitments `request` and `parameters` is at hand for jobs of `consumer`.
/// `blake2_256` of the SCALE encoding of ("tallystick/acknowledgement", format, genesis hash,
/// consumer, request, parameters).
pub fn acknowledgement_hash<AccountId: Encode>(
	genesis: &H256,
	consumer: &AccountId,
	request: &Digest,
	parameters: &Digest,
) -> [u8; 32] {
	(ACKNOWLEDGEMENT_TAG, RECEIPT_FORMAT, genesis, consumer, request, parameters)
		.using_encoded(blake2_256)
}

/// The 32 bytes that a job's consumer signs to fetch its output: `blake2_256` of the SCALE encoding
/// of ("tallystick/output", genesis hash, job).
pub fn output_claim_hash(genesis: &H256, job: JobId) -> [u8; 32] {
	(OUTPUT_TAG, genesis, job).using_encoded(blake2_256)
}
