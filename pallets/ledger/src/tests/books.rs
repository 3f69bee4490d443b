use super::*;

const ESCROW: Bucket<AccountId> = Bucket::Escrow(1);
const PENDING: Bucket<AccountId> = Bucket::Pending(1);

#[test]
fn enter_moves_tokens_and_books_them() {
	test(|| {
		for currency in [TLY, USD] {
			enter(&currency, &ESCROW, 100);
			assert_eq!(book(&currency, &ESCROW), 100);
			assert_eq!(Booked::<Test>::get(&currency), 100);
		}
		assert_eq!(NativeBalances::balance(&ALICE), 900);
		assert_eq!(NativeBalances::balance(&Ledger::vault()), ED + 100);
		assert_eq!(Assets::balance(7, ALICE), 900);
		System::assert_last_event(
			Event::Entered { currency: USD, from: ALICE, bucket: ESCROW, amount: 100 }.into(),
		);
	});
}

#[test]
fn the_vault_is_an_account_without_a_key() {
	let derived: AccountId = VaultId::get().into_account_truncating();
	assert_eq!((Ledger::vault_account(), Ledger::vault()), (derived, derived));
	assert!(![0, ALICE, BOB, NOBODY].contains(&derived));
}

#[test]
fn enter_should_keep_the_payer_alive() {
	test(|| {
		assert_noop!(
			<Ledger as Books<_>>::enter(&TLY, &ALICE, &ESCROW, 1_000),
			sp_runtime::TokenError::NotExpendable
		);
		enter(&TLY, &ESCROW, 1_000 - ED);
	});
}

#[test]
fn enter_should_fail_for_a_currency_that_is_not_admitted() {
	test(|| {
		assert_noop!(
			<Ledger as Books<_>>::enter(&CREDIT, &ALICE, &ESCROW, 1),
			Error::<Test>::CurrencyNotAdmitted
		);
	});
}

#[test]
fn enter_should_fail_while_the_currency_is_impaired() {
	test(|| {
		enter(&USD, &ESCROW, 100);
		seize(50);
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_noop!(
			<Ledger as Books<_>>::enter(&USD, &ALICE, &ESCROW, 1),
			Error::<Test>::CurrencyImpaired
		);
		// The others go on.
		enter(&TLY, &ESCROW, 1);
	});
}

#[test]
fn shift_moves_the_book_entry_and_no_token() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		let vault = NativeBalances::balance(&Ledger::vault_account());
		assert_ok!(<Ledger as Books<_>>::shift(&TLY, &ESCROW, &PENDING, 60));
		assert_eq!((book(&TLY, &ESCROW), book(&TLY, &PENDING)), (40, 60));
		assert_eq!(NativeBalances::balance(&Ledger::vault_account()), vault);
		// An emptied bucket leaves nothing behind.
		assert_ok!(<Ledger as Books<_>>::shift(&TLY, &ESCROW, &PENDING, 40));
		assert!(!Balances::<Test>::contains_key(TLY, ESCROW));
	});
}

#[test]
fn shift_onto_itself_changes_nothing() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		assert_ok!(<Ledger as Books<_>>::shift(&TLY, &ESCROW, &ESCROW, 100));
		assert_eq!(book(&TLY, &ESCROW), 100);
	});
}

#[test]
fn shift_should_fail_when_the_bucket_holds_less() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		assert_noop!(
			<Ledger as Books<_>>::shift(&TLY, &ESCROW, &PENDING, 101),
			Error::<Test>::InsufficientBucket
		);
		// Currencies do not stand in for each other.
		assert_noop!(
			<Ledger as Books<_>>::shift(&USD, &ESCROW, &PENDING, 1),
			Error::<Test>::InsufficientBucket
		);
	});
}

#[test]
fn shift_should_fail_when_the_target_would_overflow() {
	test(|| {
		enter(&TLY, &ESCROW, 1);
		Balances::<Test>::insert(TLY, PENDING, Balance::MAX);
		assert_noop!(
			frame_support::storage::with_storage_layer(|| {
				<Ledger as Books<_>>::shift(&TLY, &ESCROW, &PENDING, 1)
			}),
			Error::<Test>::Overflow
		);
		Balances::<Test>::remove(TLY, PENDING);
	});
}

#[test]
fn exit_pays_the_payee() {
	test(|| {
		enter(&USD, &ESCROW, 100);
		assert_eq!(<Ledger as Books<_>>::exit(&USD, &ESCROW, &BOB, 60), Ok(ExitOutcome::Paid));
		assert_eq!(Assets::balance(7, BOB), 1_060);
		assert_eq!((book(&USD, &ESCROW), Booked::<Test>::get(USD)), (40, 40));
		System::assert_last_event(
			Event::Exited { currency: USD, bucket: ESCROW, to: BOB, amount: 60 }.into(),
		);
	});
}

#[test]
fn exit_to_an_account_that_cannot_take_it_becomes_claimable() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		// NOBODY is dead, and 4 is below the existential deposit.
		assert_eq!(
			<Ledger as Books<_>>::exit(&TLY, &ESCROW, &NOBODY, 4),
			Ok(ExitOutcome::Claimable)
		);
		assert_eq!(book(&TLY, &Bucket::Claimable(NOBODY)), 4);
		System::assert_last_event(
			Event::Deferred { currency: TLY, payee: NOBODY, amount: 4 }.into(),
		);
	});
}

#[test]
fn exit_of_an_impaired_currency_becomes_claimable() {
	test(|| {
		enter(&USD, &ESCROW, 100);
		seize(20);
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(BOB), USD));
		assert_eq!(<Ledger as Books<_>>::exit(&USD, &ESCROW, &BOB, 60), Ok(ExitOutcome::Claimable));
		assert_eq!(book(&USD, &Bucket::Claimable(BOB)), 60);
	});
}

#[test]
fn while_something_is_missing_nobody_is_paid_with_the_money_of_others() {
	test(|| {
		enter(&USD, &ESCROW, 100);
		let before = Assets::balance(7, BOB);
		// Not reported. The smallest part is enough, although it is of the vault's own minimum balance.
		seize(1);
		assert_eq!(<Ledger as Books<_>>::exit(&USD, &ESCROW, &BOB, 60), Ok(ExitOutcome::Claimable));
		assert_noop!(
			<Ledger as Books<_>>::enter(&USD, &ALICE, &ESCROW, 1),
			Error::<Test>::CurrencyImpaired
		);
		assert_noop!(
			Ledger::claim(RuntimeOrigin::signed(BOB), USD, BOB),
			Error::<Test>::CurrencyImpaired
		);
		// Nobody has to report that it is whole again, either.
		assert_ok!(Assets::mint(RuntimeOrigin::signed(ALICE), 7, Ledger::vault_account(), 1));
		assert_ok!(Ledger::claim(RuntimeOrigin::signed(BOB), USD, BOB));
		assert_eq!(Assets::balance(7, BOB), before + 60);
	});
}

#[test]
fn exit_should_fail_when_the_bucket_holds_less() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		assert_noop!(
			<Ledger as Books<_>>::exit(&TLY, &ESCROW, &BOB, 101),
			Error::<Test>::InsufficientBucket
		);
	});
}

#[test]
fn exit_should_fail_where_less_is_booked_than_the_bucket_holds() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		Booked::<Test>::insert(TLY, 10);
		// That is nobody's claim: the books are broken.
		assert_noop!(
			frame_support::storage::with_storage_layer(|| {
				<Ledger as Books<_>>::exit(&TLY, &ESCROW, &BOB, 11)
			}),
			Error::<Test>::Overflow
		);
		Booked::<Test>::insert(TLY, 100);
	});
}

#[test]
fn exit_should_fail_where_the_claim_would_overflow() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		Balances::<Test>::insert(TLY, Bucket::Claimable(NOBODY), Balance::MAX);
		assert_noop!(
			frame_support::storage::with_storage_layer(|| {
				<Ledger as Books<_>>::exit(&TLY, &ESCROW, &NOBODY, 1)
			}),
			Error::<Test>::Overflow
		);
		Balances::<Test>::remove(TLY, Bucket::Claimable(NOBODY));
	});
}

#[test]
fn an_amount_of_nothing_moves_nothing_and_leaves_no_trace() {
	test(|| {
		let events = System::event_count();
		assert_ok!(<Ledger as Books<_>>::enter(&TLY, &NOBODY, &ESCROW, 0));
		assert_ok!(<Ledger as Books<_>>::shift(&TLY, &ESCROW, &PENDING, 0));
		for currency in [TLY, CREDIT] {
			let outcome = <Ledger as Books<_>>::exit(&currency, &ESCROW, &NOBODY, 0);
			assert_eq!(outcome, Ok(ExitOutcome::Paid));
		}
		assert_eq!(System::event_count(), events);
		assert!(Balances::<Test>::iter_keys().next().is_none());
		assert!(!Booked::<Test>::contains_key(TLY));
		// What comes in has to be of a currency all the same.
		assert_noop!(
			<Ledger as Books<_>>::enter(&CREDIT, &ALICE, &ESCROW, 0),
			Error::<Test>::CurrencyNotAdmitted
		);
	});
}

#[test]
fn a_donation_to_the_vault_breaks_nothing() {
	test(|| {
		enter(&TLY, &ESCROW, 100);
		assert_ok!(NativeBalances::transfer_allow_death(
			RuntimeOrigin::signed(BOB),
			Ledger::vault_account(),
			1
		));
		assert_ok!(<Ledger as Books<_>>::exit(&TLY, &ESCROW, &BOB, 100));
	});
}
