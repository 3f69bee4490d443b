use super::*;
use sp_runtime::transaction_validity::{InvalidTransaction, UnknownTransaction};

#[test]
fn a_receipt_is_refused_with_its_code_and_is_unknown_only_where_it_can_become_good() {
	use InvalidReceipt::*;
	for (reason, code) in [(JobUnknown, 2), (EndsInFuture, 15)] {
		let expected: TransactionValidityError = UnknownTransaction::Custom(code).into();
		assert_eq!(TransactionValidityError::from(reason), expected);
	}
	for (reason, code) in [(JobEnded, 1), (JobNotOpen, 3), (Expired, 4), (BadSignature, 23)] {
		let expected: TransactionValidityError = InvalidTransaction::Custom(code).into();
		assert_eq!(TransactionValidityError::from(reason), expected);
	}
}
