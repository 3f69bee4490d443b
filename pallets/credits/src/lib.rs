//! # Credits
//!
//! The use of an artifact is sold as credits, and credits are claims on escrow.
//!
//! ## Words
//! - **Plan**: what one class of credits costs and buys: the artifact, its versions, a tariff, a
//!   price. None of it ever changes; a new price is a plan of its own.
//! - **Class**: the asset class of a plan's credits, so that every wallet shows them. Its id is the
//!   plan's.
//! - **Unit**: the smallest credit. The tariff says how many units a call and its tokens cost.
//! - **Backing**: the money in escrow for a unit. It is what the unit was bought for, which is the
//!   plan's price.
//! - **Hold**: units that are set aside while a job is open. They stay the consumer's.
//! - **Slot**: room for one request without a fee (inference says when). The owner's deposit pays for
//!   a plan's slots.
//! - **Terms**: all that a buyer agrees to: the plan, its artifact and its [`PlanTerms`]. A
//!   purchase names the hash of the terms it saw. In [`Event::PlanCreated`] and [`Pallet::buy`] `terms`
//!   is that hash.
//!
//! ## Flow
//! The owner of an artifact [creates a plan](Pallet::create_plan). A buyer [buys](Pallet::buy)
//! units: the money goes into the plan's escrow, and units are minted. Metering
//! ([`Meter`]: hold, settle, release) spends them: what is settled is burned, and its backing goes
//! on to those who earned it. A holder can [close](Pallet::close): the units are burned, and their
//! backing comes back. The owner can [retire](Pallet::retire_plan) a plan: sales stop, and sold
//! units keep their use and their backing.
//!
//! Owner, issuer, admin and freezer of each class is a keyless account: nobody can mint, freeze or
//! seize credits. The one burn that is left to holders, `refund` with `allow_burn`, is refused by the
//! runtime's call filter.
//!
//! ## Without the native token
//! A class that is priced in the native token is *sufficient*: an account can live on its credits alone.
//! The class's minimum balance is worth at least the existential deposit, a hold always leaves it, and
//! closing refunds it. Such an account has nothing to pay a fee with, so [`close`](Pallet::close) is feeless
//! there where it would succeed. That invites no spam: units come by a purchase or a transfer, which paid.
//!
//! ## Deposits
//! What a plan and its slots take of the state is a part of the one deposit for its artifact
//! ([`ArtifactDeposit`]), held from the artifact's owner. When the artifact changes hands it moves with
//! the rest, at once and however many plans there are: nobody pays on for what another sells.
//!
//! ## Invariants
//! 1. For each plan, its escrow is its units in issue times its price.
//! 2. Owner, issuer, admin and freezer of each class are the keyless account.
//! 3. For each artifact with plans, its deposit counts the bytes of all of them.
//!
//! ## Limits
//! Plans are never removed, since units can be used at any time. So what is deposited for them comes back
//! only when the artifact changes hands: then the next owner deposits it.
//! A plan names up to 8 versions, and has up to [`Config::MaxSlots`] slots.
//!
//! ## What it does not do
//! It measures no use (inference does), and splits no money (royalties do).
//!
//! ## Where to read on
//! `types`; `plans`; `purchases` (buying and closing); `metering` (holds and charges of jobs).

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::as_conversions
	)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod metering;
#[cfg(test)]
mod mock;
mod plans;
mod purchases;
#[cfg(test)]
mod tests;
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use plans::{SETTLED_BYTES, SLOT_BYTES};
pub use types::{Plan, PlanTerms};
pub use weights::WeightInfo;

use frame_support::{
	pallet_prelude::*,
	traits::fungibles::{hold, metadata, roles, Create, Inspect, InspectHold, Mutate},
	PalletId,
};
use frame_system::pallet_prelude::*;
use sp_core::H256;
use sp_runtime::traits::AccountIdConversion;
use tallystick_primitives::{
	job::{Backing, Meter, MeteredPlan},
	lineage::ArtifactDeposit,
	ArtifactId, ArtifactInspect, Balance, Books, Bucket, CurrencyId, PlanId, VersionInspect,
};

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The asset classes that credits are.
		type Credits: Create<Self::AccountId>
			+ Mutate<Self::AccountId, AssetId = PlanId, Balance = Balance>
			+ metadata::Mutate<Self::AccountId>
			+ roles::Inspect<Self::AccountId>;

		/// Holds on credits. The same classes as [`Config::Credits`].
		type CreditHolds: hold::Mutate<
			Self::AccountId,
			AssetId = PlanId,
			Balance = Balance,
			Reason: From<HoldReason>,
		>;

		/// The id that the next class must have: pallet-assets gives ids out in turn, and takes no
		/// other. `None`: the allocator is not set up, and no plan can be created.
		type NextPlanId: Get<Option<PlanId>>;

		/// The books that escrow is in.
		type Books: Books<Self::AccountId>;

		/// Owners, licences and versions, and the deposit for plans and their slots.
		type Artifacts: ArtifactInspect<Self::AccountId> + VersionInspect + ArtifactDeposit;

		/// What an account of the native token must hold to exist.
		type ExistentialDeposit: Get<Balance>;

		/// The account that owns all classes is derived from this. Nobody has its key.
		#[pallet::constant]
		type ClassOwnerId: Get<PalletId>;

		/// The shortest and the longest dispute window, in blocks.
		#[pallet::constant]
		type MinDisputeWindow: Get<BlockNumberFor<Self>>;
		/// See [`Config::MinDisputeWindow`].
		#[pallet::constant]
		type MaxDisputeWindow: Get<BlockNumberFor<Self>>;

		/// The most slots that a plan can have.
		#[pallet::constant]
		type MaxSlots: Get<u32>;

		/// The least number of blocks for which a free request keeps its slot: a slot makes no more than
		/// one in so many. A constant of inference.
		#[pallet::constant]
		type SlotTurn: Get<BlockNumberFor<Self>>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Artifacts and money for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: tallystick_primitives::lineage::BenchmarkLineage<Self::AccountId>
			+ tallystick_primitives::money::BenchmarkMoney<Self::AccountId>;
	}

	/// Why credits are held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A job is open.
		Job,
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The plans. Each stays for ever, as its credits may: paid for by the deposit of its artifact's
	/// owner.
	#[pallet::storage]
	pub type Plans<T: Config> = StorageMap<_, Twox64Concat, PlanId, Plan<T>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An artifact's use is for sale.
		PlanCreated {
			/// The plan, which is the class of its credits.
			plan: PlanId,
			/// The artifact.
			artifact: ArtifactId,
			/// Who sells.
			owner: T::AccountId,
			/// What the price is in.
			currency: CurrencyId,
			/// The price of a unit.
			price: Balance,
			/// The hash that purchases must name.
			terms: H256,
		},
		/// Units were sold.
		Bought {
			/// The plan.
			plan: PlanId,
			/// To whom.
			buyer: T::AccountId,
			/// How many.
			units: Balance,
			/// For what, in the plan's currency.
			paid: Balance,
		},
		/// A holder gave all units back.
		Closed {
			/// The plan.
			plan: PlanId,
			/// Who.
			holder: T::AccountId,
			/// How many.
			units: Balance,
			/// For what, in the plan's currency. If the ledger says `Deferred` beside this, the
			/// holder could not take it, and may claim it there.
			refunded: Balance,
		},
		/// No more units are sold.
		PlanRetired {
			/// The plan.
			plan: PlanId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No such plan.
		PlanNotFound,
		/// No such artifact.
		ArtifactNotFound,
		/// The artifact has no such version that may be served; where the plan names several, none.
		VersionNotFound,
		/// Only the artifact's owner can do this.
		NotOwner,
		/// Prices cannot be in this currency now.
		CurrencyNotAdmitted,
		/// A unit must cost something.
		ZeroPrice,
		/// No currency has that much.
		PriceTooHigh,
		/// The tariff charges for nothing: no use would ever be paid.
		FreeTariff,
		/// The dispute window is out of bounds.
		DisputeWindowOutOfBounds,
		/// More slots than a plan can have.
		TooManySlots,
		/// The plan sells no more.
		PlanRetired,
		/// The plan was retired before.
		AlreadyRetired,
		/// The plan's terms, which never change, are not those that the buyer named: after a
		/// re-organisation its id can be another plan's.
		TermsMismatch,
		/// Buy at least one unit.
		ZeroUnits,
		/// The buyer would hold less than the class's minimum balance.
		BelowMinimumBalance,
		/// The account holds no units of the plan.
		NothingToClose,
		/// Units are held by open jobs: close when they have ended.
		UnitsHeld,
		/// A charge is more than what is held for it.
		ChargeExceedsHold,
		/// No class can be created now.
		NoClassId,
		/// An amount left the range of numbers.
		Overflow,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Puts the use of `artifact` up for sale. `name` and `symbol` are what wallets show.
		///
		/// The artifact's owner may call it, and deposits for the plan and its slots: the deposit for the
		/// artifact grows.
		///
		/// Errors: [`Error::ArtifactNotFound`], [`Error::NotOwner`], [`Error::VersionNotFound`],
		/// [`Error::CurrencyNotAdmitted`], [`Error::ZeroPrice`], [`Error::PriceTooHigh`],
		/// [`Error::FreeTariff`], [`Error::DisputeWindowOutOfBounds`], [`Error::TooManySlots`],
		/// [`Error::NoClassId`]; the errors of the artifact's licence, of what was agreed with its
		/// parents, and of the deposit where the owner cannot pay it.
		/// Events: [`Event::PlanCreated`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_plan())]
		pub fn create_plan(
			origin: OriginFor<T>,
			artifact: ArtifactId,
			terms: PlanTerms<BlockNumberFor<T>>,
			name: BoundedVec<u8, ConstU32<32>>,
			symbol: BoundedVec<u8, ConstU32<16>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_create_plan(who, artifact, terms, name.into_inner(), symbol.into_inner())
		}

		/// Buys `units` of `plan`, under the terms with the hash `terms`.
		///
		/// Anybody may call it. It costs `units × price` in the plan's currency, of which the
		/// buyer keeps what keeps the account alive.
		///
		/// Errors: [`Error::PlanNotFound`], [`Error::PlanRetired`], [`Error::TermsMismatch`],
		/// [`Error::VersionNotFound`] where none of the versions that the plan names can be served
		/// any more; [`Error::ZeroUnits`], [`Error::BelowMinimumBalance`], [`Error::Overflow`]; the
		/// errors of the artifact's licence; the ledger's `CurrencyImpaired`; the currency's error
		/// where the money is not there; and, where the class is not sufficient and the buyer's
		/// account cannot hold it (nothing else keeps it alive, or it refers to too much already), the class's
		/// `CannotCreate`.
		/// Events: [`Event::Bought`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::buy())]
		pub fn buy(
			origin: OriginFor<T>,
			plan: PlanId,
			units: Balance,
			terms: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_buy(who, plan, units, terms)
		}

		/// Gives all units of `plan` back for what they were bought for. Where the holder cannot
		/// take that, it waits in the ledger until somebody claims it for the holder.
		///
		/// Their holder may call it. Feeless for plans that are priced in the native token, where
		/// it would succeed.
		///
		/// Errors: [`Error::PlanNotFound`], [`Error::NothingToClose`], [`Error::UnitsHeld`].
		/// Events: [`Event::Closed`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::close())]
		#[pallet::feeless_if(|origin: &OriginFor<T>, plan: &PlanId| -> bool {
			ensure_signed(origin.clone()).is_ok_and(|who| Pallet::<T>::can_close_feeless(*plan, &who))
		})]
		pub fn close(origin: OriginFor<T>, plan: PlanId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_close(who, plan)
		}

		/// Stops the sale of `plan`. Units that were sold keep their use and their backing.
		///
		/// The artifact's owner may call it.
		///
		/// Errors: [`Error::PlanNotFound`], [`Error::NotOwner`], [`Error::AlreadyRetired`].
		/// Events: [`Event::PlanRetired`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::retire_plan())]
		pub fn retire_plan(origin: OriginFor<T>, plan: PlanId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_retire_plan(who, plan)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The hash that purchases of `plan` must name.
		pub fn terms(plan: PlanId) -> Option<H256> {
			Plans::<T>::get(plan).map(|details| details.terms_hash(plan))
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The account that owns all classes. Nobody has its key.
	pub fn class_owner() -> T::AccountId {
		T::ClassOwnerId::get().into_account_truncating()
	}
}
