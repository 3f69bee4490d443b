//! `tally receipt`: check the receipt of an inference.

use super::{job, provider, Context};
use crate::{
	account,
	client::Client,
	evidence::{all_hold, receipt_json, show_checks, Check, Evidence, Files},
	output::{big, facts, hex0x, Failure, Outcome, Report},
};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Check the receipt of an inference.
#[derive(Subcommand)]
pub enum Command {
	/// Check a saved receipt against question, answer, tariff and chain.
	#[command(after_help = "\
`tally infer --save DIR` writes what is needed. The checks of bytes, signature and charge are made here, without \
any node; the node is asked whether the chain took this receipt in that block, and whose key signed it.
Examples:
  tally receipt verify ./answer-1
  tally receipt verify ./answer-1 --offline
  tally receipt verify --receipt r.json --question q.json --parameters p.json --answer a.json")]
	Verify(Verify),
}

/// Options of `receipt verify`.
#[derive(Args)]
pub struct Verify {
	/// The directory that `tally infer --save` wrote.
	#[arg(value_name = "DIR", required_unless_present_all = ["receipt", "question", "parameters", "answer"])]
	dir: Option<PathBuf>,
	/// The receipt file, instead of the one in DIR.
	#[arg(long, value_name = "FILE")]
	receipt: Option<PathBuf>,
	/// The bytes of the question, instead of those in DIR.
	#[arg(long, value_name = "FILE")]
	question: Option<PathBuf>,
	/// The bytes of the parameters, instead of those in DIR.
	#[arg(long, value_name = "FILE")]
	parameters: Option<PathBuf>,
	/// The bytes of the answer, instead of those in DIR.
	#[arg(long, value_name = "FILE")]
	answer: Option<PathBuf>,
	/// Ask no node. Then nobody says that the key is the provider's, or that the chain took the receipt.
	#[arg(long)]
	offline: bool,
}

impl Verify {
	fn files(&self) -> Files {
		let inside = Files::inside(self.dir.as_deref().unwrap_or(std::path::Path::new(".")));
		let or = |named: &Option<PathBuf>, default: PathBuf| named.clone().unwrap_or(default);
		Files {
			question: or(&self.question, inside.question),
			parameters: or(&self.parameters, inside.parameters),
			answer: or(&self.answer, inside.answer),
			receipt: or(&self.receipt, inside.receipt),
		}
	}
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Verify(options) => verify(options, context).await,
	}
}

async fn verify(options: Verify, context: &Context) -> Outcome {
	let evidence = Evidence::load(&options.files())?;
	let mut checks = evidence.check();
	let mut finality = None;
	if !options.offline {
		let client = context.connect().await?;
		let (on_chain, finalized) = on_chain(&client, &evidence).await?;
		checks.extend(on_chain);
		finality = finalized;
	}
	let ok = all_hold(&checks);
	let receipt = &evidence.signed.receipt;
	let headline = match (ok, options.offline) {
		(true, false) => "yes: the receipt holds",
		(true, true) => "yes: the receipt holds, as far as can be told without a node",
		(false, _) => "NO: the receipt does not hold",
	};
	let place = match (evidence.block, finality) {
		(Some(block), Some(true)) => format!("#{} (finalized)", block.number),
		(Some(block), Some(false)) => format!("#{} (not finalized yet)", block.number),
		(Some(block), None) => format!("#{}", block.number),
		(None, _) => "not recorded".to_owned(),
	};
	let text = format!(
		"{headline}\n{}\n\n{}",
		show_checks(&checks),
		facts([
			("job", receipt.job.to_string()),
			("artifact", receipt.artifact.to_string()),
			("version", hex0x(receipt.version)),
			("provider", account::show(&receipt.provider)),
			("units", receipt.units.to_string()),
			("receipt", hex0x(receipt.hash())),
			("block", place),
		])
	);
	let json = json!({
		"verified": ok,
		"checks": checks,
		"offline": options.offline,
		"finalized": finality,
		"plan": evidence.plan,
		"units_held": big(evidence.units_held),
		"receipt": receipt_json(receipt),
	});
	Ok(Report::new(text, json).with_ok(ok))
}

/// What the chain says about the receipt, and whether its block is final.
async fn on_chain(
	client: &Client,
	evidence: &Evidence,
) -> Result<(Vec<Check>, Option<bool>), Failure> {
	let receipt = &evidence.signed.receipt;
	let same_chain = client.genesis() == evidence.genesis;
	let mut checks = vec![Check::new("the node's chain is the receipt's", same_chain, || {
		format!("its first block is {}", hex0x(client.genesis()))
	})];
	if !same_chain {
		return Ok((checks, None));
	}
	let Some(block) = evidence.block else {
		checks.push(Check::new("the chain took the receipt", false, || {
			"the file names no block".into()
		}));
		return Ok((checks, None));
	};
	let in_chain = client.hash_of(block.number).await? == Some(block.hash);
	checks.push(Check::new("the block is in the chain", in_chain, || {
		format!("block #{} is another one", block.number)
	}));
	if !in_chain {
		return Ok((checks, None));
	}
	let end = job::end_in(client, block.hash, receipt.job).await?;
	let taken = matches!(&end, Some(job::End::Receipt(taken, _)) if taken.as_ref() == receipt);
	checks.push(Check::new("the chain took exactly this receipt in that block", taken, || {
		"the block has no such event".into()
	}));
	// The key at that time: it may have been changed since. In the state after the block, as its
	// receipts were checked in it.
	let at = client.at(block.hash).await?;
	let provider = provider::provider(&at, &receipt.provider).await;
	let key_is = provider.as_ref().map(provider::service_key).ok();
	checks.push(Check::new(
		"the key that signed was the provider's service key then",
		key_is == Some(evidence.service_key),
		|| match key_is {
			Some(key) => format!("it was {}", hex0x(key)),
			None => "it was no provider in that block".into(),
		},
	));
	if let Some(view) = job::view(client, &at, receipt.job).await? {
		let same = view.plan == evidence.plan
			&& view.provider == receipt.provider
			&& view.version == receipt.version
			&& view.request == receipt.request
			&& view.parameters == receipt.parameters;
		checks.push(Check::new("the job on chain asked for this", same, || {
			"plan, provider, version or commitments are others".into()
		}));
	}
	// A plan stays for ever, and never changes.
	let plan = super::plan::view(client, &at, evidence.plan).await?;
	let same = plan.tariff == evidence.tariff && plan.artifact == receipt.artifact;
	checks.push(Check::new("the tariff is the plan's, for this artifact", same, || {
		format!("artifact {}, {}", plan.artifact, super::plan::show_tariff(&plan.tariff))
	}));
	let finalized = client.finalized().await? >= u64::from(block.number);
	Ok((checks, Some(finalized)))
}
