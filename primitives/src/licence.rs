//! Licences: terms that calls obey.

use crate::{Balance, CurrencyId, Digest, Share, Tariff};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_256;

/// Whether others may register derivatives: children that were not trained on the artifact.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub enum Derivation {
	/// Anybody may.
	Free,
	/// Whom the owner approved may.
	ByApproval,
	/// Nobody but the owner may.
	Never,
}

/// The least amounts that a derivative owes for its use, before the protocol fee.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct LeastAmount {
	/// What the amounts, and so the derivative's prices, are in.
	pub currency: CurrencyId,
	/// For each call, in the currency's smallest unit.
	pub per_call: Balance,
	/// For each 1,000 tokens of any kind, in the currency's smallest unit.
	pub per_1k_tokens: Balance,
}

impl LeastAmount {
	/// Whether `share` of what a plan charges reaches the amounts, where a unit costs `price`.
	///
	/// A token counts whether it is input, cached or output: an amount that spared one kind would be
	/// got round by counting tokens as that kind. So the lowest of the three rates has to reach it.
	pub fn is_reached(&self, share: Share, price: Balance, tariff: &Tariff) -> bool {
		let rate = tariff.per_1k_input.min(tariff.per_1k_cached).min(tariff.per_1k_output);
		let owed = |units: u64| {
			// Only for a price that no plan can have does the product leave the range of numbers.
			let charged = price.saturating_mul(units.into());
			crate::money::accrue(charged, share, 0).0
		};
		owed(tariff.per_call) >= self.per_call && owed(rate) >= self.per_1k_tokens
	}
}

/// The terms that calls obey, and where people find the rest.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Licence<BlockNumber> {
	/// The SPDX id, such as `Apache-2.0` or `LicenseRef-…`. Not checked.
	pub spdx: BoundedVec<u8, ConstU32<64>>,
	/// SHA-256 of the full text. Zero where the SPDX id says it all.
	pub terms: Digest,
	/// Whether the use of the artifact, and of children of others, may be sold.
	pub commercial_use: bool,
	/// Whether others may register derivatives.
	pub derivation: Derivation,
	/// Whether others may register children that were trained on it, or distilled from it.
	pub training_use: bool,
	/// The least share of its gross that a child owes.
	pub least_share: Share,
	/// The least amounts that a child's use owes, whatever its price.
	pub least_amount: Option<LeastAmount>,
	/// The first block in which nothing new may be sold or derived.
	pub expires: Option<BlockNumber>,
}

impl<BlockNumber: PartialOrd> Licence<BlockNumber> {
	/// Whether the licence is over in block `now`.
	pub fn is_over(&self, now: &BlockNumber) -> bool {
		self.expires.as_ref().is_some_and(|expires| now >= expires)
	}
}

impl<BlockNumber> Licence<BlockNumber> {
	/// BLAKE2b-256 of all that a child agrees to: of everything but the expiry, which ends new
	/// agreements alone. SCALE of the fields in their order.
	pub fn agreed_hash(&self) -> Digest {
		let Self {
			spdx,
			terms,
			commercial_use,
			derivation,
			training_use,
			least_share,
			least_amount,
			expires: _,
		} = self;
		let agreed =
			(spdx, terms, commercial_use, derivation, training_use, least_share, least_amount);
		agreed.using_encoded(blake2_256).into()
	}

	/// The same licence with its blocks in another type.
	pub fn map_block<Other>(self, map: impl FnOnce(BlockNumber) -> Other) -> Licence<Other> {
		let Self {
			spdx,
			terms,
			commercial_use,
			derivation,
			training_use,
			least_share,
			least_amount,
			expires,
		} = self;
		Licence {
			spdx,
			terms,
			commercial_use,
			derivation,
			training_use,
			least_share,
			least_amount,
			expires: expires.map(map),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const TARIFF: Tariff =
		Tariff { per_call: 10, per_1k_input: 100, per_1k_cached: 50, per_1k_output: 200 };

	fn least(per_call: Balance, per_1k_tokens: Balance) -> LeastAmount {
		LeastAmount { currency: CurrencyId::Native, per_call, per_1k_tokens }
	}

	#[test]
	fn a_share_of_the_price_reaches_an_amount_exactly_or_not() {
		let tenth = Share::from_percent(10);
		// A call costs 10 units of 7, so a tenth is 7; 1,000 cached tokens cost 350, a tenth is 35.
		assert!(least(7, 35).is_reached(tenth, 7, &TARIFF));
		assert!(!least(8, 0).is_reached(tenth, 7, &TARIFF));
		assert!(!least(0, 36).is_reached(tenth, 7, &TARIFF));
		assert!(least(0, 0).is_reached(Share::zero(), 0, &Tariff::default()));
	}

	#[test]
	fn no_kind_of_token_is_a_way_round_the_amount() {
		let all = Share::one();
		for cheap in [
			Tariff { per_1k_input: 1, ..TARIFF },
			Tariff { per_1k_cached: 1, ..TARIFF },
			Tariff { per_1k_output: 1, ..TARIFF },
		] {
			assert!(least(0, 1).is_reached(all, 1, &cheap));
			assert!(!least(0, 2).is_reached(all, 1, &cheap));
		}
	}

	#[test]
	fn the_largest_price_does_not_overflow() {
		let max = u64::MAX;
		let dear =
			Tariff { per_call: max, per_1k_input: max, per_1k_cached: max, per_1k_output: max };
		assert!(least(Balance::MAX, Balance::MAX).is_reached(Share::one(), Balance::MAX, &dear));
	}

	#[test]
	fn the_agreed_hash_covers_everything_but_the_expiry() {
		let licence = Licence {
			spdx: BoundedVec::truncate_from(b"MIT".to_vec()),
			terms: Digest::zero(),
			commercial_use: true,
			derivation: Derivation::Free,
			training_use: true,
			least_share: Share::zero(),
			least_amount: None,
			expires: None,
		};
		let hash = licence.agreed_hash();
		assert_eq!(Licence { expires: Some(5u32), ..licence.clone() }.agreed_hash(), hash);
		for other in [
			Licence { spdx: Default::default(), ..licence.clone() },
			Licence { terms: Digest::repeat_byte(1), ..licence.clone() },
			Licence { commercial_use: false, ..licence.clone() },
			Licence { derivation: Derivation::Never, ..licence.clone() },
			Licence { training_use: false, ..licence.clone() },
			Licence { least_share: Share::one(), ..licence.clone() },
			Licence { least_amount: Some(least(1, 1)), ..licence },
		] {
			assert_ne!(other.agreed_hash(), hash);
		}
	}
}
