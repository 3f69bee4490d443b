//! `tallystick`: the node of an application chain on which AI models are property.

// The SDK's own error types are that large, and every function here that fails hands them on.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod inference;
mod rpc;
mod service;

use std::{error::Error, process::ExitCode};

/// A node shares out much memory in little pieces, from many threads: with the C library's own allocator it
/// packs an eighth less into a block in the same time (docs/performance.md).
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {error}");
			let mut cause = error.source();
			while let Some(inner) = cause {
				eprintln!("  because: {inner}");
				cause = inner.source();
			}
			ExitCode::FAILURE
		}
	}
}
