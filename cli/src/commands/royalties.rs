//! `tally royalties`: what an artifact earned, and who has it.

use super::{parse_currency, show_currency, show_money, Context};
use crate::{
	account::{self, parse_account, to_subxt, AccountId},
	chain,
	client::{failed, At},
	output::{big, facts, table, Failure, Outcome, Report},
};
use clap::Subcommand;
use serde_json::json;
use subxt::utils::Static;
use tallystick_primitives::{ArtifactId, Balance, Bucket, CurrencyId};

/// See what an artifact earned, and who has it.
#[derive(Subcommand)]
pub enum Command {
	/// Show what an artifact earned, what of it is pending, and what its people can claim.
	#[command(after_help = "\
Money flows by itself. Pending is what waits for the next wave, or for the currency's threshold. Claimable is \
what an account could not be paid, or what is below the threshold: owner and contributors are looked up, \
others with --of.
Examples:
  tally royalties show 0
  tally royalties show 0 --of //Charlie")]
	Show {
		/// The artifact.
		artifact: ArtifactId,
		/// An account to look up as well. Can be given again.
		#[arg(long = "of", value_name = "ACCOUNT", value_parser = parse_account)]
		accounts: Vec<AccountId>,
	},
	/// Have an account paid all that it can claim. Anybody can send this: the money goes to the account.
	#[command(after_help = "\
Example:
  tally royalties claim --account //Charlie")]
	Claim {
		/// Whose. Without it: the account that signs.
		#[arg(long, value_name = "ACCOUNT", value_parser = parse_account)]
		of: Option<AccountId>,
		/// In what: native, or the id of an asset.
		#[arg(long, default_value = "native", value_parser = parse_currency)]
		currency: CurrencyId,
	},
}

/// Runs a command of this group.
pub async fn run(command: Command, context: &Context) -> Outcome {
	match command {
		Command::Show { artifact, accounts } => show(artifact, accounts, context).await,
		Command::Claim { of, currency } => claim(of, currency, context).await,
	}
}

/// What an artifact earned in a currency.
struct Earned {
	currency: CurrencyId,
	deposited: Balance,
	distributed: Balance,
	pending: Balance,
}

async fn in_bucket(
	at: &At,
	currency: &CurrencyId,
	bucket: Bucket<subxt::utils::AccountId32>,
) -> Result<Balance, Failure> {
	let entry = chain::storage().ledger().balances();
	let key = (Static(currency.clone()), Static(bucket));
	let amount = at.storage().fetch(entry, key).await.map_err(failed)?;
	amount.decode().map_err(failed)
}

async fn earned(at: &At, artifact: ArtifactId) -> Result<Vec<Earned>, Failure> {
	let tallies = chain::storage().royalties().tallies();
	let mut stored = at.storage().iter(tallies, (artifact,)).await.map_err(failed)?;
	let mut all = Vec::new();
	while let Some(entry) = stored.next().await {
		let entry = entry.map_err(failed)?;
		let (_, currency) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		let tally = entry.value().decode().map_err(failed)?;
		all.push(Earned {
			pending: in_bucket(at, &currency.0, Bucket::Pending(artifact)).await?,
			currency: currency.0,
			deposited: tally.deposited,
			distributed: tally.distributed,
		});
	}
	Ok(all)
}

async fn show(artifact: ArtifactId, accounts: Vec<AccountId>, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let view = super::artifact::view(&client, &at, artifact).await?;
	let earned = earned(&at, artifact).await?;
	let mut people = vec![("owner", view.owner.clone())];
	people.extend(view.contributors.iter().map(|(who, _)| ("contributor", who.clone())));
	people.extend(accounts.into_iter().map(|who| ("", who)));
	let mut currencies = vec![CurrencyId::Native];
	currencies.extend(
		earned.iter().map(|one| one.currency.clone()).filter(|one| *one != CurrencyId::Native),
	);
	let mut claimable = Vec::new();
	for (role, who) in &people {
		for currency in &currencies {
			let bucket = Bucket::Claimable(to_subxt(who));
			claimable.push((*role, who, currency, in_bucket(&at, currency, bucket).await?));
		}
	}
	let mut text = format!("artifact {artifact}\n");
	if earned.is_empty() {
		text.push_str("nothing earned yet");
	} else {
		let rows = earned.iter().map(|one| {
			[
				show_currency(&one.currency),
				show_money(&one.currency, one.deposited),
				show_money(&one.currency, one.distributed),
				show_money(&one.currency, one.pending),
			]
		});
		text.push_str(&table(["currency", "deposited", "distributed", "pending"], rows));
	}
	let rows = claimable.iter().map(|(role, who, currency, amount)| {
		[role.to_string(), account::show(who), show_money(currency, *amount)]
	});
	text.push_str(&format!("\n\n{}", table(["", "account", "claimable"], rows)));
	let json = json!({
		"artifact": artifact,
		"earned": earned.iter().map(|one| json!({
			"currency": show_currency(&one.currency),
			"deposited": big(one.deposited),
			"distributed": big(one.distributed),
			"pending": big(one.pending),
		})).collect::<Vec<_>>(),
		"claimable": claimable.iter().map(|(role, who, currency, amount)| json!({
			"account": account::show(who),
			"role": role,
			"currency": show_currency(currency),
			"amount": big(*amount),
		})).collect::<Vec<_>>(),
	});
	Ok(Report::new(text, json))
}

async fn claim(of: Option<AccountId>, currency: CurrencyId, context: &Context) -> Outcome {
	let account = context.account()?;
	let who = of.unwrap_or_else(|| account.id());
	let client = context.connect().await?;
	let call = chain::transactions().ledger().claim(Static(currency.clone()), to_subxt(&who));
	let included = client.submit(&call, &account, "claim").await?;
	let event: chain::ledger::events::Exited = included.event()?;
	let text = format!(
		"{} is paid\n{}",
		account::show(&who),
		facts([("amount", show_money(&currency, event.amount)), ("block", included.words())])
	);
	let json = json!({
		"account": account::show(&who),
		"currency": show_currency(&currency),
		"amount": big(event.amount),
		"transaction": included.json(),
	});
	Ok(Report::new(text, json))
}
