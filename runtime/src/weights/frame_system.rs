//! Weights of `frame_system`, measured by `scripts/weights.sh` on 2026-11-30: 20 steps, 20 repeats.
//!
//! Not written by hand. Times are of the machine that measured, in picoseconds; reads and writes are
//! those of [`super::paritydb`]. No proofs are made of what this chain executes, so none are sized.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_imports, unused_parens, unused_variables, missing_docs)]

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{RuntimeDbWeight, Weight},
};

/// Weights of `frame_system`, with reads and writes that cost `Database`.
pub struct WeightInfo<T, Database = <T as frame_system::Config>::DbWeight>(PhantomData<(T, Database)>);

impl<T: frame_system::Config, Database: Get<RuntimeDbWeight>> frame_system::WeightInfo
	for WeightInfo<T, Database>
{
	/// `b` was measured from 0 to 3565158.
	fn remark(b: u32, ) -> Weight {
		// At least 2_854_000.
		Weight::from_parts(3_045_000, 0)
			.saturating_add(Weight::from_parts(362, 0).saturating_mul(b.into()))
	}
	/// `b` was measured from 0 to 3565158.
	fn remark_with_event(b: u32, ) -> Weight {
		// At least 6_740_000.
		Weight::from_parts(7_141_000, 0)
			.saturating_add(Weight::from_parts(1_345, 0).saturating_mul(b.into()))
	}
	fn set_heap_pages() -> Weight {
		// At least 5_087_000.
		Weight::from_parts(5_818_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	fn set_code() -> Weight {
		// At least 116_932_237_000.
		Weight::from_parts(117_911_560_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	/// `i` was measured from 0 to 1000.
	fn set_storage(i: u32, ) -> Weight {
		// At least 3_065_000.
		Weight::from_parts(3_375_000, 0)
			.saturating_add(Weight::from_parts(1_022_150, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// `i` was measured from 0 to 1000.
	fn kill_storage(i: u32, ) -> Weight {
		// At least 2_955_000.
		Weight::from_parts(3_095_000, 0)
			.saturating_add(Weight::from_parts(705_732, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// `p` was measured from 0 to 1000.
	fn kill_prefix(p: u32, ) -> Weight {
		// At least 5_388_000.
		Weight::from_parts(5_558_000, 0)
			.saturating_add(Weight::from_parts(1_449_741, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn authorize_upgrade() -> Weight {
		// At least 13_941_000.
		Weight::from_parts(23_104_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	fn apply_authorized_upgrade() -> Weight {
		// At least 120_821_306_000.
		Weight::from_parts(129_538_304_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(2))
	}
}
