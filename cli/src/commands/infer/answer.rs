//! The answer: waiting for the receipt, fetching what it is about, and checking both.

use super::{pending::PENDING, Asked, Input};
use crate::{
	account::{Account, AccountId},
	client::{At, Client},
	commands::{job, provider},
	evidence::{Check, Evidence, Place, SignedReceipt},
	output::{Failure, Outcome},
	rpc,
};
use codec::Encode;
use std::{
	path::Path,
	time::{Duration, Instant},
};
use tallystick_primitives::{receipt::output_claim_hash, runtime_api::JobStatusView, Receipt};

/// How long the provider's node may take to hand out an answer whose receipt is on chain.
const FETCH_PATIENCE: Duration = Duration::from_secs(20);

/// Waits for the receipt, fetches the answer, checks everything, and reports.
pub async fn finish(
	client: &Client,
	account: &Account,
	input: Input,
	asked: Asked,
	save: Option<&Path>,
) -> Outcome {
	let (receipt, place) = wait(client, &asked).await?;
	let at = client.at(place.hash).await?;
	let stored = provider::provider(&at, &asked.provider).await?;
	let service_key = provider::service_key(&stored);
	// The provider may have moved since.
	let now = provider::provider(&client.best().await?, &asked.provider).await;
	let endpoints = provider::endpoints(now.as_ref().unwrap_or(&stored));
	let fetched = fetch(client, account, &asked, &endpoints).await.map_err(|failure| {
		failure.context(format!(
			"the receipt of job {} is in block {}, the answer is not fetched",
			asked.job, place.number
		))
	})?;
	let signed = SignedReceipt::decode(&fetched.receipt)?;
	let evidence = Evidence {
		question: input.question,
		parameters: input.parameters,
		answer: fetched.response,
		salt: input.salt,
		genesis: client.genesis(),
		service_key,
		signed,
		plan: asked.plan,
		tariff: asked.tariff,
		units_held: asked.units_held,
		block: Some(place),
	};
	let mut checks = evidence.check();
	checks.push(Check::new(
		"the receipt is the one that the chain took",
		evidence.signed.receipt == receipt,
		|| "the provider hands out another one".into(),
	));
	checks.push(Check::new(
		"job, artifact, version and provider are those that were asked",
		receipt.job == asked.job
			&& receipt.artifact == asked.artifact
			&& receipt.provider == asked.provider
			&& receipt.version == asked.version,
		|| "it is about something else".into(),
	));
	if let Some(dir) = save {
		evidence.save(dir)?;
		let _ = std::fs::remove_file(dir.join(PENDING));
	}
	super::report(client, &evidence, &checks, save).await
}

/// Waits until the job has ended, and hands back its receipt.
async fn wait(client: &Client, asked: &Asked) -> Result<(Receipt<AccountId>, Place), Failure> {
	let progress = client.progress(format!("job {}: waiting for the answer", asked.job));
	let result = wait_for_end(client, asked).await;
	progress.done();
	match result? {
		job::End::Receipt(receipt, place) => Ok((*receipt, place)),
		job::End::Declined => Err(Failure::new(format!(
			"the provider declined job {}; its units are free again",
			asked.job
		))
		.code("Declined")
		.hint("choose another provider with --provider")),
		job::End::Lapsed => Err(Failure::new(format!(
			"no answer came in time; the units of job {} are free again",
			asked.job
		))
		.code("Lapsed")
		.hint("choose another provider with --provider, or give more time with --deadline")),
	}
}

async fn wait_for_end(client: &Client, asked: &Asked) -> Result<job::End, Failure> {
	// The last block of the best chain in which the job was seen open.
	let mut open_at = asked.request_block.saturating_sub(1);
	loop {
		let at = client.best().await?;
		let view = job::view(client, &at, asked.job).await?;
		let open = view.is_some_and(|view| matches!(view.status, JobStatusView::Open));
		if open {
			open_at = at.block_number();
		} else if at.block_number() > open_at {
			if let Some(end) = find_end(client, &at, asked, open_at).await? {
				return Ok(end);
			}
			return Err(Failure::new(format!("the end of job {} is not in the chain", asked.job))
				.hint("the request may have been on a fork: `tally job show` says more"));
		}
		tokio::time::sleep(Duration::from_millis(500)).await;
	}
}

/// Looks for the job's end in the blocks from `at` down to the one in which it was open.
async fn find_end(
	client: &Client,
	at: &At,
	asked: &Asked,
	open_at: u64,
) -> Result<Option<job::End>, Failure> {
	let (mut block, mut number) = (at.block_hash(), at.block_number());
	while number > open_at {
		if let Some(end) = job::end_in(client, block, asked.job).await? {
			return Ok(Some(end));
		}
		let Some(parent) = client.parent_of(block).await? else { return Ok(None) };
		(block, number) = (parent, number - 1);
	}
	Ok(None)
}

/// Fetches the output from the provider's node. The receipt can be on chain a moment before another of
/// the provider's endpoints has the output.
async fn fetch(
	client: &Client,
	account: &Account,
	asked: &Asked,
	endpoints: &[String],
) -> Result<rpc::Output, Failure> {
	let proof = account.sign(&output_claim_hash(&client.genesis(), asked.job)).encode();
	let started = Instant::now();
	loop {
		match rpc::output(endpoints, asked.job, &proof).await {
			Ok(output) => return Ok(output),
			Err(failure) if started.elapsed() > FETCH_PATIENCE => return Err(failure),
			Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
		}
	}
}
