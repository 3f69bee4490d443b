//! What the calls cost.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// Weights of the calls. A runtime measures its own; `()` has estimates for tests.
pub trait WeightInfo {
	/// With `p` parents and `c` contributors; all strings at their longest.
	fn register(p: u32, c: u32) -> Weight;
	/// All strings at their longest.
	fn publish() -> Weight;
	/// A child with as many parents and contributors as it can have.
	fn confirm_parent() -> Weight;
}

impl WeightInfo for () {
	// Reads and writes: the next id, the collection's id and the artifact; of pallet-nfts the item,
	// its account entry, config, metadata and attribute, the collection and its config; of the
	// caller the account and its holds. Per parent two reads: the artifact and its NFT.
	fn register(p: u32, c: u32) -> Weight {
		let (p, c) = (u64::from(p), u64::from(c));
		let micros = 60u64.saturating_add(p.saturating_mul(5)).saturating_add(c);
		estimate(micros, p.saturating_mul(2).saturating_add(11), 10)
	}

	// Reads: the collection's id, the NFT, the version, the count, account and holds of the caller.
	fn publish() -> Weight {
		estimate(30, 6, 5)
	}

	fn confirm_parent() -> Weight {
		estimate(20, 3, 1)
	}
}
