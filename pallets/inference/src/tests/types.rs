use super::*;
use sp_runtime::transaction_validity::{InvalidTransaction, UnknownTransaction};
use std::collections::BTreeSet;

#[test]
fn each_reason_has_a_code_of_its_own_and_only_what_can_become_good_is_unknown() {
	let codes: BTreeSet<_> = InvalidReceipt::ALL.iter().map(|reason| reason.code()).collect();
	assert_eq!(codes, (1..=23).collect());
	for reason in InvalidReceipt::ALL {
		let expected: TransactionValidityError = match reason.code() {
			2 | 15 => UnknownTransaction::Custom(reason.code()).into(),
			code => InvalidTransaction::Custom(code).into(),
		};
		assert_eq!(TransactionValidityError::from(reason), expected);
	}
}
