//! What the issuer of an asset can do to those who have it.

use super::{
	ledger::is_short,
	pick::{amount, nth},
	World,
};
use crate::{
	chain::{account, Who, VAULT},
	check::{tokens, ASSETS},
	step::Size,
	Violation,
};
use codec::Compact;
use pallet_assets::Call;
use tallystick_primitives::{Balance, CurrencyId};
use tallystick_runtime::Runtime;

impl World {
	pub(super) fn issuer(
		&mut self,
		asset: u8,
		act: u8,
		whom: Who,
		size: Size,
	) -> Result<(), Violation> {
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
}
