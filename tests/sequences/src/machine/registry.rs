//! Calls of the registry, and an artifact that changes hands.

use super::{
	bounded, now,
	pick::{by, nth},
	share, short, World, NOWHERE,
};
use crate::{
	chain::{account, Who, ACCOUNTS, PEOPLE},
	model::{self, WHOLE},
	step::{By, Flaw, Part, Pick},
	Violation,
};
use frame_support::storage::with_storage_layer;
use pallet_registry::{
	Contributor, Derivation, Licence, Metadata, ParentClaim, Relation, VersionInfo,
};
use tallystick_primitives::{ArtifactId, ArtifactKind, Digest};
use tallystick_runtime::Registry;

impl World {
	pub(super) fn register(
		&mut self,
		who: Who,
		kind: u8,
		licence: u8,
		parents: Vec<(Pick, Part)>,
		contributors: Vec<(u8, Part)>,
		flaw: Flaw,
	) {
		let id = self.model.artifacts.len() as ArtifactId;
		if id >= self.limit {
			return self.tell("there are as many artifacts as there may be".into());
		}
		let flaw = flaw.of(6);
		let mut left = WHOLE;
		let mut take = |part: Part| {
			let share = part.0.min(left);
			left -= share;
			share
		};
		let mut claims: Vec<(ArtifactId, u32)> = Vec::new();
		for (pick, part) in parents {
			let free = (0..id).filter(|id| self.model.artifacts[*id as usize].free);
			let Some(parent) = nth(free, pick) else { continue };
			if !claims.iter().any(|(id, _)| *id == parent) {
				claims.push((parent, take(part)));
			}
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
		let relations = [
			Relation::FineTunedFrom,
			Relation::TrainedOn,
			Relation::DistilledFrom,
			Relation::QuantizedFrom,
			Relation::MergedFrom,
			Relation::UsesCode,
		];
		let kinds =
			[ArtifactKind::Model, ArtifactKind::Adapter, ArtifactKind::Dataset, ArtifactKind::Code];
		let derivations = [Derivation::Free, Derivation::ByApproval, Derivation::Never];
		let terms = Licence {
			spdx: bounded(b"Apache-2.0"),
			terms: Digest::zero(),
			commercial_use: licence & 1 == 0,
			derivation: derivations[usize::from(licence >> 1) % 3],
			training_use: licence & 8 == 0,
			least_share: share(if licence & 16 == 0 { 0 } else { WHOLE / 20 }),
			expires: match flaw {
				6 => Some(now()),
				_ => (licence & 32 != 0).then(|| now() + 30),
			},
		};
		let call = pallet_registry::Call::register {
			kind: kinds[usize::from(kind % 4)],
			metadata: Metadata {
				digest: if flaw == 1 { Digest::zero() } else { Digest::repeat_byte(1) },
				uri: bounded(b"ipfs://m"),
			},
			licence: terms,
			parents: claims
				.iter()
				.map(|&(artifact, part)| ParentClaim {
					artifact,
					relation: relations[usize::from(kind) % 6],
					share: share(part),
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
			self.model.artifacts.push(model::Artifact {
				owner: who,
				parents: claims,
				contributors: named,
				free: licence == 0,
				versions: Vec::new(),
			});
		}
	}

	pub(super) fn pick_artifact(&self, pick: Pick) -> Option<ArtifactId> {
		nth(0..self.model.artifacts.len() as ArtifactId, pick)
	}

	pub(super) fn owner(&self, artifact: ArtifactId) -> Who {
		self.model.artifacts.get(artifact as usize).map_or(0, |artifact| artifact.owner)
	}

	pub(super) fn publish(&mut self, pick: Pick, who: By, flaw: Flaw) {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let flaw = flaw.of(3);
		let known = self.model.artifacts.get(artifact as usize).and_then(|a| a.versions.first());
		let version = match (flaw, known) {
			(1, _) => Digest::zero(),
			(2, Some(known)) => *known,
			_ => self.unique(),
		};
		let files = if flaw == 3 { 0 } else { 1 };
		let info = VersionInfo { format: bounded(b"gguf"), files, bytes: 1, uri: bounded(b"") };
		let call = pallet_registry::Call::publish { artifact, version, info };
		let line = format!("version {} of artifact {artifact}", short(&version));
		if self.call(by(who, self.owner(artifact)), "registry.publish", line, call) {
			self.model.artifacts[artifact as usize].versions.push(version);
		}
	}

	pub(super) fn confirm_parent(&mut self, pick: Pick, who: By, flaw: Flaw) {
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

	/// As a trading pallet has to do it: what waits for the owner goes to the owner first.
	///
	/// The keyless accounts are no owners: the deposit would be held from the vault's money.
	pub(super) fn hand_over(&mut self, pick: Pick, to: u8) -> Result<(), Violation> {
		let to = to % PEOPLE;
		let Some(artifact) = self.pick_artifact(pick) else { return Ok(()) };
		for currency in self.model.owed_to_owner(artifact) {
			let mark = pallet_royalties::Call::mark { artifact, currency: currency.clone() };
			let line = format!("artifact {artifact}, {currency:?}");
			if !self.call(0, "royalties.mark", line, mark) {
				self.tell(format!("artifact {artifact} stays: too little waits for its owner"));
				return Ok(());
			}
		}
		for _ in 0..100 {
			if self.model.owed_to_owner(artifact).is_empty() {
				break;
			}
			self.distribute(0, 32);
			self.follow_events()?;
		}
		if !self.model.owed_to_owner(artifact).is_empty() {
			self.tell(format!("artifact {artifact} stays: too much is due before it"));
			return Ok(());
		}
		let result = with_storage_layer(|| Registry::hand_over(artifact, &account(to)));
		let line = format!("artifact {artifact} from {} to {to}", self.owner(artifact));
		if self.note("an artifact changes hands", line, &result) {
			self.model.artifacts[artifact as usize].owner = to;
		}
		Ok(())
	}
}
