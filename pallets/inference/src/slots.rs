//! Slots and places, which free requests take, and counts of what is open: what bounds requests, beside
//! their units.

use crate::*;
use sp_runtime::traits::{CheckedAdd, One};

impl<T: Config> Pallet<T> {
	/// Whether `who` may make the request without a fee: it would succeed, and take a slot.
	pub fn is_feeless_request(who: &T::AccountId, params: &RequestParamsOf<T>) -> bool {
		Self::validate_request(who, params).is_ok_and(|accepted| accepted.takes_slot)
	}

	/// At which block the job of a request lapses if it gets no receipt, and whether the request takes
	/// a slot ([when](crate#what-is-free)).
	pub(crate) fn schedule(
		params: &RequestParamsOf<T>,
		has_place: bool,
		slots: u32,
		now: BlockNumberFor<T>,
	) -> Result<(BlockNumberFor<T>, bool), Error<T>> {
		let earliest = now
			.checked_add(&params.deadline)
			.and_then(|deadline| deadline.checked_add(&T::Grace::get()))
			.and_then(|expires| expires.checked_add(&One::one()))
			.ok_or(Error::<T>::DeadlineTooLong)?;
		let most = T::MaxJobsPerBlock::get();
		if has_place
			&& params.deadline <= T::FeelessDeadline::get()
			&& SlotsTaken::<T>::get(params.plan) < slots
		{
			if let Some(due) = Self::first_block_with_fewer(most.div_ceil(2), earliest) {
				return Ok((due, true));
			}
		}
		let due = Self::first_block_with_fewer(most, earliest).ok_or(Error::<T>::NoRoom)?;
		Ok((due, false))
	}

	/// A request of `who` takes a slot of `plan`, and a place of its account.
	pub(crate) fn take_slot(who: &T::AccountId, plan: PlanId) {
		// Neither saturates: `validate_request` checked the bounds.
		Consumers::<T>::mutate(who, |consumer| {
			consumer.places_taken = consumer.places_taken.saturating_add(1);
		});
		SlotsTaken::<T>::mutate(plan, |n| *n = n.saturating_add(1));
	}

	/// Undoes [`Self::take_slot`].
	pub(crate) fn free_slot(who: &T::AccountId, plan: PlanId) {
		Self::reduce(who, |consumer| {
			consumer.places_taken = consumer.places_taken.saturating_sub(1);
		});
		SlotsTaken::<T>::mutate_exists(plan, |stored| {
			*stored = stored.and_then(|n| n.checked_sub(1)).filter(|n| *n > 0);
		});
	}

	/// Changes what an account has under way. Where that is nothing then, it is not stored.
	fn reduce(who: &T::AccountId, change: impl FnOnce(&mut Consumer)) {
		Consumers::<T>::mutate_exists(who, |stored| {
			let mut consumer = stored.take().unwrap_or_default();
			change(&mut consumer);
			*stored = (consumer != Consumer::default()).then_some(consumer);
		});
	}

	/// Counts `job` among the open ones of its account and provider, and among those that lapse at
	/// its block.
	pub(crate) fn count_open_job(id: JobId, job: &JobOf<T>) {
		// No state holds 2^32 open jobs.
		Consumers::<T>::mutate(&job.consumer, |consumer| {
			consumer.open_jobs = consumer.open_jobs.saturating_add(1);
		});
		Self::add_work(&job.provider, id);
		Self::count_lapse(job.due);
	}

	/// Undoes [`Self::count_open_job`].
	pub(crate) fn uncount_open_job(id: JobId, job: &JobOf<T>) {
		Self::reduce(&job.consumer, |consumer| {
			// It counts this job, so it is not zero.
			consumer.open_jobs = consumer.open_jobs.saturating_sub(1);
		});
		Self::remove_work(&job.provider, id);
		Self::uncount_lapse(job.due);
	}
}
