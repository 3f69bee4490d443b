//! Receipts: what makes one acceptable, and how a job is settled.

use crate::*;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{
	traits::{One, Saturating, UniqueSaturatedInto, Zero},
	transaction_validity::TransactionValidityWithRefund,
};
use tallystick_primitives::{genesis_hash, job::Backing, FinishReason};

impl<T: Config> Pallet<T> {
	/// The job that `receipt` settles, if it is acceptable now. The one place that decides: cheap
	/// checks first, signature last.
	///
	/// `signature` is `None` in the call itself: the authorization checked it right before, as a part of
	/// the same transaction, and nothing between the two can change the key.
	pub fn check_receipt(
		receipt: &Receipt<T::AccountId>,
		signature: Option<&ServiceSignature>,
	) -> Result<JobOf<T>, InvalidReceipt> {
		use InvalidReceipt::*;
		let refuse = |bad: bool, reason: InvalidReceipt| if bad { Err(reason) } else { Ok(()) };

		let Some(job) = Jobs::<T>::get(receipt.job) else {
			let ended = receipt.job < NextJobId::<T>::get();
			return Err(if ended { JobEnded } else { JobUnknown });
		};
		refuse(!job.is_open(), JobNotOpen)?;
		refuse(frame_system::Pallet::<T>::block_number() > job.expires, Expired)?;
		refuse(receipt.provider != job.provider, WrongProvider)?;
		refuse(receipt.artifact != job.artifact, WrongArtifact)?;
		refuse(receipt.version != job.version, WrongVersion)?;
		refuse(receipt.endpoint != job.endpoint, WrongEndpoint)?;
		refuse(receipt.request != job.request, WrongRequest)?;
		refuse(receipt.parameters != job.parameters, WrongParameters)?;
		let other_length = job.request_bytes().is_some_and(|bytes| bytes != receipt.request_bytes);
		refuse(other_length, WrongRequestBytes)?;

		// Clocks differ: a call may seem to start up to a block's time before its request, and to end up
		// to two blocks' time from now. Both bounds saturate harmlessly.
		let block_ms = T::BlockMillis::get();
		let earliest_start = job.requested_time.saturating_sub(block_ms);
		let latest_end = Self::time().saturating_add(block_ms.saturating_mul(2));
		refuse(receipt.ended_at < receipt.started_at, EndsBeforeStart)?;
		refuse(receipt.started_at < earliest_start, StartsBeforeRequest)?;
		refuse(receipt.ended_at > latest_end, EndsInFuture)?;

		// A token is at least a byte. What was reasoned need not be in the response.
		let tokens = &receipt.tokens;
		refuse(tokens.cached > tokens.prompt, CachedExceedsPrompt)?;
		refuse(tokens.reasoning > tokens.completion, ReasoningExceedsCompletion)?;
		refuse(tokens.prompt > receipt.request_bytes, PromptExceedsRequest)?;
		let visible = tokens.completion.saturating_sub(tokens.reasoning);
		refuse(visible > receipt.response_bytes, CompletionExceedsResponse)?;

		if receipt.finish == FinishReason::Error || receipt.response_bytes.is_zero() {
			refuse(!receipt.units.is_zero(), ChargeForNothing)?;
		} else {
			refuse(receipt.units != job.tariff.charge(tokens), WrongCharge)?;
			refuse(receipt.units > job.units_held, ChargeExceedsHold)?;
		}

		if let Some(signature) = signature {
			let key = T::Providers::service_key(&job.provider).ok_or(ProviderNotFound)?;
			let message = receipt.signing_hash(&genesis_hash::<T>());
			refuse(!key.verify(&message, signature), BadSignature)?;
		}
		Ok(job)
	}

	/// What the pool is told of a receipt: it is good until its job expires, and there is one for a
	/// job.
	pub(crate) fn authorize_receipt(
		_source: TransactionSource,
		receipt: &Receipt<T::AccountId>,
		signature: &ServiceSignature,
	) -> TransactionValidityWithRefund {
		let job = Self::check_receipt(receipt, Some(signature))?;
		let now = frame_system::Pallet::<T>::block_number();
		let left: u64 = job.expires.saturating_sub(now).unique_saturated_into();
		let validity = ValidTransaction::with_tag_prefix(RECEIPT_TAG_PREFIX)
			.priority(RECEIPT_PRIORITY)
			.and_provides(receipt.job)
			.longevity(left.max(1))
			.propagate(true)
			.build()?;
		Ok((validity, Weight::zero()))
	}

	pub(crate) fn do_submit_receipt(receipt: Receipt<T::AccountId>) -> DispatchResult {
		let mut job =
			Self::check_receipt(&receipt, None).map_err(|_| Error::<T>::InvalidReceipt)?;
		let id = receipt.job;
		let hash = receipt.hash();

		Workloads::<T>::mutate(&job.provider, |work| work.last_receipt = hash);
		if receipt.units.is_zero() {
			Self::end_uncharged(id, &job)?;
		} else {
			Self::uncount_open_job(id, &job);
			let (held, units) = (job.units_held, receipt.units);
			let Backing { currency, amount } =
				T::Meter::settle(job.plan, &job.consumer, held, units, id)?;
			let now = frame_system::Pallet::<T>::block_number();
			// This block's slice came before this call, so the next block is the soonest.
			// Does not saturate: credits bound the window.
			job.due = now.saturating_add(job.dispute_window.max(One::one()));
			job.units_held = 0;
			job.inline = None;
			job.status = JobStatus::Settled { receipt: hash, units, amount, currency };
			Agenda::<T>::insert(job.due, AgendaEntry::<T::AccountId>::Mature(id), ());
			Jobs::<T>::insert(id, job);
		}
		Self::deposit_event(Event::ReceiptAccepted { job: id, receipt, hash });
		Ok(())
	}
}
