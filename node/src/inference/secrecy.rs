//! Keeps keys and prompts out of the log.
//!
//! The SDK logs, at level debug, each header that an off-chain worker sends (an API key is one) and
//! each value that it reads or writes (prompts, answers, the backends with their keys). A node that
//! answers jobs must not do so, not even under `-ldebug`.

use sc_cli::SharedParams;

/// The SDK's log targets that say what no log may hold.
const TARGETS: [&str; 2] = ["offchain-worker::http", "offchain-worker::storage"];

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
	params.log.extend(TARGETS.map(|target| format!("{target}=info")));
	Ok(())
}

/// Whether the log, now that it is set up, is quiet where it must be.
pub fn check() -> sc_cli::Result<()> {
	if tracing::enabled!(target: "offchain-worker::http", tracing::Level::DEBUG)
		|| tracing::enabled!(target: "offchain-worker::storage", tracing::Level::DEBUG)
	{
		return Err(format!(
			"the log would hold API keys and prompts: with --inference-config, no log or tracing \
			filter may raise {} above info",
			TARGETS.join(" or ")
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
		let mut cli = crate::cli::Cli::parse_from(["tallystick", "-ldebug,offchain-worker=trace"]);
		quieten(&mut cli.run.shared_params).unwrap();
		assert_eq!(
			cli.run.shared_params.log,
			[
				"debug,offchain-worker=trace",
				"offchain-worker::http=info",
				"offchain-worker::storage=info"
			]
		);
	}

	#[test]
	fn log_reloading_is_refused() {
		let mut cli = crate::cli::Cli::parse_from(["tallystick", "--enable-log-reloading"]);
		assert!(quieten(&mut cli.run.shared_params).is_err());
	}
}
