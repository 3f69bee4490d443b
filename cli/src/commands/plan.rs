//! `tally plan`: offer the use of an artifact for sale.

use super::{
	artifact::deposit::Deposit, bounded, parse_currency, parse_digest, show_currency, show_money,
	text, Context,
};
use crate::{
	amount::parse_amount,
	chain::{
		self,
		runtime_types::{
			bounded_collections::bounded_vec::BoundedVec, pallet_credits::types::PlanTerms,
		},
	},
	client::{failed, At, Client},
	output::{big, facts, hex0x, Failure, Outcome, Report},
};
use clap::{Args, Subcommand};
use serde_json::{json, Value};
use subxt::utils::Static;
use tallystick_primitives::{
	runtime_api::PlanView, ArtifactId, Balance, CurrencyId, Digest, PlanId, Tariff,
};

/// Offer the use of an artifact for sale.
#[derive(Subcommand)]
pub enum Command {
	/// Create a plan: a class of credits, a price for a unit, and a tariff in units.
	#[command(after_help = "\
Price and tariff never change: a new price is a new plan. A charge rounds up to a whole unit.
Examples:
  tally plan create --account owner.key --artifact 0 --price 0.01TLY --per-1k-input 10 --per-1k-output 30
  tally plan create --artifact 0 --price 1000000000 --per-call 1 --name 'My model' --symbol MYM --slots 16")]
	Create(Create),
	/// Show a plan.
	#[command(after_help = "\
Example:
  tally plan show 1")]
	Show {
		/// The plan's id.
		plan: PlanId,
	},
	/// Stop the sale of a plan. Units that were sold keep their use and their backing.
	#[command(after_help = "\
Example:
  tally plan retire --account owner.key 1")]
	Retire {
		/// The plan's id.
		plan: PlanId,
	},
}

/// Options of `plan create`.
#[derive(Args)]
pub struct Create {
	/// The artifact whose use is sold.
	#[arg(long, value_name = "ID")]
	artifact: ArtifactId,
	/// The price of a unit: 0.01TLY, or a whole number of the currency's smallest unit.
	#[arg(long, value_name = "AMOUNT", value_parser = parse_amount)]
	price: Balance,
	/// What the price is in: native, or the id of an asset that the chain admits.
	#[arg(long, default_value = "native", value_parser = parse_currency)]
	currency: CurrencyId,
	/// Units for each call that is answered.
	#[arg(long, value_name = "UNITS", default_value_t = 0)]
	per_call: u64,
	/// Units for 1,000 input tokens.
	#[arg(long, value_name = "UNITS", default_value_t = 0)]
	per_1k_input: u64,
	/// Units for 1,000 input tokens that the backend had cached. Without it: as other input.
	#[arg(long, value_name = "UNITS")]
	per_1k_cached: Option<u64>,
	/// Units for 1,000 output tokens, reasoning included.
	#[arg(long, value_name = "UNITS", default_value_t = 0)]
	per_1k_output: u64,
	/// A version that the credits buy, by digest. Can be given again. Without it: any.
	#[arg(long = "version-digest", value_name = "HEX", value_parser = parse_digest)]
	versions: Vec<Digest>,
	/// Blocks from a receipt until its money matures. Without it: the fewest that the chain allows.
	#[arg(long, value_name = "BLOCKS")]
	dispute_window: Option<u32>,
	/// Requests that can be free of the fee at once, each until its job would have lapsed. Each takes a
	/// deposit, which grows with the dispute window.
	#[arg(long, default_value_t = 8)]
	slots: u32,
	/// The name of the credits in wallets.
	#[arg(long)]
	name: Option<String>,
	/// The symbol of the credits in wallets.
	#[arg(long)]
	symbol: Option<String>,
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Create(options) => create(options, context).await,
		Command::Show { plan } => show(plan, context).await,
		Command::Retire { plan } => retire(plan, context).await,
	}
}

async fn create(options: Create, context: &Context) -> Outcome {
	let account = context.account()?;
	let tariff = Tariff {
		per_call: options.per_call,
		per_1k_input: options.per_1k_input,
		per_1k_cached: options.per_1k_cached.unwrap_or(options.per_1k_input),
		per_1k_output: options.per_1k_output,
	};
	if tariff.is_free() {
		return Err(Failure::usage("the tariff charges for nothing")
			.hint("give --per-call, --per-1k-input or --per-1k-output"));
	}
	if options.versions.len() > 8 {
		return Err(Failure::usage("a plan names at most 8 versions").hint("name none for any"));
	}
	let artifact = options.artifact;
	let name = options.name.unwrap_or_else(|| format!("Artifact {artifact}"));
	let symbol = options.symbol.unwrap_or_else(|| format!("ART{artifact}"));
	let client = context.connect().await?;
	let dispute_window = match options.dispute_window {
		Some(blocks) => blocks,
		None => {
			let least = chain::constants().credits().min_dispute_window();
			client.best().await?.constants().entry(least).map_err(failed)?
		}
	};
	let terms = PlanTerms {
		versions: BoundedVec(options.versions),
		tariff: Static(tariff),
		currency: Static(options.currency.clone()),
		price: options.price,
		dispute_window,
		slots: options.slots,
	};
	let call = chain::transactions().credits().create_plan(
		artifact,
		terms,
		BoundedVec(bounded("the name", &name, 32)?),
		BoundedVec(bounded("the symbol", &symbol, 16)?),
	);
	let included = client.submit(&call, &account, "create a plan").await?;
	let event: chain::credits::events::PlanCreated = included.event()?;
	let plan = event.plan;
	let deposit = Deposit::of(&client, &client.best().await?, artifact).await?;
	let text = format!(
		"plan {plan} is on sale\n{}\nnext: tally credits buy --plan {plan} --units 1000",
		facts([
			("artifact", artifact.to_string()),
			("price of a unit", show_money(&options.currency, options.price)),
			("tariff", show_tariff(&tariff)),
			("your deposit for the artifact", deposit.words()),
			("block", included.words()),
		])
	);
	let json = json!({
		"plan": plan,
		"artifact": artifact,
		"price": big(options.price),
		"currency": show_currency(&options.currency),
		"tariff": tariff,
		"deposit": deposit.json(),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}

/// A plan, for reading.
pub async fn view(client: &Client, at: &At, plan: PlanId) -> Result<PlanView, Failure> {
	let view: Option<PlanView> = client.ask(at, "plan", plan).await?;
	view.ok_or_else(|| {
		Failure::new(format!("there is no plan {plan}"))
			.code("Credits.PlanNotFound")
			.hint("`tally artifact show ARTIFACT` lists the plans of an artifact")
	})
}

/// The name and the symbol that wallets show for a plan's credits.
async fn names(at: &At, plan: PlanId) -> Result<(String, String), Failure> {
	let metadata =
		at.storage().fetch(chain::storage().assets().metadata(), (plan,)).await.map_err(failed)?;
	let metadata = metadata.decode().map_err(failed)?;
	Ok((text(&metadata.name.0), text(&metadata.symbol.0)))
}

/// A tariff, for people.
pub fn show_tariff(tariff: &Tariff) -> String {
	let parts = [
		(tariff.per_call, "per call"),
		(tariff.per_1k_input, "per 1,000 input tokens"),
		(tariff.per_1k_cached, "per 1,000 cached"),
		(tariff.per_1k_output, "per 1,000 output"),
	];
	let parts = parts.iter().filter(|(units, _)| *units != 0);
	let parts: Vec<_> = parts.map(|(units, what)| format!("{units} {what}")).collect();
	format!("{} (units)", parts.join(", "))
}

/// A plan, for programs.
pub fn plan_json(plan: PlanId, view: &PlanView) -> Value {
	json!({
		"plan": plan,
		"artifact": view.artifact,
		"versions": view.versions.iter().map(hex0x).collect::<Vec<_>>(),
		"tariff": view.tariff,
		"currency": show_currency(&view.currency),
		"price": big(view.price),
		"dispute_window": view.dispute_window,
		"on_sale": view.on_sale,
		"units_in_issue": big(view.units_in_issue),
		"min_balance": big(view.min_balance),
		"terms": hex0x(view.terms),
	})
}

async fn show(plan: PlanId, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let view = view(&client, &at, plan).await?;
	let (name, symbol) = names(&at, plan).await?;
	let versions: Vec<_> = view.versions.iter().map(hex0x).collect();
	let versions = if versions.is_empty() { "any".to_owned() } else { versions.join(", ") };
	let text = format!(
		"plan {plan}: {name} ({symbol})\n{}",
		facts([
			("artifact", view.artifact.to_string()),
			("versions", versions),
			("price of a unit", show_money(&view.currency, view.price)),
			("tariff", show_tariff(&view.tariff)),
			("least balance", format!("{} units", view.min_balance)),
			("dispute window", format!("{} blocks", view.dispute_window)),
			("in issue", format!("{} units", view.units_in_issue)),
			("state", if view.on_sale { "on sale" } else { "retired" }.into()),
			("terms", hex0x(view.terms)),
		])
	);
	let mut json = plan_json(plan, &view);
	json["name"] = name.into();
	json["symbol"] = symbol.into();
	Ok(Report::new(text, json))
}

async fn retire(plan: PlanId, context: &Context) -> Outcome {
	let account = context.account()?;
	let client = context.connect().await?;
	let call = chain::transactions().credits().retire_plan(plan);
	let included = client.submit(&call, &account, "retire the plan").await?;
	let _: chain::credits::events::PlanRetired = included.event()?;
	let text = format!(
		"plan {plan} sells no more; units that were sold stay good\n{}",
		facts([("block", included.words())])
	);
	Ok(Report::new(text, json!({ "plan": plan, "transaction": included.json() })))
}
