//! A licence on the command line, for people and for programs.

use crate::{
	amount::{parse_amount, parse_share, show_share},
	commands::{bounded, parse_currency, raw, show_currency, show_money, text},
	digest::sha256_of_file,
	output::{big, hex0x, Failure},
};
use clap::{Args, ValueEnum};
use serde_json::{json, Value};
use sp_core::bounded_vec::BoundedVec;
use std::path::PathBuf;
use tallystick_primitives::{
	licence::{Derivation, LeastAmount, Licence},
	Balance, CurrencyId, Digest, Share,
};

/// What others may do. On a change, what is not named stays as it is.
#[derive(Args, Default)]
pub struct Terms {
	/// The licence's full text. Only its SHA-256 goes on chain.
	#[arg(long, value_name = "FILE")]
	pub terms: Option<PathBuf>,
	/// The use of the artifact, and of derivatives of others, may be sold. So it is unless forbidden.
	#[arg(long, conflicts_with = "no_commercial_use")]
	commercial_use: bool,
	/// The use of the artifact, and of derivatives of others, may not be sold.
	#[arg(long)]
	no_commercial_use: bool,
	/// Whether others may register derivatives. Without it: free.
	#[arg(long)]
	derivation: Option<DerivationName>,
	/// Others may train on it, and distil it. So it is unless forbidden.
	#[arg(long, conflicts_with = "no_training_use")]
	training_use: bool,
	/// Others may not train on it, nor distil it.
	#[arg(long)]
	no_training_use: bool,
	/// The least share of what it earns that a derivative owes this artifact. Without it: 0%.
	#[arg(long, value_name = "SHARE", value_parser = parse_share)]
	least_share: Option<Share>,
	/// The least that a derivative's plan has to bring this artifact for a call.
	#[arg(long, value_name = "AMOUNT", value_parser = parse_amount)]
	least_per_call: Option<Balance>,
	/// The least that a derivative's plan has to bring this artifact for 1,000 tokens.
	#[arg(long, value_name = "AMOUNT", value_parser = parse_amount)]
	least_per_1k: Option<Balance>,
	/// What the least amounts are in: native, or the id of an asset. Without it: native.
	#[arg(long, value_name = "CURRENCY", value_parser = parse_currency)]
	least_currency: Option<CurrencyId>,
	/// No least amounts.
	#[arg(
		long,
		conflicts_with_all = ["least_per_call", "least_per_1k", "least_currency"]
	)]
	no_least_amount: bool,
	/// The first block in which nothing new may be sold or derived.
	#[arg(long, value_name = "BLOCK")]
	expires: Option<u32>,
	/// It does not expire.
	#[arg(long, conflicts_with = "expires")]
	no_expiry: bool,
}

/// Whether others may register derivatives.
#[derive(Clone, Copy, ValueEnum)]
enum DerivationName {
	/// Anybody may.
	Free,
	/// Whom the owner approves: see `tally artifact request-derivative`.
	ByApproval,
	/// Nobody but the owner.
	Never,
}

impl From<DerivationName> for Derivation {
	fn from(name: DerivationName) -> Self {
		match name {
			DerivationName::Free => Self::Free,
			DerivationName::ByApproval => Self::ByApproval,
			DerivationName::Never => Self::Never,
		}
	}
}

impl Terms {
	/// A new licence: what is not named allows everything, and asks for nothing.
	pub fn licence(&self, spdx: &str) -> Result<Licence<u32>, Failure> {
		self.changed(
			Some(spdx),
			Licence {
				spdx: Default::default(),
				terms: Digest::zero(),
				commercial_use: true,
				derivation: Derivation::Free,
				training_use: true,
				least_share: Share::zero(),
				least_amount: None,
				expires: None,
			},
		)
	}

	/// `before`, with what is named.
	pub fn changed(
		&self,
		spdx: Option<&str>,
		before: Licence<u32>,
	) -> Result<Licence<u32>, Failure> {
		let mut licence = before;
		if let Some(spdx) = spdx {
			// What is bounded already is not cut off.
			licence.spdx = BoundedVec::truncate_from(bounded("the licence's id", spdx, 64)?);
		}
		if let Some(path) = &self.terms {
			licence.terms = sha256_of_file(path)?;
		}
		licence.commercial_use =
			self.commercial_use || (licence.commercial_use && !self.no_commercial_use);
		licence.training_use = self.training_use || (licence.training_use && !self.no_training_use);
		licence.derivation = self.derivation.map_or(licence.derivation, Derivation::from);
		licence.least_share = self.least_share.unwrap_or(licence.least_share);
		licence.least_amount = self.least_amount(licence.least_amount);
		licence.expires = if self.no_expiry { None } else { self.expires.or(licence.expires) };
		Ok(licence)
	}

	fn least_amount(&self, before: Option<LeastAmount>) -> Option<LeastAmount> {
		if self.no_least_amount {
			return None;
		}
		let named = self.least_per_call.is_some()
			|| self.least_per_1k.is_some()
			|| self.least_currency.is_some();
		if !named {
			return before;
		}
		let free = LeastAmount { currency: CurrencyId::Native, per_call: 0, per_1k_tokens: 0 };
		let before = before.unwrap_or(free);
		Some(LeastAmount {
			currency: self.least_currency.clone().unwrap_or(before.currency),
			per_call: self.least_per_call.unwrap_or(before.per_call),
			per_1k_tokens: self.least_per_1k.unwrap_or(before.per_1k_tokens),
		})
	}
}

fn derivation_name(derivation: Derivation) -> (&'static str, &'static str) {
	match derivation {
		Derivation::Free => ("free", "derivatives free"),
		Derivation::ByApproval => ("by-approval", "derivatives by approval"),
		Derivation::Never => ("never", "no derivatives"),
	}
}

/// A licence, for people.
pub fn words(licence: &Licence<u32>) -> String {
	let mut parts = vec![text(&licence.spdx)];
	parts.push(if licence.commercial_use { "commercial use" } else { "no commercial use" }.into());
	parts.push(derivation_name(licence.derivation).1.into());
	parts.push(if licence.training_use { "training" } else { "no training" }.into());
	if licence.least_share != Share::zero() {
		parts.push(format!("derivatives owe {}", show_share(licence.least_share)));
	}
	if let Some(least) = &licence.least_amount {
		parts.push(format!(
			"at least {} a call and {} for 1,000 tokens",
			show_money(&least.currency, least.per_call),
			show_money(&least.currency, least.per_1k_tokens)
		));
	}
	if let Some(expires) = licence.expires {
		parts.push(format!("until block {expires}"));
	}
	parts.join(", ")
}

/// A licence, for programs.
pub fn json(licence: &Licence<u32>) -> Value {
	json!({
		"spdx": raw(&licence.spdx),
		"terms": hex0x(licence.terms),
		"commercial_use": licence.commercial_use,
		"derivation": derivation_name(licence.derivation).0,
		"training_use": licence.training_use,
		"least_share": show_share(licence.least_share),
		"least_amount": least_json(&licence.least_amount),
		"expires": licence.expires,
	})
}

/// A least amount, for programs.
pub fn least_json(least: &Option<LeastAmount>) -> Value {
	let least = least.as_ref();
	least.map_or(Value::Null, |least| {
		json!({
			"currency": show_currency(&least.currency),
			"per_call": big(least.per_call),
			"per_1k_tokens": big(least.per_1k_tokens),
		})
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_not_named_allows_everything_and_on_a_change_stays() {
		let licence = Terms::default().licence("MIT").unwrap();
		assert_eq!(words(&licence), "MIT, commercial use, derivatives free, training");
		let strict = Terms {
			no_commercial_use: true,
			no_training_use: true,
			derivation: Some(DerivationName::ByApproval),
			least_share: Some(Share::from_percent(5)),
			least_per_call: Some(7),
			expires: Some(9),
			..Terms::default()
		};
		let licence = strict.changed(None, licence).unwrap();
		assert_eq!(json(&licence)["least_amount"]["per_call"], "7");
		let unchanged = Terms::default().changed(None, licence.clone()).unwrap();
		assert_eq!(unchanged, licence);
		let loose = Terms {
			commercial_use: true,
			no_least_amount: true,
			no_expiry: true,
			..Terms::default()
		};
		let licence = loose.changed(Some("Apache-2.0"), licence).unwrap();
		assert_eq!(
			words(&licence),
			"Apache-2.0, commercial use, derivatives by approval, no training, derivatives owe 5%"
		);
		assert!(Terms::default().licence(&"x".repeat(65)).is_err());
	}
}
