//! The invariants, checked.

use crate::*;
use alloc::collections::{BTreeMap, BTreeSet};
use sp_runtime::{traits::Zero, TryRuntimeError};
use tallystick_primitives::CurrencyId;

impl<T: Config> Pallet<T> {
	/// Units that the open jobs of `plan` hold. Reads all jobs: for checks.
	pub fn units_held(plan: PlanId) -> Balance {
		Jobs::<T>::iter_values()
			.filter(|job| job.is_open() && job.plan == plan)
			.fold(0, |sum, job| sum.saturating_add(job.units_held))
	}

	/// Money in `currency` that is in the dispute window of a job. Reads all jobs: for checks.
	pub fn maturing_total(currency: &CurrencyId) -> Balance {
		Jobs::<T>::iter_values()
			.filter_map(|job| match job.status {
				JobStatus::Settled { amount, currency: of, .. } if of == *currency => Some(amount),
				_ => None,
			})
			.fold(0, |sum: Balance, amount| sum.saturating_add(amount))
	}

	/// Checks the invariants that the module's documentation lists. Those that compare with other
	/// pallets (1, 2) are checked where the pallets meet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_jobs()?;
		Self::check_counts()?;
		Self::check_agenda()?;
		Self::check_providers()
	}

	/// Part of 1, and 5: what jobs hold, and their inputs.
	fn check_jobs() -> Result<(), TryRuntimeError> {
		let next = NextJobId::<T>::get();
		for (id, job) in Jobs::<T>::iter() {
			ensure!(id < next, "inference: a job has an id that was not given out");
			ensure!(
				job.is_open() != job.units_held.is_zero(),
				"inference 1: an open job holds nothing, or a settled one something"
			);
			let Some(input) = job.inline.clone() else { continue };
			ensure!(job.is_open(), "inference 5: a settled job has an input");
			ensure!(
				JobInput::Inline(input).commitments() == (job.request, job.parameters),
				"inference 5: an input is not what its job commits to"
			);
		}
		Ok(())
	}

	/// 4: what is counted and listed is what the open jobs and the remembered commitments say.
	fn check_counts() -> Result<(), TryRuntimeError> {
		let mut consumers = BTreeMap::<T::AccountId, Consumer>::new();
		let mut providers = BTreeMap::<T::AccountId, u32>::new();
		let mut jobs = BTreeSet::<(T::AccountId, JobId)>::new();
		let mut lapses = BTreeMap::<(u64, usize), u32>::new();
		fn count<K: Ord>(counts: &mut BTreeMap<K, u32>, key: K) {
			let n = counts.entry(key).or_default();
			*n = n.saturating_add(1);
		}
		for (id, job) in Jobs::<T>::iter().filter(|(_, job)| job.is_open()) {
			let consumer = consumers.entry(job.consumer).or_default();
			consumer.open_jobs = consumer.open_jobs.saturating_add(1);
			count(&mut providers, job.provider.clone());
			count(&mut lapses, Self::chunk_of(job.due));
			jobs.insert((job.provider, id));
		}
		ensure!(
			jobs == ProviderJobs::<T>::iter_keys().collect(),
			"inference 4: a provider's set is not its open jobs"
		);
		let counted: BTreeMap<_, _> = Workloads::<T>::iter()
			.map(|(account, work)| (account, work.open_jobs))
			.filter(|(_, n)| !n.is_zero())
			.collect();
		ensure!(providers == counted, "inference 4: a provider's open jobs are miscounted");
		let mut slots = BTreeMap::new();
		for (who, _, remembered) in Commitments::<T>::iter() {
			if let Some(plan) = remembered.slot_of {
				let consumer = consumers.entry(who).or_default();
				consumer.places_taken = consumer.places_taken.saturating_add(1);
				count(&mut slots, plan);
			}
		}
		ensure!(
			consumers.values().all(|consumer| consumer.open_jobs <= T::MaxOpenJobs::get()
				&& consumer.places_taken <= T::FeelessJobs::get()),
			"inference 4: an account has more under way than it can have"
		);
		ensure!(
			consumers == Consumers::<T>::iter().collect(),
			"inference 4: what an account has under way is miscounted"
		);
		ensure!(slots == SlotsTaken::<T>::iter().collect(), "inference 4: slots are miscounted");
		let mut counted = BTreeMap::new();
		for (chunk, counts) in LapseCounts::<T>::iter() {
			ensure!(counts.iter().any(|n| !n.is_zero()), "inference 4: an empty chunk is stored");
			for (index, n) in counts.into_iter().enumerate().filter(|(_, n)| !n.is_zero()) {
				counted.insert((chunk, index), n);
			}
		}
		ensure!(lapses == counted, "inference 4: the jobs that lapse at a block are miscounted");
		Ok(())
	}

	/// 3 and 7: the agenda is complete, and has nothing else.
	fn check_agenda() -> Result<(), TryRuntimeError> {
		let cursor = AgendaCursor::<T>::get();
		let mut entries = BTreeSet::new();
		for (block, entry) in Agenda::<T>::iter_keys() {
			ensure!(block >= cursor, "inference 7: an entry is before the agenda's cursor");
			let job = match &entry {
				AgendaEntry::EndRequest(who, commitment) => {
					let request = Commitments::<T>::get(who, commitment)
						.ok_or("inference 3: an entry of no commitment")?;
					Jobs::<T>::get(request.job).filter(Job::is_open)
				}
				AgendaEntry::Mature(id) => {
					let job = Jobs::<T>::get(id).filter(|job| !job.is_open());
					Some(job.ok_or("inference 3: an entry of no settled job")?)
				}
			};
			ensure!(
				job.is_none_or(|job| job.due == block),
				"inference 3: a job's entry is not at the block at which it is due"
			);
			ensure!(entries.insert(entry.encode()), "inference 3: an entry is there twice");
		}
		let (next, mut asked) = (NextJobId::<T>::get(), BTreeSet::new());
		for (who, commitment, request) in Commitments::<T>::iter() {
			ensure!(
				request.job < next && asked.insert(request.job),
				"inference 3: a commitment of another's job, or of none"
			);
			let entry = AgendaEntry::EndRequest(who, commitment).encode();
			ensure!(entries.remove(&entry), "inference 3: a commitment without an entry");
		}
		for (id, job) in Jobs::<T>::iter() {
			if job.is_open() {
				let request = Commitments::<T>::get(&job.consumer, job.request);
				ensure!(
					request.is_some_and(|request| request.job == id),
					"inference 3: the commitment of an open job is not remembered"
				);
			} else {
				let entry = AgendaEntry::<T::AccountId>::Mature(id).encode();
				ensure!(entries.remove(&entry), "inference 3: a settled job without an entry");
			}
		}
		Ok(())
	}

	/// 6: who answers, and for what share.
	fn check_providers() -> Result<(), TryRuntimeError> {
		// With 4, an open job's provider has a workload.
		for provider in Workloads::<T>::iter_keys() {
			ensure!(
				T::Providers::service_key(&provider).is_some(),
				"inference 6: work is kept of who is no provider"
			);
		}
		for job in Jobs::<T>::iter_values() {
			ensure!(
				job.share <= T::Providers::dearest(job.artifact),
				"inference 6: a job is dearer than the dearest"
			);
		}
		Ok(())
	}
}
