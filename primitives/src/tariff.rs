//! What a call costs in units.

use crate::{receipt::Tokens, Balance};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The price list of a plan, in units. A charge rounds up to a whole unit, once per call.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[cfg_attr(feature = "std", derive(serde::Serialize, serde::Deserialize))]
pub struct Tariff {
	/// Units for each call that is answered.
	pub per_call: u64,
	/// Units for 1,000 input tokens that the backend did not have in its cache.
	pub per_1k_input: u64,
	/// Units for 1,000 cached input tokens.
	pub per_1k_cached: u64,
	/// Units for 1,000 output tokens, reasoning included.
	pub per_1k_output: u64,
}

impl Tariff {
	/// Whether nothing is ever charged.
	pub fn is_free(&self) -> bool {
		*self == Self::default()
	}

	/// The units that a call with these token counts costs. `tokens.cached` is a part of
	/// `tokens.prompt`, `tokens.reasoning` a part of `tokens.completion`, as in OpenAI's `usage`.
	pub fn charge(&self, tokens: &Tokens) -> Balance {
		// A receipt with more is refused; this is for other callers.
		let cached = tokens.cached.min(tokens.prompt);
		let part = |count: u32, rate: u64| Balance::from(count).saturating_mul(rate.into());
		// Four products of a u32 and a u64 are far below 2^128: nothing saturates.
		let thousandths = part(tokens.prompt.saturating_sub(cached), self.per_1k_input)
			.saturating_add(part(cached, self.per_1k_cached))
			.saturating_add(part(tokens.completion, self.per_1k_output));
		Balance::from(self.per_call).saturating_add(thousandths.div_ceil(1_000))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_tariff_is_free_only_where_nothing_costs_anything() {
		let free = Tariff::default();
		assert!(free.is_free());
		let not_free = [
			Tariff { per_call: 1, ..free },
			Tariff { per_1k_input: 1, ..free },
			Tariff { per_1k_cached: 1, ..free },
			Tariff { per_1k_output: 1, ..free },
		];
		assert!(not_free.iter().all(|tariff| !tariff.is_free()));
	}

	#[test]
	fn charge_rounds_up_once() {
		let tariff = Tariff { per_call: 2, per_1k_input: 1, per_1k_cached: 0, per_1k_output: 3 };
		let tokens = |prompt, completion| Tokens { prompt, completion, ..Default::default() };
		assert_eq!(tariff.charge(&tokens(0, 0)), 2);
		assert_eq!(tariff.charge(&tokens(1, 0)), 3);
		assert_eq!(tariff.charge(&tokens(500, 166)), 2 + 1);
		assert_eq!(tariff.charge(&tokens(500, 167)), 2 + 2);
	}

	#[test]
	fn cached_tokens_are_part_of_the_prompt() {
		let tariff = Tariff { per_1k_input: 1_000, per_1k_cached: 100, ..Default::default() };
		let tokens = Tokens { prompt: 100, cached: 40, ..Default::default() };
		assert_eq!(tariff.charge(&tokens), 60 + 4);
		let absurd = Tokens { prompt: 1, cached: 40, ..Default::default() };
		assert_eq!(tariff.charge(&absurd), 1);
	}

	#[test]
	fn the_largest_charge_does_not_saturate() {
		let max = u64::MAX;
		let tariff =
			Tariff { per_call: max, per_1k_input: max, per_1k_cached: max, per_1k_output: max };
		let tokens = Tokens { prompt: u32::MAX, completion: u32::MAX, ..Default::default() };
		assert!(tariff.charge(&tokens) < Balance::MAX);
	}
}
