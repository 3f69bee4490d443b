//! What the calls cost.

use frame_support::weights::{constants::ParityDbWeight, Weight};

/// Weights of the calls. A runtime measures its own; `()` has estimates for tests.
pub trait WeightInfo {
	/// All strings at their longest.
	fn anchor() -> Weight;
	/// All strings at their longest.
	fn revoke() -> Weight;
}

/// `reads`, `writes` and an estimate of `micros` microseconds of computing.
fn estimate(reads: u64, writes: u64, micros: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(1_000_000), 0)
		.saturating_add(ParityDbWeight::get().reads_writes(reads, writes))
}

impl WeightInfo for () {
	// Reads and writes: the claim, the next id and the count; of the ledger the bucket, the sum of
	// the books and both accounts. Read only: the time. Written only: the anchor and its number.
	fn anchor() -> Weight {
		estimate(8, 9, 50)
	}

	fn revoke() -> Weight {
		estimate(1, 1, 10)
	}
}
