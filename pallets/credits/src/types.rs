//! Plans and their terms.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, CloneNoBound, DebugNoBound, PartialEqNoBound};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};
use tallystick_primitives::{ArtifactId, Balance, CurrencyId, Digest, PlanId, Tariff};

/// What a plan sells, and for what. Never changes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PlanTerms<BlockNumber> {
	/// The versions that the credits buy. Empty: any.
	pub versions: BoundedVec<Digest, ConstU32<8>>,
	/// The price list, in units.
	pub tariff: Tariff,
	/// What the price is in.
	pub currency: CurrencyId,
	/// The price of a unit, in the currency's smallest unit.
	pub price: Balance,
	/// Blocks from a receipt until its money matures.
	pub dispute_window: BlockNumber,
	/// The plan's slots: how many of its requests can have one at the same time.
	pub slots: u32,
}

/// A plan.
#[derive(
	CloneNoBound, PartialEqNoBound, Eq, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Plan<T: Config> {
	/// The artifact whose use is sold.
	pub artifact: ArtifactId,
	/// What is sold, and for what.
	pub terms: PlanTerms<BlockNumberFor<T>>,
	/// Whether units are sold now.
	pub on_sale: bool,
}

impl<T: Config> Plan<T> {
	/// The hash of all that a buyer agrees to.
	pub fn terms_hash(&self, plan: PlanId) -> H256 {
		BlakeTwo256::hash_of(&(plan, self.artifact, &self.terms))
	}
}
