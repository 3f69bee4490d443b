use super::*;
use crate::{Derivation::*, Relation::*};

/// An artifact of ALICE whose derivatives need approval.
fn guarded() -> ArtifactId {
	licensed(ALICE, Licence { derivation: ByApproval, ..open_licence() })
}

fn percent(percent: u32) -> Share {
	Share::from_percent(percent)
}

fn request(who: AccountId, parent: ArtifactId, relation: Relation) -> Result<(), DispatchError> {
	Registry::request_derivative(by(who), parent, relation, percent(10))
}

fn approve(who: AccountId, parent: ArtifactId, asker: AccountId) -> Result<(), DispatchError> {
	Registry::approve_derivative(by(who), parent, asker, FineTunedFrom, percent(10))
}

fn close(who: AccountId, parent: ArtifactId, asker: AccountId) -> Result<(), DispatchError> {
	Registry::close_derivative_request(by(who), parent, asker)
}

/// BOB registers a child.
fn derive(
	parent: ArtifactId,
	relation: Relation,
	percent: u32,
) -> Result<ArtifactId, DispatchError> {
	child_of([claim(parent, relation, percent)]).submit(&BOB)
}

#[test]
fn an_approval_lets_its_asker_register_one_derivative() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_ok!(request(BOB, parent, FineTunedFrom));
		let (relation, share) = (FineTunedFrom, percent(10));
		assert_last_event(Event::DerivativeRequested { parent, who: BOB, relation, share });
		let deposit = held(&BOB);
		assert!(deposit > DepositBase::get());
		assert_eq!(derive(parent, relation, 10), Err(Error::<Test>::DerivationNotApproved.into()));

		assert_ok!(approve(ALICE, parent, BOB));
		assert_last_event(Event::DerivativeApproved { parent, who: BOB, relation, share });
		let child = derive(parent, relation, 10).unwrap();
		System::assert_has_event(Event::DerivativeRequestClosed { parent, who: BOB }.into());
		let edge = Artifacts::<Test>::get(child).unwrap().parents[0].clone();
		assert!(!edge.confirmed, "leave is no confirmation");
		// The deposit is back; what is held is for the child.
		let for_child = Deposits::<Test>::get(child).unwrap().bytes;
		assert_eq!(held(&BOB), DepositBase::get() + Balance::from(for_child));
		// It is used up.
		assert_eq!(derive(parent, relation, 10), Err(Error::<Test>::DerivationNotApproved.into()));
	});
}

#[test]
fn an_approval_is_for_its_relation_and_at_least_its_share() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_ok!(request(BOB, parent, FineTunedFrom));
		assert_ok!(approve(ALICE, parent, BOB));
		let differs = Err(Error::<Test>::ApprovalDiffers.into());
		assert_eq!(derive(parent, QuantizedFrom, 10), differs);
		assert_eq!(derive(parent, FineTunedFrom, 9), differs);
		assert_ok!(derive(parent, FineTunedFrom, 11));
	});
}

#[test]
fn an_approval_is_nobody_elses() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_ok!(request(BOB, parent, FineTunedFrom));
		assert_ok!(approve(ALICE, parent, BOB));
		assert_noop!(
			child_of([claim(parent, FineTunedFrom, 10)]).submit(&CAROL),
			Error::<Test>::DerivationNotApproved
		);
	});
}

#[test]
fn an_approval_opens_no_other_gate() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_ok!(request(BOB, parent, FineTunedFrom));
		assert_ok!(approve(ALICE, parent, BOB));
		let licence = Licence { derivation: ByApproval, ..open_licence() };
		for (closed, error) in [
			(Licence { derivation: Never, ..licence.clone() }, Error::<Test>::DerivationForbidden),
			(Licence { expires: Some(1), ..licence.clone() }, Error::LicenceExpired),
			(Licence { commercial_use: false, ..licence.clone() }, Error::CommercialUseForbidden),
			(Licence { least_share: percent(11), ..licence }, Error::ShareBelowLeast),
		] {
			assert_ok!(Registry::update_licence(by(ALICE), parent, closed));
			assert_eq!(derive(parent, FineTunedFrom, 10), Err(error.into()));
		}
	});
}

#[test]
fn the_owner_approves_what_it_saw() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_noop!(approve(ALICE, parent, BOB), Error::<Test>::RequestNotFound);
		assert_ok!(request(BOB, parent, QuantizedFrom));
		assert_noop!(approve(ALICE, parent, BOB), Error::<Test>::RequestChanged);
		assert_noop!(
			Registry::approve_derivative(by(ALICE), parent, BOB, QuantizedFrom, percent(9)),
			Error::<Test>::RequestChanged
		);
		let approve =
			|| Registry::approve_derivative(by(ALICE), parent, BOB, QuantizedFrom, percent(10));
		assert_ok!(approve());
		assert_noop!(approve(), Error::<Test>::AlreadyApproved);
		assert_owner_only(
			|origin, id| {
				Registry::approve_derivative(origin, id, CAROL, QuantizedFrom, percent(10))
			},
			parent,
		);
	});
}

#[test]
fn asker_and_owner_end_a_request_and_the_deposit_goes_back() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		for ends in [BOB, ALICE] {
			assert_ok!(request(BOB, parent, FineTunedFrom));
			assert_ok!(approve(ALICE, parent, BOB));
			assert_noop!(close(CAROL, parent, BOB), Error::<Test>::NotAuthorized);
			assert_ok!(close(ends.clone(), parent, BOB));
			assert_last_event(Event::DerivativeRequestClosed { parent, who: BOB });
			assert_eq!(held(&BOB), 0);
			assert_noop!(close(ends, parent, BOB), Error::<Test>::RequestNotFound);
			let refused = derive(parent, FineTunedFrom, 10);
			assert_eq!(refused, Err(Error::<Test>::DerivationNotApproved.into()));
		}
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Registry::close_derivative_request(origin, parent, BOB), BadOrigin);
		}
	});
}

#[test]
fn a_new_owner_can_end_what_the_old_one_approved() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_ok!(request(BOB, parent, FineTunedFrom));
		assert_ok!(approve(ALICE, parent, BOB));
		assert_ok!(Registry::hand_over(parent, &CAROL));
		assert_noop!(close(ALICE, parent, BOB), Error::<Test>::NotAuthorized);
		assert_ok!(close(CAROL, parent, BOB));
	});
}

#[test]
fn one_request_of_an_account_for_a_parent() {
	new_test_ext().execute_and_check(|| {
		let parent = guarded();
		assert_ok!(request(BOB, parent, FineTunedFrom));
		assert_noop!(request(BOB, parent, UsesCode), Error::<Test>::AlreadyRequested);
		assert_ok!(request(CAROL, parent, UsesCode));
		assert_ok!(request(BOB, guarded(), UsesCode));
	});
}

#[test]
fn who_needs_no_approval_or_can_have_none_is_told_so() {
	new_test_ext().execute_and_check(|| {
		let (free, parent) = (artifact_of(ALICE), guarded());
		let not_needed = || Error::<Test>::ApprovalNotNeeded;
		assert_noop!(request(BOB, free, FineTunedFrom), not_needed());
		assert_noop!(request(ALICE, parent, FineTunedFrom), not_needed());
		assert_noop!(request(BOB, parent, TrainedOn), not_needed());
		assert_noop!(request(BOB, parent, DistilledFrom), not_needed());
		let never = licensed(ALICE, Licence { derivation: Never, ..open_licence() });
		assert_noop!(request(BOB, never, FineTunedFrom), Error::<Test>::DerivationForbidden);
		assert_noop!(request(BOB, 1_000, FineTunedFrom), Error::<Test>::ParentNotFound);
		assert_noop!(
			Registry::request_derivative(RuntimeOrigin::root(), parent, UsesCode, percent(1)),
			BadOrigin
		);
	});
}

#[test]
fn a_request_offers_the_least_share_and_pays_its_deposit() {
	new_test_ext().execute_and_check(|| {
		let licence =
			Licence { derivation: ByApproval, least_share: percent(11), ..open_licence() };
		let parent = licensed(ALICE, licence);
		assert_noop!(request(BOB, parent, FineTunedFrom), Error::<Test>::ShareBelowLeast);
		let parent = guarded();
		assert_noop!(request(PAUPER, parent, FineTunedFrom), TokenError::FundsUnavailable);
	});
}
