//! Versions: published, advised against, recommended, withdrawn.

use crate::{
	chain::Who,
	machine::{
		bounded, now,
		pick::{by, nth},
		short, World, NOWHERE,
	},
	model, must,
	step::{By, Flaw, Pick},
	Violation,
};
use pallet_registry::{VersionInfo, WithdrawalKind};
use tallystick_primitives::{ArtifactId, Digest};
use tallystick_runtime::Runtime;

impl World {
	pub(in crate::machine) fn publish(&mut self, pick: Pick, who: By, flaw: Flaw) {
		let artifact = self.pick_artifact(pick).unwrap_or(NOWHERE);
		let known = self.model.artifacts.get(artifact as usize).and_then(|a| a.versions.first());
		let known = known.map(|version| version.digest);
		let flaw = flaw.of(3);
		let version = match (flaw, known) {
			(1, _) => Digest::zero(),
			(2, Some(known)) => known,
			_ => self.unique(),
		};
		let files = if flaw == 3 { 0 } else { 1 };
		let locators = Default::default();
		let info = VersionInfo { format: bounded(b"gguf"), files, bytes: 1, locators };
		let call = pallet_registry::Call::publish { artifact, version, info };
		let line = format!("version {} of artifact {artifact}", short(&version));
		if self.call(by(who, self.owner(artifact)), "registry.publish", line, call) {
			let published = model::Version { digest: version, deprecated: false, gone_from: None };
			self.model.artifacts[artifact as usize].versions.push(published);
		}
	}

	/// A version of some artifact, with what the model knows of it; or, with a flaw, of none.
	fn pick_version(
		&self,
		pick: Pick,
		unknown: bool,
	) -> (ArtifactId, Digest, Option<model::Version>) {
		let all = (0..)
			.zip(&self.model.artifacts)
			.flat_map(|(id, artifact)| artifact.versions.iter().map(move |version| (id, version)));
		match nth(all, pick) {
			Some((artifact, version)) if !unknown => {
				(artifact, version.digest, Some(version.clone()))
			}
			Some((artifact, _)) => (artifact, Digest::repeat_byte(0xee), None),
			None => (NOWHERE, Digest::zero(), None),
		}
	}

	fn version_mut(&mut self, artifact: ArtifactId, digest: &Digest) -> &mut model::Version {
		let versions = &mut self.model.artifacts[artifact as usize].versions;
		versions.iter_mut().find(|version| version.digest == *digest).expect("was found before")
	}

	/// Who calls, and whether it is the owner.
	fn caller(&self, who: By, artifact: ArtifactId) -> (Who, bool) {
		let owner = self.owner(artifact);
		let who = by(who, owner);
		(who, who == owner)
	}

	pub(in crate::machine) fn update_locators(
		&mut self,
		pick: Pick,
		who: By,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let flaw = flaw.of(2);
		let (artifact, version, known) = self.pick_version(pick, flaw == 1);
		let (who, owns) = self.caller(who, artifact);
		let locator: &[u8] = if flaw == 2 { b"" } else { b"https://example.org/model" };
		let locators = vec![bounded(locator)].try_into().expect("one");
		let call = pallet_registry::Call::update_locators { artifact, version, locators };
		let line = format!("of version {} of artifact {artifact}", short(&version));
		if self.call(who, "registry.update_locators", line, call) {
			let right = owns && known.is_some() && flaw == 0;
			must!(right, "{who} changed the locators of a version of artifact {artifact}");
		}
		Ok(())
	}

	pub(in crate::machine) fn set_deprecated(
		&mut self,
		pick: Pick,
		who: By,
		deprecated: bool,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let (artifact, version, known) = self.pick_version(pick, flaw.of(1) == 1);
		let (who, owns) = self.caller(who, artifact);
		let changes = |version: model::Version| {
			version.gone_from.is_none() && version.deprecated != deprecated
		};
		let should = owns && known.is_some_and(changes);
		let call = pallet_registry::Call::set_deprecated { artifact, version, deprecated };
		let line = format!("{deprecated}, version {} of artifact {artifact}", short(&version));
		let done = self.call(who, "registry.set_deprecated", line, call);
		must!(done == should, "whether {who} could deprecate a version: {done}, and not {should}");
		if done {
			self.version_mut(artifact, &version).deprecated = deprecated;
		}
		Ok(())
	}

	/// "In the notice period; where its use does harm, at once."
	pub(in crate::machine) fn withdraw_version(
		&mut self,
		pick: Pick,
		who: By,
		at_once: bool,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let (artifact, version, known) = self.pick_version(pick, flaw.of(1) == 1);
		let (who, owns) = self.caller(who, artifact);
		let sooner = |from: u32| at_once && now() < from;
		let should = owns && known.is_some_and(|known| known.gone_from.is_none_or(sooner));
		let kind = if at_once { WithdrawalKind::Safety } else { WithdrawalKind::Superseded };
		let note = bounded(b"");
		let call = pallet_registry::Call::withdraw_version { artifact, version, kind, note };
		let line = format!("{kind:?}, version {} of artifact {artifact}", short(&version));
		let done = self.call(who, "registry.withdraw_version", line, call);
		must!(done == should, "whether {who} could withdraw a version: {done}, and not {should}");
		if done {
			let notice = pallet_registry::NoticePeriod::<Runtime>::get();
			let notice = if at_once { 0 } else { notice };
			self.version_mut(artifact, &version).gone_from = Some(now() + notice);
		}
		Ok(())
	}

	pub(in crate::machine) fn set_serving(
		&mut self,
		pick: Pick,
		who: By,
		none: bool,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let (artifact, version, known) = self.pick_version(pick, flaw.of(1) == 1);
		let (who, owns) = self.caller(who, artifact);
		let stays = known.is_some_and(|version| version.gone_from.is_none());
		let version = (!none).then_some(version);
		let serving = self.model.artifacts.get(artifact as usize).map(|artifact| artifact.serving);
		let should = owns && (none || stays) && serving.is_some_and(|serving| serving != version);
		let call = pallet_registry::Call::set_serving { artifact, version };
		let line = format!("{:?} of artifact {artifact}", version.as_ref().map(short));
		let done = self.call(who, "registry.set_serving", line, call);
		must!(done == should, "whether {who} could recommend a version: {done}, and not {should}");
		if done {
			self.model.artifacts[artifact as usize].serving = version;
		}
		Ok(())
	}
}
