use super::*;

fn build(currency: CurrencyId, threshold: Balance) {
	new_test_ext().execute_with(|| {
		GenesisConfig::<Test> { currencies: vec![(currency, threshold)], ..Default::default() }
			.build();
	});
}

#[test]
fn currencies_are_admitted_whole() {
	test(|| {
		for (currency, threshold) in [(TLY, 10), (USD, 20)] {
			assert!(<Ledger as Books<_>>::is_usable(&currency));
			assert_eq!(<Ledger as Books<_>>::threshold(&currency), Some(threshold));
		}
		assert!(!<Ledger as Books<_>>::is_usable(&CREDIT));
	});
}

#[test]
fn a_threshold_can_be_the_minimum_balance() {
	build(USD, 10);
}

#[test]
#[should_panic = "the threshold is too low"]
fn a_threshold_below_the_minimum_balance_stops_the_genesis() {
	build(USD, 9);
}

#[test]
#[should_panic = "the threshold is too low"]
fn a_threshold_of_nothing_stops_the_genesis() {
	// An asset that does not exist has no minimum.
	build(CurrencyId::WithId(99), 0);
}
