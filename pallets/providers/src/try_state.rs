//! The invariants, checked.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::traits::fungible::InspectHold;
use sp_runtime::{traits::Zero, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks the invariants that the module's documentation lists.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_providers()?;
		Self::check_offerings()?;
		Self::check_candidates()?;
		Self::check_shares()
	}

	/// 1 and 2: keys, endpoints and bonds.
	fn check_providers() -> Result<(), TryRuntimeError> {
		let mut keys = BTreeMap::new();
		for (account, provider) in Providers::<T>::iter() {
			ensure!(!provider.endpoints.is_empty(), "providers 1: a provider without endpoints");
			let held = T::Currency::balance_on_hold(&HoldReason::ProviderBond.into(), &account);
			ensure!(held == provider.bond, "providers 2: a provider's bond is not held");
			keys.insert(provider.service_key, account);
		}
		ensure!(
			keys == ProviderByKey::<T>::iter().collect(),
			"providers 1: keys and providers differ"
		);
		Ok(())
	}

	/// 3: what providers count.
	fn check_offerings() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<T::AccountId, u32>::new();
		for (_, _, provider) in Offerings::<T>::iter_keys() {
			let n = counts.entry(provider).or_default();
			*n = n.saturating_add(1);
		}
		let counted: BTreeMap<_, _> = Providers::<T>::iter()
			.map(|(account, provider)| (account, provider.offerings))
			.filter(|(_, n)| !n.is_zero())
			.collect();
		ensure!(
			counts == counted,
			"providers 3: offerings are miscounted, or their provider is not registered"
		);
		Ok(())
	}

	/// 4: the lists to pick from.
	fn check_candidates() -> Result<(), TryRuntimeError> {
		let active: BTreeMap<_, _> = Offerings::<T>::iter()
			.filter(|(_, offering)| offering.status == OfferingStatus::Active)
			.map(|(key, offering)| (key, offering.min_deadline))
			.collect();
		let (mut listed, mut entries) = (BTreeMap::new(), 0usize);
		for (artifact, version, candidates) in Candidates::<T>::iter() {
			ensure!(!candidates.is_empty(), "providers 4: an empty list of candidates is stored");
			for candidate in candidates {
				entries = entries.saturating_add(1);
				listed.insert((artifact, version, candidate.provider), candidate.min_deadline);
			}
		}
		ensure!(entries == listed.len(), "providers 4: a candidate is listed twice");
		ensure!(active == listed, "providers 4: candidates are not the active offerings");
		Ok(())
	}

	/// 5: the dearest shares.
	fn check_shares() -> Result<(), TryRuntimeError> {
		for ((artifact, _, _), offering) in Offerings::<T>::iter() {
			ensure!(
				offering.status == OfferingStatus::Proposed
					|| offering.share <= DearestShares::<T>::get(artifact),
				"providers 5: an offering is dearer than the dearest"
			);
		}
		for (artifact, dearest) in DearestShares::<T>::iter() {
			let upstream = T::Artifacts::upstream_share(artifact).unwrap_or_default();
			ensure!(
				Self::shares_fit(upstream, dearest),
				"providers 5: the shares of a use are more than the whole"
			);
		}
		Ok(())
	}
}
