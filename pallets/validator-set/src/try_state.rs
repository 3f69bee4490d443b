//! The invariants.

use crate::{
	sessions::Sessions, Candidates, Config, Convicted, Departed, MinValidators, Pallet, Validators,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the state:
	///
	/// 1. there are no fewer validators than the floor, no more than `MaxValidators`, and the count is
	///    right;
	/// 2. each validator has session keys;
	/// 3. a validator is neither a candidate nor departed;
	/// 4. a convicted account is a validator, named once, and the set is at its floor.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let count = Validators::<T>::count();
		ensure!(count >= MinValidators::<T>::get(), "fewer validators than the floor");
		ensure!(count <= T::MaxValidators::get(), "too many validators");

		let mut seen = 0u32;
		for who in Validators::<T>::iter_keys() {
			seen = seen.saturating_add(1);
			ensure!(T::Sessions::has_keys(&who), "a validator has no session keys");
			ensure!(!Candidates::<T>::contains_key(&who), "a validator is a candidate");
			ensure!(!Departed::<T>::contains_key(&who), "a validator has departed");
		}
		ensure!(seen == count, "the count of validators is wrong");

		let convicted = Convicted::<T>::get();
		ensure!(
			convicted.is_empty() || Self::at_floor(),
			"a convicted validator could be replaced"
		);
		for (n, who) in convicted.iter().enumerate() {
			ensure!(Validators::<T>::contains_key(who), "a convicted account is no validator");
			ensure!(
				!convicted.iter().skip(n.saturating_add(1)).any(|c| c == who),
				"convicted twice"
			);
		}
		Ok(())
	}
}
