//! `tally credits`: buy credits, look at them, give them back.

use super::{parse_digest, plan, show_currency, show_money, Context};
use crate::{
	account::{self, parse_account, to_subxt, AccountId},
	amount::{parse_units, show_tly},
	chain,
	client::{failed, free_balance, At},
	output::{big, facts, hex0x, table, Failure, Outcome, Report},
};
use clap::Subcommand;
use serde_json::json;
use tallystick_primitives::{Balance, Digest, PlanId};

/// Buy credits, look at them, give them back.
#[derive(Subcommand)]
pub enum Command {
	/// Buy units of a plan.
	#[command(after_help = "\
Example:
  tally credits buy --account //Bob --plan 1 --units 1000")]
	Buy {
		/// The plan.
		#[arg(long)]
		plan: PlanId,
		/// How many units.
		#[arg(long, value_parser = parse_units)]
		units: Balance,
		/// The hash of the terms that you agree to, from `tally plan show`. Without it: the plan's terms now.
		#[arg(long, value_name = "HEX", value_parser = parse_digest)]
		terms: Option<Digest>,
	},
	/// Show how many units an account has, and how many are held by open jobs.
	#[command(after_help = "\
Examples:
  tally credits balance --account //Bob
  tally credits balance --of //Bob --plan 1")]
	Balance {
		/// Only this plan.
		#[arg(long)]
		plan: Option<PlanId>,
		/// Whose. Without it: the account that would sign.
		#[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
		of: Option<AccountId>,
	},
	/// Give all units of a plan back for what they were bought for.
	#[command(after_help = "\
Example:
  tally credits close --account //Bob --plan 1")]
	Close {
		/// The plan.
		#[arg(long)]
		plan: PlanId,
	},
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Buy { plan, units, terms } => buy(plan, units, terms, context).await,
		Command::Balance { plan, of } => balance(plan, of, context).await,
		Command::Close { plan } => close(plan, context).await,
	}
}

/// Units of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
	/// Not held.
	pub free: Balance,
	/// Held by open jobs.
	pub held: Balance,
}

/// How many units of `plan` an account has.
pub async fn units_of(at: &At, plan: PlanId, who: &AccountId) -> Result<Units, Failure> {
	let key = || (plan, to_subxt(who));
	let assets = chain::storage().assets().account();
	let account = at.storage().try_fetch(assets, key()).await.map_err(failed)?;
	let Some(account) = account else { return Ok(Units::default()) };
	let free = account.decode().map_err(failed)?.balance;
	let holder = chain::storage().assets_holder().balances_on_hold();
	let held = at.storage().try_fetch(holder, key()).await.map_err(failed)?;
	let held = held.map(|held| held.decode().map_err(failed)).transpose()?.unwrap_or(0);
	Ok(Units { free, held })
}

async fn buy(plan: PlanId, units: Balance, terms: Option<Digest>, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let view = plan::view(&client, &client.best().await?, plan).await?;
	let call = chain::transactions().credits().buy(plan, units, terms.unwrap_or(view.terms));
	let included = client.submit(&call, &account, "buy").await?;
	let event: chain::credits::events::Bought = included.event()?;
	let at = client.at(included.block).await?;
	let now = units_of(&at, plan, &account.id()).await?;
	let text = format!(
		"{} units of plan {plan} are yours\n{}",
		event.units,
		facts([
			("paid", show_money(&view.currency, event.paid)),
			("units now", format!("{} free, {} held", now.free, now.held)),
			("block", included.words()),
		])
	);
	let json = json!({
		"plan": plan,
		"units": big(event.units),
		"paid": big(event.paid),
		"currency": show_currency(&view.currency),
		"terms": hex0x(terms.unwrap_or(view.terms)),
		"free": big(now.free),
		"held": big(now.held),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

async fn balance(plan: Option<PlanId>, of: Option<AccountId>, context: &Context) -> Outcome {
	let who = context.account_id_or(&of)?;
	let client = context.connect().await?;
	let at = client.best().await?;
	let plans = match plan {
		Some(plan) => {
			plan::view(&client, &at, plan).await?;
			vec![plan]
		}
		None => all_plans(&at).await?,
	};
	let mut rows = Vec::new();
	for id in plans {
		let units = units_of(&at, id, &who).await?;
		if plan.is_some() || units != Units::default() {
			rows.push((id, units));
		}
	}
	let tly = free_balance(&at, &who).await?;
	let mut text = facts([("account", account::show(&who)), ("native token", show_tly(tly))]);
	if rows.is_empty() {
		text.push_str("\nno credits");
	} else {
		let lines = rows.iter().map(|(plan, units)| {
			[plan.to_string(), units.free.to_string(), units.held.to_string()]
		});
		text.push_str(&format!("\n\n{}", table(["plan", "free units", "held units"], lines)));
	}
	let json = json!({
		"account": account::show(&who),
		"native": big(tly),
		"credits": rows.iter().map(|(plan, units)| json!({
			"plan": plan, "free": big(units.free), "held": big(units.held),
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(text, json))
}

/// All plans' ids, in order.
async fn all_plans(at: &At) -> Result<Vec<PlanId>, Failure> {
	let mut plans = Vec::new();
	let mut stored =
		at.storage().iter(chain::storage().credits().plans(), ()).await.map_err(failed)?;
	while let Some(entry) = stored.next().await {
		let (plan,) = entry.map_err(failed)?.key().map_err(failed)?.decode().map_err(failed)?;
		plans.push(plan);
	}
	plans.sort_unstable();
	Ok(plans)
}

async fn close(plan: PlanId, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let view = plan::view(&client, &client.best().await?, plan).await?;
	let call = chain::transactions().credits().close(plan);
	let included = client.submit(&call, &account, "close").await?;
	let event: chain::credits::events::Closed = included.event()?;
	let text = format!(
		"{} units of plan {plan} are given back\n{}",
		event.units,
		facts([
			("refunded", show_money(&view.currency, event.refunded)),
			("block", included.words()),
		])
	);
	let json = json!({
		"plan": plan,
		"units": big(event.units),
		"refunded": big(event.refunded),
		"currency": show_currency(&view.currency),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}
