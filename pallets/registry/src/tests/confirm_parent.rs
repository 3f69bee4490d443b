use super::*;
use crate::Relation::FineTunedFrom;

/// ALICE's parent, and BOB's child of it.
fn parent_and_child() -> (ArtifactId, ArtifactId) {
	let parent = artifact_of(ALICE);
	let child = child_of([claim(parent, FineTunedFrom, 10)]).submit(&BOB).unwrap();
	(parent, child)
}

/// Confirms as `who`.
fn confirm(who: AccountId, child: ArtifactId, parent: ArtifactId) -> Result<(), DispatchError> {
	Registry::confirm_parent(RuntimeOrigin::signed(who), child, parent)
}

#[test]
fn the_owner_of_the_parent_confirms_the_edge() {
	new_test_ext().execute_and_check(|| {
		let (parent, child) = parent_and_child();
		let before = Artifacts::<Test>::get(child).unwrap();
		assert_ok!(confirm(ALICE, child, parent));

		let mut expected = before;
		expected.parents[0].confirmed = true;
		assert_eq!(Artifacts::<Test>::get(child), Some(expected));
		assert_last_event(Event::ParentConfirmed { child, parent });
	});
}

#[test]
fn one_edge_of_several_is_confirmed() {
	new_test_ext().execute_and_check(|| {
		let parents = [artifact_of(ALICE), artifact_of(ALICE)];
		let claims = parents.map(|parent| claim(parent, FineTunedFrom, 1));
		let child = child_of(claims).submit(&BOB).unwrap();
		assert_ok!(confirm(ALICE, child, parents[1]));
		let edges = Artifacts::<Test>::get(child).unwrap().parents;
		assert!(edges.iter().map(|p| p.confirmed).eq([false, true]));
	});
}

#[test]
fn nobody_else_confirms() {
	new_test_ext().execute_and_check(|| {
		let (parent, child) = parent_and_child();
		assert_noop!(confirm(BOB, child, parent), Error::<Test>::NotOwner);
		assert_noop!(confirm(CAROL, child, parent), Error::<Test>::NotOwner);
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Registry::confirm_parent(origin, child, parent), BadOrigin);
		}
	});
}

#[test]
fn after_a_sale_the_new_owner_of_the_parent_confirms() {
	new_test_ext().execute_and_check(|| {
		let (parent, child) = parent_and_child();
		assert_ok!(Registry::hand_over(parent, &CAROL));
		assert_noop!(confirm(ALICE, child, parent), Error::<Test>::NotOwner);
		assert_ok!(confirm(CAROL, child, parent));
	});
}

#[test]
fn an_edge_is_confirmed_once() {
	new_test_ext().execute_and_check(|| {
		let (parent, child) = parent_and_child();
		assert_ok!(confirm(ALICE, child, parent));
		assert_noop!(confirm(ALICE, child, parent), Error::<Test>::AlreadyConfirmed);

		let own = child_of([claim(parent, FineTunedFrom, 10)]).submit(&ALICE).unwrap();
		assert_noop!(confirm(ALICE, own, parent), Error::<Test>::AlreadyConfirmed);
	});
}

#[test]
fn an_unknown_child_has_no_edges() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		assert_noop!(confirm(ALICE, parent + 1, parent), Error::<Test>::ArtifactNotFound);
	});
}

#[test]
fn an_edge_that_the_child_does_not_name_is_not_found() {
	new_test_ext().execute_and_check(|| {
		let (parent, child) = parent_and_child();
		let stranger = artifact_of(ALICE);
		assert_noop!(confirm(ALICE, child, stranger), Error::<Test>::EdgeNotFound);
		// Edges have a direction.
		assert_noop!(confirm(BOB, parent, child), Error::<Test>::EdgeNotFound);
	});
}
