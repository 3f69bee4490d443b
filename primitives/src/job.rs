//! How use is metered and paid: the traits between inference, credits and royalties.

use crate::{ArtifactId, Balance, Bucket, CurrencyId, Digest, JobId, PlanId, Share, Tariff};
use alloc::vec::Vec;
use sp_runtime::{DispatchError, DispatchResult};

/// What a plan sells, as the metering side needs it. None of it ever changes for a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeteredPlan<BlockNumber> {
	/// The artifact whose use is sold.
	pub artifact: ArtifactId,
	/// The versions that the credits buy. Empty: any.
	pub versions: Vec<Digest>,
	/// The price list.
	pub tariff: Tariff,
	/// Blocks from a receipt until its money matures.
	pub dispute_window: BlockNumber,
	/// The plan's slots: how many of its requests can have one at the same time.
	pub slots: u32,
}

impl<BlockNumber> MeteredPlan<BlockNumber> {
	/// Whether the credits may be used for `version`.
	pub fn covers(&self, version: &Digest) -> bool {
		self.versions.is_empty() || self.versions.contains(version)
	}
}

/// The money behind units that were settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backing {
	/// What their plan's price is in.
	pub currency: CurrencyId,
	/// How much.
	pub amount: Balance,
}

/// Metering: units are held when use is asked for, and settled or released when it ends.
/// (Units are *released*. The money behind settled units is *maturing* until the dispute window is
/// over; then it goes to [`Distribute::deposit`].)
///
/// An operation that fails may have written before. A call rolls back by itself; a hook that goes on
/// after an error wraps it in `with_storage_layer`.
pub trait Meter<AccountId, BlockNumber> {
	/// The plan, where it exists.
	fn plan(plan: PlanId) -> Option<MeteredPlan<BlockNumber>>;

	/// Whether [`Self::hold`] would succeed now. Constant cost.
	fn can_hold(plan: PlanId, who: &AccountId, units: Balance) -> bool;

	/// Holds `units` of `who`'s credits.
	fn hold(plan: PlanId, who: &AccountId, units: Balance) -> DispatchResult;

	/// Ends a hold of `held` units: burns `charge ≤ held` of them and moves their backing from
	/// escrow to the job's maturing bucket; the rest is free again. Returns the backing that is
	/// maturing now.
	fn settle(
		plan: PlanId,
		who: &AccountId,
		held: Balance,
		charge: Balance,
		job: JobId,
	) -> Result<Backing, DispatchError>;

	/// Ends a hold of `held` units: all are free again.
	fn release(plan: PlanId, who: &AccountId, held: Balance) -> DispatchResult;
}

/// Where money goes that has matured.
pub trait Distribute<AccountId> {
	/// Takes `amount` out of `from` for a use of `artifact`: the protocol fee first; of the gross
	/// that is left, `provider` gets its share at the cost of the owner, the rest waits to flow up
	/// the lineage. Constant cost, whatever the lineage.
	fn deposit(
		artifact: ArtifactId,
		currency: &CurrencyId,
		from: &Bucket<AccountId>,
		amount: Balance,
		provider: Option<(&AccountId, Share)>,
	) -> DispatchResult;
}
