//! What ParityDB takes to read and write, measured by `scripts/weights.sh` on 2026-12-01 in a state of half a
//! million accounts, without the cache.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds: the averages. Reads, in
//! nanoseconds: median 6_720, 99th percentile 12_579. Writes: median 21_110, 99th percentile
//! 33_215.

use frame_support::{parameter_types, weights::RuntimeDbWeight};

parameter_types! {
	/// A read and a write.
	pub const Weight: RuntimeDbWeight =
		RuntimeDbWeight { read: 7_641_000, write: 21_801_000 };
}
