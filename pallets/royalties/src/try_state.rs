//! The invariants of distribution.

use super::*;
use sp_core::U256;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants that the module's documentation lists.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (artifact, currency, tally) in Tallies::<T>::iter() {
			Self::check_tally(artifact, &currency, &tally)?;
		}
		for (key, currency) in Due::<T>::iter_keys() {
			ensure!(
				Tallies::<T>::contains_key(ArtifactId::from(key), currency),
				"royalties 3: something is due without a tally"
			);
		}
		let range = PayoutRange::<T>::get();
		let mut waiting: u64 = 0;
		for (place, (currency, account)) in Payouts::<T>::iter() {
			ensure!(
				(range.head..range.tail).contains(&place)
					&& QueuedPayouts::<T>::contains_key(currency, account),
				"royalties 4: a payout is outside the queue"
			);
			waiting = waiting.saturating_add(1);
		}
		ensure!(
			range.tail.checked_sub(range.head) == Some(waiting)
				&& u64::try_from(QueuedPayouts::<T>::iter_keys().count()) == Ok(waiting),
			"royalties 4: the queue has gaps or doubles"
		);
		Ok(())
	}

	fn check_tally(
		artifact: ArtifactId,
		currency: &CurrencyId,
		tally: &Tally,
	) -> Result<(), TryRuntimeError> {
		let pending = T::Books::balance(currency, &Bucket::Pending(artifact));
		ensure!(
			tally.distributed.checked_add(pending) == Some(tally.deposited),
			"royalties 1: deposited is not distributed plus pending"
		);
		let upstream = T::Artifacts::upstream_share(artifact)
			.ok_or("royalties 2: a tally of no artifact")?
			.deconstruct();
		let billion = U256::from(1_000_000_000u32);
		let remainders = Remainders::<T>::get(artifact, currency)
			.into_iter()
			.chain(ProviderRemainders::<T>::iter_prefix_values((artifact, currency)))
			.chain([tally.owner_remainder])
			.fold(U256::zero(), |sum, remainder| sum.saturating_add(remainder.into()));
		// Both sides in billionths of a unit.
		let owed = U256::from(tally.unsplit)
			.saturating_mul(upstream.into())
			.saturating_add(U256::from(tally.for_owner).saturating_mul(billion))
			.saturating_add(remainders);
		ensure!(
			U256::from(pending).saturating_mul(billion) == owed,
			"royalties 2: pending is not what is owed"
		);
		Ok(())
	}
}
