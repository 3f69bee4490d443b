use super::*;
use crate::Relation::FineTunedFrom;
use tallystick_primitives::runtime_api::{
	ArtifactView, ChildPage, ParentView, PublishedPage, VersionPage, VersionView,
};

#[test]
fn the_view_of_an_artifact_is_complete() {
	new_test_ext().execute_and_check(|| {
		let licence = Licence { least_amount: Some(least_amount(1, 2)), ..open_licence() };
		let parent = licensed(ALICE, licence.clone());
		let child = Registration {
			parents: vec![claim(parent, FineTunedFrom, 20)],
			contributors: vec![contributor(CAROL, 5)],
			..Default::default()
		}
		.submit(&BOB)
		.unwrap();
		System::set_block_number(4);
		assert_ok!(Registry::publish(by(BOB), child, digest(1), version_info()));
		assert_ok!(Registry::set_serving(by(BOB), child, Some(digest(1))));
		assert_ok!(Registry::confirm_parent(by(ALICE), child, parent));
		assert_ok!(Registry::offer_gift(by(BOB), child, CAROL));

		let version = VersionView {
			number: 0,
			digest: digest(1),
			format: vec![b'f'; 32],
			files: 2,
			bytes: 1_000,
			locators: longest_locators(),
			publisher: BOB,
			published_at: 4,
			status: VersionStatus::Published,
			servable: true,
		};
		let view = ArtifactView {
			owner: BOB,
			kind: ArtifactKind::Model,
			name: b"model".to_vec(),
			metadata_digest: digest(7),
			metadata_locators: locators(["ipfs://metadata"]),
			licence: open_licence(),
			parents: vec![ParentView {
				artifact: parent,
				relation: FineTunedFrom,
				share: Share::from_percent(20),
				confirmed: true,
				terms: licence.agreed_hash(),
				commercial_use: true,
				least_amount: Some(least_amount(1, 2)),
			}],
			contributors: vec![(CAROL, Share::from_percent(5))],
			upstream_share: Share::from_percent(25),
			registered_at: 1,
			versions: vec![version],
			version_count: 1,
			serving: Some(digest(1)),
			withdrawn: false,
			children: 0,
			gift_to: Some(CAROL),
			stored_bytes: Deposits::<Test>::get(child).unwrap().bytes,
		};
		assert_eq!(Registry::artifact(child), Some(view));
		assert_eq!(Registry::artifact(parent).unwrap().children, 1);
	});
}

#[test]
fn nothing_is_shown_of_an_unknown_artifact() {
	new_test_ext().execute_and_check(|| {
		assert_eq!(Registry::artifact(0), None);
		let none = VersionPage { versions: vec![], next: None, total: 0 };
		assert_eq!(Registry::versions(0, 0, 10), none);
		let none = ChildPage { children: vec![], next: None, total: 0 };
		assert_eq!(Registry::children(0, 0, 10), none);
	});
}

#[test]
fn versions_are_read_in_pages_and_the_view_shows_the_newest() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let digests = (1..=120).map(digest).collect::<Vec<_>>();
		let info = VersionInfo { locators: Default::default(), ..version_info() };
		for version in &digests {
			assert_ok!(Registry::publish(by(ALICE), artifact, *version, info.clone()));
		}
		let page = |start, limit| {
			let VersionPage { versions, next, total } = Registry::versions(artifact, start, limit);
			let digests = versions.iter().map(|version| version.digest).collect::<Vec<_>>();
			(digests, next, total)
		};
		assert_eq!(page(0, 2), (digests[..2].to_vec(), Some(2), 120));
		assert_eq!(page(118, 10), (digests[118..].to_vec(), None, 120));
		assert_eq!(page(0, u32::MAX), (digests[..100].to_vec(), Some(100), 120));
		assert_eq!(page(u32::MAX, u32::MAX), (vec![], None, 120));
		let view = Registry::artifact(artifact).unwrap();
		assert!(view.versions.iter().map(|version| version.digest).eq(digests[20..].to_vec()));
		assert_eq!(view.version_count, 120);
	});
}

#[test]
fn children_are_read_in_pages() {
	new_test_ext().execute_and_check(|| {
		let parents = [artifact_of(ALICE), artifact_of(ALICE)];
		let children = (0..5)
			.map(|n| {
				let both = parents.map(|parent| claim(parent, FineTunedFrom, 1));
				let parents = both[..1 + n % 2].to_vec();
				Registration { parents, ..Default::default() }.submit(&BOB).unwrap()
			})
			.collect::<Vec<_>>();
		let page = |parent, start, limit| {
			let ChildPage { children, next, total } = Registry::children(parent, start, limit);
			(children, next, total)
		};
		assert_eq!(page(parents[0], 0, 3), (children[..3].to_vec(), Some(3), 5));
		assert_eq!(page(parents[0], 3, 3), (children[3..].to_vec(), None, 5));
		assert_eq!(page(parents[1], 0, 10), (vec![children[1], children[3]], None, 2));
	});
}

#[test]
fn who_has_a_version_is_one_look_whatever_the_number_of_artifacts() {
	new_test_ext().execute_and_check(|| {
		let of = |start, limit| {
			let page: PublishedPage<AccountId> = Registry::published(digest(1), start, limit);
			let artifacts =
				page.versions.iter().map(|version| version.artifact).collect::<Vec<_>>();
			(artifacts, page.next, page.total)
		};
		assert_eq!(of(0, 100), (vec![], None, 0));
		let artifacts = [ALICE, BOB, CAROL].map(artifact_of);
		for (owner, artifact) in [(BOB, artifacts[1]), (ALICE, artifacts[0]), (CAROL, artifacts[2])]
		{
			assert_ok!(Registry::publish(by(owner.clone()), artifact, digest(1), version_info()));
			assert_ok!(Registry::publish(by(owner), artifact, digest(2), version_info()));
		}
		assert_eq!(of(0, 100), (vec![1, 0, 2], None, 3));
		assert_eq!(of(1, 1), (vec![0], Some(2), 3));
		assert_eq!(of(7, 1), (vec![], None, 3));

		assert_ok!(Registry::set_serving(by(ALICE), artifacts[0], Some(digest(1))));
		let kind = WithdrawalKind::Safety;
		let withdrawal =
			Registry::withdraw_version(by(BOB), artifacts[1], digest(1), kind, Note::default());
		assert_ok!(withdrawal);
		assert_ok!(Registry::hand_over(artifacts[2], &ALICE));
		let [first, second, third]: [_; 3] =
			Registry::published(digest(1), 0, 3).versions.try_into().unwrap();
		assert!(!first.version.servable && !first.serving);
		assert!(second.serving && second.version.servable);
		assert_eq!((third.owner, third.version.publisher), (ALICE, CAROL));
		assert_eq!(third.name, b"model");
	});
}
