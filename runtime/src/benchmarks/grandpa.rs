//! The benchmarks of `pallet_grandpa`'s calls. The SDK has estimates for them.

use alloc::boxed::Box;
use frame_benchmarking::v2::*;
use frame_support::assert_ok;
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_consensus_grandpa::EquivocationProof;

/// What the benchmarks need of the runtime.
pub trait Config: pallet_grandpa::Config {
	/// Two votes of one of `validators` in one round of a session that is over, and the proof that it was
	/// one.
	fn equivocation(
		validators: u32,
	) -> (EquivocationProof<Self::Hash, BlockNumberFor<Self>>, Self::KeyOwnerProof);

	/// How many offences were reported.
	fn offences() -> usize;
}

/// Stands for `pallet_grandpa` in the list of benchmarks.
pub struct Pallet<T: Config>(pallet_grandpa::Pallet<T>);

type Grandpa<T> = pallet_grandpa::Pallet<T>;

#[benchmarks]
mod benchmarks {
	use super::*;

	/// `v` validators, without any of the `n` nominators that the chain does not have.
	#[benchmark]
	fn report_equivocation(v: Linear<2, 100>, n: Linear<0, 1>) -> Result<(), BenchmarkError> {
		let _ = n;
		let (equivocation, owner) = T::equivocation(v);
		let origin = RawOrigin::Signed(whitelisted_caller());
		#[block]
		{
			assert_ok!(Grandpa::<T>::report_equivocation(
				origin.into(),
				Box::new(equivocation),
				owner
			));
		}
		assert_eq!(T::offences(), 1);
		Ok(())
	}

	#[benchmark]
	fn note_stalled() -> Result<(), BenchmarkError> {
		#[block]
		{
			assert_ok!(Grandpa::<T>::note_stalled(
				RawOrigin::Root.into(),
				10u32.into(),
				1u32.into()
			));
		}
		assert!(pallet_grandpa::Stalled::<T>::exists());
		Ok(())
	}
}
