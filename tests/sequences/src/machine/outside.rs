//! What is not of our pallets, and moves tokens or credits all the same.

use super::{World, NOWHERE};
use crate::{
	chain::{account, Who, ACCOUNTS},
	check::{currencies, tokens},
	model::{self, Units},
	must, Violation,
};
use std::collections::BTreeMap;
use tallystick_primitives::{Balance, CurrencyId, PlanId};
use tallystick_runtime::{units::EXISTENTIAL_DEPOSIT, Assets};

impl World {
	/// Does something that is not of our pallets: what it changes of tokens, and of the credits of
	/// `plan`, is taken from the chain. It creates no money, but where `issuer`.
	pub(super) fn outside(
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
}
