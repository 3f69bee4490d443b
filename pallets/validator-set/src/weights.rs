//! What the calls weigh.

use frame_support::weights::{constants::ParityDbWeight, Weight};

/// The weights of the pallet's calls and hooks.
pub trait WeightInfo {
	/// `admit`.
	fn admit() -> Weight;
	/// `join`, with a convicted validator to replace.
	fn join() -> Weight;
	/// `leave`, of whatever state costs most.
	fn leave() -> Weight;
	/// `remove`, of whatever state costs most.
	fn remove() -> Weight;
	/// `withdraw`.
	fn withdraw() -> Weight;
	/// `set_min_validators`, with `n` convicted validators that go.
	fn set_min_validators(n: u32) -> Weight;
	/// One offender, slashed and removed.
	fn on_offence() -> Weight;
}

/// Estimates from counted reads and writes: for tests.
impl WeightInfo for () {
	fn admit() -> Weight {
		estimate(15, 2, 1)
	}
	fn join() -> Weight {
		estimate(70, 12, 10)
	}
	fn leave() -> Weight {
		estimate(60, 10, 10)
	}
	fn remove() -> Weight {
		estimate(60, 10, 10)
	}
	fn withdraw() -> Weight {
		estimate(80, 9, 9)
	}
	fn set_min_validators(n: u32) -> Weight {
		estimate(15, 4, 2).saturating_add(estimate(20, 3, 5).saturating_mul(n.into()))
	}
	fn on_offence() -> Weight {
		estimate(80, 10, 10)
	}
}

/// `micros` of computing, `reads` and `writes`.
fn estimate(micros: u64, reads: u64, writes: u64) -> Weight {
	Weight::from_parts(micros.saturating_mul(1_000_000), 0)
		.saturating_add(ParityDbWeight::get().reads_writes(reads, writes))
}
