//! Calls, faults and blocks in random order: after each step all books are right, what is feeless or
//! authorized succeeds, and in the end nothing is left.

use super::*;
use sp_core::Pair;
use tallystick_primitives::{FinishReason, Tokens};

type Providing = pallet_providers::Call<Test>;

/// Numbers that are the same in each run (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
	fn roll(&mut self, sides: u64) -> u64 {
		self.0 =
			self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
		(self.0 >> 33) % sides
	}

	fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
		choices[self.roll(choices.len() as u64) as usize]
	}
}

fn random_params(dice: &mut Dice, n: u64) -> RequestParamsOf<Test> {
	let mut params = params(dice.roll(n + 1));
	params.plan = dice.one_of(&[PLAN, PLAN, NARROW_PLAN]);
	params.version = dice.one_of(&[VERSION, VERSION, OTHER_VERSION]);
	params.provider = dice.one_of(&[None, None, Some(PROVIDER), Some(RIVAL)]);
	params.deadline = dice.roll(30) as u32;
	params.max_units = dice.roll(200).into();
	params.valid_until = System::block_number() + dice.roll(20) as u32;
	if dice.roll(4) == 0 {
		let mut input = inline_input();
		input.salt = [dice.roll(256) as u8; 32];
		params.input = JobInput::Inline(input);
	}
	params
}

fn random_receipt(dice: &mut Dice, id: JobId) -> Receipt<AccountId> {
	let mut receipt = receipt(id);
	receipt.tokens = Tokens {
		prompt: dice.roll(60) as u32,
		cached: dice.roll(30) as u32,
		completion: dice.roll(220) as u32,
		reasoning: dice.roll(100) as u32,
	};
	receipt.units = TARIFF.charge(&receipt.tokens);
	if dice.roll(5) == 0 {
		(receipt.finish, receipt.units) = (FinishReason::Error, dice.roll(2).into());
	}
	receipt
}

fn walk(seed: u64) {
	let mut dice = Dice(seed);
	let (mut requests, mut settled) = (0, 0);
	for n in 0..600 {
		let ids: Vec<_> = Jobs::<Test>::iter_keys().collect();
		match dice.roll(12) {
			0..=4 => {
				let who = dice.one_of(&[CONSUMER, PAUPER]);
				let params = random_params(&mut dice, n);
				let feeless = is_feeless(who, params.clone());
				let result = dispatch(Call::request { params }, who);
				assert!(!feeless || result.is_ok(), "what is free succeeds: {result:?}");
				requests += u32::from(result.is_ok());
			}
			5..=7 if !ids.is_empty() => {
				let id = dice.one_of(&ids);
				let call = submission(random_receipt(&mut dice, id));
				let authorized = authorize(&call).is_ok();
				let accepted = include(call).is_ok_and(|result| result.is_ok());
				let sound = books::Faulty::<Test>::get().1.is_empty();
				assert!(accepted == authorized || !sound, "what is authorized succeeds");
				settled += u32::from(accepted);
			}
			8 if !ids.is_empty() => {
				let job = dice.one_of(&ids);
				let _ = dispatch(Call::decline { job }, dice.one_of(&[PROVIDER, RIVAL]));
			}
			9 => {
				let provider = dice.one_of(&[PROVIDER, RIVAL]);
				let version = dice.one_of(&[VERSION, OTHER_VERSION]);
				let (artifact, share) = (MODEL, SHARE);
				let call = match dice.roll(4) {
					0 => Providing::withdraw_offering { artifact, version, provider },
					1 => Providing::leave {},
					_ => Providing::offer { artifact, version, share, min_deadline: 4 },
				};
				let _ = dispatch(call, provider);
				let accept = Providing::accept_offering {
					artifact,
					version,
					provider,
					share,
					min_deadline: 4,
				};
				let _ = dispatch(accept, OWNER);
				// Who left comes back.
				let pair = service_pair(provider, 0);
				let (service_key, proof) = (pair.public(), proof(&pair, provider));
				let endpoints = endpoints();
				let register = Providing::register { service_key, endpoints, proof };
				let _ = dispatch(register, provider);
			}
			10 if dice.roll(4) == 0 => {
				let artifacts = if dice.roll(3) == 0 { vec![MODEL] } else { vec![] };
				let plans = if dice.roll(3) == 0 { vec![NARROW_PLAN] } else { vec![] };
				books::Faulty::<Test>::put((artifacts, plans));
			}
			_ => run_to_block(System::block_number() + dice.roll(4) as u32),
		}
		check_state();
	}
	assert!(requests > 50 && settled > 20, "the walk went somewhere: {requests}, {settled}");

	books::Faulty::<Test>::kill();
	run_to_block(System::block_number() + 2 * RETRY_AFTER);
	assert_no_jobs();
	assert_eq!(Jobs::<Test>::iter().count(), 0);
	assert_eq!(Agenda::<Test>::iter().count(), 0);
	assert_eq!(Commitments::<Test>::iter().count(), 0);
	assert_eq!(Books::maturing(), 0);
	let paid: Balance = books::Deposits::<Test>::get().iter().map(|deposit| deposit.amount).sum();
	let escrow = books::Escrow::<Test>::get(PLAN) + books::Escrow::<Test>::get(NARROW_PLAN);
	assert_eq!(paid + escrow, 4 * UNITS * PRICE, "all money is where it belongs");
}

#[test]
fn a_random_walk_keeps_the_books() {
	for seed in 1..=8 {
		test_served(|| {
			register(RIVAL);
			activate(RIVAL, VERSION);
			activate(RIVAL, OTHER_VERSION);
			walk(seed);
		});
	}
}
