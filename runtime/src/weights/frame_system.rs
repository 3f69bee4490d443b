//! Weights of `frame_system`, measured by `scripts/weights.sh` on 2026-11-20: 20 steps, 10 repeats.
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
	/// `b` was measured from 0 to 3670016.
	fn remark(b: u32, ) -> Weight {
		// At least 2_214_000.
		Weight::from_parts(16_860_956, 0)
			.saturating_add(Weight::from_parts(222, 0).saturating_mul(b.into()))
	}
	/// `b` was measured from 0 to 3670016.
	fn remark_with_event(b: u32, ) -> Weight {
		// At least 5_228_000.
		Weight::from_parts(2_297_594, 0)
			.saturating_add(Weight::from_parts(1_547, 0).saturating_mul(b.into()))
	}
	fn set_heap_pages() -> Weight {
		// At least 3_856_000.
		Weight::from_parts(4_356_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	fn set_code() -> Weight {
		// At least 89_255_052_000.
		Weight::from_parts(90_809_832_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	/// `i` was measured from 0 to 1000.
	fn set_storage(i: u32, ) -> Weight {
		// At least 2_093_000.
		Weight::from_parts(2_203_000, 0)
			.saturating_add(Weight::from_parts(743_289, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// `i` was measured from 0 to 1000.
	fn kill_storage(i: u32, ) -> Weight {
		// At least 2_043_000.
		Weight::from_parts(2_183_000, 0)
			.saturating_add(Weight::from_parts(554_620, 0).saturating_mul(i.into()))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(i.into())))
	}
	/// `p` was measured from 0 to 1000.
	fn kill_prefix(p: u32, ) -> Weight {
		// At least 3_806_000.
		Weight::from_parts(3_855_000, 0)
			.saturating_add(Weight::from_parts(1_112_073, 0).saturating_mul(p.into()))
			.saturating_add(Database::get().reads((1_u64).saturating_mul(p.into())))
			.saturating_add(Database::get().writes((1_u64).saturating_mul(p.into())))
	}
	fn authorize_upgrade() -> Weight {
		// At least 9_444_000.
		Weight::from_parts(21_542_000, 0)
			.saturating_add(Database::get().writes(1))
	}
	fn apply_authorized_upgrade() -> Weight {
		// At least 96_212_279_000.
		Weight::from_parts(102_191_077_000, 0)
			.saturating_add(Database::get().reads(1))
			.saturating_add(Database::get().writes(2))
	}
}
