//! Calls that the filter refuses.

use super::World;
use crate::{
	chain::{account, dispatch, Who},
	must,
	step::Pick,
	Violation,
};
use codec::Compact;
use tallystick_runtime::{Runtime, RuntimeCall};

impl World {
	/// What the filter refuses, alone and in a batch.
	pub(super) fn forbidden(&mut self, who: Who, what: u8, pick: Pick) -> Result<(), Violation> {
		use pallet_assets::Call as Asset;
		use pallet_nfts::Call as Nft;
		let Some((plan, holder)) = self.pick_holding(pick) else { return Ok(()) };
		let item = self.pick_artifact(pick).unwrap_or_default();
		let (id, target) = (Compact(plan), account(holder));
		let amount = 1_000;
		let owner = account(who);
		let call: RuntimeCall = match what % 11 {
			0 => Nft::transfer { collection: 0, item, dest: owner.into() }.into(),
			1 => Nft::burn { collection: 0, item }.into(),
			2 => Asset::mint { id, beneficiary: owner.into(), amount }.into(),
			3 => Asset::burn { id, who: target.into(), amount }.into(),
			4 => Asset::freeze { id, who: target.into() }.into(),
			5 => Asset::refund { id, allow_burn: true }.into(),
			6 => Asset::start_destroy { id }.into(),
			7 => Asset::transfer_ownership { id, owner: owner.into() }.into(),
			8 => {
				let dest = owner.into();
				Asset::force_transfer { id, source: target.into(), dest, amount }.into()
			}
			9 => Asset::freeze_asset { id }.into(),
			_ => Asset::set_min_balance { id, min_balance: 1 }.into(),
		};
		let refused = frame_system::Error::<Runtime>::CallFiltered.into();
		let alone = dispatch(who, call.clone());
		must!(alone == Err(refused), "a call that is forbidden: {call:?} ended {alone:?}");
		let batch = pallet_utility::Call::batch_all { calls: vec![call.clone()] };
		let batched = dispatch(who, batch);
		must!(batched == Err(refused), "a call that is forbidden: {call:?} ended {batched:?}");
		self.coverage.count("a forbidden call", false);
		Ok(())
	}
}
