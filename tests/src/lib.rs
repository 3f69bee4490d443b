//! End to end tests against the real binaries live in `tests/`, other people's clients beside them.
