//! What is tested across crates. `tests/` has the committed metadata against the runtime's, and, end to
//! end, the worker against a backend that misbehaves, the chain against bad input, and both against
//! nodes that are killed and blocks that are reorganised away. `other-server/`
//! plays the story on a server that is not ours, `polkadot-js/` reads it with an unmodified client;
//! both are run by `scripts/test.sh`.
//!
//! Here is what the end-to-end tests share. They use the programs that are built beside them: build the
//! workspace first.
//!
//! - [`node`]: a real node on a chain of its own, and `tally` on it;
//! - [`chain`]: what is below `tally`: JSON-RPC, and transactions in the runtime's own types, so that
//!   also those reach the chain that `tally` would not send;
//! - [`state`]: all that the chain knows at a block, to see that something changed nothing;
//! - [`stage`]: a model on sale, somebody who serves it, and somebody with credits;
//! - [`jobs`]: what is asked, and what the blocks say came of it.

pub mod chain;
pub mod jobs;
pub mod node;
pub mod stage;
pub mod state;

pub use chain::Chain;
pub use node::{Node, Said};
