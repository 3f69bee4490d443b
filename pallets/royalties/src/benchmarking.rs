//! Benchmarks of a deposit, a visit and a payout, on the native token.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use tallystick_primitives::lineage::BenchmarkLineage;

const SEED: u32 = 0;
/// Enough that no share of it is dust.
const AMOUNT: Balance = 1_000_000_000_000_000;
const SOURCE: tallystick_primitives::JobId = 1;

/// Puts `AMOUNT` where a deposit takes it from.
fn fund<T: Config>() -> Result<Bucket<T::AccountId>, BenchmarkError> {
	let payer: T::AccountId = account("payer", 0, SEED);
	let source = Bucket::Maturing(SOURCE);
	T::Lineage::endow(&payer, AMOUNT.saturating_mul(2));
	T::Books::enter(&CurrencyId::Native, &payer, &source, AMOUNT)?;
	Ok(source)
}

fn earn<T: Config>(parents: u32) -> Result<ArtifactId, BenchmarkError> {
	let artifact = T::Lineage::artifact_with_parents(parents);
	let source = fund::<T>()?;
	Pallet::<T>::deposit(artifact, &CurrencyId::Native, &source, AMOUNT, None)?;
	Ok(artifact)
}

/// Deposits `AMOUNT` for `artifact`, of which a provider has a share.
fn deposit_from<T: Config>(source: &Bucket<T::AccountId>, artifact: ArtifactId) -> DispatchResult {
	let provider: T::AccountId = account("provider", 0, SEED);
	let provider = Some((&provider, Share::from_percent(10)));
	Pallet::<T>::deposit(artifact, &CurrencyId::Native, source, AMOUNT, provider)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn deposit() -> Result<(), BenchmarkError> {
		let artifact = T::Lineage::artifact_with_parents(16);
		let source = fund::<T>()?;

		#[block]
		{
			deposit_from::<T>(&source, artifact)?;
		}

		assert!(Tallies::<T>::get(artifact, CurrencyId::Native).deposited > 0);
		Ok(())
	}

	/// Shows that it makes no difference how many ancestors there are: what it measures is no weight.
	#[benchmark(extra)]
	fn deposit_with_ancestors(a: Linear<0, 1_024>) -> Result<(), BenchmarkError> {
		let artifact = T::Lineage::artifact_with_ancestors(a);
		let source = fund::<T>()?;

		#[block]
		{
			deposit_from::<T>(&source, artifact)?;
		}

		Ok(())
	}

	#[benchmark]
	fn visit(p: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let artifact = earn::<T>(p)?;

		#[block]
		{
			Pallet::<T>::visit_next();
		}

		assert_eq!(Tallies::<T>::get(artifact, CurrencyId::Native).unsplit, 0);
		Ok(())
	}

	#[benchmark]
	fn payout() -> Result<(), BenchmarkError> {
		earn::<T>(0)?;
		Pallet::<T>::visit_next();
		assert_eq!(PayoutRange::<T>::get().tail, 1);

		#[block]
		{
			Pallet::<T>::pay_next();
		}

		assert_eq!(PayoutRange::<T>::get().head, 1);
		Ok(())
	}

	#[benchmark]
	fn look() -> Result<(), BenchmarkError> {
		// The wave stands somewhere, and nothing is due after it, or before.
		earn::<T>(0)?;
		Pallet::<T>::visit_next();
		Pallet::<T>::pay_next();
		let caller: T::AccountId = whitelisted_caller();
		let result;

		#[block]
		{
			result = Pallet::<T>::distribute(RawOrigin::Signed(caller).into(), 1);
		}

		assert_eq!(
			result.map_err(|error| error.error),
			Err(Error::<T>::NothingToDistribute.into())
		);
		Ok(())
	}

	#[benchmark]
	fn mark() -> Result<(), BenchmarkError> {
		let artifact = earn::<T>(0)?;
		Due::<T>::remove(WaveKey::from(artifact), CurrencyId::Native);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, CurrencyId::Native);

		assert!(Due::<T>::contains_key(WaveKey::from(artifact), CurrencyId::Native));
		Ok(())
	}
}
