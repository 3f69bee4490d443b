//! What the runtime API says of a thing that several pallets know of.

use crate::{AccountId, Assets, Providers, Runtime};
use frame_support::traits::fungibles::Inspect;
use pallet_inference::JobStatus;
use tallystick_primitives::{
	runtime_api::{JobStatusView, JobView, PlanView},
	JobId, PlanId, ProviderInspect,
};

/// A plan: what it sells, and how much of it there is.
pub fn plan(id: PlanId) -> Option<PlanView> {
	let plan = pallet_credits::Plans::<Runtime>::get(id)?;
	let hash = plan.terms_hash(id);
	let terms = plan.terms;
	Some(PlanView {
		artifact: plan.artifact,
		versions: terms.versions.into_inner(),
		tariff: terms.tariff,
		currency: terms.currency,
		price: terms.price,
		dispute_window: terms.dispute_window,
		on_sale: plan.on_sale,
		units_in_issue: Assets::total_issuance(id),
		min_balance: Assets::minimum_balance(id),
		terms: hash,
	})
}

/// A job, with the key that its provider signs with now.
pub fn job(id: JobId) -> Option<JobView<AccountId>> {
	let job = pallet_inference::Jobs::<Runtime>::get(id)?;
	let service_key = Providers::service_key(&job.provider);
	Some(JobView {
		consumer: job.consumer,
		plan: job.plan,
		artifact: job.artifact,
		version: job.version,
		provider: job.provider,
		service_key,
		endpoint: job.endpoint,
		request: job.request,
		parameters: job.parameters,
		units_held: job.units_held,
		requested_at: job.requested_at,
		deadline: job.deadline,
		status: match job.status {
			JobStatus::Open => JobStatusView::Open,
			JobStatus::Settled { receipt, units, .. } => {
				JobStatusView::Settled { receipt, units, matures_at: job.due }
			}
		},
	})
}
