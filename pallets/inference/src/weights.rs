//! Weights of calls and hooks.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// What calls and hooks of the pallet cost.
pub trait WeightInfo {
	/// [`request`](crate::Pallet::request) with `b` bytes inline, and the last of the blocks that
	/// are looked at for room; and before it [`is_feeless_request`](crate::Pallet::is_feeless_request),
	/// which reads the same.
	fn request(b: u32) -> Weight;
	/// [`submit_receipt`](crate::Pallet::submit_receipt) that charges.
	fn submit_receipt() -> Weight;
	/// The authorization of [`submit_receipt`](crate::Pallet::submit_receipt), signature included.
	fn authorize_submit_receipt() -> Weight;
	/// [`decline`](crate::Pallet::decline).
	fn decline() -> Weight;
	/// The agenda's cursor.
	fn agenda() -> Weight;
	/// A block of the agenda with nothing in it that fits.
	fn agenda_block() -> Weight;
	/// A request that has had its time, with a job that lapses.
	fn lapse() -> Weight;
	/// A job that matures.
	fn mature() -> Weight;
	/// A request that has had its time, and whose job is not open.
	fn forget() -> Weight;
}

/// Estimates by counting: computation, then reads and writes, those of the pallets behind the
/// traits included. For tests, and until a runtime has measured its own.
impl WeightInfo for () {
	fn request(b: u32) -> Weight {
		estimate(155, 15, 12).saturating_add(hashing(b)).saturating_add(hashing(b))
	}
	fn submit_receipt() -> Weight {
		estimate(110, 12, 12)
	}
	fn authorize_submit_receipt() -> Weight {
		estimate(65, 4, 0)
	}
	fn decline() -> Weight {
		estimate(60, 8, 9)
	}
	fn agenda() -> Weight {
		estimate(3, 1, 1)
	}
	fn agenda_block() -> Weight {
		estimate(15, 3, 0)
	}
	fn lapse() -> Weight {
		estimate(70, 12, 12)
	}
	fn mature() -> Weight {
		estimate(50, 8, 7)
	}
	fn forget() -> Weight {
		estimate(20, 6, 4)
	}
}

/// SHA-256 of so many bytes in wasm: 100 MB a second.
fn hashing(bytes: u32) -> Weight {
	Weight::from_parts(u64::from(bytes).saturating_mul(10_000), 0)
}
