//! Weights of calls.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// What calls of the pallet cost.
pub trait WeightInfo {
	/// [`register`](crate::Pallet::register).
	fn register() -> Weight;
	/// [`update`](crate::Pallet::update) with a new key.
	fn update() -> Weight;
	/// [`leave`](crate::Pallet::leave).
	fn leave() -> Weight;
	/// [`offer`](crate::Pallet::offer) by the artifact's owner.
	fn offer() -> Weight;
	/// [`accept_offering`](crate::Pallet::accept_offering).
	fn accept_offering() -> Weight;
	/// [`withdraw_offering`](crate::Pallet::withdraw_offering) of an active one, by the artifact's
	/// owner.
	fn withdraw_offering() -> Weight;
}

/// Estimates by counting: computation, then reads and writes, those of the pallets behind the
/// traits included. For tests, and until a runtime has measured its own.
impl WeightInfo for () {
	fn register() -> Weight {
		estimate(90, 5, 4)
	}
	fn update() -> Weight {
		estimate(75, 3, 3)
	}
	fn leave() -> Weight {
		estimate(45, 4, 5)
	}
	fn offer() -> Weight {
		estimate(40, 6, 3)
	}
	fn accept_offering() -> Weight {
		estimate(35, 4, 2)
	}
	fn withdraw_offering() -> Weight {
		estimate(35, 6, 3)
	}
}
