//! Calls of royalties, and the money that flows up a lineage.

use super::{
	pick::{currency, nth},
	World, NOWHERE,
};
use crate::{
	chain::Who,
	model::{Matured, SplitUp},
	must,
	step::Pick,
	Violation,
};
use tallystick_runtime::Runtime;

impl World {
	pub(super) fn distribute(&mut self, who: Who, steps: u8) -> bool {
		let line = format!("{steps} steps");
		let call = pallet_royalties::Call::distribute { steps: steps.into() };
		self.call(who, "royalties.distribute", line, call)
	}

	pub(super) fn mark(&mut self, who: Who, pick: Pick, money: u8) {
		let waiting = self.model.flows.iter().filter(|(_, flow)| flow.pending() > 0);
		let (artifact, currency) =
			nth(waiting.map(|(key, _)| key.clone()), pick).unwrap_or((NOWHERE, currency(money)));
		let line = format!("artifact {artifact}, {currency:?}");
		let call = pallet_royalties::Call::mark { artifact, currency };
		self.call(who, "royalties.mark", line, call);
	}

	pub(super) fn follow_royalties(
		&mut self,
		event: pallet_royalties::Event<Runtime>,
	) -> Result<(), Violation> {
		use pallet_royalties::Event;
		match event {
			Event::Deposited { fee, gross, provider, .. } => {
				let provider = provider.map(|(_, amount)| amount).unwrap_or_default();
				let amount = fee + gross;
				self.deposit = Some(Matured { amount, fee, gross, provider });
			}
			Event::Split { artifact, currency, gross, to_parents, to_contributors, to_owner } => {
				let should = self.model.split(artifact, &currency);
				let split = SplitUp {
					gross,
					parents: to_parents,
					contributors: to_contributors,
					owner: to_owner,
				};
				self.tell(format!("artifact {artifact} splits {currency:?}: {split:?}"));
				self.coverage.count("a split", true);
				must!(
					split == should,
					"artifact {artifact} split {split:?}, and should {should:?}"
				);
			}
			Event::PaidOut { .. } => self.coverage.count("a payout", true),
			Event::__Ignore(..) => {}
		}
		Ok(())
	}
}
