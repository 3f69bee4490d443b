use super::*;
use crate::{Derivation::*, Relation::*};
use codec::{Decode, Encode};

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
		let price = DepositBase::get() + Balance::from(artifact.stored_bytes());
		assert_eq!(held(&ALICE), price);
		let registered = Event::Registered {
			artifact: id,
			owner: ALICE,
			kind: ArtifactKind::Dataset,
			metadata_digest: digest(7),
			terms: open_licence().agreed_hash(),
		};
		System::assert_has_event(registered.into());
		let share = Share::from_percent(10);
		assert_last_event(Event::ContributorAdded { artifact: id, account: BOB, share });
	});
}

#[test]
fn more_bytes_cost_a_higher_deposit() {
	new_test_ext().execute_and_check(|| {
		artifact_of(ALICE);
		let metadata = longest_metadata();
		Registration { metadata, ..Default::default() }.submit(&BOB).unwrap();
		assert!(held(&BOB) > held(&ALICE) + 1_000);
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
		let metadata = Metadata { digest: Digest::zero(), ..longest_metadata() };
		assert_noop!(
			Registration { metadata, ..Default::default() }.submit(&ALICE),
			Error::<Test>::MissingMetadata
		);
	});
}

#[test]
fn what_is_no_name_is_refused() {
	new_test_ext().execute_and_check(|| {
		for name in [&b""[..], b" ", b"a\x1b[2J", &[0xff], "\u{202e}ledom".as_bytes()] {
			let name = Name::truncate_from(name.to_vec());
			let metadata = Metadata { name, ..longest_metadata() };
			assert_noop!(
				Registration { metadata, ..Default::default() }.submit(&ALICE),
				Error::<Test>::BadName
			);
		}
	});
}

#[test]
fn two_artifacts_can_have_one_name() {
	new_test_ext().execute_and_check(|| {
		let names = [ALICE, BOB]
			.map(|owner| Artifacts::<Test>::get(artifact_of(owner)).unwrap().metadata.name);
		assert_eq!(names[0], names[1]);
	});
}

#[test]
fn an_empty_locator_is_refused() {
	new_test_ext().execute_and_check(|| {
		let metadata = Metadata { locators: locators([""]), ..longest_metadata() };
		assert_noop!(
			Registration { metadata, ..Default::default() }.submit(&ALICE),
			Error::<Test>::EmptyLocator
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
fn a_17th_parent_or_contributor_does_not_decode() {
	let claim = |artifact, relation, percent| ParentClaim {
		artifact,
		relation,
		share: Share::from_percent(percent),
		terms: Digest::zero(),
	};
	let claims = |n: u32| {
		let all = (0..n).map(|id| claim(id, MergedFrom, 1)).collect::<Vec<_>>();
		ParentClaims::decode(&mut &all.encode()[..])
	};
	assert!(claims(16).is_ok());
	assert!(claims(17).is_err());
	let named = |n: u8| {
		let all = (0..n).map(|n| contributor(AccountId::new([n; 32]), 1)).collect::<Vec<_>>();
		Contributors::<AccountId>::decode(&mut &all.encode()[..])
	};
	assert!(named(16).is_ok());
	assert!(named(17).is_err());

	// The same in the call itself: what is submitted by anybody.
	let call = |n: u32| {
		let Registration { kind, metadata, licence, .. } = Registration::default();
		let parents = (0..n).map(|id| claim(id, MergedFrom, 1)).collect::<Vec<_>>();
		let arguments = (kind, metadata, licence, parents, Vec::<Contributor<AccountId>>::new());
		let encoded = (0u8, arguments).encode();
		Call::<Test>::decode(&mut &encoded[..])
	};
	assert!(call(16).is_ok());
	assert!(call(17).is_err());
}

#[test]
fn no_cycle_can_be_registered() {
	new_test_ext().execute_and_check(|| {
		// An artifact names those that there are, and itself is not there yet; and no call names
		// parents afterwards. So the one way to try is to guess an id.
		let first = artifact_of(ALICE);
		let second = first + 1;
		assert_noop!(
			child_of([claim(second, MergedFrom, 1)]).submit(&ALICE),
			Error::<Test>::ParentNotFound
		);
		let second = child_of([claim(first, MergedFrom, 1)]).submit(&ALICE).unwrap();
		let parents = |id| Artifacts::<Test>::get(id).unwrap().parents.len();
		assert_eq!((parents(first), parents(second)), (0, 1));
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
fn a_child_of_ones_own_child_of_what_may_not_be_sold_is_not_sold_either() {
	new_test_ext().execute_and_check(|| {
		let closed = Licence { commercial_use: false, ..open_licence() };
		let parent = licensed(ALICE, closed.clone());
		let below = |parent, licence: &Licence| {
			let parents = vec![claim(parent, FineTunedFrom, 10)];
			Registration { parents, licence: licence.clone(), ..Default::default() }
		};
		let child = below(parent, &closed).submit(&BOB).unwrap();
		assert_noop!(
			below(child, &open_licence()).submit(&BOB),
			Error::<Test>::CommercialUseForbidden
		);
		// Nor does it become so later, however many generations of his are between.
		let mut line = child;
		for _ in 0..3 {
			line = below(line, &closed).submit(&BOB).unwrap();
			assert!(!Artifacts::<Test>::get(line).unwrap().may_be_sold());
			assert_noop!(
				Registry::update_licence(by(BOB), line, open_licence()),
				Error::<Test>::CommercialUseForbidden
			);
		}
		// What nobody refused to ALICE, she sells.
		assert_ok!(below(parent, &open_licence()).submit(&ALICE));
	});
}

#[test]
fn a_registration_names_the_terms_it_saw() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		let child = child_of([claim(parent, FineTunedFrom, 10)]);
		// The parent's owner is quicker, and would be agreed with for ever.
		let dear = Licence { least_amount: Some(least_amount(1_000_000, 0)), ..open_licence() };
		assert_ok!(Registry::update_licence(by(ALICE), parent, dear));
		for who in [ALICE, BOB] {
			assert_noop!(child.clone().submit(&who), Error::<Test>::LicenceChanged);
		}
		// When it ends is not agreed to.
		let until = Licence { expires: Some(5), ..open_licence() };
		assert_ok!(Registry::update_licence(by(ALICE), parent, until));
		assert_ok!(child.submit(&BOB));
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
fn a_withdrawn_parent_is_refused_even_to_its_owner() {
	new_test_ext().execute_and_check(|| {
		let parent = published(digest(1));
		assert_ok!(Registry::publish(by(ALICE), parent, digest(2), version_info()));
		let child = || child_of([claim(parent, FineTunedFrom, 10)]);
		assert_ok!(withdraw(parent, digest(1), WithdrawalKind::Other));
		assert_ok!(child().submit(&BOB));
		// The last one: from the withdrawal on, not only when its notice is over.
		assert_ok!(withdraw(parent, digest(2), WithdrawalKind::Other));
		for who in [ALICE, BOB] {
			assert_noop!(child().submit(&who), Error::<Test>::ParentWithdrawn);
		}
		assert_ok!(Registry::publish(by(ALICE), parent, digest(3), version_info()));
		assert_ok!(child().submit(&BOB));
	});
}

#[test]
fn a_parent_without_versions_is_not_withdrawn() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		assert_ok!(child_of([claim(parent, FineTunedFrom, 10)]).submit(&BOB));
	});
}

#[test]
fn an_edge_keeps_what_was_agreed() {
	new_test_ext().execute_and_check(|| {
		let least = Some(least_amount(5, 7));
		let licence = Licence { least_amount: least.clone(), ..open_licence() };
		let closed = Licence { commercial_use: false, ..licence.clone() };
		let parents = [licensed(ALICE, licence.clone()), licensed(BOB, closed.clone())];
		let claims = parents.map(|parent| claim(parent, FineTunedFrom, 10));
		let child = child_of(claims).submit(&BOB).unwrap();
		let edges = Artifacts::<Test>::get(child).unwrap().parents;
		let expected = [&licence, &closed].map(|licence| Agreement {
			terms: licence.agreed_hash(),
			// BOB needs no leave from himself.
			commercial_use: true,
			least_amount: least.clone(),
		});
		assert!(edges.iter().map(|edge| edge.agreed.clone()).eq(expected));
	});
}

#[test]
fn what_a_deposit_pays_for_is_not_less_than_what_is_stored() {
	new_test_ext().execute_and_check(|| {
		let id = Registration { metadata: longest_metadata(), ..Default::default() }
			.submit(&ALICE)
			.unwrap();
		let artifact = Artifacts::<Test>::get(id).unwrap();
		assert!(artifact.stored_bytes() > artifact.encoded_size() as u64);
		assert!(version_info().stored_bytes() > version_info().encoded_size() as u64);
	});
}

/// The bytes of all keys and values in the state.
fn state() -> u64 {
	let (mut key, mut bytes) = (Vec::new(), 0);
	while let Some(next) = sp_io::storage::next_key(&key) {
		bytes += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
		key = next;
	}
	bytes as u64
}

#[test]
fn a_deposit_pays_for_all_that_the_state_grows_by() {
	new_test_ext().execute_and_check(|| {
		// Accounts, holds and counters are there already, and events are none of the state.
		let parent = published(digest(1));
		for metadata in [Registration::default().metadata, longest_metadata()] {
			System::reset_events();
			let (before, bytes) = (state(), held(&ALICE));
			let contributors = vec![contributor(BOB, 5)];
			let parents = vec![claim(parent, FineTunedFrom, 10)];
			let registration =
				Registration { metadata, parents, contributors, ..Default::default() };
			let child = registration.submit(&ALICE).unwrap();
			assert_ok!(Registry::publish(by(ALICE), child, digest(2), version_info()));
			assert_ok!(Registry::offer_gift(by(ALICE), child, BOB));
			System::reset_events();
			let grown = state() - before;
			let paid = held(&ALICE) - bytes - DepositBase::get();
			assert!(paid >= grown.into(), "{paid} for {grown}");
			assert!(paid < 2 * Balance::from(grown), "{paid} for {grown}");
		}
	});
}
