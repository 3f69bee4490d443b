//! Answers that are done: signed, kept, handed in, and handed in again until the chain has them.

use super::{observe, store, Chain, TARGET};
use crate::Assignment;
use alloc::vec::Vec;
use codec::Encode;
use sp_application_crypto::RuntimeAppPublic;
use tallystick_primitives::{
	observation::Observation,
	offchain::{output_key, receipt_key, Output},
	service_key::ServiceSignature,
	Receipt,
};

/// What is kept of an answer until the chain has it: the same bytes that the consumer gets.
type Signed<AccountId> = (Receipt<AccountId>, ServiceSignature);

/// How long a receipt is given to get into a block before it is handed in again, in milliseconds:
/// two blocks, and some.
pub const RESUBMIT_MS: u64 = 7_000;

/// Signs with the provider's key. `None`, and a line in the log, if the keystore does not have it.
fn sign<C: Chain>(
	assignment: &Assignment<C::AccountId>,
	receipt: &Receipt<C::AccountId>,
) -> Option<ServiceSignature> {
	let signature = assignment.service_key.sign(&receipt.signing_hash(&C::genesis()));
	if signature.is_none() {
		log::error!(target: TARGET, "event=not_signed job={}", receipt.job);
	}
	signature
}

/// What came of a delivery.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivered {
	/// It is signed, kept, and handed in. Whether the chain takes it, a later run sees.
	Done,
	/// The store did not take the answer, so it was not handed in: nobody pays for what is lost.
	NotKept,
	/// There is no key to sign it with.
	NotSigned,
}

/// Signs `receipt`, keeps it and `response` for the consumer and for later runs, and then hands it
/// in. One that charges nothing is handed in even if the store does not take it.
pub fn deliver<C: Chain>(
	assignment: &Assignment<C::AccountId>,
	receipt: Receipt<C::AccountId>,
	response: Vec<u8>,
) -> Delivered {
	let Some(signature) = sign::<C>(assignment, &receipt) else { return Delivered::NotSigned };
	let (job, is_charged) = (receipt.job, receipt.units > 0);
	let signed: Signed<C::AccountId> = (receipt, signature);
	let consumer = assignment.consumer.encode();
	let output = Output { consumer, response, receipt: signed.encode() };
	let is_kept = store::keep(&output_key(job), &output) && store::keep(&receipt_key(job), &signed);
	if !is_kept {
		log::error!(target: TARGET, "event=not_kept job={job}");
		if is_charged {
			return Delivered::NotKept;
		}
	}
	submit::<C>(signed);
	Delivered::Done
}

/// A receipt that is kept: as it was written, and as the job needs it that the chain has now.
struct Kept<AccountId> {
	old: Receipt<AccountId>,
	renewed: Receipt<AccountId>,
}

/// Whether a receipt is kept for the job of `assignment`, as the chain has the job now.
pub fn is_kept<C: Chain>(assignment: &Assignment<C::AccountId>) -> bool {
	kept::<C>(assignment).is_some()
}

fn kept<C: Chain>(assignment: &Assignment<C::AccountId>) -> Option<Kept<C::AccountId>> {
	let (old, _) = store::get::<Signed<C::AccountId>>(&receipt_key(assignment.job))?;
	let renewed = super::receipt::renew(assignment, &old)?;
	Some(Kept { old, renewed })
}

/// Hands the kept receipt for `assignment` in again. Says whether there is one.
///
/// It is signed anew each time. That makes it another transaction, which a pool takes even if it has
/// banned the one before, and it is right if the provider's key has changed.
pub fn resubmit<C: Chain>(assignment: &Assignment<C::AccountId>) -> bool {
	let Some(Kept { old, renewed }) = kept::<C>(assignment) else { return false };
	let Some(signature) = sign::<C>(assignment, &renewed) else { return true };
	let job = renewed.job;
	let signed: Signed<C::AccountId> = (renewed, signature);
	if signed.0 != old {
		if let Some(output) = store::get::<Output>(&output_key(job)) {
			store::set(&output_key(job), &Output { receipt: signed.encode(), ..output });
		}
		store::set(&receipt_key(job), &signed);
	}
	log::debug!(target: TARGET, "event=resubmitted job={job}");
	observe::tell(&Observation::Resubmitted);
	submit::<C>(signed);
	true
}

fn submit<C: Chain>((receipt, signature): Signed<C::AccountId>) {
	let job = receipt.job;
	if C::submit(receipt, signature).is_err() {
		// Not an error yet: a long run's state can be older than the job.
		log::debug!(target: TARGET, "event=not_pooled job={job}");
	}
}
