//! The invariants, checked.

use crate::*;
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::traits::fungible::InspectHold;
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
	/// pallets (1, 2) are checked where the pallets meet. A message says what should be so and is
	/// not.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_jobs()?;
		Self::check_counts()?;
		Self::check_agenda()?;
		Self::check_providers()?;
		Self::check_offerings()
	}

	/// Part of 1, and 5: what jobs hold, and their inputs.
	fn check_jobs() -> Result<(), TryRuntimeError> {
		let next = NextJobId::<T>::get();
		for (id, job) in Jobs::<T>::iter() {
			ensure!(id < next, "a job's id was given out");
			ensure!(
				job.is_open() != job.units_held.is_zero(),
				"open jobs hold units, settled ones none"
			);
			ensure!(
				!job.is_open() || Providers::<T>::contains_key(&job.provider),
				"the provider of an open job is registered"
			);
		}
		for (id, input) in InlineInputs::<T>::iter() {
			let job = Jobs::<T>::get(id).filter(Job::is_open);
			let job = job.ok_or("an input on chain is an open job's")?;
			let commitments = JobInput::Inline(input).commitments();
			ensure!(commitments == (job.request, job.parameters), "an input is what it commits to");
		}
		Ok(())
	}

	/// 4: everything that is counted or listed is what the open jobs say.
	fn check_counts() -> Result<(), TryRuntimeError> {
		let mut accounts = BTreeMap::<T::AccountId, u32>::new();
		let mut providers = BTreeMap::<T::AccountId, u32>::new();
		let mut jobs = BTreeSet::<(T::AccountId, JobId)>::new();
		let mut room = BTreeMap::<(u64, usize), u32>::new();
		fn count<K: Ord>(counts: &mut BTreeMap<K, u32>, key: K) {
			let n = counts.entry(key).or_default();
			*n = n.saturating_add(1);
		}
		for (id, job) in Jobs::<T>::iter().filter(|(_, job)| job.is_open()) {
			count(&mut accounts, job.consumer);
			count(&mut providers, job.provider.clone());
			count(&mut room, Self::window_of(job.due));
			jobs.insert((job.provider, id));
		}
		ensure!(
			accounts.values().all(|n| *n <= T::MaxOpenJobs::get()),
			"no account has more open jobs than it can have"
		);
		ensure!(accounts == OpenJobs::<T>::iter().collect(), "open jobs by account are counted");
		ensure!(
			jobs == ProviderJobs::<T>::iter_keys().collect(),
			"each provider's open jobs are in its set"
		);
		let counted: BTreeMap<_, _> = Providers::<T>::iter()
			.map(|(account, provider)| (account, provider.open_jobs))
			.filter(|(_, n)| !n.is_zero())
			.collect();
		ensure!(providers == counted, "open jobs by provider are counted");
		let (mut places, mut slots) = (BTreeMap::new(), BTreeMap::new());
		for (who, _, remembered) in Commitments::<T>::iter() {
			if let Some(plan) = remembered.slot_of {
				count(&mut places, who);
				count(&mut slots, plan);
			}
		}
		ensure!(
			places.values().all(|n| *n <= T::FeelessJobs::get()),
			"no account takes more places than it has"
		);
		ensure!(places == PlacesTaken::<T>::iter().collect(), "places in use are counted");
		ensure!(slots == SlotsTaken::<T>::iter().collect(), "slots in use are counted");
		let mut taken = BTreeMap::new();
		for (window, counts) in DeadlineRoom::<T>::iter() {
			ensure!(counts.iter().any(|n| !n.is_zero()), "no empty window is stored");
			for (index, n) in counts.into_iter().enumerate().filter(|(_, n)| !n.is_zero()) {
				taken.insert((window, index), n);
			}
		}
		ensure!(room == taken, "the room that deadlines take is counted");
		Ok(())
	}

	/// 3 and 7: the agenda is complete, and has nothing else.
	fn check_agenda() -> Result<(), TryRuntimeError> {
		let cursor = AgendaCursor::<T>::get();
		let (mut jobs, mut commitments) = (0usize, 0usize);
		for (block, entry) in Agenda::<T>::iter_keys() {
			ensure!(block >= cursor, "the agenda has nothing before its cursor");
			match entry {
				AgendaEntry::Lapse(id) | AgendaEntry::Mature(id) => {
					let job = Jobs::<T>::get(id).ok_or("the agenda's jobs live")?;
					ensure!(job.due == block, "a job is on the agenda when it is due");
					let kind = matches!(entry, AgendaEntry::Lapse(_));
					ensure!(kind == job.is_open(), "open jobs lapse, settled ones mature");
					jobs = jobs.saturating_add(1);
				}
				AgendaEntry::Forget(who, commitment) => {
					let remembered = Commitments::<T>::get(who, commitment);
					let remembered = remembered.ok_or("what is to be forgotten is remembered")?;
					ensure!(remembered.until == block, "a commitment is forgotten in its time");
					commitments = commitments.saturating_add(1);
				}
			}
		}
		ensure!(jobs == Jobs::<T>::iter_keys().count(), "each job is on the agenda");
		ensure!(
			commitments == Commitments::<T>::iter_keys().count(),
			"each commitment is on the agenda"
		);
		Ok(())
	}

	/// First half of 6: keys and bonds.
	fn check_providers() -> Result<(), TryRuntimeError> {
		let mut keys = BTreeMap::new();
		for (account, provider) in Providers::<T>::iter() {
			ensure!(!provider.endpoints.is_empty(), "a provider can be reached");
			let held = T::Currency::balance_on_hold(&HoldReason::ProviderBond.into(), &account);
			ensure!(held == provider.bond, "a bond is held");
			keys.insert(provider.service_key, account);
		}
		ensure!(keys == ProviderByKey::<T>::iter().collect(), "a key is one provider's");
		Ok(())
	}

	/// Second half of 6: offerings, their counts, and the lists to pick from.
	fn check_offerings() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<T::AccountId, u32>::new();
		let mut active = BTreeMap::new();
		for ((artifact, version, provider), offering) in Offerings::<T>::iter() {
			let n = counts.entry(provider.clone()).or_default();
			*n = n.saturating_add(1);
			if offering.status == OfferingStatus::Active {
				let upstream = T::Artifacts::upstream_share(artifact).unwrap_or_default();
				ensure!(
					Self::shares_fit(upstream, offering.share),
					"all shares of a use are not more than the whole"
				);
				active.insert((artifact, version, provider), offering.min_deadline);
			}
		}
		let counted: BTreeMap<_, _> = Providers::<T>::iter()
			.map(|(account, provider)| (account, provider.offerings))
			.filter(|(_, n)| !n.is_zero())
			.collect();
		ensure!(counts == counted, "offerings are counted, and their providers registered");
		let (mut listed, mut entries) = (BTreeMap::new(), 0usize);
		for (artifact, version, candidates) in Candidates::<T>::iter() {
			ensure!(!candidates.is_empty(), "no empty list is stored");
			for candidate in candidates {
				entries = entries.saturating_add(1);
				listed.insert((artifact, version, candidate.provider), candidate.min_deadline);
			}
		}
		ensure!(entries == listed.len(), "a provider is listed once");
		ensure!(active == listed, "the chain picks from the active offerings");
		Ok(())
	}
}
