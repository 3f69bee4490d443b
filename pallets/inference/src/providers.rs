//! Providers: registration, keys, leaving.

use crate::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::traits::Zero;
use tallystick_primitives::service_key::ownership_hash;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_provider(
		who: T::AccountId,
		service_key: ServiceKey,
		endpoints: Endpoints,
		proof: ServiceSignature,
	) -> DispatchResult {
		ensure!(!Providers::<T>::contains_key(&who), Error::<T>::AlreadyProvider);
		Self::ensure_endpoints(&endpoints)?;
		Self::ensure_may_use_key(&who, &service_key, &proof)?;

		let bond = T::ProviderBond::get();
		T::Currency::hold(&HoldReason::ProviderBond.into(), &who, bond)?;
		ProviderByKey::<T>::insert(&service_key, &who);
		let provider = Provider {
			service_key: service_key.clone(),
			endpoints,
			bond,
			open_jobs: 0,
			offerings: 0,
			last_receipt: H256::zero(),
		};
		Providers::<T>::insert(&who, provider);
		Self::deposit_event(Event::ProviderRegistered { provider: who, service_key });
		Ok(())
	}

	pub(crate) fn do_update_provider(
		who: T::AccountId,
		new_key: Option<(ServiceKey, ServiceSignature)>,
		endpoints: Endpoints,
	) -> DispatchResult {
		let mut provider = Providers::<T>::get(&who).ok_or(Error::<T>::ProviderNotFound)?;
		Self::ensure_endpoints(&endpoints)?;
		provider.endpoints = endpoints;
		if let Some((service_key, proof)) = new_key {
			Self::ensure_may_use_key(&who, &service_key, &proof)?;
			ProviderByKey::<T>::remove(&provider.service_key);
			ProviderByKey::<T>::insert(&service_key, &who);
			provider.service_key = service_key;
		}
		let service_key = provider.service_key.clone();
		Providers::<T>::insert(&who, provider);
		Self::deposit_event(Event::ProviderUpdated { provider: who, service_key });
		Ok(())
	}

	pub(crate) fn do_leave(who: T::AccountId) -> DispatchResult {
		let provider = Providers::<T>::get(&who).ok_or(Error::<T>::ProviderNotFound)?;
		ensure!(provider.open_jobs.is_zero(), Error::<T>::JobsOpen);
		ensure!(provider.offerings.is_zero(), Error::<T>::OfferingsOpen);
		// Best effort: a bond that was fined elsewhere must not keep its provider for ever.
		T::Currency::release(
			&HoldReason::ProviderBond.into(),
			&who,
			provider.bond,
			Precision::BestEffort,
		)?;
		ProviderByKey::<T>::remove(&provider.service_key);
		Providers::<T>::remove(&who);
		Self::deposit_event(Event::ProviderLeft { provider: who });
		Ok(())
	}

	/// That there is an endpoint, and none is empty.
	fn ensure_endpoints(endpoints: &Endpoints) -> DispatchResult {
		let named = !endpoints.is_empty() && endpoints.iter().all(|url| !url.is_empty());
		ensure!(named, Error::<T>::NoEndpoint);
		Ok(())
	}

	/// That `key` is nobody's, or `who`'s own, and that `proof` shows that `who` holds it.
	fn ensure_may_use_key(
		who: &T::AccountId,
		key: &ServiceKey,
		proof: &ServiceSignature,
	) -> DispatchResult {
		let free = ProviderByKey::<T>::get(key).is_none_or(|holder| holder == *who);
		ensure!(free, Error::<T>::ServiceKeyInUse);
		let message = ownership_hash(&Self::genesis_hash(), who);
		ensure!(key.verify(&message, proof), Error::<T>::BadProof);
		Ok(())
	}

	/// The hash of the genesis block: what keeps signatures for this chain from others.
	/// frame_system forgets the hashes of old blocks, but never this one.
	pub fn genesis_hash() -> H256 {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}
}
