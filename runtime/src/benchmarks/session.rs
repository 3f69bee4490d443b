//! The benchmarks of `pallet_session`. The SDK's own need its staking pallet, which is not here.

use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::assert_ok;
use frame_system::RawOrigin;
use sp_runtime::traits::Convert;

/// What the benchmarks need of the runtime.
pub trait Config: pallet_session::Config {
	/// Makes `who` a candidate. Returns session keys, and the proof that they are its own.
	fn candidate(who: &Self::AccountId) -> (Self::Keys, Vec<u8>);
}

/// Stands for `pallet_session` in the list of benchmarks.
pub struct Pallet<T: Config>(pallet_session::Pallet<T>);

type Session<T> = pallet_session::Pallet<T>;

/// A candidate that can pay for keys, keys of its own, and the proof of that.
fn candidate<T: Config>() -> Result<(T::AccountId, T::Keys, Vec<u8>), BenchmarkError> {
	let who = whitelisted_caller();
	Session::<T>::ensure_can_pay_key_deposit(&who)?;
	let (keys, proof) = T::candidate(&who);
	Ok((who, keys, proof))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_keys() -> Result<(), BenchmarkError> {
		let (who, keys, proof) = candidate::<T>()?;
		let origin = RawOrigin::Signed(who.clone());
		#[block]
		{
			assert_ok!(Session::<T>::set_keys(origin.into(), keys, proof));
		}
		let validator = T::ValidatorIdOf::convert(who).ok_or("the caller is no validator")?;
		assert!(pallet_session::NextKeys::<T>::contains_key(validator));
		Ok(())
	}

	#[benchmark]
	fn purge_keys() -> Result<(), BenchmarkError> {
		let (who, keys, proof) = candidate::<T>()?;
		let origin = RawOrigin::Signed(who.clone());
		Session::<T>::set_keys(origin.clone().into(), keys, proof)?;
		#[block]
		{
			assert_ok!(Session::<T>::purge_keys(origin.into()));
		}
		let validator = T::ValidatorIdOf::convert(who).ok_or("the caller is no validator")?;
		assert!(!pallet_session::NextKeys::<T>::contains_key(validator));
		Ok(())
	}
}
