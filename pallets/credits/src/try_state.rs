//! The invariants of plans and their credits.

use super::*;
use alloc::collections::BTreeMap;
use frame_support::traits::fungibles::roles::Inspect as _;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the invariants that the module's documentation lists.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut stored = BTreeMap::<ArtifactId, u64>::new();
		for (plan, details) in Plans::<T>::iter() {
			let bytes = stored.entry(details.artifact).or_default();
			*bytes = bytes.saturating_add(Self::stored_bytes(&details.terms));
			let escrow = T::Books::balance(&details.terms.currency, &Bucket::Escrow(plan));
			ensure!(
				T::Credits::total_issuance(plan).checked_mul(details.terms.price) == Some(escrow),
				"credits 1: escrow is not the units in issue times the price"
			);
			let owner = Some(Self::class_owner());
			let team = [
				T::Credits::owner(plan),
				T::Credits::issuer(plan),
				T::Credits::admin(plan),
				T::Credits::freezer(plan),
			];
			ensure!(
				team.iter().all(|member| *member == owner),
				"credits 2: somebody holds a role over a class of credits"
			);
		}
		for (artifact, bytes) in stored {
			ensure!(
				T::Artifacts::stored_elsewhere(artifact) == bytes,
				"credits 3: the deposit for an artifact's plans is not for their bytes"
			);
		}
		Ok(())
	}
}
