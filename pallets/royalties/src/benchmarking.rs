//! Benchmarks of visits, payouts and the calls, in the currency that costs most to move.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use tallystick_primitives::{lineage::BenchmarkLineage, money::BenchmarkMoney};

const SEED: u32 = 0;
/// Enough that no share of it is dust.
const AMOUNT: Balance = 1_000_000_000_000_000;
const SOURCE: tallystick_primitives::JobId = 1;

/// Puts `AMOUNT` where a deposit takes it from.
fn fund<T: Config>() -> Result<(CurrencyId, Bucket<T::AccountId>), BenchmarkError> {
	let currency = T::BenchmarkHelper::dearest_currency();
	let payer: T::AccountId = account("payer", 0, SEED);
	let source = Bucket::Maturing(SOURCE);
	T::BenchmarkHelper::endow(&currency, &payer, AMOUNT.saturating_mul(2));
	T::Books::enter(&currency, &payer, &source, AMOUNT)?;
	Ok((currency, source))
}

/// An artifact for which `AMOUNT` was deposited.
fn earn<T: Config>(parents: u32) -> Result<(ArtifactId, CurrencyId), BenchmarkError> {
	let artifact = T::BenchmarkHelper::artifact_with_parents(parents);
	let (currency, source) = fund::<T>()?;
	Pallet::<T>::deposit(artifact, &currency, &source, AMOUNT, None)?;
	Ok((artifact, currency))
}

#[benchmarks]
mod benches {
	use super::*;

	/// Shows that it makes no difference how many of 1,025 artifacts are ancestors: what it measures is
	/// no weight.
	#[benchmark(extra)]
	fn deposit_with_ancestors(a: Linear<0, 1_024>) -> Result<(), BenchmarkError> {
		let artifact = T::BenchmarkHelper::artifact_with_ancestors(a, 1_024u32.saturating_sub(a));
		let (currency, source) = fund::<T>()?;
		let provider: T::AccountId = account("provider", 0, SEED);
		let provider = Some((&provider, Share::from_percent(10)));

		#[block]
		{
			Pallet::<T>::deposit(artifact, &currency, &source, AMOUNT, provider)?;
		}

		assert!(Tallies::<T>::get(artifact, currency).deposited > 0);
		Ok(())
	}

	#[benchmark]
	fn visit(p: Linear<0, 16>) -> Result<(), BenchmarkError> {
		let (artifact, currency) = earn::<T>(p)?;

		#[block]
		{
			Pallet::<T>::visit_next();
		}

		assert_eq!(Tallies::<T>::get(artifact, currency).unsplit, 0);
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

	/// Not by the call, which fails: what it wrote would not be seen.
	#[benchmark]
	fn look() -> Result<(), BenchmarkError> {
		// The wave stands somewhere, and nothing is due after it.
		earn::<T>(0)?;
		Pallet::<T>::visit_next();
		Pallet::<T>::pay_next();
		let (visited, paid);

		#[block]
		{
			visited = Pallet::<T>::visit_next();
			paid = Pallet::<T>::pay_next();
		}

		assert_eq!((visited, paid), (None, None));
		assert!(matches!(WavePosition::<T>::get(), Some(Position::Over(_))));
		Ok(())
	}

	#[benchmark]
	fn mark() -> Result<(), BenchmarkError> {
		let (artifact, currency) = earn::<T>(0)?;
		Due::<T>::remove(WaveKey::from(artifact), &currency);
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), artifact, currency.clone());

		assert!(Due::<T>::contains_key(WaveKey::from(artifact), currency));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
