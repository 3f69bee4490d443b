//! Who is owed what, from the design's rules ("Money: one set of books"), in exact rational numbers.
//!
//! It is told which calls succeeded and when money moved on, never how much: amounts are its own. It
//! knows two answers to "how much":
//!
//! - *rounded*: each share of an artifact is the floor of its running total. Chain and model agree on
//!   these to the unit, after every step;
//! - *exact*: nothing is ever rounded, all the way up the lineage. Rounded and exact amounts differ
//!   by less than a unit for each payee of each artifact, and by what its children's floors kept
//!   from the artifact ([`Model::check_rounding`]).

use crate::{chain::Who, must, Violation};
use num_rational::BigRational;
use num_traits::{One, Signed as _, ToPrimitive, Zero};
use std::collections::BTreeMap;
use tallystick_primitives::{
	ArtifactId, Balance, CurrencyId, Digest, JobId, PlanId, Relation, Tariff, Tokens,
};

/// An amount without rounding.
pub type Exact = BigRational;
/// An amount that can be missing.
pub type Signed = i128;
/// Shares are in billionths.
pub const WHOLE: u32 = 1_000_000_000;

/// An amount as one that can be missing.
pub fn signed(amount: Balance) -> Signed {
	Signed::try_from(amount).expect("amounts here are far below 2^127")
}

fn exact(amount: Balance) -> Exact {
	Exact::from_integer(amount.into())
}

fn share_of(share: u32) -> Exact {
	Exact::new(share.into(), WHOLE.into())
}

fn floor(amount: &Exact) -> Balance {
	amount
		.floor()
		.to_integer()
		.to_u128()
		.expect("amounts here are far below 2^128, and not negative")
}

/// A stream of payments, of which whole units are paid: the floor of the running total.
#[derive(Clone, Debug)]
struct Stream {
	total: Exact,
}

impl Stream {
	fn new() -> Self {
		Self { total: Exact::zero() }
	}

	/// Adds to the total, and returns by how much its floor rose.
	fn flow(&mut self, amount: Balance, share: u32) -> Balance {
		let before = floor(&self.total);
		self.total += exact(amount) * share_of(share);
		floor(&self.total) - before
	}
}

/// An artifact.
#[derive(Clone, Debug)]
pub struct Artifact {
	/// Who owns it.
	pub owner: Who,
	/// Parents and their shares.
	pub parents: Vec<(ArtifactId, u32)>,
	/// Contributors and their shares, which can be zero by now.
	pub contributors: Vec<(Who, u32)>,
	/// The most that each place among the contributors ever had.
	pub most: Vec<u32>,
	/// Whether its licence is as free as can be.
	pub free: bool,
	/// Whether a derivative needs its owner's approval.
	pub by_approval: bool,
	/// Versions.
	pub versions: Vec<Version>,
	/// The version that its owner recommends.
	pub serving: Option<Digest>,
}

/// A version of an artifact.
#[derive(Clone, Debug)]
pub struct Version {
	/// What it is called.
	pub digest: Digest,
	/// Whether its owner advises against it.
	pub deprecated: bool,
	/// The first block in which it cannot be served any more.
	pub gone_from: Option<u32>,
}

/// What somebody asked for who wants to make a derivative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DerivativeRequest {
	/// How the derivative is made.
	pub relation: Relation,
	/// The least share of what it earns.
	pub share: u32,
	/// Whether the parent's owner gave leave.
	pub approved: bool,
}

impl Artifact {
	/// A version, if there is one of that name.
	pub fn version(&self, digest: &Digest) -> Option<&Version> {
		self.versions.iter().find(|version| version.digest == *digest)
	}

	/// "An artifact whose last version was withdrawn has no new children and sells nothing new, from the
	/// withdrawal on."
	pub fn is_withdrawn(&self) -> bool {
		!self.versions.is_empty() && self.versions.iter().all(|version| version.gone_from.is_some())
	}

	/// "A version that is withdrawn can be served until a block, and never again."
	pub fn serves(&self, digest: &Digest, now: u32) -> bool {
		self.version(digest).is_some_and(|version| version.gone_from.is_none_or(|from| now < from))
	}

	/// The sum of the shares of parents and contributors.
	pub fn upstream(&self) -> u32 {
		let parents = self.parents.iter().map(|(_, share)| share);
		parents.chain(self.contributors.iter().map(|(_, share)| share)).sum()
	}

	/// The place in which an account has a share.
	fn place_of(&self, who: Who) -> Option<usize> {
		self.contributors.iter().position(|(known, share)| *known == who && *share > 0)
	}

	/// "The owner gives from the residual." In a place of the account's own, one that was given up, or
	/// a new one.
	pub fn give(&mut self, who: Who, share: u32) {
		let free = || self.contributors.iter().position(|(_, share)| *share == 0);
		match self.place_of(who).or_else(free) {
			Some(place) => {
				let (account, has) = &mut self.contributors[place];
				*account = who;
				*has += share;
				self.most[place] = self.most[place].max(*has);
			}
			None => {
				self.contributors.push((who, share));
				self.most.push(share);
			}
		}
	}

	/// "Only the payee can give up."
	pub fn renounce(&mut self, who: Who) {
		let place = self.place_of(who).expect("who gave a share up had one");
		self.contributors[place].1 = 0;
	}

	/// The share is another's.
	pub fn transfer(&mut self, from: Who, to: Who) {
		let place = self.place_of(from).expect("who passed a share on had one");
		if self.place_of(to).is_some() {
			let share = std::mem::take(&mut self.contributors[place].1);
			self.give(to, share);
		} else {
			self.contributors[place].0 = to;
		}
	}
}

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
	/// Whose use it sells.
	pub artifact: ArtifactId,
	/// The version that it is for, or all.
	pub version: Option<Digest>,
	/// What its price is in.
	pub currency: CurrencyId,
	/// What a unit costs.
	pub price: Balance,
	/// What a call costs.
	pub tariff: Tariff,
	/// Blocks from a receipt until its money matures.
	pub window: u32,
	/// Whether units are sold.
	pub on_sale: bool,
	/// The least that an account can have of its credits.
	pub min_balance: Balance,
}

/// Units of a plan that an account has.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Units {
	/// At its disposal.
	pub free: Balance,
	/// For its open jobs.
	pub held: Balance,
}

/// An offering.
#[derive(Clone, Debug)]
pub struct Offering {
	/// The provider's share of the gross.
	pub share: u32,
	/// Whether it takes jobs.
	pub active: bool,
	/// Least blocks to the deadline.
	pub min_deadline: u32,
}

/// A job that is open or in its dispute window.
#[derive(Clone, Debug)]
pub struct Job {
	/// Who asked.
	pub consumer: Who,
	/// With what.
	pub plan: PlanId,
	/// Who answers.
	pub provider: Who,
	/// For what share of the gross.
	pub share: u32,
	/// What is held for it.
	pub held: Balance,
	/// The last block in which a receipt counts.
	pub expires: u32,
	/// Units charged, and the block in which the money matures.
	pub settled: Option<(Balance, u32)>,
}

/// To whom an artifact's money goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Payee {
	/// The artifact's n-th parent.
	Parent(usize),
	/// The artifact's n-th contributor.
	Contributor(usize),
	/// Its owners.
	Owner,
	/// Who answered.
	Provider(Who),
}

/// What a payee got of an artifact, rounded and exact.
#[derive(Clone, Debug)]
struct Earned {
	stream: Stream,
	rounded: Balance,
	exact: Exact,
}

impl Earned {
	fn new() -> Self {
		Self { stream: Stream::new(), rounded: 0, exact: Exact::zero() }
	}
}

/// The money that an artifact earned in a currency.
#[derive(Clone, Debug)]
pub struct Flow {
	fee: Stream,
	payees: BTreeMap<Payee, Earned>,
	/// Gross of which parents and contributors have not had their shares, rounded and exact.
	unsplit: (Balance, Exact),
	/// What waits for the owner, rounded and exact.
	owner_due: (Balance, Exact),
	/// Gross, all together.
	pub deposited: Balance,
	/// What went on to payees, all together.
	pub distributed: Balance,
}

impl Flow {
	fn new() -> Self {
		Self {
			fee: Stream::new(),
			payees: BTreeMap::new(),
			unsplit: (0, Exact::zero()),
			owner_due: (0, Exact::zero()),
			deposited: 0,
			distributed: 0,
		}
	}

	fn payee(&mut self, payee: Payee) -> &mut Earned {
		self.payees.entry(payee).or_insert_with(Earned::new)
	}

	/// Gross comes in, of which the owner's share is known at once.
	fn gross(&mut self, rounded: Balance, exact: Exact, owner_share: u32) {
		self.deposited += rounded;
		self.unsplit.0 += rounded;
		self.owner_due.0 += self.payee(Payee::Owner).stream.flow(rounded, owner_share);
		self.owner_due.1 += &exact * share_of(owner_share);
		self.unsplit.1 += exact;
	}

	/// What is not split yet.
	pub fn pending(&self) -> Balance {
		self.deposited - self.distributed
	}

	/// What the owner gets when it is.
	pub fn owner_due(&self) -> Balance {
		self.owner_due.0
	}
}

/// What a job's money came to when it matured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Matured {
	/// What matured.
	pub amount: Balance,
	/// Of it, the protocol's.
	pub fee: Balance,
	/// The rest.
	pub gross: Balance,
	/// Of the gross, the provider's.
	pub provider: Balance,
}

/// What a split came to.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct SplitUp {
	/// What was split.
	pub gross: Balance,
	/// Of it, the parents'.
	pub parents: Balance,
	/// The contributors'.
	pub contributors: Balance,
	/// What the owner got.
	pub owner: Balance,
}

/// The chain as it should be.
#[derive(Clone, Debug, Default)]
pub struct Model {
	/// The protocol's share of what matures.
	pub fee: u32,
	/// Artifacts, by id.
	pub artifacts: Vec<Artifact>,
	/// Plans.
	pub plans: BTreeMap<PlanId, Plan>,
	/// Who has credits.
	pub units: BTreeMap<(PlanId, Who), Units>,
	/// Providers, with the generation of their service key.
	pub providers: BTreeMap<Who, u8>,
	/// Offerings.
	pub offerings: BTreeMap<(ArtifactId, Digest, Who), Offering>,
	/// Jobs.
	pub jobs: BTreeMap<JobId, Job>,
	/// What accounts have of each currency: tokens and claims. The vault has what it holds beyond
	/// its books, which is negative where an issuer took from it.
	pub wealth: BTreeMap<(CurrencyId, Who), Signed>,
	/// Fees and what else belongs to the protocol.
	pub treasury: BTreeMap<CurrencyId, Balance>,
	/// Who asked for leave to make a derivative of what.
	pub derivative_requests: BTreeMap<(ArtifactId, Who), DerivativeRequest>,
	/// Artifacts that are offered as gifts, and to whom.
	pub gifts: BTreeMap<ArtifactId, Who>,
	/// What artifacts earn.
	pub flows: BTreeMap<(ArtifactId, CurrencyId), Flow>,
}

impl Model {
	/// A chain without anything.
	pub fn new(fee: u32) -> Self {
		Self { fee, ..Default::default() }
	}

	/// What an account has of a currency.
	pub fn wealth_mut(&mut self, currency: &CurrencyId, who: Who) -> &mut Signed {
		self.wealth.entry((currency.clone(), who)).or_default()
	}

	fn pay(&mut self, currency: &CurrencyId, who: Who, amount: Balance) {
		*self.wealth_mut(currency, who) += signed(amount);
	}

	/// Takes from an account what it has. Fails where it has less.
	fn charge(
		&mut self,
		currency: &CurrencyId,
		who: Who,
		amount: Balance,
	) -> Result<(), Violation> {
		let wealth = self.wealth_mut(currency, who);
		must!(
			*wealth >= signed(amount),
			"account {who} paid {amount} of {currency:?}, and had {wealth}"
		);
		*wealth -= signed(amount);
		Ok(())
	}

	fn artifact(&self, id: ArtifactId) -> &Artifact {
		&self.artifacts[id as usize]
	}

	/// "Where derivation is by approval, the registration uses the approval up: the relation must be the
	/// same, and the share not less."
	pub fn register(
		&mut self,
		artifact: Artifact,
		relations: impl IntoIterator<Item = Relation>,
	) -> Result<(), Violation> {
		let who = artifact.owner;
		for (&(parent, share), relation) in artifact.parents.iter().zip(relations) {
			let known = self.artifact(parent);
			must!(!known.is_withdrawn(), "artifact {parent} is withdrawn, and got a child");
			if known.owner == who || !known.by_approval || relation.is_training() {
				continue;
			}
			let leave = self.derivative_requests.remove(&(parent, who)).filter(|leave| {
				leave.approved && leave.relation == relation && leave.share <= share
			});
			must!(leave.is_some(), "{who} had no leave for a {relation:?} of {parent}, at {share}");
		}
		self.artifacts.push(artifact);
		Ok(())
	}

	fn units_mut(&mut self, plan: PlanId, who: Who) -> &mut Units {
		self.units.entry((plan, who)).or_default()
	}

	/// "A credit is a claim on escrow": a purchase enters units × price.
	pub fn buy(
		&mut self,
		plan: PlanId,
		who: Who,
		units: Balance,
		now: u32,
	) -> Result<(), Violation> {
		let Plan { artifact, price, ref currency, on_sale, ref version, .. } = self.plans[&plan];
		must!(on_sale, "plan {plan} is retired, and sold units");
		let sold = self.artifact(artifact);
		let served = version.is_none_or(|version| sold.serves(&version, now));
		must!(!sold.is_withdrawn() && served, "plan {plan} sold units of what is withdrawn");
		let (currency, paid) = (currency.clone(), units * price);
		self.charge(&currency, who, paid)?;
		self.units_mut(plan, who).free += units;
		Ok(())
	}

	/// All units of an account go back for what they were bought for.
	pub fn close(&mut self, plan: PlanId, who: Who) -> Result<Balance, Violation> {
		let units = self.units.remove(&(plan, who)).unwrap_or_default();
		must!(units.held == 0, "account {who} closed plan {plan} with {} units held", units.held);
		let Plan { price, ref currency, .. } = self.plans[&plan];
		let (currency, back) = (currency.clone(), units.free * price);
		self.pay(&currency, who, back);
		Ok(back)
	}

	/// A job holds units.
	pub fn open(&mut self, id: JobId, job: Job) -> Result<(), Violation> {
		let units = self.units_mut(job.plan, job.consumer);
		must!(units.free >= job.held, "job {id} holds {} of {} units", job.held, units.free);
		units.free -= job.held;
		units.held += job.held;
		self.jobs.insert(id, job);
		Ok(())
	}

	/// A job ends without money.
	pub fn end(&mut self, id: JobId) -> Result<(), Violation> {
		let job = self.jobs.remove(&id).ok_or_else(|| format!("there was no job {id} to end"))?;
		must!(job.settled.is_none(), "job {id} ended though its money matures");
		let units = self.units_mut(job.plan, job.consumer);
		units.held -= job.held;
		units.free += job.held;
		Ok(())
	}

	/// What a call costs: "a charge rounds up to a unit".
	pub fn tariff_of(tariff: &Tariff, tokens: &Tokens) -> Balance {
		let thousandth = |count: u32, rate: u64| {
			Exact::new(u128::from(count).into(), 1_000u32.into()) * exact(rate.into())
		};
		let parts = thousandth(tokens.prompt - tokens.cached, tariff.per_1k_input)
			+ thousandth(tokens.cached, tariff.per_1k_cached)
			+ thousandth(tokens.completion, tariff.per_1k_output);
		Balance::from(tariff.per_call)
			+ parts.ceil().to_integer().to_u128().expect("tariffs here are small")
	}

	/// "Settling u units burns them and shifts u × backing to Maturing."
	pub fn settle(&mut self, id: JobId, units: Balance, now: u32) -> Result<(), Violation> {
		if units == 0 {
			return self.end(id);
		}
		let job = self.jobs.get_mut(&id).ok_or_else(|| format!("there was no job {id}"))?;
		must!(job.settled.is_none(), "job {id} was settled twice");
		must!(now <= job.expires, "job {id} was settled after its grace");
		must!(units <= job.held, "job {id} charges {units} of {}", job.held);
		let (plan, consumer, held) = (job.plan, job.consumer, std::mem::take(&mut job.held));
		job.settled = Some((units, now + self.plans[&plan].window));
		let holder = self.units_mut(plan, consumer);
		holder.held -= held;
		holder.free += held - units;
		Ok(())
	}

	/// "When the plan's dispute window is over it matures: the protocol fee first; what is left
	/// is the gross; parents' and contributors' shares are of the gross; the provider's share, also
	/// of the gross, comes out of what would be the owner's; the rest is the owner's."
	pub fn mature(&mut self, id: JobId, now: u32) -> Result<Matured, Violation> {
		let job = self.jobs.remove(&id).ok_or_else(|| format!("there was no job {id}"))?;
		let (units, due) = job.settled.ok_or_else(|| format!("job {id} matured unsettled"))?;
		must!(due == now, "job {id} matured in block {now}, and was due in {due}");
		let Plan { artifact, price, ref currency, .. } = self.plans[&job.plan];
		let (currency, amount) = (currency.clone(), units * price);
		let upstream = self.artifact(artifact).upstream();
		must!(upstream + job.share <= WHOLE, "all shares of job {id} are more than the whole");

		let fee_share = self.fee;
		let flow = self.flow(artifact, &currency);
		let fee = flow.fee.flow(amount, fee_share);
		let gross = amount - fee;
		let earned = flow.payee(Payee::Provider(job.provider));
		let provider = earned.stream.flow(gross, job.share);
		earned.rounded += provider;
		earned.exact += exact(gross) * share_of(job.share);
		flow.distributed += provider;
		flow.gross(gross, exact(gross), WHOLE - upstream - job.share);
		*self.treasury.entry(currency.clone()).or_default() += fee;
		self.pay(&currency, job.provider, provider);
		Ok(Matured { amount, fee, gross, provider })
	}

	fn flow(&mut self, artifact: ArtifactId, currency: &CurrencyId) -> &mut Flow {
		self.flows.entry((artifact, currency.clone())).or_insert_with(Flow::new)
	}

	/// "A parent's share is that parent's gross, and splits the same way. Shares are floors of running
	/// totals."
	pub fn split(&mut self, id: ArtifactId, currency: &CurrencyId) -> SplitUp {
		let Artifact { owner, parents, contributors, .. } = self.artifact(id).clone();
		let mut flow = self.flow(id, currency).clone();
		let (gross, exact_gross) = std::mem::take(&mut flow.unsplit);
		let mut split = SplitUp { gross, ..Default::default() };

		for (n, &(parent, share)) in parents.iter().enumerate() {
			let earned = flow.payee(Payee::Parent(n));
			let (part, exact_part) =
				(earned.stream.flow(gross, share), &exact_gross * share_of(share));
			earned.rounded += part;
			earned.exact += &exact_part;
			split.parents += part;
			let owner_share = WHOLE - self.artifact(parent).upstream();
			self.flow(parent, currency).gross(part, exact_part, owner_share);
		}
		for (n, &(who, share)) in contributors.iter().enumerate() {
			let earned = flow.payee(Payee::Contributor(n));
			let part = earned.stream.flow(gross, share);
			earned.rounded += part;
			earned.exact += &exact_gross * share_of(share);
			split.contributors += part;
			self.pay(currency, who, part);
		}
		let (due, exact_due) = std::mem::take(&mut flow.owner_due);
		let earned = flow.payee(Payee::Owner);
		earned.rounded += due;
		earned.exact += exact_due;
		split.owner = due;
		self.pay(currency, owner, due);

		flow.distributed += split.parents + split.contributors + split.owner;
		self.flows.insert((id, currency.clone()), flow);
		split
	}

	/// The treasury pays.
	pub fn spend(
		&mut self,
		currency: &CurrencyId,
		to: Who,
		amount: Balance,
	) -> Result<(), Violation> {
		let treasury = self.treasury.entry(currency.clone()).or_default();
		must!(*treasury >= amount, "the treasury spent {amount} of {treasury}");
		*treasury -= amount;
		self.pay(currency, to, amount);
		Ok(())
	}

	/// An account pays into the treasury.
	pub fn contribute(
		&mut self,
		currency: &CurrencyId,
		from: Who,
		amount: Balance,
	) -> Result<(), Violation> {
		self.charge(currency, from, amount)?;
		*self.treasury.entry(currency.clone()).or_default() += amount;
		Ok(())
	}

	/// "What is pending when an artifact changes hands belongs to the old owner", and so it is with
	/// shares: nothing may be left to split when one of them changes.
	pub fn is_settled(&self, artifact: ArtifactId) -> Result<(), Violation> {
		for ((_, currency), flow) in self.flows.iter().filter(|((of, _), _)| *of == artifact) {
			must!(
				flow.unsplit.0 == 0 && flow.owner_due.0 == 0,
				"artifact {artifact} changed with {} of {currency:?} to split, {} for its owner",
				flow.unsplit.0,
				flow.owner_due.0
			);
		}
		Ok(())
	}

	/// How far an artifact's rounded gross can be below the exact one: for each child, less than the
	/// unit that the floor of its running total keeps, and this artifact's share of what the child
	/// itself lacks.
	fn gross_errors(&self) -> Vec<Exact> {
		let mut errors = vec![Exact::zero(); self.artifacts.len()];
		for child in (0..self.artifacts.len()).rev() {
			let own = round_up(&errors[child]);
			for &(parent, share) in &self.artifacts[child].parents {
				errors[parent as usize] += Exact::one() + &own * share_of(share);
			}
			errors[child] = own;
		}
		errors
	}

	/// That each payee of each artifact got what it is owed of all that was distributed so far, but
	/// for what the rounding rule allows. Returns the largest difference, in units.
	pub fn check_rounding(&self) -> Result<f64, Violation> {
		let errors = self.gross_errors();
		let mut largest = Exact::zero();
		for ((id, currency), flow) in &self.flows {
			let artifact = self.artifact(*id);
			for (payee, earned) in &flow.payees {
				let share = match *payee {
					Payee::Parent(n) => artifact.parents[n].1,
					Payee::Contributor(n) => artifact.most[n],
					// It had other shares before.
					Payee::Owner => WHOLE,
					// Paid of whole units, at once.
					Payee::Provider(_) => 0,
				};
				let allowed = Exact::one() + &errors[*id as usize] * share_of(share);
				let difference = (exact(earned.rounded) - &earned.exact).abs();
				must!(
					difference < allowed,
					"artifact {id} paid {payee:?} {} of {currency:?}, exactly {}: more than {allowed} apart",
					earned.rounded,
					earned.exact
				);
				if difference > largest {
					largest = difference;
				}
			}
		}
		Ok(largest.to_f64().unwrap_or(f64::INFINITY))
	}
}

/// Up to the next thousandth, so that bounds on bounds stay small numbers.
fn round_up(bound: &Exact) -> Exact {
	let thousand = Exact::from_integer(1_000u32.into());
	(bound * &thousand).ceil() / thousand
}
