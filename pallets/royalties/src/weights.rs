//! Weights of the calls and of the steps of distribution.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// What distribution costs.
pub trait WeightInfo {
	/// A visit of an artifact with `p` parents and contributors, all parents: the dearer kind.
	fn visit(p: u32) -> Weight;
	/// A payout.
	fn payout() -> Weight;
	/// A look for something to visit and something to pay where there is neither: what
	/// [`distribute`](crate::Pallet::distribute) costs beside its steps.
	fn look() -> Weight;
	/// [`mark`](crate::Pallet::mark).
	fn mark() -> Weight;
}

/// Estimates by counting: computation, then reads and writes. For tests, and until a runtime has
/// measured its own.
impl WeightInfo for () {
	fn visit(p: u32) -> Weight {
		let p = u64::from(p);
		estimate(40, 8, 8).saturating_add(estimate(20, 4, 4).saturating_mul(p))
	}
	fn payout() -> Weight {
		estimate(70, 8, 7)
	}
	fn look() -> Weight {
		estimate(15, 4, 1)
	}
	fn mark() -> Weight {
		estimate(15, 2, 1)
	}
}
