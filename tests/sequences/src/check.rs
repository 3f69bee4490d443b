//! The comparison of chain and model, after each step.

use crate::{
	chain::{account, accounts, Who, ACCOUNTS, VAULT},
	model::{signed, DerivativeRequest, Model},
	must, Violation,
};
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungible,
		fungibles::{self, InspectHold},
	},
};
use pallet_inference::JobStatus;
use pallet_registry::VersionStatus;
use sp_runtime::DispatchError;
use std::collections::BTreeMap;
use tallystick_primitives::{AssetId, Balance, Bucket, CurrencyId, PlanId};
use tallystick_runtime::{
	invariants, AccountId, Assets, AssetsHolder, Balances, Runtime, RuntimeHoldReason,
};

/// Everything: the runtime's invariants, and that chain and model agree.
pub fn all(model: &Model) -> Result<(), Violation> {
	runtime_invariants()?;
	books(model)?;
	credits(model)?;
	jobs(model)?;
	registry(model)
}

/// The runtime's own invariants. What an issuer took from the vault is a violation only where it was
/// reported and not marked, so it is reported first, and that is undone.
fn runtime_invariants() -> Result<(), Violation> {
	let verdict = with_transaction(|| {
		for currency in pallet_ledger::Currencies::<Runtime>::iter_keys().collect::<Vec<_>>() {
			let short = tokens(&currency, &account(VAULT))
				< pallet_ledger::Booked::<Runtime>::get(&currency);
			if short {
				pallet_ledger::Currencies::<Runtime>::mutate(currency, |info| {
					if let Some(info) = info {
						info.impaired = true;
					}
				});
			}
		}
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(invariants::check()))
	});
	verdict
		.map_err(|error| Violation(format!("{error:?}")))?
		.map_err(|error| Violation(format!("an invariant is broken: {error:?}")))
}

/// The tokens of an account, held or free.
pub fn tokens(currency: &CurrencyId, who: &AccountId) -> Balance {
	match currency {
		CurrencyId::Native => <Balances as fungible::Inspect<_>>::total_balance(who),
		CurrencyId::WithId(id) => <Assets as fungibles::Inspect<_>>::balance(*id, who),
	}
}

/// Every bucket, and what every account has.
fn books(model: &Model) -> Result<(), Violation> {
	let mut expected: BTreeMap<(CurrencyId, Key), Balance> = BTreeMap::new();
	let mut expect = |currency: &CurrencyId, key, amount| {
		if amount > 0 {
			*expected.entry((currency.clone(), key)).or_default() += amount;
		}
	};
	for (id, plan) in &model.plans {
		let units: Balance =
			model.units.range((*id, 0)..=(*id, Who::MAX)).map(|(_, u)| u.free + u.held).sum();
		expect(&plan.currency, Key::Escrow(*id), units * plan.price);
	}
	for (id, job) in &model.jobs {
		if let Some((units, _)) = job.settled {
			let plan = &model.plans[&job.plan];
			expect(&plan.currency, Key::Maturing(*id), units * plan.price);
		}
	}
	for ((artifact, currency), flow) in &model.flows {
		expect(currency, Key::Pending(*artifact), flow.pending());
	}
	for (currency, amount) in &model.treasury {
		expect(currency, Key::Treasury, *amount);
	}

	let mut claims: BTreeMap<(CurrencyId, Who), Balance> = BTreeMap::new();
	for (currency, bucket, amount) in pallet_ledger::Balances::<Runtime>::iter() {
		let key = match bucket {
			Bucket::Escrow(plan) => Key::Escrow(plan),
			Bucket::Maturing(job) => Key::Maturing(job),
			Bucket::Pending(artifact) => Key::Pending(artifact),
			Bucket::Treasury => Key::Treasury,
			Bucket::Claimable(id) => {
				let who = accounts().place(&id).ok_or("a stranger may claim something")?;
				claims.insert((currency, who), amount);
				continue;
			}
		};
		let should = expected.remove(&(currency.clone(), key)).unwrap_or_default();
		must!(amount == should, "{key:?} has {amount} of {currency:?}, and should have {should}");
	}
	if let Some(((currency, key), should)) = expected.into_iter().next() {
		return Err(Violation(format!("{key:?} has no {currency:?}, and should have {should}")));
	}

	for currency in currencies() {
		let booked = pallet_ledger::Booked::<Runtime>::get(&currency);
		for who in 0..ACCOUNTS {
			let claim = claims.get(&(currency.clone(), who)).copied().unwrap_or_default();
			let mut has = signed(tokens(&currency, &account(who)) + claim);
			if who == VAULT {
				has -= signed(booked);
			}
			let should = model.wealth.get(&(currency.clone(), who)).copied().unwrap_or_default();
			must!(
				has == should,
				"account {who} has {has} of {currency:?} (tokens and claims), and should have {should}"
			);
		}
	}
	Ok(())
}

/// A bucket, but for claims.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Key {
	Escrow(PlanId),
	Maturing(u64),
	Pending(u32),
	Treasury,
}

/// The asset classes that can be currencies here.
pub const ASSETS: [AssetId; 3] = [1, 2, 3];

/// The native token and those assets.
pub fn currencies() -> Vec<CurrencyId> {
	std::iter::once(CurrencyId::Native).chain(ASSETS.map(CurrencyId::WithId)).collect()
}

/// Every unit of every plan.
fn credits(model: &Model) -> Result<(), Violation> {
	let reason = RuntimeHoldReason::Credits(pallet_credits::HoldReason::Job);
	let mut found = 0usize;
	for (plan, _) in model.plans.iter() {
		for id in pallet_assets::Account::<Runtime>::iter_key_prefix(*plan) {
			let who = accounts().place(&id).ok_or("a stranger has credits")?;
			let free = <Assets as fungibles::Inspect<_>>::balance(*plan, &id);
			let held = AssetsHolder::balance_on_hold(*plan, &reason, &id);
			let should = model.units.get(&(*plan, who)).copied().unwrap_or_default();
			must!(
				(free, held) == (should.free, should.held),
				"account {who} has {free} free and {held} held units of plan {plan}, and should have \
				 {} and {}",
				should.free,
				should.held
			);
			found += usize::from(free + held > 0);
		}
	}
	let should = model.units.values().filter(|units| units.free + units.held > 0).count();
	must!(found == should, "{found} accounts have credits, and should be {should}");
	Ok(())
}

/// Every job.
fn jobs(model: &Model) -> Result<(), Violation> {
	let mut found = 0usize;
	for (id, job) in pallet_inference::Jobs::<Runtime>::iter() {
		let should = model.jobs.get(&id).ok_or_else(|| format!("job {id} should have ended"))?;
		let settled = match job.status {
			JobStatus::Open => None,
			JobStatus::Settled { units, .. } => Some((units, job.due)),
		};
		must!(
			(job.units_held, job.share.deconstruct(), settled)
				== (should.held, should.share, should.settled),
			"job {id} is {job:?}, and should be {should:?}"
		);
		found += 1;
	}
	must!(found == model.jobs.len(), "there are {found} jobs, and should be {}", model.jobs.len());
	Ok(())
}

/// Where versions stand, and who has leave to make a derivative.
fn registry(model: &Model) -> Result<(), Violation> {
	for (id, artifact) in (0..).zip(&model.artifacts) {
		let serving = pallet_registry::Catalogues::<Runtime>::get(id).serving;
		must!(serving == artifact.serving, "artifact {id} recommends {serving:?}");
		for version in &artifact.versions {
			let stored = pallet_registry::Versions::<Runtime>::get(id, version.digest);
			let stands = stored.map(|stored| match stored.status {
				VersionStatus::Published => (false, None),
				VersionStatus::Deprecated => (true, None),
				VersionStatus::Withdrawn { from, .. } => (version.deprecated, Some(from)),
			});
			let should = (version.deprecated, version.gone_from);
			must!(stands == Some(should), "a version of artifact {id}: {stands:?}, not {should:?}");
		}
	}
	let mut found = 0;
	for (parent, who, request) in pallet_registry::DerivativeRequests::<Runtime>::iter() {
		let who = accounts().place(&who).ok_or("a stranger asked for an approval")?;
		let is = DerivativeRequest {
			relation: request.relation,
			share: request.share.deconstruct(),
			approved: request.approved,
		};
		let should = model.derivative_requests.get(&(parent, who));
		must!(
			should == Some(&is),
			"{who} asked for a derivative of {parent}: {is:?}, not {should:?}"
		);
		found += 1;
	}
	let should = model.derivative_requests.len();
	must!(found == should, "there are {found} requests for derivatives, and should be {should}");
	Ok(())
}
