//! How many open jobs lapse at each block, and which block has room for one more.

use crate::*;
use sp_runtime::{
	traits::{CheckedAdd, UniqueSaturatedInto, Zero},
	SaturatedConversion,
};

/// How many blocks a request looks at for one with room: from the one at which its job would lapse
/// under the deadline that it asks for. The jobs that lapse at so many blocks, a *chunk*, are counted
/// in one storage item.
pub const SPREAD: usize = 16;

impl<T: Config> Pallet<T> {
	/// The first of the [`SPREAD`] blocks from `earliest` at which fewer than `limit` jobs lapse. These
	/// blocks lie in two chunks.
	pub(crate) fn first_block_with_fewer(
		limit: u32,
		earliest: BlockNumberFor<T>,
	) -> Option<BlockNumberFor<T>> {
		let (chunk, index) = Self::chunk_of(earliest);
		let chunks = [chunk, chunk.saturating_add(1)].map(LapseCounts::<T>::get);
		let counts = chunks.iter().flatten().skip(index).take(SPREAD);
		let ahead = counts.enumerate().find(|(_, count)| **count < limit)?.0;
		earliest.checked_add(&ahead.saturated_into())
	}

	/// One more job lapses at `block`.
	pub(crate) fn count_lapse(block: BlockNumberFor<T>) {
		let (chunk, index) = Self::chunk_of(block);
		LapseCounts::<T>::mutate(chunk, |counts| {
			if let Some(count) = counts.get_mut(index) {
				// No state holds 2^32 open jobs.
				*count = count.saturating_add(1);
			}
		});
	}

	/// One job less lapses at `block`. A chunk of zeros is not stored.
	pub(crate) fn uncount_lapse(block: BlockNumberFor<T>) {
		let (chunk, index) = Self::chunk_of(block);
		LapseCounts::<T>::mutate_exists(chunk, |stored| {
			let Some(counts) = stored else { return };
			if let Some(count) = counts.get_mut(index) {
				// It counts the caller's job, so it is not zero.
				*count = count.saturating_sub(1);
			}
			if counts.iter().all(Zero::is_zero) {
				*stored = None;
			}
		});
	}

	/// The chunk of `block` in [`LapseCounts`], and its index there.
	pub(crate) fn chunk_of(block: BlockNumberFor<T>) -> (u64, usize) {
		// `SPREAD` as a block number: casts are denied.
		const CHUNK: u64 = 16;
		const _: () = assert!(SPREAD == 16, "a chunk has an index for each block of it");
		let block: u64 = block.unique_saturated_into();
		(block / CHUNK, (block % CHUNK).saturated_into())
	}
}
