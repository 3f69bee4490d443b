//! Turns steps into calls that fit the state, makes them, and tells the model what succeeded.
//!
//! Each of our pallets has a file, in which a call has a function: what the call is made with, what
//! has to come of it, and what the model is told. A pallet's events are followed in the same file:
//! they tell what the chain did by itself. What happens by pallets that are not ours is in
//! `transfers`, `issuers` and `filter`.

mod coverage;
mod credits;
mod endowment;
mod filter;
mod inference;
mod issuers;
mod ledger;
mod outside;
mod pick;
mod provenance;
mod providers;
mod registry;
mod royalties;
mod transfers;

pub use coverage::{Coverage, CALLS, HAPPENINGS};
pub use endowment::RICH;

use crate::{
	chain::{account, begin_block, dispatch, dispatch_from, end_block, take_events, Chain, Who},
	check,
	model::{Matured, Model},
	must,
	setup::Start,
	step::Step,
	Violation,
};
use frame_support::traits::Get;
use sp_runtime::{BoundedVec, DispatchError, DispatchResult};
use tallystick_primitives::{Digest, Receipt, Share};
use tallystick_runtime::{
	configs, AccountId, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};

/// The number of a thing that there is not.
const NOWHERE: u32 = 4_000_000_000;

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
	deposit: Option<Matured>,
}

fn bounded<L: Get<u32>>(bytes: &[u8]) -> BoundedVec<u8, L> {
	bytes.to_vec().try_into().expect("short")
}

fn now() -> u32 {
	System::block_number()
}

fn share(part: u32) -> Share {
	Share::from_parts(part)
}

impl World {
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
				return self.register(who, kind, licence, parents, contributors, flaw)
			}
			Step::Publish { artifact, by, flaw } => self.publish(artifact, by, flaw),
			Step::UpdateMetadata { artifact, by, flaw } => {
				return self.update_metadata(artifact, by, flaw)
			}
			Step::UpdateLocators { version, by, flaw } => {
				return self.update_locators(version, by, flaw)
			}
			Step::SetDeprecated { version, by, deprecated, flaw } => {
				return self.set_deprecated(version, by, deprecated, flaw)
			}
			Step::WithdrawVersion { version, by, at_once, flaw } => {
				return self.withdraw_version(version, by, at_once, flaw)
			}
			Step::SetServing { version, by, none, flaw } => {
				return self.set_serving(version, by, none, flaw)
			}
			Step::RequestDerivative { who, parent, kind, part } => {
				return self.request_derivative(who, parent, kind, part)
			}
			Step::ApproveDerivative { request, by, flaw } => {
				return self.approve_derivative(request, by, flaw)
			}
			Step::CloseDerivativeRequest { request, by, as_owner } => {
				return self.close_derivative_request(request, by, as_owner)
			}
			Step::ConfirmParent { edge, by, flaw } => self.confirm_parent(edge, by, flaw),
			Step::UpdateLicence { artifact, by, licence } => {
				self.update_licence(artifact, by, licence)
			}
			Step::OfferGift { artifact, by, to } => self.offer_gift(artifact, by, to),
			Step::CancelGift { gift, by, receiver } => self.cancel_gift(gift, by, receiver),
			Step::AcceptGift { gift, by, flaw } => return self.accept_gift(gift, by, flaw),
			Step::AddContributor { artifact, by, who, part, flaw } => {
				return self.add_contributor(artifact, by, who, part, flaw)
			}
			Step::RenounceShare { share, by } => return self.renounce_share(share, by),
			Step::TransferShare { share, by, to } => return self.transfer_share(share, by, to),
			Step::HandOver { artifact, to } => return self.hand_over(artifact, to),
			Step::CreatePlan { artifact, by, currency, price, tariff, window, slots, flaw } => {
				return self.create_plan(artifact, by, currency, price, tariff, window, slots, flaw)
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
				return self.offer(provider, by, artifact, part, deadline, flaw)
			}
			Step::AcceptOffering { offering, by, flaw } => {
				return self.accept_offering(offering, by, flaw)
			}
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
				self.distribute(by, steps);
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
				return self.donate(who, to, currency, amount)
			}
			Step::Send { from, to, currency, amount, keep_alive } => {
				return self.send(from, to, currency, amount, keep_alive)
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
				RuntimeEvent::Ledger(event) => self.follow_ledger(event),
				RuntimeEvent::System(frame_system::Event::KilledAccount { .. }) => {
					self.coverage.count("an account dies", true);
				}
				_ => {}
			}
		}
		must!(self.deposit.is_none(), "money was distributed, and no job matured");
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

	/// Lets all jobs end and all money flow as far as thresholds let it.
	fn finish(&mut self) -> Result<(), Violation> {
		while !self.model.jobs.is_empty() {
			self.advance(1)?;
		}
		for (artifact, currency) in self.model.flows.keys().cloned().collect::<Vec<_>>() {
			let mark = pallet_royalties::Call::mark { artifact, currency };
			self.call(0, "royalties.mark", format!("artifact {artifact}"), mark);
		}
		while pallet_royalties::Due::<Runtime>::iter_keys().next().is_some()
			|| pallet_royalties::Payouts::<Runtime>::iter_keys().next().is_some()
		{
			self.advance(1)?;
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

fn short(digest: &Digest) -> String {
	let number = digest.to_low_u64_be();
	format!("#{number:x}")
}

fn name_of(error: &DispatchError) -> String {
	match error {
		DispatchError::Module(module) => {
			module.message.map_or_else(|| format!("{module:?}"), Into::into)
		}
		other => format!("{other:?}"),
	}
}
