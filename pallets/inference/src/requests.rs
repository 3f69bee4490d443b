//! Requests: what makes one acceptable, what is booked when it is accepted, and how a job ends without
//! a charge.

use crate::*;
use sp_runtime::{
	traits::{CheckedAdd, One, Saturating, Zero},
	SaturatedConversion,
};
use tallystick_primitives::Tokens;

/// A request that would succeed: the job that it makes, but for the time of the block.
pub struct Accepted<T: Config> {
	/// The job's id.
	pub id: JobId,
	/// The job. Its `requested_time` is set by the call: nothing that is decided here depends on the time,
	/// and the pool, which asks here too, need not read it.
	pub job: JobOf<T>,
	/// Whether it takes a slot of its plan and a place of its account ([what is free](crate#what-is-free)).
	pub takes_slot: bool,
}

impl<T: Config> Pallet<T> {
	/// Whether `params` of `who` would succeed now, and as what. The one place that decides: what it
	/// accepts, [`Pallet::request`] books without another way to fail.
	///
	/// Constant cost.
	pub fn validate_request(
		who: &T::AccountId,
		params: &RequestParamsOf<T>,
	) -> Result<Accepted<T>, DispatchError> {
		let now = frame_system::Pallet::<T>::block_number();
		ensure!(!params.max_units.is_zero(), Error::<T>::ZeroUnits);
		ensure!(params.deadline >= T::MinDeadline::get(), Error::<T>::DeadlineTooShort);
		ensure!(params.deadline <= T::MaxDeadline::get(), Error::<T>::DeadlineTooLong);
		// A request is not valid for longer than its job has time: so its commitment can be forgotten at the
		// block at which the job would lapse.
		let validity = params.deadline.saturating_add(T::Grace::get()).min(T::MaxValidity::get());
		let last = now.checked_add(&validity).ok_or(Error::<T>::NotValidNow)?;
		ensure!(params.valid_until >= now && params.valid_until <= last, Error::<T>::NotValidNow);

		let Consumer { open_jobs, places_taken } = Consumers::<T>::get(who);
		ensure!(open_jobs < T::MaxOpenJobs::get(), Error::<T>::TooManyOpenJobs);
		let plan = T::Meter::plan(params.plan).ok_or(Error::<T>::PlanNotFound)?;
		let least = plan.tariff.charge(&Tokens::default());
		ensure!(params.max_units >= least, Error::<T>::TooFewUnits);
		ensure!(plan.covers(&params.version), Error::<T>::VersionNotCovered);
		let servable = T::Versions::is_servable(plan.artifact, &params.version);
		ensure!(servable, Error::<T>::VersionNotFound);

		let id = NextJobId::<T>::get();
		ensure!(id < JobId::MAX, Error::<T>::TooManyJobs);
		let (provider, share) = T::Providers::pick(
			id,
			plan.artifact,
			params.version,
			params.provider.as_ref(),
			params.deadline,
		)?;

		let has_place = places_taken < T::FeelessJobs::get();
		let (due, takes_slot) = Self::schedule(params, has_place, plan.slots, now)?;
		// The search for room may have moved the lapse. Deadline and expiry are counted back from it: due =
		// deadline + grace + 1, so neither saturates.
		let expires = due.saturating_sub(One::one());
		let deadline = expires.saturating_sub(T::Grace::get());

		let can_hold = T::Meter::can_hold(params.plan, who, params.max_units);
		ensure!(can_hold, Error::<T>::NotEnoughUnits);
		let (request, parameters) = params.input.commitments();
		let used = Commitments::<T>::contains_key(who, request);
		ensure!(!used, Error::<T>::CommitmentUsed);

		let inline = match &params.input {
			JobInput::Inline(input) => Some(input.clone()),
			JobInput::Committed { .. } => None,
		};
		let job = Job {
			consumer: who.clone(),
			plan: params.plan,
			artifact: plan.artifact,
			version: params.version,
			provider,
			share,
			tariff: plan.tariff,
			dispute_window: plan.dispute_window,
			endpoint: params.endpoint,
			request,
			parameters,
			inline,
			units_held: params.max_units,
			requested_at: now,
			requested_time: 0,
			deadline,
			expires,
			due,
			status: JobStatus::Open,
		};
		Ok(Accepted { id, job, takes_slot })
	}

	pub(crate) fn do_request(who: T::AccountId, params: RequestParamsOf<T>) -> DispatchResult {
		let Accepted { id, mut job, takes_slot } = Self::validate_request(&who, &params)?;
		job.requested_time = Self::time();
		T::Meter::hold(job.plan, &who, job.units_held)?;

		// Checked by `validate_request`: never saturates.
		NextJobId::<T>::put(id.saturating_add(1));
		let slot_of = takes_slot.then_some(job.plan);
		if let Some(plan) = slot_of {
			Self::take_slot(&who, plan);
		}
		let remembered = Remembered { job: id, slot_of };
		Commitments::<T>::insert(&who, job.request, remembered);
		Agenda::<T>::insert(job.due, AgendaEntry::EndRequest(who.clone(), job.request), ());
		Self::count_open_job(id, &job);
		Self::deposit_event(Event::Requested {
			job: id,
			consumer: who,
			plan: job.plan,
			artifact: job.artifact,
			version: job.version,
			provider: job.provider.clone(),
			units: job.units_held,
			request: job.request,
			deadline: job.deadline,
		});
		Jobs::<T>::insert(id, job);
		Ok(())
	}

	pub(crate) fn do_decline(who: T::AccountId, id: JobId) -> DispatchResult {
		let job = Jobs::<T>::get(id).ok_or(Error::<T>::JobNotFound)?;
		ensure!(job.is_open(), Error::<T>::JobNotOpen);
		ensure!(job.provider == who, Error::<T>::NotJobProvider);
		Self::end_uncharged(id, &job)?;
		Self::deposit_event(Event::Declined {
			job: id,
			provider: job.provider,
			consumer: job.consumer,
			units: job.units_held,
		});
		Ok(())
	}

	/// Ends an open job that is not charged for: its units are free again, and it is gone.
	pub(crate) fn end_uncharged(id: JobId, job: &JobOf<T>) -> DispatchResult {
		T::Meter::release(job.plan, &job.consumer, job.units_held)?;
		Self::uncount_open_job(id, job);
		Jobs::<T>::remove(id);
		Ok(())
	}

	/// The time of the block, in milliseconds since the Unix epoch.
	pub(crate) fn time() -> u64 {
		// A u64 of milliseconds lasts for 500 million years.
		T::UnixTime::now().as_millis().saturated_into()
	}
}
