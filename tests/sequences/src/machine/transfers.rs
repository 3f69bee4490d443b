//! Tokens and credits that go from one account to another, and donations.

use super::{
	endowment::RICH,
	pick::{amount, currency, nth},
	World,
};
use crate::{
	chain::{account, Who, CLASS_OWNER, COLLECTION_OWNER, PEOPLE, VAULT},
	check::tokens,
	step::{Pick, Size},
	Violation,
};
use codec::Compact;
use tallystick_primitives::CurrencyId;
use tallystick_runtime::{units::EXISTENTIAL_DEPOSIT, RuntimeCall};

impl World {
	/// To an account without a key, half of the time the vault. The giver lives on.
	pub(super) fn donate(
		&mut self,
		from: Who,
		to: u8,
		money: u8,
		size: Size,
	) -> Result<(), Violation> {
		let to = [VAULT, VAULT, CLASS_OWNER, COLLECTION_OWNER][usize::from(to % 4)];
		self.transfer("a donation", from, to, money, size, true)
	}

	pub(super) fn send(
		&mut self,
		from: Who,
		to: Who,
		money: u8,
		size: Size,
		keep_alive: bool,
	) -> Result<(), Violation> {
		self.transfer("a transfer", from, to, money, size, keep_alive)
	}

	fn transfer(
		&mut self,
		name: &'static str,
		from: Who,
		to: Who,
		money: u8,
		size: Size,
		keep_alive: bool,
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
		let line = format!("{value} of {currency:?} to {to}");
		self.outside(None, false, |world| {
			world.call(from, name, line, call);
			Ok(())
		})
	}

	pub(super) fn send_credits(
		&mut self,
		pick: Pick,
		to: Who,
		size: Size,
		way: u8,
	) -> Result<(), Violation> {
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
}
