//! The command line.

use crate::inference::check::MESSAGE;
use sc_cli::RunCmd;
use std::path::PathBuf;

/// What the node is asked to do. Without a subcommand it runs.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// The subcommand.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// What stock nodes take.
	#[clap(flatten)]
	pub run: RunCmd,

	/// What providers add.
	#[clap(flatten)]
	pub inference: InferenceParams,
}

/// The flags of a node that answers jobs.
#[derive(Debug, Clone, clap::Args)]
pub struct InferenceParams {
	/// A TOML file that names the backends by which this node answers jobs.
	///
	/// Turns the off-chain worker on, whatever `--offchain-worker` says. The service key of the
	/// provider must be in the keystore: `key insert --scheme sr25519 --key-type tlys`.
	#[arg(long, value_name = "FILE")]
	pub inference_config: Option<PathBuf>,
}

/// What providers can do without a running node.
#[derive(Debug, clap::Subcommand)]
pub enum InferenceCommand {
	/// Try each backend of an inference config, and say what is wrong with it.
	///
	/// Asks each backend for its list of models, and for a chat completion of at most 16 tokens, as
	/// the worker would. The exit code is 1 if the config is wrong or a backend would not answer
	/// jobs. No key is ever printed.
	Check(CheckCmd),
}

/// What a check needs to know.
#[derive(Debug, clap::Args)]
pub struct CheckCmd {
	/// The TOML file that names the backends.
	#[arg(long, value_name = "FILE")]
	pub inference_config: PathBuf,

	/// What to ask, for a model that takes nothing but what it was made for.
	#[arg(long, value_name = "TEXT", default_value = MESSAGE)]
	pub message: String,

	/// Print JSON in place of a table.
	#[arg(long)]
	pub json: bool,
}

/// What the node can do besides running.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Make, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Check what a node that answers jobs needs.
	#[command(subcommand)]
	Inference(InferenceCommand),

	/// Write a chain specification, and turn a plain one into a raw one. `export-chain-spec` is its
	/// successor.
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Write the chain specification behind `--chain`, plain or raw.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Execute a block again, and say whether it is valid.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Import blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the chain's database, and with it the inference store. Keys stay.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Take the chain back by some blocks, at most to the last finalized one.
	Revert(sc_cli::RevertCmd),

	/// Say how far the chain's database is.
	ChainInfo(sc_cli::ChainInfoCmd),
}
