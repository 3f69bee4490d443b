//! What a provider's node has to do: its open jobs, with all that a worker needs for one, read from
//! state at the worker's block. The worker decides from this alone.

use crate::*;
use alloc::vec::Vec;
use codec::{Decode, Encode};
use sp_core::H256;
use sp_runtime::{
	traits::{Saturating, UniqueSaturatedInto},
	SaturatedConversion,
};
use tallystick_primitives::{
	offchain::Input, service_key::ServiceKey, ArtifactId, Balance, Digest, EndpointKind, JobId,
	Tariff,
};

/// An open job, as the provider's worker sees it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Assignment<AccountId> {
	/// The job.
	pub job: JobId,
	/// Who asked.
	pub consumer: AccountId,
	/// Who is to answer.
	pub provider: AccountId,
	/// The provider's service key now: what the receipt has to be signed with.
	pub service_key: ServiceKey,
	/// The artifact that is asked.
	pub artifact: ArtifactId,
	/// The root digest of the version that is to answer.
	pub version: Digest,
	/// Which endpoint of the OpenAI API is called.
	pub endpoint: EndpointKind,
	/// Commitment to the request.
	pub request: Digest,
	/// Commitment to the parameters.
	pub parameters: Digest,
	/// Units held: the most that the receipt may charge.
	pub units_held: Balance,
	/// The plan's price list.
	pub tariff: Tariff,
	/// When the job was asked for, in milliseconds since the Unix epoch. A receipt that says it
	/// started (much) earlier is refused.
	pub requested_at_ms: u64,
	/// Milliseconds from now, by the time that blocks take, in which a receipt still counts.
	pub expires_in_ms: u64,
	/// The input, where it is on chain. Otherwise it is in the node's store.
	pub inline: Option<Input>,
	/// The hash of the provider's newest receipt on chain. Zero where there is none.
	pub previous: H256,
}

/// The most jobs of a provider that are looked at for one list. More than that is not work, but a
/// flood: each block looks at another part of it, so that jobs whose inputs never come cannot stand
/// before the others for good.
const MAX_LOOKED_AT: usize = 4_096;

impl<T: Config> Pallet<T> {
	/// The open jobs of the provider of `key` for which a receipt would still count, oldest first. Of
	/// more than `limit`, each block has another part. For the worker, off chain.
	pub fn assignments(key: &ServiceKey, limit: u32) -> Vec<Assignment<T::AccountId>> {
		let Some(account) = T::Providers::account_of(key) else { return Vec::new() };
		let previous = Workloads::<T>::get(&account).last_receipt;
		let now = frame_system::Pallet::<T>::block_number().unique_saturated_into();
		let ids = part_of(Self::looked_at(&account, now), limit.saturated_into(), now);
		ids.into_iter().filter_map(|id| Self::assignment(id, key, previous)).collect()
	}

	/// The open jobs of a provider, oldest first. Of a flood, as many as are looked at, by chance.
	fn looked_at(account: &T::AccountId, now: u64) -> Vec<JobId> {
		// The jobs are in the order of the hashes of their ids. So this block's number, hashed as if
		// it were an id, is a place among them by chance. What lies after that place comes first; then
		// all of them, for what lies before. What comes twice is dropped below.
		let start = ProviderJobs::<T>::hashed_key_for(account, now);
		let mut ids: Vec<JobId> = ProviderJobs::<T>::iter_key_prefix_from(account, start)
			.chain(ProviderJobs::<T>::iter_key_prefix(account))
			.take(MAX_LOOKED_AT)
			.collect();
		ids.sort_unstable();
		ids.dedup();
		ids
	}

	/// Whether a receipt for `job` would still count. A job can be open for longer, when its lapse is
	/// late.
	pub fn is_answerable(job: JobId) -> bool {
		Self::answerable(job).is_some()
	}

	/// The job, if a receipt for it would still count.
	fn answerable(id: JobId) -> Option<JobOf<T>> {
		let now = frame_system::Pallet::<T>::block_number();
		Jobs::<T>::get(id).filter(|job| job.is_open() && now <= job.expires)
	}

	/// What the worker needs of a job, if a receipt for it would still count.
	fn assignment(id: JobId, key: &ServiceKey, previous: H256) -> Option<Assignment<T::AccountId>> {
		let now = frame_system::Pallet::<T>::block_number();
		let job = Self::answerable(id)?;
		// Not after the expiry, so the difference is exact. It is a time to wait at most, so that
		// it may saturate.
		let blocks: u64 = job.expires.saturating_sub(now).unique_saturated_into();
		let inline = job.inline.map(|input| Input {
			consumer: job.consumer.encode(),
			salt: input.salt,
			request: input.request.into_inner(),
			parameters: input.parameters.into_inner(),
		});
		Some(Assignment {
			job: id,
			consumer: job.consumer,
			provider: job.provider,
			service_key: key.clone(),
			artifact: job.artifact,
			version: job.version,
			endpoint: job.endpoint,
			request: job.request,
			parameters: job.parameters,
			units_held: job.units_held,
			tariff: job.tariff,
			requested_at_ms: job.requested_time,
			expires_in_ms: blocks.saturating_mul(T::BlockMillis::get()),
			inline,
			previous,
		})
	}
}

/// Of more than `limit` ids, which are in order, a part, in order: another in each block, all in turn.
fn part_of(mut ids: Vec<JobId>, limit: usize, now: u64) -> Vec<JobId> {
	let count = ids.len();
	if count > limit {
		let first: u64 = now.saturating_mul(limit.saturated_into());
		let first = first.checked_rem(count.saturated_into()).unwrap_or_default();
		ids.rotate_left(first.saturated_into());
		ids.truncate(limit);
		ids.sort_unstable();
	}
	ids
}
