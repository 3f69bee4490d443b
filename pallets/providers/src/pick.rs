//! What inference and the registry ask: whose key it is, who answers a job, and what the dearest
//! takes.

use crate::*;
use tallystick_primitives::{JobId, ProviderInspect, ProviderShares};

impl<T: Config> ProviderInspect<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	fn service_key(provider: &T::AccountId) -> Option<ServiceKey> {
		Providers::<T>::get(provider).map(|provider| provider.service_key)
	}

	fn account_of(key: &ServiceKey) -> Option<T::AccountId> {
		ProviderByKey::<T>::get(key)
	}

	fn pick(
		id: JobId,
		artifact: ArtifactId,
		version: Digest,
		named: Option<&T::AccountId>,
		deadline: BlockNumberFor<T>,
	) -> Result<(T::AccountId, Share), DispatchError> {
		let provider = match named {
			Some(provider) => provider.clone(),
			None => Self::first_candidate(id, artifact, version, deadline)?,
		};
		let key = (artifact, version, provider);
		let offering = Offerings::<T>::get(&key).ok_or(Error::<T>::OfferingNotFound)?;
		ensure!(offering.status == OfferingStatus::Active, Error::<T>::OfferingNotActive);
		ensure!(offering.min_deadline <= deadline, Error::<T>::DeadlineTooShort);
		let (_, _, provider) = key;
		Ok((provider, offering.share))
	}
}

impl<T: Config> ProviderShares for Pallet<T> {
	fn dearest(artifact: ArtifactId) -> Share {
		DearestShares::<T>::get(artifact)
	}
}

impl<T: Config> Pallet<T> {
	/// The first in the list of candidates that needs no more time than `deadline`. Where the
	/// search begins goes round with the job's id, so that all get work.
	fn first_candidate(
		id: JobId,
		artifact: ArtifactId,
		version: Digest,
		deadline: BlockNumberFor<T>,
	) -> Result<T::AccountId, Error<T>> {
		let candidates = Candidates::<T>::get(artifact, version);
		let len = u64::try_from(candidates.len()).unwrap_or_default();
		// There is no remainder where the list is empty.
		let start = id.checked_rem(len).ok_or(Error::<T>::NoProvider)?;
		let start = usize::try_from(start).unwrap_or_default();
		candidates
			.iter()
			.cycle()
			.skip(start)
			.take(candidates.len())
			.find(|candidate| candidate.min_deadline <= deadline)
			.map(|candidate| candidate.provider.clone())
			.ok_or(Error::<T>::DeadlineTooShort)
	}
}
