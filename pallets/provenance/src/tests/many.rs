//! A digest with a hundred thousand anchors.

use super::*;
use frame_support::traits::fungible::Mutate;
use std::time::{Duration, Instant};

const MANY: u32 = 100_000;
const FEW: u32 = 10;

/// `count` anchors of `digest` by accounts of this `family`, each of which makes all kinds.
fn flood(digest: Digest, family: u8, count: u32) {
	for number in 0..count {
		let kinds = AnchorKind::ALL.len() as u32;
		let (member, kind) = (number / kinds, AnchorKind::ALL[(number % kinds) as usize]);
		let mut issuer = [family; 32];
		issuer[..4].copy_from_slice(&member.to_le_bytes());
		let issuer = AccountId::new(issuer);
		if number % kinds == 0 {
			assert_ok!(Balances::mint_into(&issuer, 100 * BASE_PRICE));
		}
		assert_ok!(anchor(issuer, digest, info(kind)));
	}
}

/// The least time that something takes.
fn least(what: impl Fn()) -> Duration {
	let once = || {
		let start = Instant::now();
		what();
		start.elapsed()
	};
	std::iter::repeat_with(once).take(200).min().unwrap()
}

#[test]
fn a_hundred_thousand_anchors_hide_nobody_and_make_no_page_dearer() {
	let (victims, quiet) = (digest(1), digest(2));
	let mut ext = new_test_ext();
	// Half of them are there before the victims, and half come later.
	let (key, confirmed, reserved) = ext.run(|| {
		flood(victims, 0x80, MANY / 2);
		let key = bind(ALICE, &p256(1)).unwrap();
		reserve(BOB, victims).unwrap();
		wait();
		let reserved = anchor_with(BOB, victims, info(Other), None, Some(SALT)).unwrap();
		let confirmed = anchor_with(ALICE, victims, info(Other), Some(key), None).unwrap();
		flood(victims, 0x90, MANY / 2);
		flood(quiet, 0xa0, FEW);
		(key, confirmed, reserved)
	});
	// Out of the layer of what a block has changed: pages are read from the database.
	ext.commit();

	ext.execute_and_check(|| {
		let page = Provenance::anchors_of(victims, 0, FEW);
		assert_eq!((page.confirmed, page.reserved, page.total), (1, 1, MANY + 2));
		let first = page.anchors.iter().take(2).map(|anchor| anchor.id).collect::<Vec<_>>();
		assert_eq!(first, [confirmed, reserved]);
		// Whoever knows the key, or the account, needs no page at all.
		assert_eq!(list(IndexKey::ConfirmedBy(victims, key)), [confirmed]);
		assert_eq!(Claimed::<Test>::get((victims, Other, ALICE)), Some(confirmed));

		let time = |digest, start| {
			least(|| assert!(Provenance::anchors_of(digest, start, FEW).anchors.len() >= 8))
		};
		let few = time(quiet, 0);
		for start in [0, MANY / 2, MANY - FEW] {
			let many = time(victims, start);
			let ratio = many.as_secs_f64() / few.as_secs_f64();
			println!("page at {start}: {many:?} of {MANY}, {few:?} of {FEW}, {ratio:.2} times");
			assert!(ratio < 4.0, "a page got dearer: {ratio}");
		}
	});
}
