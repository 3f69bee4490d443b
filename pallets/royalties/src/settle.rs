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
		let tallies = Tallies::<T>::iter_prefix(artifact).collect::<Vec<_>>();
		for (currency, Tally { unsplit, for_owner, .. }) in tallies {
			// Nobody has a part of what was split already but remainders, which stay.
			let parts = if unsplit > 0 || for_owner > 0 {
				Due::<T>::remove(WaveKey::from(artifact), &currency);
				Self::split_pending(artifact, &currency)?
			} else {
				0
			};
			spent.saturating_accrue(Self::settled_weight(parts));
		}
		Ok(spent)
	}
}

impl<T: Config> Pallet<T> {
	/// What a currency costs of an artifact that is settled: a visit, and finding the tally.
	fn settled_weight(parts: u32) -> Weight {
		T::WeightInfo::visit(parts).saturating_add(T::DbWeight::get().reads(1))
	}
}
