//! The benchmarks of `pallet_babe`'s calls. The SDK has estimates for them.

use alloc::boxed::Box;
use frame_benchmarking::v2::*;
use frame_support::assert_ok;
use frame_system::{pallet_prelude::HeaderFor, RawOrigin};
use sp_consensus_babe::{digests::NextConfigDescriptor, AllowedSlots, EquivocationProof};

/// What the benchmarks need of the runtime.
pub trait Config: pallet_babe::Config {
	/// Two blocks that one of `validators` made in one slot of a session that is over, and the proof that
	/// it was one.
	fn equivocation(
		validators: u32,
	) -> (EquivocationProof<HeaderFor<Self>>, <Self as pallet_babe::Config>::KeyOwnerProof);

	/// How many offences were reported.
	fn offences() -> usize;
}

/// Stands for `pallet_babe` in the list of benchmarks.
pub struct Pallet<T: Config>(pallet_babe::Pallet<T>);

type Babe<T> = pallet_babe::Pallet<T>;

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
			assert_ok!(Babe::<T>::report_equivocation(
				origin.into(),
				Box::new(equivocation),
				owner
			));
		}
		assert_eq!(T::offences(), 1);
		Ok(())
	}

	#[benchmark]
	fn plan_config_change() -> Result<(), BenchmarkError> {
		let config =
			NextConfigDescriptor::V1 { c: (1, 2), allowed_slots: AllowedSlots::PrimarySlots };
		#[block]
		{
			assert_ok!(Babe::<T>::plan_config_change(RawOrigin::Root.into(), config));
		}
		Ok(())
	}
}
