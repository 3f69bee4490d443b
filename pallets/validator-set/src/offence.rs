//! What an equivocation costs.

use crate::{
	sessions::Sessions, BalanceOf, Config, Convicted, Event, HoldReason, Pallet, Validators,
	WeightInfo,
};
use frame_support::{
	traits::{fungible::hold::Balanced, OnUnbalanced},
	weights::Weight,
};
use sp_runtime::{traits::Zero, Perbill};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

impl<T: Config> OnOffenceHandler<T::AccountId, (T::AccountId, ()), Weight> for Pallet<T> {
	/// Slashes each offender by its fraction of the bond and removes it from the set, or convicts it
	/// where the set is at its floor. A fraction of zero asks for nothing.
	///
	/// The offenders of earlier reports of the same offence are named again: their fraction grew with
	/// the number of offenders, and is taken of what they have left.
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, (T::AccountId, ())>],
		fractions: &[Perbill],
		_session: SessionIndex,
	) -> Weight {
		let mut weight = Weight::zero();
		for (details, fraction) in offenders.iter().zip(fractions) {
			if fraction.is_zero() {
				continue;
			}
			let who = &details.offender.0;
			Self::slash(who, *fraction);
			if Validators::<T>::contains_key(who) {
				Self::expel(who);
			}
			T::Sessions::report(who, *fraction);
			weight = weight.saturating_add(T::WeightInfo::on_offence());
		}
		weight
	}
}

impl<T: Config> Pallet<T> {
	fn slash(who: &T::AccountId, fraction: Perbill) {
		let amount: BalanceOf<T> = fraction.mul_ceil(Self::bond_of(who));
		if amount.is_zero() {
			return;
		}
		// Takes what is on hold, and `amount` is no more than that.
		let (credit, _missing) = T::Currency::slash(&HoldReason::Bond.into(), who, amount);
		let amount = frame_support::traits::Imbalance::peek(&credit);
		T::Slashed::on_unbalanced(credit);
		Self::deposit_event(Event::Slashed { who: who.clone(), amount });
	}

	fn expel(who: &T::AccountId) {
		if !Self::at_floor() {
			let free_from = Self::depart(who);
			Self::deposit_event(Event::ValidatorRemoved { who: who.clone(), free_from });
			return;
		}
		let convicted = Convicted::<T>::mutate(|convicted| {
			// There is room: no more can be convicted than there are validators.
			!convicted.contains(who) && convicted.try_push(who.clone()).is_ok()
		});
		if convicted {
			Self::deposit_event(Event::ValidatorConvicted { who: who.clone() });
		}
	}
}
