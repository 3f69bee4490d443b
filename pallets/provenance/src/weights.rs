//! What the calls cost.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// Weights of the calls. A runtime measures its own; `()` has estimates for tests.
pub trait WeightInfo {
	/// All strings at their longest.
	fn anchor() -> Weight;
	/// All strings at their longest.
	fn revoke() -> Weight;
}

impl WeightInfo for () {
	// Reads and writes: the claim, the next id and the count; of the ledger the bucket, the sum of
	// the books and both accounts. Read only: the time. Written only: the anchor and its number.
	fn anchor() -> Weight {
		estimate(50, 8, 9)
	}

	fn revoke() -> Weight {
		estimate(10, 1, 1)
	}
}
