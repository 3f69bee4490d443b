//! Jobs and receipts.

use crate::{
	configs::system::RuntimeBlockWeights,
	time::{HOURS, MILLISECS_PER_BLOCK, MINUTES},
	weights, BlockNumber, Credits, Providers, Registry, Royalties, Runtime, Timestamp,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	weights::Weight,
};
use sp_runtime::Perbill;

parameter_types! {
	/// A backend needs some time: two blocks for the request to be seen and the receipt to come in.
	pub const MinDeadline: BlockNumber = 3;
	/// What takes longer is not asked for as one call.
	pub const MaxDeadline: BlockNumber = HOURS;
	/// A receipt that met a full block, or a fork, has a minute to come in.
	pub const Grace: BlockNumber = MINUTES;
	/// What is free has to be brief: the slot of a request whose input never comes is free again in
	/// seven minutes.
	pub const FeelessDeadline: BlockNumber = 5 * MINUTES;
	/// A free request keeps its slot until it would have lapsed, the block of that included.
	pub const SlotTurn: BlockNumber = MinDeadline::get() + Grace::get() + 1;
	/// How long a request can wait in the pool, if its job has as much time.
	pub const MaxValidity: BlockNumber = 10 * MINUTES;
	/// What of each block the agenda may take: what blocks full of requests and receipts put on it.
	pub InferenceSlice: Weight = Perbill::from_perthousand(304) * RuntimeBlockWeights::get().max_block;
}

impl pallet_inference::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Lineage;
	type FeelessDeadline = FeelessDeadline;
	type FeelessJobs = ConstU32<16>;
	type Grace = Grace;
	type MaxDeadline = MaxDeadline;
	/// So many lapses fit in the slice.
	type MaxJobsPerBlock = ConstU32<600>;
	type MaxOpenJobs = ConstU32<256>;
	type MaxValidity = MaxValidity;
	type Meter = Credits;
	type MinDeadline = MinDeadline;
	type Providers = Providers;
	type Royalties = Royalties;
	type SliceWeight = InferenceSlice;
	type BlockMillis = ConstU64<MILLISECS_PER_BLOCK>;
	type UnixTime = Timestamp;
	type Versions = Registry;
	type WeightInfo = weights::Inference;
}
