//! What ParityDB takes to read and write, measured by `scripts/weights.sh` on 2026-11-30 in a state of half a
//! million accounts, without the cache.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds: the averages. Reads, in
//! nanoseconds: median 7_711, 99th percentile 13_771. Writes: median 27_201, 99th percentile
//! 38_348.

use frame_support::{parameter_types, weights::RuntimeDbWeight};

parameter_types! {
	/// A read and a write.
	pub const Weight: RuntimeDbWeight =
		RuntimeDbWeight { read: 8_873_000, write: 27_181_000 };
}
