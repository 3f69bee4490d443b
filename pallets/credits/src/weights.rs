//! Weights of the calls. Those of metering are in the weights of what meters.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// What credits cost.
pub trait WeightInfo {
	/// [`create_plan`](crate::Pallet::create_plan), with as many versions as fit, of the largest artifact.
	fn create_plan() -> Weight;
	/// [`buy`](crate::Pallet::buy).
	fn buy() -> Weight;
	/// [`close`](crate::Pallet::close), its feeless predicate included.
	fn close() -> Weight;
	/// [`retire_plan`](crate::Pallet::retire_plan).
	fn retire_plan() -> Weight;
}

/// Estimates by counting: computation, then reads and writes. For tests, and until a runtime has
/// measured its own.
impl WeightInfo for () {
	fn create_plan() -> Weight {
		estimate(90, 19, 9)
	}
	fn buy() -> Weight {
		// With eight versions that are looked at.
		estimate(150, 18, 7)
	}
	fn close() -> Weight {
		estimate(140, 14, 9)
	}
	fn retire_plan() -> Weight {
		estimate(20, 2, 1)
	}
}
