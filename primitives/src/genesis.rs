//! Which chain this is.

use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::Zero;

/// The hash of the genesis block: what keeps signatures for this chain from others.
/// frame_system forgets the hashes of old blocks, but never this one.
pub fn genesis_hash<T: frame_system::Config>() -> T::Hash {
	frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
}
