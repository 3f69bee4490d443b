//! Weights of the calls.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// What the calls of the ledger cost.
pub trait WeightInfo {
	/// [`claim`](crate::Pallet::claim).
	fn claim() -> Weight;
	/// [`admit_currency`](crate::Pallet::admit_currency).
	fn admit_currency() -> Weight;
	/// [`report_impaired`](crate::Pallet::report_impaired).
	fn report_impaired() -> Weight;
	/// [`spend`](crate::Pallet::spend).
	fn spend() -> Weight;
}

/// Estimates by counting: computation, then reads and writes. For tests, and until a runtime has
/// measured its own.
impl WeightInfo for () {
	fn claim() -> Weight {
		estimate(70, 6, 5)
	}
	fn admit_currency() -> Weight {
		estimate(20, 4, 1)
	}
	fn report_impaired() -> Weight {
		estimate(20, 3, 1)
	}
	fn spend() -> Weight {
		estimate(70, 6, 6)
	}
}
