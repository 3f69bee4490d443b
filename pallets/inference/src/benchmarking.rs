//! Benchmarks. The key of the provider is in the keystore of the benchmark's externalities.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::Authorize;
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{
	traits::{BlakeTwo256, Hash, One, Saturating},
	SaturatedConversion,
};
use tallystick_primitives::{genesis_hash, CountedBy, EndpointKind, FinishReason, Tokens};

/// What the benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// A version that `owner` owns and answers for, and a plan for it.
	///
	/// The owner's service key is in the keystore, and it is the only candidate that answers within
	/// [`Config::MinDeadline`], on as long a list as there can be. The plan has at least one slot
	/// and a tariff that charges for each call, and is so dear that a call's earnings are worth a
	/// visit and a payout; `consumer` has at least `units` free units of it.
	fn prepare(owner: &AccountId, consumer: &AccountId, units: Balance) -> (Digest, PlanId);

	/// The keys that each block has in memory before its first call, and that no call writes: what its
	/// inherents write, and what every transaction is checked against.
	fn in_memory() -> Vec<Vec<u8>>;
}

/// More units than any receipt of a benchmark charges.
const UNITS: Balance = 1_000_000;
const MAX_INLINE: u32 = MAX_INLINE_REQUEST + MAX_INLINE_PARAMETERS;

/// A model that its owner serves, with a plan, and a consumer.
struct Scene<T: Config> {
	owner: T::AccountId,
	consumer: T::AccountId,
	version: Digest,
	plan: PlanId,
}

fn scene<T: Config>() -> Scene<T> {
	// For calls: the agenda begins before the inherents, and reads none of these.
	for key in T::BenchmarkHelper::in_memory() {
		frame_benchmarking::benchmarking::add_to_whitelist(key.into());
	}
	let owner = account("owner", 0, 0);
	let consumer = account("consumer", 0, 0);
	// A benchmark runs in a block: the agenda starts there.
	frame_system::Pallet::<T>::set_block_number(One::one());
	let (version, plan) = T::BenchmarkHelper::prepare(&owner, &consumer, UNITS);
	Scene { owner, consumer, version, plan }
}

/// A request with `b` bytes inline, for which the chain picks the provider.
fn params<T: Config>(scene: &Scene<T>, b: u32) -> RequestParamsOf<T> {
	let request: Vec<u8> = vec![b'x'; b.min(MAX_INLINE_REQUEST).saturated_into()];
	let parameters = vec![b'x'; b.saturating_sub(MAX_INLINE_REQUEST).saturated_into()];
	RequestParams {
		plan: scene.plan,
		version: scene.version,
		provider: None,
		endpoint: EndpointKind::ChatCompletions,
		input: JobInput::Inline(InlineInput {
			salt: [7; 32],
			request: BoundedVec::truncate_from(request),
			parameters: BoundedVec::truncate_from(parameters),
		}),
		max_units: UNITS,
		deadline: T::MinDeadline::get(),
		valid_until: frame_system::Pallet::<T>::block_number(),
	}
}

/// Fills all blocks that a request of [`params`] looks at for room, but the last.
fn fill_blocks<T: Config>() {
	let mut block = frame_system::Pallet::<T>::block_number()
		.saturating_add(T::MinDeadline::get())
		.saturating_add(T::Grace::get())
		.saturating_add(One::one());
	for _ in 1..SPREAD {
		let (chunk, index) = Pallet::<T>::chunk_of(block);
		LapseCounts::<T>::mutate(chunk, |counts| {
			if let Some(count) = counts.get_mut(index) {
				*count = T::MaxJobsPerBlock::get();
			}
		});
		block = block.saturating_add(One::one());
	}
}

fn open_job<T: Config>(scene: &Scene<T>) -> Result<JobId, BenchmarkError> {
	let id = NextJobId::<T>::get();
	let origin = RawOrigin::Signed(scene.consumer.clone()).into();
	Pallet::<T>::request(origin, params(scene, MAX_INLINE))?;
	Ok(id)
}

/// A receipt that charges, signed.
fn receipt<T: Config>(
	id: JobId,
) -> Result<(Receipt<T::AccountId>, ServiceSignature), BenchmarkError> {
	let job = Jobs::<T>::get(id).ok_or("the job is there")?;
	let key = T::Providers::service_key(&job.provider).ok_or("its provider is there")?;
	let request_bytes = job.request_bytes().unwrap_or_default();
	let tokens = Tokens { prompt: 40, cached: 10, completion: 30, reasoning: 5 };
	let receipt = Receipt {
		job: id,
		artifact: job.artifact,
		version: job.version,
		provider: job.provider,
		endpoint: job.endpoint,
		request: job.request,
		response: Digest::repeat_byte(1),
		parameters: job.parameters,
		request_bytes,
		response_bytes: 1_000,
		tokens,
		counted_by: CountedBy::Backend,
		units: job.tariff.charge(&tokens),
		finish: FinishReason::Stop,
		started_at: job.requested_time,
		ended_at: job.requested_time,
		previous: H256::zero(),
	};
	if receipt.units == 0 {
		return Err("the tariff charges for a call".into());
	}
	let message = receipt.signing_hash(&genesis_hash::<T>());
	let signature = key.sign(&message).ok_or("the keystore signs")?;
	Ok((receipt, signature))
}

/// Works off the agenda of `now` as a block does where its slice was not enough: what goes on in what is idle
/// steps over each entry that the slice removed.
fn work_twice<T: Config>(now: BlockNumberFor<T>) -> bool {
	let work = || Pallet::<T>::work_block(now, now, &mut WeightMeter::new());
	work() && work()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// As a free one comes: the extension that takes fees asks whether it is free, in the same block and
	/// right before.
	#[benchmark]
	fn request(b: Linear<0, MAX_INLINE>) -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		fill_blocks::<T>();
		let params = params(&scene, b);
		let origin = RawOrigin::Signed(scene.consumer.clone());
		let id = NextJobId::<T>::get();
		let free;

		#[block]
		{
			free = Pallet::<T>::is_feeless_request(&scene.consumer, &params);
			Pallet::<T>::request(origin.into(), params)?;
		}

		assert!(free && Pallet::<T>::is_answerable(id));
		Ok(())
	}

	#[benchmark]
	fn submit_receipt() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;
		let (receipt, signature) = receipt::<T>(id)?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, receipt, signature);

		assert!(Jobs::<T>::get(id).is_some_and(|job| !job.is_open()));
		Ok(())
	}

	/// Shows that it makes no difference how many jobs are open: what it measures is no weight.
	#[benchmark(extra)]
	fn submit_receipt_of_many(j: Linear<10, 100_000>) -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;
		let (receipt, signature) = receipt::<T>(id)?;
		let job = Jobs::<T>::get(id).ok_or("the job is open")?;
		// What they ask is not in them: it would be half a gigabyte.
		let committed = Job { inline: None, ..job.clone() };
		for other in 1..u64::from(j) {
			let other = id.saturating_add(other);
			Jobs::<T>::insert(other, &committed);
			ProviderJobs::<T>::insert(&job.provider, other, ());
			let entry = AgendaEntry::EndRequest(job.consumer.clone(), BlakeTwo256::hash_of(&other));
			Agenda::<T>::insert(job.due, entry, ());
		}

		#[extrinsic_call]
		submit_receipt(RawOrigin::Authorized, receipt, signature);

		assert!(Jobs::<T>::get(id).is_some_and(|job| !job.is_open()));
		Ok(())
	}

	#[benchmark]
	fn authorize_submit_receipt() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let (receipt, signature) = receipt::<T>(open_job(&scene)?)?;
		let call = Call::<T>::submit_receipt { receipt, signature };
		let authorized;

		#[block]
		{
			authorized = call.authorize(TransactionSource::External);
		}

		authorized.ok_or("the call is authorized by its receipt")?.map_err(|_| "it is good")?;
		Ok(())
	}

	#[benchmark]
	fn decline() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.owner.clone()), id);

		assert!(!Jobs::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn agenda() {
		let now = frame_system::Pallet::<T>::block_number();
		AgendaCursor::<T>::put(now.saturating_add(One::one()));

		#[block]
		{
			Pallet::<T>::work_agenda(now, &mut WeightMeter::new());
		}
	}

	/// With an entry that is looked at and does not fit.
	#[benchmark]
	fn agenda_block() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;
		let now = Jobs::<T>::get(id).ok_or("the job is open")?.due;
		let done;

		#[block]
		{
			done = Pallet::<T>::work_block(now, now, &mut WeightMeter::with_limit(Weight::zero()));
		}

		assert!(!done && Jobs::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn lapse() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;
		let now = Jobs::<T>::get(id).ok_or("the job is open")?.due;
		let done;

		#[block]
		{
			done = work_twice::<T>(now);
		}

		assert!(done && !Jobs::<T>::contains_key(id));
		assert_eq!(Commitments::<T>::iter().count(), 0);
		Ok(())
	}

	#[benchmark]
	fn mature() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;
		let (receipt, signature) = receipt::<T>(id)?;
		Pallet::<T>::submit_receipt(RawOrigin::Authorized.into(), receipt, signature)?;
		let now = Jobs::<T>::get(id).ok_or("the job is settled")?.due;
		let done;

		#[block]
		{
			done = work_twice::<T>(now);
		}

		assert!(done && !Jobs::<T>::contains_key(id));
		Ok(())
	}

	/// Its job is in its dispute window.
	#[benchmark]
	fn forget() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		let id = open_job(&scene)?;
		let now = Jobs::<T>::get(id).ok_or("the job is open")?.due;
		let (receipt, signature) = receipt::<T>(id)?;
		Pallet::<T>::submit_receipt(RawOrigin::Authorized.into(), receipt, signature)?;
		assert_eq!(SlotsTaken::<T>::get(scene.plan), 1);
		let done;

		#[block]
		{
			done = work_twice::<T>(now);
		}

		assert!(done && Jobs::<T>::contains_key(id));
		assert_eq!(Commitments::<T>::iter().count(), 0);
		assert_eq!(SlotsTaken::<T>::get(scene.plan), 0);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
