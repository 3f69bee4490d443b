use super::*;
use std::collections::BTreeMap;
use tallystick_primitives::SettleRoyalties;

/// Splits what the artifact has earned, now. Returns the weight of it.
fn settle_now(artifact: ArtifactId) -> Weight {
	<Royalties as SettleRoyalties>::settle(artifact).unwrap()
}

fn percent(percent: u32) -> Share {
	Share::from_percent(percent)
}

/// What `who` has earned in a currency: paid out, or still claimable.
fn income_in(currency: &CurrencyId, who: AccountId) -> Balance {
	let claimable = <Ledger as Books<_>>::balance(currency, &Bucket::Claimable(who));
	let paid = match currency {
		CurrencyId::Native => Balances::balance(&who),
		CurrencyId::WithId(id) => Assets::balance(*id, who),
	};
	paid + claimable
}

#[test]
fn what_is_pending_is_split_in_every_currency_whatever_the_threshold() {
	test(|| {
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[(0, 20)], &[(CONTRIBUTOR, 30)]);
		earn_in(&TLY, 1, 5, None);
		earn_in(&USD, 1, 1_000, None);
		assert!(Due::<Test>::contains_key(WaveKey::from(1), USD));
		settle_now(1);

		// A fifth, three tenths and a half of 5 (the fee is below a unit), and of 990.
		assert_eq!((pending(0), income(CONTRIBUTOR), income(owner(1))), (1, 1, 2));
		assert_eq!(income_in(&USD, CONTRIBUTOR), 297);
		assert_eq!(income_in(&USD, owner(1)), 495);
		// What cannot be split by whole units stays.
		assert_eq!(pending(1), 1);
		check();
		settle();
	});
}

#[test]
fn the_old_owner_has_what_was_earned_before_and_the_new_one_what_comes_after() {
	test(|| {
		Lineage::register(0, &[], &[(CONTRIBUTOR, 50)]);
		earn(0, 8);
		let new = 77;
		Lineage::change(0, |split| split.owner = new);
		check();
		earn(0, 1_000);
		settle();
		assert_eq!(income(owner(0)), 4);
		assert_eq!(income(new), 495);
		assert_eq!(income(CONTRIBUTOR), 4 + 495);
	});
}

#[test]
fn shares_apply_to_what_is_earned_while_they_are_shares() {
	test(|| {
		Lineage::register(0, &[], &[(CONTRIBUTOR, 50)]);
		let (late, heir) = (78, 79);
		earn(0, 1_000);
		Lineage::change(0, |split| split.contributors.push((late, percent(20))));
		check();
		earn(0, 1_000);
		Lineage::change(0, |split| split.contributors[0].1 = Share::zero());
		check();
		earn(0, 1_000);
		Lineage::change(0, |split| split.contributors[1].0 = heir);
		check();
		earn(0, 1_000);
		settle();
		assert_eq!(income(CONTRIBUTOR), 495 + 495);
		assert_eq!(income(late), 198 + 198);
		assert_eq!(income(heir), 198);
		assert_eq!(income(owner(0)), 495 + 297 + 792 + 792);
		assert_eq!(pending(0), 0);
	});
}

#[test]
fn a_fraction_of_a_unit_stays_in_its_place() {
	test(|| {
		Lineage::register(0, &[], &[(CONTRIBUTOR, 50)]);
		let heir = 79;
		// A half of a unit each for contributor and owner.
		earn(0, 1);
		Lineage::change(0, |split| {
			split.owner = 77;
			split.contributors[0].0 = heir;
		});
		check();
		assert_eq!((income(CONTRIBUTOR), income(owner(0)), pending(0)), (0, 0, 1));
		earn(0, 1);
		settle_now(0);
		assert_eq!((income(heir), income(77), pending(0)), (1, 1, 0));
	});
}

#[test]
fn what_an_impaired_currency_earned_is_settled_too() {
	test(|| {
		Lineage::register(0, &[], &[(CONTRIBUTOR, 50)]);
		earn_in(&USD, 0, 1_000, None);
		let vault = Ledger::vault_account();
		assert_ok!(Assets::burn(RuntimeOrigin::signed(PAYER), 7, vault, 500));
		assert_ok!(Ledger::report_impaired(RuntimeOrigin::signed(PAYER), USD));
		Lineage::change(0, |split| split.owner = 77);
		assert_eq!(income_in(&USD, owner(0)), 495);
		assert_eq!(income_in(&USD, 77), 0);
	});
}

#[test]
fn settling_costs_what_was_split() {
	test(|| {
		type Weights = ();
		type Database = <Test as frame_system::Config>::DbWeight;
		let read = <Database as Get<frame_support::weights::RuntimeDbWeight>>::get().reads(1);
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[(0, 20)], &[(CONTRIBUTOR, 30)]);
		let look = <Weights as WeightInfo>::look();
		assert_eq!(settle_now(1), look);
		earn_in(&TLY, 1, 1_000, None);
		let visit = |parts| <Weights as WeightInfo>::visit(parts) + read;
		assert_eq!(settle_now(1), look + visit(2));
		earn_in(&USD, 1, 1_000, None);
		// In one currency there is nothing to split any more.
		assert_eq!(settle_now(1), look + visit(2) + visit(0));
		let most = <Royalties as SettleRoyalties>::max_weight();
		assert_eq!(most, look + visit(32) * 4);
	});
}

#[test]
fn what_is_due_stays_due_and_the_wave_passes_over_it() {
	test(|| {
		Lineage::register(0, &[], &[]);
		Lineage::register(1, &[(0, 50)], &[]);
		earn(1, 1_000);
		earn(0, 1_000);
		settle_now(1);
		assert!(Due::<Test>::contains_key(WaveKey::from(1), TLY));
		assert_eq!(visits(), [1]);

		let before = Tallies::<Test>::get(1, TLY);
		let done = Royalties::distribute(RuntimeOrigin::signed(PAYER), 1).unwrap();
		let passed = <() as WeightInfo>::look() + <() as WeightInfo>::visit(0);
		assert_eq!(done.actual_weight, Some(passed));
		assert!(!Due::<Test>::contains_key(WaveKey::from(1), TLY));
		assert_eq!(Tallies::<Test>::get(1, TLY), before);
		assert_eq!(visits(), [1], "there was nothing to split, and nothing is said");
		settle();
		assert_eq!(visits(), [1, 0]);
	});
}

#[test]
fn an_unknown_artifact_has_nothing_to_settle() {
	test(|| {
		assert_eq!(settle_now(9), <() as WeightInfo>::look());
	});
}

/// A stream of random numbers (xorshift), the same in each run.
struct Dice(u64);

impl Dice {
	fn roll(&mut self, sides: u64) -> u64 {
		self.0 ^= self.0 << 13;
		self.0 ^= self.0 >> 7;
		self.0 ^= self.0 << 17;
		self.0 % sides
	}
}

/// Floors of running totals, by place: what each place of a split is owed in a currency, in billionths.
#[derive(Default)]
struct Places {
	totals: BTreeMap<(CurrencyId, usize), u128>,
	incomes: BTreeMap<(CurrencyId, AccountId), Balance>,
}

impl Places {
	/// Adds to the total of a place; whoever is in it has what the whole units rose by.
	fn flow(&mut self, currency: &CurrencyId, place: usize, who: AccountId, parts: u128) {
		const BILLION: u128 = 1_000_000_000;
		let total = self.totals.entry((currency.clone(), place)).or_default();
		let before = *total / BILLION;
		*total += parts;
		let rose = *total / BILLION - before;
		*self.incomes.entry((currency.clone(), who)).or_default() += rose;
	}
}

#[test]
fn random_changes_of_shares_and_owners_leave_every_income_exact() {
	for seed in 1..=20 {
		test(|| random_changes(&mut Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed))));
	}
}

/// Uses are paid for in two currencies, the owner and the shares change in between. Each account has
/// what the places that it was in are owed of what was paid while it was in them.
fn random_changes(dice: &mut Dice) {
	const OWNER: usize = usize::MAX;
	Lineage::register(0, &[], &[(2_000, 33)]);
	let mut model = Places::default();
	let mut fees = BTreeMap::<CurrencyId, Tally>::new();
	// What was paid since the artifact was split last.
	let mut unsplit = BTreeMap::<CurrencyId, Balance>::new();
	let split = |model: &mut Places, unsplit: &mut BTreeMap<CurrencyId, Balance>| {
		let now = <Lineage as ArtifactInspect<_>>::split(0).unwrap();
		let mut left = Share::one().deconstruct();
		for (place, (who, share)) in now.contributors.iter().enumerate() {
			let share = share.deconstruct();
			left -= share;
			for (currency, gross) in unsplit.iter() {
				model.flow(currency, place, *who, gross * u128::from(share));
			}
		}
		for (currency, gross) in unsplit.iter() {
			model.flow(currency, OWNER, now.owner, gross * u128::from(left));
		}
		unsplit.clear();
	};
	let mut next_account = 3_000;
	for _ in 0..300 {
		match dice.roll(8) {
			0..=3 => {
				let currency = if dice.roll(2) == 0 { TLY } else { USD };
				let amount = [1, 3, 7, 100, 99_999][dice.roll(5) as usize];
				let tally = fees.entry(currency.clone()).or_default();
				let (fee, rest) = accrue(amount, ProtocolFee::get(), tally.fee_remainder);
				tally.fee_remainder = rest;
				*unsplit.entry(currency.clone()).or_default() += amount - fee;
				earn_in(&currency, 0, amount, None);
			}
			4 => next_block(),
			5 => {
				split(&mut model, &mut unsplit);
				next_account += 1;
				Lineage::change(0, |split| split.owner = next_account);
			}
			6 => {
				split(&mut model, &mut unsplit);
				next_account += 1;
				let share = Share::from_parts(dice.roll(100_000_000) as u32);
				Lineage::change(0, |split| {
					let taken: u32 =
						split.contributors.iter().map(|(_, share)| share.deconstruct()).sum();
					let fits = taken + share.deconstruct() <= Share::one().deconstruct();
					if fits && split.contributors.len() < 32 {
						split.contributors.push((next_account, share));
					}
				});
			}
			_ => {
				split(&mut model, &mut unsplit);
				next_account += 1;
				let (gives_up, place) = (dice.roll(2) == 0, dice.roll(32) as usize);
				Lineage::change(0, |split| {
					let place = place % split.contributors.len();
					let place = &mut split.contributors[place];
					if gives_up {
						place.1 = Share::zero();
					} else {
						place.0 = next_account;
					}
				});
			}
		}
		check();
	}
	split(&mut model, &mut unsplit);
	settle_now(0);
	check();
	for ((currency, who), should) in model.incomes {
		assert_eq!(income_in(&currency, who), should, "{who} in {currency:?}");
	}
}
