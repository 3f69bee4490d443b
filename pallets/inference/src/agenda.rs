//! The agenda: what is done at a block without a call.

use crate::*;
use frame_support::storage::with_storage_layer;
use sp_runtime::traits::{One, Saturating, Zero};
use tallystick_primitives::Bucket;

impl<T: Config> Pallet<T> {
	/// Works off the agenda up to `now`, oldest block first, within `meter`. What does not fit is
	/// left to the next call, which goes on where this one stopped.
	pub(crate) fn work_agenda(now: BlockNumberFor<T>, meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::agenda()).is_err() {
			return;
		}
		let cursor = AgendaCursor::<T>::get();
		// Zero: this is the first block with this pallet, and before there was nothing to do.
		let mut block = if cursor.is_zero() { now } else { cursor };
		while block <= now {
			if meter.try_consume(T::WeightInfo::agenda_block()).is_err()
				|| !Self::work_block(now, block, meter)
			{
				break;
			}
			// Does not saturate: `block` is at most `now`.
			block = block.saturating_add(One::one());
		}
		AgendaCursor::<T>::put(block);
	}

	/// Works off the agenda of `block`. Whether all of it was done.
	pub(crate) fn work_block(
		now: BlockNumberFor<T>,
		block: BlockNumberFor<T>,
		meter: &mut WeightMeter,
	) -> bool {
		// Entries are removed behind the iterator, and none is added to this block.
		for entry in Agenda::<T>::iter_key_prefix(block) {
			// `has_open_job` reads. Where the entry then does not fit, it has read all the same: `agenda_block`
			// counts that.
			let weight = match &entry {
				AgendaEntry::EndRequest(who, commitment) if Self::has_open_job(who, commitment) => {
					T::WeightInfo::lapse()
				}
				AgendaEntry::EndRequest(..) => T::WeightInfo::forget(),
				AgendaEntry::Mature(_) => T::WeightInfo::mature(),
			};
			if meter.try_consume(weight).is_err() {
				return false;
			}
			Agenda::<T>::remove(block, &entry);
			match entry {
				AgendaEntry::EndRequest(who, commitment) => Self::end_request(now, who, commitment),
				AgendaEntry::Mature(id) => Self::mature_or_retry(now, id),
			}
		}
		true
	}

	/// Ends a request that has had its time. Where its job cannot lapse, all of it waits.
	fn end_request(now: BlockNumberFor<T>, who: T::AccountId, commitment: Digest) {
		let Some(remembered) = Commitments::<T>::get(&who, commitment) else { return };
		if let Some(retry_at) = Self::lapse_or_retry(now, remembered.job) {
			Agenda::<T>::insert(retry_at, AgendaEntry::EndRequest(who, commitment), ());
			return;
		}
		Commitments::<T>::remove(&who, commitment);
		if let Some(plan) = remembered.slot_of {
			Self::free_slot(&who, plan);
		}
	}

	/// Whether the job of a request is still open.
	fn has_open_job(who: &T::AccountId, commitment: &Digest) -> bool {
		Commitments::<T>::get(who, commitment)
			.and_then(|remembered| Jobs::<T>::get(remembered.job))
			.is_some_and(|job| job.is_open())
	}

	/// Lets a job lapse if it is open. If that fails, returns the block at which it is tried again.
	fn lapse_or_retry(now: BlockNumberFor<T>, id: JobId) -> Option<BlockNumberFor<T>> {
		let mut job = Jobs::<T>::get(id).filter(Job::is_open)?;
		let Err(error) = with_storage_layer(|| Self::lapse(id, &job)) else { return None };
		log::error!(target: LOG_TARGET, "job {id} cannot lapse: {error:?}");
		let retry_at = now.saturating_add(RETRY_AFTER.into());
		// Whether there is room or not: the job has to be somewhere. Receipts are refused all the same:
		// `expires` stays.
		Self::uncount_lapse(job.due);
		Self::count_lapse(retry_at);
		job.due = retry_at;
		Jobs::<T>::insert(id, job);
		Self::deposit_event(Event::LapseFailed { job: id, error, retry_at });
		Some(retry_at)
	}

	/// Matures a job. If that fails, it is on the agenda again.
	pub(crate) fn mature_or_retry(now: BlockNumberFor<T>, id: JobId) {
		let Err(error) = with_storage_layer(|| Self::mature(id)) else { return };
		log::error!(target: LOG_TARGET, "job {id} cannot mature: {error:?}");
		Jobs::<T>::mutate_extant(id, |job| {
			let retry_at = now.saturating_add(RETRY_AFTER.into());
			job.due = retry_at;
			Agenda::<T>::insert(retry_at, AgendaEntry::<T::AccountId>::Mature(id), ());
			Self::deposit_event(Event::MaturingFailed { job: id, error, retry_at });
		});
	}

	/// Ends an open job that got no receipt.
	fn lapse(id: JobId, job: &JobOf<T>) -> DispatchResult {
		Self::end_uncharged(id, job)?;
		Self::deposit_event(Event::Lapsed {
			job: id,
			provider: job.provider.clone(),
			consumer: job.consumer.clone(),
			units: job.units_held,
		});
		Ok(())
	}

	/// Lets the money of a settled job go to those who earned it.
	fn mature(id: JobId) -> DispatchResult {
		let job = Jobs::<T>::take(id).ok_or(Error::<T>::JobNotFound)?;
		let JobStatus::Settled { amount, currency, .. } = job.status else {
			// An open job has no such entry.
			return Err(Error::<T>::JobNotFound.into());
		};
		T::Royalties::deposit(
			job.artifact,
			&currency,
			&Bucket::Maturing(id),
			amount,
			Some((&job.provider, job.share)),
		)?;
		Self::deposit_event(Event::Matured { job: id, artifact: job.artifact, amount });
		Ok(())
	}
}
