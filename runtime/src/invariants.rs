//! What has to be true of a state, beyond what each pallet can see by itself.

use crate::{
	AccountId, Assets, AssetsHolder, Balances, Credits, Inference, Ledger, Provenance, Providers,
	Registry, Royalties, Runtime, RuntimeHoldReason, ValidatorSet,
};
use alloc::collections::{BTreeMap, BTreeSet};
use codec::{Decode, Encode};
use frame_support::{
	ensure,
	traits::{
		fungible,
		fungibles::{Inspect, InspectHold},
	},
};
use sp_runtime::TryRuntimeError;
use tallystick_primitives::{ArtifactInspect, Balance, Bucket, PlanId};

/// Checks our pallets' invariants, and those between them:
///
/// - for each plan, the units that credits hold for jobs are those that its open jobs say;
/// - for each currency, the money that matures is what settled jobs charged;
/// - each credit class is a class, and no currency;
/// - for each account, what is held for the registry is what its artifacts and requests say.
///
/// Reads the whole state: for tests and for trying an upgrade.
pub fn check() -> Result<(), TryRuntimeError> {
	ValidatorSet::do_try_state()?;
	Ledger::do_try_state()?;
	Registry::do_try_state()?;
	Provenance::do_try_state()?;
	Credits::do_try_state()?;
	Royalties::do_try_state()?;
	Providers::do_try_state()?;
	Inference::do_try_state()?;
	units_held_are_those_of_open_jobs()?;
	maturing_money_is_that_of_settled_jobs()?;
	credits_are_no_currencies()?;
	storage_holds_are_those_of_artifacts_and_requests()
}

fn units_held_are_those_of_open_jobs() -> Result<(), TryRuntimeError> {
	for plan in pallet_credits::Plans::<Runtime>::iter_keys() {
		let by_credits = pallet_assets::Account::<Runtime>::iter_key_prefix(plan)
			.map(|holder| held_for_jobs(plan, &holder))
			.fold(0, Balance::saturating_add);
		ensure!(
			by_credits == Inference::units_held(plan),
			"units are held for other jobs than are open"
		);
	}
	Ok(())
}

fn held_for_jobs(plan: PlanId, holder: &AccountId) -> Balance {
	let reason = RuntimeHoldReason::Credits(pallet_credits::HoldReason::Job);
	AssetsHolder::balance_on_hold(plan, &reason, holder)
}

fn maturing_money_is_that_of_settled_jobs() -> Result<(), TryRuntimeError> {
	for currency in pallet_ledger::Currencies::<Runtime>::iter_keys() {
		let booked = pallet_ledger::Balances::<Runtime>::iter_prefix(&currency)
			.filter(|(bucket, _)| matches!(bucket, Bucket::Maturing(_)))
			.map(|(_, amount)| amount)
			.fold(0, Balance::saturating_add);
		ensure!(
			booked == Inference::maturing_total(&currency),
			"other money matures than settled jobs charged"
		);
	}
	Ok(())
}

fn credits_are_no_currencies() -> Result<(), TryRuntimeError> {
	for plan in pallet_credits::Plans::<Runtime>::iter_keys() {
		ensure!(Assets::asset_exists(plan), "a plan has no class of credits");
		ensure!(
			!pallet_ledger::Currencies::<Runtime>::contains_key(
				tallystick_primitives::CurrencyId::WithId(plan)
			),
			"a credit is a currency"
		);
	}
	Ok(())
}

/// What a ticket of the registry says is held.
fn ticket_amount(ticket: &impl Encode) -> Result<Balance, TryRuntimeError> {
	// A hold's ticket is the amount that is held, and does not show it otherwise.
	Balance::decode(&mut &ticket.encode()[..]).map_err(|_| "a ticket is no amount".into())
}

fn storage_holds_are_those_of_artifacts_and_requests() -> Result<(), TryRuntimeError> {
	let mut owed = BTreeMap::<AccountId, Balance>::new();
	let mut add = |who: AccountId, ticket: Balance| {
		let sum = owed.entry(who).or_default();
		*sum = sum.saturating_add(ticket);
	};
	for (artifact, deposit) in pallet_registry::Deposits::<Runtime>::iter() {
		let owner = Registry::owner(artifact).ok_or("a deposit for what nobody owns")?;
		add(owner, ticket_amount(&deposit.ticket)?);
	}
	for (_, asker, request) in pallet_registry::DerivativeRequests::<Runtime>::iter() {
		add(asker, ticket_amount(&request.deposit)?);
	}
	let reason = RuntimeHoldReason::Registry(pallet_registry::HoldReason::Storage);
	let held = |who: &AccountId| {
		<Balances as fungible::InspectHold<AccountId>>::balance_on_hold(&reason, who)
	};
	let holders = pallet_balances::Holds::<Runtime>::iter_keys().collect::<BTreeSet<_>>();
	for who in holders.iter().chain(owed.keys()) {
		ensure!(
			held(who) == owed.get(who).copied().unwrap_or_default(),
			"other deposits are held for the registry than its artifacts and requests say"
		);
	}
	Ok(())
}
