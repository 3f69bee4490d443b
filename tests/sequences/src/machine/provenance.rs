//! The call of provenance that pays the treasury.

use super::{bounded, short, World};
use crate::{chain::Who, Violation};
use tallystick_primitives::{
	provenance::{AnchorInfo, AnchorKind, DigestAlgorithm},
	CurrencyId, Digest,
};
use tallystick_runtime::configs;

impl World {
	pub(super) fn anchor(&mut self, who: Who, salt: u16) -> Result<(), Violation> {
		let info = AnchorInfo {
			algorithm: DigestAlgorithm::Sha256,
			kind: AnchorKind::Other,
			document: None,
			bytes: 0,
			media_type: bounded(b""),
			locators: Default::default(),
			relations: Default::default(),
			soft: Default::default(),
		};
		let digest = Digest::from_low_u64_be(1 + u64::from(salt));
		let call = pallet_provenance::Call::anchor { digest, info, key: None, reservation: None };
		if self.call(who, "provenance.anchor", short(&digest), call) {
			let price = configs::provenance::AnchorBasePrice::get();
			self.model.contribute(&CurrencyId::Native, who, price)?;
		}
		Ok(())
	}
}
