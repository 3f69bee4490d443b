//! What the pallet stores and takes.

// `derive(Encode)` casts the numbers of variants.
#![allow(clippy::as_conversions)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError, UnknownTransaction},
	SaturatedConversion,
};
use tallystick_primitives::{
	commitment::{commit, Kind, Salt},
	ArtifactId, Balance, CurrencyId, Digest, EndpointKind, JobId, PlanId, Share, Tariff,
};

/// The longest request that can be on chain, in bytes.
pub const MAX_INLINE_REQUEST: u32 = 2_048;
/// The longest parameters that can be on chain, in bytes.
pub const MAX_INLINE_PARAMETERS: u32 = 512;

/// An input that is on chain: small, and public.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct InlineInput {
	/// The job's salt. It is no secret here, but the response is committed to under it all the same.
	pub salt: Salt,
	/// The request: a JSON object.
	pub request: BoundedVec<u8, ConstU32<MAX_INLINE_REQUEST>>,
	/// Generation parameters and seed: a JSON object.
	pub parameters: BoundedVec<u8, ConstU32<MAX_INLINE_PARAMETERS>>,
}

/// What a job is asked with.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum JobInput {
	/// The bytes themselves.
	Inline(InlineInput),
	/// Commitments to the bytes, which the consumer handed to the provider's node before.
	Committed {
		/// Commitment to the request.
		request: Digest,
		/// Commitment to the parameters.
		parameters: Digest,
	},
}

impl JobInput {
	/// How many bytes of it are on chain.
	pub fn inline_len(&self) -> u32 {
		match self {
			// Both lengths are bounded far below a u32.
			Self::Inline(input) => {
				u32::try_from(input.request.len().saturating_add(input.parameters.len()))
					.unwrap_or(u32::MAX)
			}
			Self::Committed { .. } => 0,
		}
	}

	/// The commitments to request and parameters.
	pub fn commitments(&self) -> (Digest, Digest) {
		match self {
			Self::Inline(input) => (
				commit(Kind::Request, &input.salt, &input.request),
				commit(Kind::Parameters, &input.salt, &input.parameters),
			),
			Self::Committed { request, parameters } => (*request, *parameters),
		}
	}
}

/// What a consumer asks for.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct RequestParams<AccountId, BlockNumber> {
	/// Whose credits are used.
	pub plan: PlanId,
	/// The version of the plan's artifact that is to answer.
	pub version: Digest,
	/// Who is to answer. `None`: the chain picks.
	pub provider: Option<AccountId>,
	/// Which endpoint of the OpenAI API is called.
	pub endpoint: EndpointKind,
	/// The input.
	pub input: JobInput,
	/// The most units that the answer may cost. They are held while the job is open.
	pub max_units: Balance,
	/// In how many blocks the answer has to come. (A job's `deadline` is a block.)
	pub deadline: BlockNumber,
	/// The last block in which this request may be included. At most [`crate::Config::MaxValidity`] blocks
	/// from now, and not after the grace that its job would have if it were included now.
	pub valid_until: BlockNumber,
}

/// Where a job stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum JobStatus {
	/// It waits for its receipt.
	Open,
	/// It has its receipt; its money is in the dispute window.
	Settled {
		/// The receipt's hash.
		receipt: H256,
		/// Units charged.
		units: Balance,
		/// The money that matures, in the smallest unit of `currency`.
		amount: Balance,
		/// What the plan's price is in.
		currency: CurrencyId,
	},
}

/// An inference that was asked for. What was agreed on is frozen here.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Job<AccountId, BlockNumber> {
	/// Who asked.
	pub consumer: AccountId,
	/// Whose credits are used.
	pub plan: PlanId,
	/// The artifact that is asked.
	pub artifact: ArtifactId,
	/// The version that answers.
	pub version: Digest,
	/// Who answers.
	pub provider: AccountId,
	/// The provider's share of the gross.
	pub share: Share,
	/// The plan's price list.
	pub tariff: Tariff,
	/// The plan's blocks from a receipt until its money matures.
	pub dispute_window: BlockNumber,
	/// Which endpoint of the OpenAI API is called.
	pub endpoint: EndpointKind,
	/// Commitment to the request.
	pub request: Digest,
	/// Commitment to the parameters.
	pub parameters: Digest,
	/// The input, where it is on chain. Gone when the job is settled.
	pub inline: Option<InlineInput>,
	/// Units held. Zero when the job is settled.
	pub units_held: Balance,
	/// The block of the request.
	pub requested_at: BlockNumber,
	/// The time of that block, in milliseconds since the Unix epoch.
	pub requested_time: u64,
	/// The block by which the answer has to come.
	pub deadline: BlockNumber,
	/// The last block in which a receipt counts: the deadline and the grace, that block included.
	pub expires: BlockNumber,
	/// The block at which the agenda comes to it: to lapse if it is open, to mature if it is settled.
	pub due: BlockNumber,
	/// Where it stands.
	pub status: JobStatus,
}

impl<AccountId, BlockNumber> Job<AccountId, BlockNumber> {
	/// Whether it waits for its receipt.
	pub fn is_open(&self) -> bool {
		self.status == JobStatus::Open
	}

	/// The length of the request, where the chain has it.
	pub fn request_bytes(&self) -> Option<u32> {
		// Bounded far below a u32.
		self.inline.as_ref().map(|input| input.request.len().saturated_into())
	}
}

/// What an account has under way. Not stored where both are zero.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Consumer {
	/// Its open jobs.
	pub open_jobs: u32,
	/// Its places that are taken.
	pub places_taken: u32,
}

/// The work of a provider.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Workload {
	/// Its open jobs.
	pub open_jobs: u32,
	/// The hash of its newest receipt. Zero before the first.
	pub last_receipt: H256,
}

/// The request of a commitment.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Remembered {
	/// The job that it made.
	pub job: JobId,
	/// The plan whose slot its request takes, and with it a place of its account. `None`: neither.
	pub slot_of: Option<PlanId>,
}

/// An entry of the agenda: what is to be done at a block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum AgendaEntry<AccountId> {
	/// The request with this commitment of this account has had its time.
	EndRequest(AccountId, Digest),
	/// The dispute window of a settled job is over.
	Mature(JobId),
}

/// Why a receipt is not accepted. Its code is what the transaction pool answers with: as
/// `InvalidTransaction::Custom(code)`, or, where the same receipt can become good by itself, as
/// `UnknownTransaction::Custom(code)`. A pool bans for half an hour what is invalid, and does not
/// ban what is unknown: a node that is a block behind must not shut the door for a receipt that it
/// will want a second later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum InvalidReceipt {
	/// The job has ended: matured, lapsed, declined, or answered at no charge.
	JobEnded = 1,
	/// There is no such job yet. Unknown, not invalid: the block may be on its way.
	JobUnknown = 2,
	/// The job has its receipt.
	JobNotOpen = 3,
	/// The job's grace is over.
	Expired = 4,
	/// The job is another provider's.
	WrongProvider = 5,
	/// The job asks another artifact.
	WrongArtifact = 6,
	/// The job asks another version.
	WrongVersion = 7,
	/// The job asks for another endpoint of the API.
	WrongEndpoint = 8,
	/// The request is another.
	WrongRequest = 9,
	/// The parameters are others.
	WrongParameters = 10,
	/// The request is on chain, and has another length.
	WrongRequestBytes = 11,
	/// The provider is not registered.
	ProviderNotFound = 12,
	/// It ended before it started.
	EndsBeforeStart = 13,
	/// It started more than a block's time before the job was asked for.
	StartsBeforeRequest = 14,
	/// It ended more than the time of two blocks after the chain's. Unknown, not invalid: the
	/// chain's time moves on.
	EndsInFuture = 15,
	/// More cached tokens than input tokens.
	CachedExceedsPrompt = 16,
	/// More reasoning tokens than output tokens.
	ReasoningExceedsCompletion = 17,
	/// More input tokens than bytes of the request.
	PromptExceedsRequest = 18,
	/// More output tokens, reasoning aside, than bytes of the response.
	CompletionExceedsResponse = 19,
	/// An error or an empty answer that charges.
	ChargeForNothing = 20,
	/// The charge is not what the tariff says of the tokens.
	WrongCharge = 21,
	/// The charge is more than is held.
	ChargeExceedsHold = 22,
	/// The signature is not of the provider's service key.
	BadSignature = 23,
}

impl InvalidReceipt {
	/// The number in the pool's answer. Numbers are never used again for something else.
	pub const fn code(self) -> u8 {
		// The representation is a `u8`, so the cast loses nothing.
		self as u8
	}

	/// Whether the same receipt can become good without a change.
	pub const fn may_become_good(self) -> bool {
		matches!(self, Self::JobUnknown | Self::EndsInFuture)
	}
}

impl From<InvalidReceipt> for TransactionValidityError {
	fn from(reason: InvalidReceipt) -> Self {
		if reason.may_become_good() {
			UnknownTransaction::Custom(reason.code()).into()
		} else {
			InvalidTransaction::Custom(reason.code()).into()
		}
	}
}
