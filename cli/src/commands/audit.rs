//! `tally audit`: every change of every balance between two blocks, by reason.
//!
//! Two sources that know nothing of each other: what accounts hold at both blocks, and the events
//! between them. The report says yes only if they agree to the last planck, for every account.

use super::Context;
use crate::{
	account::{self, from_subxt, Account, AccountId},
	amount::{show_tly, SYMBOL},
	chain,
	client::{failed, At, Client},
	output::{big, hex0x, table, Failure, Outcome, Progress, Report},
};
use clap::Args;
use serde_json::{json, Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use subxt::events::DecodeAsEvent;
use tallystick_primitives::{AssetId, Bucket, CurrencyId};

/// Account for every change of every balance between two blocks.
#[derive(Args)]
#[command(after_help = "\
Compares what every account holds at both blocks, adds up what events say happened in between, and shows both:
who held, who paid, who earned, fees included. Accounts, vault, treasury, burnt fees and units in issue sum to
zero. Exit code 1 if anything is unexplained. The node must still have the state of both blocks (the last 256,
or all with --state-pruning archive).
Examples:
  tally audit --from 0
  tally audit --from 10 --to 40 --json")]
pub struct Command {
	/// The block after which changes count.
	#[arg(long, value_name = "BLOCK")]
	from: u32,
	/// The last block that counts. Without it: the best one.
	#[arg(long, value_name = "BLOCK")]
	to: Option<u32>,
}

/// What a change is in: the native token, or the units of a class of assets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
	Native,
	Asset(AssetId),
}

impl Kind {
	fn of(currency: &CurrencyId) -> Self {
		match currency {
			CurrencyId::Native => Self::Native,
			CurrencyId::WithId(id) => Self::Asset(*id),
		}
	}

	fn name(self) -> String {
		match self {
			Self::Native => SYMBOL.to_owned(),
			Self::Asset(id) => format!("asset {id}"),
		}
	}

	fn show(self, amount: i128) -> String {
		let sign = if amount < 0 { "-" } else { "" };
		match self {
			Self::Native => format!("{sign}{}", show_tly(amount.unsigned_abs())),
			Self::Asset(_) => amount.to_string(),
		}
	}
}

/// Who holds something. Treasury, burnt fees and units in issue are no accounts, and stand beside them so
/// that all changes sum to zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Holder {
	Account(AccountId),
	/// All of the vault but the treasury.
	Vault,
	Treasury,
	/// Native tokens that left circulation, or units that entered it: what issuance lost.
	Burnt,
}

/// Holdings at a block.
type Holdings = BTreeMap<(Holder, Kind), i128>;

/// Changes by reason.
type Changes = BTreeMap<(Holder, Kind), BTreeMap<&'static str, i128>>;

/// An inference in the range.
#[derive(Default)]
struct JobFacts {
	request_block: Option<u32>,
	receipt_block: Option<u32>,
	units_held: u128,
	units_charged: u128,
	request: String,
	response: String,
	parameters: String,
	receipt: String,
}

/// Runs the command.
pub async fn run(command: Command, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let best = u32::try_from(client.best().await?.block_number()).unwrap_or(u32::MAX);
	let to = command.to.unwrap_or(best);
	if command.from >= to || to > best {
		return Err(Failure::usage(format!(
			"there is no block after {} and up to {to}",
			command.from
		))
		.hint(format!("the best block is {best}")));
	}
	let progress = client.progress("audit");
	let start = at_number(&client, command.from).await?;
	let end = at_number(&client, to).await?;
	let vault = vault(&end).await?;
	progress.say("reading what everybody holds");
	let before = holdings(&start, &vault).await?;
	let after = holdings(&end, &vault).await?;
	let mut trail = Trail::new(vault);
	for number in command.from + 1..=to {
		trail.read(&client, number, &progress).await?;
	}
	progress.done();
	Ok(report(command.from, to, &before, &after, trail))
}

async fn at_number(client: &Client, number: u32) -> Result<At, Failure> {
	let hash = client.hash_of(number).await?;
	let hash = hash.ok_or_else(|| Failure::new(format!("the node has no block {number}")))?;
	client.at(hash).await
}

/// The vault's account. It is stored nowhere: it follows from a constant.
async fn vault(at: &At) -> Result<AccountId, Failure> {
	let id = at.constants().entry(chain::constants().ledger().vault_id()).map_err(failed)?;
	let mut raw = [0u8; 32];
	let bytes = [b"modl".as_slice(), &id.0].concat();
	raw[..bytes.len()].copy_from_slice(&bytes);
	Ok(AccountId::new(raw))
}

fn signed(amount: u128) -> Result<i128, Failure> {
	i128::try_from(amount).map_err(|_| Failure::new(format!("{amount} is too large to audit")))
}

/// What everybody holds at a block: free and held together.
async fn holdings(at: &At, vault: &AccountId) -> Result<Holdings, Failure> {
	let mut all = Holdings::new();
	let mut kinds = BTreeSet::from([Kind::Native]);
	let storage = at.storage();

	let mut accounts =
		storage.iter(chain::storage().system().account(), ()).await.map_err(failed)?;
	while let Some(entry) = accounts.next().await {
		let entry = entry.map_err(failed)?;
		let (who,) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		let data = entry.value().decode().map_err(failed)?.data;
		let total = signed(data.free)? + signed(data.reserved)?;
		all.insert((Holder::Account(from_subxt(&who)), Kind::Native), total);
	}
	let mut units: Vec<(AssetId, AccountId, u128)> = Vec::new();
	let mut free = storage.iter(chain::storage().assets().account(), ()).await.map_err(failed)?;
	while let Some(entry) = free.next().await {
		let entry = entry.map_err(failed)?;
		let (id, who) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		units.push((id, from_subxt(&who), entry.value().decode().map_err(failed)?.balance));
	}
	let held = chain::storage().assets_holder().balances_on_hold();
	let mut held = storage.iter(held, ()).await.map_err(failed)?;
	while let Some(entry) = held.next().await {
		let entry = entry.map_err(failed)?;
		let (id, who) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		units.push((id, from_subxt(&who), entry.value().decode().map_err(failed)?));
	}
	for (id, who, amount) in units {
		*all.entry((Holder::Account(who), Kind::Asset(id))).or_default() += signed(amount)?;
		kinds.insert(Kind::Asset(id));
	}

	// The treasury is a part of the vault.
	let mut buckets =
		storage.iter(chain::storage().ledger().balances(), ()).await.map_err(failed)?;
	let mut treasury: BTreeMap<Kind, i128> = BTreeMap::new();
	while let Some(entry) = buckets.next().await {
		let entry = entry.map_err(failed)?;
		let (currency, bucket) = entry.key().map_err(failed)?.decode().map_err(failed)?;
		if bucket.0 == Bucket::Treasury {
			let amount = signed(entry.value().decode().map_err(failed)?)?;
			*treasury.entry(Kind::of(&currency.0)).or_default() += amount;
		}
	}
	for kind in kinds {
		let in_treasury = treasury.get(&kind).copied().unwrap_or_default();
		if let Some(total) = all.remove(&(Holder::Account(vault.clone()), kind)) {
			all.insert((Holder::Vault, kind), total - in_treasury);
			all.insert((Holder::Treasury, kind), in_treasury);
		}
		// What the chain says of issuance, not the sum of the accounts: a total that does not fit them
		// shows.
		all.insert((Holder::Burnt, kind), -issuance(at, kind).await?);
	}
	Ok(all)
}

/// What the chain says is in circulation.
async fn issuance(at: &At, kind: Kind) -> Result<i128, Failure> {
	let storage = at.storage();
	let total = match kind {
		Kind::Native => {
			let entry = chain::storage().balances().total_issuance();
			storage.fetch(entry, ()).await.map_err(failed)?.decode().map_err(failed)?
		}
		Kind::Asset(id) => {
			let class = storage
				.try_fetch(chain::storage().assets().asset(), (id,))
				.await
				.map_err(failed)?;
			class.map(|class| class.decode().map_err(failed)).transpose()?.map_or(0, |c| c.supply)
		}
	};
	signed(total)
}

/// What the events of the blocks say.
struct Trail {
	vault: AccountId,
	changes: Changes,
	jobs: BTreeMap<u64, JobFacts>,
}

impl Trail {
	fn new(vault: AccountId) -> Self {
		Self { vault, changes: Changes::new(), jobs: BTreeMap::new() }
	}

	fn note(&mut self, holder: Holder, kind: Kind, reason: &'static str, amount: i128) {
		if amount != 0 {
			let reasons = self.changes.entry((holder, kind)).or_default();
			*reasons.entry(reason).or_default() += amount;
		}
	}

	/// Moves `amount` from one holder to another, for one reason.
	fn moved(&mut self, kind: Kind, from: Holder, to: Holder, reason: &'static str, amount: i128) {
		self.note(from, kind, reason, -amount);
		self.note(to, kind, reason, amount);
	}

	async fn read(
		&mut self,
		client: &Client,
		number: u32,
		progress: &Progress,
	) -> Result<(), Failure> {
		progress.say(format!("reading the events of block {number}"));
		let at = at_number(client, number).await?;
		let events = at.events().fetch().await.map_err(failed)?;
		for event in events.iter() {
			let event = event.map_err(failed)?;
			self.event(number, &event)?;
		}
		Ok(())
	}

	fn event(
		&mut self,
		number: u32,
		event: &subxt::events::Event<'_, subxt::config::SubstrateConfig>,
	) -> Result<(), Failure> {
		use chain::{
			assets::events as assets, assets_holder::events as holder,
			balances::events as balances, inference::events as inference, ledger::events as ledger,
			royalties::events as royalties, transaction_payment::events as payment,
		};
		fn fields<E: DecodeAsEvent>(
			event: &subxt::events::Event<'_, subxt::config::SubstrateConfig>,
		) -> Result<E, Failure> {
			event
				.decode_fields_as::<E>()
				.ok_or_else(|| Failure::new("an event has another name"))?
				.map_err(failed)
		}
		let account = |id: &subxt::utils::AccountId32| Holder::Account(from_subxt(id));
		match (event.pallet_name(), event.event_name()) {
			("TransactionPayment", "TransactionFeePaid") => {
				let paid: payment::TransactionFeePaid = fields(event)?;
				let fee = signed(paid.actual_fee)?;
				self.moved(Kind::Native, account(&paid.who), Holder::Burnt, "fees", fee);
			}
			("Balances", "Transfer") => {
				let transfer: balances::Transfer = fields(event)?;
				let (from, to) = (from_subxt(&transfer.from), from_subxt(&transfer.to));
				// What enters and leaves the vault is told by the ledger, with its purpose.
				if from != self.vault && to != self.vault {
					let (from, to) = (Holder::Account(from), Holder::Account(to));
					self.moved(Kind::Native, from, to, "transfers", signed(transfer.amount)?);
				}
			}
			("Ledger", "Entered") => {
				let entered: ledger::Entered = fields(event)?;
				let (to, reason) = match &entered.bucket.0 {
					Bucket::Treasury => (Holder::Treasury, "anchors"),
					Bucket::Escrow(_) => (Holder::Vault, "credits bought"),
					_ => (Holder::Vault, "other deposits"),
				};
				let kind = Kind::of(&entered.currency.0);
				self.moved(kind, account(&entered.from), to, reason, signed(entered.amount)?);
			}
			("Ledger", "Exited") => {
				let exited: ledger::Exited = fields(event)?;
				let (from, reason) = match &exited.bucket.0 {
					Bucket::Treasury => (Holder::Treasury, "treasury spent"),
					Bucket::Escrow(_) => (Holder::Vault, "credits refunded"),
					_ => (Holder::Vault, "earned"),
				};
				let kind = Kind::of(&exited.currency.0);
				self.moved(kind, from, account(&exited.to), reason, signed(exited.amount)?);
			}
			("Royalties", "Deposited") => {
				let deposited: royalties::Deposited = fields(event)?;
				let kind = Kind::of(&deposited.currency.0);
				let fee = signed(deposited.fee)?;
				self.moved(kind, Holder::Vault, Holder::Treasury, "protocol fee", fee);
			}
			("Assets", "Issued") => {
				let issued: assets::Issued = fields(event)?;
				let kind = Kind::Asset(issued.asset_id);
				let amount = signed(issued.amount)?;
				self.moved(kind, Holder::Burnt, account(&issued.owner), "credits bought", amount);
			}
			("Assets", "Burned") => {
				let burned: assets::Burned = fields(event)?;
				let kind = Kind::Asset(burned.asset_id);
				let amount = signed(burned.balance)?;
				self.moved(kind, account(&burned.owner), Holder::Burnt, "credits refunded", amount);
			}
			("AssetsHolder", "Burned") => {
				let burned: holder::Burned = fields(event)?;
				let kind = Kind::Asset(burned.asset_id);
				let amount = signed(burned.amount)?;
				self.moved(kind, account(&burned.who), Holder::Burnt, "used", amount);
			}
			("Assets", "Transferred") => {
				let transfer: assets::Transferred = fields(event)?;
				let (from, to) = (from_subxt(&transfer.from), from_subxt(&transfer.to));
				if from != self.vault && to != self.vault {
					let kind = Kind::Asset(transfer.asset_id);
					let (from, to) = (Holder::Account(from), Holder::Account(to));
					self.moved(kind, from, to, "transfers", signed(transfer.amount)?);
				}
			}
			("Inference", "Requested") => {
				let asked: inference::Requested = fields(event)?;
				let job = self.jobs.entry(asked.job).or_default();
				job.request_block = Some(number);
				job.units_held = asked.units;
				job.request = hex0x(asked.request);
			}
			("Inference", "ReceiptAccepted") => {
				let accepted: inference::ReceiptAccepted = fields(event)?;
				let job = self.jobs.entry(accepted.job).or_default();
				job.receipt_block = Some(number);
				job.units_charged = accepted.receipt.units;
				job.request = hex0x(accepted.receipt.request);
				job.response = hex0x(accepted.receipt.response);
				job.parameters = hex0x(accepted.receipt.parameters);
				job.receipt = hex0x(accepted.hash);
			}
			_ => {}
		}
		Ok(())
	}
}

/// The well-known development accounts by their names, all others by their addresses.
fn name(holder: &Holder, known: &BTreeMap<AccountId, &'static str>) -> String {
	match holder {
		Holder::Account(id) => {
			known.get(id).map_or_else(|| account::show(id), |name| (*name).to_owned())
		}
		Holder::Vault => "vault".to_owned(),
		Holder::Treasury => "treasury".to_owned(),
		Holder::Burnt => "burnt fees and units in issue".to_owned(),
	}
}

fn development_accounts() -> BTreeMap<AccountId, &'static str> {
	["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"]
		.into_iter()
		.filter_map(|uri| Some((Account::from_suri(uri).ok()?.id(), uri)))
		.collect()
}

fn report(from: u32, to: u32, before: &Holdings, after: &Holdings, mut trail: Trail) -> Report {
	let known = development_accounts();
	let keys: BTreeSet<(Holder, Kind)> =
		before.keys().chain(after.keys()).chain(trail.changes.keys()).cloned().collect();
	let mut sums: BTreeMap<Kind, i128> = BTreeMap::new();
	let mut unexplained = Vec::new();
	let mut accounts: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
	let mut rows = Vec::new();
	for key in keys {
		let (holder, kind) = key.clone();
		let start = before.get(&key).copied().unwrap_or_default();
		let end = after.get(&key).copied().unwrap_or_default();
		let mut reasons = trail.changes.remove(&key).unwrap_or_default();
		let explained: i128 = reasons.values().sum();
		*sums.entry(kind).or_default() += end - start;
		if explained != end - start {
			reasons.insert("unexplained", end - start - explained);
			unexplained.push(format!("{} in {}", name(&holder, &known), kind.name()));
		}
		if reasons.is_empty() {
			continue;
		}
		let who = name(&holder, &known);
		let mut first = true;
		for (reason, amount) in &reasons {
			let once = |text: String| if first { text } else { String::new() };
			rows.push([
				once(kind.name()),
				once(who.clone()),
				once(kind.show(start)),
				(*reason).to_owned(),
				kind.show(*amount),
				once(kind.show(end)),
			]);
			first = false;
		}
		let changes: Map<String, Value> =
			reasons.iter().map(|(reason, n)| ((*reason).to_owned(), number(*n))).collect();
		accounts.entry(who).or_default().insert(
			kind.name(),
			json!({ "before": number(start), "after": number(end), "changes": changes }),
		);
	}
	// Currencies must not make up for each other: the sum of what each is off by.
	let off: u128 = sums.values().map(|sum| sum.unsigned_abs()).sum();
	let ok = off == 0 && unexplained.is_empty();
	let verdict = if ok {
		"every change is explained, and all of them sum to zero".to_owned()
	} else {
		format!("NOT EXPLAINED: {}", unexplained.join(", "))
	};
	let text = format!(
		"blocks {} to {to}\n\n{}\n\n{}\n{verdict}",
		from + 1,
		table(["currency", "who", "before", "reason", "change", "after"], rows),
		sums.iter()
			.map(|(kind, sum)| format!("sum of changes in {}: {}", kind.name(), kind.show(*sum)))
			.collect::<Vec<_>>()
			.join("\n"),
	);
	let jobs: Vec<Value> = trail
		.jobs
		.iter()
		.map(|(job, facts)| {
			json!({
				"job": job,
				"request_block": facts.request_block,
				"receipt_block": facts.receipt_block,
				"units_held": big(facts.units_held),
				"units_charged": big(facts.units_charged),
				"digests": {
					"request": facts.request,
					"response": facts.response,
					"parameters": facts.parameters,
					"receipt": facts.receipt,
				},
			})
		})
		.collect();
	let json = json!({
		"from": from,
		"to": to,
		"jobs": jobs,
		"accounts": accounts,
		"sums": sums.iter().map(|(k, sum)| (k.name(), number(*sum))).collect::<Map<_, _>>(),
		"sum_of_changes": u64::try_from(off).map_or_else(|_| big(off), Value::from),
		"unexplained": unexplained,
	});
	Report::new(text, json).with_ok(ok)
}

/// A signed amount for programs: a string, because it can be past 2^53.
fn number(amount: i128) -> Value {
	Value::String(amount.to_string())
}
