//! Leave to make a derivative, where a licence asks for it: asked for, given, closed. A registration uses
//! it up.

use super::relation;
use crate::{
	chain::{account, Who},
	machine::{
		pick::{by, nth},
		share, World, NOWHERE,
	},
	model::{DerivativeRequest, WHOLE},
	must,
	step::{By, Flaw, Part, Pick},
	Violation,
};
use pallet_registry::Relation;
use tallystick_primitives::ArtifactId;

impl World {
	/// What `who` may make of `parent`, and for what share at least, if its owner gave leave.
	pub(super) fn approval(&self, parent: ArtifactId, who: Who) -> Option<(Relation, u32)> {
		let request = self.model.derivative_requests.get(&(parent, who))?;
		request.approved.then_some((request.relation, request.share))
	}

	pub(in crate::machine) fn request_derivative(
		&mut self,
		who: Who,
		pick: Pick,
		kind: u8,
		part: Part,
	) -> Result<(), Violation> {
		// Where there is something to ask for, mostly.
		let asked = (0..)
			.zip(&self.model.artifacts)
			.filter(|(_, artifact)| pick.is_multiple_of(8) || artifact.by_approval);
		let parent = nth(asked.map(|(id, _)| id), pick / 8).unwrap_or(NOWHERE);
		let relation = relation(kind);
		let request = DerivativeRequest { relation, share: part.0 / 4, approved: false };
		let call = pallet_registry::Call::request_derivative {
			parent,
			relation,
			share: share(request.share),
		};
		let line = format!("{relation:?} of artifact {parent}, for {}", request.share);
		if self.call(who, "registry.request_derivative", line, call) {
			let artifact = &self.model.artifacts[parent as usize];
			let needed = artifact.by_approval && artifact.owner != who && !relation.is_training();
			must!(needed, "{who} asked for a leave that needs no asking");
			let before = self.model.derivative_requests.insert((parent, who), request);
			must!(before.is_none(), "{who} asked twice for a derivative of {parent}");
		}
		Ok(())
	}

	fn pick_request(&self, pick: Pick) -> Option<((ArtifactId, Who), DerivativeRequest)> {
		nth(self.model.derivative_requests.iter().map(|(key, request)| (*key, *request)), pick)
	}

	pub(in crate::machine) fn approve_derivative(
		&mut self,
		pick: Pick,
		who: By,
		flaw: Flaw,
	) -> Result<(), Violation> {
		// It needs no leave, so nobody asked for it.
		const OTHER: Relation = Relation::TrainedOn;
		let picked = self.pick_request(pick);
		let ((parent, asker), request) = picked.unwrap_or((
			(NOWHERE, 0),
			DerivativeRequest { relation: OTHER, share: 0, approved: false },
		));
		let (mut relation, mut part) = (request.relation, request.share);
		let flaw = flaw.of(2);
		match flaw {
			1 => part = WHOLE,
			2 => relation = OTHER,
			_ => {}
		}
		let owner = self.owner(parent);
		let who = by(who, owner);
		let should = picked.is_some() && who == owner && flaw == 0 && !request.approved;
		let call = pallet_registry::Call::approve_derivative {
			parent,
			who: account(asker),
			relation,
			share: share(part),
		};
		let line = format!("{relation:?} of artifact {parent} by {asker}");
		let done = self.call(who, "registry.approve_derivative", line, call);
		must!(done == should, "whether {who} could give leave: {done}, and not {should}");
		if done {
			let approved = DerivativeRequest { approved: true, ..request };
			self.model.derivative_requests.insert((parent, asker), approved);
		}
		Ok(())
	}

	pub(in crate::machine) fn close_derivative_request(
		&mut self,
		pick: Pick,
		who: By,
		as_owner: bool,
	) -> Result<(), Violation> {
		let picked = self.pick_request(pick);
		let (parent, asker) = picked.map_or((NOWHERE, 0), |(key, _)| key);
		let owner = self.owner(parent);
		let who = by(who, if as_owner { owner } else { asker });
		let should = picked.is_some() && (who == owner || who == asker);
		let call = pallet_registry::Call::close_derivative_request { parent, who: account(asker) };
		let line = format!("of artifact {parent} by {asker}");
		let done = self.call(who, "registry.close_derivative_request", line, call);
		must!(done == should, "whether {who} could close a request: {done}, and not {should}");
		if done {
			self.model.derivative_requests.remove(&(parent, asker));
		}
		Ok(())
	}
}
