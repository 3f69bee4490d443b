//! Benchmarks of the calls, on the native token.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;

const SEED: u32 = 0;

fn fund<T: Config>(bucket: &Bucket<T::AccountId>) -> Result<Balance, BenchmarkError> {
	let currency = CurrencyId::Native;
	let minimum = T::Tokens::minimum_balance(currency.clone()).max(1);
	let amount = minimum.saturating_mul(100);
	let payer: T::AccountId = account("payer", 0, SEED);
	let endowment = amount.saturating_mul(2);
	T::Tokens::mint_into(currency.clone(), &payer, endowment)?;
	T::Tokens::mint_into(currency.clone(), &Pallet::<T>::vault_account(), minimum)?;
	Currencies::<T>::insert(&currency, CurrencyInfo { threshold: minimum, impaired: false });
	<Pallet<T> as Books<_>>::enter(&currency, &payer, bucket, amount)?;
	Ok(amount)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let payee: T::AccountId = account("payee", 0, SEED);
		let amount = fund::<T>(&Bucket::Claimable(payee.clone()))?;
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), CurrencyId::Native, payee.clone());

		assert_eq!(T::Tokens::balance(CurrencyId::Native, &payee), amount);
		Ok(())
	}

	#[benchmark]
	fn admit_currency() -> Result<(), BenchmarkError> {
		let amount = fund::<T>(&Bucket::Treasury)?;
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CurrencyId::Native, amount);

		assert_eq!(<Pallet<T> as Books<_>>::threshold(&CurrencyId::Native), Some(amount));
		Ok(())
	}

	#[benchmark]
	fn report_impaired() -> Result<(), BenchmarkError> {
		fund::<T>(&Bucket::Treasury)?;
		Currencies::<T>::mutate(CurrencyId::Native, |info| {
			if let Some(info) = info {
				info.impaired = true;
			}
		});
		let caller: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), CurrencyId::Native);

		assert!(<Pallet<T> as Books<_>>::is_usable(&CurrencyId::Native));
		Ok(())
	}

	#[benchmark]
	fn spend() -> Result<(), BenchmarkError> {
		let payee: T::AccountId = account("payee", 0, SEED);
		let amount = fund::<T>(&Bucket::Treasury)?;
		let origin =
			T::SpendOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, CurrencyId::Native, payee.clone(), amount);

		assert_eq!(T::Tokens::balance(CurrencyId::Native, &payee), amount);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
