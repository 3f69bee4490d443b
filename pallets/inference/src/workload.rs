//! What is known of providers here: what they have to do, and did last.

use crate::*;
use sp_runtime::traits::Zero;
use tallystick_primitives::ProviderWork;

impl<T: Config> ProviderWork<T::AccountId> for Pallet<T> {
	fn leave(provider: &T::AccountId) -> DispatchResult {
		// Counted beside the set: to see that a set is empty takes more than one read.
		let open_jobs = Workloads::<T>::get(provider).open_jobs;
		ensure!(open_jobs.is_zero(), Error::<T>::JobsOpen);
		Workloads::<T>::remove(provider);
		Ok(())
	}
}

impl<T: Config> Pallet<T> {
	/// `provider` has one more job to answer.
	pub(crate) fn add_work(provider: &T::AccountId, id: JobId) {
		Workloads::<T>::mutate(provider, |work| {
			// No state holds 2^32 open jobs.
			work.open_jobs = work.open_jobs.saturating_add(1);
		});
		ProviderJobs::<T>::insert(provider, id, ());
	}

	/// `provider` has one job less to answer.
	pub(crate) fn remove_work(provider: &T::AccountId, id: JobId) {
		Workloads::<T>::mutate(provider, |work| {
			// It counts this job, so it is not zero.
			work.open_jobs = work.open_jobs.saturating_sub(1);
		});
		ProviderJobs::<T>::remove(provider, id);
	}
}
