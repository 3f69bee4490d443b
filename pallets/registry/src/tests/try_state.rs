use super::*;
use crate::Relation::FineTunedFrom;

/// A broken state is found, and the good one is put back.
fn assert_found(breaks: impl FnOnce(), mends: impl FnOnce()) {
	breaks();
	assert!(Registry::do_try_state().is_err());
	mends();
	Registry::do_try_state().unwrap();
}

#[test]
fn a_broken_artifact_is_found() {
	new_test_ext().execute_and_check(|| {
		let artifact = shared(ALICE, vec![contributor(BOB, 30), contributor(CAROL, 30)]);
		let good = Artifacts::<Test>::get(artifact).unwrap();
		let parent = Parent {
			artifact,
			relation: FineTunedFrom,
			share: Share::zero(),
			confirmed: true,
			agreed: Agreement { terms: Digest::zero(), commercial_use: false, least_amount: None },
		};
		let shares = ArtifactOf::<Test> { upstream_share: Share::one(), ..good.clone() };
		let cycle = ArtifactOf::<Test> {
			parents: Parents::truncate_from(vec![parent.clone()]),
			..good.clone()
		};
		let mut twice = good.clone();
		twice.contributors[1].account = BOB;
		let bytes = ArtifactOf::<Test> { metadata: longest_metadata(), ..good.clone() };
		for broken in [shares, cycle, twice, bytes] {
			assert_found(
				|| Artifacts::<Test>::insert(artifact, broken),
				|| Artifacts::<Test>::insert(artifact, good.clone()),
			);
		}
		assert_found(
			|| Artifacts::<Test>::remove(artifact),
			|| Artifacts::<Test>::insert(artifact, good),
		);
		assert_found(|| Providers::set(artifact, 41), || Providers::set(artifact, 40));
	});
}

#[test]
fn a_child_that_sells_what_it_may_not_is_found() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let child = child_of([claim(parent, FineTunedFrom, 1)]).submit(&BOB).unwrap();
		let allow = |allowed| {
			Artifacts::<Test>::mutate(child, |artifact| {
				artifact.as_mut().unwrap().parents[0].agreed.commercial_use = allowed;
			})
		};
		assert_found(|| allow(false), || allow(true));
	});
}

#[test]
fn broken_lists_are_found() {
	new_test_ext().execute_and_check(|| {
		let artifact = published(digest(1));
		let child = child_of([claim(artifact, FineTunedFrom, 1)]).submit(&BOB).unwrap();
		let good = Catalogues::<Test>::get(artifact);
		for broken in [
			Catalogue { versions: 0, ..good.clone() },
			Catalogue { versions: 2, ..good.clone() },
			Catalogue { withdrawn: 1, ..good.clone() },
			Catalogue { children: 0, ..good.clone() },
			Catalogue { children: 2, ..good.clone() },
			Catalogue { serving: Some(digest(2)), ..good.clone() },
		] {
			assert_found(
				|| Catalogues::<Test>::insert(artifact, broken),
				|| Catalogues::<Test>::insert(artifact, good.clone()),
			);
		}
		assert_found(
			|| VersionAt::<Test>::insert(artifact, 0, digest(2)),
			|| VersionAt::<Test>::insert(artifact, 0, digest(1)),
		);
		assert_found(
			|| PublishedAt::<Test>::insert(digest(1), 0, child),
			|| PublishedAt::<Test>::insert(digest(1), 0, artifact),
		);
		assert_found(
			|| PublishedAt::<Test>::remove(digest(1), 0),
			|| PublishedAt::<Test>::insert(digest(1), 0, artifact),
		);
		assert_found(
			|| PublishedCount::<Test>::insert(digest(1), 2),
			|| PublishedCount::<Test>::insert(digest(1), 1),
		);
		assert_found(
			|| ChildAt::<Test>::insert(artifact, 0, artifact),
			|| ChildAt::<Test>::insert(artifact, 0, child),
		);
	});
}

#[test]
fn a_wrong_deposit_gift_request_or_lock_is_found() {
	new_test_ext().execute_and_check(|| {
		let artifact = artifact_of(ALICE);
		let good = Deposits::<Test>::get(artifact).unwrap();
		let broken = StorageDeposit { bytes: 1, ..good.clone() };
		assert_found(
			|| Deposits::<Test>::insert(artifact, broken),
			|| Deposits::<Test>::insert(artifact, good.clone()),
		);
		assert_found(
			|| Deposits::<Test>::remove(artifact),
			|| Deposits::<Test>::insert(artifact, good.clone()),
		);
		assert_found(
			|| GiftOffers::<Test>::insert(artifact, ALICE),
			|| GiftOffers::<Test>::remove(artifact),
		);
		assert_found(|| GiftOffers::<Test>::insert(7, ALICE), || GiftOffers::<Test>::remove(7));
		let request = DerivativeRequest {
			relation: FineTunedFrom,
			share: Share::zero(),
			approved: false,
			deposit: good.ticket,
		};
		assert_found(
			|| DerivativeRequests::<Test>::insert(7, BOB, request),
			|| DerivativeRequests::<Test>::remove(7, BOB),
		);
		assert_found(|| Unlocked::<Test>::put(artifact), Unlocked::<Test>::kill);
	});
}
