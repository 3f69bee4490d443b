//! `tallystick-load`: load on a running chain, and what it made of it.
//!
//! Transactions are signed beforehand, submitted with a window, and counted as successes in finalized
//! blocks, over those blocks' timestamps.
//!
//! - [`chain`], [`rpc`]: state and blocks of the chain;
//! - [`sign`]: accounts and transactions; [`lanes`]: how they are submitted;
//! - [`setup`]: what has to be on chain before;
//! - [`phases`], [`jobs`]: what is measured; [`report`]: the figures;
//! - [`backend`]: answers for a node's off-chain worker.

mod backend;
mod chain;
mod jobs;
mod lanes;
mod phases;
mod report;
mod rpc;
mod setup;
mod sign;

use anyhow::{ensure, Result};
use chain::Chain;
use clap::{Parser, ValueEnum};
use jobs::{Jobs, Provider};
use phases::Pace;
use report::Measure;
use sign::Signer;
use std::{net::SocketAddr, time::Duration};

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Phase {
	/// Transfers of the native token.
	Transfers,
	/// Purchases of credits.
	Purchases,
	/// Jobs, answered by the off-chain worker of the node, which asks this tool's backend.
	Jobs,
	/// Jobs, answered by this tool: what the chain can do without a worker.
	Receipts,
}

/// Puts load on a development chain, and says what it made of it.
///
/// The chain has to be on this machine and have the funds of the development accounts. //Alice sells a
/// model and is the provider whose node answers; //Bob is the provider whose receipts this tool signs.
/// Successes are counted in finalized blocks, over the blocks' timestamps; a latency is the number of
/// blocks from submission to inclusion, of settled jobs from request to receipt.
#[derive(Parser)]
#[command(
	version,
	after_help = "Example, with a node that answers jobs (scripts/bench.sh does all of it):
  tallystick-load --url http://127.0.0.1:9944 --backend 127.0.0.1:18080 --jobs 3000 --json"
)]
struct Cli {
	/// The node's JSON-RPC: HTTP, on this machine.
	#[arg(long, default_value = "http://127.0.0.1:9944")]
	url: String,
	/// What is measured, in this order.
	#[arg(
		long,
		value_enum,
		value_delimiter = ',',
		default_value = "transfers,purchases,jobs,receipts"
	)]
	phases: Vec<Phase>,
	/// Transfers.
	#[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
	transfers: u32,
	/// Purchases.
	#[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
	purchases: u32,
	/// Jobs, for each of the two phases that have them.
	#[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
	jobs: u32,
	/// Accounts that sign.
	#[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=20_000))]
	accounts: u32,
	/// Transactions under way at once: more than two blocks take, fewer than the pool has room for.
	#[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
	window: u32,
	/// Jobs that are open at once.
	#[arg(long, default_value_t = 4_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
	open_jobs: u32,
	/// Bytes of a job's question.
	#[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=2_000))]
	question: u32,
	/// Connections to the node.
	#[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
	connections: u32,
	/// Transactions in one request.
	#[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000))]
	batch: u32,
	/// Seconds without a success after which a phase is given up.
	#[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(10..=600))]
	patience: u32,
	/// Where the backend that answers at once listens: what the node's inference config names.
	#[arg(long, default_value = "127.0.0.1:18080")]
	backend: SocketAddr,
	/// The service key of the node: what was put into its keystore.
	#[arg(long, default_value = "//Alice//service")]
	service_suri: String,
	/// Prints JSON, with every block.
	#[arg(long)]
	json: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
	let cli = Cli::parse();
	let measures = measure(&cli).await?;
	if cli.json {
		println!("{}", serde_json::to_string_pretty(&measures)?);
	} else {
		println!("{}", report::table(&measures));
	}
	Ok(())
}

async fn measure(cli: &Cli) -> Result<Vec<Measure>> {
	let chain = Chain::connect(&cli.url).await?;
	let has = |phase| cli.phases.contains(&phase);
	let has_jobs = has(Phase::Jobs) || has(Phase::Receipts);
	if has(Phase::Jobs) {
		backend::start(cli.backend).await?;
	}
	let pace = Pace {
		lanes: usize::try_from(cli.connections)?,
		batch: usize::try_from(cli.batch)?,
		window: usize::try_from(cli.window)?,
		patience: Duration::from_secs(cli.patience.into()),
	};
	let open_jobs = Pace { window: usize::try_from(cli.open_jobs)?, ..pace.clone() };

	eprintln!("set-up: {} accounts, a model for sale, two providers", cli.accounts);
	let mut worker = setup::Provider::new("//Alice", &cli.service_suri, &chain).await?;
	let mut tool = setup::Provider::new("//Bob", "//Bob//load", &chain).await?;
	let mut signers = Signer::many(cli.accounts, &chain).await?;
	setup::fund(&chain, &mut worker.signer, &signers).await?;
	let sale = setup::sell(&chain, &mut worker, &mut tool).await?;
	if has_jobs {
		eprintln!("set-up: credits");
		// A unit for each job of the account in each phase, and one that always stays.
		let units = u128::from(cli.jobs.div_ceil(cli.accounts)) * 2 + 1;
		let count = cli.accounts;
		let bought = phases::purchases(&chain, &pace, &mut signers, &sale, units, count).await?;
		ensure!(bought.succeeded == signers.len(), "not all accounts could buy credits");
	}

	let mut measures = Vec::new();
	for phase in &cli.phases {
		sign::read_nonces(&mut signers, &chain).await?;
		let (count, name) = match phase {
			Phase::Transfers => (cli.transfers, "transfers"),
			Phase::Purchases => (cli.purchases, "purchases"),
			Phase::Jobs => (cli.jobs, "jobs, answered by the node"),
			Phase::Receipts => (cli.jobs, "jobs, answered by this tool"),
		};
		eprintln!("{count} {name}");
		let provider = match phase {
			Phase::Transfers => {
				measures.push(phases::transfers(&chain, &pace, &mut signers, count).await?);
				continue;
			}
			Phase::Purchases => {
				let bought = phases::purchases(&chain, &pace, &mut signers, &sale, 1, count);
				measures.push(bought.await?);
				continue;
			}
			Phase::Jobs => Provider::Worker(worker.signer.account.clone()),
			Phase::Receipts => {
				Provider::Tool(tool.signer.account.clone(), Box::new(tool.service.clone()))
			}
		};
		let question = usize::try_from(cli.question)?;
		let jobs = Jobs::new(sale.clone(), provider, chain.genesis, count, question)?;
		measures.extend(phases::jobs(&chain, &open_jobs, &mut signers, jobs, count).await?);
	}
	Ok(measures)
}
