//! Benchmarks of the calls, in the currency that costs most to move.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use tallystick_primitives::money::BenchmarkMoney;

const SEED: u32 = 0;

/// Puts an amount into `bucket`.
fn fund<T: Config>(bucket: &Bucket<T::AccountId>) -> Result<(CurrencyId, Balance), BenchmarkError> {
	let currency = T::BenchmarkHelper::dearest_currency();
	let amount = T::Tokens::minimum_balance(currency.clone()).max(1).saturating_mul(100);
	let payer: T::AccountId = account("payer", 0, SEED);
	T::BenchmarkHelper::endow(&currency, &payer, amount.saturating_mul(2));
	<Pallet<T> as Books<_>>::enter(&currency, &payer, bucket, amount)?;
	Ok((currency, amount))
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let payee: T::AccountId = account("payee", 0, SEED);
		let (currency, amount) = fund::<T>(&Bucket::Claimable(payee.clone()))?;
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), currency.clone(), payee.clone());

		assert_eq!(T::Tokens::balance(currency, &payee), amount);
		Ok(())
	}

	#[benchmark]
	fn admit_currency() -> Result<(), BenchmarkError> {
		let (currency, amount) = fund::<T>(&Bucket::Treasury)?;
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, currency.clone(), amount);

		assert_eq!(<Pallet<T> as Books<_>>::threshold(&currency), Some(amount));
		Ok(())
	}

	#[benchmark]
	fn report_impaired() -> Result<(), BenchmarkError> {
		let (currency, _) = fund::<T>(&Bucket::Treasury)?;
		Currencies::<T>::mutate(&currency, |info| {
			if let Some(info) = info {
				info.impaired = true;
			}
		});
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), currency.clone());

		assert!(<Pallet<T> as Books<_>>::is_usable(&currency));
		Ok(())
	}

	#[benchmark]
	fn spend() -> Result<(), BenchmarkError> {
		let payee: T::AccountId = account("payee", 0, SEED);
		let (currency, amount) = fund::<T>(&Bucket::Treasury)?;
		let origin =
			T::SpendOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, currency.clone(), payee.clone(), amount);

		assert_eq!(T::Tokens::balance(currency, &payee), amount);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
