//! Registration: keys, bonds, leaving.

use crate::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::traits::Zero;
use tallystick_primitives::{genesis_hash, service_key::ownership_hash};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register(
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
		let provider = Provider { service_key: service_key.clone(), endpoints, bond, offerings: 0 };
		Providers::<T>::insert(&who, provider);
		Self::deposit_event(Event::Registered { provider: who, service_key });
		Ok(())
	}

	pub(crate) fn do_update(
		who: T::AccountId,
		new_key: Option<(ServiceKey, ServiceSignature)>,
		endpoints: Endpoints,
	) -> DispatchResult {
		let mut provider = Providers::<T>::get(&who).ok_or(Error::<T>::NotProvider)?;
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
		Self::deposit_event(Event::Updated { provider: who, service_key });
		Ok(())
	}

	pub(crate) fn do_leave(who: T::AccountId) -> DispatchResult {
		let provider = Providers::<T>::get(&who).ok_or(Error::<T>::NotProvider)?;
		ensure!(provider.offerings.is_zero(), Error::<T>::OfferingsOpen);
		T::Work::leave(&who)?;
		// Best effort: if ever less is held than was, its provider can still leave.
		T::Currency::release(
			&HoldReason::ProviderBond.into(),
			&who,
			provider.bond,
			Precision::BestEffort,
		)?;
		ProviderByKey::<T>::remove(&provider.service_key);
		Providers::<T>::remove(&who);
		Self::deposit_event(Event::Left { provider: who });
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
		let message = ownership_hash(&genesis_hash::<T>(), who);
		ensure!(key.verify(&message, proof), Error::<T>::BadProof);
		Ok(())
	}
}
