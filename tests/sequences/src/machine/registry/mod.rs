//! Calls of the registry, by what they are about: here an artifact, its shares, and its owner.

mod derivatives;
mod versions;

use super::{
	bounded, now,
	pick::{by, nth},
	share, World, NOWHERE,
};
use crate::{
	chain::{account, Who, ACCOUNTS, PEOPLE},
	model::{self, WHOLE},
	must,
	step::{By, Flaw, Part, Pick},
	Violation,
};
use frame_support::storage::with_storage_layer;
use pallet_registry::{
	Contributor, Derivation, LeastAmount, Licence, Metadata, ParentClaim, Relation,
};
use tallystick_primitives::{ArtifactId, ArtifactKind, CurrencyId, Digest};
use tallystick_runtime::{Registry, Runtime};

impl World {
	pub(in crate::machine) fn register(
		&mut self,
		who: Who,
		kind: u8,
		licence: u8,
		parents: Vec<(Pick, Part)>,
		contributors: Vec<(u8, Part)>,
		flaw: Flaw,
	) -> Result<(), Violation> {
		// Whoever has an approval uses it, mostly.
		let approved =
			self.model.derivative_requests.iter().filter(|(_, request)| request.approved);
		let approved = approved.map(|((parent, asker), _)| (*parent, *asker));
		let user = if kind & 8 == 0 { nth(approved, kind.into()) } else { None };
		let who = user.map_or(who, |(_, asker)| asker);
		let id = self.model.artifacts.len() as ArtifactId;
		if id >= self.limit {
			self.tell("there are as many artifacts as there may be".into());
			return Ok(());
		}
		let flaw = flaw.of(8);
		let mut left = WHOLE;
		let mut take = |part: Part| {
			let share = part.0.min(left);
			left -= share;
			share
		};
		// Those that allow it, and sometimes one that asks for an approval that is not there.
		let mut chosen: Vec<(ArtifactId, Part)> = Vec::new();
		chosen.extend(user.map(|(parent, _)| (parent, Part(0))));
		for (pick, part) in parents {
			let allowed = (0..id).filter(|id| {
				let artifact = &self.model.artifacts[*id as usize];
				artifact.free || (artifact.by_approval && pick.is_multiple_of(8))
			});
			chosen.extend(nth(allowed, pick / 8).map(|parent| (parent, part)));
		}
		let mut claims: Vec<(ArtifactId, u32)> = Vec::new();
		let mut relations: Vec<Relation> = Vec::new();
		for (parent, Part(part)) in chosen {
			if claims.iter().any(|(id, _)| *id == parent) {
				continue;
			}
			let approval = self.approval(parent, who);
			let (agreed, least) = approval.unwrap_or((relation(kind), 0));
			claims.push((
				parent,
				take(Part(if flaw == 8 { least.saturating_sub(1) } else { part.max(least) })),
			));
			relations.push(if flaw == 7 { relation(kind) } else { agreed });
		}
		let mut named: Vec<(Who, u32)> = Vec::new();
		for (who, part) in contributors {
			let share = take(Part(part.0.max(1)));
			if share > 0 && !named.iter().any(|(known, _)| *known == who) {
				named.push((who, share));
			}
		}
		match flaw {
			2 => named.push((ACCOUNTS - 1, WHOLE)),
			3 => claims.push((NOWHERE, 0)),
			4 => claims.extend(claims.first().copied()),
			5 => named.push((who, 0)),
			_ => {}
		}
		let kinds =
			[ArtifactKind::Model, ArtifactKind::Adapter, ArtifactKind::Dataset, ArtifactKind::Code];
		let mut terms = terms(licence);
		if flaw == 6 {
			terms.expires = Some(now());
		}
		let call = pallet_registry::Call::register {
			kind: kinds[usize::from(kind % 4)],
			metadata: metadata(if flaw == 1 { Digest::zero() } else { Digest::repeat_byte(1) }),
			licence: terms,
			parents: claims
				.iter()
				// A flaw may have added parents.
				.zip(relations.iter().chain(std::iter::repeat(&relation(kind))))
				.map(|(&(artifact, part), &relation)| ParentClaim {
					artifact,
					relation,
					share: share(part),
					terms: agreed(artifact),
				})
				.collect::<Vec<_>>()
				.try_into()
				.expect("few"),
			contributors: named
				.iter()
				.map(|&(who, part)| Contributor { account: account(who), share: share(part) })
				.collect::<Vec<_>>()
				.try_into()
				.expect("few"),
		};
		let line = format!("artifact {id}, parents {claims:?}, contributors {named:?}");
		if self.call(who, "registry.register", line, call) {
			let artifact = model::Artifact {
				owner: who,
				parents: claims,
				most: named.iter().map(|(_, share)| *share).collect(),
				contributors: named,
				free: licence == 0,
				by_approval: is_by_approval(licence),
				versions: Vec::new(),
				serving: None,
			};
			let asked = self.model.derivative_requests.len();
			self.model.register(artifact, relations)?;
			if self.model.derivative_requests.len() < asked {
				self.coverage.count("an approval is used up", true);
			}
		}
		Ok(())
	}

	pub(in crate::machine) fn pick_artifact(&self, pick: Pick) -> Option<ArtifactId> {
		nth(0..self.model.artifacts.len() as ArtifactId, pick)
	}

	pub(in crate::machine) fn owner(&self, artifact: ArtifactId) -> Who {
		self.model.artifacts.get(artifact as usize).map_or(0, |artifact| artifact.owner)
	}

	pub(in crate::machine) fn confirm_parent(&mut self, pick: Pick, who: By, flaw: Flaw) {
		let edges = (0..).zip(&self.model.artifacts).flat_map(|(child, artifact)| {
			artifact.parents.iter().map(move |(parent, _)| (child, *parent))
		});
		let (child, mut parent) = nth(edges, pick).unwrap_or((NOWHERE, NOWHERE));
		if flaw.of(1) == 1 {
			parent = child;
		}
		let call = pallet_registry::Call::confirm_parent { child, parent };
		let line = format!("{parent} is a parent of {child}");
		self.call(by(who, self.owner(parent)), "registry.confirm_parent", line, call);
	}

	pub(in crate::machine) fn update_metadata(
		&mut self,
		pick: Pick,
		who: By,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let right = self.owner(artifact);
		let (who, flaw) = (by(who, right), flaw.of(1));
		let digest = if flaw == 1 { Digest::zero() } else { self.unique() };
		let call = pallet_registry::Call::update_metadata { artifact, metadata: metadata(digest) };
		if self.call(who, "registry.update_metadata", format!("of artifact {artifact}"), call) {
			must!(who == right && flaw == 0, "{who} changed the metadata of artifact {artifact}");
		}
		Ok(())
	}

	pub(in crate::machine) fn update_licence(&mut self, pick: Pick, who: By, licence: u8) {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let call = pallet_registry::Call::update_licence { artifact, licence: terms(licence) };
		let line = format!("{licence} of artifact {artifact}");
		if self.call(by(who, self.owner(artifact)), "registry.update_licence", line, call) {
			let changed = &mut self.model.artifacts[artifact as usize];
			(changed.free, changed.by_approval) = (licence == 0, is_by_approval(licence));
		}
	}

	pub(in crate::machine) fn offer_gift(&mut self, pick: Pick, who: By, to: u8) {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let call = pallet_registry::Call::offer_gift { artifact, to: account(to) };
		let line = format!("artifact {artifact} to {to}");
		if self.call(by(who, self.owner(artifact)), "registry.offer_gift", line, call) {
			self.model.gifts.insert(artifact, to);
		}
	}

	fn pick_gift(&self, pick: Pick) -> (ArtifactId, Who) {
		nth(self.model.gifts.iter().map(|(id, to)| (*id, *to)), pick).unwrap_or((NOWHERE, 0))
	}

	pub(in crate::machine) fn cancel_gift(&mut self, pick: Pick, who: By, receiver: bool) {
		let (artifact, to) = self.pick_gift(pick);
		let right = if receiver && to < PEOPLE { to } else { self.owner(artifact) };
		let call = pallet_registry::Call::cancel_gift { artifact };
		let line = format!("artifact {artifact}, for {to}");
		if self.call(by(who, right), "registry.cancel_gift", line, call) {
			self.model.gifts.remove(&artifact);
		}
	}

	/// A gift to an account without a key stays where it is: nobody can accept it.
	pub(in crate::machine) fn accept_gift(
		&mut self,
		pick: Pick,
		who: By,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let (artifact, to) = self.pick_gift(pick);
		let who = by(who, to.min(PEOPLE - 1));
		let max_bytes = if flaw.of(1) == 1 { 1 } else { u64::MAX };
		let call = pallet_registry::Call::accept_gift { artifact, max_bytes };
		let line = format!("artifact {artifact}, for {to}");
		if self.call(who, "registry.accept_gift", line, call) {
			must!(who == to, "account {who} accepted a gift for {to}");
			self.changed_hands(artifact, to)?;
		}
		Ok(())
	}

	pub(in crate::machine) fn add_contributor(
		&mut self,
		pick: Pick,
		who: By,
		to: u8,
		part: Part,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let dearest = pallet_providers::DearestShares::<Runtime>::get(artifact).deconstruct();
		let left = self
			.model
			.artifacts
			.get(artifact as usize)
			.map_or(0, |artifact| WHOLE - artifact.upstream() - dearest);
		let part = match flaw.of(1) {
			1 => WHOLE.min(left + 1),
			_ => part.0.min(left),
		};
		let contributor = Contributor { account: account(to), share: share(part) };
		let call = pallet_registry::Call::add_contributor { artifact, contributor };
		let line = format!("{part} of artifact {artifact} to {to}");
		if self.call(by(who, self.owner(artifact)), "registry.add_contributor", line, call) {
			self.settled(artifact)?;
			self.model.artifacts[artifact as usize].give(to, part);
		}
		Ok(())
	}

	/// A share of somebody who has a key.
	fn pick_share(&self, pick: Pick) -> (ArtifactId, Who) {
		let shares = (0..).zip(&self.model.artifacts).flat_map(|(id, artifact)| {
			let paid =
				artifact.contributors.iter().filter(|(who, part)| *who < PEOPLE && *part > 0);
			paid.map(move |(who, _)| (id, *who))
		});
		nth(shares, pick).unwrap_or((NOWHERE, 0))
	}

	pub(in crate::machine) fn renounce_share(
		&mut self,
		pick: Pick,
		who: By,
	) -> Result<(), Violation> {
		let (artifact, right) = self.pick_share(pick);
		let who = by(who, right);
		let call = pallet_registry::Call::renounce_share { artifact };
		if self.call(who, "registry.renounce_share", format!("artifact {artifact}"), call) {
			self.settled(artifact)?;
			self.model.artifacts[artifact as usize].renounce(who);
		}
		Ok(())
	}

	pub(in crate::machine) fn transfer_share(
		&mut self,
		pick: Pick,
		who: By,
		to: u8,
	) -> Result<(), Violation> {
		let (artifact, right) = self.pick_share(pick);
		let who = by(who, right);
		let call = pallet_registry::Call::transfer_share { artifact, to: account(to) };
		let line = format!("artifact {artifact}, to {to}");
		if self.call(who, "registry.transfer_share", line, call) {
			self.settled(artifact)?;
			self.model.artifacts[artifact as usize].transfer(who, to);
		}
		Ok(())
	}

	/// As a pallet does it that trades. The keyless accounts are no owners: the deposit would be held
	/// from the vault's money.
	pub(in crate::machine) fn hand_over(&mut self, pick: Pick, to: u8) -> Result<(), Violation> {
		let to = to % PEOPLE;
		let Some(artifact) = self.pick_artifact(pick) else { return Ok(()) };
		let result = with_storage_layer(|| Registry::hand_over(artifact, &account(to)));
		let line = format!("artifact {artifact} from {} to {to}", self.owner(artifact));
		if self.note("an artifact changes hands", line, &result.map(|_| ())) {
			self.changed_hands(artifact, to)?;
		}
		Ok(())
	}

	/// An artifact has another owner, and is no gift any more.
	fn changed_hands(&mut self, artifact: ArtifactId, to: Who) -> Result<(), Violation> {
		self.settled(artifact)?;
		self.model.gifts.remove(&artifact);
		self.model.artifacts[artifact as usize].owner = to;
		Ok(())
	}

	/// An artifact's earnings were split before its owner or a share changed, by what it was before.
	fn settled(&mut self, artifact: ArtifactId) -> Result<(), Violation> {
		self.follow_events()?;
		self.model.is_settled(artifact)
	}
}

/// What a child of the artifact agrees to now.
fn agreed(artifact: ArtifactId) -> Digest {
	let stored = pallet_registry::Artifacts::<Runtime>::get(artifact);
	stored.map(|stored| stored.licence.agreed_hash()).unwrap_or_default()
}

/// Metadata with a document of this digest.
fn metadata(digest: Digest) -> Metadata {
	Metadata {
		name: bounded(b"artifact"),
		digest,
		locators: vec![bounded(b"ipfs://m")].try_into().expect("one"),
	}
}

/// How something is made from what there is.
fn relation(kind: u8) -> Relation {
	let relations = [
		Relation::FineTunedFrom,
		Relation::TrainedOn,
		Relation::DistilledFrom,
		Relation::QuantizedFrom,
		Relation::MergedFrom,
		Relation::UsesCode,
	];
	relations[usize::from(kind) % relations.len()]
}

fn derivation(licence: u8) -> Derivation {
	let derivations = [Derivation::Free, Derivation::ByApproval, Derivation::Never];
	derivations[usize::from(licence >> 1) % derivations.len()]
}

fn is_by_approval(licence: u8) -> bool {
	derivation(licence) == Derivation::ByApproval
}

/// A licence. Zero is as free as can be.
fn terms(licence: u8) -> Licence<u32> {
	let least = LeastAmount { currency: CurrencyId::Native, per_call: 10, per_1k_tokens: 10 };
	Licence {
		spdx: bounded(b"Apache-2.0"),
		terms: Digest::zero(),
		commercial_use: licence & 1 == 0,
		derivation: derivation(licence),
		training_use: licence & 8 == 0,
		least_share: share(if licence & 16 == 0 { 0 } else { WHOLE / 20 }),
		least_amount: (licence & 64 != 0).then_some(least),
		expires: (licence & 32 != 0).then(|| now() + 30),
	}
}
