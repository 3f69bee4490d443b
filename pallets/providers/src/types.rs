//! What the pallet stores and takes.

// `derive(Encode)` casts the numbers of variants.
#![allow(clippy::as_conversions)]

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use tallystick_primitives::{service_key::ServiceKey, Balance, Share};

/// The longest URL of an endpoint, in bytes.
pub const MAX_ENDPOINT_BYTES: u32 = 128;
/// The most endpoints that a provider can name.
pub const MAX_ENDPOINTS: u32 = 4;

/// Where a provider's node takes in inputs and hands out outputs: RPC URLs, UTF-8 by convention.
pub type Endpoints =
	BoundedVec<BoundedVec<u8, ConstU32<MAX_ENDPOINT_BYTES>>, ConstU32<MAX_ENDPOINTS>>;

/// Who answers.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Provider {
	/// What its receipts are signed with now.
	pub service_key: ServiceKey,
	/// Where its node is reached.
	pub endpoints: Endpoints,
	/// What it bonded, in plancks. Kept here because the price of a bond can change.
	pub bond: Balance,
	/// Its offerings, proposed or active.
	pub offerings: u32,
}

/// Whether an offering takes jobs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum OfferingStatus {
	/// It waits for the artifact's owner.
	Proposed,
	/// It takes jobs.
	Active,
}

/// That a provider answers for a version, and for what share.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Offering<BlockNumber> {
	/// The provider's share of the gross of each job. It comes out of the owner's part.
	pub share: Share,
	/// The least number of blocks from a request to its deadline.
	pub min_deadline: BlockNumber,
	/// Whether the artifact's owner allowed it.
	pub status: OfferingStatus,
}

/// An active offering as it stands in the list that the chain picks from. It has the least deadline
/// too, so that a pick reads the list alone.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Candidate<AccountId, BlockNumber> {
	/// Who offers.
	pub provider: AccountId,
	/// The least number of blocks from a request to its deadline.
	pub min_deadline: BlockNumber,
}
