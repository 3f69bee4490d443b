//! # Ledger
//!
//! All money on its way lies in one keyless account, the *vault*. What belongs to whom is a book
//! entry, and this pallet keeps the books.
//!
//! ## Words
//! - **Vault**: the account that holds the tokens. It has the minimum balance of each currency as its
//!   own, from genesis on or since the currency was admitted, so that it never dies.
//! - **Bucket**: to whom or to what an amount belongs: the escrow of a plan, a job's charge that is
//!   maturing, an artifact's pending earnings, what an account may claim, the treasury ([`Bucket`]).
//! - **Booked**: the sum of all buckets of a currency.
//! - **Currency**: the native token, or an asset that [`Config::AdmitOrigin`] admitted. There are at
//!   most [`Config::MaxCurrencies`]: what has to be done in every currency is bounded.
//! - **Threshold**: the least amount of a currency that is worth moving: below it royalties neither
//!   splits nor pays by itself. It is at least the currency's minimum balance, so that no payout is
//!   too small for an account that holds nothing yet.
//! - **Missing**: what the vault lacks of a currency: it has to have what is booked and its own minimum
//!   balance. **Whole**: nothing is missing.
//! - **Impaired**: a currency of which something was missing when somebody reported it. **Usable**: admitted,
//!   and not impaired. It can be usable and not whole: nobody has reported it yet.
//!
//! ## Flow
//! Other pallets move money through [`Books`] only: `enter` (tokens come in), `shift` (bucket to
//! bucket: no token moves, so it is cheap, and no payee can make it fail) and `exit` (tokens go out).
//! Where the payee cannot take tokens (they are too few to open an account with; this asset keeps no account
//! alive, and nothing else does, or the account refers to too much already; or the issuer has blocked it),
//! or the currency cannot give them (frozen, being destroyed, impaired, or not whole), `exit` books the
//! amount to the payee's `Claimable` and holds nobody up; anybody can [`claim`](Pallet::claim) it for the
//! payee later. It fails only where the bucket holds too little or the books are broken.
//!
//! What an issuer does to an asset hurts that currency alone, and everybody who has it alike: while
//! something is missing, nothing goes in and nothing goes out. Otherwise who comes first would be paid
//! with the money of who comes later. Anybody can [report](Pallet::report_impaired) it. The currency is
//! then marked as impaired, which saves others the attempt, until it is whole and somebody reports that
//! too. Its buckets still shift.
//!
//! ## Invariants
//! 1. For each currency the sum of its buckets is what is booked.
//! 2. For each currency that is not impaired the vault holds at least what is booked. At least, not
//!    exactly: a donation to the vault breaks nothing. (*Whole* asks for the vault's own minimum balance
//!    too.) What an issuer does to its own asset can break it; once that is reported, the currency is
//!    impaired, and it does not apply.
//! 3. No bucket is stored empty.
//!
//! ## Limits
//! A currency stays admitted for ever: it can only be impaired. What is claimable waits, in the state,
//! until somebody claims it. A donation to the vault is lost. A threshold is compared with the
//! currency's minimum balance only when it is set. If the minimum is raised later, the vault lacks the
//! difference: the currency is not whole until somebody sends that to the vault, so send it before. And
//! smaller payouts to accounts that hold nothing yet become claimable.
//!
//! ## What it does not do
//! It knows no prices, shares or rights. It never decides who gets what: it keeps what others
//! decided, exactly.
//!
//! ## Where to read on
//! `books`: every way in which money moves.

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
mod books;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
pub mod weights;

pub use pallet::*;
pub use weights::WeightInfo;

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungibles::{Inspect, Mutate},
		Contains, EnsureOrigin,
	},
	PalletId,
};
use frame_system::pallet_prelude::*;
use sp_runtime::traits::AccountIdConversion;
use tallystick_primitives::{Balance, Books, Bucket, CurrencyId, ExitOutcome};

/// What the ledger knows of an admitted currency.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct CurrencyInfo {
	/// The least amount that is worth moving: less waits in its bucket.
	pub threshold: Balance,
	/// Whether some of it was missing when somebody reported it.
	pub impaired: bool,
}

// The macro's own code is linted as if it were written here: it casts discriminants, and expects
// that the pallet is part of a runtime.
#[frame_support::pallet]
#[allow(clippy::as_conversions, clippy::expect_used)]
pub mod pallet {
	use super::*;

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The native token and the assets of the chain, under one roof.
		type Tokens: Mutate<Self::AccountId, AssetId = CurrencyId, Balance = Balance>;

		/// Who admits currencies.
		type AdmitOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who spends the treasury.
		type SpendOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Whether an asset may ever be a currency. Credits never are.
		type MayBeCurrency: Contains<CurrencyId>;

		/// The most currencies.
		#[pallet::constant]
		type MaxCurrencies: Get<u32>;

		/// The vault's account is derived from this.
		#[pallet::constant]
		type VaultId: Get<PalletId>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The currency that benchmarks take.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: tallystick_primitives::money::BenchmarkMoney<Self::AccountId>;
	}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What belongs to whom. An entry that would be zero is not stored.
	///
	/// Keys are hashed with blake2: accounts in them are chosen by users.
	#[pallet::storage]
	pub type Balances<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		CurrencyId,
		Blake2_128Concat,
		Bucket<T::AccountId>,
		Balance,
		ValueQuery,
	>;

	/// The sum of all buckets of a currency. Kept beside them, so that the sum is one read.
	#[pallet::storage]
	pub type Booked<T: Config> = StorageMap<_, Blake2_128Concat, CurrencyId, Balance, ValueQuery>;

	/// The currencies in which prices may be.
	#[pallet::storage]
	pub type Currencies<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, CurrencyId, CurrencyInfo>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Currencies with their thresholds. The vault is endowed with the minimum balance of each
		/// by whoever writes the genesis.
		pub currencies: alloc::vec::Vec<(CurrencyId, Balance)>,
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				u32::try_from(self.currencies.len()).is_ok_and(|n| n <= T::MaxCurrencies::get()),
				"there are more currencies than there can be"
			);
			for (currency, threshold) in &self.currencies {
				let minimum = T::Tokens::minimum_balance(currency.clone());
				assert!(
					*threshold >= minimum && *threshold > 0,
					"{currency:?}: the threshold is too low"
				);
				Currencies::<T>::insert(
					currency,
					CurrencyInfo { threshold: *threshold, impaired: false },
				);
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Tokens came into the vault.
		Entered {
			/// What they are.
			currency: CurrencyId,
			/// Whose they were.
			from: T::AccountId,
			/// To what they are booked.
			bucket: Bucket<T::AccountId>,
			/// How many.
			amount: Balance,
		},
		/// Tokens left the vault.
		Exited {
			/// What they are.
			currency: CurrencyId,
			/// From what they were booked.
			bucket: Bucket<T::AccountId>,
			/// Whose they are now.
			to: T::AccountId,
			/// How many.
			amount: Balance,
		},
		/// A payee, or the currency, could not take part: the amount waits in `Claimable`.
		Deferred {
			/// What is owed.
			currency: CurrencyId,
			/// To whom.
			payee: T::AccountId,
			/// How much it was to get. A payout that fails once more says the same money once more.
			amount: Balance,
		},
		/// Prices may be in this currency.
		CurrencyAdmitted {
			/// The currency.
			currency: CurrencyId,
			/// The least amount that is worth moving: less waits in its bucket.
			threshold: Balance,
		},
		/// Some of this currency is missing: it takes no part until it is whole.
		CurrencyImpaired {
			/// The currency.
			currency: CurrencyId,
			/// What is missing.
			missing: Balance,
		},
		/// The currency is whole again.
		CurrencyRestored {
			/// The currency.
			currency: CurrencyId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The currency is not admitted.
		CurrencyNotAdmitted,
		/// The currency is not whole: nothing goes in or out.
		CurrencyImpaired,
		/// This asset can never be a currency: it is a credit.
		NotACurrency,
		/// The vault lacks the minimum balance of the asset: transfer it to the vault first.
		VaultNotEndowed,
		/// There are as many currencies as there can be.
		TooManyCurrencies,
		/// The threshold is below what the currency's minimum balance allows to pay out.
		ThresholdTooLow,
		/// The currency is marked as what it is, impaired or whole: there is nothing to report.
		NothingToReport,
		/// The bucket holds less than that.
		InsufficientBucket,
		/// Nothing is claimable.
		NothingToClaim,
		/// The account cannot take the amount now, or the currency is frozen.
		PayeeCannotReceive,
		/// An amount left the range of numbers.
		Overflow,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Pays out all that `account` may claim in `currency`.
		///
		/// Anybody may call it: the money goes to the account alone.
		///
		/// Errors: [`Error::CurrencyNotAdmitted`]; [`Error::CurrencyImpaired`];
		/// [`Error::NothingToClaim`]; [`Error::PayeeCannotReceive`] where the account still cannot
		/// take the amount.
		/// Events: [`Event::Exited`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(
			origin: OriginFor<T>,
			currency: CurrencyId,
			account: T::AccountId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(&currency, &account)
		}

		/// Admits `currency` for prices, or changes its threshold.
		///
		/// The origin is [`Config::AdmitOrigin`]. Somebody must have sent the asset's minimum
		/// balance to the vault before: it is the vault's own and keeps its account alive.
		///
		/// Errors: [`Error::NotACurrency`], [`Error::TooManyCurrencies`],
		/// [`Error::ThresholdTooLow`], [`Error::VaultNotEndowed`].
		/// Events: [`Event::CurrencyAdmitted`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::admit_currency())]
		pub fn admit_currency(
			origin: OriginFor<T>,
			currency: CurrencyId,
			threshold: Balance,
		) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::do_admit(currency, threshold)
		}

		/// Compares the vault with the books of `currency`, and marks the currency as impaired, or
		/// as whole again.
		///
		/// Anybody may call it: it records what everybody can see.
		///
		/// Errors: [`Error::CurrencyNotAdmitted`]; [`Error::NothingToReport`] where nothing
		/// changed.
		/// Events: [`Event::CurrencyImpaired`] or [`Event::CurrencyRestored`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::report_impaired())]
		pub fn report_impaired(origin: OriginFor<T>, currency: CurrencyId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_report(&currency)
		}

		/// Pays `amount` out of the treasury.
		///
		/// The origin is [`Config::SpendOrigin`].
		///
		/// Errors: [`Error::InsufficientBucket`] where the treasury has less.
		/// Events: [`Event::Exited`], or [`Event::Deferred`] where the payee cannot take it now, or
		/// the currency is impaired.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::spend())]
		pub fn spend(
			origin: OriginFor<T>,
			currency: CurrencyId,
			to: T::AccountId,
			amount: Balance,
		) -> DispatchResult {
			T::SpendOrigin::ensure_origin(origin)?;
			<Self as Books<T::AccountId>>::exit(&currency, &Bucket::Treasury, &to, amount)?;
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What `account` may claim in `currency`.
		pub fn claimable(currency: CurrencyId, account: T::AccountId) -> Balance {
			Balances::<T>::get(currency, Bucket::Claimable(account))
		}

		/// The vault.
		pub fn vault() -> T::AccountId {
			Self::vault_account()
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The account that holds all money on its way. Nobody has its key.
	pub fn vault_account() -> T::AccountId {
		T::VaultId::get().into_account_truncating()
	}
}
