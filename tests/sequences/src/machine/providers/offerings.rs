//! Offerings: who answers for which version, and for which share.

use crate::{
	chain::account,
	machine::{
		now,
		pick::{by, nth},
		share, short, World, NOWHERE,
	},
	model::{self, WHOLE},
	must,
	step::{By, Flaw, Part, Pick},
	Violation,
};
use tallystick_primitives::{ArtifactId, Digest};

impl World {
	pub(in crate::machine) fn offer(
		&mut self,
		provider: Pick,
		who: By,
		pick: Pick,
		part: Part,
		deadline: u8,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let who = by(who, self.pick_provider(provider));
		// Where there is a plan, mostly.
		let sold = self.model.plans.values().map(|plan| plan.artifact);
		let artifact =
			if pick.is_multiple_of(4) { self.pick_artifact(pick / 4) } else { nth(sold, pick / 4) };
		let artifact = artifact.unwrap_or(NOWHERE);
		let details = self.model.artifacts.get(artifact as usize);
		let version = details
			.and_then(|artifact| nth(artifact.versions.iter().map(|version| version.digest), pick));
		let mut version = version.unwrap_or_default();
		let left = details.map_or(0, |artifact| WHOLE - artifact.upstream());
		let (mut part, mut min_deadline) = (part.0.min(left), u32::from(deadline));
		match flaw.of(3) {
			1 => part = WHOLE.min(left + 1),
			2 => version = Digest::repeat_byte(0xee),
			3 => min_deadline = 1_000_000,
			_ => {}
		}
		let call =
			pallet_providers::Call::offer { artifact, version, share: share(part), min_deadline };
		let line = format!("artifact {artifact}, version {}, for {part}", short(&version));
		if self.call(who, "providers.offer", line, call) {
			let active = self.owner(artifact) == who;
			let offering = model::Offering { share: part, active, min_deadline };
			self.model.offerings.insert((artifact, version, who), offering);
			return self.must_be_served(artifact, &version);
		}
		Ok(())
	}

	/// "It can be neither offered nor requested."
	fn must_be_served(&self, artifact: ArtifactId, version: &Digest) -> Result<(), Violation> {
		let served = self.model.artifacts[artifact as usize].serves(version, now());
		must!(served, "a version of artifact {artifact} is offered that is gone");
		Ok(())
	}

	pub(in crate::machine) fn accept_offering(
		&mut self,
		pick: Pick,
		who: By,
		flaw: Flaw,
	) -> Result<(), Violation> {
		let proposed = self.model.offerings.iter().filter(|(_, offering)| !offering.active);
		let offering = nth(proposed, pick)
			.map(|(key, offering)| (*key, offering.share, offering.min_deadline));
		let ((artifact, version, provider), mut part, mut min_deadline) =
			offering.unwrap_or(((NOWHERE, Digest::zero(), 0), 0, 0));
		match flaw.of(2) {
			1 => part = part.wrapping_add(1).min(WHOLE),
			2 => min_deadline += 1,
			_ => {}
		}
		let call = pallet_providers::Call::accept_offering {
			artifact,
			version,
			provider: account(provider),
			share: share(part),
			min_deadline,
		};
		let line = format!("of {provider} for artifact {artifact}");
		if self.call(by(who, self.owner(artifact)), "providers.accept_offering", line, call) {
			if let Some(offering) = self.model.offerings.get_mut(&(artifact, version, provider)) {
				offering.active = true;
			}
			return self.must_be_served(artifact, &version);
		}
		Ok(())
	}

	pub(in crate::machine) fn withdraw_offering(&mut self, pick: Pick, who: By, owner: bool) {
		let key = nth(self.model.offerings.keys().copied(), pick);
		let (artifact, version, provider) = key.unwrap_or((NOWHERE, Digest::zero(), 0));
		let right = if owner { self.owner(artifact) } else { provider };
		let call = pallet_providers::Call::withdraw_offering {
			artifact,
			version,
			provider: account(provider),
		};
		let line = format!("of {provider} for artifact {artifact}");
		if self.call(by(who, right), "providers.withdraw_offering", line, call) {
			self.model.offerings.remove(&(artifact, version, provider));
		}
	}
}
