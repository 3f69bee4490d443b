//! Providers: who they are, and the keys they sign with.

use crate::{
	chain::{account, service_pair, Who, PEOPLE},
	machine::{
		bounded,
		pick::{by, nth},
		World,
	},
	step::{By, Flaw, Pick},
};
use sp_core::Pair;
use tallystick_primitives::{
	genesis_hash,
	service_key::{ownership_hash, ServiceKey, ServiceSignature},
};
use tallystick_runtime::Runtime;

impl World {
	fn proof(key_of: (Who, u8), for_whom: Who) -> (ServiceKey, ServiceSignature) {
		let pair = service_pair(key_of.0, key_of.1);
		let hash = ownership_hash(&genesis_hash::<Runtime>(), &account(for_whom));
		(pair.public(), pair.sign(&hash))
	}

	fn endpoints(none: bool) -> pallet_providers::Endpoints {
		let urls = if none { vec![] } else { vec![bounded(b"wss://p.example")] };
		urls.try_into().expect("one")
	}

	pub(in crate::machine) fn register_provider(&mut self, who: Who, flaw: Flaw) {
		let flaw = flaw.of(3);
		let other = self.model.providers.iter().next().map(|(who, generation)| (*who, *generation));
		let (service_key, proof) = match (flaw, other) {
			(1, Some(other)) => Self::proof(other, who),
			(2, _) => Self::proof((who, 0), who.wrapping_add(1) % PEOPLE),
			_ => Self::proof((who, 0), who),
		};
		let endpoints = Self::endpoints(flaw == 3);
		let call = pallet_providers::Call::register { service_key, endpoints, proof };
		if self.call(who, "providers.register", String::new(), call) {
			self.model.providers.insert(who, 0);
		}
	}

	pub(in crate::machine) fn pick_provider(&self, pick: Pick) -> Who {
		nth(self.model.providers.keys().copied(), pick).unwrap_or(0)
	}

	pub(in crate::machine) fn update_provider(
		&mut self,
		pick: Pick,
		who: By,
		new_key: bool,
		flaw: Flaw,
	) {
		let provider = self.pick_provider(pick);
		let who = by(who, provider);
		let generation = self.model.providers.get(&who).copied().unwrap_or_default();
		let next = generation.wrapping_add(1);
		let flaw = flaw.of(2);
		let key = new_key.then(|| Self::proof((who, next), if flaw == 1 { who + 1 } else { who }));
		let endpoints = Self::endpoints(flaw == 2);
		let call = pallet_providers::Call::update { new_key: key, endpoints };
		let line = if new_key { "a new key" } else { "the same key" };
		if self.call(who, "providers.update", line.into(), call) && new_key {
			self.model.providers.insert(who, next);
		}
	}

	pub(in crate::machine) fn leave(&mut self, pick: Pick, who: By) {
		let busy = |who: &Who| {
			self.model.offerings.keys().any(|key| key.2 == *who)
				|| self.model.jobs.values().any(|job| job.provider == *who && job.settled.is_none())
		};
		let idle = self.model.providers.keys().copied().filter(|who| !busy(who));
		let provider = nth(idle, pick).unwrap_or_else(|| self.pick_provider(pick));
		let who = by(who, provider);
		let call = pallet_providers::Call::leave {};
		if self.call(who, "providers.leave", String::new(), call) {
			self.model.providers.remove(&who);
		}
	}
}
