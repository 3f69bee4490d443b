use super::*;
use sp_runtime::traits::BadOrigin;

#[test]
fn anybody_can_do_more_and_pays_for_what_was_done() {
	test(|| {
		Lineage::register(1, &[], &[]);
		earn(1, 1_000);
		let done = Royalties::distribute(RuntimeOrigin::signed(PAYER), 50).unwrap();
		assert_eq!(Balances::balance(&owner(1)), 990);
		let expected = <() as WeightInfo>::look()
			+ <() as WeightInfo>::visit(0)
			+ <() as WeightInfo>::payout();
		assert_eq!(done.actual_weight, Some(expected));
	});
}

#[test]
fn distribute_should_fail_without_a_signature() {
	test(|| {
		assert_noop!(Royalties::distribute(RuntimeOrigin::root(), 1), BadOrigin);
	});
}

#[test]
fn distribute_should_fail_beyond_the_most_steps() {
	test(|| {
		assert_noop!(
			Royalties::distribute(RuntimeOrigin::signed(PAYER), 101),
			Error::<Test>::TooManySteps
		);
	});
}

#[test]
fn distribute_should_fail_when_there_is_nothing_to_do_and_cost_the_look() {
	test(|| {
		let nothing = Error::<Test>::NothingToDistribute.with_weight(<() as WeightInfo>::look());
		assert_noop!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 1), nothing);
		Lineage::register(1, &[], &[]);
		earn(1, 1_000);
		assert_noop!(Royalties::distribute(RuntimeOrigin::signed(PAYER), 0), nothing);
	});
}

#[test]
fn a_look_that_fails_leaves_the_wave_behind_what_it_removed() {
	test(|| {
		for artifact in 0..10 {
			Lineage::register(artifact, &[], &[]);
			earn(artifact, 1_000);
		}
		let distribute = |steps| {
			frame_support::storage::with_storage_layer(|| {
				let call = Royalties::distribute(RuntimeOrigin::signed(PAYER), steps);
				call.map_err(|error| error.error)
			})
		};
		// Ten visits and ten payouts, and the wave is not seen to be over.
		assert_ok!(distribute(10));
		while Royalties::pay_next().is_some() {}
		let last = Some(Position::At(WaveKey::from(0), TLY));
		assert_eq!(WavePosition::<Test>::get(), last);
		for _ in 0..3 {
			// Whoever settles removes nothing that is due, so that the way stays short.
			<Royalties as tallystick_primitives::SettleRoyalties>::settle(5).unwrap();
			assert_eq!(distribute(1), Err(Error::<Test>::NothingToDistribute.into()));
			assert_eq!(WavePosition::<Test>::get(), last);
		}
	});
}
