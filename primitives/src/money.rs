//! Money on its way: the buckets of the ledger and the trait by which pallets move what is in them.

use crate::{ArtifactId, AssetId, Balance, JobId, PlanId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::traits::tokens::fungible::NativeOrWithId;
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};

/// What a price is in: the native token, or an asset that the ledger admitted.
pub type CurrencyId = NativeOrWithId<AssetId>;

/// To whom, or to what, an amount inside the vault belongs.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Bucket<AccountId> {
	/// Backs the credits of a plan that are in issue.
	Escrow(PlanId),
	/// The charge of a settled job, until its plan's dispute window is over.
	Maturing(JobId),
	/// Earned by an artifact, and not yet split.
	Pending(ArtifactId),
	/// Owed to an account. Anybody can have it paid with the ledger's `claim`; royalties pays it when
	/// the account earns and has enough.
	Claimable(AccountId),
	/// Protocol fees.
	Treasury,
}

/// What came of an [`Books::exit`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitOutcome {
	/// The tokens are with the payee.
	Paid,
	/// The payee, or the currency, could not take part now: the amount is in the payee's
	/// [`Bucket::Claimable`].
	Claimable,
}

/// The books of the vault. Three operations, so that conservation holds by construction.
///
/// An operation that fails may have written before. A call rolls back by itself; a hook that goes on
/// after an error wraps it in `with_storage_layer`.
pub trait Books<AccountId> {
	/// Tokens come in: `amount` moves from the free balance of `from` into the vault, and is
	/// booked to `bucket`. `from` keeps what keeps its account alive.
	fn enter(
		currency: &CurrencyId,
		from: &AccountId,
		bucket: &Bucket<AccountId>,
		amount: Balance,
	) -> DispatchResult;

	/// `amount` moves from one bucket to another. No token moves, so no payee and no freeze can
	/// stop it, nor does it matter whether the currency is impaired; it fails only if `from` holds
	/// less than `amount`, or `to` would leave the range of numbers.
	fn shift(
		currency: &CurrencyId,
		from: &Bucket<AccountId>,
		to: &Bucket<AccountId>,
		amount: Balance,
	) -> DispatchResult;

	/// Tokens go out: `amount` moves from `bucket` to `to`'s free balance, or, where `to` or the
	/// currency cannot take part, to `to`'s [`Bucket::Claimable`]. It fails only where
	/// [`Self::shift`] would, or where the books are broken.
	fn exit(
		currency: &CurrencyId,
		bucket: &Bucket<AccountId>,
		to: &AccountId,
		amount: Balance,
	) -> Result<ExitOutcome, DispatchError>;

	/// What `bucket` holds.
	fn balance(currency: &CurrencyId, bucket: &Bucket<AccountId>) -> Balance;

	/// Whether `currency` can be used now: it is admitted, and not impaired.
	fn is_usable(currency: &CurrencyId) -> bool;

	/// The least amount of `currency` that is worth moving: below it royalties neither splits nor pays
	/// by itself. `None` where the currency is not admitted, or impaired.
	fn threshold(currency: &CurrencyId) -> Option<Balance>;
}

/// What benchmarks need of money.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkMoney<AccountId> {
	/// The currency that costs most to move: an asset, admitted, that a new account can hold.
	fn dearest_currency() -> CurrencyId;

	/// Gives `account` this much of `currency`.
	fn endow(currency: &CurrencyId, account: &AccountId, amount: Balance);
}

/// Splits a stream of amounts by a share, so that many small amounts pay what one large one does.
///
/// Returns the whole units of `share × amount + remainder`, and the new remainder; remainders are in
/// billionths of a unit, and below 10^9. Over a stream with a constant share the whole units sum to
/// `floor(share × total)`; for any set of shares that sum to one, whole units and remainders are the
/// total exactly.
pub fn accrue(amount: Balance, share: crate::Share, remainder: u32) -> (Balance, u32) {
	const BILLION: Balance = 1_000_000_000;
	let parts = Balance::from(share.deconstruct());
	// With amount = q × 10^9 + r, share × amount is q × parts + r × parts / 10^9. Neither product leaves
	// 128 bits: q × parts ≤ amount, and r × parts + remainder < 10^18 + 10^9.
	let (q, r) = (amount / BILLION, amount % BILLION);
	let fraction = r.saturating_mul(parts).saturating_add(Balance::from(remainder));
	let whole = q.saturating_mul(parts).saturating_add(fraction / BILLION);
	// Below 10^9: it fits.
	let rest = u32::try_from(fraction % BILLION).unwrap_or_default();
	(whole, rest)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Share;

	#[test]
	fn many_small_amounts_accrue_what_one_large_one_does() {
		let share = Share::from_parts(333_333_333);
		let (mut total, mut carried) = (0, 0);
		for _ in 0..10_000 {
			let (whole, rest) = accrue(1, share, carried);
			total += whole;
			carried = rest;
		}
		assert_eq!((total, carried), accrue(10_000, share, 0));
	}

	#[test]
	fn shares_of_one_split_every_amount_exactly() {
		let shares = [500_000_001u32, 250_000_000, 249_999_999];
		for amount in [0, 1, 2, 999_999_999, 1_000_000_001, u128::MAX / 3, u128::MAX] {
			let parts = shares.map(|s| accrue(amount, Share::from_parts(s), 0));
			let whole: u128 = parts.iter().map(|p| p.0).sum();
			let rest: u128 = parts.iter().map(|p| u128::from(p.1)).sum();
			assert_eq!(rest % 1_000_000_000, 0);
			assert_eq!(whole + rest / 1_000_000_000, amount);
		}
	}
}
