//! Requests, and the jobs that they open.

use crate::{
	chain::{account, accounts, CLASS_OWNER},
	machine::{
		bounded, now,
		pick::{by, nth},
		World, NOWHERE,
	},
	model, must,
	step::{By, Flaw, Pick, Size},
	Violation,
};
use frame_support::dispatch::CheckIfFeeless;
use pallet_inference::{InlineInput, JobInput, RequestParams};
use tallystick_primitives::{Balance, Digest, EndpointKind, JobId};
use tallystick_runtime::{Inference, Runtime, RuntimeCall, RuntimeOrigin};

impl World {
	#[allow(clippy::too_many_arguments)]
	pub(in crate::machine) fn request(
		&mut self,
		holding: Pick,
		who: By,
		offering: Pick,
		named: bool,
		inline: bool,
		size: Size,
		deadline: u8,
		salt: u16,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let able = self.model.units.iter().filter(|((plan, _), units)| {
			units.free > self.model.plans[plan].min_balance && self.is_served(*plan)
		});
		let (plan, holder) = nth(able.map(|(key, _)| *key), holding)
			.or_else(|| self.pick_holding(holding))
			.unwrap_or((NOWHERE, 0));
		let who = by(who, holder);
		let (artifact, min_balance, least) = match self.model.plans.get(&plan) {
			Some(details) => (details.artifact, details.min_balance, self.least(plan)),
			None => (NOWHERE, 0, 1),
		};
		let offers = self.model.offerings.iter().filter(|(key, o)| key.0 == artifact && o.active);
		let chosen =
			nth(offers, offering).map(|(key, offering)| (key.1, key.2, offering.min_deadline));
		let (mut version, provider, min_deadline) = chosen.unwrap_or((Digest::zero(), 0, 3));
		let units = self.model.units.get(&(plan, who)).copied().unwrap_or_default();
		let usable = units.free.saturating_sub(min_balance);
		let max_units = match size {
			Size::Least => least,
			Size::Some(n) => {
				(least * (1 + Balance::from(n % 20)) + Balance::from(n % 7)).min(usable)
			}
			Size::All => usable,
			Size::Zero => 0,
			Size::Absurd => Balance::MAX,
		};
		let mut deadline = u32::from(deadline).max(min_deadline);
		let mut valid_until = now() + 1 + u32::from(salt % 20);
		let mut provider = named.then_some(provider);
		let unique = self.unique();
		let mut input = JobInput::Committed { request: unique, parameters: unique };
		if inline {
			input = JobInput::Inline(InlineInput {
				salt: unique.0,
				request: bounded(br#"{"messages":[]}"#),
				parameters: bounded(b"{}"),
			});
		}
		match (flaw.of(7), self.commitment) {
			(1, _) => deadline = 0,
			(2, _) => deadline = 1_000_000,
			(3, _) => valid_until = now() - 1,
			(4, _) => version = Digest::repeat_byte(0xee),
			(5, _) => provider = Some(CLASS_OWNER),
			(6, Some((_, used))) => input = JobInput::Committed { request: used, parameters: used },
			(7, _) => valid_until = now() + 1_000_000,
			_ => {}
		}
		let params = RequestParams {
			plan,
			version,
			provider: provider.map(account),
			endpoint: EndpointKind::ChatCompletions,
			input,
			max_units,
			deadline,
			valid_until,
		};
		let id = pallet_inference::NextJobId::<Runtime>::get();
		let valid = Inference::validate_request(&account(who), &params).is_ok();
		let call = RuntimeCall::from(pallet_inference::Call::request { params });
		let feeless = call.is_feeless(&RuntimeOrigin::signed(account(who)));
		let line = format!("job {id}: {max_units} units of plan {plan}, from {provider:?}");
		let done = self.call(who, "inference.request", line, call);
		must!(done == valid, "a request was judged {valid}, and ended {done}");
		must!(done || !feeless, "a request is feeless, and failed");
		let sold = self.model.artifacts.get(artifact as usize);
		let gone = sold
			.is_some_and(|sold| sold.version(&version).is_some() && !sold.serves(&version, now()));
		if !done {
			if gone && flaw == Flaw::None {
				self.coverage.count("a withdrawn version is refused", true);
			}
			return Ok(());
		}
		must!(!gone, "a request for a version that is gone");
		let covers = self.model.plans[&plan].version.is_none_or(|covered| covered == version);
		must!(covers, "a request for a version that plan {plan} does not cover");
		self.coverage.count("a request is feeless", feeless);
		let job = pallet_inference::Jobs::<Runtime>::get(id).ok_or("a request made no job")?;
		self.commitment = Some((who, job.request));
		let provider = accounts().place(&job.provider).ok_or("a stranger answers")?;
		let offering = self.model.offerings.get(&(artifact, version, provider));
		let offering = offering.filter(|o| o.active).ok_or("a job of nobody's offering")?;
		must!(
			job.deadline >= now() + deadline && job.expires >= job.deadline,
			"job {id} has less time than was asked for: {job:?}"
		);
		let job = model::Job {
			consumer: who,
			plan,
			provider,
			share: offering.share,
			held: max_units,
			expires: job.expires,
			settled: None,
		};
		self.model.open(id, job)
	}

	pub(in crate::machine) fn decline(&mut self, pick: Pick, who: By) -> Result<(), Violation> {
		let open = self.model.jobs.iter().filter(|(_, job)| job.settled.is_none());
		let (job, provider) =
			nth(open, pick).map_or((JobId::MAX, 0), |(id, job)| (*id, job.provider));
		let call = pallet_inference::Call::decline { job };
		if self.call(by(who, provider), "inference.decline", format!("job {job}"), call) {
			self.model.end(job)?;
		}
		Ok(())
	}
}
