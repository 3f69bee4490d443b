//! What is stored about earnings on their way.

use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use tallystick_primitives::{ArtifactId, Balance, CurrencyId};

/// The running totals of an artifact in one currency.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Tally {
	/// All gross that ever came to it: by deposits, fees excluded, and by visits of its children.
	pub deposited: Balance,
	/// All of it that went to provider, parents, contributors and owner.
	pub distributed: Balance,
	/// The gross that parents and contributors have not had their shares of.
	pub unsplit: Balance,
	/// What the owner gets at the next visit.
	pub for_owner: Balance,
	/// The owner's remainder, in billionths.
	pub owner_remainder: u32,
	/// The protocol fee's remainder, in billionths.
	pub fee_remainder: u32,
}

/// An artifact id whose byte order is the order of a wave: highest id first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct WaveKey([u8; 4]);

impl From<ArtifactId> for WaveKey {
	fn from(artifact: ArtifactId) -> Self {
		Self((!artifact).to_be_bytes())
	}
}

impl From<WaveKey> for ArtifactId {
	fn from(key: WaveKey) -> Self {
		!ArtifactId::from_be_bytes(key.0)
	}
}

/// Where the wave is.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Position<BlockNumber> {
	/// At what was visited last.
	At(WaveKey, CurrencyId),
	/// Over since this block: nothing was due after what was visited last.
	Over(BlockNumber),
}

/// The ends of the queue of payouts. Places are numbered on and on, and never used again.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Range {
	/// The payout that is next.
	pub head: u64,
	/// Where a new one is put.
	pub tail: u64,
}
