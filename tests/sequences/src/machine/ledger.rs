//! Calls of the ledger.

use super::{
	pick::{amount, currency, nth},
	World,
};
use crate::{
	chain::{account, accounts, Who, VAULT},
	check::{currencies, tokens},
	must,
	step::{Pick, Size},
	Violation,
};
use tallystick_primitives::{Balance, Bucket, CurrencyId};
use tallystick_runtime::{units::EXISTENTIAL_DEPOSIT, Runtime};

/// Whether the vault has less of a currency than is booked.
pub(super) fn is_short(currency: &CurrencyId) -> bool {
	tokens(currency, &account(VAULT)) < pallet_ledger::Booked::<Runtime>::get(currency)
}

impl World {
	pub(super) fn claim(&mut self, who: Who, pick: Pick) {
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

	pub(super) fn admit_currency(
		&mut self,
		money: u8,
		threshold: u8,
		root: bool,
	) -> Result<(), Violation> {
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

	pub(super) fn report_impaired(&mut self, who: Who, money: u8) {
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

	pub(super) fn spend(
		&mut self,
		money: u8,
		to: Who,
		size: Size,
		root: bool,
	) -> Result<(), Violation> {
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

	pub(super) fn follow_ledger(&mut self, event: pallet_ledger::Event<Runtime>) {
		use pallet_ledger::Event;
		match event {
			Event::Deferred { .. } => self.coverage.count("a claim waits", true),
			Event::CurrencyImpaired { .. } => self.coverage.count("a currency is impaired", true),
			Event::CurrencyRestored { .. } => self.coverage.count("a currency is restored", true),
			_ => {}
		}
	}
}
