//! What each command does.

use crate::{
	chain_spec::{self, ChainSpec},
	cli::{Cli, InferenceCommand, Subcommand},
	inference::{self, InferenceConfig},
	service,
};
use sc_cli::SubstrateCli;
use sc_service::{Configuration, PartialComponents};
use std::{fs, io, path::PathBuf};
use tallystick_runtime::opaque::Block;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"tallystick".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		"the project's issue tracker".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(match id {
			"dev" => chain_spec::development()?,
			"local" => chain_spec::local_testnet()?,
			// A node's key is the same for every chain; the SDK asks for one all the same.
			"" if matches!(
				self.subcommand,
				Some(Subcommand::Key(sc_cli::KeySubcommand::GenerateNodeKey(_)))
			) =>
			{
				chain_spec::local_testnet()?
			}
			"" => {
				return Err(
					"no chain was named: give --dev for a development chain, --chain local \
					for a local testnet, or --chain FILE with a chain specification"
						.into(),
				)
			}
			path => ChainSpec::from_json_file(PathBuf::from(path))?,
		}))
	}
}

/// Parses the command line and does what it says.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		None => run_node(cli),
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::Inference(InferenceCommand::Check(cmd))) => {
			inference::check::run(&cmd.inference_config, &cmd.message, cmd.json)
				.map_err(sc_cli::Error::Application)
		}
		Some(Subcommand::BuildSpec(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.chain_spec, config.network))
		}
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.run(cli.load_spec(&cmd.chain)?),
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let parts = service::new_partial(&config)?;
			Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let parts = service::new_partial(&config)?;
			Ok((cmd.run(parts.client, config.database), parts.task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let parts = service::new_partial(&config)?;
			Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| purge(cmd, config))
		}
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let PartialComponents { client, backend, task_manager, .. } =
				service::new_partial(&config)?;
			Ok((cmd.run(client, backend, Some(Box::new(service::revert_consensus))), task_manager))
		}),
		Some(Subcommand::ChainInfo(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config))
		}
	}
}

fn run_node(mut cli: Cli) -> sc_cli::Result<()> {
	let inference = cli
		.inference
		.inference_config
		.as_deref()
		.map(InferenceConfig::load)
		.transpose()
		.map_err(|error| sc_cli::Error::Application(Box::new(error)))?;
	if inference.is_some() {
		inference::secrecy::quieten(&mut cli.run.shared_params)?;
	}

	let runner = cli.create_runner(&cli.run)?;
	if inference.is_some() {
		inference::secrecy::check()?;
	}
	runner.run_node_until_exit(|config| async move {
		service::start(config, inference).map_err(sc_cli::Error::Service)
	})
}

/// Removes the chain's database and then the inference store: jobs of a chain that starts again
/// have the ids of jobs that were, so what is kept about the old ones must not answer for the new.
fn purge(cmd: &sc_cli::PurgeChainCmd, config: Configuration) -> sc_cli::Result<()> {
	let database = config.database.path().map(PathBuf::from);
	cmd.run(config.database)?;
	if database.is_some_and(|path| path.exists()) {
		// The question was answered with no.
		return Ok(());
	}
	let store = inference::folder(&config.base_path, config.chain_spec.id());
	match fs::remove_dir_all(&store) {
		Ok(()) => {
			println!("{store:?} removed.");
			Ok(())
		}
		Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
		Err(error) => Err(error.into()),
	}
}
