//! A digest that a hundred thousand artifacts have as a version, and a parent with as many children.

use super::*;
use crate::Relation::FineTunedFrom;
use frame_support::traits::fungible::Mutate;

/// Another account, with money.
const MALLORY: AccountId = AccountId::new([66; 32]);

const MANY: u32 = 100_000;
const FEW: u32 = 10;
/// The places that a page has.
const PAGE: u32 = 5;

/// `count` artifacts of MALLORY that say they are made from `parent`, with a version that they call
/// theirs.
fn copy(parent: ArtifactId, version: Digest, count: u32) {
	let nowhere = Locators::default();
	let metadata = Metadata { locators: nowhere.clone(), ..Registration::default().metadata };
	let copy = Registration { metadata, ..child_of([claim(parent, FineTunedFrom, 0)]) };
	let info = VersionInfo { locators: nowhere, ..version_info() };
	for _ in 0..count {
		let artifact = copy.clone().submit(&MALLORY).unwrap();
		assert_ok!(Registry::publish(by(MALLORY), artifact, version, info.clone()));
	}
	System::reset_events();
}

#[test]
fn a_hundred_thousand_artifacts_with_a_version_make_no_page_dearer() {
	let (copied, quiet) = (digest(1), digest(2));
	let mut ext = new_test_ext();
	let [original, other] = ext.run(|| {
		assert_ok!(Balances::mint_into(&MALLORY, 1_000_000 * ENDOWMENT));
		let both = [copied, quiet].map(published);
		copy(both[0], copied, MANY - 1);
		copy(both[1], quiet, FEW - 1);
		both
	});
	// Out of the layer of what a block has changed: pages are read from the database.
	ext.commit();

	// Who has the digest: the count, the block's number, the collection; and of each its place, owner,
	// record, version and catalogue.
	let mut page = |version, start| ext.read(|| Registry::published(version, start, PAGE));
	let (shown, few) = page(quiet, 0);
	assert_eq!((shown.total, few.keys as u32), (FEW, 3 + 5 * PAGE));
	for start in [0, MANY / 2, MANY - PAGE] {
		let (shown, many) = page(copied, start);
		assert_eq!((shown.total, shown.versions.len() as u32), (MANY, PAGE));
		many.assert_costs_what_few_cost(&few, PAGE);
	}
	let (shown, _) = page(copied, 0);
	assert_eq!((shown.versions[0].artifact, &shown.versions[0].owner), (original, &ALICE));

	// Who says that it is made from it: the count and each place.
	let mut page = |artifact, start| ext.read(|| Registry::children(artifact, start, PAGE));
	let (shown, few) = page(other, 0);
	assert_eq!((shown.total, few.keys as u32), (FEW - 1, 1 + PAGE));
	for start in [0, MANY / 2, MANY - 1 - PAGE] {
		let (shown, many) = page(original, start);
		assert_eq!((shown.total, shown.children.len() as u32), (MANY - 1, PAGE));
		many.assert_costs_what_few_cost(&few, PAGE);
	}

	// Page by page, each is there once, in the order in which they came; and nothing else.
	ext.execute_and_check(|| {
		let (mut all, mut next) = (Vec::new(), Some(0));
		while let Some(start) = next {
			let page = Registry::published(copied, start, u32::MAX);
			all.extend(page.versions.into_iter().map(|version| version.artifact));
			next = page.next;
		}
		// Ids are dense, and the second is of the quiet digest.
		let copies = other + 1..other + MANY;
		assert_eq!(all, std::iter::once(original).chain(copies).collect::<Vec<_>>());
	});
}

#[test]
fn a_proof_shows_all_artifacts_with_a_version_and_how_many_there_are() {
	let mut ext = new_test_ext();
	let version = digest(1);
	ext.run(|| {
		assert_ok!(Balances::mint_into(&MALLORY, ENDOWMENT));
		copy(artifact_of(ALICE), version, 60);
	});
	ext.commit();
	let (page, reading) = ext.read(|| Registry::published(version, 0, MAX_PAGE));
	// By nothing but the root of the state, the proof, and keys that were known beforehand.
	let total = reading.value::<u32>(&PublishedCount::<Test>::hashed_key_for(version)).unwrap();
	let proved = (0..total)
		.map(|n| {
			let key = PublishedAt::<Test>::hashed_key_for(version, n);
			let artifact = reading.value::<ArtifactId>(&key).unwrap();
			let version = Versions::<Test>::hashed_key_for(artifact, version);
			(artifact, reading.value::<VersionOf<Test>>(&version).unwrap().publisher)
		})
		.collect::<Vec<_>>();
	let shown = page.versions.into_iter().map(|shown| (shown.artifact, shown.version.publisher));
	assert_eq!((total, proved), (60, shown.collect::<Vec<_>>()));
}
