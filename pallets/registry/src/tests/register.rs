use super::*;
use crate::{Derivation::*, Relation::*};
use frame_support::traits::Consideration;

#[test]
fn registering_mints_the_nft_holds_the_deposit_and_tells() {
	new_test_ext().execute_and_check(|| {
		let registration = Registration {
			kind: ArtifactKind::Dataset,
			contributors: vec![contributor(BOB, 10)],
			..Default::default()
		};
		let id = registration.clone().submit(&ALICE).unwrap();

		assert_eq!(id, 0);
		assert_eq!(NextArtifactId::<Test>::get(), 1);
		assert_eq!(Registry::owner(id), Some(ALICE));
		let artifact = Artifacts::<Test>::get(id).unwrap();
		assert_eq!(artifact.kind, ArtifactKind::Dataset);
		assert_eq!(artifact.metadata, registration.metadata);
		assert_eq!(artifact.licence, registration.licence);
		assert_eq!(artifact.upstream_share, Share::from_percent(10));
		assert_eq!(artifact.registered_at, 1);
		let price = DepositBase::get() + Balance::from(artifact.footprint().size);
		assert_eq!(held(&ALICE), price);
		assert_last_event(Event::Registered {
			artifact: id,
			owner: ALICE,
			kind: ArtifactKind::Dataset,
			metadata_digest: digest(7),
		});
	});
}

#[test]
fn more_bytes_cost_a_higher_deposit() {
	new_test_ext().execute_and_check(|| {
		artifact_of(ALICE);
		let metadata = Metadata { digest: digest(1), uri: longest_uri() };
		Registration { metadata, ..Default::default() }.submit(&BOB).unwrap();
		assert!(held(&BOB) > held(&ALICE));
	});
}

#[test]
fn ids_follow_each_other() {
	new_test_ext().execute_and_check(|| {
		assert_eq!([ALICE, BOB, ALICE].map(artifact_of), [0, 1, 2]);
	});
}

#[test]
fn root_and_unsigned_cannot_register() {
	new_test_ext().execute_and_check(|| {
		let Registration { kind, metadata, licence, .. } = Registration::default();
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Registry::register(
					origin,
					kind,
					metadata.clone(),
					licence.clone(),
					Default::default(),
					Default::default(),
				),
				BadOrigin
			);
		}
	});
}

#[test]
fn who_cannot_pay_the_deposit_cannot_register() {
	new_test_ext().execute_and_check(|| {
		assert_noop!(Registration::default().submit(&PAUPER), TokenError::FundsUnavailable);
	});
}

#[test]
fn a_zero_metadata_digest_is_refused() {
	new_test_ext().execute_and_check(|| {
		let metadata = Metadata { digest: Digest::zero(), uri: longest_uri() };
		assert_noop!(
			Registration { metadata, ..Default::default() }.submit(&ALICE),
			Error::<Test>::MissingMetadata
		);
	});
}

#[test]
fn a_licence_that_is_over_already_is_refused() {
	new_test_ext().execute_and_check(|| {
		System::set_block_number(10);
		let until = |block| {
			let licence = Licence { expires: Some(block), ..open_licence() };
			Registration { licence, ..Default::default() }
		};
		assert_noop!(until(10).submit(&ALICE), Error::<Test>::LicenceExpired);
		assert_ok!(until(11).submit(&ALICE));
	});
}

#[test]
fn parents_are_kept_in_order_and_their_edges_wait_for_confirmation() {
	new_test_ext().execute_and_check(|| {
		let parents = [artifact_of(ALICE), artifact_of(ALICE)];
		let claims = [claim(parents[1], MergedFrom, 20), claim(parents[0], UsesCode, 5)];
		let child = child_of(claims).submit(&BOB).unwrap();

		let artifact = Artifacts::<Test>::get(child).unwrap();
		let edges = artifact.parents.iter().map(|p| (p.artifact, p.relation, p.confirmed));
		assert!(edges.eq([(parents[1], MergedFrom, false), (parents[0], UsesCode, false)]));
		assert_eq!(artifact.upstream_share, Share::from_percent(25));
	});
}

#[test]
fn edges_to_parents_of_the_caller_are_confirmed_at_once() {
	new_test_ext().execute_and_check(|| {
		let (mine, others) = (artifact_of(ALICE), artifact_of(BOB));
		let claims = [claim(mine, FineTunedFrom, 0), claim(others, UsesCode, 0)];
		let child = child_of(claims).submit(&ALICE).unwrap();
		let confirmed = Artifacts::<Test>::get(child).unwrap().parents;
		assert!(confirmed.iter().map(|p| p.confirmed).eq([true, false]));
	});
}

#[test]
fn sixteen_parents_and_sixteen_contributors_fit() {
	new_test_ext().execute_and_check(|| {
		let registration = Registration {
			parents: (0..16).map(|_| claim(artifact_of(ALICE), MergedFrom, 3)).collect(),
			contributors: (50..66).map(|n| contributor(AccountId::new([n; 32]), 3)).collect(),
			..Default::default()
		};
		let child = registration.submit(&BOB).unwrap();
		assert_eq!(Registry::upstream_share(child), Some(Share::from_percent(96)));
	});
}

#[test]
fn unknown_parents_and_the_artifact_itself_are_refused() {
	new_test_ext().execute_and_check(|| {
		let next = artifact_of(ALICE) + 1;
		for unknown in [next, next + 1] {
			assert_noop!(
				child_of([claim(unknown, FineTunedFrom, 0)]).submit(&ALICE),
				Error::<Test>::ParentNotFound
			);
		}
	});
}

#[test]
fn a_parent_named_twice_is_refused_even_with_another_relation() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		assert_noop!(
			child_of([claim(parent, FineTunedFrom, 1), claim(parent, UsesCode, 1)]).submit(&BOB),
			Error::<Test>::DuplicateParent
		);
	});
}

#[test]
fn a_contributor_named_twice_is_refused() {
	new_test_ext().execute_and_check(|| {
		let contributors = vec![contributor(BOB, 1), contributor(CAROL, 1), contributor(BOB, 2)];
		assert_noop!(
			Registration { contributors, ..Default::default() }.submit(&ALICE),
			Error::<Test>::DuplicateContributor
		);
	});
}

#[test]
fn a_contributor_without_a_share_is_refused() {
	new_test_ext().execute_and_check(|| {
		let contributors = vec![contributor(BOB, 0)];
		assert_noop!(
			Registration { contributors, ..Default::default() }.submit(&ALICE),
			Error::<Test>::ZeroShare
		);
	});
}

#[test]
fn the_owner_can_be_a_contributor() {
	new_test_ext().execute_and_check(|| {
		let contributors = vec![contributor(ALICE, 5)];
		assert_ok!(Registration { contributors, ..Default::default() }.submit(&ALICE));
	});
}

#[test]
fn shares_can_reach_the_whole_and_no_more() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let with = |share| Registration {
			parents: vec![claim(parent, FineTunedFrom, 60)],
			contributors: vec![Contributor { account: CAROL, share }],
			..Default::default()
		};
		let rest = Share::from_percent(40);
		let above = Share::from_parts(rest.deconstruct() + 1);
		assert_noop!(with(above).submit(&BOB), Error::<Test>::SharesExceedWhole);
		let child = with(rest).submit(&BOB).unwrap();
		assert_eq!(Registry::upstream_share(child), Some(Share::one()));
	});
}

#[test]
fn the_last_id_is_never_given_out() {
	new_test_ext().execute_and_check(|| {
		NextArtifactId::<Test>::put(ArtifactId::MAX);
		assert_noop!(Registration::default().submit(&ALICE), Error::<Test>::TooManyArtifacts);
		NextArtifactId::<Test>::kill();
	});
}

#[test]
fn without_the_collection_nothing_is_registered() {
	new_test_ext().execute_and_check(|| {
		Collection::<Test>::kill();
		assert_noop!(Registration::default().submit(&ALICE), Error::<Test>::CollectionNotFound);
	});
}

// The licence as a gate.

/// What happens when BOB registers a child of ALICE's artifact with this licence.
fn derive(licence: Licence, relation: Relation) -> Result<ArtifactId, DispatchError> {
	let parent = licensed(ALICE, licence);
	child_of([claim(parent, relation, 10)]).submit(&BOB)
}

const DERIVATIONS: [Relation; 4] = [FineTunedFrom, QuantizedFrom, MergedFrom, UsesCode];
const TRAININGS: [Relation; 2] = [TrainedOn, DistilledFrom];

#[test]
fn a_licence_that_never_allows_derivatives_stops_every_relation_but_training() {
	new_test_ext().execute_and_check(|| {
		let licence = Licence { derivation: Never, ..open_licence() };
		for relation in DERIVATIONS {
			let refused = derive(licence.clone(), relation);
			assert_eq!(refused, Err(Error::<Test>::DerivationForbidden.into()));
		}
		for relation in TRAININGS {
			assert_ok!(derive(licence.clone(), relation));
		}
	});
}

#[test]
fn a_licence_that_asks_for_approval_stops_everybody_but_the_owner() {
	new_test_ext().execute_and_check(|| {
		let licence = Licence { derivation: ByApproval, ..open_licence() };
		for relation in DERIVATIONS {
			let refused = derive(licence.clone(), relation);
			assert_eq!(refused, Err(Error::<Test>::DerivationNotApproved.into()));
		}
		for relation in TRAININGS {
			assert_ok!(derive(licence.clone(), relation));
		}
		let parent = licensed(ALICE, licence);
		assert_ok!(child_of([claim(parent, FineTunedFrom, 10)]).submit(&ALICE));
	});
}

#[test]
fn a_licence_without_training_stops_training_and_distillation_alone() {
	new_test_ext().execute_and_check(|| {
		let licence = Licence { training_use: false, ..open_licence() };
		for relation in TRAININGS {
			let refused = derive(licence.clone(), relation);
			assert_eq!(refused, Err(Error::<Test>::TrainingForbidden.into()));
		}
		for relation in DERIVATIONS {
			assert_ok!(derive(licence.clone(), relation));
		}
	});
}

#[test]
fn a_child_of_a_non_commercial_parent_cannot_be_commercial() {
	new_test_ext().execute_and_check(|| {
		let licence = Licence { commercial_use: false, ..open_licence() };
		let parent = licensed(ALICE, licence.clone());
		let child = child_of([claim(parent, QuantizedFrom, 10)]);
		assert_noop!(child.clone().submit(&BOB), Error::<Test>::CommercialUseForbidden);
		assert_ok!(Registration { licence, ..child }.submit(&BOB));
	});
}

#[test]
fn a_licence_that_is_over_stops_new_children() {
	new_test_ext().execute_and_check(|| {
		let parent = licensed(ALICE, Licence { expires: Some(5), ..open_licence() });
		let child = child_of([claim(parent, FineTunedFrom, 10)]);
		System::set_block_number(4);
		assert_ok!(child.clone().submit(&BOB));
		System::set_block_number(5);
		assert_noop!(child.submit(&BOB), Error::<Test>::LicenceExpired);
	});
}

#[test]
fn owners_need_no_leave_from_themselves() {
	new_test_ext().execute_and_check(|| {
		let licence = Licence {
			commercial_use: false,
			derivation: Never,
			training_use: false,
			expires: Some(5),
			..open_licence()
		};
		let parent = licensed(ALICE, licence);
		System::set_block_number(5);
		for relation in DERIVATIONS.into_iter().chain(TRAININGS) {
			assert_ok!(child_of([claim(parent, relation, 0)]).submit(&ALICE));
		}
	});
}

#[test]
fn a_child_owes_at_least_the_least_share_even_to_a_parent_of_its_own_owner() {
	new_test_ext().execute_and_check(|| {
		let parent =
			licensed(ALICE, Licence { least_share: Share::from_percent(10), ..open_licence() });
		for caller in [ALICE, BOB] {
			assert_noop!(
				child_of([claim(parent, FineTunedFrom, 9)]).submit(&caller),
				Error::<Test>::ShareBelowLeast
			);
			assert_ok!(child_of([claim(parent, FineTunedFrom, 10)]).submit(&caller));
		}
	});
}

#[test]
fn one_parent_that_refuses_is_enough() {
	new_test_ext().execute_and_check(|| {
		let open = artifact_of(ALICE);
		let closed = licensed(CAROL, Licence { derivation: Never, ..open_licence() });
		assert_noop!(
			child_of([claim(open, MergedFrom, 1), claim(closed, MergedFrom, 1)]).submit(&BOB),
			Error::<Test>::DerivationForbidden
		);
	});
}

#[test]
fn the_new_owner_of_a_parent_decides_not_the_old_one() {
	new_test_ext().execute_and_check(|| {
		let parent = licensed(ALICE, Licence { derivation: ByApproval, ..open_licence() });
		assert_ok!(Registry::hand_over(parent, &BOB));
		let child = child_of([claim(parent, FineTunedFrom, 1)]);
		assert_noop!(child.clone().submit(&ALICE), Error::<Test>::DerivationNotApproved);
		assert_ok!(child.submit(&BOB));
	});
}

#[test]
fn the_footprint_of_the_largest_artifact_is_below_its_largest_encoding() {
	// What a deposit is priced by cannot be larger than what the storage is bounded by.
	fn largest<T: Config>() -> u64 {
		<ArtifactOf<T> as codec::MaxEncodedLen>::max_encoded_len() as u64
	}
	new_test_ext().execute_and_check(|| {
		let registration = Registration {
			metadata: Metadata { digest: digest(1), uri: longest_uri() },
			..Default::default()
		};
		let id = registration.submit(&ALICE).unwrap();
		let artifact = Artifacts::<Test>::get(id).unwrap();
		assert!(artifact.footprint().size < largest::<Test>());
		let price = <Test as Config>::Deposit::new(&BOB, artifact.footprint());
		assert_eq!(price, Ok(artifact.deposit));
	});
}
