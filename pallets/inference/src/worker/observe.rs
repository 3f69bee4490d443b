//! What the worker tells the node for its metrics. The node counts it and forgets it.

use super::store;
use tallystick_primitives::{observation::Observation, offchain::OBSERVATION};

/// Tells the node.
pub fn tell(observation: &Observation) {
	store::set(OBSERVATION, observation);
}
