//! Weights of `frame_system`, measured by `scripts/weights.sh` on 2026-12-01: 20 steps, 20 repeats.
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
	/// `b` was measured from 0 to 3145728.
	fn remark(b: u32, ) -> Weight {
		// At least 2_443_000.
		Weight::from_parts(3_781_825, 0)
			.saturating_add(Weight::from_parts(206, 0).saturating_mul(b.into()))
	}
	/// `b` was measured from 0 to 3145728.
	fn remark_with_event(b: u32, ) -> Weight {
		// At least 5_708_000.
		Weight::from_parts(5_959_000, 0)
			.saturating_add(Weight::from_parts(1_094, 0).saturating_mul(b.into()))
	}
	fn set_heap_pages() -> Weight {
		// At least 4_236_000.
		Weight::from_parts(4_937_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	fn set_code() -> Weight {
		// At least 114_627_727_000.
		Weight::from_parts(117_072_656_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	/// `i` was measured from 0 to 1000.
	fn set_storage(i: u32, ) -> Weight {
		// At least 2_614_000.
		Weight::from_parts(3_065_000, 0)
			.saturating_add(Weight::from_parts(679_786, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// `i` was measured from 0 to 1000.
	fn kill_storage(i: u32, ) -> Weight {
		// At least 2_634_000.
		Weight::from_parts(2_784_000, 0)
			.saturating_add(Weight::from_parts(555_456, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// `p` was measured from 0 to 1000.
	fn kill_prefix(p: u32, ) -> Weight {
		// At least 4_707_000.
		Weight::from_parts(4_937_000, 0)
			.saturating_add(Weight::from_parts(1_329_273, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn authorize_upgrade() -> Weight {
		// At least 9_023_000.
		Weight::from_parts(13_440_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	fn apply_authorized_upgrade() -> Weight {
		// At least 119_741_449_000.
		Weight::from_parts(121_947_985_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(2))
	}
}
