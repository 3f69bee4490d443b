//! Artifacts and versions to test and to measure with.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::DispatchError;
use tallystick_primitives::{ArtifactId, ArtifactKind, Balance, CurrencyId, Digest, Share};

/// The arguments of a call of `register`.
#[derive(Clone)]
pub(crate) struct Registration<T: Config> {
	pub kind: ArtifactKind,
	pub metadata: Metadata,
	pub licence: Licence<BlockNumberFor<T>>,
	pub parents: Vec<ParentClaim>,
	pub contributors: Vec<Contributor<T::AccountId>>,
}

impl<T: Config> Default for Registration<T> {
	/// A model without lineage under a licence that allows everything.
	fn default() -> Self {
		Self {
			kind: ArtifactKind::Model,
			metadata: Metadata {
				name: Name::truncate_from(b"model".to_vec()),
				digest: Digest::repeat_byte(7),
				locators: locators([b"ipfs://metadata"]),
			},
			licence: Licence {
				spdx: b"Apache-2.0".to_vec().try_into().unwrap_or_default(),
				terms: Digest::zero(),
				commercial_use: true,
				derivation: Derivation::Free,
				training_use: true,
				least_share: Share::zero(),
				least_amount: None,
				expires: None,
			},
			parents: Vec::new(),
			contributors: Vec::new(),
		}
	}
}

impl<T: Config> Registration<T> {
	/// The lists as the call takes them.
	pub(crate) fn lists(&self) -> (ParentClaims, Contributors<T::AccountId>) {
		(
			ParentClaims::truncate_from(self.parents.clone()),
			Contributors::truncate_from(self.contributors.clone()),
		)
	}

	/// Registers it for `owner`, and returns the id.
	pub(crate) fn submit(self, owner: &T::AccountId) -> Result<ArtifactId, DispatchError> {
		let (parents, contributors) = self.lists();
		let id = NextArtifactId::<T>::get();
		Pallet::<T>::register(
			RawOrigin::Signed(owner.clone()).into(),
			self.kind,
			self.metadata,
			self.licence,
			parents,
			contributors,
		)?;
		Ok(id)
	}
}

/// A claim of `percent` of what the child earns, under the parent's licence as it is now.
pub(crate) fn claim<T: Config>(
	artifact: ArtifactId,
	relation: Relation,
	percent: u32,
) -> ParentClaim {
	let parent = Artifacts::<T>::get(artifact);
	let terms = parent.map(|parent| parent.licence.agreed_hash()).unwrap_or_default();
	ParentClaim { artifact, relation, share: Share::from_percent(percent), terms }
}

/// A contributor with `percent` of what the artifact earns.
pub(crate) fn contributor<AccountId>(account: AccountId, percent: u32) -> Contributor<AccountId> {
	Contributor { account, share: Share::from_percent(percent) }
}

/// A least amount in the native token.
pub(crate) fn least_amount(per_call: Balance, per_1k_tokens: Balance) -> LeastAmount {
	LeastAmount { currency: CurrencyId::Native, per_call, per_1k_tokens }
}

/// Two files, with the longest strings that a version can have.
pub(crate) fn version_info() -> VersionInfo {
	VersionInfo {
		format: vec![b'f'; 32].try_into().unwrap_or_default(),
		files: 2,
		bytes: 1_000,
		locators: longest_locators(),
	}
}

/// The metadata that takes most bytes.
pub(crate) fn longest_metadata() -> Metadata {
	Metadata {
		name: vec![b'n'; 64].try_into().unwrap_or_default(),
		digest: Digest::repeat_byte(8),
		locators: longest_locators(),
	}
}

/// As many locators as there can be, each as long as it can be.
pub(crate) fn longest_locators() -> Locators {
	locators([[b'u'; 256]; 4])
}

/// These locators.
pub(crate) fn locators<const N: usize>(all: [impl AsRef<[u8]>; N]) -> Locators {
	let all = all.iter().map(|one| Locator::truncate_from(one.as_ref().to_vec())).collect();
	Locators::truncate_from(all)
}
