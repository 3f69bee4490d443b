use super::*;
use sp_runtime::transaction_validity::{InvalidTransaction, UnknownTransaction};

/// What a pool answers for each reason: numbers that clients know, and that never change.
const CODES: [(InvalidReceipt, u8); 23] = {
	use InvalidReceipt::*;
	[
		(JobEnded, 1),
		(JobUnknown, 2),
		(JobNotOpen, 3),
		(Expired, 4),
		(WrongProvider, 5),
		(WrongArtifact, 6),
		(WrongVersion, 7),
		(WrongEndpoint, 8),
		(WrongRequest, 9),
		(WrongParameters, 10),
		(WrongRequestBytes, 11),
		(ProviderNotFound, 12),
		(EndsBeforeStart, 13),
		(StartsBeforeRequest, 14),
		(EndsInFuture, 15),
		(CachedExceedsPrompt, 16),
		(ReasoningExceedsCompletion, 17),
		(PromptExceedsRequest, 18),
		(CompletionExceedsResponse, 19),
		(ChargeForNothing, 20),
		(WrongCharge, 21),
		(ChargeExceedsHold, 22),
		(BadSignature, 23),
	]
};
/// The codes of those that are unknown rather than invalid.
const UNKNOWN: [u8; 2] = [2, 15];

#[test]
fn a_receipt_is_refused_with_its_code_and_is_unknown_only_where_it_can_become_good() {
	for (reason, code) in CODES {
		let expected: TransactionValidityError = if UNKNOWN.contains(&code) {
			UnknownTransaction::Custom(code).into()
		} else {
			InvalidTransaction::Custom(code).into()
		};
		assert_eq!(TransactionValidityError::from(reason), expected, "{reason:?}");
	}
}
