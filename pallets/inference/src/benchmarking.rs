//! Benchmarks. The keys of providers are made in the keystore of the benchmark's externalities.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::traits::Authorize;
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{
	traits::{One, Saturating},
	SaturatedConversion,
};
use tallystick_primitives::{
	service_key::ownership_hash, CountedBy, EndpointKind, FinishReason, Tokens,
};

/// What the benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// Gives `account` so much of the native token that it can bond, and more.
	fn endow(account: &AccountId);

	/// An artifact of `owner` with a servable version, and a plan for it, with at least one slot and
	/// a tariff that charges for each call, and so dear that a call's earnings are worth a visit and a
	/// payout, of which `consumer` has at least `units` free units.
	fn prepare(
		owner: &AccountId,
		consumer: &AccountId,
		units: Balance,
	) -> (ArtifactId, Digest, PlanId);
}

/// The share of the first offering.
const FIRST_SHARE: Share = Share::from_percent(30);
/// The share of an offering that becomes active later: dearer, so that this is noted too.
const DEARER_SHARE: Share = Share::from_percent(40);
/// More units than any receipt of a benchmark charges.
const UNITS: Balance = 1_000_000;
const MAX_INLINE: u32 = MAX_INLINE_REQUEST + MAX_INLINE_PARAMETERS;

/// A model with a plan, its owner, and a consumer.
struct Scene<T: Config> {
	owner: T::AccountId,
	consumer: T::AccountId,
	artifact: ArtifactId,
	version: Digest,
	plan: PlanId,
}

fn scene<T: Config>() -> Scene<T> {
	let owner = account("owner", 0, 0);
	let consumer = account("consumer", 0, 0);
	T::BenchmarkHelper::endow(&owner);
	// A benchmark runs in a block: the agenda starts there.
	frame_system::Pallet::<T>::set_block_number(One::one());
	let (artifact, version, plan) = T::BenchmarkHelper::prepare(&owner, &consumer, UNITS);
	Scene { owner, consumer, artifact, version, plan }
}

fn endpoints() -> Endpoints {
	let url = BoundedVec::truncate_from(vec![b'x'; MAX_ENDPOINT_BYTES.saturated_into()]);
	BoundedVec::truncate_from(vec![url; MAX_ENDPOINTS.saturated_into()])
}

/// A new key, with the proof that `account` holds it.
fn new_key<T: Config>(
	account: &T::AccountId,
) -> Result<(ServiceKey, ServiceSignature), BenchmarkError> {
	let key = ServiceKey::generate_pair(None);
	let message = ownership_hash(&Pallet::<T>::genesis_hash(), account);
	let proof = key.sign(&message).ok_or("the keystore signs")?;
	Ok((key, proof))
}

fn register<T: Config>(account: &T::AccountId) -> Result<(), BenchmarkError> {
	T::BenchmarkHelper::endow(account);
	let (key, proof) = new_key::<T>(account)?;
	let origin = RawOrigin::Signed(account.clone()).into();
	Pallet::<T>::register_provider(origin, key, endpoints(), proof)?;
	Ok(())
}

/// The owner serves its model, on a list that is full but for one place: others with more need of
/// time than a request of [`params`] gives.
fn serve<T: Config>(scene: &Scene<T>) -> Result<(), BenchmarkError> {
	register::<T>(&scene.owner)?;
	let others = 1..T::MaxProvidersPerVersion::get();
	let others = others.map(|n| Candidate {
		provider: account("candidate", n, 0),
		min_deadline: T::MaxDeadline::get(),
	});
	let others = CandidatesOf::<T>::truncate_from(others.collect());
	Candidates::<T>::insert(scene.artifact, scene.version, others);
	Pallet::<T>::offer(
		RawOrigin::Signed(scene.owner.clone()).into(),
		scene.artifact,
		scene.version,
		FIRST_SHARE,
		T::MinDeadline::get(),
	)?;
	Ok(())
}

/// A provider that does not own the model proposes to answer for a dearer share, and is to take the
/// owner's place on the list.
fn offer_of_another<T: Config>(scene: &Scene<T>) -> Result<T::AccountId, BenchmarkError> {
	let (artifact, version) = (scene.artifact, scene.version);
	let owner = RawOrigin::Signed(scene.owner.clone()).into();
	Pallet::<T>::withdraw_offering(owner, artifact, version, scene.owner.clone())?;
	let who: T::AccountId = account("provider", 0, 0);
	register::<T>(&who)?;
	let origin = RawOrigin::Signed(who.clone()).into();
	Pallet::<T>::offer(origin, artifact, version, DEARER_SHARE, T::MinDeadline::get())?;
	Ok(who)
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
	let provider = Providers::<T>::get(&job.provider).ok_or("its provider is there")?;
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
		request_bytes: job.request_bytes.unwrap_or_default(),
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
	let message = receipt.signing_hash(&Pallet::<T>::genesis_hash());
	let signature = provider.service_key.sign(&message).ok_or("the keystore signs")?;
	Ok((receipt, signature))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_provider() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("provider", 0, 0);
		T::BenchmarkHelper::endow(&who);
		let (key, proof) = new_key::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), key, endpoints(), proof);

		assert!(Providers::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn update_provider() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("provider", 0, 0);
		register::<T>(&who)?;
		let (key, proof) = new_key::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Some((key.clone(), proof)), endpoints());

		assert_eq!(ProviderByKey::<T>::get(key), Some(who));
		Ok(())
	}

	#[benchmark]
	fn leave() -> Result<(), BenchmarkError> {
		let who: T::AccountId = account("provider", 0, 0);
		register::<T>(&who)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Providers::<T>::contains_key(who));
		Ok(())
	}

	#[benchmark]
	fn offer() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		let (artifact, version, owner) = (scene.artifact, scene.version, scene.owner);
		let origin = RawOrigin::Signed(owner.clone());
		let min_deadline = T::MinDeadline::get();
		Pallet::<T>::withdraw_offering(origin.clone().into(), artifact, version, owner.clone())?;

		#[extrinsic_call]
		_(origin, artifact, version, DEARER_SHARE, min_deadline);

		let offering = Offerings::<T>::get((artifact, version, owner));
		assert!(offering.is_some_and(|offering| offering.status == OfferingStatus::Active));
		assert_eq!(DearestShares::<T>::get(artifact), DEARER_SHARE);
		Ok(())
	}

	#[benchmark]
	fn accept_offering() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		let (artifact, version) = (scene.artifact, scene.version);
		let who = offer_of_another(&scene)?;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(scene.owner),
			artifact,
			version,
			who.clone(),
			DEARER_SHARE,
			T::MinDeadline::get(),
		);

		let offering = Offerings::<T>::get((artifact, version, who));
		assert!(offering.is_some_and(|offering| offering.status == OfferingStatus::Active));
		assert_eq!(DearestShares::<T>::get(artifact), DEARER_SHARE);
		Ok(())
	}

	#[benchmark]
	fn withdraw_offering() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		let (artifact, version) = (scene.artifact, scene.version);
		let who = offer_of_another(&scene)?;
		let owner = RawOrigin::Signed(scene.owner);
		let (share, least) = (DEARER_SHARE, T::MinDeadline::get());
		let origin = owner.clone().into();
		Pallet::<T>::accept_offering(origin, artifact, version, who.clone(), share, least)?;

		#[extrinsic_call]
		_(owner, artifact, version, who.clone());

		assert!(!Offerings::<T>::contains_key((artifact, version, who)));
		Ok(())
	}

	#[benchmark]
	fn request(b: Linear<0, MAX_INLINE>) -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		fill_blocks::<T>();
		let params = params(&scene, b);
		let id = NextJobId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(scene.consumer.clone()), params);

		assert!(Pallet::<T>::is_answerable(id));
		Ok(())
	}

	#[benchmark]
	fn feeless_request(b: Linear<0, MAX_INLINE>) -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		fill_blocks::<T>();
		let params = params(&scene, b);
		let feeless;

		#[block]
		{
			feeless = Pallet::<T>::is_feeless_request(&scene.consumer, &params);
		}

		assert!(feeless);
		Ok(())
	}

	#[benchmark]
	fn submit_receipt() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
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
		serve(&scene)?;
		let id = open_job(&scene)?;
		let (receipt, signature) = receipt::<T>(id)?;
		let job = Jobs::<T>::get(id).ok_or("the job is open")?;
		for other in 1..u64::from(j) {
			let other = id.saturating_add(other);
			Jobs::<T>::insert(other, &job);
			ProviderJobs::<T>::insert(&job.provider, other, ());
			Agenda::<T>::insert(job.due, AgendaEntry::Lapse(other), ());
		}

		#[extrinsic_call]
		submit_receipt(RawOrigin::Authorized, receipt, signature);

		assert!(Jobs::<T>::get(id).is_some_and(|job| !job.is_open()));
		Ok(())
	}

	#[benchmark]
	fn authorize_submit_receipt() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
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
		serve(&scene)?;
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

	#[benchmark]
	fn agenda_block() {
		let now = frame_system::Pallet::<T>::block_number();
		let done;

		#[block]
		{
			done = Pallet::<T>::work_block(now, now, &mut WeightMeter::new());
		}

		assert!(done);
	}

	#[benchmark]
	fn lapse() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		let id = open_job(&scene)?;
		let now = Jobs::<T>::get(id).ok_or("the job is open")?.due;
		let done;

		#[block]
		{
			done = Pallet::<T>::work_block(now, now, &mut WeightMeter::new());
		}

		assert!(done && !Jobs::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn mature() -> Result<(), BenchmarkError> {
		let scene = scene::<T>();
		serve(&scene)?;
		let id = open_job(&scene)?;
		let (receipt, signature) = receipt::<T>(id)?;
		Pallet::<T>::submit_receipt(RawOrigin::Authorized.into(), receipt, signature)?;
		let now = Jobs::<T>::get(id).ok_or("the job is settled")?.due;
		let done;

		#[block]
		{
			done = Pallet::<T>::work_block(now, now, &mut WeightMeter::new());
		}

		assert!(done && !Jobs::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn forget() {
		let now = frame_system::Pallet::<T>::block_number();
		let (who, commitment): (T::AccountId, _) = (account("consumer", 0, 0), Digest::zero());
		let remembered = Remembered { until: now, slot_of: Some(0) };
		PlacesTaken::<T>::insert(&who, 2);
		SlotsTaken::<T>::insert(0, 2);
		Commitments::<T>::insert(&who, commitment, remembered);
		Agenda::<T>::insert(now, AgendaEntry::Forget(who.clone(), commitment), ());
		let done;

		#[block]
		{
			done = Pallet::<T>::work_block(now, now, &mut WeightMeter::new());
		}

		assert!(done && !Commitments::<T>::contains_key(&who, commitment));
		assert_eq!((PlacesTaken::<T>::get(who), SlotsTaken::<T>::get(0)), (1, 1));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
