//! Weights by counting: for tests, and until a runtime has measured its own.

use frame_support::weights::{constants::ParityDbWeight, Weight};

/// So many microseconds of computing, and so many reads and writes of the state.
pub fn estimate(microseconds: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(microseconds.saturating_mul(1_000_000), 0)
		.saturating_add(ParityDbWeight::get().reads_writes(reads, writes))
}
