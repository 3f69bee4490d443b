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
		}
		for (id, input) in InlineInputs::<T>::iter() {
			let job = Jobs::<T>::get(id).filter(Job::is_open);
			let job = job.ok_or("inference 5: an input of no open job")?;
			let commitments = JobInput::Inline(input).commitments();
			ensure!(
				commitments == (job.request, job.parameters),
				"inference 5: an input is not what its job committed to"
			);
		}
		Ok(())
	}

	/// 4: what is counted and listed is what the open jobs and the remembered commitments say.
	fn check_counts() -> Result<(), TryRuntimeError> {
		let mut accounts = BTreeMap::<T::AccountId, u32>::new();
		let mut providers = BTreeMap::<T::AccountId, u32>::new();
		let mut jobs = BTreeSet::<(T::AccountId, JobId)>::new();
		let mut lapses = BTreeMap::<(u64, usize), u32>::new();
		fn count<K: Ord>(counts: &mut BTreeMap<K, u32>, key: K) {
			let n = counts.entry(key).or_default();
			*n = n.saturating_add(1);
		}
		for (id, job) in Jobs::<T>::iter().filter(|(_, job)| job.is_open()) {
			count(&mut accounts, job.consumer);
			count(&mut providers, job.provider.clone());
			count(&mut lapses, Self::chunk_of(job.due));
			jobs.insert((job.provider, id));
		}
		ensure!(
			accounts.values().all(|n| *n <= T::MaxOpenJobs::get()),
			"inference 4: an account has more open jobs than it can have"
		);
		ensure!(
			accounts == OpenJobs::<T>::iter().collect(),
			"inference 4: an account's open jobs are miscounted"
		);
		ensure!(
			jobs == ProviderJobs::<T>::iter_keys().collect(),
			"inference 4: a provider's set is not its open jobs"
		);
		let counted: BTreeMap<_, _> = Workloads::<T>::iter()
			.map(|(account, work)| (account, work.open_jobs))
			.filter(|(_, n)| !n.is_zero())
			.collect();
		ensure!(providers == counted, "inference 4: a provider's open jobs are miscounted");
		let (mut places, mut slots) = (BTreeMap::new(), BTreeMap::new());
		for (who, _, remembered) in Commitments::<T>::iter() {
			if let Some(plan) = remembered.slot_of {
				count(&mut places, who);
				count(&mut slots, plan);
			}
		}
		ensure!(
			places.values().all(|n| *n <= T::FeelessJobs::get()),
			"inference 4: an account takes more places than it has"
		);
		ensure!(places == PlacesTaken::<T>::iter().collect(), "inference 4: places are miscounted");
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
		let (mut jobs, mut commitments) = (0usize, 0usize);
		for (block, entry) in Agenda::<T>::iter_keys() {
			ensure!(block >= cursor, "inference 7: an entry is before the agenda's cursor");
			match entry {
				AgendaEntry::Lapse(id) | AgendaEntry::Mature(id) => {
					let job = Jobs::<T>::get(id).ok_or("inference 3: an entry of no job")?;
					ensure!(
						job.due == block,
						"inference 3: a job's entry is not at the block at which it is due"
					);
					let lapses = matches!(entry, AgendaEntry::Lapse(_));
					ensure!(
						lapses == job.is_open(),
						"inference 3: an open job matures, or a settled one lapses"
					);
					jobs = jobs.saturating_add(1);
				}
				AgendaEntry::Forget(who, commitment) => {
					let remembered = Commitments::<T>::get(who, commitment);
					let remembered = remembered.ok_or("inference 3: an entry of no commitment")?;
					ensure!(
						remembered.until == block,
						"inference 3: a commitment is forgotten at another block than it says"
					);
					commitments = commitments.saturating_add(1);
				}
			}
		}
		ensure!(jobs == Jobs::<T>::iter_keys().count(), "inference 3: a job without an entry");
		ensure!(
			commitments == Commitments::<T>::iter_keys().count(),
			"inference 3: a commitment without an entry"
		);
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
