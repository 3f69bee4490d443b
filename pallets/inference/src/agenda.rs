//! The agenda: what is done at a block without a call. Jobs lapse or mature, commitments are
//! forgotten.

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
			// Block numbers do not end: `block` is not after `now`.
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
			let weight = match entry {
				AgendaEntry::Lapse(_) => T::WeightInfo::lapse(),
				AgendaEntry::Mature(_) => T::WeightInfo::mature(),
				AgendaEntry::Forget(..) => T::WeightInfo::forget(),
			};
			if meter.try_consume(weight).is_err() {
				return false;
			}
			Agenda::<T>::remove(block, &entry);
			match entry {
				AgendaEntry::Lapse(id) => Self::lapse_or_retry(now, id),
				AgendaEntry::Mature(id) => Self::mature_or_retry(now, id),
				AgendaEntry::Forget(who, commitment) => Self::forget(&who, &commitment),
			}
		}
		true
	}

	/// Lapses a job. If that fails, it is on the agenda again.
	pub(crate) fn lapse_or_retry(now: BlockNumberFor<T>, id: JobId) {
		let Err(error) = with_storage_layer(|| Self::lapse(id)) else { return };
		log::error!(target: LOG_TARGET, "job {id} cannot lapse: {error:?}");
		Jobs::<T>::mutate_extant(id, |job| {
			let retry_at = now.saturating_add(RETRY_AFTER.into());
			// Whether there is room or not: the job has to be somewhere. Receipts are refused all
			// the same: `expires` stays.
			Self::uncount_lapse(job.due);
			job.due = retry_at;
			Self::count_lapse(retry_at);
			Agenda::<T>::insert(retry_at, AgendaEntry::<T::AccountId>::Lapse(id), ());
			Self::deposit_event(Event::LapseFailed { job: id, error, retry_at });
		});
	}

	/// Matures a job. If that fails, it is on the agenda again. Like the above, without counts: only
	/// lapses are counted.
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

	/// Ends a job that got no receipt.
	fn lapse(id: JobId) -> DispatchResult {
		let job = Jobs::<T>::get(id).ok_or(Error::<T>::JobNotFound)?;
		ensure!(job.is_open(), Error::<T>::JobNotOpen);
		Self::end_uncharged(id, &job)?;
		Self::deposit_event(Event::Lapsed {
			job: id,
			provider: job.provider,
			consumer: job.consumer,
			units: job.units_held,
		});
		Ok(())
	}

	/// Lets the money of a settled job go to those who earned it.
	fn mature(id: JobId) -> DispatchResult {
		let job = Jobs::<T>::take(id).ok_or(Error::<T>::JobNotFound)?;
		let JobStatus::Settled { amount, currency, .. } = job.status else {
			return Err(Error::<T>::JobNotFound.into());
		};
		if !amount.is_zero() {
			T::Royalties::deposit(
				job.artifact,
				&currency,
				&Bucket::Maturing(id),
				amount,
				Some((&job.provider, job.share)),
			)?;
		}
		Self::deposit_event(Event::Matured { job: id, artifact: job.artifact, amount });
		Ok(())
	}

	/// Panics where the constants do not go together. For `integrity_test`, which runs in tests and
	/// nowhere else.
	pub(crate) fn check_config() {
		let heaviest =
			T::WeightInfo::lapse().max(T::WeightInfo::mature()).max(T::WeightInfo::forget());
		let least = T::WeightInfo::agenda()
			.saturating_add(T::WeightInfo::agenda_block())
			.saturating_add(heaviest);
		assert!(
			least.all_lte(T::SliceWeight::get()),
			"at least one entry of the agenda fits into `SliceWeight`: {least:?}"
		);
		assert!(T::MinDeadline::get() <= T::MaxDeadline::get());
		assert!(!T::MinDeadline::get().is_zero(), "an answer takes at least a block");
		assert!(T::MinDeadline::get() <= T::FeelessDeadline::get(), "something is free");
		assert!(T::MaxJobsPerBlock::get() >= 2, "a half for what is free, a half for what is paid");
		assert!(!T::BlockMillis::get().is_zero());
	}
}
