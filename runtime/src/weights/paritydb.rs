//! What ParityDB takes to read and write, measured by `scripts/weights.sh` on 2026-11-20 in a state of half a
//! million accounts, without the cache.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds: the averages. Reads, in
//! nanoseconds: median 6_299, 99th percentile 10_335. Writes: median 20_447, 99th percentile
//! 28_054.

use frame_support::{parameter_types, weights::RuntimeDbWeight};

parameter_types! {
	/// A read and a write.
	pub const Weight: RuntimeDbWeight =
		RuntimeDbWeight { read: 7_146_000, write: 20_019_000 };
}
