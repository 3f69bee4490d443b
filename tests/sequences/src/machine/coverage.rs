//! What a run has to have reached to be worth something: each call, and what else can happen.

use std::collections::BTreeMap;

/// How often each call, and each thing that the chain does by itself, succeeded and failed.
#[derive(Clone, Default, Debug)]
pub struct Coverage(pub BTreeMap<&'static str, (u64, u64)>);

impl Coverage {
	pub(super) fn count(&mut self, what: &'static str, success: bool) {
		let (successes, failures) = self.0.entry(what).or_default();
		*if success { successes } else { failures } += 1;
	}

	/// Adds what another run covered.
	pub fn add(&mut self, other: &Self) {
		for (what, (successes, failures)) in &other.0 {
			let entry = self.0.entry(what).or_default();
			entry.0 += successes;
			entry.1 += failures;
		}
	}

	/// What of `wanted` never succeeded.
	pub fn missing(&self, wanted: &[&'static str]) -> Vec<&'static str> {
		let never = |what: &&&str| self.0.get(**what).is_none_or(|(successes, _)| *successes == 0);
		wanted.iter().filter(never).copied().collect()
	}
}

/// All calls of the six pallets.
pub const CALLS: [&str; 37] = [
	"ledger.claim",
	"ledger.admit_currency",
	"ledger.report_impaired",
	"ledger.spend",
	"credits.create_plan",
	"credits.buy",
	"credits.close",
	"credits.retire_plan",
	"royalties.distribute",
	"royalties.mark",
	"registry.register",
	"registry.publish",
	"registry.update_metadata",
	"registry.update_locators",
	"registry.set_deprecated",
	"registry.withdraw_version",
	"registry.set_serving",
	"registry.request_derivative",
	"registry.approve_derivative",
	"registry.close_derivative_request",
	"registry.confirm_parent",
	"registry.update_licence",
	"registry.offer_gift",
	"registry.cancel_gift",
	"registry.accept_gift",
	"registry.add_contributor",
	"registry.renounce_share",
	"registry.transfer_share",
	"providers.register",
	"providers.update",
	"providers.leave",
	"providers.offer",
	"providers.accept_offering",
	"providers.withdraw_offering",
	"inference.request",
	"inference.submit_receipt",
	"inference.decline",
];

/// What else has to happen in a long run.
pub const HAPPENINGS: [&str; 15] = [
	"a withdrawn version is refused",
	"an artifact changes hands",
	"an asset is frozen",
	"a claim waits",
	"a currency is impaired",
	"a currency is restored",
	"a donation",
	"a job lapses",
	"a job matures",
	"a payout",
	"a request is feeless",
	"a split",
	"an account dies",
	"an approval is used up",
	"an issuer takes from the vault",
];
