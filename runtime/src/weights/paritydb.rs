//! What ParityDB takes to read and write, measured by `scripts/weights.sh` on 2026-11-30 in a state of half a
//! million accounts, without the cache.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds: the averages. Reads, in
//! nanoseconds: median 7_461, 99th percentile 13_560. Writes: median 23_825, 99th percentile
//! 32_644.

use frame_support::{parameter_types, weights::RuntimeDbWeight};

parameter_types! {
	/// A read and a write.
	pub const Weight: RuntimeDbWeight =
		RuntimeDbWeight { read: 9_017_000, write: 24_403_000 };
}
