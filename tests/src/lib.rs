//! What is tested across crates: that the committed metadata is the runtime's (`tests/`), the story on a
//! server that is not ours (`other-server/`), and an unmodified client on it (`polkadot-js/`). Both are run
//! by `scripts/test.sh`.
