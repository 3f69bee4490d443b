//! A digest with a hundred thousand anchors: who is first, and what a page costs.

use super::*;
use frame_support::traits::fungible::Mutate;

const MANY: u32 = 100_000;
const FEW: u32 = 10;
/// The places that a page has.
const PAGE: u32 = 5;

/// `count` anchors of `digest`: one by each of so many accounts of this `family`, then of another
/// kind by each of them. With a key, it confirms all.
fn flood(digest: Digest, family: u8, accounts: u32, count: u32, signer: Option<&Signer>) {
	let key = signer.map(Signer::fingerprint);
	for number in 0..count {
		let (round, member) = (number / accounts, number % accounts);
		let mut issuer = [family; 32];
		issuer[..4].copy_from_slice(&member.to_le_bytes());
		let issuer = AccountId::new(issuer);
		if round == 0 {
			assert_ok!(Balances::mint_into(&issuer, 100 * BASE_PRICE));
			if let Some(signer) = signer {
				assert_ok!(bind(issuer.clone(), signer));
			}
		}
		let kind = AnchorKind::ALL[round as usize];
		assert_ok!(anchor_with(issuer, digest, info(kind), key, None));
	}
}

/// A chain on which two digests are claimed in the same way, [`MANY`] times by others the one, and
/// [`FEW`] times the other.
struct Scene {
	ext: Ext,
	victims: Digest,
	quiet: Digest,
	/// The fingerprint of ALICE's key.
	key: Fingerprint,
	/// The victims of the first digest: ALICE had reserved, claims after half of the others, and is
	/// confirmed; BOB is the first that is confirmed.
	first: [AnchorId; 2],
}

impl Scene {
	/// The others are confirmed by this key of theirs, if by any.
	fn new(signer: Option<&Signer>) -> Self {
		let (victims, quiet) = (digest(1), digest(2));
		let mut ext = new_test_ext();
		let (key, first) = ext.run(|| {
			let [alices, bobs] =
				[(ALICE, 1), (BOB, 2)].map(|(who, n)| bind(who, &p256(n)).unwrap());
			let claim = |digest, family, accounts, count| {
				reserve(ALICE, digest).unwrap();
				wait();
				let bob = anchor_with(BOB, digest, info(Other), Some(bobs), None).unwrap();
				flood(digest, family, accounts, count / 2, signer);
				let alice =
					anchor_with(ALICE, digest, info(Other), Some(alices), Some(SALT)).unwrap();
				flood(digest, family + 1, accounts, count / 2, signer);
				[alice, bob]
			};
			// As few accounts as can be: each makes an anchor of every kind.
			let kinds = AnchorKind::ALL.len() as u32;
			let first = claim(victims, 0x80, MANY / 2 / kinds, MANY);
			claim(quiet, 0x90, FEW / 2, FEW);
			(alices, first)
		});
		// Out of the layer of what a block has changed: pages are read from the database.
		ext.commit();
		Self { ext, victims, quiet, key, first }
	}

	/// A page of each of the two digests costs the same, but for the depth of a longer list.
	fn assert_same_cost(&mut self, start: u32, quiet_start: u32) {
		let mut page = |digest, start| {
			let (_, reading) = self.ext.read(|| Provenance::anchors_of(digest, start, PAGE));
			reading
		};
		let (few, many) = (page(self.quiet, quiet_start), page(self.victims, start));
		many.assert_costs_what_few_cost(&few, PAGE);
	}

	/// ALICE and BOB are shown first, and are found without any page by who knows them.
	fn assert_first(&mut self) {
		let Self { ext, victims, key, first, .. } = self;
		let (page, _) = ext.read(|| Provenance::anchors_of(*victims, 0, PAGE));
		let shown = page.anchors.iter().map(|anchor| anchor.id).take(2).collect::<Vec<_>>();
		assert_eq!(shown, *first);
		assert_eq!((page.reserved, page.total), (1, MANY + 2));

		let by_key = IndexKey::ConfirmedBy(*victims, *key);
		let (found, reading) = ext.read(|| list(by_key));
		assert_eq!(found, first[..1]);
		// The count, the place, the anchor, and until when the key is bound.
		assert_eq!(reading.keys, 4);
		let claim = (*victims, Other, ALICE);
		let (found, reading) = ext.read(|| Claimed::<Test>::get(claim));
		assert_eq!((found, reading.keys), (Some(first[0]), 1));
	}
}

#[test]
fn a_hundred_thousand_anchors_hide_nobody_and_make_no_page_dearer() {
	let mut scene = Scene::new(None);
	scene.assert_first();
	// The confirmed and the reserved ones are on the first page; then come all, in their order.
	scene.assert_same_cost(0, 0);
	for start in [PAGE, MANY / 2, MANY - PAGE] {
		scene.assert_same_cost(start, PAGE);
	}
	scene.ext.execute_and_check(|| {});
}

#[test]
fn a_hundred_thousand_confirmed_anchors_are_behind_who_was_first() {
	let copier = p256(3);
	let mut scene = Scene::new(Some(&copier));
	scene.assert_first();
	// Those that are confirmed, and behind them, once more, all.
	for start in [0, PAGE, MANY / 2, MANY - PAGE, MANY + PAGE, 2 * MANY - PAGE] {
		scene.assert_same_cost(start, 0);
	}

	// Who did not reserve, and comes last of all, is far behind; but not for who knows the key.
	let (victims, late) = (scene.victims, AccountId::new([7; 32]));
	let key = scene.ext.run(|| {
		assert_ok!(Balances::mint_into(&late, 100 * BASE_PRICE));
		let key = bind(late.clone(), &p256(4)).unwrap();
		anchor_with(late.clone(), victims, info(Other), Some(key), None).unwrap();
		key
	});
	scene.ext.commit();
	let by_key = IndexKey::ConfirmedBy(victims, key);
	let (page, reading) = scene.ext.read(|| Provenance::anchors_by(by_key, 0, PAGE));
	assert_eq!((page.anchors[0].issuer.clone(), page.total, reading.keys), (late, 1, 4));
	scene.ext.execute_and_check(|| {
		let page = Provenance::anchors_of(victims, MANY + 3, 1);
		assert_eq!(page.anchors[0].confirmation.as_ref().map(|by| by.key), Some(key));
	});
}

#[test]
fn a_proof_shows_all_anchors_of_a_digest_and_how_many_there_are() {
	let mut ext = new_test_ext();
	let key = IndexKey::Digest(digest(1));
	ext.run(|| flood(digest(1), 0x80, 20, 60, None));
	ext.commit();
	let (page, reading) = ext.read(|| Provenance::anchors_by(key.clone(), 0, MAX_PAGE));
	// By nothing but the root of the state, the proof, and keys that were known beforehand.
	let total = reading.value::<u32>(&IndexCount::<Test>::hashed_key_for(&key)).unwrap();
	let proved = (0..total)
		.map(|n| {
			let id = reading.value::<AnchorId>(&Index::<Test>::hashed_key_for(&key, n)).unwrap();
			let anchor = reading.value::<AnchorOf<Test>>(&Anchors::<Test>::hashed_key_for(id));
			(id, anchor.unwrap().issuer)
		})
		.collect::<Vec<_>>();
	let shown = page.anchors.into_iter().map(|anchor| (anchor.id, anchor.issuer));
	assert_eq!((total, proved), (60, shown.collect::<Vec<_>>()));
}
