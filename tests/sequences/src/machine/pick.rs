//! What the choices of a step mean in the state that it finds.

use crate::{
	chain::{Who, PEOPLE},
	check::currencies,
	step::{By, Pick, Size},
};
use tallystick_primitives::{Balance, CurrencyId};

pub(super) fn nth<T>(things: impl IntoIterator<Item = T>, pick: Pick) -> Option<T> {
	let mut things: Vec<T> = things.into_iter().collect();
	if things.is_empty() {
		return None;
	}
	let place = usize::from(pick) % things.len();
	Some(things.swap_remove(place))
}

pub(super) fn by(by: By, right: Who) -> Who {
	match by {
		By::Right => right,
		By::Account(who) => who % PEOPLE,
	}
}

/// How much of `all`, where `least` is what makes sense.
pub(super) fn amount(size: Size, least: Balance, all: Balance) -> Balance {
	match size {
		Size::Least => least,
		Size::Some(n) => (all / 4 / 65_536).saturating_mul(n.into()) + Balance::from(n % 97),
		Size::All => all,
		Size::Zero => 0,
		Size::Absurd => Balance::MAX,
	}
}

pub(super) fn currency(n: u8) -> CurrencyId {
	// The native token half of the time.
	let all = currencies();
	let place = usize::from(n) % (2 * all.len() - 2);
	all.get(place).cloned().unwrap_or(CurrencyId::Native)
}
