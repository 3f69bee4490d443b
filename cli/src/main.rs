//! `tally`: register, sell, use and check AI models on a Tallystick chain.
//!
//! A command is a file in [`commands`]. It returns a report or a failure; this file prints it, and
//! turns it into an exit code: 0 ok, 1 failed, 2 the command line is wrong.

mod account;
mod amount;
mod bundle;
mod chain;
mod client;
mod commands;
mod digest;
mod evidence;
mod hints;
mod light;
mod locators;
mod manifest;
mod names;
mod output;
mod outside_key;
mod rpc;

use clap::{error::ErrorKind, Parser};
use commands::Cli;
use output::{Failure, Outcome};
use std::{io::Write, process::ExitCode};
use tallystick_formats::text;

fn main() -> ExitCode {
	// Known before the command line is parsed, because parsing may fail.
	let json = std::env::args().any(|argument| argument == "--json");
	let cli = match Cli::try_parse() {
		Ok(cli) => cli,
		Err(error) => return usage(&error, json),
	};
	let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
	let outcome = match runtime {
		Ok(runtime) => runtime.block_on(commands::run(cli)),
		Err(error) => Err(Failure::new(format!("cannot start: {error}"))),
	};
	finish(outcome, json)
}

/// Help, a version, or what is wrong with the command line.
fn usage(error: &clap::Error, json: bool) -> ExitCode {
	let asked_for = matches!(
		error.kind(),
		ErrorKind::DisplayHelp
			| ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
			| ErrorKind::DisplayVersion
	);
	if json && !asked_for {
		let text = error.to_string();
		let text = text.split("\n\nUsage:").next().unwrap_or_default();
		let words: Vec<_> = text.trim_start_matches("error: ").split_whitespace().collect();
		let failure = Failure::usage(words.join(" ")).hint("see --help");
		print_line(&text::json(&failure.json()));
	}
	// To stdout or stderr, as is right for what it is.
	let _ = error.print();
	ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn finish(outcome: Outcome, json: bool) -> ExitCode {
	match outcome {
		Ok(report) => {
			if json {
				print_line(&text::json(&report.json));
			} else {
				print_line(&report.text);
			}
			ExitCode::from(u8::from(!report.ok))
		}
		Err(failure) => {
			if json {
				print_line(&text::json(&failure.json()));
			}
			eprintln!("{failure}");
			ExitCode::from(failure.exit_code())
		}
	}
}

/// Prints to stdout. Whoever reads may have gone (`tally … | head -1`): that is no failure.
fn print_line(text: &str) {
	let _ = writeln!(std::io::stdout().lock(), "{text}");
}
