use super::*;

#[test]
fn the_treasury_is_spent_by_its_origin() {
	test(|| {
		enter(&TLY, &Bucket::Treasury, 100);
		assert_ok!(Ledger::spend(RuntimeOrigin::root(), TLY, BOB, 60));
		assert_eq!(NativeBalances::balance(&BOB), 1_060);
		assert_eq!(book(&TLY, &Bucket::Treasury), 40);
	});
}

#[test]
fn spend_should_fail_for_another_origin() {
	test(|| {
		assert_noop!(Ledger::spend(RuntimeOrigin::signed(ALICE), TLY, ALICE, 1), BadOrigin);
	});
}

#[test]
fn spend_should_fail_beyond_the_treasury() {
	test(|| {
		enter(&TLY, &Bucket::Treasury, 100);
		enter(&TLY, &Bucket::Escrow(1), 100);
		assert_noop!(
			Ledger::spend(RuntimeOrigin::root(), TLY, BOB, 101),
			Error::<Test>::InsufficientBucket
		);
	});
}
