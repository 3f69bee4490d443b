//! What a block and a transaction cost before they do anything, measured by `scripts/weights.sh` on
//! 2026-12-01.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds.

use frame_support::weights::Weight;

/// A block without transactions.
pub const BLOCK: Weight = Weight::from_parts(272640000, 0);
/// A transaction that does nothing, with all its extensions and its signature.
pub const TRANSACTION: Weight = Weight::from_parts(102608000, 0);
