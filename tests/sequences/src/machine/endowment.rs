//! Who has what before the first step: accounts with tokens, and currencies.

use super::World;
use crate::{
	chain::{account, dispatch, dispatch_from, take_events, Who, ACCOUNTS, PEOPLE, VAULT},
	check::{currencies, tokens, ASSETS},
	model, Violation,
};
use codec::Compact;
use tallystick_primitives::{Balance, CurrencyId};
use tallystick_runtime::{units::EXISTENTIAL_DEPOSIT, Runtime, RuntimeOrigin};

/// These have tokens to begin with; the others nothing but what is sent to them.
pub const RICH: Who = PEOPLE - 8;

impl World {
	/// Accounts with tokens, and currencies.
	pub(super) fn found(&mut self) -> Result<(), Violation> {
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
}
