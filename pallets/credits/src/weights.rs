//! Weights of the calls and of metering.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// What credits cost.
pub trait WeightInfo {
	/// [`create_plan`](crate::Pallet::create_plan), with as many versions as fit.
	fn create_plan() -> Weight;
	/// [`buy`](crate::Pallet::buy).
	fn buy() -> Weight;
	/// [`close`](crate::Pallet::close), its feeless predicate included.
	fn close() -> Weight;
	/// [`retire_plan`](crate::Pallet::retire_plan).
	fn retire_plan() -> Weight;
	/// [`Meter::hold`](tallystick_primitives::job::Meter::hold): what a request adds to its weight.
	fn hold() -> Weight;
	/// [`Meter::settle`](tallystick_primitives::job::Meter::settle): what a receipt adds to its
	/// weight. A release costs less.
	fn settle() -> Weight;
}

/// Estimates by counting: computation, then reads and writes. For tests, and until a runtime has
/// measured its own.
impl WeightInfo for () {
	fn create_plan() -> Weight {
		estimate(90, 18, 8)
	}
	fn buy() -> Weight {
		estimate(110, 10, 7)
	}
	fn close() -> Weight {
		estimate(140, 14, 9)
	}
	fn retire_plan() -> Weight {
		estimate(20, 2, 1)
	}
	fn hold() -> Weight {
		estimate(40, 4, 3)
	}
	fn settle() -> Weight {
		estimate(70, 7, 7)
	}
}
