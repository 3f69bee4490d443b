//! Receipts, which authorize themselves.

use crate::{
	chain::{self, account, service_pair, PEOPLE},
	machine::{now, pick::nth, World},
	model::Model,
	must,
	step::{Flaw, Pick},
	Violation,
};
use sp_core::{Pair, H256};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchResult,
};
use tallystick_primitives::{
	genesis_hash, CountedBy, Digest, FinishReason, JobId, Receipt, Tokens,
};
use tallystick_runtime::{Runtime, RuntimeCall};

impl World {
	pub(in crate::machine) fn submit_receipt(
		&mut self,
		pick: Pick,
		prompt: u16,
		cached: u16,
		completion: u16,
		error: bool,
		flaw: Flaw,
	) -> Result<(), Violation> {
		const WAYS: u8 = 15;
		let flaw = flaw.of(WAYS);
		let open = self.model.jobs.iter().filter(|(_, job)| job.settled.is_none());
		let Some((id, held, provider)) =
			nth(open, pick).map(|(id, job)| (*id, job.held, job.provider))
		else {
			self.tell("there is no open job".into());
			return Ok(());
		};
		let job = pallet_inference::Jobs::<Runtime>::get(id).ok_or("an open job is gone")?;
		let request_bytes = job.request_bytes().unwrap_or(4_000);
		let mut tokens = Tokens {
			prompt: u32::from(prompt).min(request_bytes),
			completion: if error { 0 } else { u32::from(completion % 4_000) },
			..Default::default()
		};
		tokens.cached = u32::from(cached).min(tokens.prompt);
		tokens.reasoning = tokens.completion / 3;
		while Model::tariff_of(&job.tariff, &tokens) > held {
			tokens.prompt /= 2;
			tokens.cached = tokens.cached.min(tokens.prompt);
			tokens.completion /= 2;
			tokens.reasoning /= 2;
		}
		let time = u64::from(now()) * tallystick_runtime::time::MILLISECS_PER_BLOCK;
		let mut receipt = Receipt {
			job: id,
			artifact: job.artifact,
			version: job.version,
			provider: job.provider.clone(),
			endpoint: job.endpoint,
			request: job.request,
			response: Digest::repeat_byte(5),
			parameters: job.parameters,
			request_bytes,
			response_bytes: if error { 0 } else { tokens.completion + 5 },
			tokens,
			counted_by: CountedBy::Backend,
			units: if error { 0 } else { Model::tariff_of(&job.tariff, &tokens) },
			finish: if error { FinishReason::Error } else { FinishReason::Stop },
			started_at: job.requested_time,
			ended_at: time,
			previous: H256::zero(),
		};
		let mut key = self.model.providers.get(&provider).map(|generation| (provider, *generation));
		match flaw {
			1 => receipt.units += 1,
			2 => receipt.units = receipt.units.checked_sub(1).unwrap_or(7),
			3 => key = key.map(|(who, generation)| (who, generation.wrapping_add(1))),
			4 => receipt.provider = account((provider + 1) % PEOPLE),
			5 => receipt.version = Digest::repeat_byte(0xee),
			6 => receipt.request = Digest::repeat_byte(0xee),
			7 => receipt.ended_at = time + 1_000_000,
			8 => receipt.started_at = 0,
			9 => (receipt.finish, receipt.units) = (FinishReason::Error, 1),
			10 => receipt.tokens.cached = receipt.tokens.prompt + 1,
			11 => receipt.tokens.prompt = receipt.request_bytes + 1,
			12 => match nth(self.receipts.iter().cloned(), pick) {
				Some((used, by)) => {
					receipt = used;
					key = self.model.providers.get(&by).map(|generation| (by, *generation));
				}
				None => receipt.job = JobId::MAX,
			},
			13 => receipt.job = JobId::MAX,
			14 => receipt.tokens.reasoning = receipt.tokens.completion + 1,
			_ => {}
		}
		// A job of the first blocks may start at any time.
		let excused = flaw == 8 && job.requested_time <= 3_000;
		let key = key.ok_or("the provider of an open job is none")?;
		let hash = receipt.signing_hash(&genesis_hash::<Runtime>());
		let signature = service_pair(key.0, key.1).sign(&hash);
		let (id, units) = (receipt.job, receipt.units);
		let call = RuntimeCall::from(pallet_inference::Call::submit_receipt {
			receipt: receipt.clone(),
			signature,
		});
		let name = "inference.submit_receipt";
		let line = format!("job {id}, {units} units");
		if flaw == WAYS {
			// The right receipt in the wrong way.
			let done = self.call(provider, name, line, call);
			must!(!done, "an account handed in a receipt for job {id}");
			return Ok(());
		}
		let authorized = chain::authorize(&call);
		let included = chain::include(call);
		if is_full(&included) {
			// The first block of a session: the session pallet takes all of it.
			self.tell(format!("{name}: {line}: the block is full"));
			return Ok(());
		}
		let done = matches!(included, Ok(Ok(())));
		let flawless = flaw == 0 || excused;
		self.coverage.count(name, done);
		self.tell(format!("{name}: {line}, flaw {flaw}: {included:?}"));
		must!(
			authorized.is_ok() == done && done == flawless,
			"a receipt for job {id} with flaw {flaw}: {authorized:?}, {included:?}"
		);
		if done {
			self.model.settle(id, units, now())?;
			self.receipts.push((receipt, provider));
		}
		Ok(())
	}
}

fn is_full(included: &Result<DispatchResult, TransactionValidityError>) -> bool {
	*included == Err(InvalidTransaction::ExhaustsResources.into())
}
