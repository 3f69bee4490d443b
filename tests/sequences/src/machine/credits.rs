//! Calls of credits.

use super::{
	bounded, now,
	pick::{by, currency, nth},
	World, NOWHERE,
};
use crate::{
	chain::{account, Who},
	check::tokens,
	model::{self, Model, Units},
	must,
	step::{By, Flaw, Pick, Size},
	Violation,
};
use frame_support::{dispatch::CheckIfFeeless, traits::fungibles};
use pallet_credits::PlanTerms;
use sp_core::H256;
use tallystick_primitives::{ArtifactId, Balance, CurrencyId, Digest, PlanId, Tariff, Tokens};
use tallystick_runtime::{Assets, Runtime, RuntimeCall, RuntimeOrigin};

impl World {
	#[allow(clippy::too_many_arguments)]
	pub(super) fn create_plan(
		&mut self,
		pick: Pick,
		who: By,
		money: u8,
		price: u8,
		tariff: u8,
		window: u8,
		slots: u8,
		flaw: Flaw,
	) -> Result<(), Violation> {
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
		let first = self.model.artifacts.get(artifact as usize).and_then(|a| a.versions.first());
		let mut version = first.map(|first| first.digest).filter(|_| slots & 16 != 0);
		let mut slots = u32::from(slots % 8);
		match flaw {
			1 => price = 0,
			2 => tariff = Tariff::default(),
			3 => window = 0,
			4 => version = Some(Digest::repeat_byte(0xee)),
			5 => currency = CurrencyId::WithId(plan.saturating_sub(1).max(4)),
			6 => slots = 1_000_000,
			7 => price = Balance::MAX >> 3,
			_ => {}
		}
		let terms = PlanTerms {
			versions: version.into_iter().collect::<Vec<_>>().try_into().expect("one"),
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
			let sold = &self.model.artifacts[artifact as usize];
			let served = version.is_none_or(|version| sold.serves(&version, now()));
			must!(!sold.is_withdrawn() && served, "plan {plan} is for what is withdrawn");
			let min_balance = <Assets as fungibles::Inspect<_>>::minimum_balance(plan);
			self.model.plans.insert(
				plan,
				model::Plan {
					artifact,
					version,
					currency,
					price,
					tariff,
					window,
					on_sale: true,
					min_balance,
				},
			);
		}
		Ok(())
	}

	/// Whether somebody answers for a plan's artifact.
	pub(super) fn is_served(&self, plan: PlanId) -> bool {
		let artifact = self.model.plans[&plan].artifact;
		let first = (artifact, Digest::zero(), 0);
		let mut offerings =
			self.model.offerings.range(first..).take_while(|(k, _)| k.0 == artifact);
		offerings.any(|(_, offering)| offering.active)
	}

	pub(super) fn least(&self, plan: PlanId) -> Balance {
		let tariff = &self.model.plans[&plan].tariff;
		Model::tariff_of(tariff, &Tokens::default()).max(1)
	}

	pub(super) fn buy(
		&mut self,
		who: Who,
		pick: Pick,
		size: Size,
		flaw: Flaw,
	) -> Result<(), Violation> {
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
			self.model.buy(plan, who, units, now())?;
		}
		Ok(())
	}

	pub(super) fn pick_holding(&self, pick: Pick) -> Option<(PlanId, Who)> {
		let held = self.model.units.iter().filter(|(_, units)| **units != Units::default());
		nth(held.map(|(key, _)| *key), pick)
	}

	pub(super) fn close(&mut self, pick: Pick, who: By) -> Result<(), Violation> {
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

	pub(super) fn retire_plan(&mut self, pick: Pick, who: By) {
		let plan = nth(self.model.plans.keys().copied(), pick).unwrap_or(NOWHERE);
		let owner = self.model.plans.get(&plan).map_or(0, |plan| self.owner(plan.artifact));
		let call = pallet_credits::Call::retire_plan { plan };
		if self.call(by(who, owner), "credits.retire_plan", format!("plan {plan}"), call) {
			if let Some(plan) = self.model.plans.get_mut(&plan) {
				plan.on_sale = false;
			}
		}
	}
}
