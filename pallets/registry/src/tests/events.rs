//! What is known from events alone.

use super::*;
use crate::Relation::{FineTunedFrom, TrainedOn};
use sp_runtime::traits::CheckedAdd;
use std::collections::BTreeMap;

/// What events say of an artifact.
#[derive(PartialEq, Debug)]
struct Told {
	owner: AccountId,
	kind: ArtifactKind,
	metadata_digest: Digest,
	terms: Digest,
	/// Relation, share, agreed terms, and whether it is confirmed, of each parent.
	parents: BTreeMap<ArtifactId, (Relation, Share, Digest, bool)>,
	contributors: BTreeMap<AccountId, Share>,
}

/// Reads events, and nothing else.
#[derive(Default)]
struct Indexer(BTreeMap<ArtifactId, Told>);

impl Indexer {
	/// Reads the events since it last did.
	fn follow(&mut self) {
		for record in System::events() {
			let RuntimeEvent::Registry(event) = record.event else { continue };
			self.read(event);
		}
		System::reset_events();
	}

	fn read(&mut self, event: Event<Test>) {
		use crate::Event::*;
		match event {
			Registered { artifact, owner, kind, metadata_digest, terms } => {
				let (parents, contributors) = Default::default();
				let told = Told { owner, kind, metadata_digest, terms, parents, contributors };
				assert!(self.0.insert(artifact, told).is_none());
			}
			ParentNamed { child, parent, relation, share, terms, confirmed } => {
				let edge = (relation, share, terms, confirmed);
				assert!(self.of(child).parents.insert(parent, edge).is_none());
			}
			ParentConfirmed { child, parent } => {
				let edge = self.of(child).parents.get_mut(&parent).unwrap();
				assert!(!core::mem::replace(&mut edge.3, true));
			}
			MetadataUpdated { artifact, metadata_digest } => {
				self.of(artifact).metadata_digest = metadata_digest;
			}
			LicenceUpdated { artifact, terms } => self.of(artifact).terms = terms,
			ContributorAdded { artifact, account, share } => self.give(artifact, account, share),
			ShareRenounced { artifact, account, share } => self.take(artifact, &account, share),
			ShareTransferred { artifact, from, to, share } => {
				self.take(artifact, &from, share);
				self.give(artifact, to, share);
			}
			HandedOver { artifact, from, to } => {
				assert_eq!(core::mem::replace(&mut self.of(artifact).owner, to), from);
			}
			_ => {}
		}
	}

	fn of(&mut self, artifact: ArtifactId) -> &mut Told {
		self.0.get_mut(&artifact).unwrap()
	}

	fn give(&mut self, artifact: ArtifactId, account: AccountId, share: Share) {
		let has = self.of(artifact).contributors.entry(account).or_default();
		*has = has.checked_add(&share).unwrap();
	}

	fn take(&mut self, artifact: ArtifactId, account: &AccountId, share: Share) {
		assert_eq!(self.of(artifact).contributors.remove(account), Some(share));
	}

	/// It knows of each artifact what the state says.
	fn check(&mut self) {
		self.follow();
		let stored = Artifacts::<Test>::iter().map(|(id, artifact)| {
			let Artifact { kind, metadata, licence, parents, contributors, .. } = artifact;
			let edge = |edge: Parent| {
				let Parent { artifact, relation, share, confirmed, agreed } = edge;
				(artifact, (relation, share, agreed.terms, confirmed))
			};
			let paid = contributors.into_iter().filter(|place| !place.share.is_zero());
			let told = Told {
				owner: Registry::owner(id).unwrap(),
				kind,
				metadata_digest: metadata.digest,
				terms: licence.agreed_hash(),
				parents: parents.into_iter().map(edge).collect(),
				contributors: paid.map(|place| (place.account, place.share)).collect(),
			};
			(id, told)
		});
		assert_eq!(self.0, stored.collect::<BTreeMap<_, _>>());
	}
}

#[test]
fn owners_lineage_and_shares_are_known_from_events_alone() {
	new_test_ext().execute_and_check(|| {
		let mut indexer = Indexer::default();
		let give = |artifact, who: AccountId, percent| {
			let owner = Registry::owner(artifact).unwrap();
			assert_ok!(Registry::add_contributor(by(owner), artifact, contributor(who, percent)));
		};

		let contributors = vec![contributor(BOB, 10), contributor(CAROL, 5)];
		let model = shared(ALICE, contributors.clone());
		let kind = ArtifactKind::Dataset;
		let data = Registration { kind, ..Default::default() }.submit(&BOB).unwrap();
		indexer.check();
		let parents = vec![claim(model, FineTunedFrom, 20), claim(data, TrainedOn, 3)];
		let child = Registration { parents, contributors, ..Default::default() };
		let child = child.submit(&BOB).unwrap();
		indexer.check();
		let confirmed = indexer.of(child).parents.values().map(|edge| edge.3).collect::<Vec<_>>();
		assert_eq!(confirmed, [false, true], "the data is BOB's own");
		assert_ok!(Registry::confirm_parent(by(ALICE), child, model));
		indexer.check();

		// Shares, to who has none, and to who has one; given up, and passed on either way.
		give(model, CAROL, 7);
		give(model, ALICE, 1);
		indexer.check();
		assert_ok!(Registry::transfer_share(by(BOB), model, CAROL));
		indexer.check();
		assert_ok!(Registry::transfer_share(by(CAROL), model, BOB));
		indexer.check();
		assert_ok!(Registry::renounce_share(by(ALICE), model));
		give(model, ALICE, 2);
		indexer.check();

		let licence = Licence { training_use: false, ..open_licence() };
		assert_ok!(Registry::update_licence(by(ALICE), model, licence));
		assert_ok!(Registry::update_metadata(by(ALICE), model, longest_metadata()));
		indexer.check();
		assert_ok!(Registry::offer_gift(by(ALICE), model, CAROL));
		assert_ok!(Registry::accept_gift(by(CAROL), model, u64::MAX));
		assert_ok!(Registry::hand_over(child, &ALICE));
		indexer.check();
		assert_eq!(indexer.of(model).owner, CAROL);
	});
}

#[test]
fn a_registration_that_fails_tells_nothing() {
	new_test_ext().execute_and_check(|| {
		let parent = artifact_of(ALICE);
		System::reset_events();
		let parents = vec![claim(parent, FineTunedFrom, 60)];
		let contributors = vec![contributor(CAROL, 41)];
		let above = Registration { parents, contributors, ..Default::default() };
		assert_noop!(above.submit(&BOB), Error::<Test>::SharesExceedWhole);
		assert!(System::events().is_empty());
	});
}
