//! Time, in milliseconds since the Unix epoch: the clock of the node's machine.

use sp_core::offchain::Timestamp;

/// Now.
pub fn now() -> u64 {
	sp_io::offchain::timestamp().unix_millis()
}

/// What the host's calls take as a deadline.
pub fn timestamp(at: u64) -> Timestamp {
	Timestamp::from_unix_millis(at)
}

/// Waits until `at`.
pub fn sleep_until(at: u64) {
	sp_io::offchain::sleep_until(timestamp(at));
}

/// Whether a claim to something until `until` stands at `now`. No claim is ever made for longer than
/// `longest`: one that says so was made before the clock was set back, and would stand for ever.
pub fn stands(until: u64, now: u64, longest: u64) -> bool {
	until > now && until <= now.saturating_add(longest)
}
