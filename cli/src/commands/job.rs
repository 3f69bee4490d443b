//! `tally job`: look at inferences that were asked for.

use super::{plan, Context};
use crate::{
	account::{self, AccountId},
	chain,
	client::{At, Client},
	evidence::Place,
	output::{big, facts, hex0x, Failure, Outcome, Report},
};
use clap::Subcommand;
use serde_json::json;
use subxt::utils::H256;
use tallystick_primitives::{
	runtime_api::{JobStatusView, JobView},
	JobId, Receipt,
};

/// Look at inferences that were asked for.
#[derive(Subcommand)]
pub enum Command {
	/// Show a job: who asked whom, what is held or charged, and where it stands.
	#[command(after_help = "\
A job goes from the chain's state when its dispute window is over; its receipt stays in the block's events.
Example:
  tally job show 0")]
	Show {
		/// The job's id.
		job: JobId,
	},
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Show { job } => show(job, context).await,
	}
}

/// A job, where the chain still has it.
pub async fn view(
	client: &Client,
	at: &At,
	job: JobId,
) -> Result<Option<JobView<AccountId>>, Failure> {
	client.ask(at, "job", job).await
}

async fn show(job: JobId, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let view = view(&client, &at, job).await?.ok_or_else(|| {
		Failure::new(format!("the chain has no job {job}"))
			.code("Inference.JobNotFound")
			.hint(
				"it never was, it was declined or lapsed, or its dispute window is over; a saved receipt can \
				 still be checked: tally receipt verify DIR",
			)
	})?;
	let (state, status) = match &view.status {
		JobStatusView::Open => {
			("open: waits for its receipt".to_owned(), json!({ "state": "open" }))
		}
		JobStatusView::Settled { receipt, units, matures_at } => (
			format!("settled: {units} units charged, their money matures at block {matures_at}"),
			json!({
				"state": "settled",
				"receipt": hex0x(receipt),
				"units": big(*units),
				"matures_at": matures_at,
			}),
		),
	};
	let plan = plan::view(&client, &at, view.plan).await?;
	let text = format!(
		"job {job}\n{}",
		facts([
			("state", state),
			("consumer", account::show(&view.consumer)),
			("provider", account::show(&view.provider)),
			("artifact", view.artifact.to_string()),
			("version", hex0x(view.version)),
			("plan", format!("{}: {}", view.plan, plan::show_tariff(&plan.tariff))),
			("units held", view.units_held.to_string()),
			("requested in block", view.requested_at.to_string()),
			("answer due by block", view.deadline.to_string()),
		])
	);
	let key = view.service_key.as_ref().map(|key| hex0x(key.as_ref() as &[u8]));
	let json = json!({
		"job": job,
		"status": status,
		"consumer": account::show(&view.consumer),
		"provider": account::show(&view.provider),
		"service_key": key,
		"artifact": view.artifact,
		"version": hex0x(view.version),
		"plan": view.plan,
		"endpoint": format!("{:?}", view.endpoint),
		"request": hex0x(view.request),
		"parameters": hex0x(view.parameters),
		"units_held": big(view.units_held),
		"requested_at": view.requested_at,
		"deadline": view.deadline,
	});
	Ok(Report::new(text, json))
}

/// How a job ended.
pub enum End {
	/// With a receipt, in this block.
	Receipt(Box<Receipt<AccountId>>, Place),
	/// The provider declined it.
	Declined,
	/// No receipt came in time.
	Lapsed,
}

/// Looks for the end of `job` in the events of a block.
pub async fn end_in(client: &Client, block: H256, job: JobId) -> Result<Option<End>, Failure> {
	use chain::inference::events::{Declined, Lapsed, ReceiptAccepted};
	let at = client.at(block).await?;
	let events = at.events().fetch().await.map_err(crate::client::failed)?;
	for event in events.find::<ReceiptAccepted>() {
		let event = event.map_err(crate::client::failed)?;
		if event.job == job {
			let number = u32::try_from(at.block_number()).unwrap_or(u32::MAX);
			let place = Place { number, hash: block };
			return Ok(Some(End::Receipt(Box::new(own_receipt(event.receipt.0)), place)));
		}
	}
	if events.find::<Declined>().any(|event| event.is_ok_and(|event| event.job == job)) {
		return Ok(Some(End::Declined));
	}
	if events.find::<Lapsed>().any(|event| event.is_ok_and(|event| event.job == job)) {
		return Ok(Some(End::Lapsed));
	}
	Ok(None)
}

/// A receipt with our account type instead of subxt's. The encoding is the same.
fn own_receipt(receipt: Receipt<subxt::utils::AccountId32>) -> Receipt<AccountId> {
	Receipt {
		job: receipt.job,
		artifact: receipt.artifact,
		version: receipt.version,
		provider: account::from_subxt(&receipt.provider),
		endpoint: receipt.endpoint,
		request: receipt.request,
		response: receipt.response,
		parameters: receipt.parameters,
		request_bytes: receipt.request_bytes,
		response_bytes: receipt.response_bytes,
		tokens: receipt.tokens,
		counted_by: receipt.counted_by,
		units: receipt.units,
		finish: receipt.finish,
		started_at: receipt.started_at,
		ended_at: receipt.ended_at,
		previous: receipt.previous,
	}
}
