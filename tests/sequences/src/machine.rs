//! Turns steps into calls that fit the state, makes them, and tells the model what succeeded.

use crate::{
	chain::{
		self, account, accounts, begin_block, dispatch, dispatch_from, end_block, service_pair,
		take_events, Chain, Who, ACCOUNTS, CLASS_OWNER, COLLECTION_OWNER, PEOPLE, VAULT,
	},
	check::{self, currencies, tokens, ASSETS},
	model::{self, Model, Released, SplitUp, Units, WHOLE},
	must,
	setup::Start,
	step::{By, Flaw, Part, Pick, Size, Step},
	Violation,
};
use codec::Compact;
use frame_support::{
	dispatch::CheckIfFeeless,
	storage::with_storage_layer,
	traits::{fungibles, Get},
};
use pallet_credits::PlanTerms;
use pallet_inference::{InlineInput, JobInput, RequestParams};
use pallet_provenance::{AnchorInfo, AnchorKind, DigestAlgorithm};
use pallet_registry::{
	Contributor, Derivation, Licence, Metadata, ParentClaim, Relation, VersionInfo,
};
use sp_core::{Pair, H256};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	BoundedVec, DispatchResult,
};
use std::collections::BTreeMap;
use tallystick_primitives::{
	service_key::ownership_hash, ArtifactId, ArtifactKind, Balance, Bucket, CountedBy, CurrencyId,
	Digest, EndpointKind, FinishReason, JobId, PlanId, Receipt, Share, Tariff, Tokens,
};
use tallystick_runtime::{
	configs, units::EXISTENTIAL_DEPOSIT, AccountId, Assets, Inference, Registry, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};

/// The number of a thing that there is not.
const NOWHERE: u32 = 4_000_000_000;

/// How often each call, and each thing that the chain does by itself, succeeded and failed.
#[derive(Clone, Default, Debug)]
pub struct Coverage(pub BTreeMap<&'static str, (u64, u64)>);

impl Coverage {
	fn count(&mut self, what: &'static str, success: bool) {
		let (successes, failures) = self.0.entry(what).or_default();
		*if success { successes } else { failures } += 1;
	}

	/// Adds what another run covered.
	pub fn add(&mut self, other: &Self) {
		for (what, (successes, failures)) in &other.0 {
			let entry = self.0.entry(what).or_default();
			entry.0 += successes;
			entry.1 += failures;
		}
	}

	/// What of `wanted` never succeeded.
	pub fn missing(&self, wanted: &[&'static str]) -> Vec<&'static str> {
		let never = |what: &&&str| self.0.get(**what).is_none_or(|(successes, _)| *successes == 0);
		wanted.iter().filter(never).copied().collect()
	}
}

/// These have tokens to begin with; the others nothing but what is sent to them.
pub const RICH: Who = PEOPLE - 8;

/// All calls of the five pallets.
pub const CALLS: [&str; 22] = [
	"ledger.claim",
	"ledger.admit_currency",
	"ledger.report_impaired",
	"ledger.spend",
	"credits.create_plan",
	"credits.buy",
	"credits.close",
	"credits.retire_plan",
	"royalties.distribute",
	"royalties.mark",
	"registry.register",
	"registry.publish",
	"registry.confirm_parent",
	"inference.register_provider",
	"inference.update_provider",
	"inference.leave",
	"inference.offer",
	"inference.accept_offering",
	"inference.withdraw_offering",
	"inference.request",
	"inference.submit_receipt",
	"inference.decline",
];

/// What else has to happen in a long run.
pub const HAPPENINGS: [&str; 13] = [
	"an artifact changes hands",
	"an asset is frozen",
	"a claim waits",
	"a currency is impaired",
	"a currency is restored",
	"a donation",
	"a job lapses",
	"a job matures",
	"a payout",
	"a request is feeless",
	"a split",
	"an account dies",
	"an issuer takes from the vault",
];

/// A chain and its model.
pub struct Machine {
	chain: Chain,
	/// The rest: apart from the chain, so that it can be used while the chain's state is.
	world: World,
}

impl Machine {
	/// A chain with the accounts, currencies and lineage of `start`.
	pub fn new(start: &Start) -> Result<Self, Violation> {
		let fee: Share = configs::royalties::ProtocolFee::get();
		let world = World {
			model: Model::new(fee.deconstruct()),
			limit: start.limit(),
			..World::default()
		};
		let mut machine = Self { chain: Chain::new(), world };
		machine.chain.run(|| machine.world.found())?;
		for step in start.steps() {
			machine.perform(&step)?;
		}
		machine.chain.compact();
		machine.world.story.clear();
		machine.world.coverage = Coverage::default();
		machine.check()?;
		Ok(machine)
	}

	/// Makes a step.
	pub fn perform(&mut self, step: &Step) -> Result<(), Violation> {
		let world = &mut self.world;
		self.chain.run(|| world.perform(step))?;
		world.performed += 1;
		if world.performed.is_multiple_of(100) {
			self.chain.compact();
		}
		Ok(())
	}

	/// Checks everything.
	pub fn check(&mut self) -> Result<(), Violation> {
		let model = &self.world.model;
		self.chain.run(|| check::all(model))
	}

	/// Lets all jobs end and all money flow, and checks everything again.
	pub fn finish(&mut self) -> Result<f64, Violation> {
		let world = &mut self.world;
		self.chain.run(|| world.finish())?;
		self.check()?;
		self.world.model.check_rounding()
	}

	/// What happened, for people.
	pub fn story(&self) -> String {
		self.world.story.join("\n")
	}

	/// What was covered.
	pub fn coverage(&self) -> &Coverage {
		&self.world.coverage
	}
}

/// All but the chain's state. Its functions run inside the chain's externalities.
#[derive(Default)]
struct World {
	model: Model,
	coverage: Coverage,
	story: Vec<String>,
	/// The most artifacts.
	limit: u32,
	performed: u64,
	/// Makes versions and commitments unlike each other.
	counter: u64,
	/// Receipts that were accepted, to hand in again.
	receipts: Vec<(Receipt<AccountId>, Who)>,
	/// The last request's commitment, to use again.
	commitment: Option<(Who, Digest)>,
	/// What a deposit said, until its job is said to have matured.
	deposit: Option<Released>,
}

fn nth<T>(things: impl IntoIterator<Item = T>, pick: Pick) -> Option<T> {
	let mut things: Vec<T> = things.into_iter().collect();
	if things.is_empty() {
		return None;
	}
	let place = usize::from(pick) % things.len();
	Some(things.swap_remove(place))
}

fn bounded<L: Get<u32>>(bytes: &[u8]) -> BoundedVec<u8, L> {
	bytes.to_vec().try_into().expect("short")
}

fn now() -> u32 {
	System::block_number()
}

fn by(by: By, right: Who) -> Who {
	match by {
		By::Right => right,
		By::Account(who) => who % PEOPLE,
	}
}

/// How much of `all`, where `least` is what makes sense.
fn amount(size: Size, least: Balance, all: Balance) -> Balance {
	match size {
		Size::Least => least,
		Size::Some(n) => (all / 4 / 65_536).saturating_mul(n.into()) + Balance::from(n % 97),
		Size::All => all,
		Size::Zero => 0,
		Size::Absurd => Balance::MAX,
	}
}

fn currency(n: u8) -> CurrencyId {
	// The native token half of the time.
	let all = currencies();
	let place = usize::from(n) % (2 * all.len() - 2);
	all.get(place).cloned().unwrap_or(CurrencyId::Native)
}

fn share(part: u32) -> Share {
	Share::from_parts(part)
}

/// Whether the vault has less of a currency than is booked.
fn is_short(currency: &CurrencyId) -> bool {
	tokens(currency, &account(VAULT)) < pallet_ledger::Booked::<Runtime>::get(currency)
}

impl World {
	/// Accounts with tokens, and currencies.
	fn found(&mut self) -> Result<(), Violation> {
		use pallet_assets::Call as Asset;
		let root = RuntimeOrigin::root;
		let fail = |error| Violation(format!("the set-up failed: {error:?}"));
		for who in 0..RICH {
			let endow = pallet_balances::Call::force_set_balance {
				who: account(who).into(),
				new_free: 1_000_000_000 * EXISTENTIAL_DEPOSIT,
			};
			dispatch_from(root(), endow).map_err(fail)?;
		}
		let thresholds: [Balance; 3] = [1_000, 10, 1];
		for (n, id) in (0u8..).zip(ASSETS) {
			// One on which an account can live, one of which it needs ten, one as usual.
			let (sufficient, min_balance) = (n == 0, if n == 1 { 10 } else { 1 });
			let (id, owner) = (Compact(id), account(n).into());
			let create = Asset::force_create { id, owner, is_sufficient: sufficient, min_balance };
			dispatch_from(root(), create).map_err(fail)?;
			for who in (0..RICH).chain([VAULT]) {
				let amount = if who == VAULT { 10 } else { 1_000_000_000_000 };
				let mint = Asset::mint { id, beneficiary: account(who).into(), amount };
				dispatch(n, mint).map_err(fail)?;
			}
			let admit = pallet_ledger::Call::admit_currency {
				currency: CurrencyId::WithId(id.0),
				threshold: thresholds[usize::from(n)],
			};
			dispatch_from(root(), admit).map_err(fail)?;
		}
		// `force_create` does not count ids.
		pallet_assets::NextAssetId::<Runtime>::put(ASSETS[2] + 1);
		for currency in currencies() {
			for who in 0..ACCOUNTS {
				*self.model.wealth_mut(&currency, who) =
					model::signed(tokens(&currency, &account(who)));
			}
		}
		take_events();
		Ok(())
	}

	fn tell(&mut self, line: String) {
		self.story.push(format!("{:4}. block {}: {line}", self.story.len() + 1, now()));
	}

	/// Notes the outcome of a call.
	fn note(&mut self, name: &'static str, line: String, result: &DispatchResult) -> bool {
		let outcome = match result {
			Ok(()) => "done".into(),
			Err(error) => format!("refused, {}", name_of(error)),
		};
		self.tell(format!("{name} {line}: {outcome}"));
		self.coverage.count(name, result.is_ok());
		result.is_ok()
	}

	fn call(
		&mut self,
		who: Who,
		name: &'static str,
		line: String,
		call: impl Into<RuntimeCall>,
	) -> bool {
		let result = dispatch(who, call);
		self.note(name, format!("by {who}: {line}"), &result)
	}

	fn as_root(
		&mut self,
		root: bool,
		name: &'static str,
		line: String,
		call: impl Into<RuntimeCall>,
	) -> Result<bool, Violation> {
		let origin = if root { RuntimeOrigin::root() } else { RuntimeOrigin::signed(account(3)) };
		let result = dispatch_from(origin, call);
		let done =
			self.note(name, format!("{}: {line}", if root { "by root" } else { "by 3" }), &result);
		must!(root || !done, "{name} is for root, and an account did it");
		Ok(done)
	}

	fn unique(&mut self) -> Digest {
		self.counter += 1;
		Digest::from_low_u64_be(self.counter)
	}

	fn perform(&mut self, step: &Step) -> Result<(), Violation> {
		self.act(step.clone())?;
		self.follow_events()
	}

	fn act(&mut self, step: Step) -> Result<(), Violation> {
		match step {
			Step::Advance(blocks) => return self.advance(blocks),
			Step::Register { who, kind, licence, parents, contributors, flaw } => {
				self.register(who, kind, licence, parents, contributors, flaw)
			}
			Step::Publish { artifact, by, flaw } => self.publish(artifact, by, flaw),
			Step::ConfirmParent { edge, by, flaw } => self.confirm_parent(edge, by, flaw),
			Step::HandOver { artifact, to } => return self.hand_over(artifact, to),
			Step::CreatePlan { artifact, by, currency, price, tariff, window, slots, flaw } => {
				self.create_plan(artifact, by, currency, price, tariff, window, slots, flaw)
			}
			Step::Buy { who, plan, units, flaw } => return self.buy(who, plan, units, flaw),
			Step::Close { holding, by } => return self.close(holding, by),
			Step::RetirePlan { plan, by } => self.retire_plan(plan, by),
			Step::RegisterProvider { who, flaw } => self.register_provider(who, flaw),
			Step::UpdateProvider { provider, by, new_key, flaw } => {
				self.update_provider(provider, by, new_key, flaw)
			}
			Step::Leave { provider, by } => self.leave(provider, by),
			Step::Offer { provider, by, artifact, part, deadline, flaw } => {
				self.offer(provider, by, artifact, part, deadline, flaw)
			}
			Step::AcceptOffering { offering, by, flaw } => self.accept_offering(offering, by, flaw),
			Step::WithdrawOffering { offering, by, owner } => {
				self.withdraw_offering(offering, by, owner)
			}
			Step::Request { holding, by, offering, named, inline, units, deadline, salt, flaw } => {
				return self
					.request(holding, by, offering, named, inline, units, deadline, salt, flaw)
			}
			Step::SubmitReceipt { job, prompt, cached, completion, error, flaw } => {
				return self.submit_receipt(job, prompt, cached, completion, error, flaw)
			}
			Step::Decline { job, by } => return self.decline(job, by),
			Step::Distribute { by, steps } => {
				let line = format!("{steps} steps");
				let call = pallet_royalties::Call::distribute { steps: steps.into() };
				self.call(by, "royalties.distribute", line, call);
			}
			Step::Mark { by, artifact, currency } => self.mark(by, artifact, currency),
			Step::Claim { by, claim } => self.claim(by, claim),
			Step::AdmitCurrency { currency, threshold, root } => {
				return self.admit_currency(currency, threshold, root)
			}
			Step::ReportImpaired { by, currency } => self.report_impaired(by, currency),
			Step::Spend { currency, to, amount, root } => {
				return self.spend(currency, to, amount, root)
			}
			Step::Anchor { who, salt } => return self.anchor(who, salt),
			Step::Donate { who, to, currency, amount } => {
				let to = [VAULT, VAULT, CLASS_OWNER, COLLECTION_OWNER][usize::from(to % 4)];
				return self.send(who, to, currency, amount, true, true);
			}
			Step::Send { from, to, currency, amount, keep_alive } => {
				return self.send(from, to, currency, amount, keep_alive, false)
			}
			Step::SendCredits { holding, to, amount, way } => {
				return self.send_credits(holding, to, amount, way)
			}
			Step::Issuer { asset, act, account, amount } => {
				return self.issuer(asset, act, account, amount)
			}
			Step::Forbidden { who, what, pick } => return self.forbidden(who, what, pick),
		}
		Ok(())
	}

	/// What the chain did by itself, or a call did beside its own work: the model follows, and each
	/// amount in an event is the model's.
	fn follow_events(&mut self) -> Result<(), Violation> {
		for event in take_events() {
			match event {
				RuntimeEvent::Royalties(event) => self.follow_royalties(event)?,
				RuntimeEvent::Inference(event) => self.follow_inference(event)?,
				RuntimeEvent::Ledger(pallet_ledger::Event::Deferred { .. }) => {
					self.coverage.count("a claim waits", true);
				}
				RuntimeEvent::Ledger(pallet_ledger::Event::CurrencyImpaired { .. }) => {
					self.coverage.count("a currency is impaired", true);
				}
				RuntimeEvent::Ledger(pallet_ledger::Event::CurrencyRestored { .. }) => {
					self.coverage.count("a currency is restored", true);
				}
				RuntimeEvent::System(frame_system::Event::KilledAccount { .. }) => {
					self.coverage.count("an account dies", true);
				}
				_ => {}
			}
		}
		must!(self.deposit.is_none(), "money was distributed, and no job matured");
		Ok(())
	}

	fn follow_royalties(
		&mut self,
		event: pallet_royalties::Event<Runtime>,
	) -> Result<(), Violation> {
		use pallet_royalties::Event;
		match event {
			Event::Deposited { fee, gross, provider, .. } => {
				let provider = provider.map(|(_, amount)| amount).unwrap_or_default();
				let amount = fee + gross;
				self.deposit = Some(Released { amount, fee, gross, provider });
			}
			Event::Split { artifact, currency, gross, to_parents, to_contributors, to_owner } => {
				let should = self.model.split(artifact, &currency);
				let split = SplitUp {
					gross,
					parents: to_parents,
					contributors: to_contributors,
					owner: to_owner,
				};
				self.tell(format!("artifact {artifact} splits {currency:?}: {split:?}"));
				self.coverage.count("a split", true);
				must!(
					split == should,
					"artifact {artifact} split {split:?}, and should {should:?}"
				);
			}
			Event::PaidOut { .. } => self.coverage.count("a payout", true),
			Event::__Ignore(..) => {}
		}
		Ok(())
	}

	fn follow_inference(
		&mut self,
		event: pallet_inference::Event<Runtime>,
	) -> Result<(), Violation> {
		use pallet_inference::Event;
		match event {
			Event::Matured { job, .. } => {
				let should = self.model.mature(job, now())?;
				let released = self.deposit.take();
				self.tell(format!("job {job} matures: {should:?}"));
				self.coverage.count("a job matures", true);
				must!(
					released == Some(should),
					"job {job} released {released:?}, and should {should:?}"
				);
			}
			Event::Lapsed { job, .. } => {
				let expires = self.model.jobs.get(&job).map(|job| job.expires);
				must!(
					expires.is_some_and(|last| last + 1 == now()),
					"job {job} lapsed in block {}, and a receipt counts until {expires:?}",
					now()
				);
				self.tell(format!("job {job} lapses"));
				self.coverage.count("a job lapses", true);
				self.model.end(job)?;
			}
			Event::MaturingFailed { job, error, .. } | Event::LapseFailed { job, error, .. } => {
				return Err(format!("job {job} could not end: {error:?}").into());
			}
			_ => {}
		}
		Ok(())
	}

	fn advance(&mut self, blocks: u8) -> Result<(), Violation> {
		self.tell(format!("{blocks} blocks pass"));
		for _ in 0..blocks {
			end_block();
			self.follow_events()?;
			begin_block();
			self.follow_events()?;
			let late = self.model.jobs.iter().find(|(_, job)| match job.settled {
				None => job.expires < now(),
				Some((_, due)) => due <= now(),
			});
			must!(late.is_none(), "a job should have ended by block {}: {late:?}", now());
		}
		Ok(())
	}

	fn register(
		&mut self,
		who: Who,
		kind: u8,
		licence: u8,
		parents: Vec<(Pick, Part)>,
		contributors: Vec<(u8, Part)>,
		flaw: Flaw,
	) {
		let id = self.model.artifacts.len() as ArtifactId;
		if id >= self.limit {
			return self.tell("there are as many artifacts as there may be".into());
		}
		let flaw = flaw.of(6);
		let mut left = WHOLE;
		let mut take = |part: Part| {
			let share = part.0.min(left);
			left -= share;
			share
		};
		let mut claims: Vec<(ArtifactId, u32)> = Vec::new();
		for (pick, part) in parents {
			let free = (0..id).filter(|id| self.model.artifacts[*id as usize].free);
			let Some(parent) = nth(free, pick) else { continue };
			if !claims.iter().any(|(id, _)| *id == parent) {
				claims.push((parent, take(part)));
			}
		}
		let mut named: Vec<(Who, u32)> = Vec::new();
		for (who, part) in contributors {
			let share = take(Part(part.0.max(1)));
			if share > 0 && !named.iter().any(|(known, _)| *known == who) {
				named.push((who, share));
			}
		}
		match flaw {
			2 => named.push((ACCOUNTS - 1, WHOLE)),
			3 => claims.push((NOWHERE, 0)),
			4 => claims.extend(claims.first().copied()),
			5 => named.push((who, 0)),
			_ => {}
		}
		let relations = [
			Relation::FineTunedFrom,
			Relation::TrainedOn,
			Relation::DistilledFrom,
			Relation::QuantizedFrom,
			Relation::MergedFrom,
			Relation::UsesCode,
		];
		let kinds =
			[ArtifactKind::Model, ArtifactKind::Adapter, ArtifactKind::Dataset, ArtifactKind::Code];
		let derivations = [Derivation::Free, Derivation::ByApproval, Derivation::Never];
		let terms = Licence {
			spdx: bounded(b"Apache-2.0"),
			terms: Digest::zero(),
			commercial_use: licence & 1 == 0,
			derivation: derivations[usize::from(licence >> 1) % 3],
			training_use: licence & 8 == 0,
			least_share: share(if licence & 16 == 0 { 0 } else { WHOLE / 20 }),
			expires: match flaw {
				6 => Some(now()),
				_ => (licence & 32 != 0).then(|| now() + 30),
			},
		};
		let call = pallet_registry::Call::register {
			kind: kinds[usize::from(kind % 4)],
			metadata: Metadata {
				digest: if flaw == 1 { Digest::zero() } else { Digest::repeat_byte(1) },
				uri: bounded(b"ipfs://m"),
			},
			licence: terms,
			parents: claims
				.iter()
				.map(|&(artifact, part)| ParentClaim {
					artifact,
					relation: relations[usize::from(kind) % 6],
					share: share(part),
				})
				.collect::<Vec<_>>()
				.try_into()
				.expect("few"),
			contributors: named
				.iter()
				.map(|&(who, part)| Contributor { account: account(who), share: share(part) })
				.collect::<Vec<_>>()
				.try_into()
				.expect("few"),
		};
		let line = format!("artifact {id}, parents {claims:?}, contributors {named:?}");
		if self.call(who, "registry.register", line, call) {
			self.model.artifacts.push(model::Artifact {
				owner: who,
				parents: claims,
				contributors: named,
				free: licence == 0,
				versions: Vec::new(),
			});
		}
	}

	fn pick_artifact(&self, pick: Pick) -> Option<ArtifactId> {
		nth(0..self.model.artifacts.len() as ArtifactId, pick)
	}

	fn owner(&self, artifact: ArtifactId) -> Who {
		self.model.artifacts.get(artifact as usize).map_or(0, |artifact| artifact.owner)
	}

	fn publish(&mut self, pick: Pick, who: By, flaw: Flaw) {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let flaw = flaw.of(3);
		let known = self.model.artifacts.get(artifact as usize).and_then(|a| a.versions.first());
		let version = match (flaw, known) {
			(1, _) => Digest::zero(),
			(2, Some(known)) => *known,
			_ => self.unique(),
		};
		let files = if flaw == 3 { 0 } else { 1 };
		let info = VersionInfo { format: bounded(b"gguf"), files, bytes: 1, uri: bounded(b"") };
		let call = pallet_registry::Call::publish { artifact, version, info };
		let line = format!("version {} of artifact {artifact}", short(&version));
		if self.call(by(who, self.owner(artifact)), "registry.publish", line, call) {
			self.model.artifacts[artifact as usize].versions.push(version);
		}
	}

	fn confirm_parent(&mut self, pick: Pick, who: By, flaw: Flaw) {
		let edges = (0..).zip(&self.model.artifacts).flat_map(|(child, artifact)| {
			artifact.parents.iter().map(move |(parent, _)| (child, *parent))
		});
		let (child, mut parent) = nth(edges, pick).unwrap_or((NOWHERE, NOWHERE));
		if flaw.of(1) == 1 {
			parent = child;
		}
		let call = pallet_registry::Call::confirm_parent { child, parent };
		let line = format!("{parent} is a parent of {child}");
		self.call(by(who, self.owner(parent)), "registry.confirm_parent", line, call);
	}

	/// As a trading pallet has to do it: what waits for the owner goes to the owner first.
	///
	/// The keyless accounts are no owners: the deposit would be held from the vault's money.
	fn hand_over(&mut self, pick: Pick, to: u8) -> Result<(), Violation> {
		let to = to % PEOPLE;
		let Some(artifact) = self.pick_artifact(pick) else { return Ok(()) };
		for currency in self.model.owed_to_owner(artifact) {
			let mark = pallet_royalties::Call::mark { artifact, currency: currency.clone() };
			let line = format!("artifact {artifact}, {currency:?}");
			if !self.call(0, "royalties.mark", line, mark) {
				self.tell(format!("artifact {artifact} stays: too little waits for its owner"));
				return Ok(());
			}
		}
		for _ in 0..100 {
			if self.model.owed_to_owner(artifact).is_empty() {
				break;
			}
			let distribute = pallet_royalties::Call::distribute { steps: 32 };
			self.call(0, "royalties.distribute", "32 steps".into(), distribute);
			self.follow_events()?;
		}
		if !self.model.owed_to_owner(artifact).is_empty() {
			self.tell(format!("artifact {artifact} stays: too much is due before it"));
			return Ok(());
		}
		let result = with_storage_layer(|| Registry::hand_over(artifact, &account(to)));
		let line = format!("artifact {artifact} from {} to {to}", self.owner(artifact));
		if self.note("an artifact changes hands", line, &result) {
			self.model.artifacts[artifact as usize].owner = to;
		}
		Ok(())
	}

	#[allow(clippy::too_many_arguments)]
	fn create_plan(
		&mut self,
		pick: Pick,
		who: By,
		money: u8,
		price: u8,
		tariff: u8,
		window: u8,
		slots: u8,
		flaw: Flaw,
	) {
		const NATIVE_PRICES: [Balance; 6] =
			[1, 7, 1_000_000, 333_333_333, 1_000_000_000, 999_999_937];
		const ASSET_PRICES: [Balance; 4] = [1, 3, 10, 1_000];
		const TARIFFS: [(u64, u64, u64, u64); 5] =
			[(100, 1_000, 100, 2_000), (1, 0, 0, 0), (0, 1, 0, 3), (7, 13, 5, 17), (0, 0, 0, 1)];
		let published = (0..).zip(&self.model.artifacts).filter(|(_, a)| !a.versions.is_empty());
		let artifact: ArtifactId = nth(published.map(|(id, _)| id), pick).unwrap_or(NOWHERE);
		let plan = pallet_assets::NextAssetId::<Runtime>::get().unwrap_or_default();
		let flaw = flaw.of(7);
		let mut currency = currency(money);
		let mut price = match currency {
			CurrencyId::Native => NATIVE_PRICES[usize::from(price) % NATIVE_PRICES.len()],
			CurrencyId::WithId(_) => ASSET_PRICES[usize::from(price) % ASSET_PRICES.len()],
		};
		let (per_call, per_1k_input, per_1k_cached, per_1k_output) =
			TARIFFS[usize::from(tariff) % TARIFFS.len()];
		let mut tariff = Tariff { per_call, per_1k_input, per_1k_cached, per_1k_output };
		let mut window = 2 + u32::from(window % 10);
		let mut versions = Vec::new();
		if slots & 16 != 0 {
			let first =
				self.model.artifacts.get(artifact as usize).and_then(|a| a.versions.first());
			versions.extend(first.copied());
		}
		let mut slots = u32::from(slots % 8);
		match flaw {
			1 => price = 0,
			2 => tariff = Tariff::default(),
			3 => window = 0,
			4 => versions = vec![Digest::repeat_byte(0xee)],
			5 => currency = CurrencyId::WithId(plan.saturating_sub(1).max(4)),
			6 => slots = 1_000_000,
			7 => price = Balance::MAX >> 3,
			_ => {}
		}
		let terms = PlanTerms {
			versions: versions.try_into().expect("one"),
			tariff,
			currency: currency.clone(),
			price,
			dispute_window: window,
			slots,
		};
		let call = pallet_credits::Call::create_plan {
			artifact,
			terms,
			name: bounded(b"Calls"),
			symbol: bounded(b"CALL"),
		};
		let line = format!(
			"plan {plan} of artifact {artifact}, {price} of {currency:?} a unit, {tariff:?}, window \
			 {window}, {slots} slots"
		);
		if self.call(by(who, self.owner(artifact)), "credits.create_plan", line, call) {
			let min_balance = <Assets as fungibles::Inspect<_>>::minimum_balance(plan);
			self.model.plans.insert(
				plan,
				model::Plan {
					artifact,
					currency,
					price,
					tariff,
					window,
					on_sale: true,
					min_balance,
				},
			);
		}
	}

	/// Whether somebody answers for a plan's artifact.
	fn is_served(&self, plan: PlanId) -> bool {
		let artifact = self.model.plans[&plan].artifact;
		let first = (artifact, Digest::zero(), 0);
		let mut offerings =
			self.model.offerings.range(first..).take_while(|(k, _)| k.0 == artifact);
		offerings.any(|(_, offering)| offering.active)
	}

	fn least(&self, plan: PlanId) -> Balance {
		let tariff = &self.model.plans[&plan].tariff;
		Model::tariff_of(tariff, &Tokens::default()).max(1)
	}

	fn buy(&mut self, who: Who, pick: Pick, size: Size, flaw: Flaw) -> Result<(), Violation> {
		// Mostly what is of some use.
		let useful = |id: &PlanId| pick.is_multiple_of(4) || self.is_served(*id);
		let plan = nth(self.model.plans.keys().copied().filter(useful), pick / 4);
		let Some(plan) = plan else {
			let call = pallet_credits::Call::buy { plan: NOWHERE, units: 1, terms: H256::zero() };
			self.call(who, "credits.buy", "a unit of no plan".into(), call);
			return Ok(());
		};
		let details = &self.model.plans[&plan];
		let least = details.min_balance + self.least(plan);
		let units = match size {
			Size::Least => least,
			Size::Some(n) => least * (1 + Balance::from(n % 50)) + Balance::from(n % 97),
			Size::All => tokens(&details.currency, &account(who)) / details.price / 8,
			Size::Zero => 0,
			Size::Absurd => Balance::MAX,
		};
		let mut terms = pallet_credits::Plans::<Runtime>::get(plan)
			.map(|details| details.terms_hash(plan))
			.unwrap_or_default();
		if flaw.of(1) == 1 {
			terms = H256::repeat_byte(9);
		}
		let call = pallet_credits::Call::buy { plan, units, terms };
		if self.call(who, "credits.buy", format!("{units} units of plan {plan}"), call) {
			must!(flaw == Flaw::None, "a purchase named other terms");
			self.model.buy(plan, who, units)?;
		}
		Ok(())
	}

	fn pick_holding(&self, pick: Pick) -> Option<(PlanId, Who)> {
		let held = self.model.units.iter().filter(|(_, units)| **units != Units::default());
		nth(held.map(|(key, _)| *key), pick)
	}

	fn close(&mut self, pick: Pick, who: By) -> Result<(), Violation> {
		let (plan, holder) = self.pick_holding(pick).unwrap_or((NOWHERE, 0));
		let who = by(who, holder);
		let call = RuntimeCall::from(pallet_credits::Call::close { plan });
		let feeless = call.is_feeless(&RuntimeOrigin::signed(account(who)));
		let done = self.call(who, "credits.close", format!("plan {plan}"), call);
		must!(done || !feeless, "closing plan {plan} is feeless for {who}, and failed");
		if done {
			self.model.close(plan, who)?;
		}
		Ok(())
	}

	fn retire_plan(&mut self, pick: Pick, who: By) {
		let plan = nth(self.model.plans.keys().copied(), pick).unwrap_or(NOWHERE);
		let owner = self.model.plans.get(&plan).map_or(0, |plan| self.owner(plan.artifact));
		let call = pallet_credits::Call::retire_plan { plan };
		if self.call(by(who, owner), "credits.retire_plan", format!("plan {plan}"), call) {
			if let Some(plan) = self.model.plans.get_mut(&plan) {
				plan.on_sale = false;
			}
		}
	}

	fn proof(
		key_of: (Who, u8),
		for_whom: Who,
	) -> (
		tallystick_primitives::service_key::ServiceKey,
		tallystick_primitives::service_key::ServiceSignature,
	) {
		let pair = service_pair(key_of.0, key_of.1);
		let hash = ownership_hash(&Inference::genesis_hash(), &account(for_whom));
		(pair.public(), pair.sign(&hash))
	}

	fn endpoints(none: bool) -> pallet_inference::Endpoints {
		let urls = if none { vec![] } else { vec![bounded(b"wss://p.example")] };
		urls.try_into().expect("one")
	}

	fn register_provider(&mut self, who: Who, flaw: Flaw) {
		let flaw = flaw.of(3);
		let other = self.model.providers.iter().next().map(|(who, generation)| (*who, *generation));
		let (service_key, proof) = match (flaw, other) {
			(1, Some(other)) => Self::proof(other, who),
			(2, _) => Self::proof((who, 0), who.wrapping_add(1) % PEOPLE),
			_ => Self::proof((who, 0), who),
		};
		let endpoints = Self::endpoints(flaw == 3);
		let call = pallet_inference::Call::register_provider { service_key, endpoints, proof };
		if self.call(who, "inference.register_provider", String::new(), call) {
			self.model.providers.insert(who, 0);
		}
	}

	fn pick_provider(&self, pick: Pick) -> Who {
		nth(self.model.providers.keys().copied(), pick).unwrap_or(0)
	}

	fn update_provider(&mut self, pick: Pick, who: By, new_key: bool, flaw: Flaw) {
		let provider = self.pick_provider(pick);
		let who = by(who, provider);
		let generation = self.model.providers.get(&who).copied().unwrap_or_default();
		let next = generation.wrapping_add(1);
		let flaw = flaw.of(2);
		let key = new_key.then(|| Self::proof((who, next), if flaw == 1 { who + 1 } else { who }));
		let endpoints = Self::endpoints(flaw == 2);
		let call = pallet_inference::Call::update_provider { new_key: key, endpoints };
		let line = if new_key { "a new key" } else { "the same key" };
		if self.call(who, "inference.update_provider", line.into(), call) && new_key {
			self.model.providers.insert(who, next);
		}
	}

	fn leave(&mut self, pick: Pick, who: By) {
		let busy = |who: &Who| {
			self.model.offerings.keys().any(|key| key.2 == *who)
				|| self.model.jobs.values().any(|job| job.provider == *who && job.settled.is_none())
		};
		let idle = self.model.providers.keys().copied().filter(|who| !busy(who));
		let provider = nth(idle, pick).unwrap_or_else(|| self.pick_provider(pick));
		let who = by(who, provider);
		let call = pallet_inference::Call::leave {};
		if self.call(who, "inference.leave", String::new(), call) {
			self.model.providers.remove(&who);
		}
	}

	fn offer(&mut self, provider: Pick, who: By, pick: Pick, part: Part, deadline: u8, flaw: Flaw) {
		let who = by(who, self.pick_provider(provider));
		// Where there is a plan, mostly.
		let sold = self.model.plans.values().map(|plan| plan.artifact);
		let artifact =
			if pick.is_multiple_of(4) { self.pick_artifact(pick / 4) } else { nth(sold, pick / 4) };
		let artifact = artifact.unwrap_or(NOWHERE);
		let details = self.model.artifacts.get(artifact as usize);
		let version = details.and_then(|artifact| nth(artifact.versions.iter().copied(), pick));
		let mut version = version.unwrap_or_default();
		let left = details.map_or(0, |artifact| WHOLE - artifact.upstream());
		let (mut part, mut min_deadline) = (part.0.min(left), u32::from(deadline));
		match flaw.of(3) {
			1 => part = WHOLE.min(left + 1),
			2 => version = Digest::repeat_byte(0xee),
			3 => min_deadline = 1_000_000,
			_ => {}
		}
		let call =
			pallet_inference::Call::offer { artifact, version, share: share(part), min_deadline };
		let line = format!("artifact {artifact}, version {}, for {part}", short(&version));
		if self.call(who, "inference.offer", line, call) {
			let active = self.owner(artifact) == who;
			let offering = model::Offering { share: part, active, min_deadline };
			self.model.offerings.insert((artifact, version, who), offering);
		}
	}

	fn accept_offering(&mut self, pick: Pick, who: By, flaw: Flaw) {
		let proposed = self.model.offerings.iter().filter(|(_, offering)| !offering.active);
		let offering = nth(proposed, pick).map(|(key, offering)| (*key, offering.share));
		let ((artifact, version, provider), mut part) =
			offering.unwrap_or(((NOWHERE, Digest::zero(), 0), 0));
		if flaw.of(1) == 1 {
			part = part.wrapping_add(1).min(WHOLE);
		}
		let call = pallet_inference::Call::accept_offering {
			artifact,
			version,
			provider: account(provider),
			share: share(part),
		};
		let line = format!("of {provider} for artifact {artifact}");
		if self.call(by(who, self.owner(artifact)), "inference.accept_offering", line, call) {
			if let Some(offering) = self.model.offerings.get_mut(&(artifact, version, provider)) {
				offering.active = true;
			}
		}
	}

	fn withdraw_offering(&mut self, pick: Pick, who: By, owner: bool) {
		let key = nth(self.model.offerings.keys().copied(), pick);
		let (artifact, version, provider) = key.unwrap_or((NOWHERE, Digest::zero(), 0));
		let right = if owner { self.owner(artifact) } else { provider };
		let call = pallet_inference::Call::withdraw_offering {
			artifact,
			version,
			provider: account(provider),
		};
		let line = format!("of {provider} for artifact {artifact}");
		if self.call(by(who, right), "inference.withdraw_offering", line, call) {
			self.model.offerings.remove(&(artifact, version, provider));
		}
	}

	#[allow(clippy::too_many_arguments)]
	fn request(
		&mut self,
		holding: Pick,
		who: By,
		offering: Pick,
		named: bool,
		inline: bool,
		size: Size,
		deadline: u8,
		salt: u16,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let able = self.model.units.iter().filter(|((plan, _), units)| {
			units.free > self.model.plans[plan].min_balance && self.is_served(*plan)
		});
		let (plan, holder) = nth(able.map(|(key, _)| *key), holding)
			.or_else(|| self.pick_holding(holding))
			.unwrap_or((NOWHERE, 0));
		let who = by(who, holder);
		let (artifact, min_balance, least) = match self.model.plans.get(&plan) {
			Some(details) => (details.artifact, details.min_balance, self.least(plan)),
			None => (NOWHERE, 0, 1),
		};
		let offers = self.model.offerings.iter().filter(|(key, o)| key.0 == artifact && o.active);
		let chosen =
			nth(offers, offering).map(|(key, offering)| (key.1, key.2, offering.min_deadline));
		let (mut version, provider, min_deadline) = chosen.unwrap_or((Digest::zero(), 0, 3));
		let units = self.model.units.get(&(plan, who)).copied().unwrap_or_default();
		let usable = units.free.saturating_sub(min_balance);
		let max_units = match size {
			Size::Least => least,
			Size::Some(n) => {
				(least * (1 + Balance::from(n % 20)) + Balance::from(n % 7)).min(usable)
			}
			Size::All => usable,
			Size::Zero => 0,
			Size::Absurd => Balance::MAX,
		};
		let mut deadline = u32::from(deadline).max(min_deadline);
		let mut valid_until = now() + 1 + u32::from(salt % 20);
		let mut provider = named.then_some(provider);
		let unique = self.unique();
		let mut input = JobInput::Committed { request: unique, parameters: unique };
		if inline {
			input = JobInput::Inline(InlineInput {
				salt: unique.0,
				request: bounded(br#"{"messages":[]}"#),
				parameters: bounded(b"{}"),
			});
		}
		match (flaw.of(7), self.commitment) {
			(1, _) => deadline = 0,
			(2, _) => deadline = 1_000_000,
			(3, _) => valid_until = now() - 1,
			(4, _) => version = Digest::repeat_byte(0xee),
			(5, _) => provider = Some(CLASS_OWNER),
			(6, Some((_, used))) => input = JobInput::Committed { request: used, parameters: used },
			(7, _) => valid_until = now() + 1_000_000,
			_ => {}
		}
		let params = RequestParams {
			plan,
			version,
			provider: provider.map(account),
			endpoint: EndpointKind::ChatCompletions,
			input,
			max_units,
			deadline,
			valid_until,
		};
		let id = pallet_inference::NextJobId::<Runtime>::get();
		let valid = Inference::validate_request(&account(who), &params).is_ok();
		let call = RuntimeCall::from(pallet_inference::Call::request { params });
		let feeless = call.is_feeless(&RuntimeOrigin::signed(account(who)));
		let line = format!("job {id}: {max_units} units of plan {plan}, from {provider:?}");
		let done = self.call(who, "inference.request", line, call);
		must!(done == valid, "a request was judged {valid}, and ended {done}");
		must!(done || !feeless, "a request is feeless, and failed");
		if !done {
			return Ok(());
		}
		self.coverage.count("a request is feeless", feeless);
		let job = pallet_inference::Jobs::<Runtime>::get(id).ok_or("a request made no job")?;
		self.commitment = Some((who, job.request));
		let provider = accounts().place(&job.provider).ok_or("a stranger answers")?;
		let offering = self.model.offerings.get(&(artifact, version, provider));
		let offering = offering.filter(|o| o.active).ok_or("a job of nobody's offering")?;
		must!(
			job.deadline >= now() + deadline && job.expires >= job.deadline,
			"job {id} has less time than was asked for: {job:?}"
		);
		let job = model::Job {
			consumer: who,
			plan,
			provider,
			share: offering.share,
			held: max_units,
			expires: job.expires,
			settled: None,
		};
		self.model.open(id, job)
	}

	fn submit_receipt(
		&mut self,
		pick: Pick,
		prompt: u16,
		cached: u16,
		completion: u16,
		error: bool,
		flaw: Flaw,
	) -> Result<(), Violation> {
		const WAYS: u8 = 15;
		let flaw = flaw.of(WAYS);
		let open = self.model.jobs.iter().filter(|(_, job)| job.settled.is_none());
		let Some((id, held, provider)) =
			nth(open, pick).map(|(id, job)| (*id, job.held, job.provider))
		else {
			self.tell("there is no open job".into());
			return Ok(());
		};
		let job = pallet_inference::Jobs::<Runtime>::get(id).ok_or("an open job is gone")?;
		let request_bytes = job.request_bytes.unwrap_or(4_000);
		let mut tokens = Tokens {
			prompt: u32::from(prompt).min(request_bytes),
			completion: if error { 0 } else { u32::from(completion % 4_000) },
			..Default::default()
		};
		tokens.cached = u32::from(cached).min(tokens.prompt);
		tokens.reasoning = tokens.completion / 3;
		while Model::tariff_of(&job.tariff, &tokens) > held {
			tokens.prompt /= 2;
			tokens.cached = tokens.cached.min(tokens.prompt);
			tokens.completion /= 2;
			tokens.reasoning /= 2;
		}
		let time = u64::from(now()) * tallystick_runtime::time::MILLISECS_PER_BLOCK;
		let mut receipt = Receipt {
			job: id,
			artifact: job.artifact,
			version: job.version,
			provider: job.provider.clone(),
			endpoint: job.endpoint,
			request: job.request,
			response: Digest::repeat_byte(5),
			parameters: job.parameters,
			request_bytes,
			response_bytes: if error { 0 } else { tokens.completion + 5 },
			tokens,
			counted_by: CountedBy::Backend,
			units: if error { 0 } else { Model::tariff_of(&job.tariff, &tokens) },
			finish: if error { FinishReason::Error } else { FinishReason::Stop },
			started_at: job.requested_time,
			ended_at: time,
			previous: H256::zero(),
		};
		let mut key = self.model.providers.get(&provider).map(|generation| (provider, *generation));
		match flaw {
			1 => receipt.units += 1,
			2 => receipt.units = receipt.units.checked_sub(1).unwrap_or(7),
			3 => key = key.map(|(who, generation)| (who, generation.wrapping_add(1))),
			4 => receipt.provider = account((provider + 1) % PEOPLE),
			5 => receipt.version = Digest::repeat_byte(0xee),
			6 => receipt.request = Digest::repeat_byte(0xee),
			7 => receipt.ended_at = time + 1_000_000,
			8 => receipt.started_at = 0,
			9 => (receipt.finish, receipt.units) = (FinishReason::Error, 1),
			10 => receipt.tokens.cached = receipt.tokens.prompt + 1,
			11 => receipt.tokens.prompt = receipt.request_bytes + 1,
			12 => match nth(self.receipts.iter().cloned(), pick) {
				Some((used, by)) => {
					receipt = used;
					key = self.model.providers.get(&by).map(|generation| (by, *generation));
				}
				None => receipt.job = JobId::MAX,
			},
			13 => receipt.job = JobId::MAX,
			14 => receipt.tokens.reasoning = receipt.tokens.completion + 1,
			_ => {}
		}
		// A job of the first blocks may start at any time.
		let excused = flaw == 8 && job.requested_time <= 3_000;
		let key = key.ok_or("the provider of an open job is none")?;
		let hash = receipt.signing_hash(&Inference::genesis_hash());
		let signature = service_pair(key.0, key.1).sign(&hash);
		let (id, units) = (receipt.job, receipt.units);
		let call = RuntimeCall::from(pallet_inference::Call::submit_receipt {
			receipt: receipt.clone(),
			signature,
		});
		let name = "inference.submit_receipt";
		let line = format!("job {id}, {units} units");
		if flaw == WAYS {
			// The right receipt in the wrong way.
			let done = self.call(provider, name, line, call);
			must!(!done, "an account handed in a receipt for job {id}");
			return Ok(());
		}
		let authorized = chain::authorize(&call);
		let included = chain::include(call);
		if is_full(&included) {
			// The first block of a session: the session pallet takes all of it.
			self.tell(format!("{name}: {line}: the block is full"));
			return Ok(());
		}
		let done = matches!(included, Ok(Ok(())));
		let flawless = flaw == 0 || excused;
		self.coverage.count(name, done);
		self.tell(format!("{name}: {line}, flaw {flaw}: {included:?}"));
		must!(
			authorized.is_ok() == done && done == flawless,
			"a receipt for job {id} with flaw {flaw}: {authorized:?}, {included:?}"
		);
		if done {
			self.model.settle(id, units, now())?;
			self.receipts.push((receipt, provider));
		}
		Ok(())
	}

	fn decline(&mut self, pick: Pick, who: By) -> Result<(), Violation> {
		let open = self.model.jobs.iter().filter(|(_, job)| job.settled.is_none());
		let (job, provider) =
			nth(open, pick).map_or((JobId::MAX, 0), |(id, job)| (*id, job.provider));
		let call = pallet_inference::Call::decline { job };
		if self.call(by(who, provider), "inference.decline", format!("job {job}"), call) {
			self.model.end(job)?;
		}
		Ok(())
	}

	fn mark(&mut self, who: Who, pick: Pick, money: u8) {
		let waiting = self.model.flows.iter().filter(|(_, flow)| flow.pending() > 0);
		let (artifact, currency) =
			nth(waiting.map(|(key, _)| key.clone()), pick).unwrap_or((NOWHERE, currency(money)));
		let line = format!("artifact {artifact}, {currency:?}");
		let call = pallet_royalties::Call::mark { artifact, currency };
		self.call(who, "royalties.mark", line, call);
	}

	fn claim(&mut self, who: Who, pick: Pick) {
		let claims =
			pallet_ledger::Balances::<Runtime>::iter_keys().filter_map(|(currency, bucket)| {
				match bucket {
					Bucket::Claimable(id) => Some((currency, id)),
					_ => None,
				}
			});
		let (currency, id) = nth(claims, pick).unwrap_or((CurrencyId::Native, account(who)));
		let line = format!("{currency:?} for {:?}", accounts().place(&id));
		let call = pallet_ledger::Call::claim { currency, account: id };
		self.call(who, "ledger.claim", line, call);
	}

	fn admit_currency(&mut self, money: u8, threshold: u8, root: bool) -> Result<(), Violation> {
		const NATIVE: [Balance; 4] =
			[EXISTENTIAL_DEPOSIT, EXISTENTIAL_DEPOSIT + 1, 10_000_000_000, 1];
		const ASSET: [Balance; 6] = [1, 10, 100, 1_000, 77_777, 0];
		let credit = self.model.plans.keys().next_back().copied();
		let mut currency = currency(money);
		if let (Some(plan), true) = (credit, threshold > 240) {
			currency = CurrencyId::WithId(plan);
		}
		let is_credit = matches!(currency, CurrencyId::WithId(id) if Some(id) == credit);
		let threshold = match currency {
			CurrencyId::Native => NATIVE[usize::from(threshold) % NATIVE.len()],
			CurrencyId::WithId(_) => ASSET[usize::from(threshold) % ASSET.len()],
		};
		let line = format!("{currency:?} from {threshold}");
		let call = pallet_ledger::Call::admit_currency { currency, threshold };
		let done = self.as_root(root, "ledger.admit_currency", line, call)?;
		must!(!done || !is_credit, "a credit became a currency");
		Ok(())
	}

	fn report_impaired(&mut self, who: Who, money: u8) {
		// What is to be reported, if there is something.
		let odd = currencies().into_iter().filter(|currency| {
			pallet_ledger::Currencies::<Runtime>::get(currency)
				.is_some_and(|info| info.impaired != is_short(currency))
		});
		let currency = nth(odd, money.into()).unwrap_or_else(|| currency(money));
		let line = format!("{currency:?}");
		let call = pallet_ledger::Call::report_impaired { currency };
		self.call(who, "ledger.report_impaired", line, call);
	}

	fn spend(&mut self, money: u8, to: Who, size: Size, root: bool) -> Result<(), Violation> {
		let currency = currency(money);
		let has = self.model.treasury.get(&currency).copied().unwrap_or_default();
		let amount = amount(size, has.min(1), has);
		let line = format!("{amount} of {currency:?} to {to}");
		let call =
			pallet_ledger::Call::spend { currency: currency.clone(), to: account(to), amount };
		if self.as_root(root, "ledger.spend", line, call)? {
			self.model.spend(&currency, to, amount)?;
		}
		Ok(())
	}

	fn anchor(&mut self, who: Who, salt: u16) -> Result<(), Violation> {
		let info = AnchorInfo {
			algorithm: DigestAlgorithm::Sha256,
			kind: AnchorKind::Other,
			document: None,
			bytes: 0,
			media_type: bounded(b""),
			uri: bounded(b""),
		};
		let digest = Digest::from_low_u64_be(1 + u64::from(salt));
		let call = pallet_provenance::Call::anchor { digest, info };
		if self.call(who, "provenance.anchor", short(&digest), call) {
			let price = configs::provenance::AnchorBasePrice::get();
			self.model.contribute(&CurrencyId::Native, who, price)?;
		}
		Ok(())
	}

	/// Does something that is not of our pallets: what it changes of tokens, and of the credits of
	/// `plan`, is taken from the chain. It creates no money, but where `issuer`.
	fn outside(
		&mut self,
		plan: Option<PlanId>,
		issuer: bool,
		what: impl FnOnce(&mut Self) -> Result<(), Violation>,
	) -> Result<(), Violation> {
		let see = || -> BTreeMap<(CurrencyId, Who), Balance> {
			let all = currencies()
				.into_iter()
				.flat_map(|currency| (0..ACCOUNTS).map(move |who| (currency.clone(), who)));
			all.map(|key| (key.clone(), tokens(&key.0, &account(key.1)))).collect()
		};
		let credits = || -> Vec<Balance> {
			let plan = plan.unwrap_or(NOWHERE);
			(0..ACCOUNTS).map(|who| Assets::balance(plan, account(who))).collect()
		};
		let (before, credits_before) = (see(), credits());
		what(self)?;
		let (after, credits_after) = (see(), credits());
		let mut changes: BTreeMap<CurrencyId, model::Signed> = BTreeMap::new();
		for (key, before) in before {
			let change = model::signed(after[&key]) - model::signed(before);
			*self.model.wealth_mut(&key.0, key.1) += change;
			*changes.entry(key.0).or_default() += change;
		}
		// What is left of an account that dies is gone.
		let dust = 1 - model::signed(EXISTENTIAL_DEPOSIT);
		must!(
			issuer || changes.values().all(|change| (dust..=0).contains(change)),
			"money came or went: {changes:?}"
		);
		let Some(plan) = plan else { return Ok(()) };
		must!(
			credits_before.iter().sum::<Balance>() == credits_after.iter().sum::<Balance>(),
			"credits of plan {plan} came or went"
		);
		for (who, (before, after)) in (0..).zip(credits_before.into_iter().zip(credits_after)) {
			if before != after {
				let units = self.model.units.entry((plan, who)).or_default();
				units.free = (units.free + after) - before;
			}
		}
		self.model.units.retain(|_, units| *units != Units::default());
		Ok(())
	}

	fn send(
		&mut self,
		from: Who,
		to: Who,
		money: u8,
		size: Size,
		keep_alive: bool,
		donation: bool,
	) -> Result<(), Violation> {
		let currency = currency(money);
		let mut from = from;
		if currency == CurrencyId::Native && size == Size::All && !keep_alive {
			// Who has nothing else can leave.
			let poor = (RICH..PEOPLE).filter(|who| tokens(&currency, &account(*who)) > 0);
			from = nth(poor, from.into()).unwrap_or(from);
		}
		let has = tokens(&currency, &account(from));
		let value = amount(size, EXISTENTIAL_DEPOSIT.min(has), has);
		let dest = account(to).into();
		let call: RuntimeCall = match (&currency, keep_alive) {
			(CurrencyId::Native, true) => {
				pallet_balances::Call::transfer_keep_alive { dest, value }.into()
			}
			(CurrencyId::Native, false) if size == Size::All => {
				pallet_balances::Call::transfer_all { dest, keep_alive: false }.into()
			}
			(CurrencyId::Native, false) => {
				pallet_balances::Call::transfer_allow_death { dest, value }.into()
			}
			(CurrencyId::WithId(id), true) => pallet_assets::Call::transfer_keep_alive {
				id: Compact(*id),
				target: dest,
				amount: value,
			}
			.into(),
			(CurrencyId::WithId(id), false) => {
				pallet_assets::Call::transfer { id: Compact(*id), target: dest, amount: value }
					.into()
			}
		};
		let name = if donation { "a donation" } else { "a transfer" };
		let line = format!("{value} of {currency:?} to {to}");
		self.outside(None, false, |world| {
			world.call(from, name, line, call);
			Ok(())
		})
	}

	fn send_credits(&mut self, pick: Pick, to: Who, size: Size, way: u8) -> Result<(), Violation> {
		use pallet_assets::Call;
		let Some((plan, from)) = self.pick_holding(pick) else { return Ok(()) };
		let (id, target) = (Compact(plan), account(to));
		let has = self.model.units[&(plan, from)].free;
		let amount = match size {
			Size::Least => self.model.plans[&plan].min_balance,
			size => amount(size, 1, has),
		};
		let line = format!("{amount} of {has} units of plan {plan} to {to}");
		self.outside(Some(plan), false, |world| {
			let call: RuntimeCall = match way % 6 {
				0 | 1 => Call::transfer { id, target: target.into(), amount }.into(),
				2 => Call::transfer_keep_alive { id, target: target.into(), amount }.into(),
				3 => Call::transfer_all { id, dest: target.into(), keep_alive: false }.into(),
				4 => {
					let delegate = account((from + 1) % PEOPLE).into();
					let approve = Call::approve_transfer { id, delegate, amount };
					world.call(from, "an approval of credits", line.clone(), approve);
					let (owner, destination) = (account(from).into(), target.into());
					let call = Call::transfer_approved { id, owner, destination, amount };
					let delegate = (from + 1) % PEOPLE;
					world.call(delegate, "a transfer of credits", line, call);
					return Ok(());
				}
				_ => Call::refund { id, allow_burn: false }.into(),
			};
			world.call(from, "a transfer of credits", line, call);
			Ok(())
		})
	}

	fn issuer(&mut self, asset: u8, act: u8, whom: Who, size: Size) -> Result<(), Violation> {
		use pallet_assets::Call;
		let mut n = asset % 3;
		if (14..=17).contains(&(act % 24)) {
			// Mostly to a vault that lacks something.
			let lacks = (0u8..).zip(ASSETS).filter(|(_, id)| is_short(&CurrencyId::WithId(*id)));
			n = nth(lacks, asset.into()).map_or(n, |(n, _)| n);
		}
		let id = ASSETS[usize::from(n)];
		let currency = CurrencyId::WithId(id);
		let (issuer, who) = (n, account(whom).into());
		let vault = account(VAULT);
		let in_vault = tokens(&currency, &vault);
		let booked = pallet_ledger::Booked::<Runtime>::get(&currency);
		let has = tokens(&currency, &account(whom));
		let id = Compact(id);
		let (name, line, call): (_, String, Call<Runtime>) = match act % 24 {
			0 => ("an account is frozen", format!("{whom}"), Call::freeze { id, who }),
			1..=3 => ("an account is thawed", format!("{whom}"), Call::thaw { id, who }),
			4 => ("an asset is frozen", String::new(), Call::freeze_asset { id }),
			5..=7 => ("an asset is thawed", String::new(), Call::thaw_asset { id }),
			8 => ("the vault is frozen", String::new(), Call::freeze { id, who: vault.into() }),
			9..=11 => ("the vault is thawed", String::new(), Call::thaw { id, who: vault.into() }),
			12 | 13 => {
				let amount = match size {
					Size::Some(part) => (in_vault / 65_536) * Balance::from(part) + 1,
					size => amount(size, 1, in_vault),
				};
				let line = format!("{amount} of {in_vault}");
				(
					"an issuer takes from the vault",
					line,
					Call::burn { id, who: vault.into(), amount },
				)
			}
			14..=17 => {
				let amount =
					booked.saturating_sub(in_vault) + amount(size, 0, 1_000_000).min(1_000_000);
				let beneficiary = vault.into();
				(
					"an issuer gives to the vault",
					format!("{amount}"),
					Call::mint { id, beneficiary, amount },
				)
			}
			18..=20 => {
				let amount = amount(size, 1_000, 1_000_000_000_000).min(1_000_000_000_000);
				(
					"an issuer gives",
					format!("{amount} to {whom}"),
					Call::mint { id, beneficiary: who, amount },
				)
			}
			21 => {
				let amount = amount(size, 1, has);
				("an issuer takes", format!("{amount} of {whom}"), Call::burn { id, who, amount })
			}
			22 => ("an account is blocked", format!("{whom}"), Call::block { id, who }),
			// The third asset alone ends, and seldom.
			_ if n == 2 && act > 200 => {
				let calls = [
					Call::start_destroy { id },
					Call::destroy_accounts { id },
					Call::destroy_approvals { id },
					Call::finish_destroy { id },
				];
				return self.outside(None, true, |world| {
					for call in calls {
						world.call(issuer, "an asset is destroyed", String::new(), call);
					}
					Ok(())
				});
			}
			_ => ("an account is thawed", format!("{whom}"), Call::thaw { id, who }),
		};
		let line = format!("asset {}: {line}", id.0);
		self.outside(None, true, |world| {
			world.call(issuer, name, line, call);
			Ok(())
		})
	}

	/// What the filter refuses, alone and in a batch.
	fn forbidden(&mut self, who: Who, what: u8, pick: Pick) -> Result<(), Violation> {
		use pallet_assets::Call as Asset;
		use pallet_nfts::Call as Nft;
		let Some((plan, holder)) = self.pick_holding(pick) else { return Ok(()) };
		let item = self.pick_artifact(pick).unwrap_or_default();
		let (id, target) = (Compact(plan), account(holder));
		let amount = 1_000;
		let owner = account(who);
		let call: RuntimeCall = match what % 11 {
			0 => Nft::transfer { collection: 0, item, dest: owner.into() }.into(),
			1 => Nft::burn { collection: 0, item }.into(),
			2 => Asset::mint { id, beneficiary: owner.into(), amount }.into(),
			3 => Asset::burn { id, who: target.into(), amount }.into(),
			4 => Asset::freeze { id, who: target.into() }.into(),
			5 => Asset::refund { id, allow_burn: true }.into(),
			6 => Asset::start_destroy { id }.into(),
			7 => Asset::transfer_ownership { id, owner: owner.into() }.into(),
			8 => {
				let dest = owner.into();
				Asset::force_transfer { id, source: target.into(), dest, amount }.into()
			}
			9 => Asset::freeze_asset { id }.into(),
			_ => Asset::set_min_balance { id, min_balance: 1 }.into(),
		};
		let refused = frame_system::Error::<Runtime>::CallFiltered.into();
		let alone = dispatch(who, call.clone());
		must!(alone == Err(refused), "a call that is forbidden: {call:?} ended {alone:?}");
		let batch = pallet_utility::Call::batch_all { calls: vec![call.clone()] };
		let batched = dispatch(who, batch);
		must!(batched == Err(refused), "a call that is forbidden: {call:?} ended {batched:?}");
		self.coverage.count("a forbidden call", false);
		Ok(())
	}

	/// Lets all jobs end and all money flow as far as thresholds let it.
	fn finish(&mut self) -> Result<(), Violation> {
		while !self.model.jobs.is_empty() {
			self.advance(1)?;
		}
		for (artifact, currency) in self.model.flows.keys().cloned().collect::<Vec<_>>() {
			let mark = pallet_royalties::Call::mark { artifact, currency };
			self.call(0, "royalties.mark", format!("artifact {artifact}"), mark);
		}
		loop {
			let distribute = pallet_royalties::Call::distribute { steps: 32 };
			if !self.call(0, "royalties.distribute", "32 steps".into(), distribute) {
				break;
			}
			self.follow_events()?;
		}
		for ((artifact, currency), flow) in &self.model.flows {
			let threshold = pallet_ledger::Currencies::<Runtime>::get(currency)
				.filter(|info| !info.impaired)
				.map(|info| info.threshold);
			must!(
				threshold.is_none_or(|threshold| flow.pending() < threshold.max(33)),
				"{} of {currency:?} stay pending for artifact {artifact}",
				flow.pending()
			);
		}
		Ok(())
	}
}

fn is_full(included: &Result<DispatchResult, TransactionValidityError>) -> bool {
	*included == Err(InvalidTransaction::ExhaustsResources.into())
}

fn short(digest: &Digest) -> String {
	let number = digest.to_low_u64_be();
	format!("#{number:x}")
}

fn name_of(error: &sp_runtime::DispatchError) -> String {
	match error {
		sp_runtime::DispatchError::Module(module) => {
			module.message.map_or_else(|| format!("{module:?}"), Into::into)
		}
		other => format!("{other:?}"),
	}
}
