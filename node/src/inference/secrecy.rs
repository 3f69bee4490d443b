//! Keeps keys and prompts out of the log.
//!
//! At level debug, the SDK logs each header that an off-chain worker sends (an API key is one) and
//! each value that it reads or writes (prompts, answers, the backends with their keys); at level
//! trace, parameters and results of each RPC call (prompts and answers again). A node that answers
//! jobs must not do so, not even under `-ltrace`.

use sc_cli::SharedParams;

/// From the log targets that say what no log may hold: their list, and whether one of them is on.
/// `tracing` wants to know a target when it is compiled.
macro_rules! private_targets {
	($($target:literal),* $(,)?) => {
		const TARGETS: &[&str] = &[$($target),*];

		fn is_one_on() -> bool {
			[$(tracing::enabled!(target: $target, tracing::Level::DEBUG)),*].contains(&true)
		}
	};
}

private_targets!(
	"offchain-worker::http",
	"offchain-worker::storage",
	"rpc_metrics",
	"rpc_metrics::extra",
	"jsonrpsee-http",
	"jsonrpsee-server",
);

/// Caps the level of these targets. Comes after all that the user asked for, and of two directives
/// for one target the last one counts.
pub fn quieten(params: &mut SharedParams) -> sc_cli::Result<()> {
	if params.enable_log_reloading {
		return Err(
			"--enable-log-reloading lets a running node log what the off-chain worker sends, \
			API keys included: leave out either it or --inference-config"
				.into(),
		);
	}
	params.log.extend(TARGETS.iter().map(|target| format!("{target}=info")));
	Ok(())
}

/// Whether the log, now that it is set up, is quiet where it must be.
pub fn check() -> sc_cli::Result<()> {
	if is_one_on() {
		return Err(format!(
			"the log would hold API keys or prompts: with --inference-config, no log or tracing \
			filter may raise any of {} above info",
			TARGETS.join(", ")
		)
		.into());
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	#[test]
	fn the_cap_comes_after_what_the_user_asked_for() {
		let mut cli = crate::cli::Cli::parse_from(["tallystick", "-ltrace,rpc_metrics=trace"]);
		quieten(&mut cli.run.shared_params).unwrap();
		let (asked_for, caps) = cli.run.shared_params.log.split_first().unwrap();
		assert_eq!(asked_for, "trace,rpc_metrics=trace");
		assert_eq!(caps.len(), TARGETS.len());
		for (cap, target) in caps.iter().zip(TARGETS) {
			assert_eq!(*cap, format!("{target}=info"));
		}
	}

	#[test]
	fn log_reloading_is_refused() {
		let mut cli = crate::cli::Cli::parse_from(["tallystick", "--enable-log-reloading"]);
		assert!(quieten(&mut cli.run.shared_params).is_err());
	}
}
