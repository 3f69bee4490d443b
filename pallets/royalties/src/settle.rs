//! Settling: what an artifact has earned is split before its owner or a share changes.

use super::*;
use alloc::vec::Vec;
use tallystick_primitives::SettleRoyalties;

impl<T: Config> SettleRoyalties for Pallet<T> {
	fn max_weight() -> Weight {
		let visits =
			Self::settled_weight(T::MaxParts::get()).saturating_mul(T::MaxCurrencies::get().into());
		T::WeightInfo::look().saturating_add(visits)
	}

	fn settle(artifact: ArtifactId) -> Result<Weight, DispatchError> {
		let mut spent = T::WeightInfo::look();
		// Not more than there are currencies, since money comes in no other.
		let currencies = Tallies::<T>::iter_key_prefix(artifact).collect::<Vec<_>>();
		for currency in currencies {
			// What is due stays due, for the wave to remove: see `Due`.
			let parts = Self::split_pending(artifact, &currency)?;
			spent.saturating_accrue(Self::settled_weight(parts));
		}
		Ok(spent)
	}
}

impl<T: Config> Pallet<T> {
	/// What settling costs for one currency: a visit, and finding its tally.
	fn settled_weight(parts: u32) -> Weight {
		T::WeightInfo::visit(parts).saturating_add(T::DbWeight::get().reads(1))
	}
}
